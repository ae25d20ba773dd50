# SPDX-License-Identifier: MIT
"""Thousands of random profiles, written by Python's own marshal and pickle at
every protocol and version, read as Python reads them.

The Python that runs the tests writes the most; any other that is found
(pyenv, PATH) writes some, and those that are not there are skipped by name.
"""
import decimal
import json
import subprocess
import sys

import pytest

from harness import ROOT
from pythons import WANTED, pythons, version_of
from readings import NS, Model, shown

MAKER = ROOT / "tests" / "lib" / "make_random.py"
MINE = version_of(sys.executable)
CASES = {True: 700, False: 80}  # the running Python, any other


def cases(version, kind, where):
    """Pairs of a file and what it holds."""
    python = pythons().get(version)
    if not python:
        pytest.skip(f"no Python {version} here")
    number = CASES[version == MINE]
    subprocess.run([python, str(MAKER), kind, f"{version} {kind}",
                    str(number), str(where)], check=True,
                   env={"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1",
                        "PATH": ""})
    found = [(where / f"{i}.bin",
              json.loads((where / f"{i}.json").read_text()))
             for i in range(number)]
    assert len(found) == number
    return found


def key_of(key):
    file, line, name = key
    return shown(file), line, shown(name)


def read(profviz, path, kind):
    done = profviz("convert", path, "-f", "json", "--input-format", kind)
    assert done.status == 0, done.error
    return Model(done.text)


def is_nearest(ns, text):
    """A tie of the number as it is written may go either way."""
    exact = decimal.Decimal(float(text)) * NS
    return abs(exact - ns) <= decimal.Decimal("0.50000001")


def check_values(got, want, where):
    assert got[:2] == tuple(map(int, want[:2])), where
    assert is_nearest(got[2], want[2]) and is_nearest(got[3], want[3]), where


def check_pstats(model, holds):
    got = model.stats()
    assert [key_of(k) for k, _, _ in holds] == list(got)
    for key, values, callers in holds:
        row = got[key_of(key)]
        check_values(row[:4], values, key)
        assert set(row[4]) == {key_of(c) for c, _ in callers}
        for caller, edge in callers:
            mine = row[4][key_of(caller)]
            if len(edge) == 1:
                assert mine == (int(edge[0]), int(edge[0]), 0, 0)
            else:
                check_values(mine, edge, (key, caller))


def check_lprof(model, holds):
    unit = decimal.Decimal(holds["unit"]) * NS
    want = {}
    for key, lines in holds["timings"]:
        want[key_of(key)] = {
            line: (hits, int((time * unit).to_integral_value(
                decimal.ROUND_HALF_EVEN))) for line, hits, time in lines}
    assert model.timings() == want
    assert [f[:3] for f in model.functions[1:]] == list(want)


def check_tracemalloc(model, holds):
    want = {}
    for size, frames, total in holds:
        key = (max(0, total - len(frames)),
               tuple((shown(f), line) for f, line in frames))
        old = want.get(key, (0, 0))
        want[key] = (old[0] + size, old[1] + 1)
    assert model.traces() == want


CHECKS = {"pstats": check_pstats, "lprof": check_lprof,
          "tracemalloc": check_tracemalloc}


@pytest.mark.parametrize("kind", sorted(CHECKS))
@pytest.mark.parametrize("version", WANTED)
def test_random_profiles_read_as_python_reads_them(version, kind, profviz,
                                                   tmp_path):
    for path, holds in cases(version, kind, tmp_path):
        try:
            CHECKS[kind](read(profviz, path, kind), holds)
        except AssertionError as error:
            raise AssertionError(f"{path}: {error}") from error
