# SPDX-License-Identifier: MIT
"""Merged recordings against Python's own pstats.Stats.add."""
import itertools
import pstats

import pytest

from harness import FIXTURES
from readings import Model, nanoseconds

GOOD = FIXTURES / "pstats" / "good"
FILES = [GOOD / f"cprofile-{version}.prof" for version in
         ("3.6", "3.7", "3.9", "3.11", "3.12", "3.13")]
TRIPLE = (FILES[1], FILES[3], FILES[5])
PAIRS = [*itertools.combinations(FILES, 2), (FILES[2], FILES[2]), TRIPLE]


def times(seconds):
    """What sums of rounded times may differ by."""
    return pytest.approx(nanoseconds(seconds), abs=4)


@pytest.mark.parametrize("paths", PAIRS,
                         ids=lambda p: "+".join(f.stem[9:] for f in p))
def test_merged_as_stats_add(paths, profviz):
    wanted = pstats.Stats(str(paths[0]))
    wanted.add(*map(str, paths[1:]))
    merged = Model(profviz("convert", *paths, "--format", "json",
                           status=0).text)
    found = merged.stats()
    assert set(found) == set(wanted.stats)
    for key, (cc, nc, tt, ct, callers) in wanted.stats.items():
        assert found[key][:2] == (cc, nc)
        assert found[key][2:4] == (times(tt), times(ct))
        assert set(found[key][4]) == set(callers)
        for caller, (calls, primitive, own, total) in callers.items():
            edge = found[key][4][caller]
            assert edge[:2] == (calls, primitive)
            assert edge[2:4] == (times(own), times(total))
