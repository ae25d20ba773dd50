# SPDX-License-Identifier: MIT
"""Merged .lprof files are shown as line_profiler 5 shows them.

The expectation is line_profiler's own: these tests are skipped where it is
not installed (tests/requirements.txt pins it).
"""
import io
import itertools
import random

import pytest

from harness import FIXTURES

module = pytest.importorskip("line_profiler.line_profiler",
                             minversion=None)
pytestmark = pytest.mark.skipif(
    not hasattr(module.LineStats, "from_files"),
    reason="this line_profiler does not merge (5.0.1 and later do)")

GOOD = FIXTURES / "lprof/good"
PAIR = [GOOD / "merge-a-1e-6.lprof", GOOD / "merge-b-1e-7.lprof"]


def expected(paths, **options):
    """What `python -m line_profiler A B ...` prints."""
    stats = module.LineStats.from_files(*map(str, paths))
    text = io.StringIO()
    module.show_text(stats.timings, stats.unit, stream=text, config=False,
                     output_unit=1e-6, **options)
    return text.getvalue()


def shown(profviz, paths, *options, cwd):
    return profviz("annotate", *paths, "--format", "txt", *options, cwd=cwd,
                   status=0).text


@pytest.mark.parametrize("paths", [PAIR, PAIR[::-1], PAIR + PAIR[:1]],
                         ids=["ab", "ba", "aba"])
@pytest.mark.parametrize("options, given", [
    ((), {}), (("-t",), {"sort": True}), (("-m",), {"summarize": True}),
    (("-z", "-m", "-t"), {"summarize": True, "sort": True,
                          "stripzeros": True})])
def test_fixtures_merge_as_there(paths, options, given, profviz, tmp_path,
                                 monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert shown(profviz, paths, *options, cwd=tmp_path) == expected(
        paths, **given)


def functions(text):
    return [line for line in text.splitlines() if " - " in line]


def random_stats(rng, unit):
    keys = [(f"{f}.py", line, name) for f in "ab" for line in (1, 9, 40)
            for name in ("f", "g", "H.run")]
    rng.shuffle(keys)
    return module.LineStats(
        {key: [(key[1] + i, rng.randrange(1, 50), rng.randrange(10**7))
               for i in sorted(rng.sample(range(1, 30), rng.randrange(4)))]
         for key in keys[:rng.randrange(1, len(keys))]}, unit)


@pytest.mark.parametrize("seed", range(25))
def test_random_files_merge_as_there(seed, profviz, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rng = random.Random(seed)
    paths = []
    for i in range(rng.randrange(2, 5)):
        unit = rng.choice([1e-6, 1e-7, 1e-9, 1e-6])
        paths.append(tmp_path / f"{i}.lprof")
        random_stats(rng, unit).to_file(str(paths[-1]))
    for order in itertools.islice(itertools.permutations(paths), 3):
        assert shown(profviz, order, "-m", cwd=tmp_path) == expected(
            order, summarize=True)
    assert functions(shown(profviz, paths, "-m", "-t", cwd=tmp_path))
