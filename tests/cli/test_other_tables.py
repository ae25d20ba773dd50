# SPDX-License-Identifier: MIT
"""Tables of several kinds in one log: one is read, the others are named."""
import itertools
import re

import pytest

from harness import FIXTURES

FILES = {
    "cprofile_text": "cprofile-text-py3.12.txt",
    "lprof_text": "lprof-1.0b.txt",
    "memory_text": "report-0.61-occurrences.txt",
    "tracemalloc_text": "tracemalloc-text.txt",
    "pympler": "summary.txt",
    "guppy": "heap.txt",
    "objgraph": "objgraph-growth-pdb.txt",
    "memit": "memit.txt",
}
SAID = re.compile(r"<stdin>: read as (.+); it also holds (.+): "
                  r"--input-format NAME reads those\n")


def text_of(kind):
    text = (FIXTURES / kind / "good" / FILES[kind]).read_text()
    return text if text.endswith("\n") else text + "\n"


def others(profviz, text, *options):
    """Kind -> line of those that the warning names."""
    error = profviz("top", "-", "-f", "csv", *options, stdin=text.encode(),
                    status=0).error
    said = SAID.findall(error)
    lists = [re.findall(r"\((\w+), from line (\d+)\)", one)
             for _, one in said]
    assert all(len(one) == 4 for one in lists[:-1])     # no line too many
    found = [other for one in lists for other in one]
    assert len(dict(found)) == len(found)
    return {kind: int(line) for kind, line in found}


@pytest.mark.parametrize("one, other", list(itertools.permutations(FILES, 2)))
def test_the_other_kind_is_named_and_can_be_read(one, other, profviz):
    first, second = text_of(one), text_of(other)
    log = f"a log\n{first}\nmore of it\n{second}\nall done\n"
    found = others(profviz, log)
    assert len(found) == 1
    kind, line = found.popitem()
    assert kind in (one, other)
    behind = first.count("\n") + 3
    assert line > behind if kind == other else line <= behind
    chosen = profviz("top", "-", "-f", "csv", "--input-format", kind,
                     stdin=log.encode(), status=0)
    assert "it also holds" not in chosen.error
    alone = profviz("top", "-", "-f", "csv", "--input-format", kind,
                    stdin=text_of(kind).encode(), status=0)
    if kind not in ("memit", "objgraph"):   # memit: rows are named by lines
        assert chosen.out == alone.out


@pytest.mark.parametrize("kind", FILES)
def test_nothing_is_named_that_is_not_there(kind, profviz):
    assert others(profviz, text_of(kind)) == {}
    assert others(profviz, text_of(kind) + "parse took 0.4 seconds\n") == {}
    assert others(profviz, text_of(kind) * 2) == {}


@pytest.mark.parametrize("ahead", [0, 10**5])
def test_a_few_lines_name_all(ahead, profviz):
    log = "".join(map(text_of, FILES))
    found = {kind: line - ahead for kind, line in others(
        profviz, "a log\n" * ahead + log).items()}
    assert {*found, "lprof_text"} == {*FILES}
    for kind, line in found.items():
        ahead = list(FILES)[:list(FILES).index(kind)]
        start = sum(text_of(k).count("\n") for k in ahead)
        assert start < line <= start + text_of(kind).count("\n")


def test_a_table_that_stray_times_hide_is_named(profviz):
    """What is in the first 64 KiB decides; what follows is not kept quiet."""
    log = ("parse took 0.4 seconds\n" + "x is y\n" * 20000
           + text_of("cprofile_text"))
    table = next(n for n, line in enumerate(log.split("\n"), 1)
                 if "ncalls" in line)
    assert others(profviz, log) == {"cprofile_text": table}


@pytest.mark.parametrize("kind", FILES)
def test_rows_left_out_are_those_of_a_partition(kind, profviz):
    """guppy's last line says so; it says nothing of other tables."""
    log = text_of(kind) + text_of("guppy") + (
        "<119 more rows. Type e.g. '_.more' to view.>\n")
    error = profviz("top", "-", "--input-format", kind, stdin=log.encode(),
                    status=0).error
    assert ("the table was cut" in error) == (kind == "guppy")


def test_strict_makes_it_an_error(profviz):
    log = text_of("cprofile_text") + text_of("pympler")
    assert profviz("top", "-", "--strict", stdin=log.encode()).status == 3
