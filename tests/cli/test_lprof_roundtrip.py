# SPDX-License-Identifier: MIT
"""Our line_profiler text, read again as a printed report, is the same."""
import json
import pathlib

import pytest

from harness import FIXTURES
from readings import Model

FILES = sorted((FIXTURES / "lprof/good").glob("*.lprof"))


def timings(profviz, path, *args):
    return Model(profviz("convert", path, "-f", "json", *args,
                         status=0).text).timings()


def write_sources(found, folder):
    """A file for each that is named relative: a def where a function begins,
    and a body as long as its lines."""
    for file in {key[0] for key in found}:
        path = pathlib.PurePosixPath(file)
        if path.is_absolute() or ":" in file or "<" in file or not file:
            continue
        starts = [key[1] for key in found if key[0] == file]
        last = max([line for key, lines in found.items() if key[0] == file
                    for line in lines] + starts)
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("".join(
            "def f():\n" if i in starts else "    pass\n"
            for i in range(1, last + 2)))


def close(mine, printed, unit):
    """A time that was printed with one decimal, or three digits when wide."""
    return abs(mine - printed) <= max(0.0501 * unit * 1e9, 0.0051 * mine) + 0.5


@pytest.mark.parametrize("unit", ["1e-6", "1e-9", "1e-7"])
@pytest.mark.parametrize("sources", [True, False], ids=["here", "gone"])
@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_text_reads_back(path, sources, unit, profviz, tmp_path):
    wanted = timings(profviz, path)
    if sources:
        write_sources(wanted, tmp_path)
    text = tmp_path / "report.txt"
    text.write_bytes(b"a log\n" + profviz(
        "annotate", path, "-f", "txt", "-u", unit, cwd=tmp_path,
        status=0).out)
    if not wanted:
        assert profviz("info", text).status == 3
        return
    found = timings(profviz, text, "--input-format", "lprof_text")
    named = {(file, line): lines for (file, line, _), lines in found.items()}
    assert len(named) == len(found) == len(wanted)
    for (file, line, name), lines in wanted.items():
        if file.startswith(("<ipython", "/tmp/ipykernel")):
            lines = {n: v for n, v in lines.items() if n in named[file, line]}
        again = {number: v for number, v in named[file, line].items()
                 if v[0] is not None}
        assert {n: v[0] for n, v in again.items()} == {
            n: v[0] for n, v in lines.items()}, name
        for number, (_, time) in lines.items():
            assert close(time, again[number][1], float(unit)), (name, number)
        if (tmp_path / file).is_file():
            assert (file, line, name) in found


def test_a_table_without_labels_is_not_its_neighbours(profviz, tmp_path):
    """Where the source was gone line_profiler prints no File and Function."""
    head = ("Line #      Hits         Time  Per Hit   % Time  Line Contents\n"
            + "=" * 62 + "\n")
    log = ("Timer unit: 1e-06 s\n\nTotal time: 1e-05 s\nFile: here.py\n"
           "Function: f at line 3\n\n" + head +
           "     4         2         10.0      5.0    100.0      x\n\n"
           "Total time: 3e-05 s\n\nCould not find file gone.py\n"
           "Are you sure you are running this program from the same "
           "directory\nthat you ran the profiler from?\n"
           "Continuing without the function's contents.\n\n" + head +
           "     7                                                  \n"
           "     8         1         30.0     30.0    100.0  \n\n")
    model = json.loads(profviz("convert", "-", "-f", "json",
                               stdin=log.encode(), status=0).text)
    assert [(f["file"], f["line"], f["name"])
            for f in model["functions"][1:]] == [("here.py", 3, "f"),
                                                 ("gone.py", 7, "")]
    assert [line["function"] for line in model["lines"] if
            line["values"][0]] == [2, 1]      # by file and line
