# SPDX-License-Identifier: MIT
"""memory_profiler's line-by-line reports: rows, sources, missing columns."""
import json
import random

import pytest

from harness import FIXTURES
from readings import rows

MIB = 1 << 20
SOURCES = ["    left = [0] * n", "\tx = 'MiB'", "    12345", "    1.5 MiB",
           "        return 7  # 3", "    \u00e9t\u00e9()", "    del left", "", "    0"]


def with_count(line, memory, increment, count, source, precision):
    """0.58 and later; without memory the cells are blank."""
    template = "{0:>6} {1:>12} {2:>12}  {3:>10}   {4:<}"
    if memory is None:
        return template.format(line, "", "", "", source)
    return template.format(line, mib(memory, precision),
                           mib(increment, precision), count, source)


def without_count(line, memory, increment, _count, source, precision):
    """0.16 to 0.57."""
    template = "{0:>6} {1:>12} {2:>12}   {3:<}"
    if memory is None:
        return template.format(line, "", "", source)
    return template.format(line, mib(memory, precision),
                           mib(increment, precision), source)


def memory_alone(line, memory, _increment, _count, source, precision):
    """0.9 and before."""
    template = "{0:>6} {1:>12}   {2:<}"
    return template.format(
        line, "" if memory is None else mib(memory, precision), source)


def mib(value, precision):
    return f"{value / MIB:{precision + 4}.{precision}f} MiB"


HEADS = {
    with_count: ("{0:>6} {1:>12} {2:>12}  {3:>10}   {4:<}",
                 ("Line #", "Mem usage", "Increment", "Occurrences",
                  "Line Contents")),
    without_count: ("{0:>6} {1:>12} {2:>12}   {3:<}",
                    ("Line #", "Mem usage", "Increment", "Line Contents")),
    memory_alone: ("{0:>6} {1:>12}   {2:<}",
                   ("Line #", "Mem usage", "Line Contents")),
}


def report(rng, row, precision):
    """A printed table and what it says of each line."""
    template, words = HEADS[row]
    head = template.format(*words)
    text = ["Filename: shop.py", "", head, "=" * len(head)]
    said = [(3, None, None, None, "@profile"),
            (4, None, None, None, "def load(n):")]
    for line in range(5, 5 + rng.randrange(1, 12)):
        source = rng.choice(SOURCES)
        if rng.random() < 0.3:
            said.append((line, None, None, None, source))
        else:
            said.append((line, rng.randrange(10**10),
                         rng.randrange(-10**9, 10**10),
                         rng.choice([1, 7, 10**6, 10**11]), source))
    text += [row(*cells, precision) for cells in said]
    return "\n".join(text) + "\n\n\n", said


def shown(value, precision):
    """Bytes of a size that was printed with some decimals."""
    return round(float(f"{value / MIB:.{precision}f}") * MIB)


@pytest.mark.parametrize("row", HEADS, ids=lambda f: f.__name__)
@pytest.mark.parametrize("seed", range(12))
def test_every_generation_is_read_whole(row, seed, profviz):
    rng = random.Random(seed)
    precision = rng.choice([1, 3, 4])
    table, said = report(rng, row, precision)
    stamps = "2026-11-20T10:00:00.1234567Z " if seed % 3 == 0 else ""
    log = "".join(f"{stamps}{line}\n" for line in ("start", *table.split("\n")))
    model = json.loads(profviz("convert", "-", "-f", "json", stdin=log.encode(),
                               status=0).text)
    assert model["functions"][1]["name"] == "load"
    assert [line["line"] for line in model["lines"]] == [s[0] for s in said]
    for line, (_, memory, increment, count, source) in zip(model["lines"],
                                                           said):
        assert line.get("source", "") == source
        if memory is None:
            assert line["values"] == [None] * 3
            continue
        got = line["values"]
        assert abs(got[0] - shown(memory, precision)) <= 1
        if row is memory_alone:
            assert got[1:] == [None, None]
            continue
        assert abs(got[1] - shown(increment, precision)) <= 1
        assert got[2] == (count if row is with_count else None)


OLD = FIXTURES / "memory_text/good/report-0.55-no-occurrences.txt"
NEW = FIXTURES / "memory_text/good/report-0.61-occurrences.txt"


def test_functions_and_sources_of_a_real_report(profviz):
    found = rows(profviz("top", NEW, "-f", "csv", status=0).text)
    assert [(r["name"], r["line"], r["occurrences"]) for r in found] == [
        ("outer", "16", "10"), ("inner", "9", "8"), ("rec", "26", "15")]
    text = profviz("annotate", NEW, status=0).text
    assert "  def inner(n):\n" in text and "  @profile\n" in text


def test_a_column_that_is_not_there_stays_empty(profviz):
    found = rows(profviz("top", OLD, "-f", "csv", status=0).text)
    assert [r["occurrences"] for r in found] == ["", "", ""]
    assert all(r["increment"] for r in found)
    listed = json.loads(profviz("top", OLD, "-f", "json", status=0).text)
    assert listed["metrics"][2]["total"] is None
    assert listed["rows"][0]["occurrences"] is None
    assert "occurrences" not in profviz("top", OLD, status=0).text


@pytest.mark.parametrize("name, missing", [
    ("memory_text/good/report-0.55-no-occurrences.txt", ["occurrences"]),
    ("memory_text/good/memory-2012-MB.txt", ["occurrences"]),
    ("objgraph/good/objgraph-growth-pdb.txt", ["size"]),
    ("pympler/good/summary.txt", ["delta"]),
    ("guppy/good/in-a-log.txt", ["delta"])])
def test_info_has_no_total_of_a_missing_column(name, missing, profviz):
    text = profviz("info", FIXTURES / name, status=0).text
    totals = json.loads(profviz("info", FIXTURES / name, "-f", "json",
                                status=0).text)["inputs"][0]["metrics"]
    for metric in missing:
        assert not any(line.split()[-1] == metric
                       for line in text.splitlines() if line.split())
    assert [m["name"] for m in totals if m["total"] is None] == missing


def test_functions_that_never_ran_cost_nothing(profviz):
    """A column that is there has zeros, not holes."""
    table = (FIXTURES / "lprof/good/merge-b-1e-7.lprof")
    found = rows(profviz("top", table, "-f", "csv", status=0).text)
    assert found and all(r["hits"] and r["time"] for r in found)


def test_each_call_of_each_function_is_a_table(profviz):
    twice = FIXTURES / "memory_text/good/memory-two-calls.txt"
    heads = [line for line in profviz("annotate", twice,
                                      status=0).text.splitlines()
             if ", call " in line]
    assert heads == ["64.5 MiB  pairs  pairs.py:11, call 2",
                     "64.4 MiB  pairs  pairs.py:11, call 1"]
    heads = [line for line in profviz("annotate", NEW,
                                      status=0).text.splitlines()
             if ", call " in line]
    assert heads == ["67.7 MiB  inner  work_mp.py:9, call 1",
                     "67.6 MiB  outer  work_mp.py:16, call 1",
                     "37.1 MiB  rec  work_mp.py:26, call 1"]
