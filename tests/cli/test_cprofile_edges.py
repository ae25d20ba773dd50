# SPDX-License-Identifier: MIT
"""What pstats prints of callers and callees, read back as calls."""
import collections
import contextlib
import io
import marshal
import os
import pstats
import random

import pytest

from harness import FIXTURES
from pythons import pythons
from readings import Model
from test_cprofile_print import FILES, NAMES, NOISE, BUILTINS, milliseconds

TIMED, COUNTED = "timed", "counted"
Edge = collections.namedtuple("Edge", "nc cc tt ct")


def random_stats(rng, kind):
    keys = [("~", 0, name) for name in BUILTINS] + [
        (rng.choice(FILES), rng.randrange(1, 3000), rng.choice(NAMES))
        for _ in range(rng.randrange(2, 30))]
    keys = list(dict.fromkeys(keys))
    found = {}
    for key in keys:
        callers = {}
        for caller in rng.sample(keys, rng.randrange(min(4, len(keys)))):
            cc = rng.choice([0, 1, 7, 12345])
            nc = cc + rng.choice([0, 0, 99, 10**9])
            callers[caller] = nc if kind == COUNTED else (
                nc, cc, rng.random() * 10**rng.randrange(-5, 5),
                rng.random() * 10**rng.randrange(-5, 6))
        found[key] = (rng.randrange(9), rng.randrange(9, 20), rng.random(),
                      rng.random() * 10**rng.randrange(-3, 5), callers)
    return found


def printed(stats, path, *what):
    """The tables that the methods print, one after the other."""
    path.write_bytes(marshal.dumps(stats))
    os.utime(path, (0, 0))      # print_stats names the time
    out = io.StringIO()
    table = pstats.Stats(str(path), stream=out).sort_stats("stdname")
    with contextlib.redirect_stdout(out):
        for method, *restrictions in what:
            getattr(table, method)(*restrictions)
    return out.getvalue()


def edges_of(stats):
    """{(caller, callee): Edge} as the tables round them."""
    return {(caller, key): Edge(v, v, 0, 0) if isinstance(v, int) else
            Edge(v[0], v[1], milliseconds(v[2]), milliseconds(v[3]))
            for key, row in stats.items() for caller, v in row[4].items()}


def read(profviz, text):
    done = profviz("convert", "-", "-f", "json", stdin=text.encode(), status=0)
    return Model(done.text).stats(), done.error


def edges_read(found):
    return {(caller, key): Edge(*v) for key, row in found.items()
            for caller, v in row[4].items()}


def in_a_log(rng, text):
    noise = [rng.choice(NOISE) for _ in range(rng.randrange(30))]
    stamp = rng.choice(["", "2026-11-20T10:00:00.1234567Z ", "web_1 | "])
    lines = noise + text.split("\n") + noise[:9]
    return "".join(f"{stamp}{line}\n" for line in lines)


@pytest.mark.parametrize("kind", [TIMED, COUNTED])
@pytest.mark.parametrize("what", [["print_callers"], ["print_callees"],
                                  ["print_callers", "print_callees"],
                                  ["print_callees", "print_callers"],
                                  ["print_callers", "print_callers"]])
@pytest.mark.parametrize("seed", range(15))
def test_every_call_is_read_once(seed, what, kind, profviz, tmp_path):
    rng = random.Random(f"{seed} {what} {kind}")
    stats = random_stats(rng, kind)
    want = edges_of(stats)
    text = printed(stats, tmp_path / "x.prof", *[[w] for w in what])
    if not want:
        assert profviz("top", "-", stdin=text.encode()).status == 3
        return
    found, error = read(profviz, in_a_log(rng, text))
    assert edges_read(found) == want
    assert "added up" not in error and "no table of functions" in error


def python_stats(found, kind):
    """What `convert` gave, as a pstats file of the kind would hold it."""
    def caller(edge):
        nc, cc, tt, ct = edge
        return nc if kind == COUNTED else (nc, cc, tt / 1e9, ct / 1e9)

    return {key: (cc, nc, tt / 1e9, ct / 1e9,
                  {c: caller(edge) for c, edge in callers.items()})
            for key, (cc, nc, tt, ct, callers) in found.items()}


@pytest.mark.parametrize("kind", [TIMED, COUNTED])
@pytest.mark.parametrize("seed", range(40))
def test_pstats_prints_of_a_converted_file_what_it_prints_of_it(
        seed, kind, profviz, tmp_path):
    stats = random_stats(random.Random(f"converted {seed} {kind}"), kind)
    path = tmp_path / "x.prof"
    what = ["print_stats"], ["print_callers"], ["print_callees"]
    want = printed(stats, path, *what)
    done = profviz("convert", path, "-f", "json", status=0)
    found = python_stats(Model(done.text).stats(), kind)
    assert printed(found, tmp_path / "x.prof", *what) == want


@pytest.mark.parametrize("seed", range(15))
def test_functions_are_summed_up_from_their_calls(seed, profviz, tmp_path):
    stats = random_stats(random.Random(seed), TIMED)
    found, _ = read(profviz, printed(stats, tmp_path / "x.prof",
                                     ["print_callers"]))
    edges = edges_of(stats)
    for key, (cc, nc, tt, ct, _) in found.items():
        called = [e for (_, to), e in edges.items() if to == key]
        others = [e for (of, to), e in edges.items()
                  if to == key and of != key]
        calls = [e for (of, to), e in edges.items()
                 if of == key and to != key]
        assert nc == sum(e.nc for e in called)
        assert cc == sum(e.cc for e in others)
        assert tt == sum(e.tt for e in called)
        assert ct == sum(e.ct for e in (others if called else calls))


@pytest.mark.parametrize("kind", [TIMED, COUNTED])
@pytest.mark.parametrize("seed", range(10))
def test_a_table_of_functions_has_the_last_word(seed, kind, profviz, tmp_path):
    stats = random_stats(random.Random(100 + seed), kind)
    text = printed(stats, tmp_path / "x.prof", ["print_stats"],
                   ["print_callers"])
    found, error = read(profviz, text)
    assert error == ""
    assert edges_read(found) == edges_of(stats)
    assert {key: row[:4] for key, row in found.items()} == {
        key: (cc, nc, milliseconds(tt), milliseconds(ct))
        for key, (cc, nc, tt, ct, _) in stats.items()}


@pytest.mark.parametrize("seed", range(10))
def test_tables_of_few_are_put_together(seed, profviz, tmp_path):
    stats = random_stats(random.Random(200 + seed), TIMED)
    path = tmp_path / "x.prof"
    few = [["print_callers", name] for name in ("shop", "<", "run", "f")]
    found, error = read(profviz, printed(stats, path, ["print_callers"], *few))
    assert edges_read(found) == edges_of(stats)
    assert "are listed" not in error
    _, error = read(profviz, printed(stats, path, ["print_callers", 1.0],
                                     ["print_stats", 2]))
    assert "the table lists 2 of" in error


def test_two_runs_add_up(profviz, tmp_path):
    one, two = (random_stats(random.Random(7), TIMED) for _ in range(2))
    key = next(k for k, row in two.items() if row[4])
    two[key][4].update({c: (v[0] + 1, *v[1:]) for c, v in two[key][4].items()})
    path = tmp_path / "x.prof"
    text = "".join(printed(stats, path, ["print_callers"], ["print_callees"])
                   for stats in (one, two))
    found, error = read(profviz, text)
    assert "callers of 2 runs, added up" in error
    first, second = edges_of(one), edges_of(two)
    assert edges_read(found) == {
        pair: Edge(*(a + b for a, b in zip(first[pair], second[pair])))
        for pair in first}


def test_a_cut_table_is_read_up_to_the_cut(profviz, tmp_path):
    stats = random_stats(random.Random(3), TIMED)
    want = edges_of(stats)
    text = printed(stats, tmp_path / "x.prof", ["print_callers"])
    start = text.index("cumtime")
    kept = set()
    for end in [*range(start, len(text), 7), len(text)]:
        done = profviz("convert", "-", "-f", "json",
                       stdin=text[:end].encode())
        if done.status == 3:
            continue
        found = edges_read(Model(done.text).stats())
        assert found.items() <= want.items()
        kept.add(len(found))
    assert max(kept) == len(want) and len(kept) > len(want) / 2
    done = profviz("top", "-", stdin=text[:text.rindex("(")].encode(),
                   status=0)
    assert "the text ends in a row, which is left out" in done.error


@pytest.mark.parametrize("line", [
    "Function main called...", "the Function  was called by nobody...",
    "Function                  was called"])
def test_prose_is_no_table(line, profviz):
    assert "not a profile" in profviz("top", "-", stdin=line.encode() + b"\n",
                                      status=3).error


RECORDED = sorted(FIXTURES.glob("cprofile_text/good/edges-*.txt"))


@pytest.mark.parametrize("path", RECORDED, ids=lambda p: p.stem)
def test_what_real_pythons_printed(path, profviz):
    """The profile that the tables were printed from is a fixture, too."""
    profile = FIXTURES / "pstats/good" / (path.stem + ".prof")
    whole = Model(profviz("convert", profile, "-f", "json",
                          status=0).text).stats()
    found, error = read(profviz, path.read_text())
    assert error == ""
    assert edges_read(found) == {
        pair: Edge(e.nc, e.cc, milliseconds(e.tt / 1e9),
                   milliseconds(e.ct / 1e9))
        for pair, e in edges_read(whole).items()}
    assert {k: v[:2] for k, v in found.items()} == {
        k: v[:2] for k, v in whole.items()}
    assert "Estimated from who called whom" in profviz(
        "tree", path, status=0).text
    stacks = profviz("convert", path, "-f", "folded", status=0).text
    assert sum(int(line.rpartition(" ")[2]) for line in stacks.splitlines()
               ) == sum(row[2] for row in found.values())


def test_pythons_old_and_new_were_recorded():
    assert len(RECORDED) >= 6
    assert pythons()
