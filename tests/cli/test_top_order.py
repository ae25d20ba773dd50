# SPDX-License-Identifier: MIT
"""`top --sort` on call profiles lists what pstats lists, in its order."""
import csv
import io
import pstats
import random
import sys

import pytest

from harness import FIXTURES

WORDS = ["calls", "ncalls", "cumtime", "cumulative", "filename", "line",
         "module", "name", "nfl", "pcalls", "stdname", "time", "tottime"]
GOOD = sorted(FIXTURES.glob("pstats/good/*.prof"))


def readable(path):
    """pstats reads it and its names are text (no code objects)."""
    try:
        stats = pstats.Stats(str(path)).stats
    except Exception:       # written by another Python, or not for pstats
        return False
    return bool(stats) and all(
        len(key) == 3 and isinstance(key[2], str) for key in stats)


FILES = [p for p in GOOD if readable(p)]


def listed(profviz, path, key):
    done = profviz("top", path, "-f", "csv", "-o", "-", "--sort", key,
                   status=0)
    table = csv.DictReader(io.StringIO(done.text, newline=""))
    return [(r["file"], int(r["line"]), r["name"].removeprefix("'")
             if r["name"][:2] in ("'=", "'+", "'-", "'@") else r["name"])
            for r in table]


def pstats_order(path, key):
    stats = pstats.Stats(str(path)).sort_stats(key)
    return stats.fcn_list


@pytest.mark.parametrize("key", WORDS)
@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_order_is_that_of_pstats(path, key, profviz):
    assert listed(profviz, path, key) == pstats_order(path, key)


def test_there_are_files():
    assert len(FILES) >= 3


def test_every_prefix_means_what_pstats_means(profviz):
    """Each prefix of each word: refused by both, or the same order."""
    path = FILES[0]
    for word in WORDS:
        for size in range(1, len(word) + 1):
            prefix = word[:size]
            stats = pstats.Stats(str(path))
            try:
                known = stats.get_sort_arg_defs().get(prefix)
            except AttributeError:
                pytest.skip("this pstats has no table of keys")
            if known:
                assert listed(profviz, path, prefix) == pstats_order(
                    path, prefix), prefix
            else:
                assert profviz("top", path, "--sort", prefix).status == 2


def dump(path, rows):
    """A profile as cProfile would write it."""
    import marshal
    path.write_bytes(marshal.dumps(rows))


@pytest.mark.skipif(sys.version_info < (3, 6), reason="ordered dicts")
@pytest.mark.parametrize("seed", range(20))
def test_ties_keep_the_order_of_the_file(seed, profviz, tmp_path):
    rng = random.Random(seed)
    names = [(rng.choice(["a.py", "b.py", "~", ""]), rng.randrange(3),
              rng.choice(["f", "g", "<len>", "h;x", "\u00e9"]))
             for _ in range(60)]
    rows = {key: (rng.randrange(1, 3), rng.randrange(3, 5),
                  rng.randrange(3) / 4, rng.randrange(3) / 2, {})
            for key in names}
    path = tmp_path / "ties.prof"
    dump(path, rows)
    for key in WORDS:
        assert listed(profviz, path, key) == pstats_order(path, key), key
