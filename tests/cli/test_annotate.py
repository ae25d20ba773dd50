# SPDX-License-Identifier: MIT
"""annotate: line_profiler's text, tracemalloc's statistics, exact rows, and
no file read that must not be."""
import ast
import csv
import io
import json
import os
import pathlib
import random
import tracemalloc

import pytest

from harness import FIXTURES

GOOD = FIXTURES / "folded" / "good"


def table(profviz, *args, **how):
    done = profviz("annotate", *args, "-f", "csv", "-o", "-", status=0, **how)
    return list(csv.DictReader(io.StringIO(done.text, newline="")))


# ---- line_profiler ----

def definitions(path):
    """(first line, name, last line) of every function of a source file."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            first = min([node.lineno,
                         *(d.lineno for d in node.decorator_list)])
            found.append((first, node.name, node.end_lineno))
    return found


OPTIONS = [([], {}), (["-z"], {"stripzeros": True}),
           (["-t", "-m"], {"sort": True, "summarize": True}),
           (["-u", "1e-3", "-z", "-m"], {"stripzeros": True, "summarize": True,
                                         "output_unit": 1e-3}),
           (["-u", "2.5e-9"], {"output_unit": 2.5e-9})]


@pytest.mark.parametrize("unit", [1e-9, 1e-6, 1e-7])
def test_text_is_that_of_line_profiler(unit, profviz, tmp_path, monkeypatch):
    """Random numbers on every function of some modules of Python itself."""
    module = pytest.importorskip("line_profiler.line_profiler")
    rng = random.Random(unit)
    timings = {}
    for name in ("textwrap", "dataclasses", "inspect", "tokenize", "heapq",
                 "functools", "contextlib", "json.decoder", "shlex"):
        path = pathlib.Path(__import__(name, fromlist=["x"]).__file__)
        for first, function, last in definitions(path):
            lines = sorted(rng.sample(range(first, last + 1),
                                      rng.randint(0, last - first + 1)))
            timings[str(path), first, function] = [
                (line, rng.choice([1, 7, 10**rng.randrange(12)]),
                 rng.choice([0, 1, 50, 150, rng.randrange(10**9),
                             10**rng.randrange(15)])) for line in lines]
    timings["gone.py", 3, "gone"] = [(5, 2, 30), (9, 1, 1)]
    timings["gone.py", 30, "never"] = []
    timings["/tmp/ipykernel_1/2.py", 1, "cell"] = [(1, 1, 1)]
    path = tmp_path / "random.lprof"
    module.LineStats(timings, unit).to_file(str(path))
    monkeypatch.chdir(tmp_path)
    for options, meaning in OPTIONS:
        wanted = io.StringIO()
        module.show_text(timings, unit, stream=wanted, config=False,
                         **{"output_unit": 1e-6, **meaning})
        got = profviz("annotate", path, *options, "--source-path", "/",
                      "--source-path", ".", cwd=tmp_path, status=0).text
        assert got.splitlines() == wanted.getvalue().splitlines(), options


def test_lprof_rows(profviz):
    for path in sorted(FIXTURES.glob("lprof/good/*.lprof")):
        rows = table(profviz, path)
        for row in rows:
            assert list(row) == ["file", "function", "function_line", "line",
                                 "hits", "time"]
        functions = profviz("top", path, "-f", "csv", status=0).text
        sums = {}
        for row in rows:
            key = row["function"], row["file"], row["function_line"]
            sums[key] = sums.get(key, 0) + int(row["hits"])
        for row in csv.DictReader(io.StringIO(functions)):
            key = row["name"], row["file"], row["line"]
            assert sums.get(key, 0) == int(row["hits"])


# ---- tracemalloc ----

def snapshots():
    found = []
    for path in sorted(FIXTURES.glob("tracemalloc/good/*.tracemalloc")):
        try:
            snapshot = tracemalloc.Snapshot.load(str(path))
            snapshot.statistics("lineno")
        except Exception:     # written by a Python with other tuples
            continue
        found.append((path, snapshot))
    return found


@pytest.mark.parametrize("cumulative", [False, True])
@pytest.mark.parametrize("path, snapshot", snapshots(),
                         ids=lambda v: getattr(v, "name", ""))
def test_blocks_are_those_of_statistics(path, snapshot, cumulative, profviz):
    if snapshot.traces and len(snapshot.traces._traces[0]) != 4:
        pytest.skip("traces of another Python")
    options = ["--cumulative"] if cumulative else []
    wanted = [(s.traceback[0].filename, s.traceback[0].lineno, s.size,
               s.count)
              for s in snapshot.statistics("lineno", cumulative)]
    rows = table(profviz, path, *options)
    got = [(r["file"].removeprefix("'") if r["file"][:2] in ("'=", "'-")
            else r["file"], int(r["line"]), int(r["size"]), int(r["blocks"]))
           for r in rows]
    assert got == wanted


# ---- stacks ----

def test_stacks_by_line(profviz):
    rows = table(profviz, GOOD / "pyspy-raw.folded")
    got = [tuple(r.values()) for r in rows]
    assert got == [("app.py", "5", "17", "17"), ("app.py", "31", "0", "42"),
                   ("app.py", "33", "0", "17"), ("app.py", "35", "0", "3"),
                   ("app.py", "40", "0", "62"),
                   ("lib/parser.py", "12", "42", "42")]


def test_json_holds_the_rows_of_csv(profviz):
    for path in (GOOD / "pyspy-batch-py3.13.folded", GOOD / "basic.folded"):
        done = profviz("annotate", path, "-f", "json", "-o", "-", status=0)
        data = json.loads(done.text)
        assert [{k: str(v) for k, v in r.items()}
                for r in data["rows"]] == table(profviz, path)


def test_inputs_of_several_kinds_have_a_column_for_them(profviz):
    folded = GOOD / "pyspy-raw.folded"
    calls = next(FIXTURES.glob("pstats/good/cprofile-3.1*.prof"))
    rows = table(profviz, folded, calls)
    assert list(rows[0])[0] == "input"
    assert {r["input"] for r in rows} == {str(folded), str(calls)}
    assert "input" not in table(profviz, folded, folded)[0]


# ---- sources are not to be leaked ----

@pytest.fixture
def shop(tmp_path):
    """A project, a profile of it, and a secret beside it."""
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "ok.py").write_text("import secret_of_shop\n")
    (tmp_path / "secret").write_text("TOP SECRET\n")
    return tmp_path


def shown(profviz, shop, name, *options, cwd=None):
    profile = shop / "p.folded"
    profile.write_text(f"f ({name}:1) 3\n")
    return profviz("annotate", profile, *options, cwd=cwd or shop / "shop",
                   status=0).text


def test_a_file_below_is_shown(profviz, shop):
    assert "secret_of_shop" in shown(profviz, shop, "ok.py")
    assert "secret_of_shop" in shown(profviz, shop, shop / "shop" / "ok.py")
    assert "secret_of_shop" in shown(profviz, shop, "ok.py", "--source-path",
                                     shop / "shop", cwd="/")
    assert "secret_of_shop" in shown(
        profviz, shop, "/ci/build/ok.py", "--path-map",
        f"/ci/build={shop / 'shop'}")
    assert "secret_of_shop" not in shown(profviz, shop, "ok.py",
                                         "--embed-source", "none")


@pytest.mark.parametrize("name", ["../secret", "shop/../../secret",
                                  "{shop}/secret", "/etc/passwd", "link",
                                  "dir/secret"])
def test_what_is_outside_is_not_shown(name, profviz, shop):
    (shop / "shop" / "link").symlink_to(shop / "secret")
    (shop / "shop" / "dir").symlink_to(shop)
    text = shown(profviz, shop, name.format(shop=shop))
    assert "SECRET" not in text and "root:" not in text
    assert "without source" in text


def test_a_map_opens_no_door(profviz, shop):
    text = shown(profviz, shop, "/ci/secret", "--path-map", f"/ci={shop}")
    assert "SECRET" not in text


def test_devices_and_pipes_are_not_read(profviz, shop):
    os.mkfifo(shop / "shop" / "pipe.py")
    assert "not a regular file" in shown(profviz, shop, "pipe.py")
    (shop / "shop" / "sub.py").mkdir()
    assert "not a regular file" in shown(profviz, shop, "sub.py")
    assert "not a regular file" in shown(profviz, shop, "/dev/zero",
                                         "--source-path", "/dev")


@pytest.mark.parametrize("name, why", [
    ("/dev/zero", "not a regular file"), ("/dev/null", "not a regular file"),
    ("/proc/self/environ", "not a regular file"),
    ("/sys/kernel/notes", "not a regular file")])
def test_not_even_with_everything_allowed(name, why, profviz, shop):
    text = shown(profviz, shop, name, "--source-path", "/")
    assert why in text or not os.path.exists(name)


def test_the_root_directory_must_be_asked_for(profviz, shop):
    secret = str(shop / "secret")
    assert "SECRET" not in shown(profviz, shop, secret, cwd="/")
    assert "SECRET" in shown(profviz, shop, secret, "--source-path", "/")


def test_binary_files_are_not_shown(profviz, shop):
    (shop / "shop" / "core.py").write_bytes(b"KEYS\0KEYS\n")
    text = shown(profviz, shop, "core.py")
    assert "KEYS" not in text and "is not text" in text


@pytest.mark.parametrize("encoding, line", [
    ("latin-1", "caf\u00e9"), ("ISO_8859_1", "caf\u00e9"),
    ("cp1252", "\u20ac 5"), ("iso-8859-15", "\u20ac 5"),
    ("koi8_r", "\u0434\u0430"), ("cp1251", "\u0434\u0430"),
    ("windows-1252", "\u20ac 5"), ("latin9", "\u20ac 5"),
    ("KOI8-U", "\u0457"), ("cp437", "\u2502"), ("utf-8", "caf\u00e9"), ("utf_8_sig", "caf\u00e9"),
    ("mac-roman", "\u00e9"), ("ascii", "abc")])
def test_sources_are_decoded_as_python_does(encoding, line, profviz, shop):
    path = shop / "shop" / "old.py"
    for head in (f"# -*- coding: {encoding} -*-\n",
                 f"#!/usr/bin/python\n# vim: set fileencoding={encoding} :\n",
                 f"\n#coding={encoding}\r\n"):
        text = head + f'x = "{line}"\n'
        path.write_bytes(text.encode(encoding))
        n = len(text.splitlines())
        profile = shop / "old.folded"
        profile.write_text(f"f (old.py:{n}) 3\n")
        done = profviz("annotate", profile, "--unicode", cwd=shop / "shop",
                       status=0)
        assert f'x = "{line}"' in done.text


def test_a_declaration_behind_code_is_none(profviz, shop):
    (shop / "shop" / "late.py").write_bytes(
        "caf\u00e9 = 1\n# coding: latin-1\n".encode())
    assert "caf\u00e9" in shown(profviz, shop, "late.py", "--unicode")


def test_huge_files_are_not_read(profviz, shop):
    with open(shop / "shop" / "huge.py", "wb") as file:
        file.truncate(64 << 20)
    assert "larger than 16 MiB" in shown(profviz, shop, "huge.py")


def test_controls_in_sources_stay_harmless(profviz, shop):
    (shop / "shop" / "ok.py").write_bytes(b"x = '\x1b[31m\xe2\x80\xae\xff'\n")
    text = shown(profviz, shop, "ok.py")
    assert "\x1b" not in text and "\u202e" not in text


def test_no_lines_is_said(profviz, tmp_path):
    done = profviz("annotate", GOOD / "basic.folded", "-f", "csv", status=0)
    assert done.text.count("\n") == 2       # <module> (app.py:10) alone
    dat = next(FIXTURES.glob("mprof/good/*.dat"))
    done = profviz("annotate", dat)
    assert done.status == 3 and not done.out


def test_bad_units_are_refused(profviz):
    path = next(FIXTURES.glob("lprof/good/*.lprof"))
    for unit in ("0", "-1", "x", "nan", "inf"):
        assert profviz("annotate", path, "-u", unit).status == 2


def test_lines_far_apart_cost_nothing(profviz, tmp_path):
    """How far lines are apart is a claim: no row for each between."""
    module = pytest.importorskip("line_profiler.line_profiler")
    path = tmp_path / "far.lprof"
    module.LineStats({("gone.py", 1, "f"): [(1, 1, 5), (4 * 10**9, 2, 7)],
                      ("gone.py", 2**32 - 2, "g"): [(3, 1, 5), (2**32 - 1, 1, 1)]},
                     1e-9).to_file(str(path))
    text = profviz("annotate", path, status=0, timeout=20).text
    assert "4000000000         2" in text and len(text) < 4000


@pytest.mark.parametrize("path,name", [
    ("pympler/good/in-a-log.txt", "Pympler summaries"),
    ("guppy/good/heap.txt", "guppy partitions")])
def test_what_has_no_lines_is_called_by_its_name(path, name, profviz,
                                                 fixtures):
    done = profviz("annotate", fixtures / path, status=3)
    assert f"{path}: {name} hold no source lines; try `profviz top`" \
        in done.error
