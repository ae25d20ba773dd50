# SPDX-License-Identifier: MIT
"""What stands in the file before any script runs."""
import pytest

OFF = {"java_script_enabled": False}
FONTS = ["DejaVu Sans", "Noto Sans", "Liberation Sans"]
BOXES = """() => [...document.querySelectorAll('#pv-frames g')].map(g => {
    const r = g.querySelector('rect'), t = g.querySelector('text');
    const n = g.querySelector('title');
    return {name: n ? n.textContent.split('\\n')[0] : null,
        x: r.x.baseVal.value, y: r.y.baseVal.value,
        w: r.width.baseVal.value, text: t ? t.textContent : ''};
})"""


@pytest.mark.parametrize("shape", ["nightly", "recursive", "tree_10k"])
def test_frames_without_script(drawn, visit, kind, shape):
    """9: the static part shows what the script shows, with titles."""
    path = drawn(shape, kind)
    static = visit(path, width=1200, **OFF).evaluate(BOXES)
    page = visit(path, width=1200)
    live = page.evaluate("""() => {
        const k = PV.tree.tot[0];
        return PV.visible.filter(i => PV.boxOf(i).w >= 3)
            .map(i => PV.f[PV.tree.fn[i]][0]);
    }""")
    titled = [b["name"] for b in static if b["name"]]
    assert len(titled) == len(static)
    if len(live) <= 4000:
        assert len(titled) >= 0.95 * len(live)
    for name in set(live[:200]):
        assert name in titled


def test_page_without_script(drawn, visit):
    """10: the table is there; nothing that would do nothing is shown."""
    page = visit(drawn("nightly", "html"), **OFF)
    rows = page.locator("table tbody tr")
    assert rows.count() >= 20
    first = rows.nth(0).inner_text()
    assert "search" in first and "%" in first
    assert page.locator("button:visible, input:visible").count() == 0
    page.goto(drawn("nightly", "svg").as_uri())
    assert page.locator("foreignObject, button, input").count() == 0
    assert "Wider means more" in page.locator("#pv-bar").text_content()


@pytest.mark.parametrize("font", FONTS)
def test_labels_fit_in_any_font(drawn, visit, font):
    """11: no label leaves its frame, none touches another."""
    page = visit(drawn("nightly", "svg"), width=1200, **OFF)
    page.evaluate("""font => {
        const style = document.createElementNS(
            'http://www.w3.org/2000/svg', 'style');
        style.textContent = `svg text{font-family:'${font}'!important}`;
        document.documentElement.append(style);
    }""", font)
    bad = page.evaluate("""() => {
        const all = [...document.querySelectorAll('#pv-frames g')]
            .filter(g => g.querySelector('text')?.textContent);
        const boxes = all.map(g => [g.querySelector('text').getBBox(),
            g.querySelector('rect').getBBox(), g]);
        const out = [];
        for (const [t, r, g] of boxes)
            if (t.x < r.x - 1 || t.x + t.width > r.x + r.width + 1)
                out.push(g.textContent + ' leaves its frame');
        for (const [t, , g] of boxes) for (const [u, , h] of boxes)
            if (g !== h && t.x < u.x + u.width && u.x < t.x + t.width &&
                Math.abs(t.y - u.y) < 9) out.push(g.textContent + ' overlaps');
        return all.length ? out : ['no labels'];
    }""")
    assert bad == []


@pytest.mark.parametrize("options", [
    (), ("--flame",), ("--sort", "total"), ("--view", "callers"),
    ("--view", "sandwich=walk_tree"), ("--colors", "package"),
    ("--colors", "hot"), ("--colors", "self"), ("--density", "compact"),
    ("--focus", "tax"), ("--reverse",), ("--fold-recursion",),
    ("--by", "file"), ("--min-share", "5%")])
def test_script_redraws_the_same_picture(drawn, visit, kind, options):
    """Boxes, names and colours of the file are those of the viewer."""
    path = drawn("nightly", kind, *options)
    look = """() => [...document.querySelectorAll('#pv-frames g')].filter(
        g => g.querySelector('text')?.textContent).map(g => {
        const r = g.querySelector('rect');
        const b = document.getElementById('pv').getBoundingClientRect();
        return [g.querySelector('title').textContent.split('\\n')[0],
            r.x.baseVal.value, r.width.baseVal.value, r.y.baseVal.value,
            getComputedStyle(r).fill]; })"""
    width = 1200 if kind == "svg" else 1215  # a page may have a scroll bar
    still = visit(path, width=width, java_script_enabled=False)
    page = visit(path, width=width)
    wide = page.evaluate("PV.boxOf(0).w")
    scale = wide / still.evaluate(
        "Math.max(...[...document.querySelectorAll('#pv-frames rect')].map("
        "r => r.width.baseVal.value))")
    boxes, live = still.evaluate(look), page.evaluate(look)
    top = min(b[3] for b in boxes) - min(b[3] for b in live)
    assert len(boxes) >= 3
    missing = [b for b in boxes if not any(
        b[0] == v[0] and b[4] == v[4] and abs(b[3] - v[3] - top) < 0.6 and
        abs(b[2] * scale - v[2]) < 1.2 for v in live)]
    # A label may fit in one and not in the other: fonts differ.
    assert len(missing) <= 0.1 * len(boxes), missing
