# SPDX-License-Identifier: MIT
"""Several pictures in one page, as a report in a single file has them."""
import re

import pytest


@pytest.fixture(scope="module")
def report(drawn, tmp_path_factory):
    """One page whose sections `cpu` and `mem` hold a picture each."""
    text = drawn("nightly", "html").read_text()
    head, body = text.split("<body>", 1)
    cut = body.rindex("<script>")
    body, script = body[:cut], body[cut:]

    def section(name):
        mine = re.sub(r'(id="|url\(#)pv', rf"\1{name}-pv", body)
        return f'<section id="{name}" class="page">{mine}</section>'
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(
        head + "<style>.page{display:none}.page:target{display:block}</style>"
        "<body>" + section("cpu") + section("mem") + script)
    return path


def shown(page):
    return page.evaluate("""['cpu', 'mem'].filter(
        s => document.getElementById(s).getClientRects().length)""")


def test_pictures_start_when_they_are_shown(report, visit):
    page = visit(report)
    assert page.evaluate("typeof PV") == "undefined" and shown(page) == []
    page.evaluate("location.hash = '#mem'")
    page.wait_for_function("window.PV && PV.visible.length")
    assert shown(page) == ["mem"]
    assert page.evaluate("document.getElementById('mem-pv-tools').hidden"
                         " || document.getElementById('cpu-pv-tools').hidden")


def test_state_belongs_to_its_section(report, visit):
    page = visit(report, "#cpu")
    page.wait_for_function("window.PV && PV.visible.length")
    page.evaluate("PV.zoom(4)")
    link = page.evaluate("location.hash")
    assert link.startswith("#cpu&z=")
    page.evaluate("location.hash = '#mem'")
    page.wait_for_function("document.getElementById('mem-pv-q')")
    assert shown(page) == ["mem"] and page.evaluate("PV.focus") == 0
    page.keyboard.press("i")
    assert page.evaluate("location.hash") == "#mem&d=flame"
    again = visit(report, link)
    again.wait_for_function("window.PV && PV.visible.length")
    assert shown(again) == ["cpu"] and again.evaluate("PV.focus") == 4
    assert again.evaluate("location.hash") == link
