# SPDX-License-Identifier: MIT
"""SVG, PNG and PDF of one profile are one picture: the same boxes in the same
colours, the same labels, names of any script drawn."""
import html
import re
import shutil
import subprocess

import pytest
from PIL import Image

from harness import FIXTURES

FOLDED = FIXTURES / "folded/good"
PICTURES = [
    ("flame", FOLDED / "pyspy-raw.folded"),
    ("flame", FOLDED / "pyspy-publish.folded.gz"),
    ("flame", FOLDED / "perf-pipeline.folded"),
    ("timeline", sorted((FIXTURES / "mprof/good").glob("*.dat"))[0]),
]
IDS = [f"{c}-{p.name}" for c, p in PICTURES]
SCRIPTS = {
    "Arabic": "\u0645\u0631\u062d\u0628\u0627",
    "combining": "e\u0301a\u0308o\u0302",
    "emoji": "\U0001f600",
    "Japanese": "\u65e5\u672c\u8a9e\u30c6\u30b9\u30c8",
}


def draw(profviz, folder, command, source, kind, *args):
    out = folder / f"picture.{kind}"
    profviz(command, source, "-o", out, *args, status=0)
    return out


def said_by(pdf):
    return subprocess.run(["pdftotext", "-raw", pdf, "-"], check=True,
                          capture_output=True, text=True).stdout


def labels_of(svg):
    return [html.unescape(re.sub("<[^>]*>", "", t))
            for t in re.findall(r"<text[^>]*>(.*?)</text>", svg)]


@pytest.mark.parametrize("command, source", PICTURES, ids=IDS)
def test_the_pdf_has_the_labels_of_the_svg(command, source, profviz,
                                           tmp_path):
    options = ["--no-js"] if command == "flame" else []
    svg = draw(profviz, tmp_path, command, source, "svg", *options)
    said = said_by(draw(profviz, tmp_path, command, source, "pdf"))
    flat = re.sub(r"\s+", "", said)
    labels = [t for t in labels_of(svg.read_text()) if t.strip()]
    missing = [t for t in labels if re.sub(r"\s+", "", t) not in flat]
    assert len(labels) > 5
    assert len(missing) <= 0.02 * len(labels), missing


@pytest.mark.parametrize("command, source", PICTURES[:3], ids=IDS[:3])
def test_the_png_has_the_boxes_of_the_svg(command, source, profviz, tmp_path):
    """At both ends of each box that has room beside its label, inside and
    outside of its edges."""
    svg = draw(profviz, tmp_path, command, source, "svg", "--no-js")
    image = Image.open(draw(profviz, tmp_path, command, source, "png"))
    image = image.convert("RGB")
    checked = 0
    for x, y, w, h, fill in re.findall(
            r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" '
            r'height="([\d.]+)" fill="#(\w{6})"', svg.read_text()):
        x, y, w, h = map(float, (x, y, w, h))
        if w < 4:
            continue
        wanted = tuple(int(fill[i:i + 2], 16) for i in (0, 2, 4))
        for at in (x + 1.5, x + w - 1.5):
            got = image.getpixel((int(2 * at), int(2 * (y + 1.5))))
            assert got == wanted, (x, y, w, fill)
        checked += 1
    assert checked >= 5


@pytest.mark.parametrize("command, source", PICTURES, ids=IDS)
def test_the_pdf_is_sound(command, source, profviz, tmp_path):
    pdf = draw(profviz, tmp_path, command, source, "pdf")
    fonts = subprocess.run(["pdffonts", pdf], capture_output=True, text=True,
                           check=True).stdout.splitlines()[2:]
    assert fonts and all(line.split()[-5] == "yes" for line in fonts)
    if not shutil.which("qpdf"):
        pytest.skip("no qpdf")
    done = subprocess.run(["qpdf", "--check", pdf], capture_output=True,
                          text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def has_font(char):
    done = subprocess.run(["fc-list", f":charset={ord(char):x}", "family"],
                          capture_output=True, text=True, check=False)
    return bool(done.stdout.strip())


@pytest.mark.parametrize("script", SCRIPTS)
def test_any_script_is_drawn(script, profviz, tmp_path):
    """A glyph that no font has is drawn as a box with its number, which is
    no text in a PDF and has the same shape whatever the letters."""
    name = SCRIPTS[script]
    if not all(has_font(c) for c in name):
        pytest.skip(f"no font on this machine has {script}")
    source = tmp_path / "names.folded"
    source.write_text(f"main;{name} 3\nmain;{name};{name}x 2\n")
    said = said_by(draw(profviz, tmp_path, "flame", source, "pdf"))
    plain = re.sub(r"[\s\u200f\u202b\u202c]", "", said)
    assert name in plain or name[::-1] in plain
    missing = tmp_path / "missing.folded"
    missing.write_text(f"main;{chr(0xe123) * len(name)} 3\n")
    drawn = Image.open(draw(profviz, tmp_path, "flame", source, "png"))
    boxes = Image.open(draw(profviz, tmp_path, "flame", missing, "png"))
    assert drawn.tobytes() != boxes.tobytes()


def test_what_turns_text_is_replaced_in_all(profviz, tmp_path):
    """A name cannot show as another, nor turn what is written behind it."""
    source = tmp_path / "turned.folded"
    source.write_text("main;a\u202elive\u2066b 3\n")
    plain = tmp_path / "plain.folded"
    plain.write_text("main;a\ufffdlive\ufffdb 3\n")
    drawn = [Image.open(draw(profviz, tmp_path, "flame", path, "png",
                             "--title", "same")).convert("RGB")
             for path in (source, plain)]
    rows = [im.crop((0, 0, im.width, im.height - 60)).tobytes()
            for im in drawn]
    assert rows[0] == rows[1]


def test_figures_stay_behind_names_from_the_right(profviz, tmp_path):
    source = tmp_path / "right.dat"
    start = 1795248454
    source.write_text(
        f"FUNC {SCRIPTS['Arabic']} 1.0 {start}.1 7.0 {start}.9 0\n"
        f"CMDLINE python x.py\nMEM 1.0 {start}.0\nMEM 9.0 {start + 1}.0\n")
    labels = labels_of(draw(profviz, tmp_path, "timeline", source,
                            "svg").read_text())
    assert SCRIPTS["Arabic"] + "\u200e +6.00 MiB" in labels
    said = said_by(draw(profviz, tmp_path, "timeline", source, "pdf"))
    assert "+6.00 MiB" in said
    boxes = subprocess.run(["pdftotext", "-bbox", tmp_path / "picture.pdf",
                            "-"], check=True, capture_output=True,
                           text=True).stdout
    name = [float(x) for x, word in re.findall(
        r'xMin="([\d.]+)"[^>]*>([^<]*)<', boxes)
        if re.search("[\u0600-\u06ff]", word)]
    figure = re.search(r'xMin="([\d.]+)"[^>]*>[^<]*6\.00', boxes)
    assert name and max(name) < float(figure[1]), boxes


def test_a_page_of_pdf_looks_like_the_png(profviz, tmp_path):
    """pdftoppm draws the PDF: the same pixels nearly everywhere."""
    source = FOLDED / "pyspy-publish.folded.gz"
    png = Image.open(draw(profviz, tmp_path, "flame", source, "png"))
    pdf = draw(profviz, tmp_path, "flame", source, "pdf")
    subprocess.run(["pdftoppm", "-png", "-r", "192", "-singlefile", pdf,
                    tmp_path / "page"], check=True)
    page = Image.open(tmp_path / "page.png")
    assert abs(page.width - png.width) <= 1
    assert abs(page.height - png.height) <= 2
    a = png.convert("L").resize((400, 200), Image.BOX).tobytes()
    b = page.convert("L").resize((400, 200), Image.BOX).tobytes()
    far = sum(abs(x - y) > 24 for x, y in zip(a, b))
    assert far < 0.02 * len(a)


def test_the_torn_row_says_what_is_below(profviz, tmp_path):
    deep = tmp_path / "deep.folded"
    deep.write_text(";".join(f"f{i}" for i in range(3000)) + " 5\n"
                    + "f0;g 2\n")
    said = said_by(draw(profviz, tmp_path, "flame", deep, "pdf"))
    found = re.search(r"[\d,]+ deeper levels, [\d.]+%", said)
    assert found, said[-500:]
    png = Image.open(draw(profviz, tmp_path, "flame", deep, "png"))
    assert png.height <= 2 * 16400
