# SPDX-License-Identifier: MIT
"""diff: the laws on every fixture pair, Snapshot.compare_to, a naive model."""
import collections
import csv
import decimal
import io
import json
import random
import re

import pytest

from harness import FIXTURES

SNAPS = FIXTURES / "tracemalloc" / "good"
PAIRS = sorted(SNAPS.glob("snap-*.expected.json"))


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def base(file):
    return file.replace("\\", "/").rsplit("/", 1)[-1]


def sides(path):
    name = path.name.removesuffix(".expected.json")
    return [SNAPS / f"{name}-{side}.tracemalloc" for side in "ab"]


def pair_name(path):
    return path.name.removesuffix(".expected.json")


# ---- tracemalloc ----

def figures(row, kind):
    """What StatisticDiff has: size, size_diff, count, count_diff."""
    return tuple(int(row[f"{what}_{kind}_{metric}"])
                 for metric in ("size", "blocks")
                 for what in ("after", "delta"))


def wanted(path, key):
    found = json.loads(path.read_text())[f"diff {key}"]
    assert found
    return [(tuple((base(f), n) for f, n in frames), *numbers)
            for frames, *numbers, _ in found]


@pytest.mark.parametrize("path", PAIRS, ids=pair_name)
@pytest.mark.parametrize("cumulative", [False, True])
@pytest.mark.parametrize("by, key", [("line", "lineno"),
                                     ("file", "filename")])
def test_compare_to(path, cumulative, by, key, profviz):
    kind = "total" if cumulative else "self"
    options = ["--cumulative"] if cumulative else []
    done = profviz("diff", *sides(path), "--by", by, "--all", "-f", "csv",
                   *options, status=0)
    seen = [(((base(r["file"]), int(r["line"] or 0)),), *figures(r, kind))
            for r in rows(done.text)
            if figures(r, kind) != (0, 0, 0, 0)]
    assert seen == wanted(path, f"{key} {cumulative}")


@pytest.mark.parametrize("path", PAIRS, ids=pair_name)
def test_compare_to_by_traceback(path, profviz):
    """Python 3.6 shows tracebacks newest first, and orders ties by that."""
    done = profviz("diff", *sides(path), "--by", "stack", "--all", "-f",
                   "csv", status=0)
    seen = [(tuple((base(f.rsplit(":", 1)[0]), int(f.rsplit(":", 1)[1]))
                   for f in r["name"].split(";")), *figures(r, "self"))
            for r in rows(done.text)]
    want = wanted(path, "traceback False")
    if "-3.6-" in path.name:
        assert sorted(seen) == sorted((w[0][::-1], *w[1:]) for w in want)
    else:
        assert seen == want


# ---- laws on pairs of every kind ----

KINDS = {
    "stacks": ("folded/good/before.folded", "folded/good/after.folded"),
    "svg": ("flamesvg/good/flamegraphpl-2013-11-24-d9d56df.svg",
            "flamesvg/good/flamegraphpl-2021-10-19-221dcc0.svg"),
    "real stacks": ("folded/good/pyspy-batch-py3.7.folded",
                    "folded/good/pyspy-batch-py3.13.folded"),
    "pstats": ("pstats/good/cprofile-3.6.prof",
               "pstats/good/cprofile-3.13.prof"),
    "real pstats": ("pstats/good/real-walk-py3.9.prof.gz",
                    "pstats/good/real-walk-py3.13.prof.gz"),
    "lines": ("lprof/good/merge-a-1e-6.lprof", "lprof/good/merge-b-1e-7.lprof"),
    "tracemalloc": ("tracemalloc/good/real-walk-py3.7.tracemalloc.gz",
                    "tracemalloc/good/real-walk-py3.12.tracemalloc.gz"),
}


def number(cell):
    return decimal.Decimal(cell) if cell else None


@pytest.mark.parametrize("kind", KINDS)
class TestLaws:
    def test_nothing_changed_with_itself(self, kind, profviz, fixtures):
        for name in KINDS[kind]:
            path = fixtures / name
            done = profviz("diff", path, path, status=0)
            assert done.text.startswith("No change")
            assert rows(profviz("diff", path, path, "-f", "csv",
                                status=0).text) == []
            data = json.loads(profviz("compare", path, path, "-f", "json",
                                      status=0).text)
            assert data["verdict"] == "same" and data["rows"] == []
            assert all(not v for node in data["tree"]
                       for k, v in node.items() if k.startswith("delta_"))

    def test_backwards_is_negative(self, kind, profviz, fixtures):
        old, new = (fixtures / name for name in KINDS[kind])
        there = rows(profviz("diff", old, new, "-f", "csv", status=0).text)
        back = rows(profviz("diff", new, old, "-f", "csv", status=0).text)
        assert there and len(there) == len(back)
        swap = {"added": "removed", "removed": "added", "changed": "changed"}

        def changes(row, sign):
            """Names and places are those of the side that is new."""
            deltas = [number(row[key]) for key in sorted(row)
                      if key.startswith("delta_")]
            return (row["status"] if sign > 0 else swap[row["status"]],
                    [None if d is None else sign * d + 0 for d in deltas])

        assert (sorted(repr(changes(r, 1)) for r in there)
                == sorted(repr(changes(r, -1)) for r in back))

    def test_totals_are_selves_and_children(self, kind, profviz, fixtures):
        old, new = (fixtures / name for name in KINDS[kind])
        data = json.loads(
            profviz("diff", old, new, "-f", "json", status=0).text,
            parse_float=decimal.Decimal)
        tree = data["tree"]
        for metric in [m["name"] for m in data["metrics"]]:
            sums = [node[f"delta_self_{metric}"] for node in tree]
            for i in range(len(tree) - 1, 0, -1):
                sums[tree[i]["parent"]] += sums[i]
            assert sums == [n[f"delta_total_{metric}"] for n in tree]
            if tree:
                entry = next(m for m in data["metrics"]
                             if m["name"] == metric)
                assert entry["delta"] == sums[0]
                assert entry["delta"] == entry["after"] - entry["before"]

    def test_rows_add_up_to_the_totals(self, kind, profviz, fixtures):
        old, new = (fixtures / name for name in KINDS[kind])
        data = json.loads(
            profviz("diff", old, new, "--all", "-f", "json", status=0).text,
            parse_float=decimal.Decimal)
        for m in data["metrics"]:
            for side in ("before", "after", "delta"):
                assert m[side] == sum(r[f"{side}_self_{m['name']}"]
                                      for r in data["rows"])


# ---- a naive model of stacks ----

def random_stacks(seed):
    pick = random.Random(seed)
    found = collections.Counter()
    for _ in range(pick.randrange(1, 40)):
        stack = ";".join(pick.choice("abcdé") for _ in
                         range(pick.randrange(1, 6)))
        found[stack] += pick.randrange(1, 50)
    return found


def folded(stacks):
    return "".join(f"{s} {n}\n" for s, n in stacks.items())


def summed(stacks):
    own, total = collections.Counter(), collections.Counter()
    for stack, count in stacks.items():
        frames = stack.split(";")
        own[frames[-1]] += count
        for frame in set(frames):
            total[frame] += count
    return own, total


@pytest.mark.parametrize("seed", range(25))
def test_rows_are_those_of_a_naive_model(seed, profviz, tmp_path):
    old, new = random_stacks(seed), random_stacks(seed + 1000)
    (tmp_path / "old").write_text(folded(old))
    (tmp_path / "new").write_text(folded(new))
    (tmp_path / "two").write_text("".join(
        f"{s} {old[s]} {new[s]}\n" for s in sorted(old | new)))
    text = profviz("diff", tmp_path / "old", tmp_path / "new", "--all", "-f",
                   "csv", status=0).text
    (own1, total1), (own2, total2) = summed(old), summed(new)
    want = {f: tuple(map(str, (own1[f], own2[f], own2[f] - own1[f],
                               total1[f], total2[f], total2[f] - total1[f])))
            for f in total1 | total2}
    columns = [f"{what}_{kind}_samples" for kind in ("self", "total")
               for what in ("before", "after", "delta")]
    assert {r["name"]: tuple(r[c] for c in columns)
            for r in rows(text)} == want
    # Two columns of one file say the same, and come out as they went in.
    assert profviz("diff", tmp_path / "two", "--all", "-f", "csv",
                   "--input-format", "folded", status=0).text == text
    two = profviz("diff", tmp_path / "old", tmp_path / "new", "-f", "folded",
                  status=0).text
    assert two == (tmp_path / "two").read_text()


# ---- single claims ----

def stacks(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text)
    return path


def test_a_parent_grows_through_its_child(profviz, tmp_path):
    old = stacks(tmp_path, "old", "main;parent;child 20\nmain 500\n")
    new = stacks(tmp_path, "new", "main;parent;child 60\nmain 500\n")
    found = {r["name"]: r for r in rows(
        profviz("diff", old, new, "-f", "csv", status=0).text)}
    assert found["parent"]["delta_self_samples"] == "0"
    assert found["parent"]["delta_total_samples"] == "40"
    data = json.loads(profviz("diff", old, new, "-f", "json",
                              status=0).text)
    assert [n["delta_total_samples"] for n in data["tree"]
            if n["name"] == "parent"] == [40]


def test_addresses_do_not_part_functions(profviz, tmp_path):
    old = stacks(tmp_path, "old", "main;run at 0x7f01ab 5\n")
    new = stacks(tmp_path, "new", "main;run at 0x55ee00 5\n")
    assert rows(profviz("diff", old, new, "-f", "csv", status=0).text) == []


def test_normalize_is_exact(profviz, tmp_path):
    old = stacks(tmp_path, "old", "m;a 1\nm;b 2\n")
    new = stacks(tmp_path, "new", "m;a 4\nm;b 3\n")
    found = {r["name"]: r["before_self_samples"] for r in rows(
        profviz("diff", "-n", old, new, "-f", "csv", status=0).text)}
    assert found == {"a": "2.333333", "b": "4.666667"}
    zero = stacks(tmp_path, "zero", "m;a 0\n")
    done = profviz("diff", "-n", zero, new, status=3)
    assert "total before is 0" in done.error


def test_moved_functions_are_the_same(profviz, tmp_path, fixtures):
    """Two runs of one program below two Pythons: only what the library has
    otherwise is new or gone."""
    old, new = (fixtures / n for n in KINDS["real pstats"])
    found = rows(profviz("diff", old, new, "--all", "-f", "csv",
                         status=0).text)
    kept = [r for r in found if r["status"] in ("same", "changed")]
    assert len(kept) > len(found) / 3


@pytest.mark.parametrize("only, sign", [("worse", 1), ("better", -1)])
def test_only(only, sign, profviz, fixtures):
    old, new = (fixtures / n for n in KINDS["real stacks"])
    found = rows(profviz("diff", old, new, "--only", only, "-f", "csv",
                         status=0).text)
    assert found
    assert all(sign * int(r["delta_self_samples"]) > 0 for r in found)


def test_min_change(profviz, tmp_path):
    old = stacks(tmp_path, "old", "m;a 1000\nm;b 4000\n")
    new = stacks(tmp_path, "new", "m;a 2000\nm;b 4000\n")
    assert "a explains" in profviz("diff", old, new, status=0).text
    assert profviz("diff", old, new, "--min-change", "1001",
                   status=0).text.startswith("No change")
    profviz("diff", old, new, "--min-change", "many", status=2)


def test_kinds_that_cannot_be_compared(profviz, fixtures):
    done = profviz("diff", fixtures / KINDS["pstats"][0],
                   fixtures / KINDS["stacks"][0], status=3)
    assert "cannot be compared" in done.error and not done.out
    profviz("diff", fixtures / KINDS["stacks"][0], status=2)
    profviz("diff", *[fixtures / KINDS["stacks"][0]] * 3, status=2)


# ---- noise ----

def poisson(pick, mean):
    """Counts of a Poisson process: gaps of an exponential clock."""
    count, clock = 0, pick.expovariate(1)
    while clock < mean:
        count += 1
        clock += pick.expovariate(1)
    return count


def noisy(pick, means):
    return folded({f"main;f{i}": poisson(pick, m)
                   for i, m in enumerate(means)})


def verdict(profviz, tmp_path, old, new):
    paths = stacks(tmp_path, "old", old), stacks(tmp_path, "new", new)
    return json.loads(profviz("diff", *paths, "-f", "json", status=0).text)


def test_noise_is_not_called_a_change(profviz, tmp_path):
    means = [3, 5, 8, 12, 20, 30, 50, 80, 120, 200, 300, 500] * 2
    clear = 0
    for seed in range(100):
        pick = random.Random(seed)
        data = verdict(profviz, tmp_path, noisy(pick, means),
                       noisy(pick, means))
        clear += data["verdict"] == "clear"
        assert (data["verdict"] == "clear"
                or data["sentence"].startswith("No change"))
    assert clear < 5


@pytest.mark.parametrize("count, factor", [(8000, 1.1), (2000, 1.2)])
def test_a_regression_is_found(count, factor, profviz, tmp_path):
    found = 0
    for seed in range(20):
        pick = random.Random(seed)
        means = [50, 200, 400, 90, 700]
        data = verdict(profviz, tmp_path, noisy(pick, [count, *means]),
                       noisy(pick, [count * factor, *means]))
        row = [r for r in data["rows"] if r["name"] == "f0"]
        found += row[0]["verdict"] == "clear" and bool(
            re.search(r"\bf0\b", data["sentence"]))
    assert found >= 19
