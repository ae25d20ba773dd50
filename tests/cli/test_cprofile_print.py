# SPDX-License-Identifier: MIT
"""What Python's pstats prints, found in a noisy log and read back."""
import contextlib
import io
import marshal
import pstats
import random
import re

import pytest

from harness import FIXTURES
from readings import rows, seconds_column

KEYS = ["calls", "cumulative", "filename", "line", "name", "nfl", "pcalls",
        "stdname", "time"]
NAMES = ["f", "<module>", "<lambda>", "<listcomp>", "run it", "h;x",
         "d\u00e9j\u00e0", "__init__", "a(b)", "C.m", "<genexpr>"]
BUILTINS = ["<built-in method builtins.len>", "<method 'x' of 'y' objects>",
            "<built-in method time.sleep>"]
FILES = ["shop.py", "/srv/app/shop.py", "/srv/other/shop.py",
         "<frozen importlib._bootstrap>", "C:\\x\\y.py", "with blank/a b.py",
         "<string>"]
NOISE = ["INFO starting 3 workers", "a;b;c 12", "", "   12  0.5 what",
         "Traceback (most recent call last):", "\x1b[32mok\x1b[0m",
         "         30 tests in 0.2 seconds", "100%|####| 5/5 [00:01<00:00]"]


def random_stats(rng):
    keys = [("~", 0, name) for name in BUILTINS] + [
        (rng.choice(FILES), rng.randrange(1, 3000), rng.choice(NAMES))
        for _ in range(rng.randrange(1, 60))]
    found = {}
    for key in rng.sample(keys, rng.randrange(1, len(keys) + 1)):
        primitive = rng.choice([0, 1, 7, 12345, 10**10])
        calls = primitive + rng.choice([0, 0, 0, 1, 99, 10**9])
        found[key] = (primitive, calls, rng.random() * 10**rng.randrange(-5, 5),
                      rng.random() * 10**rng.randrange(-5, 6), {})
    return found


def printed(rng, stats, path):
    """A table as print_stats makes it, and the rows that it lists."""
    path.write_bytes(marshal.dumps(stats))
    out = io.StringIO()
    table = pstats.Stats(str(path), stream=out)
    if rng.random() < 0.5:
        table.strip_dirs()
    if rng.random() < 0.8:
        table.sort_stats(rng.choice(KEYS))
    restrictions = rng.choice([(), (), (5,), (0.5,), ("shop",), ("shop", 3)])
    with contextlib.redirect_stdout(out):
        _, listed = table.get_print_list(restrictions)
        out.truncate(0)
        out.seek(0)
        table.print_stats(*restrictions)
    return out.getvalue(), {key: table.stats[key] for key in listed}


def in_a_log(rng, table):
    """Other lines around it; stamps or colours as a CI log has them."""
    noise = [rng.choice(NOISE) for _ in range(rng.randrange(30))]
    lines = noise + table.split("\n") + rng.sample(noise, len(noise) // 2)
    stamp = rng.choice(["", "2026-11-20T10:00:00.1234567Z "])
    return "".join(f"{stamp}{line}\n" for line in lines).encode()


def milliseconds(value):
    """A time as print_stats rounds it, in nanoseconds."""
    return round(float(f"{value:8.3f}") * 1000) * 10**6


def without_guard(cell):
    """CSV puts a ' before what a spreadsheet would run."""
    return re.sub(r"^'(?=[=+\-@\t\r])", "", cell)


@pytest.mark.parametrize("seed", range(150))
def test_tables_read_back(seed, profviz, tmp_path):
    rng = random.Random(seed)
    table, listed = printed(rng, random_stats(rng), tmp_path / "x.prof")
    log = in_a_log(rng, table)
    if not listed:
        assert profviz("top", "-", stdin=log).status == 3
        return
    found = {}
    for row in rows(profviz("top", "-", "-f", "csv", stdin=log,
                            status=0).text):
        key = (without_guard(row["file"]), int(row["line"]),
               without_guard(row["name"]))
        assert key not in found
        found[key] = (int(row["primitive_calls"]), int(row["calls"]),
                      seconds_column(row["self_time"]),
                      seconds_column(row["total_time"]))
    assert found == {key: (cc, nc, milliseconds(tt), milliseconds(ct))
                     for key, (cc, nc, tt, ct, _) in listed.items()}


@pytest.mark.parametrize("seed", range(20))
def test_two_tables_of_one_log_add_up(seed, profviz, tmp_path):
    rng = random.Random(1000 + seed)
    one, first = printed(rng, random_stats(rng), tmp_path / "a.prof")
    two, second = printed(rng, random_stats(rng), tmp_path / "b.prof")
    if not first or not second:
        pytest.skip("a restriction left an empty table")
    found = rows(profviz("top", "-", "-f", "csv", stdin=in_a_log(
        rng, one + two), status=0).text)
    assert sum(int(r["calls"]) for r in found) == sum(
        stat[1] for part in (first, second) for stat in part.values())
    assert len(found) == len(first.keys() | second.keys())


SAMPLED = (FIXTURES / "cprofile_text/good/sampled-3.15.txt").read_text()
TRACED = (FIXTURES / "cprofile_text/good/cprofile-text-py315.txt").read_text()


def test_a_sampled_table_counts_samples(profviz, tmp_path):
    path = tmp_path / "x.log"
    path.write_text("12:01 job started\n\n" + SAMPLED + "done\n")
    done = profviz("top", path, "-f", "csv", status=0)
    assert done.error == ""
    found = {row["name"]: row for row in rows(done.text)}
    assert "calls" not in found["run"]
    assert [found["run"][k] for k in ("self_samples", "total_samples")] == [
        "5", "12"]
    assert [found["fib"][k] for k in ("self_samples", "total_samples")] == [
        "7", "7"]
    assert seconds_column(found["run"]["self_time"]) == 500_000_000
    assert seconds_column(found["run"]["total_time"]) == 1_200_000_000


@pytest.mark.parametrize("first, second, passed_over, count", [
    (SAMPLED, TRACED, "1 table of calls", 2),
    (TRACED, SAMPLED, "1 table of samples", 6)])
def test_samples_are_not_added_to_calls(first, second, passed_over, count,
                                        profviz, tmp_path):
    path = tmp_path / "x.log"
    path.write_text(first + second)
    done = profviz("top", path, "-f", "csv", status=0)
    assert passed_over + " passed over" in done.error
    assert len(rows(done.text)) == count
