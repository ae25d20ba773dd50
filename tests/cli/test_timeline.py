# SPDX-License-Identifier: MIT
"""Timelines as pictures: every recording draws, labels stay apart, heights
are those of the samples."""
import json
import re
import struct
import xml.etree.ElementTree as ET

import pytest

from harness import FIXTURES

GOOD = sorted((FIXTURES / "mprof/good").glob("*.dat"))
SVG = "{http://www.w3.org/2000/svg}"
START = 1795248456.0


def draw(profviz, *args, kind="svg"):
    return profviz("timeline", *args, "-f", kind, status=0).out


def record(path, rows, command="python app.py", more=()):
    lines = [f"CMDLINE {command}"]
    lines += [f"MEM {mib:.6f} {START + t:.4f}" for t, mib in rows]
    path.write_text("\n".join([*lines, *more]) + "\n")
    return path


def peak_of(profviz, *args):
    rows = json.loads(profviz("timeline", *args, "-f", "json",
                              status=0).out)["rows"]
    return max(row["memory"] for row in rows)


def spots(path):
    """The corners of one of our paths: M, then relative moves."""
    numbers = [float(n) for n in re.findall(r"-?[\d.]+", path)]
    x, y = numbers[:2]
    yield x, y
    for dx, dy in zip(numbers[2::2], numbers[3::2]):
        x, y = x + dx, y + dy
        yield x, y


def heights(svg):
    """The highest place of the line in ink, as a value; a pixel's worth."""
    root = ET.fromstring(svg)
    plot = next(g for g in root.iter(SVG + "g") if g.get("data-box"))
    _, y, _, h = map(float, plot.get("data-box").split())
    low, high = int(plot.get("data-v0")), int(plot.get("data-v1"))
    top = min([y1 for p in plot.iter(SVG + "path") if p.get("class") == "ti"
               for _, y1 in spots(p.get("d"))] +
              [float(c.get("cy")) for c in plot.iter(SVG + "circle")])
    return low + (y + h - top) / h * (high - low), (high - low) / h


@pytest.mark.parametrize("path", GOOD, ids=lambda p: p.stem)
@pytest.mark.parametrize("children", ["stack", "lines", "sum"])
def test_every_recording_draws_its_peak(path, children, profviz):
    svg = draw(profviz, path, "--children", children)
    value, pixel = heights(svg)
    how = ["--children", "lines" if children == "lines" else "sum"]
    rows = json.loads(profviz("timeline", path, "-f", "json", *how,
                              status=0).out)["rows"]
    run = {row.get("run") for row in rows}
    first = min(run) if len(run) > 1 else None
    want = max(row["memory"] for row in rows
               if (first is None or row["run"] == first)
               and (children != "lines" or row["pid"] is None))
    assert abs(value - want) <= 0.1 * pixel


def test_one_sample_of_many_is_drawn_at_its_height(profviz, tmp_path):
    rows = [(i * .01, 9000 if i == 65432 else i * 7919 % 4000)
            for i in range(100000)]
    svg = draw(profviz, record(tmp_path / "spike.dat", rows))
    value, pixel = heights(svg)
    assert abs(value - 9000 * 2**20) <= 0.1 * pixel
    assert len(svg) < 150_000
    assert b"Peak 8.79 GiB" in svg


# ---- labels ----

def advance(text):
    """About what DejaVu Sans takes, in em."""
    return sum(.30 if c in "ijlI.,:;'|! " else .40 if c in "frt()-/\u00b7"
               else .97 if c in "mwMW%\u2026+\u2212" else .62 for c in text)


def boxes(svg):
    """What stands where: by the attributes of each text."""
    for text in ET.fromstring(svg).iter(SVG + "text"):
        size = float(text.get("font-size") or 12)
        width = advance(text.text) * size
        x, y = float(text.get("x")), float(text.get("y"))
        x -= {"middle": width / 2, "end": width}.get(
            text.get("text-anchor"), 0)
        yield text.text, x, y - size * .75, x + width, y + size * .2


@pytest.mark.parametrize("width", [390, 1200])
@pytest.mark.parametrize("path", GOOD, ids=lambda p: p.stem)
def test_labels_stand_apart_and_inside(path, width, profviz):
    svg = draw(profviz, path, "--width", width, "--mark", "0.1=first mark",
               "--mark", "0.12=second mark", "--limit-line", "40MiB")
    found = list(boxes(svg))
    assert len(found) > 8
    for i, (name, x0, y0, x1, y1) in enumerate(found):
        assert x0 >= -1 and x1 <= width + 1, name
        for other, a0, b0, a1, b1 in found[i + 1:]:
            assert (x1 <= a0 or a1 <= x0 or y1 <= b0 or b1 <= y0), (
                name, other)


# ---- what the picture says ----

def test_stack_sums_to_the_line_in_ink(profviz):
    svg = draw(profviz, FIXTURES / "mprof/good/multiprocess.dat")
    root = ET.fromstring(svg)
    areas = [list(spots(p.get("d"))) for p in root.iter(SVG + "path")
             if re.fullmatch("a[0-9]", p.get("class") or "")]
    line = next(list(spots(p.get("d"))) for p in root.iter(SVG + "path")
                if p.get("class") == "ti" and len(p.get("d")) > 40)
    assert len(areas) == 3
    assert areas[0][:-2] == line  # the topmost one, without its feet


def test_brackets_and_peak_have_titles(profviz):
    svg = draw(profviz, FIXTURES / "mprof/good/python-func.dat")
    titles = [t.text for t in ET.fromstring(svg).iter(SVG + "title")]
    assert any(t.startswith("__main__.inner, call 2 of 2\n") and
               t.endswith("52.2 MiB to 67.5 MiB (+15.3 MiB)") for t in titles)
    assert any(t.startswith("main process\npeak 67.5 MiB") for t in titles)


def test_missing_samples_break_the_line(profviz, tmp_path):
    rows = [(i * .1, 50 + i % 3) for i in range(100) if not 40 <= i < 60]
    svg = draw(profviz, record(tmp_path / "gap.dat", rows))
    assert b"no samples for 2.10 s" in svg
    ink = [p for p in ET.fromstring(svg).iter(SVG + "path")
           if p.get("class") == "ti"]
    assert len(ink) == 2


def test_all_zero_and_one_sample(profviz, tmp_path):
    svg = draw(profviz, record(tmp_path / "z.dat", [(0, 0), (1, 0)]))
    assert b"Every sample is 0" in svg
    svg = draw(profviz, record(tmp_path / "one.dat", [(0, 12)]))
    assert b"a single sample" in svg


def test_many_children_and_functions_are_counted(profviz, tmp_path):
    more = [f"CHLD {100 + k} {10 + k}.0 {START + t:.4f}"
            for k in range(17) for t in (0, 1, 2)]
    more += [f"FUNC mod.f{k} 1.0 {START + .1:.4f} {k}.0 {START + 1:.4f} 0"
             for k in range(22)]
    path = record(tmp_path / "many.dat", [(t, 9) for t in (0, 1, 2)],
                  more=more)
    for how in ("stack", "lines"):
        svg = draw(profviz, path, "--children", how)
        assert b"12 others" in svg
        assert b"and 14 more functions" in svg
        assert b"main process and 17 children" in svg
    assert heights(draw(profviz, path))[0] == pytest.approx(
        peak_of(profviz, path, "--children", "sum"), rel=1e-3)


def test_ten_thousand_calls_of_one_function_stay_small(profviz, tmp_path):
    more = [f"FUNC mod.f 1.0 {START + k * .001:.4f} 1.0 "
            f"{START + k * .001 + .0005:.4f} 0" for k in range(10000)]
    svg = draw(profviz, record(tmp_path / "calls.dat", [(0, 9), (10, 9)],
                               more=more))
    assert len(svg) < 60_000
    assert "\u00d710000" in svg.decode()


HOSTILE = ["<script>alert(1)</script>", "]]>&\"'", "a\u202eb\u2028c",
           "f" * 100_000, "\x01\x7f\x9b", "日本語の関数"]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_are_only_text(name, profviz, tmp_path):
    path = record(tmp_path / "h.dat", [(0, 9), (1, 10)], command=name, more=[
        f"FUNC {name} 1.0 {START + .1:.4f} 9.0 {START + .9:.4f} 0"])
    svg = draw(profviz, path, "-t", name, "--mark", f"0.5={name}")
    root = ET.fromstring(svg)
    assert not list(root.iter(SVG + "script"))
    assert len(svg) < 700_000
    for text in root.iter(SVG + "text"):
        assert len(text.text) < 400


@pytest.mark.parametrize("kind", ["svg", "svgz", "png", "pdf"])
def test_the_same_bytes_each_time(kind, profviz):
    path = FIXTURES / "mprof/good/multiprocess.dat"
    assert draw(profviz, path, kind=kind) == draw(profviz, path, kind=kind)


def test_png_and_pdf_are_what_they_say(profviz):
    path = FIXTURES / "mprof/good/python-func.dat"
    png = draw(profviz, path, kind="png")
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">I", png[16:20]) == (2400,)
    assert b"work_mp.py" in png and b"profviz timeline" in png
    assert draw(profviz, path, kind="pdf")[:5] == b"%PDF-"


def test_themes_are_fixed_or_left_to_the_reader(profviz):
    path = FIXTURES / "mprof/good/multiprocess.dat"
    assert b'data-theme="dark"' in draw(profviz, path, "--theme", "dark")
    assert b"#1f4470" in draw(profviz, path, "--theme", "dark").split(
        b"</style>")[1]
    auto = draw(profviz, path)
    assert b"data-theme=\"" not in auto.split(b"<style>")[0]
    assert b"light-dark(#bcd6f5,#1f4470)" in auto


def test_the_name_of_the_file_that_is_made(profviz, tmp_path):
    record(tmp_path / "run.dat", [(0, 9), (1, 10)])
    done = profviz("timeline", "run.dat", "-o", "x.svgz", cwd=tmp_path,
                   status=0)
    assert done.out == b"" and (tmp_path / "x.svgz").read_bytes()[:2] == (
        b"\x1f\x8b")


def test_a_limit_stands_at_its_height(profviz):
    svg = draw(profviz, FIXTURES / "mprof/good/nopython.dat",
               "--limit-line", "1.5GiB")
    value, _ = heights(svg)
    assert b"limit 1.50 GiB" in svg and value < 2**27


# ---- several runs ----

def curves(svg, mark):
    """Tops of the lines of a class, as values."""
    plot = next(g for g in ET.fromstring(svg).iter(SVG + "g")
                if g.get("data-box"))
    _, y, _, h = map(float, plot.get("data-box").split())
    high = int(plot.get("data-v1"))
    return [(y + h - min(y1 for _, y1 in spots(p.get("d")))) / h * high
            for p in plot.iter(SVG + "path")
            if p.get("class") == mark and len(p.get("d")) > 30]


def test_runs_lie_over_one_another(profviz, tmp_path):
    a = record(tmp_path / "a.dat", [(0, 10), (1, 40), (2, 30)])
    b = record(tmp_path / "b.dat", [(5, 10), (6, 50), (8, 20)])
    svg = draw(profviz, a, b)
    assert curves(svg, "ti") == [pytest.approx(40 * 2**20, rel=.005)]
    assert curves(svg, "s3") == [pytest.approx(50 * 2**20, rel=.005)]
    text = svg.decode()
    assert "b.dat 50.0 MiB, +10.0 MiB (+25.0%)" in text
    assert "b.dat peak 50.0 MiB" in text and "inputs a.dat, b.dat" in text


def test_runs_of_one_name_are_told_apart(profviz, tmp_path):
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        record(tmp_path / folder / "run.dat", [(0, 10), (1, 40)])
    svg = profviz("timeline", "x/run.dat", "y/run.dat", "-f", "svg",
                  cwd=tmp_path, status=0).text
    assert "x/run.dat" in svg and "y/run.dat" in svg


def test_runs_appended_to_one_file_are_drawn(profviz):
    svg = draw(profviz, FIXTURES / "mprof/good/appended-twice.dat").decode()
    assert "run 1" in svg and "run 2" in svg


def test_compare_has_a_strip_a_run(profviz, tmp_path):
    a = record(tmp_path / "a.dat", [(t, 20) for t in range(11)])
    b = record(tmp_path / "b.dat", [(t, 10 + 2 * t) for t in range(11)])
    c = record(tmp_path / "c.dat", [(t, 20) for t in range(11)])
    svg = draw(profviz, a, b, c, "--compare").decode()
    assert svg.count(": orange above is more, blue below is less") == 2
    root = ET.fromstring(svg)
    up, = [p for p in root.iter(SVG + "path") if p.get("class") == "kd7"]
    down, = [p for p in root.iter(SVG + "path") if p.get("class") == "kd1"]
    # b is below a in the first half, above in the second
    assert float(re.match(r"M([\d.]+)", down.get("d"))[1]) < 100
    assert float(re.match(r"M([\d.]+)", up.get("d"))[1]) > 600
    assert "+10.0 MiB" in svg
    assert profviz("timeline", a, "--compare", "-f", "svg", status=2)


def test_twenty_runs_are_counted(profviz, tmp_path):
    paths = [record(tmp_path / f"r{k}.dat", [(0, k), (1, 2 * k)])
             for k in range(1, 21)]
    text = draw(profviz, *paths).decode()
    assert "and 14 more" in text and "17 further runs" in text


def test_window_holds_for_each_run(profviz, tmp_path):
    a = record(tmp_path / "a.dat", [(t, 20 + t) for t in range(11)])
    b = record(tmp_path / "b.dat", [(0, 5), (1, 5)])
    text = draw(profviz, a, b, "-w", "5,").decode()
    assert "b.dat has no sample here" in text


# ---- slope ----

def test_slope_is_said_only_when_it_is_clear(profviz, tmp_path):
    leak = record(tmp_path / "leak.dat",
                  [(t, 50 + 3.1 * t + t * 7919 % 5) for t in range(200)])
    for flag in ("--slope", "-s"):
        assert "grows 3.10 MiB/s" in draw(profviz, leak, flag).decode()
    flat = record(tmp_path / "flat.dat",
                  [(t, 50 + t * 7919 % 31) for t in range(200)])
    assert "no steady growth" in draw(profviz, flat, "-s").decode()
    line = "<title>95% interval"
    assert line in draw(profviz, leak, "-s").decode()
    assert line not in draw(profviz, flat, "-s").decode(), "no line without it"
    slow = record(tmp_path / "slow.dat",
                  [(t * 60, 50 + .001 * t) for t in range(200)])
    assert "grows 61.4 KiB/h" in draw(profviz, slow, "-s").decode()
    assert "too few samples" in draw(
        profviz, record(tmp_path / "s.dat", [(0, 1), (1, 2)]), "-s").decode()


def test_no_timestamps_leaves_the_lanes_out(profviz):
    path = FIXTURES / "mprof/good/python-func.dat"
    assert b"inner +15.3 MiB" in draw(profviz, path)
    assert b"inner +15.3 MiB" not in draw(profviz, path, "-n")


# ---- snapshots ----

SNAPSHOTS = [FIXTURES / f"tracemalloc/good/snap-3.12-lim10-{k}.tracemalloc"
             for k in "abab"]


def sizes(profviz):
    return [json.loads(profviz("info", path, "-f", "json", status=0).text)
            ["inputs"][0]["metrics"][0]["total"] for path in SNAPSHOTS]


def test_snapshots_in_series_are_a_timeline(profviz):
    found = profviz("timeline", *SNAPSHOTS, "-f", "csv", status=0).text
    head, *rows = found.splitlines()
    assert head == "series,pid,time,memory"
    assert [row.split(",")[1:] for row in rows] == [
        ["", f"{i}.000000000", str(size)]
        for i, size in enumerate(sizes(profviz))]
    svg = draw(profviz, *SNAPSHOTS)
    value, pixel = heights(svg)
    assert abs(value - max(sizes(profviz))) <= .1 * pixel
    assert "in snapshot 1" in svg.decode() and "4 snapshots" in svg.decode()


def test_snapshots_do_not_mix_with_recordings(profviz):
    path = FIXTURES / "mprof/good/nopython.dat"
    assert "snapshots" in profviz("timeline", SNAPSHOTS[0], path,
                                  status=3).err.decode()
    assert "several in their order" in profviz(
        "timeline", SNAPSHOTS[0], status=3).err.decode()


# ---- axes; odd recordings ----

@pytest.mark.parametrize("peak", [.01, .7, 1, 3, 17.5, 100, 255, 257, 900,
                                  4095, 4097, 70_000, 3_000_000])
def test_sizes_at_the_axis_have_one_unit(peak, profviz, tmp_path):
    """42: the first tick is 0, all others have one unit and equal steps, the
    peak stays below 89% of the axis."""
    svg = draw(profviz, record(tmp_path / "a.dat", [(0, 0), (1, peak)]))
    root = ET.fromstring(svg)
    plot = next(g for g in root.iter(SVG + "g") if g.get("data-box"))
    x = float(plot.get("data-box").split()[0])
    ticks = [t.text for t in plot.iter(SVG + "text")
             if t.get("text-anchor") == "end" and float(t.get("x")) < x]
    assert ticks[0] == "0" and 4 <= len(ticks) <= 7
    units = {t.split(" ")[1] for t in ticks[1:]}
    assert len(units) == 1
    values = [float(t.split(" ")[0].replace(",", "")) for t in ticks]
    steps = {round(b - a, 6) for a, b in zip(values, values[1:])}
    assert len(steps) == 1
    assert peak * 2**20 <= .89 * int(plot.get("data-v1"))


def test_all_equal_samples_are_a_level_line(profviz, tmp_path):
    path = record(tmp_path / "a.dat", [(t, 33) for t in range(50)])
    svg = draw(profviz, path, "-s")
    value, pixel = heights(svg)
    assert abs(value - 33 * 2**20) <= .1 * pixel
    assert "no steady growth" in svg.decode()
    assert "33.0 MiB" in profviz("timeline", path, "-f", "txt",
                                 status=0).text


def test_a_clock_that_goes_back_is_said_and_sorted(profviz, tmp_path):
    order = [0, 1, 2, 5, 4, 3, 6]
    path = record(tmp_path / "a.dat", [(t, 10 + t) for t in order])
    done = profviz("timeline", path, "-f", "csv", status=0)
    assert "the clock went back" in done.error
    assert [float(line.split(",")[2]) for line in
            done.text.splitlines()[1:]] == sorted(order)
    for kind in ("svg", "html", "txt"):
        profviz("timeline", path, "-f", kind, status=0)
    profviz("timeline", path, "--strict", "-f", "svg", status=3)


def test_one_sample_in_every_kind(profviz, tmp_path):
    path = record(tmp_path / "a.dat", [(0, 12)])
    for kind in ("svg", "html", "txt", "csv", "json", "png", "pdf"):
        assert draw(profviz, path, "-s", kind=kind)


def test_no_sample_of_the_main_process(profviz, tmp_path):
    path = tmp_path / "a.dat"
    path.write_text(f"CMDLINE x\nCHLD 7 1.0 {START:.4f}\n")
    for kind in ("svg", "html", "txt"):
        done = profviz("timeline", path, "-f", kind, status=3)
        assert done.out == b"" and "no sample" in done.error


# ---- text ----

@pytest.mark.parametrize("width", [40, 80, 120, 200])
@pytest.mark.parametrize("path", GOOD, ids=lambda p: p.stem)
def test_text_is_never_wider_than_asked(path, width, profviz):
    for env in ({"LC_ALL": "C"}, {"LC_ALL": "C.UTF-8"}):
        text = profviz("timeline", path, path, "-s", "-f", "txt", "--width",
                       width, env=env, status=0).text
        for line in text.splitlines():
            assert len(line) <= width, line
        assert text.isascii() == (env["LC_ALL"] == "C")
        assert "\x1b" not in text


def test_colour_is_only_added(profviz):
    path = FIXTURES / "mprof/good/python-func.dat"
    plain = profviz("timeline", path, "-f", "txt", "--unicode", status=0).text
    ink = profviz("timeline", path, "-f", "txt", "--unicode", "--color",
                  "always", status=0).text
    assert "\x1b[" in ink and re.sub(r"\x1b\[[0-9;]*m", "", ink) == plain


def test_text_chart_has_the_peak_at_its_height(profviz, tmp_path):
    rows = [(t, 100 if t == 77 else 10) for t in range(101)]
    text = profviz("timeline", record(tmp_path / "a.dat", rows), "-f", "txt",
                   "--unicode", status=0).text
    lines = [line for line in text.splitlines() if "\u2524" in line
             or "\u2502" in line]
    top = next(line for line in lines if "\u2581" <= max(line) <= "\u2588")
    blocks = [i for i, c in enumerate(top) if "\u2581" <= c <= "\u2588"]
    plot = len(lines[0].split("\u2524")[0]) + 1
    assert len(blocks) <= 2
    assert abs((blocks[0] - plot) / (100 - plot) - .77) < .03


@pytest.mark.parametrize("command, title", [
    ("/usr/bin/python3 -u jobs/work.py --all", "work.py"),
    ("30385", "process 30385"),
    ("['/usr/bin/python3', '-c', 'import time; time.sleep(4)']",
     "python3 -c import time; time.sleep(4)"),
    ("python -W ignore -X dev jobs/work.py", "work.py"),
    ("python3 -m http.server 80", "http.server"),
    ("python -m memory_profiler --timestamp -o x.dat app.py", "app.py"),
    ("/usr/bin/python3 /home/me/My Projects/run.py x", "run.py"),
    ("/usr/bin/python3 tools/serve --in x.py", "serve"),
    ("python3", "python3"), ("/opt/bin/server --port 1", "server"),
    ("[kernel thread]", "[kernel thread]"), ("['", "['"), ("['']", "['']")])
def test_titles_name_what_was_run(command, title, profviz, tmp_path):
    path = record(tmp_path / "in.dat", [(0, 10), (1, 12)], command)
    svg = ET.fromstring(draw(profviz, path))
    assert svg.find(SVG + "title").text == \
        f"{title} \u2014 memory over time"


def test_the_last_sample_of_a_program_that_is_gone(profviz, tmp_path):
    """mprof reads 0 off a process that only waits for its parent."""
    path = record(tmp_path / "in.dat", [(0, 10), (1, 12), (2, 0)])
    assert "ends at 0 B, when the program was gone" in draw(
        profviz, path).decode()
    path = record(tmp_path / "in.dat", [(0, 0), (1, 0)])
    assert "gone" not in draw(profviz, path).decode()


@pytest.mark.parametrize("tenths", range(10, 1200, 35))
def test_a_narrow_axis_tells_two_times(profviz, tmp_path, tenths):
    """One tick, at 0, would leave the reader without a scale."""
    path = record(tmp_path / "in.dat", [(0, 5), (tenths / 10, 6)])
    svg = draw(profviz, path, "--width", 390).decode()
    assert len(re.findall(r">[0-9.]+ s</text>", svg)) >= 2
