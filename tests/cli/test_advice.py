# SPDX-License-Identifier: MIT
"""Errors say what to do where there is something to do."""
import pytest

from harness import FIXTURES

BASIC = FIXTURES / "folded/good/basic.folded"
MPROF = FIXTURES / "mprof/good/python-func.dat"
CASES = [
    (["flame", BASIC, "--window", "0,1", "-f", "svg"], 2,
     "profviz flame --flamechart"),
    (["flame", BASIC, "--view", "sandwich=nowhere", "-f", "svg"], 2,
     "`profviz top --limit 0` lists them"),
    (["timeline", MPROF, "--window", "5000,6000", "-f", "svg"], 2,
     "; the last is at "),
    (["diff", BASIC, "--old", BASIC, "--new", BASIC], 2, "put it behind one"),
    (["report", BASIC, "--template", "page.html", "-o", "{tmp}/r/"], 2,
     "there are diff.html, files.html"),
    (["report", BASIC, "--max-bytes", "9000", "-o", "{tmp}/r.html"], 2,
     "allow "),
    (["report", BASIC, "--redact", "names", "--redact-key", "/dev/null",
      "-o", "{tmp}/r/"], 2, "put a secret in it"),
    (["info", FIXTURES / "mprof/bad/command-only.dat"], 3, "mprof run -T 0.01"),
]


@pytest.mark.parametrize("args, status, advice", CASES,
                         ids=[c[2].strip("`; ") for c in CASES])
def test_advice(args, status, advice, profviz, tmp_path):
    done = profviz(*[str(a).replace("{tmp}", str(tmp_path)) for a in args],
                   status=status)
    assert advice in done.error.splitlines()[-1]


@pytest.mark.parametrize("limit", ["depth=3", "memory=1000"])
@pytest.mark.parametrize("name", [
    "folded/good/pyspy-publish.folded.gz",
    "tracemalloc/good/real-walk-py3.12.tracemalloc.gz",
    "pstats/good/real-walk-py3.13.prof.gz", "picture", "report"])
def test_limits_say_how_to_raise_them(limit, name, profviz, tmp_path):
    path = FIXTURES / name
    if name in ("picture", "report"):
        path = tmp_path / {"picture": "x.svg", "report": "x.html"}[name]
        profviz("flame" if name == "picture" else "report",
                FIXTURES / "folded/good/pyspy-publish.folded.gz", "-o", path,
                status=0)
    done = profviz("info", path, "--limits", limit, status=None)
    if "pstats" in name and "depth" in limit:  # has no stacks
        assert done.status == 0
        return
    assert done.status == 3
    word = limit.split("=")[0]
    last = done.error.splitlines()[-1]
    assert f"raise it by --limits {word}=N" in last or \
        f"raise --limits {word}=N" in last
