# SPDX-License-Identifier: MIT
"""`flame --classic` draws what flamegraph.pl draws.

Three witnesses: texts recorded from flamegraph.pl (FlameGraph 41fee1f)
beside the small fixtures, flamegraph.pl itself where Debian's
libdevel-nytprof-perl is installed, and tests/lib/stackmodel.py, which must
agree with both before it is used on lines that only some programs take.
"""
import gzip
import html
import os
import re
import subprocess
import xml.etree.ElementTree as ET

import pytest

import stackmodel
from harness import FIXTURES

GOOD = FIXTURES / "folded" / "good"
RECORDED = sorted(GOOD.glob("*.flamegraphpl.txt"))
INPUTS = sorted(p for p in GOOD.iterdir() if p not in RECORDED)
PERL = "/usr/share/perl5/Devel/NYTProf/flamegraph.pl"

# Where profviz reads a file otherwise, on purpose (formats/folded.md).
KNOWS_BETTER = {
    "austin3-full.austin": "three values a line are read, metadata is not "
                           "a stack",
    "austin3-wall.austin": "metadata lines are not stacks",
    "bom.folded": "a byte order mark is no part of a name",
    "crlf.folded": "CRLF ends lines too",
    "nonutf8.folded": "a bad byte is U+FFFD instead of a broken picture",
    "pyflame-flamechart.txt": "flame charts have no counts; they are read",
    "pyspy-raw-threads-subprocesses.folded": "a quoted ';' does not split",
    "weird.folded": "comments, trailing blanks, mixed two-count lines",
}
# flamegraph.pl draws a frame twice when lines sort between its own count
# and its children's ("f 3" < "f: x;g 1" < "f;g 1").
DRAWN_TWICE = {"pyspy-threads-idle.folded"}

CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def content(path):
    data = path.read_bytes()
    return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data


def shown(title):
    """A model title as it can stand in a picture."""
    return CONTROL.sub("\ufffd", title.decode(errors="replace"))


def drawn(svg):
    """Texts of the <title>s that are children of a <g>."""
    found = []
    for group in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}g"):
        title = group.find("{http://www.w3.org/2000/svg}title")
        if title is not None:
            found.append(title.text or "")
    return sorted(found)


def classic(profviz, data, *options):
    done = profviz("flame", "--classic", "-f", "svg", "-o", "-", *options,
                   "-", stdin=data, status=0)
    return drawn(done.out)


def recorded(path):
    text = path.read_bytes().split(b"\n", 1)[1].decode(errors="replace")
    return sorted(CONTROL.sub("\ufffd", html.unescape(t))
                  for t in text.split("\n") if t)


def both_accept(data):
    """The lines that flamegraph.pl and profviz read alike."""
    kept = []
    for line in data.split(b"\n"):
        stack = stackmodel.parse(line)
        if (stack is None or line.startswith((b"#", b"\xef\xbb\xbf"))
                or re.search(rb'"[^"]*;[^"]*"', line)):
            continue
        kept.append((line, stack.before is not None))
    two = sum(before for _, before in kept)
    if two < len(kept):
        kept = [(line, before) for line, before in kept if not before]
    return b"".join(line + b"\n" for line, _ in kept)


def original(path):
    return path.with_name(path.name.removesuffix(".flamegraphpl.txt"))


@pytest.mark.parametrize("path", RECORDED, ids=lambda p: original(p).name)
def test_the_model_is_flamegraph_pl(path):
    if original(path).name == "nonutf8.folded":
        pytest.skip("flamegraph.pl's own picture is broken there")
    titles = stackmodel.titles(stackmodel.read(content(original(path))))
    assert sorted(map(shown, titles)) == recorded(path)


@pytest.mark.parametrize("path", RECORDED, ids=lambda p: original(p).name)
def test_recorded_pictures(path, profviz):
    name = original(path).name
    if name in KNOWS_BETTER:
        pytest.skip(KNOWS_BETTER[name])
    ours = classic(profviz, content(original(path)))
    assert [t for t in ours if " samples" in t] == recorded(path)


@pytest.mark.parametrize("path", INPUTS, ids=lambda p: p.name)
def test_lines_that_both_accept(path, profviz):
    data = both_accept(content(path))
    stacks = stackmodel.read(data)
    if not any(s.count for s in stacks):
        pytest.skip("no such line in it")
    wanted = sorted(map(shown, stackmodel.titles(stacks)))
    assert classic(profviz, data, "--input-format", "folded") == wanted


def plain(titles):
    """What Debian's older flamegraph.pl does to names, done to all."""
    return sorted(re.sub(r"_\[[kwij]\](?= \()", "", CONTROL.sub("\ufffd", t))
                  .replace("<", "(").replace(">", ")") for t in titles)


@pytest.mark.skipif(not os.path.exists(PERL),
                    reason="libdevel-nytprof-perl is not installed")
@pytest.mark.parametrize("path", INPUTS, ids=lambda p: p.name)
def test_against_the_program_itself(path, profviz):
    data = both_accept(content(path))
    if path.name in DRAWN_TWICE:
        pytest.skip("flamegraph.pl draws one frame twice")
    if path.name == "nonutf8.folded":
        pytest.skip(KNOWS_BETTER[path.name])
    done = subprocess.run(["perl", PERL], input=data, check=False,
                          capture_output=True)
    theirs = re.findall(r"<title>(.*?)</title>",
                        done.stdout.decode(errors="replace"), re.DOTALL)
    if not theirs:
        pytest.skip("flamegraph.pl finds no stack in it")
    ours = classic(profviz, data, "--input-format", "folded")
    assert plain(ours) == plain(map(html.unescape, theirs))


def rectangles(svg, lower):
    """(title, x, y, width, height, fill) of each frame, y moved by `lower`."""
    found = []
    for group in re.findall(r"<g[ >].*?</g>", svg, re.DOTALL):
        title = re.search(r"<title>(.*?)</title>", group, re.DOTALL)
        rect = re.search(r'<rect x="(.*?)" y="(.*?)" width="(.*?)" '
                         r'height="(.*?)" fill="(.*?)"', group)
        if title and rect:
            x, y, width, height, fill = rect.groups()
            name = re.sub(r"_\[[kwij]\](?= \()", "",
                          html.unescape(title.group(1)))
            found.append((name, x, float(y) + lower, width, height, fill))
    return sorted(found)


@pytest.mark.skipif(not os.path.exists(PERL),
                    reason="libdevel-nytprof-perl is not installed")
@pytest.mark.parametrize("options, lower", [
    ((), 4), (("--inverted",), -12), (("--width=700",), 4),
    (("--minwidth=2",), 4), (("--factor=0.37",), 4), (("--total=100000",), 4),
    (("--colors=mem",), 4), (("--height=24",), 12)],
    ids=lambda o: " ".join(o) if isinstance(o, tuple) else "")
@pytest.mark.parametrize("name", ["basic.folded", "perf-pipeline.folded",
                                  "pyspy-batch-function.folded"])
def test_rectangles_of_the_program_itself(name, options, lower, profviz):
    """Debian's version has another margin at the top: all is moved by it."""
    data = (GOOD / name).read_bytes().replace(b"<", b"(").replace(b">", b")")
    done = subprocess.run(["perl", PERL, "--hash", *options], input=data,
                          check=True, capture_output=True)
    ours = profviz("flame", "--classic", "--hash", *options, "-f", "svg",
                   "-o", "-", "-", stdin=data, status=0)
    assert (rectangles(ours.out.decode(), 0)
            == rectangles(done.stdout.decode(), lower))
