# SPDX-License-Identifier: MIT
"""Light, dark, paper, forced colours."""
import subprocess

import pytest
from PIL import Image

from window import photograph

PICTURE = """() => [...document.querySelectorAll(
    '#pv-frames g')].map(g => [
    g.querySelector('title').textContent.split('\\n')[0],
    getComputedStyle(g.querySelector('rect')).fill])"""


def count(image, wanted):
    """How many pixels are of a colour that `wanted` likes."""
    colours = image.getcolors(image.size[0] * image.size[1])
    return sum(n for n, colour in colours if wanted(colour))


@pytest.mark.parametrize("script", [True, False])
def test_dark(drawn, visit, kind, script):
    """36: dark to the corners, also where the page ends before the window."""
    page = visit(drawn("nightly", kind), color_scheme="dark", height=1400,
                 java_script_enabled=script)
    image = photograph(page)
    w, h = image.size
    for corner in ((2, 2), (w - 2, 2), (2, h - 2), (w - 2, h - 2)):
        assert image.getpixel(corner) == (0x11, 0x13, 0x18), corner
    white = count(image.resize((w // 4, h // 4)),
                  lambda p: p == (255, 255, 255))
    assert white < 0.01 * w * h / 16


def test_theme_button(graph, kind):
    g = graph("nightly", kind)
    g.page.keyboard.press("t")
    image = photograph(g.page)
    assert image.getpixel((2, 2)) == (0x11, 0x13, 0x18)
    g.page.keyboard.press("t")
    assert photograph(g.page).getpixel((2, 2)) == (255, 255, 255)


def test_paper_is_white(drawn, visit, kind, tmp_path):
    """37: printed from a dark desktop, with legend, frames and labels."""
    page = visit(drawn("nightly", kind), color_scheme="dark")
    page.keyboard.press("t")
    page.keyboard.press("t")
    pdf = tmp_path / "page.pdf"
    page.emulate_media(color_scheme="dark")
    page.pdf(path=pdf, print_background=True)
    text = subprocess.run(["pdftotext", pdf, "-"], capture_output=True,
                          check=True).stdout.decode()
    for part in ("Your code", "price_order", "run_batch"):
        assert part in text
    subprocess.run(["pdftoppm", "-r", "50", "-png", "-f", "1", "-l", "1", pdf,
                    tmp_path / "out"], check=True)
    image = Image.open(next(tmp_path.glob("out*.png"))).convert("RGB")
    w, h = image.size
    for corner in ((2, 2), (w - 3, 2), (2, h - 3), (w - 3, h - 3)):
        assert image.getpixel(corner) == (255, 255, 255)
    own = count(image, lambda p: max(
        abs(a - b) for a, b in zip(p, (0xfb, 0xbc, 0x68))) < 14)
    assert own > 0.002 * w * h


def test_printing_draws_all_rows(drawn, visit, tmp_path):
    page = visit(drawn("deep", "html"))
    page.pdf(path=tmp_path / "deep.pdf")
    text = subprocess.run(["pdftotext", tmp_path / "deep.pdf", "-"],
                          capture_output=True, check=True).stdout.decode()
    assert "step_2999" in text and "step_1500" in text


@pytest.mark.parametrize("levels", [30, 90, 100])
def test_print_begins_with_the_picture(drawn, visit, tmp_path, levels):
    """37: a picture that is nearly as high as a sheet is not put off."""
    path = tmp_path / "stack.folded"
    path.write_text("".join(
        ";".join(f"fn_{i}" for i in range(k + 1)) + " 3\n"
        for k in range(levels)))
    page = visit(drawn(path, "html"))
    page.pdf(path=tmp_path / "stack.pdf", format="A4")
    text = subprocess.run(["pdftotext", "-l", "1", tmp_path / "stack.pdf",
                           "-"], capture_output=True, check=True).stdout
    assert text.decode().count("fn_") >= 0.8 * levels


def test_printed_tables_name_their_columns(drawn, visit, tmp_path):
    """37: on each sheet; a header's buttons are not repeated as such."""
    path = tmp_path / "many.folded"
    path.write_text("".join(f"main;fn_{i} (lib/m.py:{i}) {i + 1}\n"
                            for i in range(150)))
    page = visit(drawn(path, "html"))
    page.pdf(path=tmp_path / "many.pdf", format="A4")
    sheets = subprocess.run(["pdftotext", tmp_path / "many.pdf", "-"],
                            capture_output=True, check=True).stdout.decode()
    sheets = [s for s in sheets.split("\f") if s.count("lib/m.py") > 3]
    assert len(sheets) > 2
    for words in sheets:
        assert "Function\n" in words and "Defined at" in words


def test_forced_colours(graph, kind):
    """38: edges and focus are visible without any fill of ours."""
    g = graph("nightly", kind, forced_colors="active")
    edges = set(g.js("""[...document.querySelectorAll(
        '#pv-frames g rect')].map(r => {
        const s = getComputedStyle(r); return s.stroke + s.fill; })"""))
    assert len(edges) == 1
    edge = edges.pop()
    assert "none" not in edge
    looks = [g.js("""p => { const s = getComputedStyle(document.querySelector(
        `.seg [aria-pressed=${p}]`));
        return [s.backgroundColor, s.color, s.forcedColorAdjust]; }""", p)
        for p in ("true", "false")]
    system = g.js("""() => ['Highlight', 'HighlightText'].map(name => {
        const e = document.body || document.documentElement;
        const d = document.createElementNS('http://www.w3.org/1999/xhtml', 'p');
        d.style = 'forced-color-adjust:none;color:' + name;
        e.append(d);
        const found = getComputedStyle(d).color;
        d.remove();
        return found; })""")
    assert looks[0] == system + ["none"] and looks[1][0] != system[0]
    g.js("document.getElementById('pv-frames').focus()")
    g.page.keyboard.press("ArrowDown")
    stroke = g.js("getComputedStyle(document.querySelector("
                  "'.rings .cur')).stroke")
    assert stroke != "none" and stroke not in edge
    g.search("tax")
    fills = set(g.js("""[...document.querySelectorAll(
        '#pv-frames g rect')].map(
        r => getComputedStyle(r).fill)"""))
    assert len(fills) == 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_one_colour_a_function(drawn, visit, scheme):
    """39: graph and table agree, with and without script."""
    path = drawn("nightly", "html")
    still = visit(path, color_scheme=scheme, java_script_enabled=False)
    table = dict(still.evaluate("""() => [...document.querySelectorAll(
        'tbody tr')].map(r => [r.querySelector('a').textContent,
        getComputedStyle(r.querySelector('.chip')).backgroundColor])"""))
    drawn_still = dict(still.evaluate(PICTURE))
    live = dict(visit(path, color_scheme=scheme).evaluate(PICTURE))
    assert len(live) > 15
    for name, fill in live.items():
        assert drawn_still.get(name, fill) == fill, name
        assert table.get(name, fill) == fill, name
    assert len(set(live.values())) >= 6


def test_one_colour_in_diffs(drawn, visit, profviz, tmp_path):
    """39: the swatches of a diff are those of the flame graph."""
    flame = visit(drawn("nightly", "html"), java_script_enabled=False)
    old, new = (drawn(shape, "svg").parent / f"{shape}.folded"
                for shape in ("nightly", "nightly_later")
                if drawn(shape, "svg"))
    profviz("diff", old, new, "--all", "-o", tmp_path / "d.html", status=0)
    chips = """() => [...document.querySelectorAll('tbody tr')].filter(
        r => r.querySelector('.fnm')).map(r => [
        r.querySelector('.fnm').textContent,
        getComputedStyle(r.querySelector('.chip')).backgroundColor])"""
    here = dict(flame.evaluate(chips))
    there = dict(visit(tmp_path / "d.html", java_script_enabled=False)
                 .evaluate(chips))
    both = here.keys() & there.keys()
    assert len(both) >= 1
    assert {n: here[n] for n in both} == {n: there[n] for n in both}


def test_static_svg_is_readable_without_custom_properties(drawn):
    """Readers that know no CSS take the attributes: every box has a fill."""
    import xml.etree.ElementTree as tree
    root = tree.parse(drawn("nightly", "svg")).getroot()
    svg = "{http://www.w3.org/2000/svg}"
    frames = next(g for g in root.iter(svg + "g")
                  if g.get("id") == "pv-frames")
    boxes = list(frames.iter(svg + "rect")) + list(frames.iter(svg + "path"))
    assert len(boxes) > 20
    assert all(b.get("fill") for b in boxes)
    assert all(t.get("fill") for t in frames.iter(svg + "text"))
