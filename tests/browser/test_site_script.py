# SPDX-License-Identifier: MIT
"""The one script of a site, on each kind of its pages; what the viewer does in
pages that stand by themselves is checked in test_use.py and test_view.py."""
import pytest

from harness import FIXTURES

REAL = FIXTURES / "report"


@pytest.fixture(scope="module")
def site(profviz, tmp_path_factory):
    out = tmp_path_factory.mktemp("site")
    profviz("report", "-q", *sorted((REAL / "v2").iterdir()), "--baseline",
            REAL / "v1", "--source-path", REAL, "-o", f"{out}/", status=0)
    return out


def frame(page, name):
    """Middle of the box that is labelled so."""
    box = page.locator("#pv-frames g").filter(
        has=page.locator("text", has_text=name)).first.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + 8


@pytest.mark.parametrize("name", ["p/cpu-prof.html", "p/stacks-folded.html",
                                  "d/cpu-prof.html"])
def test_flame_graphs(site, visit, name):
    """Every picture adds up, zooms, searches, and keeps its state."""
    page = visit(site / name)
    wrong = page.evaluate("""() => {
        const {parent, self, total} = PV.d, sum = [...self];
        for (let i = sum.length - 1; i > 0; i--) sum[parent[i]] += sum[i];
        return sum.filter((v, i) => v !== total[i]).length; }""")
    assert wrong == 0
    assert page.locator("#pv-tools").is_visible()
    page.mouse.move(*frame(page, "main"))
    page.wait_for_selector("#pv-tip:visible")
    assert page.inner_text("#pv-tip").startswith("main")
    page.mouse.click(*frame(page, "main"))
    page.wait_for_function("location.hash.startsWith('#z=')")
    link = page.evaluate("location.hash")
    assert "main" in page.inner_text("#pv-bar b")
    page.go_back()
    page.wait_for_function("!document.querySelector('#pv-bar b')")
    page.keyboard.press("/")
    page.keyboard.type("^main$")
    page.wait_for_function(
        "document.querySelector('#pv-res').textContent.includes('of all')")
    assert page.locator("#pv-frames g.m").count() >= 1
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert "Backspace" in page.inner_text("dialog[open]")
    page.get_by_role("button", name="Close").click()
    assert page.locator("dialog[open]").count() == 0
    again = visit(site / name, hash=link)
    assert "main" in again.inner_text("#pv-bar b")


def test_tables_sort(site, visit):
    page = visit(site / "p/cpu-prof.html")
    values = """() => [...document.querySelector('table.sort').tBodies[0].rows]
        .map(r => +r.querySelector('[data-v]').dataset.v)"""
    before = page.evaluate(values)
    page.locator("table.sort th[aria-sort] button").first.click()
    assert page.evaluate(values) == sorted(before) != before
    page.locator("a.fnm").first.click()
    page.wait_for_function(
        "document.querySelector('#pv-res').textContent.includes('of all')")


def test_timeline_is_read_off(site, visit):
    page = visit(next((site / "m").glob("calls-dat*.html")))
    page.focus(".time")
    page.keyboard.press("Home")
    early = page.inner_text(".read")
    page.keyboard.press("End")
    late = page.inner_text(".read")
    assert " B" in early and " B" in late and early != late


def test_source_keys(site, visit):
    page = visit(next(p for p in sorted((site / "s").glob("*.html"))
                      if "index_words" in p.name))
    page.keyboard.press("n")
    assert page.evaluate("location.hash").startswith("#")
    rows = page.locator(".src tbody tr:visible").count()
    page.get_by_role("button", name="Hide lines").first.click()
    assert page.locator(".src tbody tr:visible").count() <= rows
    page.keyboard.press("?")
    assert "hot line" in page.inner_text("dialog[open]")


def test_a_state_that_is_no_state(site, visit):
    """What a link says is looked up, not believed."""
    page = visit(site / "p/cpu-prof.html",
                 hash="#v=constructor&f=__proto__&z=%zz&r=x&d=toString&w=1")
    assert page.locator("#pv-frames g").count() > 3
    assert page.locator("[value=callees]").get_attribute(
        "aria-pressed") == "true"


@pytest.mark.parametrize("out", ["site/index.html", "one.html"])
def test_many_profiles_are_filtered(profviz, tmp_path, visit, out):
    """More than 200 profiles have a field that leaves the rows with a text."""
    for i in range(201):
        (tmp_path / f"job{i:03}.folded").write_text(f"main;work{i} {i + 1}\n")
    inputs = sorted(tmp_path.glob("*.folded"))
    where = tmp_path / out
    if out == "one.html":
        profviz("report", "-q", *inputs, "-o", where, status=0)
    else:
        profviz("report", "-q", *inputs, "-o", f"{where.parent}/", status=0)
    page = visit(where)
    page.get_by_label("Filter the profiles").fill("JOB01")
    rows = page.locator("#profiles + table tbody tr:visible") \
        if out != "one.html" else page.locator(".h2r + table tbody tr:visible")
    assert [r.split("\n")[0].split("\t")[0] for r in rows.all_inner_texts()] \
        == [f"job01{i}.folded" for i in range(10)]
    page.get_by_label("Filter the profiles").fill("")
    assert rows.count() == 201


def test_few_profiles_have_no_filter(site):
    assert "Filter" not in (site / "index.html").read_text()
