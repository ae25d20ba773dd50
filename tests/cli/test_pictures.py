# SPDX-License-Identifier: MIT
"""PNG and PDF: the same picture as the SVG, by Cairo and Pango."""
import html
import re
import shutil
import struct
import subprocess
import zlib

import pytest

from harness import FIXTURES

PROFILE = FIXTURES / "folded/good/pyspy-raw.folded"


def chunks(data):
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    at = 8
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + size]
        crc, = struct.unpack(">I", data[at + 8 + size:at + 12 + size])
        assert crc == zlib.crc32(kind + body)
        yield kind.decode(), body
        at += 12 + size


def draw(profviz, tmp_path, kind, *args, source=PROFILE):
    out = tmp_path / f"picture.{kind}"
    done = profviz("flame", source, "-o", out, *args)
    assert done.err == b""
    return out


def test_png_is_twice_as_large_and_says_what_it_is(profviz, tmp_path):
    parts = dict(chunks(draw(profviz, tmp_path, "png").read_bytes()))
    width, height = struct.unpack(">II", parts["IHDR"][:8])
    assert width == 2400 and height > 200
    assert struct.unpack(">II", parts["pHYs"][:8]) == (5669, 5669)
    texts = [b for k, b in chunks((tmp_path / "picture.png").read_bytes())
             if k in ("tEXt", "iTXt")]
    assert any(t.startswith(b"Title\0") for t in texts)
    assert any(t.startswith(b"Description\0") for t in texts)


@pytest.mark.parametrize("words, told", [
    (["--title", "A b", "-j2", "-q"], "--title 'A b'"),
    (["-vq", "--color=never", "--sort", "total"], "--sort total"),
    (["-Ix", "--jobs", "1", "-qI", "y.z", "-vsq"], "-Ix -I y.z -s"),
    (["--color", "always", "--jobs=2"], ""),
])
def test_the_command_is_told_without_what_changes_no_byte(words, told, profviz,
                                                          tmp_path):
    source = tmp_path / "a.folded"
    source.write_bytes(b"x;y.z 3\nx;w 4\n")
    path = tmp_path / "a.png"
    profviz("flame", source, *words, "-o", path, status=0)
    texts = [b for k, b in chunks(path.read_bytes())
             if k in ("tEXt", "iTXt") and b.startswith(b"Description\0")]
    wanted = f"profviz flame {source} {told}".rstrip()
    assert [t.split(b"\0")[-1].decode() for t in texts] == [wanted]


@pytest.mark.parametrize("scale", [1, 3])
def test_scale_sets_the_size(scale, profviz, tmp_path):
    path = draw(profviz, tmp_path, "png", "--scale", scale, "--width", 800)
    parts = dict(chunks(path.read_bytes()))
    assert struct.unpack(">I", parts["IHDR"][:4]) == (800 * scale,)


@pytest.mark.parametrize("kind", ["png", "pdf"])
def test_the_same_bytes_each_time(kind, profviz, tmp_path):
    first = draw(profviz, tmp_path, kind).read_bytes()
    assert draw(profviz, tmp_path, kind).read_bytes() == first


def test_few_colours_make_a_palette(profviz, tmp_path):
    parts = dict(chunks(draw(profviz, tmp_path, "png", "--scale",
                             1).read_bytes()))
    depth, kind = parts["IHDR"][8:10]
    assert depth == 8 and (kind == 2 or "PLTE" in parts)


def test_pdf_text_can_be_selected(profviz, tmp_path):
    path = draw(profviz, tmp_path, "pdf")
    said = subprocess.run(["pdftotext", path, "-"], capture_output=True,
                          text=True, check=True).stdout
    svg = draw(profviz, tmp_path, "svg", "--no-js").read_text()
    labels = re.findall(r"</title><rect[^>]*/><text[^>]*>([^<]+)</text>", svg)
    assert labels
    found = [t for t in map(html.unescape, labels) if t in said]
    assert len(found) >= 0.9 * len(labels)
    fonts = subprocess.run(["pdffonts", path], capture_output=True, text=True,
                           check=True).stdout.splitlines()[2:]
    assert fonts and all(line.split()[-5] == "yes" for line in fonts)


def test_a_deep_picture_is_drawn_in_bounded_memory(profviz, tmp_path):
    deep = tmp_path / "deep.folded"
    deep.write_text(";".join(f"f{i}" for i in range(2000)) + " 5\n")
    path = draw(profviz, tmp_path, "png", source=deep)
    height, = struct.unpack(">I", dict(chunks(path.read_bytes()))["IHDR"][4:8])
    assert 2000 < height <= 2 * 16400


def test_binary_is_not_written_to_a_terminal(profviz):
    if not shutil.which("script"):
        pytest.skip("no script(1) to make a terminal")
    binary = profviz("--version").command[0]
    done = subprocess.run(
        ["script", "-qec", f"{binary} flame {PROFILE} -f png -o -", "/dev/null"],
        stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
    assert done.returncode == 2 and b"PNG\r" not in done.stdout


def test_hostile_names_are_only_text(profviz, tmp_path):
    names = tmp_path / "names.folded"
    names.write_bytes(b"<b>&amp;\x00\x1b[31m;\xff\xfe\xf0;" +
                      "\u202eevil\u2028".encode() + b" 3\n")
    for kind in ("png", "pdf"):
        assert draw(profviz, tmp_path, kind, source=names).stat().st_size > 500


def test_a_picture_that_is_too_wide_is_wrong_usage(profviz, tmp_path):
    source, path = tmp_path / "a.folded", tmp_path / "a.png"
    source.write_bytes(b"x;y 3\n")
    done = profviz("flame", source, "-o", path, "--width", "20000", status=2)
    assert done.error == ("profviz: a PNG can be 32767 pixels wide, not 40000;"
                          " take less --width or --scale\n")
    assert not path.exists()
    profviz("flame", source, "-o", path, "--width", "20000", "--scale", "1",
            status=0)


@pytest.mark.parametrize("kind", ["png", "pdf"])
def test_a_program_without_its_companions_says_what_is_missing(
        binary, tmp_path, kind):
    """And reads nothing before it does."""
    alone = tmp_path / "alone" / "profviz"
    alone.parent.mkdir()
    shutil.copy(binary, alone)
    done = subprocess.run([alone, "flame", "-", "-o", tmp_path / f"x.{kind}"],
                          input=b"a;b 1\n", capture_output=True)
    if done.returncode == 0:
        pytest.skip("profviz is installed where this build looks for it")
    assert done.returncode == 3 and done.stdout == b""
    assert re.search(rb"PNG and PDF (are drawn by|need) profviz-", done.stderr)
    assert not (tmp_path / f"x.{kind}").exists()
    assert subprocess.run([alone, "--version"]).returncode == 0
