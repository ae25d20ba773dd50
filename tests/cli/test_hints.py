# SPDX-License-Identifier: MIT
"""Inputs that hold less than what was asked for: said once, on stderr."""
import pytest

from harness import FIXTURES

CALLS = FIXTURES / "pstats/good/cprofile-3.11.prof"
LINES = FIXTURES / "lprof/good/real-4.0.2-py3.11.lprof"
BARE = FIXTURES / "mprof/good/nopython.dat"
FUNCTIONS = FIXTURES / "mprof/good/python-func.dat"


def test_annotate_says_that_totals_are_no_lines(profviz):
    done = profviz("annotate", CALLS, status=0)
    assert done.error.count("\n") == 1
    assert "functions' totals only" in done.error
    assert "`kernprof -l` records lines" in done.error
    assert "kernprof" not in done.text


@pytest.mark.parametrize("args", [("annotate", CALLS, "-f", "csv"),
                                  ("annotate", CALLS, "-q"),
                                  ("annotate", LINES)])
def test_annotate_is_quiet_otherwise(args, profviz):
    assert "kernprof" not in profviz(*args, status=0).error


@pytest.mark.parametrize("medium", ["csv", "json"])
def test_timeline_says_why_there_are_no_functions(medium, profviz):
    done = profviz("timeline", BARE, "--functions", "-f", medium, "-o", "-",
                   status=0)
    assert done.error.count("\n") == 1
    for words in ("nopython.dat", "no FUNC lines", "@profile",
                  "prints tables instead"):
        assert words in done.error
    if medium == "csv":
        assert done.text == ("name,start,end,start_memory,end_memory,level\n")


@pytest.mark.parametrize("args", [(FUNCTIONS, "--functions"), (BARE,),
                                  (BARE, "--functions", "-q")])
def test_timeline_is_quiet_otherwise(args, profviz):
    assert profviz("timeline", *args, "-o", "-", "-f", "csv",
                   status=0).error == ""


@pytest.mark.parametrize("name", [
    "timings/good/timers.txt", "pympler/good/summary.txt",
    "cprofile_text/good/cprofile-text-py3.12.txt"])
@pytest.mark.parametrize("command", ["flame", "tree", "timeline"])
def test_lists_are_for_top(command, name, profviz):
    done = profviz(command, FIXTURES / name, status=3)
    assert "try `profviz top`" in done.error


def test_builtins_are_in_no_file(profviz):
    text = profviz("annotate", CALLS, status=0).text
    at = text.splitlines().index(next(
        line for line in text.splitlines() if line.endswith("  built-in")))
    assert text.splitlines()[at + 1].split()[:2] == ["line", "calls"]


def test_times_have_no_origin(profviz):
    assert "origin" not in profviz(
        "top", FIXTURES / "timings/good/timers.txt", status=0).text


@pytest.mark.parametrize("text, words", [
    (b'{"profviz": 1, "rows": []}\n', "what profviz wrote as JSON"),
    (b'{"$schema": "https://www.speedscope.app/file-format-schema.json"}\n',
     "a speedscope file"),
    (b'{"traceEvents": [], "displayTimeUnit": "ms"}\n', "a Chrome trace"),
    (b'{\n  "benchmarks": []\n}\n', "JSON, of which no kind is read")])
def test_json_is_named(text, words, profviz):
    done = profviz("top", "-", stdin=text, status=3)
    assert done.error.startswith("profviz: ") and words in done.error
    assert done.error.count("\n") == 1


HTML = b"<!DOCTYPE html>\n<html><title>%s</title></html>\n"
PERF = b"python 10 198792.736893: 1001001 cpu-clock:\n\t 643 f (/bin/x)\n\n"


@pytest.mark.parametrize("data, words", [
    (b"\x93NUMPY\x01\0v\0{'descr': '<f8'}", "numpy.load"),
    (b"PK\3\4\x14" + b"\0" * 25 + b"arr_0.npy\x93NUMPY", "numpy.load"),
    (b"PK\3\4\x14" + b"\0" * 25 + b"a.prof{", "unpack it first"),
    (b"SQLite format 3\0" + b"\0" * 900 + b"CREATE TABLE coverage_schema",
     "`coverage report`"),
    (b"SQLite format 3\0" + b"\0" * 900, "an SQLite database"),
    (b"PERFILE2" + b"\0" * 90, "stackcollapse-perf.pl"),
    (b"\4\x22M\x18memray\0\0\0", "memray flamegraph"),
    (b"a.prof" + b"\0" * 251 + b"ustar\x0000", "a tar archive"),
    (b"\xf3\x0d\r\n" + b"\0" * 20, "compiled Python"),
    (b"HCAT\1\0\0\0\x03\x0f", "profiling.sampling replay"),
    (b'{"start_time": 1, "sample_count": 2, "root_frame": {}}',
     "`pyinstrument -r pstats"),
    (b'{"start_time": 1, "sample_count": 2, "start_call_stack": []}',
     "`pyinstrument --load FILE"),
    (b'{\n "alloc_samples": 0,\n "args": ["w.py"]\n}', "`scalene view`"),
    (b'{"files": {"a.py": {"executed_lines": [1]}}}', "coverage.py"),
    (b'{"nodes":[{"callFrame":{"functionName":"x"}}]}', "speedscope.app"),
    (b'{"type":"meta","sample_interval_usec":1000}\n', "--collapsed"),
    (b'{"nbformat": 4, "cells": []}', "a Jupyter notebook"),
    (b'{"machine_info": {}, "benchmarks": []}', "`pytest-benchmark compare`"),
    (b'{"benchmarks":[{"metadata":{}}]}', "`pyperf show`"),
    (b'[\n {"ph": "B", "name": "a", "ts": 0}\n]', "a Chrome trace"),
    (HTML % b"pyinstrument", "`pyinstrument -r pstats"),
    (HTML % b"memray", "`memray flamegraph`"),
    (HTML % b"x", "a page of another program"),
    (b"<?xml version='1.0'?>\n<testsuites>\n<a> &lt;f 3\na;b 4\n",
     "a JUnit report"),
    (b"import time: self [us] | cumulative | imported package\n"
     b"import time:       328 |        328 |   _io\n", "-m cProfile"),
    (b"# callgrind format\nevents: Ir\n\nfn=main\n16 400\n", "kcachegrind"),
    (PERF, "stackcollapse-perf.pl")])
@pytest.mark.parametrize("command", ["top", "flame", "annotate", "info"])
def test_strangers_are_named_with_what_takes_them(command, data, words,
                                                  profviz, tmp_path):
    for name in ("x.bin", "x.prof", "x.txt"):
        path = tmp_path / name
        path.write_bytes(data)
        done = profviz(command, path, status=3)
        assert words in done.error and done.error.count("\n") == 1
        assert "not a profile: " in done.error


@pytest.mark.parametrize("module", [b"pandas", b"numpy._core.multiarray"])
def test_pickles_of_tables_name_their_reader(module, profviz):
    body = (b"\x8c" + bytes([len(module)]) + module +
            b"\x94\x8c\x01T\x94\x93\x94)\x81\x94.")
    done = profviz("top", "-", stdin=b"\x80\x04\x95" +
                   len(body).to_bytes(8, "little") + body, status=3)
    assert ("pandas.read_pickle" if module == b"pandas" else
            "an array of NumPy") in done.error


def test_a_program_names_both_recorders(profviz, tmp_path):
    path = tmp_path / "work.py"
    path.write_text("import os\n\n\nprint(os.getcwd())\n")
    for command in ("flame", "annotate", "top"):
        done = profviz(command, path, status=3)
        assert "python -m cProfile -o FILE" in done.error
        assert "kernprof -l" in done.error


def test_braces_alone_are_no_json(profviz):
    assert profviz("top", "-", stdin=b"{main};f 3\n", status=0).error == ""


def test_a_pandas_pickle_names_its_reader(profviz, tmp_path):
    path = tmp_path / "frame.pkl"
    body = (b"\x8c\x11pandas.core.frame\x94\x8c\tDataFrame\x94\x93\x94"
            b")\x81\x94}\x94b.")
    path.write_bytes(b"\x80\x04\x95" + len(body).to_bytes(8, "little") + body)
    for args in ((), ("--input-format", "lprof")):
        done = profviz("info", path, *args, status=3)
        assert "pandas.core.frame.DataFrame" in done.error
        assert "pandas.read_pickle" in done.error


@pytest.mark.parametrize("path, said", [
    (CALLS, "lprof"), (LINES, "pstats"), (LINES, "mprof"),
    (CALLS, "folded")])
def test_a_wrong_input_format_is_named(path, said, profviz):
    kind = path.parts[-3]
    done = profviz("info", path, "--input-format", said, status=3)
    assert f"looks like {kind}, but --input-format says {said}" in done.error
    assert profviz("info", path, "--input-format", kind,
                   status=0).error == ""
