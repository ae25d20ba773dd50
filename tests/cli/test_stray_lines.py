# SPDX-License-Identifier: MIT
"""A line of a program's output on top of a profile: named, and no harm done.

FILE.expected.json was written by hand beside each FILE; it says what is read.
"""
import json
import re

import pytest

from harness import FIXTURES

CASES = sorted(FIXTURES.glob("*/good/stray-line.*.expected.json"))


def input_of(case):
    return case.with_name(case.name.removesuffix(".expected.json"))


@pytest.mark.parametrize("case", CASES, ids=lambda p: p.name)
def test_what_is_expected_is_read(case, profviz):
    want, path = json.loads(case.read_text()), input_of(case)
    stacks = profviz("convert", path, "-f", "folded", status=0).text
    found = {stack: int(count) for stack, _, count in (
        line.rpartition(" ") for line in stacks.splitlines())}
    if "stacks" in want:
        assert found == want["stacks"]
    assert sum(found.values()) == want.get("total",
                                           sum(want.get("stacks", {}).values()))


@pytest.mark.parametrize("case", CASES, ids=lambda p: p.name)
def test_the_line_is_named_once(case, profviz):
    """The expectation begins "line N ..."; --strict refuses such a file."""
    want, path = json.loads(case.read_text()), input_of(case)
    line = re.match(r"line (\d+)", want["warns"])[1]
    done = profviz("top", path, status=0)
    assert done.error.count("\n") == 1
    assert f"{path.name}:{line}: " in done.error
    assert f"{path.name}:{line}: " in profviz("top", "--strict", path,
                                              status=3).error


def test_both_kinds_are_here():
    assert {json.loads(c.read_text())["kind"] for c in CASES} == {
        "folded", "svg"}


def test_a_count_beyond_63_bits_is_refused_where_it_stands(profviz):
    path = FIXTURES / "folded/bad/huge-count.folded"
    count = int(path.read_text().split()[1])
    assert count > 2**63 - 1
    for command in ("top", "flame", "info", "convert"):
        args = () if command != "convert" else ("-f", "folded")
        done = profviz(command, path, *args, "-o", "-", status=3)
        assert f"{path.name}:1:5: '{count}' is above 2^63-1" in done.error
