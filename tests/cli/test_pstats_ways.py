# SPDX-License-Identifier: MIT
"""One pstats dict, many files: every way that it can be written and come in
gives the same profile, with the numbers that were put in.

Files as cProfile writes them are read as they pass; what is odd about one may
stand at its very end, when most of it was read, and must then be read, or
refused, as if it had stood in front.
"""
import gzip
import marshal
import random

import pytest

from readings import Model, nanoseconds

FUNCTIONS = 3000


def make_stats(seed, functions=FUNCTIONS):
    """Some 400 KiB in marshal, more than is looked at at a time."""
    rng = random.Random(seed)
    keys = [(f"/srv/app/package_{i % 37}/module_{i % 101}.py", i % 999 + 1,
             f"function_{i}_" + "x" * rng.randrange(40))
            for i in range(functions)]
    stats = {}
    for i, key in enumerate(keys):
        callers = {}
        for _ in range(rng.randrange(4)):
            n = rng.randrange(1, 10 ** rng.randrange(1, 10))
            callers[keys[rng.randrange(functions)]] = (
                n, max(1, n // 2), rng.random() * 10 ** rng.randrange(-6, 3),
                rng.choice((0, 1, 2.5, rng.random())))
        stats[key] = (i + 1, i + 2, rng.random() * 1e-3, rng.random() * 10,
                      callers)
    return stats


def rounded(stats):
    return {k: (cc, nc, nanoseconds(tt), nanoseconds(ct),
                {c: (e[0], e[1], nanoseconds(e[2]), nanoseconds(e[3]))
                 for c, e in callers.items()})
            for k, (cc, nc, tt, ct, callers) in stats.items()}


@pytest.fixture
def read(profviz, tmp_path):
    """What profviz makes of bytes, as a file unless told otherwise."""
    def run(data, stdin=False):
        path = tmp_path / "x.prof"
        path.write_bytes(data)
        if stdin:
            done = profviz("convert", "-", "-f", "json", stdin=data)
        else:
            done = profviz("convert", path, "-f", "json")
        assert done.status == 0, done.error
        return Model(done.text)
    return run


@pytest.mark.parametrize("version", range(5))
def test_every_version_of_marshal(version, read):
    stats = make_stats(version)
    data = marshal.dumps(stats, version)
    assert len(data) > 300_000
    assert read(data).stats() == rounded(stats)


def test_files_pipes_and_gzip(read):
    stats = make_stats(7)
    data = marshal.dumps(stats)
    for way in (read(data, stdin=True), read(gzip.compress(data)),
                read(gzip.compress(data), stdin=True)):
        assert way.stats() == rounded(stats)


def test_equal_keys_that_are_not_one_object(read):
    """As in a dump of Stats.add: callers of one file are keys of another."""
    stats = {tuple(list(k)): v[:4] + ({(c[0] + "", int(str(c[1])), c[2][:1]
                                        + c[2][1:]): e
                                       for c, e in v[4].items()},)
             for k, v in make_stats(8).items()}
    assert read(marshal.dumps(stats)).stats() == rounded(stats)


def test_callers_without_an_entry(read):
    stats = make_stats(9)
    gone = list(stats)[::3]
    for key in gone:
        del stats[key]
    got = read(marshal.dumps(stats)).stats()
    for key, want in rounded(stats).items():
        assert got[key] == want
    assert all(got[key][:4] == (0, 0, 0, 0) for key in set(got) - set(stats))
    assert list(got)[:len(stats)] == list(stats)


@pytest.mark.parametrize("late", [
    {("é.py", 3, "ü"): (1, 1, 0.5, 0.5, {})},
    {("x.py", 3, "f"): (1, 1, 0.5, 0.5, {("x.py", 3, "f"): (1, 1, 0.5, 0.5)})},
    {("x.py", 2 ** 40, "f"): (1, 1, 0.5, 0.5, {})},
    {("x.py", 3, "f"): (2 ** 40, 2 ** 40, 0.5, 0.5, {})},
    {("x.py", 3, "f"): (1, 1, float("nan"), 0.5, {})},
    {("x.py", 3, "f"): (1, 1, 12345.678901, 5e8, {})},
    {("x.py", 3, "f"): (1, 1, -1.0, 0.5, {})},
    {("x.py", 3, "f"): (-1, -1, 0.5, 0.5, {})},
    {("x.py", 3, "f" * 70_000): (1, 1, 0.5, 0.5, {})},
], ids=["latin", "itself", "far line", "many calls", "nan", "long times",
        "negative", "no calls", "long name"])
def test_something_odd_at_the_end(late, read):
    stats = make_stats(10)
    alone = read(marshal.dumps(late)).stats()
    got = read(marshal.dumps({**stats, **late})).stats()
    assert list(got) == [*stats, *alone]
    assert got == {**rounded(stats), **alone}


def test_calls_without_times_at_the_end(read):
    """A dump of two merged profiles, of cProfile and of profile."""
    stats = make_stats(11)
    key = next(iter(stats))
    got = read(marshal.dumps({**stats, ("x.py", 3, "f"):
                              (1, 1, 0.5, 0.5, {key: 7})})).stats()
    assert got.pop(("x.py", 3, "f"))[4] == {key: (7, 7, 0, 0)}
    assert got == rounded(stats)


@pytest.mark.parametrize("end, says", [
    (b"", "file ends inside"), (b"_", "unknown marshal type 0x5f"),
    (b"NN0", "expected a key (file, line, function)"),
    (b")\x03N", "tuple of 3 items but 1")])
def test_something_wrong_at_the_end(end, says, profviz, tmp_path):
    path = tmp_path / "x.prof"
    path.write_bytes(marshal.dumps(make_stats(12))[:-1] + end)
    done = profviz("top", path)
    assert done.status == 3 and not done.out
    assert says in done.error and "@0x" in done.error


def test_an_entry_that_is_there_twice_counts_last(read):
    stats = make_stats(13)
    key = next(iter(stats))
    again = (9, 9, 0.25, 0.5, {})
    data = marshal.dumps(stats, 2)[:-1] + marshal.dumps({key: again}, 2)[1:]
    want = rounded(stats) | rounded({key: again})
    assert read(data).stats() == want


def test_what_follows_is_counted(profviz, tmp_path):
    path = tmp_path / "x.prof"
    data = marshal.dumps(make_stats(14))
    path.write_bytes(data + bytes(300_000))
    done = profviz("info", path, status=0)
    assert (f"x.prof@0x{len(data):x}: 300000 bytes follow the profile; ignored"
            in done.error)


def test_a_limit_is_that_of_a_held_file(profviz, tmp_path):
    path = tmp_path / "x.prof"
    path.write_bytes(marshal.dumps(make_stats(15)))
    done = profviz("top", path, "--limits", "input=100k")
    assert done.status == 3 and "--limits input=" in done.error
