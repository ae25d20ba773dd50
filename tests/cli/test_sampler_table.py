# SPDX-License-Identifier: MIT
"""The table that Python 3.15's sampling profiler prints, read as samples."""
import random

import pytest

from harness import FIXTURES
from readings import rows, seconds_column

REAL = FIXTURES / "cprofile_text/good/sampler-3.15.txt"
UNITS = {"s": 10**9, "ms": 10**6, "\u03bcs": 10**3}
PLACES = [("app.py", 3, "f"), ("app.py", 30, "f"), ("~", 0, "<GC>"),
          ("<frozen runpy>", 88, "_run_code"), ("a b.py", 7, "C.m"),
          ("d\u00e9j\u00e0.py", 1, "<module>"), ("x.py", 5, "a(b)")]
COLUMNS = ["name", "file", "line", "self_samples", "total_samples",
           "self_time", "total_time"]


def painted(colours, number, text):
    return f"\x1b[{number}m{text}\x1b[0m" if colours else text


def heading(own, total, colours):
    cells = [f"{'nsamples':>15}", f"{'sample%':>8}",
             f"{f'tottime ({own})':>12}", f"{'cumul%':>8}",
             f"{f'cumtime ({total})':>12}", "filename:lineno(function)"]
    return "  ".join(painted(colours, "1;34", cell) for cell in cells)


def table(stats, own="s", total="s", colours=False):
    """As the collector prints {(file, line, name): (direct, cumulative)},
    a sample a millisecond."""
    whole = sum(direct for direct, _ in stats.values())
    lines = [painted(colours, "1;34", "Profile Stats:"),
             heading(own, total, colours)]
    for (file, line, name), (direct, cumulative) in stats.items():
        own_time = direct * 10**6 / UNITS[own]
        total_time = cumulative * 10**6 / UNITS[total]
        where = (f"{painted(colours, 32, file)}:{painted(colours, 33, line)}"
                 f"({painted(colours, 36, name)})")
        lines.append(f"{f'{direct}/{cumulative}':>15}  "
                     f"{direct / whole * 100:8.1f}  {own_time:12.3f}  "
                     f"{cumulative / whole * 100:8.1f}  {total_time:12.3f}  "
                     f"{where}")
    return "\n".join([*lines, "", "Legend:", "  nsamples: Direct/Cumulative "
                      "samples (direct executing / on call stack)", ""])


def top(profviz, text):
    done = profviz("top", "-", "-f", "csv", stdin=text.encode(), status=0)
    assert done.text.splitlines()[0].split(",") == COLUMNS
    return {(r["file"], int(r["line"] or 0), r["name"]):
            (int(r["self_samples"]), int(r["total_samples"]),
             seconds_column(r["self_time"]), seconds_column(r["total_time"]))
            for r in rows(done.text)}, done.error


def test_the_table_of_a_real_collector(profviz):
    found, error = top(profviz, REAL.read_text())
    assert error == ""
    assert len(found) == 14
    assert found["app.py", 5, "alloc"] == (160, 190, 160 * 10**6, 190 * 10**6)
    assert found["~", 0, "<GC>"] == (30, 30, 30 * 10**6, 30 * 10**6)
    assert found["<frozen runpy>", 198, "_run_module_code"] == (
        0, 300, 0, 300 * 10**6)
    assert sum(row[0] for row in found.values()) == 400


def test_nothing_of_it_is_called_a_call(profviz):
    for command in ["top", "info"]:
        assert "calls" not in profviz(command, REAL, status=0).text
    assert "samples" in profviz("info", REAL, status=0).text


@pytest.mark.parametrize("before", ["", "web_1 | ",
                                    "2026-11-20T10:00:00.1234567Z "])
@pytest.mark.parametrize("seed", range(20))
def test_random_tables_read_back(seed, before, profviz):
    rng = random.Random(f"{seed} {before}")
    stats = {}
    for place in rng.sample(PLACES, rng.randrange(1, len(PLACES))):
        direct = rng.choice([0, 1, 30, 45678, 10**9])
        stats[place] = (direct, direct + rng.choice([0, 0, 7, 10**9]))
    stats[("last.py", 1, "g")] = (1, 1)
    own, total = rng.choice(list(UNITS)), rng.choice(list(UNITS))
    text = table(stats, own, total, rng.random() < 0.5)
    log = "\n".join(before + line for line in
                    ["a log", *text.split("\n"), "took a while"]) + "\n"
    found, error = top(profviz, log)
    assert error == ""
    assert found == {place: (*n, n[0] * 10**6, n[1] * 10**6)
                     for place, n in stats.items()}


def test_a_list_of_the_most_says_how_much_it_holds(profviz):
    stats = {(f"f{i}.py", i + 1, "f"): (100 - i, 100) for i in range(40)}
    text = table(stats)
    lines = text.split("\n")
    few = "\n".join([*lines[:17], *lines[42:]])
    _, error = top(profviz, few)
    held = sum(float(line.split()[1]) for line in lines[2:17])
    assert f"the rows hold {held:.1f} % of the samples" in error
    assert top(profviz, text)[1] == ""


def test_a_cut_in_a_row_is_said(profviz):
    text = table({("a.py", 1, "f"): (10, 20), ("b.py", 2, "g"): (3, 3)})
    second = text.index("\n", text.index("a.py")) + 1
    end = text.index("\n", second)
    for cut in range(second + 1, end + 1):
        _, error = top(profviz, text[:cut])
        assert "<stdin>:4: the text ends in this row" in error


def test_it_is_not_added_to_calls(profviz, fixtures):
    calls = (fixtures / "cprofile_text/good/cprofile-text-py315.txt"
             ).read_text()
    sampled = (fixtures / "cprofile_text/good/sampled-3.15.txt").read_text()
    said = profviz("top", "-", stdin=(REAL.read_text() + calls).encode(),
                   status=0).error
    assert "1 table of calls passed over" in said
    said = profviz("top", "-", stdin=(REAL.read_text() + sampled).encode(),
                   status=0).error
    assert "2 tables, added up" in said


def test_a_stamp_before_the_table_of_sampled_stats(profviz, fixtures):
    text = (fixtures / "cprofile_text/good/sampled-3.15.txt").read_text()
    behind = "".join(f"web_1 | {line}\n" for line in text.splitlines())
    assert top(profviz, behind) == top(profviz, text)
