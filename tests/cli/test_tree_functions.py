# SPDX-License-Identifier: MIT
"""`tree` shows functions; their lines part frames only with `--by line`."""
import re

import pytest

from harness import FIXTURES

STACKS = b"""\
main (app.py:10);load (app.py:20) 3
main (app.py:11);load (app.py:21) 4
main (app.py:11);load (app.py:21);parse (lib.py:5) 5
main (app.py:12);save (app.py:30) 8
"""


def tree(profviz, *args, stdin=b""):
    return profviz("tree", *args, "--min", "0%", stdin=stdin,
                   status=0).text.splitlines()


def test_lines_of_one_function_are_one_frame(profviz):
    assert tree(profviz, "-", stdin=STACKS) == [
        "20 samples  main  app.py",
        "├─ 12  60%  load  app.py",
        "│  └─ 5  25%  parse  lib.py:5",
        "└─ 8  40%  save  app.py:30"]


def test_by_line_shows_lines(profviz):
    assert tree(profviz, "-", "--by", "line", stdin=STACKS) == [
        "20 samples  all",
        "├─ 9  45%  app.py:11 › app.py:21",
        "│  └─ 5  25%  lib.py:5",
        "├─ 8  40%  app.py:12 › app.py:30",
        "└─ 3  15%  app.py:10 › app.py:20"]


def test_by_file_names_files_once(profviz):
    assert tree(profviz, "-", "--by", "file", stdin=STACKS) == [
        "20 samples  app.py", "└─ 5  25%  lib.py"]


@pytest.mark.parametrize("name", [
    "folded/good/pyspy-batch-py3.13.folded", "folded/good/pyspy-raw.folded",
    "folded/good/austin-wall.austin.gz", "folded/good/pyflame.folded"])
def test_no_function_stands_twice_below_one_frame(name, profviz):
    """Names and files of siblings differ; what they sum to stays."""
    lines = tree(profviz, FIXTURES / name)
    open_at = {}
    for line in lines:
        depth = len(re.match(r"[│├└─ ]*", line)[0])
        first = re.split(r" {2,}", line[depth:])
        for deeper in [d for d in open_at if d > depth]:
            del open_at[deeper]
        label = tuple(part.split(":")[0] for part in first[1:])
        if "more, " not in line and "›" not in line and "×" not in line:
            assert label[1:] not in open_at.setdefault(depth, []), line
            open_at[depth].append(label[1:])


def test_flame_as_text_is_the_same_tree(profviz):
    path = FIXTURES / "folded/good/pyspy-batch-py3.13.folded"
    assert profviz("flame", path, "-f", "txt", "-o", "-", status=0).text == (
        profviz("tree", path, status=0).text)
