# SPDX-License-Identifier: MIT
"""Several runs a side: options, directories, what is noise and what is not."""
import csv
import io
import json
import random
import statistics

import pytest

import runs

BASIC = "folded/good/basic.folded"


def compare(profviz, old, new, *options):
    done = profviz("diff", "--old", *old, "--new", *new, "-f", "json",
                   *options, status=0)
    return json.loads(done.text)


def sides(tmp_path, rng, n, factors=None, **how):
    stacks = runs.shape(rng)
    return stacks, *(
        [runs.write(tmp_path / f"{side}-{i}.folded",
                    runs.run(rng, stacks, factors if side == "new" else None,
                             **how)) for i in range(n)]
        for side in ("old", "new"))


# ---- noise ----

@pytest.mark.slow
@pytest.mark.parametrize("n, jitter, machine", [(5, 0.01, 0.005),
                                                (3, 0.03, 0.02),
                                                (8, 0.02, 0.02)])
def test_noise_is_not_called_a_change(n, jitter, machine, profviz, tmp_path):
    """Fewer than 5 of 100 comparisons of nothing claim anything."""
    claims = 0
    for seed in range(100):
        rng = random.Random(seed)
        _, old, new = sides(tmp_path, rng, n, jitter=jitter, machine=machine)
        data = compare(profviz, old, new)
        claims += (data["verdict"] == "clear" or
                   any(r["verdict"] == "clear" for r in data["rows"]))
    assert claims < 5


@pytest.mark.slow
@pytest.mark.parametrize("n, jitter", [(5, 0.01), (10, 0.02)])
def test_a_tenth_more_is_found(n, jitter, profviz, tmp_path):
    """10 % in one of sixty functions, in at least 95 of 100."""
    found = 0
    for seed in range(100):
        rng = random.Random(1000 + seed)
        stacks = runs.shape(rng)
        name = sorted(stacks, key=stacks.get)[-6].rsplit(";", 1)[-1]
        _, old, new = sides(tmp_path, random.Random(1000 + seed), n,
                            {name: 1.1}, jitter=jitter, machine=0.005)
        rows = {r["name"]: r for r in compare(profviz, old, new)["rows"]}
        found += rows[name]["verdict"] == "clear"
    assert found >= 95


# ---- values ----

def test_medians_of_runs(profviz, tmp_path):
    rng = random.Random(7)
    _, old, new = sides(tmp_path, rng, 5)
    rows = {r["name"]: r for r in compare(profviz, old, new)["rows"]}
    for name in ("work3", "work40"):
        for side, files in (("before", old), ("after", new)):
            each = [int(line.rsplit(" ", 1)[1]) for f in files
                    for line in f.read_text().splitlines()
                    if line.rsplit(" ", 1)[0].endswith(";" + name)]
            assert len(each) == 5
            assert (rows[name][f"{side}_self_samples"] ==
                    statistics.median(each))
            assert rows[name][f"least_{side}_self_samples"] == min(each)
            assert rows[name][f"most_{side}_self_samples"] == max(each)


def test_csv_has_the_verdict_and_the_spans(profviz, tmp_path):
    _, old, new = sides(tmp_path, random.Random(7), 3)
    text = profviz("diff", "--old", *old, "--new", *new, "-f", "csv",
                   status=0).text
    rows = list(csv.DictReader(io.StringIO(text)))
    data = compare(profviz, old, new)
    assert [list(r) for r in data["rows"]] == [list(r) for r in rows]
    for row, like in zip(rows, data["rows"]):
        assert row["verdict"] == like["verdict"]
        assert (float(row["least_before_total_samples"]) <=
                float(row["before_total_samples"]) <=
                float(row["most_before_total_samples"]))
    (metric,) = data["metrics"]
    assert metric["least_after"] <= metric["after"] <= metric["most_after"]
    assert metric["verdict"] in ("clear", "noise")


def test_order_of_runs_does_not_matter(profviz, tmp_path):
    _, old, new = sides(tmp_path, random.Random(3), 4)
    assert (compare(profviz, old, new) ==
            compare(profviz, old[::-1], new[2:] + new[:2]))


def test_the_same_runs_are_no_change(profviz, tmp_path):
    _, old, _ = sides(tmp_path, random.Random(3), 4)
    data = compare(profviz, old, old)
    assert data["verdict"] == "same" and data["rows"] == []
    done = profviz("diff", "--old", *old, "--new", *old, status=0)
    assert done.text.startswith("No change")


def test_backwards_is_negative(profviz, tmp_path):
    _, old, new = sides(tmp_path, random.Random(4), 3)
    there = {r["name"]: r for r in compare(profviz, old, new)["rows"]}
    back = {r["name"]: r for r in compare(profviz, new, old)["rows"]}
    assert there.keys() == back.keys()
    for name, row in there.items():
        assert (row["delta_total_samples"] ==
                -back[name]["delta_total_samples"])
        assert row["verdict"] == back[name]["verdict"]


PAIRS = {
    "pstats": ["pstats/good/cprofile-3.12.prof",
               "pstats/good/cprofile-3.13.prof"],
    "lprof": ["lprof/good/merge-a-1e-6.lprof",
              "lprof/good/merge-b-1e-7.lprof"],
    "tracemalloc": ["tracemalloc/good/real-walk-py3.7.tracemalloc.gz",
                    "tracemalloc/good/real-walk-py3.12.tracemalloc.gz"],
}


@pytest.mark.parametrize("kind", PAIRS)
def test_kinds(kind, profviz, fixtures):
    """Two equal runs a side: values as of one run, and what differs never
    varies, so it is clear."""
    one, other = [fixtures / p for p in PAIRS[kind]]
    pair = json.loads(profviz("diff", one, other, "-f", "json",
                              status=0).text)
    data = compare(profviz, [one, one], [other, other])
    key = ("name", "file", "line")
    want = {tuple(r[k] for k in key): r for r in pair["rows"]}
    assert want and pair["verdict"] == "untested"
    assert data["verdict"] == "clear"
    assert len(data["rows"]) == len(pair["rows"])
    for row in data["rows"]:
        like = want[tuple(row[k] for k in key)]
        for column, value in like.items():
            if column != "verdict":
                assert row[column] == value, column
        main = [c for c in like if c.startswith("delta_")]
        assert row["verdict"] in ("clear", "same"), main
    assert [m["delta"] for m in data["metrics"]] == [
        m["delta"] for m in pair["metrics"]]


# ---- the command line ----

def test_a_directory_is_its_files(profviz, tmp_path):
    past = tmp_path / "past"
    past.mkdir()
    (past / "old").mkdir()
    (past / ".hidden").write_text("no profile")
    rng = random.Random(5)
    stacks = runs.shape(rng)
    for i in range(4):
        runs.write(past / f"{i}.folded", runs.run(rng, stacks))
    new = runs.write(tmp_path / "new.folded", runs.run(rng, stacks))
    files = sorted(past.glob("*.folded"))
    want = compare(profviz, files, [new])
    assert compare(profviz, [past], [new]) == want
    done = profviz("diff", past, new, "-f", "json", status=0)
    assert json.loads(done.text) == want
    assert want["verdict"] in ("noise", "clear")


def test_words_are_the_other_side(profviz, fixtures):
    basic = fixtures / BASIC
    for args in ([basic, "--new", basic, basic], ["--old", basic, basic, "-q",
                                                  basic]):
        done = profviz("diff", *args, status=0)
        assert done.text.startswith("No change")


@pytest.mark.parametrize("args, text", [
    (["--old"], "--old wants a value (FILES...)"),
    (["--old", "--new", "x"], "--old wants a value (FILES...)"),
    (["--old", "x"], "--old needs the other side: --new FILES"),
    (["--new", "x", "y"], "--new needs the other side: --old FILES"),
    (["--old", "x", "--new", "y", "-q", "z"],
     "'z' belongs to neither --old nor --new; put it behind one"),
    (["x", "y", "z"], "two inputs are compared, OLD and NEW, not 3; for "
     "several runs of a side: `profviz diff --old A B --new C D`"),
    (["--old", "-", "--new", "-"], "standard input (-) can be read only once"),
])
def test_wrong_sides(args, text, profviz):
    done = profviz("diff", *args, status=2)
    assert done.error == f"profviz: {text}\n" and not done.out


def test_an_empty_directory(profviz, fixtures, tmp_path):
    (tmp_path / "none").mkdir()
    done = profviz("diff", tmp_path / "none", fixtures / BASIC, status=3)
    assert "no files in this directory" in done.error
    done = profviz("diff", fixtures / BASIC, "--new", tmp_path / "lost",
                   status=4)


def test_kinds_must_fit_across_runs(profviz, fixtures):
    done = profviz("diff", "--old", fixtures / BASIC,
                   fixtures / "pstats/good/cprofile-3.13.prof", "--new",
                   fixtures / BASIC, status=3)
    assert "cannot be compared" in done.error and not done.out
