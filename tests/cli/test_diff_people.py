# SPDX-License-Identifier: MIT
"""diff for people: Markdown as a renderer of CommonMark and tables reads it,
pictures and pages, what moved, what is filtered."""
import collections
import csv
import fractions
import gzip
import io
import json
import re
import xml.etree.ElementTree as ET

import pytest
from markdown_it import MarkdownIt

SVG = "{http://www.w3.org/2000/svg}"


def write(tmp_path, name, text):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


# ---- Markdown ----

HOSTILE = ["a|b", "`tick`", "``two`` `", "<script>x</script>", "back\\slash",
           "pipe\\|d", "*bold* _it_", "[x](y)", "<!-- -->", "@user #1",
           " lead", "a & b &lt"]


def tables(markdown):
    """Text of every cell, of every table, code spans as they are shown."""
    parser = MarkdownIt("commonmark").enable("table")
    found, cell = [], None
    for token in parser.parse(markdown):
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type in ("th_open", "td_open"):
            cell = True
        elif token.type == "inline" and cell:
            found[-1][-1].append("".join(
                t.content for t in token.children))
            cell = None
    return found


def test_hostile_names_stay_whole(profviz, tmp_path):
    old = write(tmp_path, "old", "".join(
        f"main;{n} {100 + i}\n" for i, n in enumerate(HOSTILE)))
    new = write(tmp_path, "new", "".join(
        f"main;{n} {900 + i}\n" for i, n in enumerate(HOSTILE)))
    text = profviz("diff", old, new, "-f", "md", status=0).text
    totals, changes = tables(text)
    assert totals[0] == ["", "before", "after", "change", "test"]
    assert all(len(r) == len(changes[0]) for r in changes)
    shown = {r[0] for r in changes[1:]}
    for name in HOSTILE:
        # A backslash before a pipe cannot be had in a cell: a broken bar.
        assert name.strip().replace("\\|", "\\\u00a6") in {
            s.strip() for s in shown}, name
    html = MarkdownIt("commonmark").enable("table").render(text)
    assert "<script" not in html and "<a " not in html


def test_markdown_is_short_enough_for_a_comment(profviz, tmp_path):
    names = [f"{'n' * 500}{i}" for i in range(190)]
    old = write(tmp_path, "old", "".join(f"m;{n} 100\n" for n in names))
    new = write(tmp_path, "new", "".join(f"m;{n} 900\n" for n in names))
    text = profviz("diff", old, new, "--limit", "0", "-f", "md",
                   status=0).text
    assert len(text) <= 60000
    rest = re.search(r"([\d,]+) more are not listed", text)[1]
    shown = re.search(r"<summary>([\d,]+) functions", text)[1]
    listed = sum(len(t) - 1 for t in tables(text)[1:])
    assert listed > 50
    assert listed + int(rest.replace(",", "")) == int(shown.replace(",", ""))
    assert text.rstrip().endswith("<!-- profviz:new -->")
    assert "</details>" in text


def test_markdown_has_its_parts(profviz, fixtures):
    text = profviz("diff", fixtures / "folded/good/change-before.folded",
                   fixtures / "folded/good/change-after.folded", "--title",
                   "Nightly -- batch", "-f", "md", status=0).text
    lines = text.splitlines()
    assert lines[0].startswith("### 3,649 samples more (51.4%). `parse` ")
    assert "| samples | 7,100 | 10,749 | **+3,649 (+51.4%)** | clear |" in lines
    assert "<details><summary>" in text
    assert lines[-1] == "<!-- profviz:nightly-batch -->"


# ---- pictures ----

def boxes(svg):
    """Class, title and x, width of every titled box."""
    for g in ET.fromstring(svg).iter(SVG + "g"):
        title, rect = g.find(SVG + "title"), g.find(SVG + "rect")
        if title is not None and rect is not None and g.get("class"):
            yield (g.get("class"), title.text, float(rect.get("x")),
                   float(rect.get("width")))


def named(svg, name):
    return [b for b in boxes(svg) if b[1].split("\n")[0] == name]


def picture(profviz, *args):
    return profviz("diff", *args, "--no-js", "-f", "svg", status=0).out


def test_a_parent_has_the_colour_of_its_childs_change(profviz, tmp_path):
    old = write(tmp_path, "old", "main;parent;child 20\nmain;rest 500\n")
    new = write(tmp_path, "new", "main;parent;child 60\nmain;rest 500\n")
    (got,) = named(picture(profviz, old, new), "parent")
    assert got[0] == "kd7" and "+40" in got[1]  # 7.7 % of all before
    (got,) = named(picture(profviz, "--negate", old, new), "parent")
    assert got[0] == "kd1"
    (got,) = named(picture(profviz, "--delta", "self", old, new), "parent")
    assert got[0] == "kd4"
    (got,) = named(picture(profviz, old, new), "rest")
    assert got[0] == "kd4"


def test_what_is_gone_is_seen(profviz, tmp_path):
    old = write(tmp_path, "old", "main;lost;deep 100\nmain;rest 400\n")
    new = write(tmp_path, "new", "main;rest 400\nmain;found 90\n")
    svg = picture(profviz, old, new)
    (got,) = named(svg, "lost")
    assert got[0] == "gone" and got[3] >= 2 and "gone" in got[1]
    assert not named(svg, "deep")
    (plus,) = named(svg, "found")
    assert "new" in plus[1]
    assert b">+found<" in svg
    before = picture(profviz, "--widths", "before", old, new)
    (got,) = named(before, "lost")
    assert got[0] == "kd0" and got[3] == pytest.approx(1168 / 5, abs=1)
    (deep,) = named(before, "deep")
    assert deep[3] == got[3]
    most = picture(profviz, "--widths", "max", old, new)
    (got,) = named(most, "lost")
    assert got[3] == pytest.approx(1168 * 100 / 590, abs=1)
    text = profviz("diff", old, new, status=0).text
    assert re.search(r"gone.*deep", text)


def test_nothing_changed_is_grey(profviz, fixtures):
    path = fixtures / "folded/good/pyspy-batch-py3.13.folded"
    svg = picture(profviz, path, path)
    assert {b[0] for b in boxes(svg)} <= {"kd4", "small"}
    assert not re.search(rb'class="kd[0-35-8]" (fill|d)=', svg)


def test_one_file_of_two_counts_is_drawn_by_flame(profviz, fixtures):
    path = fixtures / "folded/good/diff-two-column.folded"
    mine = profviz("flame", path, "--no-js", "-f", "svg", status=0).out
    both = picture(profviz, path)
    strip = re.compile(rb"<g id=\"pv-top\">.*?</g></svg>|<desc.*?</desc>"
                       rb"|<title id.*?</title>", re.S)
    assert strip.sub(b"", mine) == strip.sub(b"", both)
    plain = profviz("flame", path, "--colors", "origin", "--no-js", "-f",
                    "svg", status=0).out
    assert not re.search(rb'class="kd\d"', plain.split(b"</style>")[1])


def test_an_empty_side_and_a_total_of_zero(profviz, tmp_path):
    some = write(tmp_path, "some", "main;a 50\nmain;b 50\n")
    zero = write(tmp_path, "zero", "main;a 0\n")
    empty = write(tmp_path, "empty", "")
    for pair in ((some, zero), (zero, some), (zero, zero)):
        for kind in ("svg", "html", "md", "txt", "json"):
            assert profviz("diff", *pair, "-f", kind, status=0).out
    done = profviz("diff", some, empty, status=3)
    assert "empty" in done.error and not done.out


# ---- pages ----

@pytest.mark.parametrize("kind, old, new", [
    ("stacks", "folded/good/change-before.folded",
     "folded/good/change-after.folded"),
    ("calls", "pstats/good/cprofile-3.6.prof",
     "pstats/good/cprofile-3.13.prof"),
    ("lines", "lprof/good/real-3.1.0-py3.7.lprof",
     "lprof/good/real-5.1.0-py3.13.lprof"),
])
def test_pages_are_complete_without_script(kind, old, new, profviz, fixtures):
    args = [fixtures / old, fixtures / new]
    page = profviz("diff", *args, "--no-js", "-f", "html", status=0).text
    assert "<script" not in page
    assert page.count("<h1") == 1 and page.count("<main>") == 1
    assert ('id="pv-frames"' in page) == (kind != "lines")
    sentence = json.loads(profviz("diff", *args, "-f", "json", status=0).text)["sentence"]
    told = re.sub("<[^>]*>", "", re.search(
        r'<p class="tell[^>]*>(.*?)</p>', page)[1])
    for a, b in (("&lt;", "<"), ("&gt;", ">"), ("\u2212", "-"),
                 ("&amp;", "&")):
        told = told.replace(a, b)
    assert told == sentence


# ---- what is the same ----

def test_names_that_became_whole_are_the_same(profviz, tmp_path):
    """Newer Pythons write Worker.run where older ones wrote run."""
    old = write(tmp_path, "old", "main (app.py:1);run (work.py:5) 50\n"
                "main (app.py:1);go (work.py:9) 50\n")
    new = write(tmp_path, "new", "main (app.py:1);Worker.run (work.py:5) 70\n"
                "main (app.py:1);Other.stop (work.py:9) 50\n")
    found = {r["name"]: r["status"] for r in rows(
        profviz("diff", old, new, "--all", "-f", "csv", status=0).text)}
    assert found["Worker.run"] == "changed"
    assert found["go"] == "removed" and found["Other.stop"] == "added"


def test_functions_that_moved_say_so(profviz, tmp_path):
    old = write(tmp_path, "old", "main (a.py:1);work (old/w.py:5) 5000\n")
    new = write(tmp_path, "new", "main (a.py:1);work (new/w.py:5) 9000\n")
    text = profviz("diff", old, new, status=0).text
    assert "(was old/w.py)" in text
    page = profviz("diff", old, new, "--no-js", "-f", "html", status=0).text
    assert re.search(r'class="tag" title="before: old/w.py">moved<', page)
    same = write(tmp_path, "site", "main (a.py:1);"
                 "work (/usr/lib/python3.11/json/w.py:5) 5000\n")
    other = write(tmp_path, "other", "main (a.py:1);"
                  "work (/opt/x/lib/python3.12/json/w.py:7) 5000\n")
    assert profviz("diff", same, other, status=0).text.startswith("No change")


def test_filters(profviz, tmp_path):
    old = write(tmp_path, "old", "m;json;loads 100\nm;sql 300\n")
    new = write(tmp_path, "new", "m;json;loads 700\nm;sql 900\n")
    data = json.loads(profviz("diff", "--focus", "json", old, new, "-f", "json",
                   status=0).text)
    assert data["metrics"][0]["before"] == 100
    assert data["metrics"][0]["after"] == 700
    assert "sql" not in {r["name"] for r in data["rows"]}
    data = json.loads(profviz("diff", "--hide", "json", old, new, "-f", "json",
                   status=0).text)
    assert {n["name"] for n in data["tree"]} == {"all", "m", "loads", "sql"}


# ---- the sentence ----

def test_own_code_is_to_blame_for_its_library(profviz, tmp_path):
    lib = "search (/usr/lib/python3.11/re/__init__.py)"
    old = write(tmp_path, "old", f"main (a.py);work (a.py);{lib} 3000\n"
                f"main (a.py);other (a.py);{lib} 500\nmain (a.py);c (a.py) 999\n")
    new = write(tmp_path, "new", f"main (a.py);work (a.py);{lib} 6000\n"
                f"main (a.py);other (a.py);{lib} 510\nmain (a.py);c (a.py) 999\n")
    text = profviz("diff", old, new, status=0).text
    assert text.splitlines()[0].endswith(" work explains +3,000 samples of it.")
    # not when its callers share it
    even = write(tmp_path, "even", f"main (a.py);work (a.py);{lib} 4500\n"
                 f"main (a.py);other (a.py);{lib} 2000\nmain (a.py);c (a.py) 999\n")
    text = profviz("diff", old, even, status=0).text
    assert " search explains +3,000" in text.splitlines()[0]
    # nor when it is new
    fresh = write(tmp_path, "fresh", f"main (a.py);work (a.py);{lib} 3000\n"
                  f"main (a.py);other (a.py);{lib} 500\nmain (a.py);c (a.py) 999\n"
                  "main (a.py);work (a.py);dump (/usr/lib/python3.11/json/x.py) 900\n")
    text = profviz("diff", old, fresh, status=0).text
    assert " dump is new with 900" in text.splitlines()[0]


# ---- recordings of memory over time ----

def measures(profviz, old, new, *options):
    return {r["metric"]: r for r in rows(profviz(
        "diff", old, new, *options, "-f", "csv", status=0).text)}


def test_recordings_over_time(profviz, fixtures):
    old = fixtures / "mprof/good/python-func.dat"
    new = fixtures / "mprof/good/include-children.dat"
    got = measures(profviz, old, new)
    for path, side in ((old, "before"), (new, "after")):
        series = json.loads(profviz("info", path, "-f", "json",
                                    status=0).text)["inputs"][0]["series"]
        assert int(got["peak"][side]) == series[0]["peak"]
        samples = [float(r["memory"]) for r in rows(profviz(
            "timeline", path, "-f", "csv", status=0).text) if not r["pid"]]
        times = [float(r["time"]) for r in rows(profviz(
            "timeline", path, "-f", "csv", status=0).text) if not r["pid"]]
        assert float(got["end"][side]) == samples[-1]
        assert float(got["duration"][side]) == pytest.approx(
            times[-1] - times[0])
        area = sum((a + b) / 2 * (u - t) for a, b, t, u in zip(
            samples, samples[1:], times, times[1:]))
        assert float(got["area"][side]) == pytest.approx(area, rel=1e-6)
    back = measures(profviz, new, old)
    for name, row in got.items():
        assert float(row["delta"]) == -float(back[name]["delta"])
    assert measures(profviz, old, old) == {}
    assert len(measures(profviz, old, old, "--all")) == 4
    assert b"orange above is more" in profviz(
        "diff", old, new, "-f", "svg", status=0).out
    assert "<table" in profviz("diff", old, new, "-f", "html",
                               status=0).text
    done = profviz("diff", old, fixtures / "folded/good/basic.folded",
                   status=3)
    assert "cannot be compared" in done.error


def test_a_recording_passes_the_gate(profviz, fixtures):
    old = fixtures / "mprof/good/python-func.dat"
    new = fixtures / "mprof/good/include-children.dat"
    profviz("check", old, new, "--fail-on", "peak > +10%", status=1)
    profviz("check", old, new, "--fail-on", "peak > 1GiB", status=0)


# ---- kinds that go together ----

def test_kinds_are_mapped_with_a_warning(profviz, fixtures, tmp_path):
    traced = fixtures / "pstats/good/cprofile-3.13.prof"
    sampled = fixtures / "pstats/good/sampled-tachyon.prof"
    done = profviz("diff", sampled, traced, "-f", "json", status=0)
    assert "samples are compared with traced calls" in done.error
    data = json.loads(done.text)
    assert [m["name"] for m in data["metrics"]] == ["time"]
    for path, side in ((sampled, "before"), (traced, "after")):
        total = sum(float(r["self_time"]) for r in rows(profviz(
            "top", path, "-f", "csv", status=0).text))
        assert data["metrics"][0][side] == pytest.approx(total)
    stacks = fixtures / "folded/good/austin-wall.austin.gz"
    done = profviz("diff", stacks, traced, "--all", "-f", "csv", status=0)
    assert "call stacks are compared with a table of calls" in done.error
    wanted = {(r["name"], r["file"]): r for r in rows(profviz(
        "top", stacks, "-f", "csv", status=0).text)}
    found = [r for r in rows(done.text) if r["status"] == "removed"]
    assert len(found) > 50
    for r in found:
        want = wanted[r["name"], r["file"]]
        assert r["before_self_time"] == want["self_time"]
        assert r["before_total_time"] == want["total_time"]
    cpu = fixtures / "folded/good/austin-cpu.austin.gz"
    done = profviz("diff", stacks, cpu, status=0)
    assert "different modes" in done.error
    page = profviz("diff", stacks, cpu, "-f", "html", status=0).text
    assert "different modes" in page
    done = profviz("diff", fixtures / "folded/good/basic.folded", traced,
                   status=3)
    assert "cannot be compared" in done.error


# ---- folded stacks with two counts ----

def summed(path):
    """Stacks of a folded file as difffolded.pl reads it with -s."""
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    found = collections.Counter()
    for line in data.decode().splitlines():
        stack, count = line.rsplit(" ", 1)
        found[re.sub("0x[0-9a-f]+", "0x...", stack)] += int(count)
    return found


@pytest.mark.parametrize("old, new", [
    ("change-before.folded", "change-after.folded"),
    ("pyspy-batch-py3.7.folded", "pyspy-batch-py3.13.folded"),
    ("pyspy-batch-function.folded", "pyspy-batch-py3.13.folded"),
    ("pyspy-publish.folded.gz", "pyspy-analyse-nolineno.folded.gz"),
    ("pyspy-native.folded", "pyspy-batch-function.folded"),
    ("flamegraph-analyse.folded", "perf-pipeline.folded"),
    ("perf-analyse.folded", "perf-pipeline.folded"),
])
def test_two_counts_as_difffolded_has_them(old, new, profviz, fixtures):
    paths = [fixtures / "folded/good" / n for n in (old, new)]
    a, b = (summed(p) for p in paths)
    wanted = sorted(f"{s} {a[s]} {b[s]}" for s in {*a, *b})
    got = profviz("diff", *paths, "-f", "folded", status=0).text
    assert sorted(got.splitlines()) == wanted
    # -n: difffolded.pl cuts the fraction off
    scaled = profviz("diff", "-n", *paths, "-f", "folded", status=0).text
    ratio = fractions.Fraction(sum(b.values()), sum(a.values()))
    found = {}
    for line in scaled.splitlines():
        stack, before, after = line.rsplit(" ", 2)
        found[stack] = fractions.Fraction(before)
        assert int(after) == b[stack]
    for stack in {*a, *b}:
        exact = a[stack] * ratio
        assert abs(found[stack] - exact) <= fractions.Fraction(1, 10**6)
        assert int(found[stack] + fractions.Fraction(1, 10**6)) == int(
            exact + fractions.Fraction(1, 10**6))


# ---- a real change of a real program ----

@pytest.mark.parametrize("kind", ["folded", "prof"])
def test_the_sentence_names_the_function_that_was_changed(kind, profviz,
                                                          fixtures):
    """`unique` got a list for its set: recorded by py-spy and cProfile."""
    where = fixtures.parent / "tests/golden/diff-ledger/in"
    text = profviz("diff", where / f"before.{kind}", where / f"after.{kind}",
                   status=0).text
    assert re.match(r"[\d.,]+ (samples more|ms slower) \(\d+%\)\. "
                    r"unique explains ", text)


def test_several_runs_are_grey_where_they_vary(profviz, tmp_path):
    """`wild` varies more than it changed, `slow` does not."""
    sides = []
    for side, base in (("old", 1000), ("new", 2000)):
        for i, wild in enumerate((200, 3100, 900, 2300)):
            sides.append(write(
                tmp_path, f"{side}{i}", f"main;slow {base + i}\n"
                f"main;wild {wild + (300 if side == 'new' else 0)}\n"))
    svg = profviz("diff", "--old", *sides[:4], "--new", *sides[4:], "--no-js",
                  "-f", "svg", status=0).out
    (slow,) = named(svg, "slow")
    (wild,) = named(svg, "wild")
    assert slow[0] == "kd8"
    assert wild[0] == "kd4" and "within noise" in wild[1]


# ---- lines that moved within their function ----

REPORT = """Timer unit: 1e-06 s

Total time: {total} s
File: work.py
Function: slow at line {first}

Line #      Hits         Time  Per Hit   % Time  Line Contents
==============================================================
{lines}
"""


def report(first, lines):
    out, at, total = [], first, 0
    for text, hits, time in lines:
        total += time
        out.append(f"{at:6} {hits:10} {time:12.1f} {time / hits:8.1f}"
                   f" {1.0:8.1f}  {text}" if hits else f"{at:6}{'':43}{text}")
        at += 1
    return REPORT.format(total=total / 1e6, first=first,
                         lines="\n".join(out))


def test_lines_are_found_by_their_text(profviz, tmp_path):
    old = write(tmp_path, "old.txt", report(5, [
        ("@profile", 0, 0), ("def slow(n):", 0, 0),
        ("    total = 0", 1, 10), ("    for i in range(n):", 200, 400),
        ("        total += i", 200, 3000), ("    return total", 1, 5)]))
    new = write(tmp_path, "new.txt", report(25, [
        ("@profile", 0, 0), ("def slow(n):", 0, 0),
        ("    check(n)", 1, 90), ("    total = 0", 1, 10),
        ("    for i in range(n):", 200, 400),
        ("        total += i", 200, 9000), ("    return total", 1, 5)]))
    found = {int(r["line"]): r for r in rows(profviz(
        "diff", old, new, "--all", "-f", "csv", status=0).text)}
    assert found[30]["before_self_time"] == "0.003000000"
    assert found[30]["after_self_time"] == "0.009000000"
    assert found[29]["status"] == found[28]["status"] == "same"
    assert found[27]["status"] == "added"
    assert found[31]["status"] == "same"
