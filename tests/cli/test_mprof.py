# SPDX-License-Identifier: MIT
"""mprof recordings against memory_profiler's own reader and `mprof peak`.

mprof stops at lines that profviz leaves out and names; it is given the file
without them.  Skipped where memory_profiler is not installed
(tests/requirements.txt pins it).
"""
import collections
import decimal
import json
import random
import re
import statistics
import sys

import pytest

from harness import FIXTURES
from readings import rows, seconds_column

mprof = pytest.importorskip("mprof", exc_type=ImportError)

FILES = sorted(FIXTURES.glob("mprof/good/*.dat"))
NUMBER = r"-?(?:[\d.]+(?:e-?\d+)?|nan|inf)"
RECORD = re.compile(
    rf"CMDLINE .*|MEM {NUMBER} {NUMBER}|CHLD \d+ {NUMBER} {NUMBER}"
    rf"|FUNC (?P<name>.+?)((?: {NUMBER}){{4}}(?: \d+)?)")


def sound(line):
    """Is the line one that both take?"""
    line = line.rstrip("\r")
    fields = line.split(" ")
    if not RECORD.fullmatch(line):
        return False
    if fields[0] in ("MEM", "CHLD"):
        memory = float(fields[-2])
        return 0 <= memory < float("inf") and fields[:2] != ["CHLD", "0"]
    return True


def one_word(line):
    """mprof cannot read names that hold blanks."""
    match = RECORD.fullmatch(line)
    if match and match["name"]:
        return "FUNC " + match["name"].replace(" ", "_") + line[
            5 + len(match["name"]):]
    return line


def reference(path, tmp_path):
    """What mprof reads of the sound lines, and the copy that holds them."""
    lines = path.read_text().split("\n")[:-1]   # drops a cut last line
    copy = tmp_path / path.name
    copy.write_text("".join(one_word(line) + "\n" for line in lines
                            if sound(line)))
    return mprof.read_mprofile_file(str(copy)), copy


def to_bytes(mib):
    """MiB as printed, in bytes."""
    return int((decimal.Decimal(repr(mib)) * 2**20).to_integral_value(
        decimal.ROUND_HALF_EVEN))


def to_ns(seconds):
    """A time of four decimals, as mprof prints them."""
    return round(seconds * 10**4) * 10**5


def points(profviz, path):
    """{pid: [(time, memory)]}, the runs one after the other."""
    found = collections.defaultdict(list)
    for row in rows(profviz("timeline", path, "-f", "csv", "-o", "-",
                            status=0).text):
        found[row["pid"]].append((seconds_column(row["time"]),
                                  int(row["memory"])))
    return found


def first_record(read):
    """When the recording began: the earliest of samples and spans."""
    times = read["timestamp"] + [
        t for child in read["children"].values() for _, t in child] + [
        span[0] for spans in read["func_timestamp"].values()
        for span in spans]
    return min(times)


def several_runs(path):
    return path.read_text().count("CMDLINE") > 1


def test_there_are_files():
    assert len(FILES) > 20


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_points_are_mprofs_to_the_byte(path, profviz, tmp_path):
    read, _ = reference(path, tmp_path)
    found = points(profviz, path)
    wanted = {"": list(zip(read["timestamp"], read["mem_usage"]))}
    wanted.update({pid: [(t, memory) for memory, t in child]
                   for pid, child in read["children"].items()})
    assert set(found) == set(wanted)
    start = first_record(read)
    for pid, series in wanted.items():
        series = sorted(series, key=lambda point: point[0])
        assert [m for _, m in found[pid]] == [to_bytes(m) for _, m in series]
        if not several_runs(path):
            assert [t for t, _ in found[pid]] == [to_ns(t - start)
                                                  for t, _ in series]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_spans_are_mprofs(path, profviz, tmp_path):
    read, _ = reference(path, tmp_path)
    start = 0 if several_runs(path) else first_record(read)
    wanted = sorted(
        (name, to_ns(span[1] - span[0]), to_bytes(span[2]), to_bytes(span[3]))
        + (() if several_runs(path) else (to_ns(span[0] - start),))
        for name, spans in read["func_timestamp"].items() for span in spans)
    found = rows(profviz("timeline", path, "--functions", "-f", "csv", "-o",
                         "-", status=0).text)
    spans = [(seconds_column(r["start"]), seconds_column(r["end"]), r)
             for r in found]
    assert sorted(
        (r["name"].replace(" ", "_"), end - begin, int(r["start_memory"]),
         int(r["end_memory"])) + (() if several_runs(path) else (begin,))
        for begin, end, r in spans) == wanted


def peak_of_mprof(copy, capsys, monkeypatch):
    """{"" or pid: "12.345"} as `mprof peak FILE` prints them."""
    monkeypatch.setattr(sys, "argv", ["mprof peak", str(copy)])
    mprof.peak_action()
    first, *children = capsys.readouterr().out.splitlines()
    found = {"": re.search(r"\t([\d.]+) MiB$", first)[1]}
    for line in children:
        match = re.fullmatch(r"  Child (\d+)\t+([\d.]+) MiB", line)
        found[match[1]] = match[2]
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_info_says_what_mprof_peak_says(path, profviz, tmp_path, capsys,
                                        monkeypatch):
    _, copy = reference(path, tmp_path)
    wanted = peak_of_mprof(copy, capsys, monkeypatch)
    found = {}
    for peak, who in re.findall(
            r"^  peak +([\d.]+) MiB at .*, (?:child )?(main|\d+)"
            r"(?: of run \d+)?$",
            profviz("info", path, status=0).text, re.MULTILINE):
        pid = "" if who == "main" else who
        if float(peak) >= float(found.get(pid, -1)):    # of several runs
            found[pid] = peak
    assert found == wanted


# ---- the slope, from the same points ----

def theil_sen(points):
    """The median of the slopes between all pairs of the last 80%, in bytes
    a second; None: too few."""
    first, last = points[0][0], points[-1][0]
    late = [p for p in points if p[0] >= first + (last - first) // 5]
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) * 1e9
              for i, a in enumerate(late) for b in late[i + 1:]
              if b[0] > a[0]]
    return statistics.median(slopes) if len(late) >= 5 and slopes else None


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_peak_and_slope_come_from_mprofs_points(path, profviz, tmp_path):
    """The peak's value and time in JSON, and the slope, follow from what
    mprof's reader returns."""
    if several_runs(path):
        pytest.skip("mprof knows one run a file")
    read, _ = reference(path, tmp_path)
    start = first_record(read)
    own = sorted(((to_ns(t - start), to_bytes(m)) for t, m in
                  zip(read["timestamp"], read["mem_usage"])),
                 key=lambda point: point[0])
    told = json.loads(profviz("timeline", path, "--slope", "-f", "json", "-o",
                              "-", status=0).text)
    peak = max(m for _, m in own)
    assert told["metrics"][0]["total"] == peak
    series = next(s for s in json.loads(profviz(
        "info", path, "-f", "json", status=0).text)["inputs"][0]["series"]
        if s["pid"] is None)
    assert series["peak"] == peak
    assert round(series["peak_time"] * 1e9) == next(
        t for t, m in own if m == peak)
    wanted = theil_sen(own)
    found = told["slopes"][0]["bytes_per_second"]
    if wanted is None:
        assert found is None
    else:
        assert found == pytest.approx(wanted, rel=1e-9, abs=1)
        assert told["slopes"][0]["low"] <= found <= told["slopes"][0]["high"]


def test_other_spellings_of_a_number_are_the_same(profviz, tmp_path):
    """mprof's own form has a short way through the reader; any other goes the
    long one."""
    rng = random.Random(4)
    values = [(rng.choice((rng.uniform(0, 1), rng.uniform(0, 2e6), k / 2**20)),
               1795248456 + k * rng.uniform(.01, 3)) for k in range(3000)]
    plain, other = tmp_path / "plain.dat", tmp_path / "other.dat"
    plain.write_text("".join(f"MEM {m:.6f} {t:.4f}\n" for m, t in values))
    other.write_text("".join(f"MEM  {m:.6f}0 {t:.4f}0\n" for m, t in values))
    first, second = (profviz("timeline", path, "-f", "csv", status=0).out
                     for path in (plain, other))
    assert first == second and first.count(b"\n") == 3001


@pytest.mark.parametrize("line", [
    "MEM 1.00000 1795248456.0000", "MEM 1.0000001 1795248456.0000",
    "MEM 12345678901.000000 1795248456.0000", "MEM 1.000000 179524845.0000",
    "MEM 1.000000 99999999999.0000", "MEM 1.000000 1795248456.00000",
    "MEM 1.000000 1795248456.000", "MEM 1.00000x 1795248456.0000",
    "MEM 1.000000 1795248456.0000 3", "MEM 1.000000  1795248456.0000",
    "MEM .500000 1795248456.0000", "MEM 1.000000", "MEM 1.0000"])
def test_almost_plain_lines(line, profviz, tmp_path):
    path = tmp_path / "a.dat"
    path.write_text(f"MEM 9.000000 1795248457.0000\n{line}\n")
    done = profviz("timeline", path, "-f", "csv", status=0)
    fields = line.split()
    try:
        # beyond 2^42 MiB there is no int64 of bytes, beyond 2262 none of ns
        good = (len(fields) == 3 and float(fields[1]) < 2**42 and
                1e8 <= float(fields[2]) < 9.2e9)
    except ValueError:
        good = False
    assert done.text.count("\n") == 2 + good
    assert (b"left out" in done.err) == (not good)


def test_appended_runs_are_told_apart(profviz):
    path = FIXTURES / "mprof/good/appended-twice.dat"
    peaks = [line for line in profviz("info", path, status=0).text.splitlines()
             if line.startswith("  peak")]
    assert [line.split(", ")[1] for line in peaks] == ["main of run 1",
                                                       "main of run 2"]
    data = json.loads(profviz("info", path, "-f", "json", status=0).text)
    assert [s["run"] for s in data["inputs"][0]["series"]] == [1, 2]
    alone = FIXTURES / "mprof/good/python-func.dat"
    data = json.loads(profviz("info", alone, "-f", "json", status=0).text)
    assert all("run" not in s for s in data["inputs"][0]["series"])
