# SPDX-License-Identifier: MIT
"""`top --format txt` on pstats lists what Stats.print_stats printed.

PROFILE.print-KEY.expected.txt is what `pstats.Stats(PROFILE)` of the Python
that wrote PROFILE printed, by `.sort_stats(KEY).print_stats()`; most with
`.strip_dirs()` before it.
"""
import pstats
import re

import pytest

from harness import FIXTURES

PRINTED = sorted(FIXTURES.glob("pstats/good/*.print-*.expected.txt"))
ROW = re.compile(r" *(\d+(?:/\d+)?) +([\d.]+)(?: +[\d.]+)? +([\d.]+)"
                 r"(?: +[\d.]+)? (.*)")
UNITS = {"s": 1, "ms": 1e-3, "µs": 1e-6, "ns": 1e-9}


def printed_rows(path):
    """[(calls, tottime, cumtime, what)] of a printed table."""
    lines = path.read_text().splitlines()
    start = next(i for i, line in enumerate(lines)
                 if line.startswith("   ncalls  tottime"))
    end = lines.index("", start)    # callers may follow
    found = [ROW.fullmatch(line) for line in lines[start + 1:end]]
    assert all(found)
    return [(*match.groups()[:3], match[4].lstrip()) for match in found]


def seconds(text):
    number, unit = text.split() if " " in text else (text, "s")
    return float(number.replace(",", "")) * UNITS[unit]


def std_string(name, place):
    """A row's function as pstats writes it."""
    if place == "built-in":
        return "{" + name[1:-1] + "}" if name[0] == "<" else name
    file, colon, line = place.rpartition(":")
    return f"{file}:{line}({name})" if colon else f"{place}:0({name})"


def without_address(what):
    return re.sub(r"<code object (\S+) at 0x.*>\)$", r"<code object \1>)", what)


def shown_rows(text):
    """[(calls, self, total, what)] of top's text, by the heading's columns."""
    lines = text.splitlines()
    at = next(i for i, line in enumerate(lines) if "defined at" in line)
    name, place = (lines[at].index(w) for w in ("function", "defined at"))
    found = []
    for line in lines[at + 1:]:
        if not line:
            break
        self, total = re.findall(r"([\d.,]+(?: [mµn]?s)?) +<?[\d.]+%",
                                 line[:name])
        found.append((line[:name].split()[-1], self, total, std_string(
            line[name:place].rstrip(), line[place:].strip())))
    return found


def key_of(path):
    return path.name.split(".print-")[1].split(".")[0]


def test_every_key_has_a_text():
    assert {key_of(p) for p in PRINTED} >= {
        "calls", "cumulative", "nfl", "stdname", "tottime"}


def stripped(profile, to):
    """A copy with base names alone, as the printed tables have them."""
    try:
        pstats.Stats(str(profile)).strip_dirs().dump_stats(str(to))
    except (ValueError, TypeError, SystemError, EOFError) as why:
        pytest.skip(f"this Python cannot read {profile.name}: {why}")
    return to


@pytest.mark.parametrize("path", PRINTED, ids=lambda p: p.name)
def test_text_lists_what_print_stats_lists(path, profviz, tmp_path):
    profile = path.with_name(path.name.split(".print-")[0] + ".prof")
    printed = printed_rows(path)
    if not any("/" in row[3] for row in printed):
        profile = stripped(profile, tmp_path / "stripped.prof")
    shown = shown_rows(profviz("top", profile, "--format", "txt", "--sort",
                               key_of(path), "--limit", "0", status=0).text)
    assert [row[3] for row in shown] == [without_address(row[3])
                                         for row in printed]
    assert [row[0] for row in shown] == [row[0] for row in printed]
    for mine, theirs in zip(shown, printed):
        for at in (1, 2):       # three digits here, milliseconds there
            value = float(theirs[at])
            assert abs(seconds(mine[at]) - value) <= 0.0005 + 0.005 * value
