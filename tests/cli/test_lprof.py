# SPDX-License-Identifier: MIT
"""lprof files of every line_profiler: hits and times of each line."""
import ast
from decimal import ROUND_HALF_EVEN, Decimal
import pickle

import pytest

from harness import FIXTURES
from readings import Model, rows, seconds_column

GOOD = FIXTURES / "lprof" / "good"
FILES = sorted(GOOD.glob("*.lprof"))
PATHS = ("_line_profiler", "line_profiler._line_profiler",
         "line_profiler.line_profiler")


class LineStats:
    """Stands in for line_profiler's: a pickle holds only path and state."""


class Unpickler(pickle.Unpickler):
    """The fixtures are our own; still, only LineStats is ever looked up."""

    def find_class(self, module, name):
        if module in PATHS and name == "LineStats":
            return LineStats
        if (module, name) in (("copy_reg", "_reconstructor"),
                              ("__builtin__", "object")):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


def load(path):
    with open(path, "rb") as file:
        stats = Unpickler(file, encoding="utf-8").load()
    return stats.unit, stats.timings


def in_ns(units, unit):
    """Units of `unit` seconds, which means its shortest decimal."""
    exact = Decimal(units) * Decimal(repr(unit)) * 10**9
    return int(exact.to_integral_value(ROUND_HALF_EVEN))


def summed(lines, unit):
    found = {}
    for line, hits, time in lines:
        h, t = found.get(line, (0, 0))
        found[line] = (h + hits, t + in_ns(time, unit))
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_lines_have_pythons_numbers(path, profviz):
    unit, timings = load(path)
    done = profviz("convert", path, "-f", "json", status=0)
    model = Model(done.text)
    assert model.timings() == {key: summed(lines, unit)
                               for key, lines in timings.items()}
    assert [f[:3] for f in model.functions[1:]] == list(timings)
    assert float(model.notes["unit"]) == unit


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_top_sums_the_lines(path, profviz):
    unit, timings = load(path)
    done = profviz("top", path, "-f", "csv", status=0)
    got = {(r["file"], int(r["line"]), r["name"]):
           (int(r["hits"]), seconds_column(r["time"]))
           for r in rows(done.text)}
    for key, lines in timings.items():
        sums = [sum(v) for v in zip(*summed(lines, unit).values())] or [0, 0]
        assert got[key] == tuple(sums), key


def test_files_merge_as_line_profiler_5_does(profviz):
    """The expectation is what its LineStats.from_files made of the two."""
    unit, timings = ast.literal_eval(
        (GOOD / "merge.expected.txt").read_text())
    done = profviz("convert", GOOD / "merge-a-1e-6.lprof",
                   GOOD / "merge-b-1e-7.lprof", "-f", "json", status=0)
    assert Model(done.text).timings() == {
        key: summed(lines, unit) for key, lines in timings.items()}


def test_the_stated_unit_decides(profviz):
    ticks = Model(profviz("convert", GOOD / "shape-windows-1e-7.lprof", "-f",
                          "json", status=0).text).timings()
    micros = Model(profviz("convert", GOOD / "shape-3.x-4.x-py3.13.lprof",
                           "-f", "json", status=0).text).timings()
    assert ticks and ticks.keys() == micros.keys()
    assert any(t for lines in ticks.values() for _, t in lines.values())
