# SPDX-License-Identifier: MIT
"""Estimated call trees conserve what the file says, whatever it says."""
import collections
import cProfile
import csv
import decimal
import io
import marshal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harness import FIXTURES

GOOD = sorted(FIXTURES.glob("pstats/good/*.prof"))


def table(profviz, path, command, stdin=b""):
    done = profviz(command, path, "--format", "csv", "-o", "-", stdin=stdin,
                   status=0)
    return list(csv.DictReader(io.StringIO(done.text, newline="")))


def by_function(rows, column):
    sums = collections.Counter()
    for row in rows:
        sums[row["name"], row["file"]] += decimal.Decimal(row[column])
    return {f: v for f, v in sums.items() if v}


def check(profviz, path, stdin=b""):
    rows = table(profviz, path, "top", stdin)
    tree = table(profviz, path, "convert", stdin)
    own = next(c for c in ("self_time", "self_samples") if c in rows[0])
    whole = own.replace("self", "total")
    assert by_function(tree, own) == by_function(rows, own)
    root = decimal.Decimal(tree[0][whole])
    assert root == sum(decimal.Decimal(r[own]) for r in rows)
    if all(decimal.Decimal(r[own]) >= 0 for r in rows):
        for row in tree:
            assert 0 <= decimal.Decimal(row[whole]) <= root
    return tree


@pytest.mark.parametrize("path", GOOD, ids=lambda p: p.name)
def test_every_function_keeps_its_self_time(path, profviz):
    check(profviz, path)


@pytest.mark.parametrize("by", ["file", "module", "package"])
@pytest.mark.parametrize("path", GOOD, ids=lambda p: p.name)
def test_groups_hold_themselves_and_no_more_than_all(path, by, profviz):
    done = profviz("top", path, "--by", by, "--format", "csv", status=0)
    rows = list(csv.DictReader(io.StringIO(done.text, newline="")))
    own = next(c for c in ("self_time", "self_samples") if c in rows[0])
    whole = own.replace("self", "total")
    # Tables made by hand have functions that cost more than all of the file.
    most = max(sum(decimal.Decimal(r[own]) for r in rows),
               *(decimal.Decimal(r[whole])
                 for r in table(profviz, path, "top")))
    for row in rows:
        assert (decimal.Decimal(row[own]) <= decimal.Decimal(row[whole])
                <= most), row["name"]


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def even(n):
    return n == 0 or odd(n - 1)


def odd(n):
    return n != 0 and even(n - 1)


def recorded(path, call):
    profile = cProfile.Profile()
    profile.runcall(call)
    profile.dump_stats(path)
    return path


def test_recursion_stands_once(profviz, tmp_path):
    path = recorded(tmp_path / "fib.prof", lambda: fib(16))
    names = [row["name"] for row in check(profviz, path)]
    assert names.count("fib") == 1


def test_mutual_recursion_is_cut(profviz, tmp_path):
    path = recorded(tmp_path / "even.prof", lambda: even(200))
    names = [row["name"] for row in check(profviz, path)]
    assert names.count("even") == names.count("odd") == 1


# ---- anything that marshal can hold ------------------------------------------

FUNCTIONS = [("a.py", 1, "f"), ("a.py", 9, "g"), ("b.py", 1, "f"),
             ("~", 0, "<built-in method builtins.len>"), ("c.py", 2, "h")]
SECONDS = st.integers(0, 10 ** 10).map(lambda ns: ns / 1e9)
COUNTS = st.integers(0, 1000)
CALLERS = st.one_of(
    st.dictionaries(st.sampled_from(FUNCTIONS),
                    st.tuples(COUNTS, COUNTS, SECONDS, SECONDS)),
    st.dictionaries(st.sampled_from(FUNCTIONS), st.integers(1, 1000)))
STATS = st.dictionaries(
    st.sampled_from(FUNCTIONS),
    st.tuples(COUNTS, COUNTS, SECONDS, SECONDS, CALLERS), min_size=1)


@settings(max_examples=100, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stats=STATS)
def test_no_table_is_too_odd(profviz, stats):
    check(profviz, "-", stdin=marshal.dumps(stats, 4))
