# SPDX-License-Identifier: MIT
"""The differential graph and the page of `diff`."""
import pathlib
import random

import pytest

SITES = ["load", "price", "render", "send", "store"]


@pytest.fixture(scope="module")
def sides(tmp_path_factory):
    """Two runs of one shape: one branch grew, one is gone, one is new."""
    folder = tmp_path_factory.mktemp("sides")
    pick = random.Random(3)
    lines = [(f"main (shop/app.py:1);{a} (shop/{a}.py:2);step{b} (shop/{a}.py:{b})"
              f";inner{c} (/usr/lib/python3.11/json/x.py:{c})",
              pick.randrange(200, 900))
             for a in SITES for b in range(4) for c in range(3)]
    with (open(folder / "old.folded", "w") as old,
          open(folder / "new.folded", "w") as new):
        for stack, n in lines:
            if ";render" not in stack:
                new.write(f"{stack} {n * 2 if ';price' in stack else n}\n")
            if ";send" not in stack:
                old.write(f"{stack} {n}\n")
    return folder / "old.folded", folder / "new.folded"


@pytest.fixture(scope="module")
def made(sides, profviz):
    def make(kind, *options):
        path = sides[0].parent / f"diff{len(options)}.{kind}"
        profviz("diff", *sides, *options, "-o", path, status=0)
        return path
    return make


CLASSES = """() => Object.fromEntries([...document.querySelectorAll(
    '#pv-frames g[class]')].map(g => [
    g.querySelector('title') ? g.querySelector('title').textContent
        .split('\\n')[0] : '', g.getAttribute('class').split(' ')[0]]))"""


@pytest.mark.parametrize("kind", ["svg", "html"])
def test_script_draws_what_stood_there(made, visit, kind):
    still = visit(made(kind), java_script_enabled=False).evaluate(CLASSES)
    live = visit(made(kind)).evaluate(CLASSES)
    assert live["main"] == still["main"]
    assert live["price"] == still["price"] == "kd8"
    assert live["send"] == still["send"] == "kd8"
    assert live["store"] == still["store"] == "kd4"
    assert still["render"] == "gone"


@pytest.mark.parametrize("kind", ["svg", "html"])
def test_widths_of_either_side(made, visit, kind):
    page = visit(made(kind))
    page.wait_for_function("window.PV && PV.visible.length > 0")
    total = {}
    for name in ("before", "the larger", "Widths after"):
        page.get_by_role("button", name=name, exact=True).click()
        total[name] = page.evaluate("""() => {
            const {parent, self, total} = PV.d, n = self.length;
            const sum = Float64Array.from(self);
            for (let i = n - 1; i > 0; i--) sum[parent[i]] += sum[i];
            for (let i = 0; i < n; i++)
              if (sum[i] !== total[i]) throw Error('frame ' + i);
            return total[0];
        }""")
        shown = page.evaluate(CLASSES)
        assert ("render" in shown) == (name != "Widths after")
        assert ("send" in shown) == (name != "before")
    assert total["the larger"] > max(total["before"], total["Widths after"])
    page.get_by_role("button", name="before", exact=True).click()
    assert page.evaluate("location.hash") == "#w=before"
    again = visit(made(kind), hash="#w=before").evaluate(CLASSES)
    assert again["render"] == "kd0"


def test_gone_tells_what_it_was(made, visit):
    page = visit(made("html"))
    page.wait_for_function("window.PV && PV.visible.length > 0")
    at = page.evaluate("""() => {
        const s = PV.small.find(s => s.gone), r =
            document.getElementById('pv').getBoundingClientRect();
        const T = PV.tree, b = PV.boxOf(s.par), k = b.w / T.tot[s.par];
        return {x: r.left + b.x + (s.x - T.x0[s.par] + s.w / 2) * k,
            y: r.top + b.y + 27, w: s.w * k};
    }""")
    assert at["w"] >= 2
    page.mouse.move(at["x"], at["y"])
    page.wait_for_selector(".tip:not([hidden])")
    tip = page.inner_text(".tip:not([hidden])")
    assert tip.startswith("render") and "gone: before" in tip


def test_tooltip_has_both_sides(made, visit):
    page = visit(made("html"))
    page.wait_for_function("window.PV && PV.visible.length > 0")
    box = page.evaluate("""() => {
        const i = PV.visible.find(i => PV.f[PV.tree.fn[i]][0] === 'price');
        const b = PV.boxOf(i), r =
            document.getElementById('pv').getBoundingClientRect();
        return [r.left + b.x + b.w / 2, r.top + b.y + 8];
    }""")
    page.mouse.move(*box)
    page.wait_for_selector(".tip:not([hidden])")
    tip = page.inner_text(".tip:not([hidden])")
    assert "before" in tip and "after" in tip and "\u00d72.0" in tip


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_fits_a_phone(made, visit, script, scheme):
    page = visit(made("html"), width=390, height=844, color_scheme=scheme,
                 java_script_enabled=script)
    if script:
        assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.locator("h1").count() == 1
    assert page.locator("table tbody tr").count() > 5
    assert page.locator("main>p.tell").inner_text().startswith("7,870 samples")


def test_totals_of_millions_fit_a_phone(profviz, visit, tmp_path):
    """Numbers are never broken, so it is names that give way."""
    for side, n in (("old", 1908000), ("new", 3348000)):
        (tmp_path / side).write_text(f"main;work {n}\n")
    profviz("diff", "old", "new", "-o", "d.html", cwd=tmp_path, status=0)
    page = visit(tmp_path / "d.html", width=390, height=844)
    widths = page.evaluate("""[...document.querySelectorAll('table')].map(
        t => t.getBoundingClientRect().right)""")
    assert len(widths) == 2 and max(widths) <= 378


def test_rows_are_as_high_as_their_text(made, visit):
    page = visit(made("html"))
    heights = page.evaluate("""[...document.querySelectorAll('tbody tr')].map(
        r => r.getBoundingClientRect().height)""")
    assert len(heights) > 10 and max(heights) < 70


def test_page_is_complete_without_script(made, visit):
    page = visit(made("html"), java_script_enabled=False)
    rows = page.locator("#functions table").first.locator("tbody tr")
    text = rows.all_inner_texts()
    assert any("gone" in t for t in text) and any("new" in t for t in text)
    assert page.locator("button:visible, input:visible").count() == 0
    assert page.locator("#pv-frames g title").count() > 20


@pytest.mark.parametrize("kind", ["html", "two counts", "table", "memory"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(made, visit, scheme, kind, profviz, fixtures,
                           tmp_path):
    axe = pathlib.Path(pytest.importorskip("axe_playwright_python").__file__)
    code = next(axe.parent.rglob("axe.min.js")).read_text()
    others = {"two counts": ["folded/good/diff-two-column.folded"],
              "table": ["pstats/good/cprofile-3.12.prof",
                        "pstats/good/cprofile-3.13.prof"],
              "memory": ["tracemalloc/good/snap-3.10-lim1-a.tracemalloc",
                         "tracemalloc/good/snap-3.10-lim1-b.tracemalloc"]}
    path = made("html") if kind == "html" else tmp_path / "page.html"
    if kind in others:
        profviz("diff", *(fixtures / f for f in others[kind]), "-o", path,
                status=0)
    page = visit(path, color_scheme=scheme)
    page.evaluate(code)
    assert page.evaluate("""async () => (await axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']}))
        .violations.map(v => [v.id, v.nodes.length,
                              v.nodes[0].html.slice(0, 200)])""") == []
