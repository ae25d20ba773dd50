# SPDX-License-Identifier: MIT
"""Search, tooltip, keyboard and touch."""
import re

import pytest

from window import rest

JSON_DECIMAL = {"loads", "decode", "dumps", "encode", "iterencode", "quantize",
                "<built-in method _json.scan>"}


def shade(page, selector, what):
    return page.evaluate("""([selector, what]) => {
        const e = document.querySelector(selector);
        return e ? getComputedStyle(e)[what] : null; }""", [selector, what])


def luminance(colour):
    rgb = [int(v) / 255 for v in re.findall(r"\d+", colour)[:3]]
    rgb = [v / 12.92 if v <= .04045 else ((v + .055) / 1.055) ** 2.4
           for v in rgb]
    return .2126 * rgb[0] + .7152 * rgb[1] + .0722 * rgb[2]


def contrast(a, b):
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + .05) / (low + .05)


def test_search(graph, kind, profviz, drawn):
    """19: exactly what matches in the input, and the share `top` prints."""
    g = graph("nightly", kind)
    g.search("json|decimal")
    names = g.js("[...new Set(PV.f.map(f => f[0]))]")
    hits = set(g.js("""PV.f.filter(f => /json|decimal/i.test(f[0]) ||
        /json|decimal/i.test(f[1])).map(f => f[0])"""))
    assert hits == JSON_DECIMAL and len(names) > 25
    shown = g.matched()
    assert shown and shown <= JSON_DECIMAL
    found = g.js("PV.found")
    assert found["functions"] == 7 and found["frames"] == 7
    share = float(re.search(r"([\d.]+)% of all", g.result())[1])
    source = drawn("nightly", kind).parent / "nightly.folded"
    assert abs(share - kept_share(source, profviz)) <= 0.1
    assert g.result().startswith("7 frames in 7 functions \u00b7 ")
    g.search("^sub$")
    assert g.result().startswith("1 frame in 1 function \u00b7 ")


def kept_share(source, profviz):
    text = profviz("top", source, "--focus", "json|decimal", status=0).text
    return float(re.search(r"([\d.]+)\s?%", text)[1])


@pytest.mark.parametrize("pattern, count", [
    ("TCP", 0), ("tcp", 1), ("tcp_RECV", 0), ("shop/TAX", 0),
    ("shop/tax", 2), (r"\bSub\b", 0), (r"^sub$", 1)])
def test_smart_case(graph, pattern, count):
    """A capital makes the search exact."""
    g = graph("nightly")
    g.search(pattern)
    assert (g.js("PV.found") or {"functions": 0})["functions"] == count


def test_search_counts_outermost_only(graph, kind):
    g = graph("recursive", kind)
    g.search("^f$|^g$")
    total = g.js("PV.d.total[0]")
    assert g.js("PV.found.sum") == total - 40 * 1
    g.search("^r$")
    assert g.js("PV.found.sum") == 40


def test_invalid_expression(graph, kind):
    """20: says so, throws nothing, keeps the last good result."""
    g = graph("nightly", kind)
    g.search("tax")
    before = g.matched()
    g.search("tax(")
    assert g.result() == "Not a valid pattern"
    assert g.matched() == before
    g.search("")
    assert g.result() == "" and g.matched() == set()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_dim_frames_stay_legible(graph, kind, scheme):
    """21: text on every kind of frame has a contrast of 4.5 at least."""
    g = graph("nightly", kind, color_scheme=scheme)
    pairs = """() => [...document.querySelectorAll(
        '#pv-frames g')].map(g => [
        getComputedStyle(g.querySelector('text')).fill,
        getComputedStyle(g.querySelector('rect')).fill,
        g.getAttribute('class')])"""
    seen = set()
    for act in (lambda: None, lambda: g.search("tax"),
                lambda: g.click("price_order")):
        act()
        for text, fill, name in g.js(pairs):
            if fill.startswith("rgb"):
                assert contrast(text, fill) >= 4.5, name
                seen.add(name.split()[-1])
    assert {"m", "d"} <= seen


def test_tooltip_says_it_all(graph, kind):
    """22: name, place, total, self, both shares, origin."""
    g = graph("nightly", kind)
    g.page.mouse.move(*g.center(g.find("compute_tax")))
    rest(g.page)
    text = g.tip()
    i = g.find("compute_tax")
    for part in ("compute_tax", "shop/tax.py:42", "Total", "Self",
                 g.js("i => PV.value(PV.tree.tot[i])", i),
                 g.js("i => PV.value(PV.tree.self[i])", i),
                 g.js("i => PV.share(PV.tree.tot[i])", i),
                 g.js("i => PV.share(PV.tree.self[i])", i),
                 "Your code", "of caller"):
        assert part in text, part
    g.click("compute_tax")
    g.page.mouse.move(*g.center(g.find("resolve_rule")))
    rest(g.page)
    assert "of the zoomed frame" in g.tip()
    assert g.js("""document.elementFromPoint(300, 300) === null ||
        !document.querySelector('.tip').contains(
        document.elementFromPoint(300, 300))""")


def test_tooltip_tells_recursion(graph):
    g = graph("nightly")
    g.page.mouse.move(*g.center(g.find("walk_tree")))
    rest(g.page)
    assert "recursion depth 1 of 6" in g.tip()


def test_tooltip_stays_in_the_window(graph, kind):
    """22: at all four corners, and never under the pointer."""
    for flame in (False, True):
        g = graph("nightly", kind, *(["--flame"] if flame else []),
                  width=700, height=330)
        root = g.box(0)
        g.js("y => scrollTo(0, y)", root["y"] - 150)
        for i in g.js("PV.visible")[::2]:
            b = g.box(i)
            for x in (b["x"] + 1, b["x"] + b["width"] - 1):
                y = b["y"] + 8
                if not (b["width"] > 3 and 0 < y < 330):
                    continue
                g.page.mouse.move(x, y)
                rest(g.page, 20)
                r = g.js("""() => { const t = document.querySelector(
                    '.tip:not(.tap)'); if (t.hidden) return null;
                    const r = t.getBoundingClientRect();
                    return [r.left, r.top, r.right, r.bottom]; }""")
                if r is None:
                    continue  # the header lies over the frame here
                assert r[0] >= 0 and r[1] >= 0 and r[2] <= 700, r
                assert not (r[0] < x < r[2] and r[1] < y < r[3])


def test_keyboard(graph, kind):
    """23: all of it without a mouse."""
    g = graph("nightly", kind)
    tabs = 0
    while g.js("document.activeElement?.id") != "pv-frames":
        g.page.keyboard.press("Tab")
        tabs += 1
        assert tabs <= (4 if kind == "svg" else 40)
    ring = "document.querySelector('.rings .cur')"
    assert g.js(f"{ring}.getAttribute('d')").startswith("M")
    assert shade(g.page, ".rings .cur", "strokeWidth") == "3px"
    said = set()
    for key, name in (("ArrowDown", "<module>"), ("ArrowDown", "main"),
                      ("ArrowDown", "run_batch"),
                      ("ArrowDown", "price_order"), ("ArrowUp", "run_batch"),
                      ("ArrowUp", "main"), ("ArrowUp", "<module>")):
        g.page.keyboard.press(key)
        assert g.current() == name
        assert g.live().startswith(name + ", total ")
        said.add(g.live())
    assert len(said) == 4
    for key in ("ArrowDown", "ArrowDown", "ArrowDown"):
        g.page.keyboard.press(key)
    names = []
    for key in ("Home", "ArrowRight", "ArrowLeft", "End"):
        g.page.keyboard.press(key)
        names.append(g.current())
    assert names[0] == names[2] and len(set(names)) == 3
    g.page.keyboard.press("Home")
    here = g.current()
    g.page.keyboard.press("Enter")
    g.settle()
    assert g.focus() == here
    g.page.keyboard.press("Escape")
    g.page.keyboard.press("Tab")
    assert g.js("document.activeElement?.id") != "pv-frames"
    g.page.keyboard.press("Shift+Tab")
    assert g.js("document.activeElement?.id") == "pv-frames"


def test_keyboard_focus_is_seen(graph, kind):
    """23: what has the focus is not below the header, however one came."""
    g = graph("nightly", kind, width=900, height=330)
    under = "([x, y]) => !!document.elementFromPoint(x, y).closest('#pv-frames')"
    while g.js("document.activeElement?.id") != "pv-frames":
        g.page.keyboard.press("Tab")
    rest(g.page, 100)
    assert g.js(under, g.center(g.js("PV.cur")))
    g.js("scrollTo(0, 0)")
    rest(g.page)
    for keys in (("?", "Escape"), ("/", "Escape")):
        for key in keys:
            g.page.keyboard.press(key)
        rest(g.page, 100)
        assert g.js("document.activeElement.id") == "pv-frames"
        assert g.js("scrollY") == 0, keys


def test_help_lists_the_keys(graph, kind):
    g = graph("nightly", kind)
    g.page.keyboard.press("?")
    box = g.page.locator("dialog[open]")
    assert "Backspace" in box.inner_text()
    r = box.bounding_box()
    assert r["x"] >= 0 and r["x"] + r["width"] <= 1280 and r["y"] >= 0
    g.page.keyboard.press("Escape")
    assert g.page.locator("dialog[open]").count() == 0


def test_letters_belong_to_the_field(graph, kind):
    """24: typing in the search field does nothing but search."""
    g = graph("nightly", kind)
    g.click("price_order")
    g.page.keyboard.press("/")
    assert g.js("document.activeElement?.id") == "pv-q"
    g.page.keyboard.type("icsutny?")
    assert g.focus() == "price_order"
    assert g.js("document.querySelector("
                "'dialog[open]')") is None
    assert "v=" not in g.hash() and "d=" not in g.hash()
    assert g.field() == "icsutny?"


def test_next_and_previous_match(graph, kind):
    g = graph("nightly", kind)
    g.search("tax")
    g.page.keyboard.press("Enter")
    seen = [g.current()]
    g.page.keyboard.press("n")
    seen.append(g.current())
    assert set(seen) == {"compute_tax", "resolve_rule"}
    assert g.live().startswith(seen[-1])
    g.page.keyboard.press("N")
    assert g.current() == seen[0]


def test_legend_filters(graph, kind):
    """A click on an origin shows only its frames, again: all."""
    g = graph("nightly", kind)
    key = "#pv-legend button"
    g.page.locator(key).filter(has_text="Standard library").click()
    bright = set(g.js("""[...document.querySelectorAll(
        '#pv-frames g:not(.d) title')].map(
        t => t.textContent.split('\\n')[0])"""))
    assert "dumps" in bright and "price_order" not in bright
    g.page.locator(key).filter(has_text="Standard library").click()
    assert g.page.locator("#pv-frames g.d").count() == 0


def chips(g):
    return [c.strip() for c in
            g.page.locator("#pv-chips li:visible").all_inner_texts()]


def test_chips_take_filters_back(graph):
    """What the viewer set can be removed, what the program left out stays."""
    g = graph("recursion", "html", "--fold-recursion", "--ignore", "nothing")
    assert chips(g) == ["--ignore nothing", "--fold-recursion \u00d7"]
    assert g.js("Math.max(...PV.tree.dep)") == 2
    g.page.get_by_role("button", name="Remove filter: --fold").click()
    assert chips(g) == ["--ignore nothing"] and g.hash() == "#r=all"
    assert g.js("Math.max(...PV.tree.dep)") > 2900
    g.page.get_by_role("button", name="Fold recursion").click()
    assert chips(g)[1:] == ["--fold-recursion \u00d7"]


def test_a_chip_says_which_origin_is_shown(graph):
    g = graph("nightly", "html")
    assert chips(g) == []
    key = g.page.locator("#pv-legend button").filter(
        has_text="Standard library")
    key.click()
    assert chips(g) == ["only Standard library \u00d7"]
    assert key.get_attribute("aria-pressed") == "true"
    assert g.page.locator("#pv-frames g.d").count() > 5
    g.page.locator("#pv-chips button").click()
    assert chips(g) == [] and key.get_attribute("aria-pressed") == "false"
    assert g.page.locator("#pv-frames g.d").count() == 0


def test_alt_click_finds_every_place(graph, kind):
    g = graph("recursive", kind)
    x, y = g.center(g.find("leaf"))
    g.page.keyboard.down("Alt")
    g.page.mouse.click(x, y)
    g.page.keyboard.up("Alt")
    assert g.js("PV.focus") == 0
    assert g.field() == "^leaf$"
    assert g.js("PV.found.functions") == 1


def test_touch(graph, kind):
    """25: a tap selects, a second one zooms, a swipe scrolls."""
    g = graph("nightly", kind, width=390, height=844, has_touch=True,
              is_mobile=kind == "html")  # an .svg has no viewport <meta>
    i = g.find("price_order")
    g.page.touchscreen.tap(*g.center(i))
    rest(g.page)
    assert g.js("PV.focus") == 0 and g.current() == "price_order"
    card = g.page.locator(".tap")
    assert card.is_visible() and "Zoom" in card.inner_text()
    r = card.bounding_box()
    assert abs(r["y"] + r["height"] - 844) <= 2
    g.page.touchscreen.tap(*g.center(i))
    g.settle()
    assert g.focus() == "price_order"
    step = g.js("PV.boxOf(1).y - PV.boxOf(0).y")
    assert step >= 24
    assert g.js("getComputedStyle(document.getElementById('pv'))"
                ".touchAction") == "auto"


def test_table_sorts_and_links(graph):
    g = graph("nightly", "html")
    heads = g.page.locator("table.sort thead th")
    cells = "[...document.querySelectorAll('table.sort')][0].tBodies[0].rows"
    total = f"[...{cells}].map(r => +r.cells[4].dataset.v)"
    heads.nth(4).locator("button").click()
    assert heads.nth(4).get_attribute("aria-sort") == "descending"
    values = g.js(total)
    assert values == sorted(values, reverse=True) and len(values) > 20
    heads.nth(4).locator("button").click()
    assert heads.nth(4).get_attribute("aria-sort") == "ascending"
    assert g.js(total) == sorted(values)
    g.page.locator("a.fnm", has_text="resolve_rule").first.click()
    g.page.wait_for_function("PV.found")
    assert g.field() == "^resolve_rule$"
    assert g.matched() == {"resolve_rule"}
    g.page.locator("a.fnm", has_text="_json.scan").first.click()
    g.page.wait_for_function("PV.found.sum === 160")
    assert g.js("PV.found.functions") == 1


@pytest.mark.parametrize("width", [390, 768, 1000])
def test_table_has_room_for_names(visit, drawn, tmp_path, width):
    """A swatch stands on its name's line, a place on four at most."""
    path = tmp_path / "names.folded"
    folder = "/srv/shop/venv/lib/python3.11/site-packages/markdown"
    path.write_text(f"main;InlineProcessor.__applyPattern ({folder}/tree"
                    f"processors.py:7) 235\nmain;_split ({folder}/x.py:3) 79\n")
    page = visit(drawn(path, "html"), width=width)
    for row in page.evaluate("""[...document.querySelectorAll('tbody tr')].map(
            r => [r.querySelector('.chip').getBoundingClientRect(),
                  r.querySelector('.fnm').getClientRects()[0],
                  r.querySelector('.file').getClientRects().length,
                  r.querySelector('.file').getBoundingClientRect()])"""):
        chip, name, _, place = row
        assert name["top"] <= chip["top"] <= chip["bottom"] <= name["bottom"]
        assert chip["width"] == chip["height"] == 10
        assert place["height"] <= 90


def test_details_panel(graph):
    """From 1400 px a panel lists callers and callees."""
    g = graph("nightly", "html", width=1500)
    g.click("compute_tax")
    g.page.get_by_role("button", name="Details").click()
    text = g.page.locator("#pv-panel").inner_text()
    for part in ("compute_tax", "Callers", "price_order", "Callees",
                 "resolve_rule"):
        assert part in text
    assert g.js("document.documentElement.scrollWidth") <= 1500
