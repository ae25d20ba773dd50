# SPDX-License-Identifier: MIT
"""Printed reports against the numbers that stand in them.

FILE.expected.json was written by hand beside each FILE, from its text.
"""
import csv
import decimal
import io
import json

import pytest

from harness import FIXTURES
from readings import rows as rows_of

CASES = sorted(p for p in FIXTURES.glob("*/good/*.expected.json")
               if "rows" in p.read_text() or "functions" in p.read_text())
REPORTS = [p for p in CASES
           if json.loads(p.read_text()).get("kind") in (
               "pstats", "lprof", "memory_profiler", "memit", "timings",
               "objgraph-growth", "objgraph-types")]


def table(profviz, *args):
    return list(csv.DictReader(io.StringIO(profviz(*args, "-f", "csv").text)))


def same(cell, printed):
    return decimal.Decimal(cell) == decimal.Decimal(printed)


def mib(printed):
    size = decimal.Decimal(printed) * (1 << 20)
    return int(size.to_integral_value(decimal.ROUND_HALF_UP))


def check_pstats(profviz, path, want):
    rows = {(r["name"], r["file"], r["line"]): r
            for r in table(profviz, "top", path)}
    for name, file, line, prim, calls, self_time, total in want["rows"]:
        row = rows[name, file, str(line)]
        assert (row["calls"], row["primitive_calls"]) == (str(calls),
                                                          str(prim))
        assert same(row["self_time"], self_time)
        assert same(row["total_time"], total)


def check_lprof(profviz, path, want):
    unit = decimal.Decimal(want["timer_unit"])
    rows = {(r["function"], r["line"]): r
            for r in table(profviz, "annotate", path)}
    for f in want["functions"]:
        for line, hits, time in f["rows"]:
            row = rows[f["function"], str(line)]
            assert row["file"] == f["file"]
            assert row["function_line"] == str(f["line"])
            assert row["hits"] == str(hits)
            assert same(row["time"], decimal.Decimal(time) * unit)


def check_memory(profviz, path, want):
    rows = {(r["function"], r["call"], r["line"]): r
            for r in table(profviz, "annotate", path)}
    seen = 0
    for f in want["functions"]:
        for line, memory, increment, times in f["rows"]:
            row = rows[f["function"], str(f["call"]), str(line)]
            assert abs(int(row["memory"]) - mib(memory)) <= 1
            assert abs(int(row["increment"]) - mib(increment)) <= 1
            assert row["occurrences"] == ("" if times is None else str(times))
            seen += 1
    assert seen == len([r for r in rows.values() if r["memory"]])


def check_memit(profviz, path, want):
    rows = {r["name"]: r for r in table(profviz, "top", path)}
    assert len(rows) == len(want["rows"])
    for name, peak, increment in want["rows"]:
        assert abs(int(rows[name]["peak"]) - mib(peak)) <= 1
        assert abs(int(rows[name]["increment"]) - mib(increment)) <= 1


def check_timings(profviz, path, want):
    got = sorted((r["name"], decimal.Decimal(r["self_time"]))
                 for r in table(profviz, "top", path))
    assert got == sorted((n, decimal.Decimal(t)) for n, t in want["rows"])


def check_types(profviz, path, want):
    args = ["--input-format", "objgraph"] if "needs" in want else []
    rows = {r["name"]: r for r in table(profviz, "top", path, *args)}
    assert len(rows) == len(want["rows"])
    for name, count, *delta in want["rows"]:
        assert rows[name]["count"] == str(count)
        assert rows[name]["delta"] == "".join(str(d) for d in delta)
        assert rows[name]["size"] == ""


CHECKS = {"pstats": check_pstats, "lprof": check_lprof,
          "memory_profiler": check_memory, "memit": check_memit,
          "timings": check_timings, "objgraph-growth": check_types,
          "objgraph-types": check_types}


@pytest.mark.parametrize("case", REPORTS,
                         ids=lambda p: p.relative_to(FIXTURES).as_posix())
def test_report_says_what_was_printed(case, profviz):
    want = json.loads(case.read_text())
    path = case.with_name(case.name.removesuffix(".expected.json"))
    CHECKS[want["kind"]](profviz, path, want)


def test_every_kind_of_report_is_here():
    kinds = {json.loads(p.read_text())["kind"] for p in REPORTS}
    assert kinds == set(CHECKS)


def test_a_bare_table_is_not_taken_for_stacks(profviz):
    done = profviz("top", FIXTURES / "objgraph/good/objgraph-types-bare.txt",
                   status=3)
    assert "--input-format objgraph" in done.error


@pytest.mark.parametrize("wrap", [
    "{}", "\x1b[2m{}\x1b[0m", "2026-11-20T10:00:00.1234567Z {}",
    "[2026-11-20 10:00:00,123] {}", "web_1  | {}"])
@pytest.mark.parametrize("name", ["cprofile_text/good/cprofile-nameless.txt",
                                  "lprof_text/good/lprof-1.0b.txt",
                                  "memory_text/good/memory-two-calls.txt"])
def test_a_table_is_found_in_what_ci_makes_of_it(name, wrap, profviz,
                                                 tmp_path):
    text = (FIXTURES / name).read_text()
    noise = "".join(f"step {i} of the build\n" for i in range(5000))
    log = tmp_path / "job.log"
    log.write_text(noise + text + "\n" + noise)
    log.write_text("".join(wrap.format(line) + "\n"
                           for line in log.read_text().splitlines()))
    plain = profviz("top", "-q", FIXTURES / name, "-f", "csv").text
    assert profviz("top", "-q", log, "-f", "csv").text == plain


@pytest.mark.parametrize("stamp", [
    "2026-11-20T10:00:00.1234567Z ", "10:00:00 ", "[10:00:00] ",
    "[10:00:00.123]\x1b[0m ", "2026-11-20T10:00:00.123456Z 00O ",
    "2026-11-20T10:00:00.123456Z 01E+"])
@pytest.mark.parametrize("path", [
    min(p for p in (FIXTURES / kind / "good").glob("*.txt")
        if p.name != "in-a-log.txt") for kind in (
        "cprofile_text", "guppy", "lprof_text", "memit", "memory_text",
        "pympler", "timings", "tracemalloc_text")], ids=lambda p: p.parent.parent.name)
def test_stamps_of_ci_are_no_part_of_lines(path, stamp, profviz, tmp_path):
    log = tmp_path / "job.log"
    log.write_text("".join(f"{stamp}{line}\n" for line in (
        "start", *path.read_text().splitlines(), "end")))
    plain = profviz("top", "-q", path, "-f", "csv", status=0).text
    assert profviz("top", "-q", log, "-f", "csv").text == plain


OBJECTS = (FIXTURES / "objgraph/good/objgraph-3.7.0-both.txt").read_text()


def types(profviz, text, *args):
    return {r["name"]: (r["count"], r["delta"]) for r in rows_of(profviz(
        "top", "-", "-f", "csv", *args, stdin=text.encode(), status=0).text)}


def test_tables_of_types_and_growth_stand_together(profviz):
    """The last count of a type, the sum of what it grew by; no line of the
    program's own."""
    found = types(profviz, OBJECTS)
    assert found["function"] == ("2075", "2075")
    assert found["Session"] == ("900", "900")
    assert found["Order"] == ("90", "90")
    assert found["dict"] == ("1024", "1024")
    assert found["cell"] == ("185", "")     # in the first table alone
    assert found["list"] == ("271", "1")
    assert len(found) == 14
    assert "bye" not in found


@pytest.mark.parametrize("table, want", [
    ("dict          5120       +31\n", {"dict": ("5120", "31")}),
    ("Session          9        +9\nOrder 3 +3\n",
     {"Session": ("9", "9")}),
    ("Session 9 +9\nOrder 3 +3\n", {"Session": ("9", "9"),
                                    "Order": ("3", "3")}),
    ("dict 12\nset  3\ndict          5120       +31\n",
     {"dict": ("5120", "31"), "set": ("3", "")}),
    ("a  1\nb  2\nerrors 3\ndict          5120       +31\n",
     {"dict": ("5120", "31")})])
@pytest.mark.parametrize("around", ["{}", "start 3\n{}\ndone 12\n",
                                    "# x\n\n{}\na;b\n"])
def test_growth_is_known_by_its_rows(around, table, want, profviz):
    assert types(profviz, around.format(table)) == want


@pytest.mark.parametrize("text", ["retry 3 +5\n", "dict  12\nset    3\n",
                                  "took 3 +5\n\ntook 4 +5\n"])
def test_stray_words_are_no_table_of_objects(text, profviz):
    assert profviz("top", "-", stdin=text.encode()).status == 3


@pytest.mark.parametrize("head, row", [
    ("Timer unit: 1e-06 s\n\nTotal time: 3e-06 s\nFile: a.py\n"
     "Function: f at line 1\n\n"
     "Line #      Hits         Time  Per Hit   % Time  Line Contents\n"
     "==============================================================\n"
     "     1                                           def f():\n",
     "     2         1          3.0      3.0    100.0      return 1"),
    ("Filename: a.py\n\n"
     "Line #    Mem usage    Increment  Occurrences   Line Contents\n"
     "=============================================================\n"
     "     1   38.242 MiB   38.242 MiB           1   def f():\n",
     "     2   61.133 MiB   22.891 MiB           1       return 1"),
    ("         2 function calls in 0.003 seconds\n\n"
     "   Ordered by: standard name\n\n"
     "   ncalls  tottime  percall  cumtime  percall filename:lineno(function)\n"
     "        1    0.001    0.001    0.003    0.003 a.py:1(f)\n",
     "        1    0.002    0.002    0.002    0.002 a.py:7(other)"),
    ("                                  types |   # objects |   total size\n"
     "======================================= | =========== | ============\n"
     "                            <class 'str |       15000 |      1.45 MB\n",
     "                           <class 'dict |        5120 |      1.91 MB"),
    ("Partition of a set of 9500 objects. Total size = 808000 bytes.\n"
     " Index  Count   %     Size   % Cumulative  % Kind (class / dict of "
     "class)\n"
     "     0   9000  94   800000  99    800000  99 str\n",
     "     1    500   6     8000   1    808000 100 dict (no owner)"),
    ("dict          5120       +31\n",
     "tuple         2000       +12"),
    ("(Pdb) objgraph.show_most_common_types()\n"
     "function                   5120\n",
     "dict                       2000"),
    ("a.py:3: size=84.3 KiB, count=678, average=127 B\n",
     "b.py:4: size=12.0 KiB, count=100, average=123 B"),
    ("Top 3 lines\n"
     "#1: a.py:3: 33.2 KiB\n"
     "    names = list(rows)\n",
     "#2: b.py:4: 12.0 KiB"),
    ("In [1]: %memit a()\n"
     "peak memory: 312.44 MiB, increment: 41.07 MiB\n"
     "In [2]: %memit b()\n",
     "peak memory: 330.01 MiB, increment: 17.25 MiB"),
    ("100 loops, best of 5: 24.1 msec per loop\n", "[3.125, 2.98, 3.05]"),
    ("real 0m0.125s\n", "user 0m0.061s"),
    ("CPU times: user 1.25 s, sys: 3 ms, total: 1.253 s\n",
     "Wall time: 1.33 s"),
], ids=["lprof", "memory", "cprofile", "pympler", "guppy", "growth", "types",
        "tracemalloc", "top-10", "memit", "repeat", "time", "cpu-times"])
def test_a_report_cut_in_a_row_says_so(head, row, profviz):
    def error(text):
        return profviz("top", "-", "-f", "csv", stdin=text.encode(),
                       status=0).error

    line = head.count("\n") + 1
    for end in range(1, len(row) + 1):
        assert (f"<stdin>:{line}: the text ends in this row, without a "
                "newline" in error(head + row[:end])), row[:end]
    said = error(head)
    assert said == "" or "number of blocks" in said and said.count("\n") == 1
    assert error(head + row + "\n") == said
    assert error(head + row + "\n\nall done") == said


@pytest.mark.parametrize("name, label", [
    ("lprof_text/good/lprof-1.0b.txt", label) for label in (
        "File: ", "Function: ", "Total time: ", "Line #")] + [
    ("memory_text/good/report-0.61-occurrences.txt", label) for label in (
        "Filename: ", "Line #")] + [
    ("cprofile_text/good/cprofile-text-py3.12.txt", label) for label in (
        " function calls ", "   Ordered by: ", "   ncalls ")])
def test_a_report_cut_above_a_table_says_so(name, label, profviz):
    """The table below it is lost."""
    log = (FIXTURES / name).read_text() + "\nall done\n\n"
    log += (FIXTURES / name).read_text()
    start = log.rindex(label)
    for end in range(start + len(label), log.index("\n", start)):
        text = log[:end]
        assert f"<stdin>:{text.count(chr(10)) + 1}: the text ends in this " \
            "row" in profviz("top", "-", stdin=text.encode(), status=0).error
