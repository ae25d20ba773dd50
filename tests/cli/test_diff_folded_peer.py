# SPDX-License-Identifier: MIT
"""`diff -f folded` beside difffolded.pl's heirs: the same lines, in our order.

inferno-diff-folded (crates.io) is asked where it is on PATH; what both must
say, every stack with its sums of both files, is counted here as well.
"""
import collections
import random
import shutil
import subprocess

import pytest

PEER = shutil.which("inferno-diff-folded")


def stacks(path, seed):
    chance = random.Random(seed)
    count = collections.Counter()
    lines = []
    for _ in range(600):
        stack = ";".join(f"f{chance.randrange(9)}"
                         for _ in range(chance.randrange(1, 7)))
        n = chance.randrange(1, 500)
        count[stack] += n
        lines.append(f"{stack} {n}\n")
    path.write_text("".join(lines))
    return count


@pytest.fixture(params=[1, 2, 3])
def pair(request, tmp_path):
    paths = tmp_path / "a.folded", tmp_path / "b.folded"
    sums = [stacks(p, f"{request.param}{p.name}") for p in paths]
    return paths, sums


def ours(profviz, paths):
    return profviz("diff", *paths, "-f", "folded", "--all",
                   status=0).text.splitlines()


def test_every_stack_with_both_sums(pair, profviz):
    paths, (a, b) = pair
    assert sorted(ours(profviz, paths)) == sorted(
        f"{s} {a[s]} {b[s]}" for s in a.keys() | b.keys())


@pytest.mark.skipif(not PEER, reason="inferno-diff-folded is not installed")
def test_the_lines_of_inferno(pair, profviz):
    paths, _ = pair
    done = subprocess.run([PEER, *paths], capture_output=True, check=True)
    assert sorted(done.stdout.decode().splitlines()) == sorted(
        ours(profviz, paths))
