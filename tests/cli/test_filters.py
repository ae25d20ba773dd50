# SPDX-License-Identifier: MIT
"""Filters, groups and merges against a plain model of them."""
import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import filtermodel as model

# Names and files that meet each other in expressions, recursion and groups.
FRAMES = st.tuples(st.sampled_from(["main", "run", "Load", "walk", "é"]),
                   st.sampled_from(["shop/main.py", "shop/tax.py",
                                    "zoo/__init__.py", "solo.py"]),
                   st.integers(1, 3))
STACKS = st.lists(FRAMES, max_size=9).map(tuple)
PROFILES = st.dictionaries(STACKS, st.integers(1, 10 ** 6), min_size=1,
                           max_size=12)
EXPRESSIONS = st.sampled_from(
    ["main", "^run$", "Load", "load", "shop/", "tax|zoo", "e", "^$", "W",
     r"\.py$", "[mr]", "é", "nothing"])
OPTIONS = st.fixed_dictionaries({}, optional={
    "focus": EXPRESSIONS, "ignore": EXPRESSIONS, "hide": EXPRESSIONS,
    "show": EXPRESSIONS, "depth": st.integers(1, 6),
    "fold-recursion": st.just(True),
    "base": st.sampled_from(["main", "run", "walk"])})
GROUPS = ["function", "file", "line", "module", "package"]

# One line may be anything: say what it is.
FOLDED = ["--input-format", "folded"]

many = settings(max_examples=60, deadline=None,
                suppress_health_check=[HealthCheck.function_scoped_fixture])


def arguments(options):
    return model.chain(*([f"--{k}"] if v is True else [f"--{k}={v}"]
                         for k, v in options.items()))


def has_base(profile, options):
    wanted = options.get("base")
    return wanted is None or any(f[0] == wanted for s in profile for f in s)


def table(profviz, profile, *options):
    done = profviz("top", "-", *FOLDED, "-f", "csv", *options,
                   stdin=model.folded(profile).encode(), status=0)
    return list(csv.DictReader(io.StringIO(done.text, newline="")))


@many
@given(profile=PROFILES, options=OPTIONS)
def test_filtered_stacks_are_the_model_s(profviz, profile, options):
    done = profviz("convert", "-", *FOLDED, "--format", "folded", "-o", "-",
                   *arguments(options),
                   stdin=model.folded(profile).encode())
    if not has_base(profile, options):
        assert done.status == 2 and b"--base" in done.err
        return
    assert done.status == 0, done.error
    assert model.parse(done.text) == model.respelled(
        model.apply(profile, options))


@many
@given(profile=PROFILES, options=OPTIONS, by=st.sampled_from(GROUPS))
def test_rows_are_the_model_s(profviz, profile, options, by):
    if not has_base(profile, options):
        return
    # Runs of a group are one frame, but sums are those of the stacks.
    want = model.totals(model.apply(profile, options), by)
    if by == "function":
        return check_functions(profviz, profile, options)
    if "depth" in options or "fold-recursion" in options:
        return  # these count groups then, not frames
    got = {r["name"]: (int(r["self_samples"]), int(r["total_samples"]))
           for r in table(profviz, profile, "--by", by, *arguments(options))}
    assert {g: v for g, v in got.items() if g != "[empty stack]"} == want


def check_functions(profviz, profile, options):
    """Functions are names and files; the model knows names."""
    filtered = model.apply(profile, options)
    want = {}
    for (name, file) in {f[:2] for s in filtered for f in s}:
        def here(f):
            return f[:2] == (name, file)
        want[name, file] = (
            sum(n for s, n in filtered.items() if s and here(s[-1])),
            sum(n for s, n in filtered.items() if any(map(here, s))))
    got = {(r["name"], r["file"]):
           (int(r["self_samples"]), int(r["total_samples"]))
           for r in table(profviz, profile, *arguments(options))
           if r["file"]}
    assert got == want


@many
@given(parts=st.lists(PROFILES, min_size=1, max_size=4), data=st.data())
def test_merged_parts_are_the_whole(profviz, tmp_path_factory, parts, data):
    whole = model.added(p for part in parts for p in part.items())
    folder = tmp_path_factory.mktemp("parts")
    paths = []
    for i, part in enumerate(data.draw(st.permutations(parts))):
        paths.append(folder / f"{i}.folded")
        paths[-1].write_text(model.folded(part))
    for kind in ["folded", "csv"]:
        many_in = profviz("convert", *paths, *FOLDED, "--format", kind, "-o", "-",
                          status=0)
        one_in = profviz("convert", "-", *FOLDED, "--format", kind, "-o", "-",
                         stdin=model.folded(whole).encode(), status=0)
        assert many_in.out == one_in.out


@many
@given(profile=PROFILES, pattern=EXPRESSIONS)
def test_collapsed_runs_keep_every_sample(profviz, profile, pattern):
    done = profviz("convert", "-", *FOLDED, "--format", "folded", "-o", "-",
                   f"--collapse={pattern}",
                   stdin=model.folded(profile).encode(), status=0)
    got = model.parse(done.text)
    assert sum(got.values()) == sum(profile.values())
    for stack in got:
        marks = [f.startswith("[") for f in stack]
        assert not any(a and b for a, b in zip(marks, marks[1:]))
    # What does not match is as it was: hide shows the same in both.
    rest = {s: n for s, n in model.respelled(
        model.hide(profile, pattern)).items() if s}
    kept = model.added(
        (tuple(f for f in s if not f.startswith("[")
               and not model.matches(pattern, unspelled(f))), n)
        for s, n in got.items())
    assert {s: n for s, n in kept.items() if s} == rest


def unspelled(text):
    name, place = text[:-1].split(" (")
    return name, place.rsplit(":", 1)[0]


@pytest.mark.parametrize("by", GROUPS)
def test_a_group_counts_once_in_a_stack(profviz, by):
    stack = (("f", "a/b.py", 1), ("g", "a/b.py", 2), ("f", "a/b.py", 1))
    for row in table(profviz, {stack: 7}, "--by", by):
        assert int(row["total_samples"]) == 7


def test_the_unfiltered_total_stays_the_whole(profviz):
    done = profviz("top", "-", "--focus", "run", stdin=b"main;run 1\nmain 3\n",
                   status=0)
    assert "25" in done.text  # per cent
