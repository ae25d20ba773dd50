# SPDX-License-Identifier: MIT
"""`top --sort` on call profiles lists what pstats lists, in its order."""
import csv
import gzip
import io
import pstats
import random

import anymarshal
import pytest

from harness import FIXTURES

WORDS = ["calls", "ncalls", "cumtime", "cumulative", "filename", "line",
         "module", "name", "nfl", "pcalls", "stdname", "time", "tottime"]
GOOD = sorted(FIXTURES.glob("pstats/good/*.prof*"))


class Dumped:
    """A file of any Python, handed to this one's pstats in its own order.
    Code objects are texts, as profviz names them."""

    def __init__(self, path):
        data = path.read_bytes()
        if data[:2] == b"\x1f\x8b":
            data = gzip.decompress(data)
        self.stats = anymarshal.load(data)

    def create_stats(self):
        pass


def traced(path):
    """Is it for pstats?  Sampled profiles are listed by name and file."""
    return ("__sampled__",) not in Dumped(path).stats


FILES = [p for p in GOOD if traced(p)]


def listed(profviz, path, key, *options):
    done = profviz("top", path, "-f", "csv", "-o", "-", "--sort", key,
                   *options, status=0)
    table = csv.DictReader(io.StringIO(done.text, newline=""))
    return [(r["file"], int(r["line"]), r["name"].removeprefix("'")
             if r["name"][:2] in ("'=", "'+", "'-", "'@") else r["name"])
            for r in table]


def pstats_order(path, key):
    return pstats.Stats(Dumped(path)).sort_stats(key).fcn_list


@pytest.mark.parametrize("key", WORDS)
@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_order_is_that_of_pstats(path, key, profviz):
    assert listed(profviz, path, key) == pstats_order(path, key)


@pytest.mark.parametrize("key", WORDS)
def test_the_first_of_them_are_the_same(key, profviz):
    """Few of many are found without sorting all."""
    path = FIXTURES / "pstats/good/profile-3.11.prof"
    for limit in (1, 7, 60):
        assert listed(profviz, path, key, "--limit", str(limit)) == (
            pstats_order(path, key)[:limit])


def test_there_are_files():
    assert len(FILES) >= 24


def test_every_prefix_means_what_pstats_means(profviz):
    """Each prefix of each word: refused by both, or the same order."""
    path = FILES[0]
    for word in WORDS:
        for size in range(1, len(word) + 1):
            prefix = word[:size]
            stats = pstats.Stats(Dumped(path))
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


@pytest.mark.parametrize("seed", range(12))
def test_sums_of_floats_are_told_apart(seed, profviz, tmp_path):
    """As Stats.add leaves them: 0.1 + 0.2 is more than 0.3.  Whole nanoseconds
    may stand in front of the first sum, more than are handed on at a time."""
    rng = random.Random(seed)
    rows, whole = {}, (0, 40, 64, 200)[seed % 4]
    for i in range(whole + 300):
        parts = [rng.randrange(1, 4) * 1e-6 for _ in range(5)]
        own = (sum(parts) if i >= whole
               else rng.randrange(5, 16) * 1000 * 1e-9)
        rows["m.py", i, "f"] = (1, 1, own, rng.choice((own, 1e-5)), {})
    path = tmp_path / "sums.prof"
    dump(path, rows)
    for key in ("tottime", "cumulative"):
        assert listed(profviz, path, key) == pstats_order(path, key), key
