# SPDX-License-Identifier: MIT
"""The flame graph as a file: complete without script, sound whatever it is
made of, the same bytes every time."""
import gzip
import json
import re
import xml.etree.ElementTree as ET

import pytest

from harness import FIXTURES

GOOD = FIXTURES / "folded" / "good"
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = (b"main;]]></script><script>window.pwned=1</script> 5\n"
           b"main;<!-- 4\nmain;a&b\"c'd 3\nmain;nul\0b 2\nmain;bad\xff\xfe 2\n"
           b"main;\xe2\x80\xa8x\xe2\x80\xa9 2\nmain;lone\xed\xa0\x80 2\n"
           b"main;\xe2\x80\xaegnp.exe 3\nmain;\xef\xbf\xbe 1\nmain;\x1b[31m 2\n")


def draw(profviz, data, *options, kind="svg"):
    return profviz("flame", "-f", kind, "-o", "-", *options, "-", stdin=data,
                   status=0).out


def frames(svg):
    """[(lines of the title, rect)] of the titled boxes."""
    found = []
    for g in ET.fromstring(svg).iter(SVG + "g"):
        title, rect = g.find(SVG + "title"), g.find(SVG + "rect")
        if title is not None and rect is not None:
            found.append((title.text.split("\n"),
                          {k: float(rect.get(k, 0))
                           for k in ("x", "y", "width", "height")}))
    return found


def island(svg):
    for script in ET.fromstring(svg).iter(SVG + "script"):
        if script.get("type") == "application/json":
            return json.loads(script.text)
    return None


DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def number(text):
    """The next VLQ number of an island."""
    value = shift = 0
    for c in text:
        d = DIGITS.index(c)
        value |= (d & 31) << shift
        shift += 5
        if not d & 32:
            break
    return value


def decoded(data):
    """[(depth, name, self)] in the order of the island."""
    found, depth = [], -1
    text = iter(data["t"])
    for head in text:
        up, own = (DIGITS.index(head) >> shift & 7 for shift in (0, 3))
        fn = number(text)
        up += number(text) if up == 7 else 0
        own += number(text) if own == 7 else 0
        depth += 1 - up
        found.append((depth, data["f"][fn][0], own))
    return found


@pytest.mark.parametrize("kind", ["svg", "html"])
@pytest.mark.parametrize("options", [(), ("--no-js",), ("--classic",)])
def test_hostile_names_are_text(profviz, kind, options):
    if kind == "html" and options == ("--classic",):
        pytest.skip("a classic picture is an SVG")
    out = draw(profviz, HOSTILE, *options, kind=kind)
    assert b"<script>window" not in out and b"<!-- 4" not in out
    assert not re.search(rb"[\0-\x08\x0b\x0c\x0e-\x1f]", out)
    out.decode()
    if kind == "svg":
        ET.fromstring(out)
        assert any("window.pwned=1" in t[0] for t, _ in frames(out))


def test_the_island_holds_every_frame(profviz):
    svg = draw(profviz, b"a;b;c 3\na;b 2\na;d;e;f 7\nx 5\n")
    data = island(svg)
    assert data["n"] == 8 and data["unit"]["kind"] == "count"
    assert decoded(data) == [
        (0, "all", 0), (1, "a", 0), (2, "b", 2), (3, "c", 3), (2, "d", 0),
        (3, "e", 0), (4, "f", 7), (1, "x", 5)]


def test_pages_have_the_largest_first(profviz):
    html = draw(profviz, b"a;b 3\na;c 9\nx 50\n", kind="html").decode()
    data = json.loads(re.search(
        r'type="application/json">(.*?)</script>', html, re.DOTALL).group(1))
    assert [f[1] for f in decoded(data)] == ["all", "x", "a", "c", "b"]


@pytest.mark.parametrize("path", sorted(GOOD.glob("pyspy-*")),
                         ids=lambda p: p.name)
def test_levels_fill_their_parents_and_none_overlap(profviz, path):
    if path.name.endswith(".txt"):
        pytest.skip("not a profile")
    boxes = frames(draw(profviz, gzip.decompress(path.read_bytes())
                        if path.suffix == ".gz" else path.read_bytes()))
    rows = {}
    for title, box in boxes:
        rows.setdefault(box["y"], []).append(box)
    assert all(abs(y2 - y1 - 18) < 0.01 for y1, y2 in
               zip(sorted(rows), sorted(rows)[1:]))
    for row in rows.values():
        row.sort(key=lambda b: b["x"])
        for left, right in zip(row, row[1:]):
            assert left["x"] + left["width"] <= right["x"] + 0.01
        assert row[-1]["x"] + row[-1]["width"] <= 1184


def test_legend_adds_up_to_100(profviz):
    path = GOOD / "pyspy-site.folded.gz"
    for colors in ("origin", "package"):
        data = island(draw(profviz, gzip.decompress(path.read_bytes()),
                           "--colors", colors))
        shares = [float(o[2].strip("<%")) for o in data["origins"]]
        assert len(shares) > 1
        assert sum(shares) == pytest.approx(100, abs=0.001)


def test_pruned_frames_are_counted(profviz):
    lines = b"".join(b"main;f%d 1\n" % i for i in range(200))
    svg = draw(profviz, lines + b"main;big 800\n", "--min-share", "1%")
    data = island(svg)
    assert decoded(data)[-1][1:] in [("[pruned] 200 frames", 200),
                                     ("big", 800)]
    assert sum(own for _, _, own in decoded(data)) == 1000
    assert list(data["agg"].values()) == [200]
    assert b"200 more pruned from the data (20.0%)" in svg


def test_many_narrow_frames_are_one_hatched_box(profviz):
    lines = b"".join(b"main;f%06d 1\n" % i for i in range(100000))
    titles = [t[0] for t, _ in frames(draw(profviz, lines))]
    assert titles == ["all", "main",
                      "100,000 small frames, 100% together. Zoom to see them."]


def test_too_deep_pictures_are_torn(profviz):
    deep = b";".join(b"level_%d" % i for i in range(4000)) + b" 3\n"
    svg = draw(profviz, deep + b"level_0 1\n", "--no-js")
    height = float(ET.fromstring(svg).get("height"))
    assert 15000 < height < 17000
    text = "".join(ET.fromstring(svg).itertext())
    assert re.search(r"1,\d\d\d deeper levels, 75.0% of all reaches them",
                     text)


def test_deep_recursion_is_folded_in_the_picture_not_in_the_data(profviz):
    deep = b"main;" + b";".join([b"f"] * 3000) + b" 3\n"
    svg = draw(profviz, deep)
    assert [t[0] for t, _ in frames(svg)] == ["all", "main", "f"]
    assert len(decoded(island(svg))) == 3002
    assert b"recursion is drawn once" in svg


def test_lines_of_a_function_are_one_box_unless_asked_for(profviz):
    data = b"m (a.py:1);f (a.py:5) 3\nm (a.py:2);f (a.py:5) 4\n"
    assert [t[0] for t, _ in frames(draw(profviz, data))] == ["all", "m", "f"]
    by_line = [t[0] for t, _ in frames(draw(profviz, data, "--by", "line"))]
    assert len(by_line) == 5


def test_numbers_of_bytes_are_bounded(profviz):
    """A title of a megabyte, 20,000 boxes, 4,000 of them with titles."""
    lines = b"".join(b"main;g%d;f%d 1\n" % (i % 300, i) for i in range(30000))
    out = draw(profviz, lines + b"main;" + b"N" * (1 << 20) + b" 900\n",
               "--no-js", "--width", "30000")
    assert len(frames(out)) <= 4000
    assert len(out) < 1_200_000


def test_no_script_means_none(profviz):
    svg = draw(profviz, b"a;b 1\n", "--no-js")
    html = draw(profviz, b"a;b 1\n", "--no-js", kind="html")
    assert b"<script" not in svg and b"<script" not in html
    assert b"Click" not in svg and b"Click" not in html


def test_same_bytes_whatever_the_order(profviz):
    lines = [b"a;b 3\n", b"a;c 4\n", b"x;y;z 1\n", b"a 2\n"]
    for kind in ("svg", "html"):
        assert (draw(profviz, b"".join(lines), kind=kind)
                == draw(profviz, b"".join(reversed(lines)), kind=kind))


def test_random_colours_differ(profviz):
    data = b"".join(b"f%d 1\n" % i for i in range(20))
    one, two = (draw(profviz, b"a;b 1\n" + data, "--classic", "--random")
                for _ in range(2))
    assert one != two


def test_factor_scales_the_numbers_not_the_shares(profviz):
    titles = [t[-1] for t, _ in frames(
        draw(profviz, b"a;b 3\na 1\n", "--factor", "0.5"))]
    assert titles == ["2 samples (100%) total, 0 samples (0%) self",
                      "2 samples (100%) total, 0.5 samples (25.0%) self",
                      "1.5 samples (75.0%) total, 1.5 samples (75.0%) self"]


@pytest.mark.parametrize("option, value", [
    ("--view", "sideways"), ("--minwidth", "wide"), ("--min-share", "200%"),
    ("--factor", "x"), ("--total", "-1"), ("--view", "sandwich=nobody")])
def test_bad_values_are_wrong_usage(profviz, option, value):
    run = profviz("flame", "-f", "svg", "-o", "-", option, value, "-",
                  stdin=b"a;b 1\n", status=2)
    assert option in run.err.decode() and not run.out


def test_austins_interval_has_its_unit(profviz):
    data = (b"# austin: 3.6.0\n# interval: 2000\n# mode: wall\n\n"
            b"P1;T0:1;a.py:f:3 2000\n")
    assert b"interval 2.00 ms" in draw(profviz, data)


def test_folded_recursion_says_how_often(profviz):
    data = (";".join(["main"] + ["fact"] * 300 + ["leaf"]) + " 5\n" +
            ";".join(["main"] + ["even", "odd"] * 20) + " 5\n").encode()
    svg = draw(profviz, data)
    label = {text.text for text in ET.fromstring(svg).iter(SVG + "text")}
    assert {"fact \u00d7300", "even \u00d720", "odd \u00d720", "leaf"} <= label
    (title, _), = [f for f in frames(svg) if f[0][0] == "fact"]
    assert title[-1].endswith("; folded: \u00d7300")
    narrow = draw(profviz, data, "--width", "200")
    for text in ET.fromstring(narrow).iter(SVG + "text"):
        assert not (text.text or "").startswith("\u00d7")


def test_recursion_that_was_asked_to_be_folded_is_counted(profviz):
    data = b"main;f;f;f;f;f;leaf 5\nmain;f;f;f;f 2\n"
    svg = draw(profviz, data, "--fold-recursion")
    label = {text.text for text in ET.fromstring(svg).iter(SVG + "text")}
    assert "f \u00d75" in label
    assert island(svg)["fold"] is True  # and holds what is not folded
    assert island(svg)["n"] == 8
    for options in ["--view", "callers"], ["--classic"]:
        folded = draw(profviz, data, "--fold-recursion", *options)
        again = draw(profviz, b"main;f;leaf 5\nmain;f 2\n", *options)
        assert [f[0][0] for f in frames(folded)] == [
            f[0][0] for f in frames(again)]


def test_turns_are_told_in_the_order_of_time_too(profviz):
    data = b"main;f;f;f;f 2\nmain;g 1\nmain;f;f 5\nmain;f;g;h;g;h 5\n"
    svg = draw(profviz, data, "--flamechart", "--fold-recursion")
    labels = [text.text for text in ET.fromstring(svg).iter(SVG + "text")]
    assert [t for t in labels if t and t[0] in "fgh"] == [
        "f \u00d74", "g", "f \u00d72", "g \u00d72", "h \u00d72"]


def test_marks_of_origins_survive_reading_again(profviz):
    data = b"main;do_read_[k] 3\nmain;run_[j] 4\n"
    svg = draw(profviz, data)
    assert b"do_read_[k]" not in svg.split(b"<script", 1)[0]
    assert profviz("convert", "-f", "folded", "-o", "-", "-", stdin=svg,
                   status=0).out == data


def folded(profviz, *args, **how):
    return profviz("convert", "-f", "folded", "-o", "-", *args, status=0,
                   **how).out


@pytest.mark.parametrize("path", [
    *(FIXTURES / "pstats/good").glob("edges-*.prof"),
    *(FIXTURES / "tracemalloc/good").glob("snap-*-a.tracemalloc"),
    GOOD / "pyspy-analyse-nolineno.folded.gz",
], ids=lambda p: p.name)
def test_what_a_picture_keeps_is_read_again(path, profviz):
    metric = ["--metric", "size"] if "tracemalloc" in path.name else []
    svg = profviz("flame", path, "-f", "svg", "-o", "-", *metric,
                  status=0).out
    want = folded(profviz, path, *metric).splitlines()
    found = folded(profviz, "-", stdin=svg).splitlines()
    assert [line for line in found if not line.endswith(b" 0")] == [
        line for line in want if not line.endswith(b" 0")]


def test_boxes_of_calls_tell_where_the_function_begins(profviz):
    svg = profviz("flame", FIXTURES / "pstats/good/marshal-v0.prof", "-f",
                  "svg", "-o", "-", status=0).out
    assert ["f", "a.py:1"] in [t[:2] for t, _ in frames(svg)]


@pytest.mark.parametrize("options, merged", [([], True),
                                             (["--by", "line"], False)])
def test_lines_that_a_picture_does_not_keep_are_counted(options, merged,
                                                        profviz):
    data = b"f (a.py:1);g (a.py:7) 3\nf (a.py:2);g (a.py:7) 4\n"
    svg = draw(profviz, data, *options)
    info = profviz("info", "-", stdin=svg, status=0).text
    said = ("lines: none for 1 of 2 functions; stacks that differed in "
            "theirs alone are one")
    assert (said in info) == merged
    found = folded(profviz, "-", stdin=svg)
    assert found == (b"f (a.py);g (a.py:7) 7\n" if merged else
                     b"a.py:1;a.py:7 3\na.py:2;a.py:7 4\n")


def test_what_turns_text_around_is_named(profviz):
    data = "main;a\u202egnp.exe 3\n".encode()
    for kind in "svg", "html":
        picture = draw(profviz, data, kind=kind).decode()
        assert "\u202e" not in picture and "\\u202e" in picture
        assert "a\ufffdgnp.exe" in picture
    table = profviz("top", "-f", "md", "-", stdin=data, status=0).text
    assert "`a[U+202E]gnp.exe`" in table


def test_filters_that_leave_nothing_are_named(profviz):
    data = b"main;a 3\nmain;b 4\n"
    for look in [], ["--classic"]:
        said = draw(profviz, data, "--focus", "zzzz", *look).decode()
        assert "No stack is left by the filters" in said
        assert "Every count" not in said
    assert b"0 of 7 samples" in draw(profviz, data, "--focus", "zzzz")
    tree = profviz("tree", "--focus", "zzzz", "-", stdin=data, status=0).text
    assert tree.startswith("Kept 0%: 0 of 7 samples\n")
    assert "Every count in this profile is 0" in draw(
        profviz, b"main;a 0\n", "--focus", "main").decode()
