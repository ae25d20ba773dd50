# SPDX-License-Identifier: MIT
"""Users' own templates: the same engine, the same checks."""
import re
import shutil

import pytest

from harness import FIXTURES, ROOT

FOLDED = FIXTURES / "folded/good/pyspy-raw.folded"
HEAD = ('<html xmlns="http://www.w3.org/1999/xhtml"'
        ' xmlns:pv="urn:profviz:template"'
        ' xmlns:at="urn:profviz:attribute">\n')
PAGES = [("flame", "flame.html", FOLDED), ("annotate", "source.html", FOLDED),
         ("timeline", "timeline.html",
          sorted((FIXTURES / "mprof/good").glob("*.dat"))[0]),
         ("top", "top.html", FOLDED)]


@pytest.mark.parametrize("command, name, profile", PAGES)
def test_the_programs_own_template_makes_its_page(command, name, profile,
                                                  profviz, tmp_path):
    if not (ROOT / "templates" / name).exists():
        pytest.skip("no such page")
    shutil.copy(ROOT / "templates" / name, tmp_path / "mine.html")
    args = (command, profile, "-f", "html", "-o", "-")
    done = profviz(*args, "--template", tmp_path / "mine.html", status=0)
    assert done.out == profviz(*args, status=0).out


def test_what_lies_beside_it_is_included(profviz, tmp_path):
    (tmp_path / "mine.css").write_text("h1 { color:red }\n")
    (tmp_path / "mine.html").write_text(
        HEAD + '<head><title pv:text="page.head">x</title>'
        '<style pv:include="mine.css"></style></head>'
        '<body><h1 pv:text="page.title">x</h1></body></html>')
    text = profviz("annotate", FOLDED, "-f", "html", "--template",
                   tmp_path / "mine.html", status=0).text
    assert "<style>h1 { color:red }\n</style>" in text


@pytest.mark.parametrize("body, line, column, message", [
    ('<p pv:text="page.titel"/>', 2, 1, "page has no field 'titel'"),
    ('<p>\n <b pv:text="pag.title"/></p>', 3, 2, "pag"),
    ('<p pv:tetx="page.title"/>', 2, 1, "tetx"),
    ('<p pv:each="f in page.title"/>', 2, 1, "list"),
    ('<p pv:each="f in page.files"><i pv:text="f"/></p>', 2, 30, ""),
    ('<p at:onclick="page.title"/>', 2, 1, "onclick"),
    ('<script><b pv:text="page.title"/></script>', 2, 9, ""),
    ('<style pv:include="evil.css"/>', 2, 1, "</"),
    ('<style pv:include="../secret.css"/>', 2, 1, "../secret.css"),
    ('<p></q>', 2, 6, "mismatched"),
    ('<p a="1" a="2"/>', 2, 10, "duplicate"),
    ('<x:p/>', 2, 1, "prefix"),
])
def test_mistakes_have_a_place(body, line, column, message, profviz, tmp_path):
    (tmp_path / "evil.css").write_text("</style><script>alert(1)</script>")
    (tmp_path.parent / "secret.css").write_text("secret")
    path = tmp_path / "mine.html"
    path.write_text(HEAD + body + "</html>")
    done = profviz("annotate", FOLDED, "-f", "html", "--template", path,
                   "-o", tmp_path / "out.html", status=3)
    found = re.search(r"mine\.html:(\d+):(\d+): (.*)", done.error)
    assert found, done.error
    assert int(found[1]) == line and message in found[3]
    assert abs(int(found[2]) - column) <= 4
    assert not (tmp_path / "out.html").exists()


def test_a_template_is_for_pages(profviz, tmp_path):
    path = tmp_path / "mine.html"
    path.write_text(HEAD + "</html>")
    assert "--template is for html" in profviz(
        "flame", FOLDED, "--template", path, "-f", "svg", status=2).error
    assert "No such file" in profviz(
        "flame", FOLDED, "--template", tmp_path / "none", "-f", "html",
        status=4).error
    profviz("flame", FOLDED, "--template", "/dev/zero", "-f", "html",
            status=3)
