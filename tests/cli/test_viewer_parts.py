# SPDX-License-Identifier: MIT
"""Three places hold the viewer's tools, card and help: two templates, and the
script of a picture by itself.  What they share is the same in all of them."""
import re

from harness import ROOT

FLAME, DIFF = ((ROOT / f"templates/{name}.html").read_text()
               for name in ("flame", "diff"))
ALONE = (ROOT / "templates/viewer/alone.js").read_text()
SHARED = ["i", "N", "n", "t", "?", "zoom", "only", "copy", "close"]


def element(page, start, end):
    """Of the template, in one line."""
    found = re.search(f"{re.escape(start)}.*?{re.escape(end)}", page, re.S)
    return re.sub(r"\s+", " ", found[0])


def buttons(page):
    """{value: the button's markup}"""
    found = re.findall(r'<button class="[^"]*" type="button" value="([^"]+)".*?'
                       "</button>", page)
    return {v: element(page, f'value="{v}"', "</button>") for v in found}


def test_both_pages_have_the_same_popups():
    for start, end in (('<dialog class="dlg"', "</dialog>"),
                       ('<div class="tip" id="pv-tip"', "</div>"),
                       ('<div class="tip tap"', "</div></div>"),
                       ('<input class="q"', "/>")):
        assert element(FLAME, start, end) == element(DIFF, start, end)


def test_buttons_that_both_have_are_the_same():
    one, other = buttons(FLAME), buttons(DIFF)
    assert set(SHARED) <= one.keys() & other.keys()
    for value in one.keys() & other.keys():
        assert one[value] == other[value]


def test_a_picture_by_itself_has_the_help_of_the_pages():
    keys = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>",
                      element(FLAME, "<dialog", "</dialog>"))
    assert len(keys) == 12
    said = re.findall(r"\['([^']*)',\s*'([^']*)'\]",
                      ALONE[ALONE.index("function putHelp"):])
    assert said == keys


def test_a_picture_by_itself_has_the_buttons_of_the_pages():
    for page, more in ((FLAME, ["callees", "callers", "sandwich", "fold"]),
                       (DIFF, ["after", "before", "max"])):
        found = buttons(page)
        for value in SHARED + more:
            hint = re.search('title="(.*?)"', found[value])
            if hint:
                assert hint[1] in ALONE, value
                assert f'aria-label="{hint[1]}"' in found[value]
            assert re.search(rf"'{re.escape(value)}', '", ALONE), value


def test_the_field_says_the_same():
    hint = re.search('placeholder="(.*?)"', FLAME)[1]
    label = re.search('id="pv-q".*?aria-label="(.*?)"', FLAME)[1]
    assert hint in ALONE and label in ALONE
