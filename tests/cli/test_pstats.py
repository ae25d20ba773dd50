# SPDX-License-Identifier: MIT
"""pstats files of every Python: the numbers that pstats itself has.

The expectations beside the fixtures were printed by the Python that wrote
each file; nothing here is a copy of profviz's own output.
"""
import json
import re

import pytest

from harness import FIXTURES
from readings import Model, nanoseconds, rows, seconds_column

GOOD = FIXTURES / "pstats" / "good"
EXPECTED = sorted(GOOD.glob("*.expected.json"))
OVERFLOWN = 2**63


def name_of(path):
    return path.name.removesuffix(".expected.json")


def profile_of(path):
    plain = GOOD / (name_of(path) + ".prof")
    return plain if plain.exists() else GOOD / (name_of(path) + ".prof.gz")


def key_of(row):
    return row["file"], int(row["line"]), row["name"]


def expected_functions(path):
    data = json.loads(path.read_text())
    assert data["funcs"]
    return data, {(f["file"], f["line"], f["name"]): f for f in data["funcs"]}


@pytest.mark.parametrize("path", EXPECTED, ids=name_of)
def test_functions_have_pythons_numbers(path, profviz):
    _, want = expected_functions(path)
    done = profviz("top", profile_of(path), "-f", "csv", status=0)
    got = {key_of(r): r for r in rows(done.text)}
    assert set(got) == set(want)
    for key, row in got.items():
        f = want[key]
        assert (int(row["calls"]), int(row["primitive_calls"])) == (
            f["nc"], f["cc"]), key
        assert (seconds_column(row["self_time"]),
                seconds_column(row["total_time"])) == (
                    nanoseconds(f["tt"]), nanoseconds(f["ct"])), key


@pytest.mark.parametrize("path", EXPECTED, ids=name_of)
def test_totals_are_those_of_stats(path, profviz):
    data, want = expected_functions(path)
    done = profviz("info", profile_of(path), "-f", "json", status=0)
    metrics = {m["name"]: m["total"]
               for m in json.loads(done.text)["inputs"][0]["metrics"]}
    assert metrics["calls"] == data["total_calls"]
    assert metrics["primitive_calls"] == data["prim_calls"]
    assert abs(metrics["time"] - float(data["total_tt"])) <= (
        1e-9 * len(want))


def edge(values):
    """A caller's values as Python prints them: an int, or (nc, cc, tt, ct)."""
    if len(values) == 1:
        return int(values[0]), int(values[0]), 0, 0
    nc, cc = (int(v.rstrip("L")) for v in values[:2])
    if abs(nc) >= OVERFLOWN:
        nc = 0
    if abs(cc) >= OVERFLOWN:
        cc = 0
    return nc, cc, *(nanoseconds(v) for v in values[2:])


@pytest.mark.parametrize("path", EXPECTED, ids=name_of)
def test_callers_have_pythons_numbers(path, profviz):
    _, want = expected_functions(path)
    done = profviz("convert", profile_of(path), "-f", "json", status=0)
    got = Model(done.text).stats()
    for key, f in want.items():
        assert got[key][4] == {
            tuple(c[:3]): edge(c[3:]) for c in f["callers"]}, key


def printed_functions(text):
    """The functions of print_stats in its order, as pstats shows them."""
    begin = text.index("ncalls  tottime")
    names = []
    for line in text[begin:].splitlines()[1:]:
        if not line.strip():
            break
        names.append(line.split(None, 5)[-1] if line[14 + 9:].strip()
                     else line)
    return names


def display(row):
    """func_std_string: how pstats shows a function, directories stripped."""
    if row["file"] == "~" and row["line"] == "0":
        name = row["name"]
        if name.startswith("<") and name.endswith(">"):
            return "{" + name[1:-1] + "}"
        return name
    return f"{row['file'].rsplit('/', 1)[-1]}:{row['line']}({row['name']})"


@pytest.mark.parametrize("key", ["calls", "cumulative", "tottime"])
def test_order_is_that_of_print_stats(key, profviz):
    """Ties stand in the file's order in both, so lists are equal; pstats'
    strip_dirs joins no functions of this file."""
    text = (GOOD / f"cprofile-3.11.print-{key}.expected.txt").read_text()
    want = [re.sub("0x[0-9a-f]+", "0x", n) for n in printed_functions(text)]
    done = profviz("top", GOOD / "cprofile-3.11.prof", "-f", "csv", "--sort",
                   key, status=0)
    got = [re.sub("0x[0-9a-f]+", "0x", display(r)) for r in rows(done.text)]
    assert len(want) > 50
    assert got == want


def test_a_code_object_has_its_name(profviz):
    for version in ("2.7", "3.6", "3.11", "3.13"):
        done = profviz("top", GOOD / f"profile-{version}.prof", "-f", "csv",
                       status=0)
        found = [r for r in rows(done.text)
                 if r["name"].startswith("<code object")]
        assert [(r["name"], r["file"], r["line"]) for r in found] == [
            ("<code object <module>>", "profile", "0")], version


class TestSampled:
    """Python 3.15's sampling profiler: samples, never calls."""
    path = GOOD / "sampled-tachyon.prof"

    def test_has_samples_and_times(self, profviz):
        done = profviz("top", self.path, "-f", "csv", status=0)
        assert done.text.splitlines()[0] == (
            "name,file,line,self_samples,total_samples,self_time,total_time")
        got = {r["name"]: [r["self_samples"], r["total_samples"],
                           r["self_time"], r["total_time"]]
               for r in rows(done.text)}
        assert got == {
            "inner": ["70", "70", "0.070000000", "0.070000000"],
            "outer": ["10", "80", "0.010000000", "0.080000000"],
            "<module>": ["0", "80", "0.000000000", "0.080000000"],
            "<GC>": ["5", "5", "0.005000000", "0.005000000"]}

    @pytest.mark.parametrize("command", ["top", "info"])
    def test_never_says_calls_of_functions(self, profviz, command):
        text = profviz(command, self.path, status=0).text
        assert "samples" in text
        assert "ncalls" not in text and "primitive" not in text


def test_what_is_odd_is_said_and_refused_under_strict(profviz):
    path = GOOD / "trailing-garbage.prof"
    done = profviz("top", path, "-f", "csv", status=0)
    assert "@0x103: 7 bytes follow the profile" in done.error
    assert len(rows(done.text)) == 3
    strict = profviz("top", path, "--strict", status=3)
    assert strict.out == b"" and "7 bytes follow" in strict.error


def test_the_dict_of_every_marshal_version_is_one(profviz):
    texts = {profviz("top", GOOD / f"{name}", "-f", "csv", status=0).out
             for name in ["marshal-v0.prof", "marshal-v1.prof",
                          "marshal-v2.prof", "marshal-v3.prof",
                          "marshal-v4.prof", "marshal-v4.prof.gz"]}
    assert len(texts) == 1


@pytest.mark.parametrize("version", [5, 6])
def test_constants_of_new_marshal_are_passed_over(version, profviz):
    """Slices (5) and frozendicts (6) stand in the code object of a key."""
    path = GOOD / f"profile-marshal-v{version}.prof"
    assert (b":" in path.read_bytes()) and (
        version == 5 or b"}z" in path.read_bytes())
    found = Model(profviz("convert", path, "-f", "json", status=0).text
                  ).stats()
    program = ("profile", 0, "<code object <module>>")
    module, part = ("work.py", 1, "<module>"), ("work.py", 4, "part")
    nobody = ("profile", 0, "profiler")
    s = 10**9
    assert found == {
        program: (1, 1, s // 4, 2 * s, {nobody: (1, 1, 0, 0)}),
        module: (1, 1, s // 2, 7 * s // 4, {program: (1, 1, 0, 0)}),
        part: (3, 7, 5 * s // 4, 5 * s // 4,
               {module: (3, 3, 0, 0), part: (4, 4, 0, 0)}),
        nobody: (0, 0, 0, 0, {})}
