# SPDX-License-Identifier: MIT
"""Templates of users: what they leave out is missing, the rest works."""
import re
import xml.etree.ElementTree as ET

import pytest

from conftest import Graph
from harness import FIXTURES, ROOT

FOLDED = FIXTURES / "folded/good"
PAGES = {"flame": [FOLDED / "after.folded"],
         "diff": [FOLDED / "before.folded", FOLDED / "after.folded"]}
PARTS = ["tools", "res", "q", "legend", "bar", "chips", "panel", "live",
         "tip", "card", "help"]
for name, space in (("", "http://www.w3.org/1999/xhtml"),
                    ("pv", "urn:profviz:template"),
                    ("at", "urn:profviz:attribute")):
    ET.register_namespace(name, space)


def without(name, parts):
    """Our template, but for the elements of these ids."""
    tree = ET.parse(ROOT / "templates" / name)
    for parent in list(tree.iter()):
        for child in list(parent):
            if child.get("id") in [f"pv-{part}" for part in parts]:
                parent.remove(child)
    text = ET.tostring(tree.getroot(), encoding="unicode")
    for part in parts:
        assert f'id="pv-{part}"' not in text
    return "<!DOCTYPE html>\n" + text


@pytest.mark.parametrize("command", PAGES)
@pytest.mark.parametrize("parts", [[p] for p in PARTS] + [PARTS],
                         ids=PARTS + ["all"])
def test_parts_may_be_left_out(command, parts, profviz, visit, tmp_path):
    """`visit` fails when the script stumbles."""
    own, out = tmp_path / "own.html", tmp_path / "out.html"
    own.write_text(without(f"{command}.html", parts))
    profviz(command, *PAGES[command], "-f", "html", "--template", own,
            "-o", out, status=0)
    g = Graph(visit(out, has_touch=True))
    frames = g.js("PV.visible.length")
    assert frames > 3
    g.page.touchscreen.tap(*g.center(1))
    g.page.mouse.move(*g.center(2))
    g.page.focus("#pv-frames")
    for key in ("ArrowDown", "Enter", "c", "s", "i", "c", "c", "Escape", "n",
                "?", "Escape", "/", "a", "Escape"):
        g.page.keyboard.press(key)
    g.settle()
    g.page.evaluate("location.hash = 's=a'")
    g.page.wait_for_function("PV.found && PV.found.frames > 0")
    assert g.js("PV.visible.length") > 1


@pytest.mark.parametrize("left_out", ['<div class="vh" id="tl-live"',
                                      '<figure class="time"'])
def test_timelines_do_without(left_out, profviz, visit, tmp_path):
    own, out = tmp_path / "own.html", tmp_path / "out.html"
    text = (ROOT / "templates/timeline.html").read_text()
    own.write_text(re.sub(f"{left_out}.*?>.*?</.*?>", "", text))
    assert left_out in text and left_out not in own.read_text()
    profviz("timeline", FIXTURES / "mprof/good/python-func.dat", "-f", "html",
            "--template", own, "-o", out, status=0)
    page = visit(out)
    if "figure" not in left_out:
        page.focus("figure")
        page.keyboard.press("End")
        assert page.locator(".read b").inner_text().endswith(" s")
    assert page.locator("#figures tbody tr").count() == 1


def test_without_its_picture_a_page_stands_still(profviz, visit, tmp_path):
    own, out = tmp_path / "own.html", tmp_path / "out.html"
    text = (ROOT / "templates/flame.html").read_text()
    own.write_text(re.sub(r"<figure [^>]*></figure>", "", text))
    profviz("flame", *PAGES["flame"], "-f", "html", "--template", own,
            "-o", out, status=0)
    page = visit(out)
    assert page.locator("#functions tbody tr").count() > 0
    assert page.locator("#pv-tools").is_hidden()
