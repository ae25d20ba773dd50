# SPDX-License-Identifier: MIT
"""How the picture sits in the window and what zooming, views and links do."""
import pytest

from window import rest


@pytest.mark.parametrize("width", [390, 768, 1280, 1920, 2560])
def test_fills_the_window(graph, kind, width):
    """12: the graph ends at the window's padding, nothing scrolls sideways."""
    g = graph("nightly", kind, width=width)
    root = g.box(0)
    padding = root["x"]
    inner = g.js("document.documentElement.clientWidth")
    if kind == "svg":
        inner = g.js("document.getElementById('pv')"
                     ".getBoundingClientRect().width")
    assert 0 <= padding <= 24
    assert abs(inner - padding - (root["x"] + root["width"])) <= 24
    assert g.js("document.documentElement.scrollWidth") <= width
    g.js("scrollTo(50, 0)")
    assert g.js("scrollX") == 0


LABELS = """() => [...document.querySelectorAll(
    '#pv-frames g')].map(g => {
    const t = g.querySelector('text'), r = g.querySelector('rect');
    return {text: t.textContent, name: g.querySelector('title').textContent,
        over: t.textContent ? t.getBBox().x + t.getBBox().width -
            r.x.baseVal.value - r.width.baseVal.value : 0,
        w: r.width.baseVal.value};
})"""


def test_resizing_fits_labels_anew(graph, kind):
    """13: none overflows, none is empty where three characters would fit."""
    g = graph("nightly", kind)
    for width in (1280, 700, 1000):
        g.page.set_viewport_size({"width": width, "height": 800})
        rest(g.page, 120)
        labels = g.js(LABELS)
        assert len(labels) > 12
        for label in labels:
            assert label["over"] <= 0, label
            # 9 px of padding, three letters and an ellipsis at their widest
            assert label["text"] or label["w"] < 9 + 4 * 12, label


def test_header_has_the_room_it_takes(graph):
    """Also with the tools that come late, and with a search's result."""
    g = graph("recursion", "svg", "--title", "A title of some length, as is")
    over = """() => { const h = document.querySelector('.pv-head');
        return h.offsetHeight - h.parentNode.height.baseVal.value; }"""
    for width in (390, 640, 900, 930, 980, 1020, 1280):
        g.page.set_viewport_size({"width": width, "height": 800})
        g.page.reload()
        g.page.wait_for_function("window.PV && PV.visible.length > 0")
        rest(g.page, 100)
        assert g.js(over) == 0, width
        top = g.box(0)["y"]
        g.search("walk")
        assert g.js(over) == 0, width
        assert g.box(0)["y"] >= top
        g.search("walk(")
        assert g.js(over) == 0, width


def test_children_and_self_sum_to_the_parent(graph, kind):
    """14: at every node, exactly."""
    for shape in ("nightly", "recursive"):
        data = graph(shape, kind).js(
            "({p: [...PV.d.parent], s: [...PV.d.self], t: [...PV.d.total]})")
        sums = list(data["s"])
        for i in range(len(sums) - 1, 0, -1):
            assert data["t"][i] == sums[i]
            sums[data["p"][i]] += sums[i]
        assert sums[0] == data["t"][0] > 0


def test_root_and_title_come_first(graph, kind):
    """15: both are in the first 200 px."""
    g = graph("nightly", kind)
    assert 0 < g.box(0)["y"] < 200
    title = "h1" if kind == "html" else "#pv-h1"
    box = g.page.locator(title).bounding_box()
    assert 0 <= box["y"] and box["y"] + box["height"] < 200


def test_zoom(graph, kind):
    """16: a click makes a frame fill the width, below its ancestors."""
    g = graph("nightly", kind)
    root = g.box(0)
    g.click("compute_tax")
    now = g.box(g.js("PV.focus"))
    assert g.focus() == "compute_tax"
    assert abs(now["width"] - root["width"]) <= 1
    assert abs(now["x"] - root["x"]) <= 1
    context = g.js("""[...document.querySelectorAll(
        '#pv-frames g.up')].map(g => [
        g.querySelector('title').textContent.split('\\n')[0],
        +g.querySelector('rect').getAttribute('width')])""")
    assert [c[0] for c in context][-4:] == [
        "<module>", "main", "run_batch", "price_order"]
    assert all(abs(c[1] - root["width"]) < 2 for c in context)
    path = g.page.locator("#pv-bar").text_content()
    for name in ("run_batch", "price_order", "compute_tax"):
        assert name in path
    assert path.index("run_batch") < path.index("compute_tax")
    assert g.hash().startswith("#z=")


def test_links_survive_reload_and_new_data(graph, drawn, visit, kind):
    """17: the same link, another day: the same stack."""
    g = graph("nightly", kind)
    g.click("compute_tax")
    link = g.hash()
    for shape in ("nightly", "nightly_later"):
        again = graph(shape, kind, hash=link, width=900)
        assert again.focus() == "compute_tax"
        assert again.js("PV.f[PV.tree.fn[PV.tree.par[PV.focus]]][0]") == (
            "price_order")
    gone = graph("nightly", kind, hash="#v=sandwich&f=no.such")
    assert gone.js("PV.focus") == 0
    assert "not in this profile" in gone.page.locator("#pv-bar").text_content()
    lost = graph("recursive", kind, hash=link)
    assert lost.js("PV.focus") == 0
    assert "not in this profile" in lost.page.locator("#pv-bar").text_content()


def test_ways_out(graph, kind):
    """18: Back undoes a zoom, Backspace goes out one level, Esc resets."""
    g = graph("nightly", kind)
    g.click("price_order")
    g.click("compute_tax")
    g.page.go_back()
    g.page.wait_for_function("PV.f[PV.tree.fn[PV.focus]][0] === 'price_order'")
    g.page.go_forward()
    g.page.wait_for_function("PV.f[PV.tree.fn[PV.focus]][0] === 'compute_tax'")
    g.page.keyboard.press("Backspace")
    assert g.focus() == "price_order"
    g.page.keyboard.press("u")
    assert g.focus() == "run_batch"
    g.page.keyboard.press("Escape")
    assert g.js("PV.focus") == 0 and g.hash() == ""
    g.click("price_order")
    g.click("main")  # a context row
    assert g.focus() == "main"
    g.click("main")  # the zoomed frame itself: out one
    assert g.focus() == "<module>"


def test_reduced_motion(graph, kind):
    """29: no box is ever drawn between its old and its new place."""
    g = graph("nightly", kind, reduced_motion="reduce")
    seen = g.js("""name => new Promise(done => {
        const i = PV.visible.find(i => PV.f[PV.tree.fn[i]][0] === name);
        const widths = new Set();
        let left = 20;
        PV.zoom(i);
        const look = () => {
            widths.add(PV.boxOf(i).w.toFixed(1));
            if (left--) requestAnimationFrame(look); else done([...widths]);
        };
        look();
    })""", "compute_tax")
    assert len(seen) == 1


def test_motion_is_short(graph):
    """Else a zoom eases to its end and stops there."""
    g = graph("nightly")
    widths = g.js("""name => new Promise(done => {
        const i = PV.visible.find(i => PV.f[PV.tree.fn[i]][0] === name);
        const widths = [], began = performance.now();
        PV.zoom(i);
        const look = () => {
            widths.push(PV.boxOf(i).w);
            if (performance.now() - began < 400 || widths.length < 9)
                requestAnimationFrame(look);
            else done(widths);
        };
        look();
    })""", "compute_tax")
    full = g.box(0)["width"]
    assert abs(widths[-1] - full) < 1
    assert all(a <= b + 0.01 for a, b in zip(widths, widths[1:]))


def test_callers(graph, kind):
    """31: row 1 is each function's self value, exactly."""
    g = graph("recursive", kind, width=2000)
    g.page.keyboard.press("c")
    rows = g.js("""() => { const t = PV.tree, o = {};
        for (let i = 1; i < t.n; i++) if (t.dep[i] === 1)
            o[PV.f[t.fn[i]][0]] = (o[PV.f[t.fn[i]][0]] || 0) + t.tot[i];
        return o; }""")
    own = g.js("""() => { const o = {};
        PV.d.fn.forEach((f, i) => { if (PV.d.self[i])
            o[PV.f[f][0]] = (o[PV.f[f][0]] || 0) + PV.d.self[i]; });
        return o; }""")
    assert rows == own and len(rows) == 3
    root, leaf = g.box(0)["width"], g.box(g.find("leaf"))["width"]
    assert abs(leaf / root - rows["leaf"] / sum(rows.values())) < 0.002
    g.click("leaf")
    again = graph("recursive", kind, hash=g.hash(), width=2000)
    assert again.focus() == "leaf"
    assert again.js("PV.tree.tot[PV.focus]") == rows["leaf"]


def test_sandwich_counts_recursion_once(graph, kind):
    """31: callers above and callees below never exceed the function."""
    g = graph("recursive", kind, hash="#v=sandwich&f=f", width=1600)
    t = g.js("""() => { const t = PV.tree; return {n: t.n, fn: [...t.fn],
        dep: [...t.dep], par: [...t.par], tot: [...t.tot],
        self: [...t.self]}; }""")
    whole = sum(g.js("[...PV.d.total]")[i] for i in outermost(g, "f"))
    assert t["tot"][0] == whole <= g.js("PV.d.total[0]")
    assert max(t["tot"]) == whole
    for side in (-1, 1):
        first = [t["tot"][i] for i in range(t["n"]) if t["dep"][i] == side]
        assert first and sum(first) <= whole
    for i in range(t["n"]):
        below = sum(t["tot"][c] for c in range(t["n"])
                    if t["par"][c] == i and t["dep"][c] > 0)
        assert t["dep"][i] < 0 or below + t["self"][i] == t["tot"][i]
    assert g.box(0)["y"] > min(g.box(i)["y"] for i in g.js("PV.visible"))


def outermost(g, name):
    d = g.js("({f: [...PV.d.fn].map(f => PV.f[f][0]), p: [...PV.d.parent]})")
    found = []
    for i, f in enumerate(d["f"]):
        p = d["p"][i]
        while p >= 0 and d["f"][p] != name:
            p = d["p"][p]
        if f == name and p < 0:
            found.append(i)
    return found


def test_flip_keeps_zoom_and_search(graph, kind):
    """32: only the direction changes."""
    g = graph("nightly", kind)
    g.click("price_order")
    g.search("tax")
    before = g.matched()
    g.js("document.activeElement?.blur()")
    assert g.box(g.find("compute_tax"))["y"] > g.box(g.js("PV.focus"))["y"]
    g.page.keyboard.press("i")
    assert g.box(g.find("compute_tax"))["y"] < g.box(g.js("PV.focus"))["y"]
    assert g.focus() == "price_order" and g.matched() == before != set()
    assert "d=flame" in g.hash() and "s=tax" in g.hash()
    again = graph("nightly", kind, hash=g.hash())
    assert again.focus() == "price_order"
    again.page.wait_for_function("PV.found")
    assert again.matched() == before


def test_fold_recursion(graph, kind):
    """Repeated frames become one row that says how often; sums stay."""
    g = graph("recursion", kind)
    rows = g.js("Math.max(...PV.tree.dep)")
    g.page.get_by_role("button", name="Fold recursion").click()
    assert rows > 2900 and g.js("Math.max(...PV.tree.dep)") == 2
    texts = g.js("""[...document.querySelectorAll(
        '#pv-frames g text')].map(t => t.textContent)""")
    assert "walk \u00d73,000" in texts
    assert g.js("""() => { const t = PV.tree; let s = 0;
        for (const v of t.self) s += v; return s === t.tot[0]; }""")
    assert g.hash() == "#r=fold"
    again = graph("recursion", kind, hash="#r=fold")
    assert again.js("Math.max(...PV.tree.dep)") == 2
    g.page.get_by_role("button", name="Fold recursion").click()
    assert g.js("Math.max(...PV.tree.dep)") == rows


def test_small_frames_are_merged_and_counted(graph, kind):
    """Nothing disappears: a hatched box stands for what is too narrow."""
    g = graph("sibling", kind)
    small = g.js("PV.small.map(s => [s.n, s.w])")
    assert small[0] == [120, 420]
    x, y = g.js("""() => { const s = PV.small[0], t = PV.tree;
        const svg = document.getElementById('pv');
        const r = svg.getBoundingClientRect(), root = PV.boxOf(0);
        return [r.left + root.x + root.w * (s.x + s.w / 2) / t.tot[0],
                r.top + root.y + 18 * 2 + 8]; }""")
    g.page.mouse.move(x, y)
    rest(g.page)
    assert "120 small frames" in g.tip()
