# SPDX-License-Identifier: MIT
"""Printed times: each repeat is a row, the least of a list is marked."""
import random

import pytest

from harness import FIXTURES
from readings import rows, seconds_column

TIMERS = FIXTURES / "timings/good/timers.txt"


def marked(text):
    return [line.split("timeit repeat ")[1].split()[0].strip("`")
            for line in text.splitlines() if "(least)" in line]


@pytest.mark.parametrize("medium", ["txt", "md"])
def test_the_least_repeat_is_marked(medium, profviz):
    text = profviz("top", TIMERS, "-f", medium, "-o", "-", status=0).text
    assert text.count("(least)") == 1
    line, = [one for one in text.splitlines() if "(least)" in one]
    assert "2.98 s" in line and "timeit repeat 2 (least)" in line


@pytest.mark.parametrize("medium", ["csv", "json"])
def test_no_mark_where_programs_read(medium, profviz):
    assert "least" not in profviz("top", TIMERS, "-f", medium, "-o", "-",
                                  status=0).text


def test_of_equals_the_first_is_marked_and_each_list_has_one(profviz):
    log = b"[2.5, 1.5, 1.5]\nnoise\n[0.25, 0.5]\ntimeit repeat 1 took 1 s\n"
    text = profviz("top", "-", stdin=log, status=0).text
    assert sorted(marked(text)) == ["1", "2"]


@pytest.mark.parametrize("seed", range(10))
def test_every_repeat_of_a_long_list_is_a_row(seed, profviz):
    rng = random.Random(seed)
    times = [rng.randrange(1, 10**10) / 10**9 for _ in range(
        rng.randrange(2, 257))]
    log = (str([float(t) for t in times]) + "\n").encode()
    if b"e-" in log:
        pytest.skip("a float printed with an exponent")
    found = rows(profviz("top", "-", "-f", "csv", "--input-format", "timings",
                         stdin=log, status=0).text)
    assert sorted((r["name"], seconds_column(r["self_time"]))
                  for r in found) == sorted(
        (f"timeit repeat {i}", round(t * 10**9))
        for i, t in enumerate(times, 1))
    text = profviz("top", "-", "--limit", "0", stdin=log, status=0).text
    assert marked(text) == [str(times.index(min(times)) + 1)]


def test_a_longer_list_is_no_timeit_list(profviz):
    log = str([0.5] * 257).encode() + b"\nload took 1 s\n"
    found = rows(profviz("top", "-", "-f", "csv", stdin=log, status=0).text)
    assert [r["name"] for r in found] == ["load"]


def test_logs_are_not_added(profviz, tmp_path):
    """What two logs measured are two measurements, in whatever order."""
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    one.write_text("load took 1.5 seconds\nload took 2.5 seconds\n"
                   "[3.25, 2.5, 3.125]\n")
    two.write_text("load took 4 seconds\nsave took 1 seconds\n"
                   "[1.25, 2.75, 1.125]\n")
    done = profviz("top", one, two, "-f", "csv", status=0)
    assert done.out == profviz("top", two, one, "-f", "csv", status=0).out
    got = sorted(line.split(",") for line in done.text.splitlines()[1:])
    assert got == sorted([
        ["load", "1.500000000"], ["load", "2.500000000"],
        ["load", "4.000000000"], ["save", "1.000000000"],
        ["timeit repeat 1", "3.250000000"], ["timeit repeat 2", "2.500000000"],
        ["timeit repeat 3", "3.125000000"], ["timeit repeat 1", "1.250000000"],
        ["timeit repeat 2", "2.750000000"],
        ["timeit repeat 3", "1.125000000"]])
    marked = [line for line in
              profviz("top", one, two, status=0).text.splitlines()
              if "(least)" in line]
    assert len(marked) == 2
    assert "timeit repeat 2" in marked[0] and "timeit repeat 3" in marked[1]
    assert len(profviz("top", one, one, "-f", "csv",
                       status=0).text.splitlines()) == 11
