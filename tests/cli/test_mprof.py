# SPDX-License-Identifier: MIT
"""mprof recordings against memory_profiler's own reader and `mprof peak`.

mprof stops at lines that profviz leaves out and names; it is given the file
without them.  Skipped where memory_profiler is not installed
(tests/requirements.txt pins it).
"""
import collections
import decimal
import re
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
            r"^  peak +([\d.]+) MiB at .*, (?:child )?(main|\d+)$",
            profviz("info", path, status=0).text, re.MULTILINE):
        pid = "" if who == "main" else who
        if float(peak) >= float(found.get(pid, -1)):    # of several runs
            found[pid] = peak
    assert found == wanted
