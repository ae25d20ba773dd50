# SPDX-License-Identifier: MIT
"""diff: sides that were not measured alike, or whose change is below what is
talked of."""
import json
import marshal
import re

import pytest

LONGER = "one side was recorded for more than twice as long as the other"


def write(tmp_path, name, stacks, **notes):
    path = tmp_path / name
    path.write_text("".join(f"# {k}: {v}\n" for k, v in notes.items()) +
                    "".join(f"{s} {n}\n" for s, n in stacks.items()))
    return path


def sentence(profviz, old, new, *options):
    done = profviz("diff", old, new, "-f", "json", *options, status=0)
    return json.loads(done.out)["sentence"]


# ---- below --min-change ----

def tiny(tmp_path):
    """Times in microseconds: 0.9 ms and 1.46 ms."""
    return [write(tmp_path, name, stacks, austin="3.7.0", mode="wall",
                  interval=100)
            for name, stacks in (
                ("old", {"P1;T1;a.py:f:1": 600, "P1;T1;a.py:g:9": 300}),
                ("new", {"P1;T1;a.py:f:1": 1160, "P1;T1;a.py:g:9": 300}))]


def test_a_change_below_the_floor_is_told_as_what_it_is(profviz, tmp_path):
    old, new = tiny(tmp_path)
    assert sentence(profviz, old, new) == (
        "No change of 1.00 ms or more: total 560 \u00b5s slower (62.2%), no "
        "function moved by more than 1.00 ms.")
    assert "No change of" not in sentence(profviz, old, new, "--min-change",
                                          "10us")
    assert sentence(profviz, old, old) == (
        "No change: total within 0% and no function moved by more than "
        "1.00 ms.")
    for form in ("txt", "md", "html", "svg"):
        text = profviz("diff", old, new, "-f", form, status=0).text
        assert "total within" not in text, form


def test_a_clear_change_is_not_called_none(profviz, tmp_path):
    """g's 5,000 more samples are no chance, though 0.06 % of all."""
    for name, f, g in (("old", 9_000_000, 20_000), ("more", 9_000_000, 25_000),
                       ("moved", 8_995_000, 25_000)):
        (tmp_path / name).write_text(f"main;f {f}\nmain;g {g}\n")
    for name, total in (("more", "0.06%"), ("moved", "0%")):
        done = profviz("diff", tmp_path / "old", tmp_path / name, status=0)
        assert done.text.splitlines()[0] == (
            f"No change of 45,100 samples or more: total within {total}, no "
            "function moved by more than 45,100 samples.")
    assert sentence(profviz, tmp_path / "old", tmp_path / "old") == (
        "No change: total within 0% and no function moved by more than "
        "45,100 samples.")


# ---- how long each side was recorded ----

def runs(tmp_path, seconds):
    sides = []
    for name, micros, length in zip(("old", "new"), (5100, 5200), seconds):
        notes = {"duration": length} if length else {}
        sides.append(write(tmp_path, name, {"P1;T1;a.py:f:1": micros},
                           austin="3.7.0", mode="wall", **notes))
    return sides


@pytest.mark.parametrize("seconds, warned", [
    ((10, 20), False), ((10, 21), True), ((21, 10), True), ((10, None), False)])
def test_lengths_that_differ_are_told(seconds, warned, profviz, tmp_path):
    old, new = runs(tmp_path, seconds)
    for command in (["diff"], ["check", "--fail-on", "time > 9s"]):
        done = profviz(command[0], old, new, *command[1:], status=0)
        assert (LONGER in done.err.decode()) == warned, command
        profviz(command[0], old, new, *command[1:], "--strict",
                status=3 if warned else 0)
    for form in ("md", "html"):
        text = profviz("diff", old, new, "-f", form, status=0).text
        assert (LONGER in text) == warned, form
    done = profviz("diff", old, new, "--normalize", "--strict", status=0)
    assert not done.err


def test_all_that_differs_is_told(profviz, tmp_path):
    old = write(tmp_path, "old", {"P1;T1;a.py:f:1": 9000}, austin="3.7.0",
                mode="wall", interval=100, duration=9000)
    new = write(tmp_path, "new", {"P1;T1;a.py:f:1": 30000}, austin="3.7.0",
                mode="cpu", interval=200, duration=30000)
    done = profviz("diff", old, new, "-f", "html", status=0)
    for text in (done.err.decode(), done.text):
        assert "different modes" in text and "different rates" in text
        assert LONGER in text
    assert len(re.findall("^profviz: ", done.err.decode(), re.M)) == 3


# ---- names that say too little ----

def test_lines_of_functions_are_told_with_their_lines(profviz, fixtures):
    old, new = (fixtures / f"source/recordings/py3.{v}.lprof"
                for v in (11, 13))
    found = json.loads(profviz("diff", old, new, "-f", "json",
                               "--min-change", "1us", status=0).out)
    names = re.findall(r"[\w.<>]+:\d+(?= (?:explains|is|grew|shrank))",
                       found["sentence"])
    assert names, found["sentence"]
    rows = {f"{r['name']}:{r['line']}" for r in found["rows"]}
    assert set(names) <= rows


def test_functions_of_one_name_are_told_apart(profviz, tmp_path):
    for name, first, second in (("old", 0.5, 0.5), ("new", 2.5, 5.5)):
        (tmp_path / name).write_bytes(marshal.dumps({
            ("a.py", line, "f"): (1, 1, t, t, {})
            for line, t in ((5, first), (9, second))}))
    text = sentence(profviz, tmp_path / "old", tmp_path / "new")
    assert "f:9 explains" in text and "f:5 explains" in text
