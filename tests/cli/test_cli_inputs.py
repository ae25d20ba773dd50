# SPDX-License-Identifier: MIT
"""What is read: files, stdin, several inputs, the wrong kind."""
import json
import subprocess

import pytest

from harness import environment
from descriptors import run_on_terminal

STACKS = b"main;load 3\nmain;run 5\n"


@pytest.fixture
def prof(tmp_path):
    path = tmp_path / "a.folded"
    path.write_bytes(STACKS)
    return path


def csv(profviz, *words, **kw):
    return profviz("top", *words, "-f", "csv", status=0, **kw).out


def test_stdin_by_dash_or_by_no_input(profviz, prof):
    wanted = csv(profviz, prof)
    assert csv(profviz, "-", stdin=STACKS) == wanted
    assert csv(profviz, stdin=STACKS) == wanted


def test_no_input_on_a_terminal_is_wrong_usage(binary):
    status, _, out, err = run_on_terminal([binary, "top"], environment(),
                                          on=("in",))
    assert (status, out) == (2, b"") and b"no input" in err


def test_closed_stdin_is_4(binary):
    done = subprocess.run(["sh", "-c", 'exec "$0" top - <&-', binary],
                          check=False, env=environment(),
                          capture_output=True)
    assert done.returncode == 4 and done.stdout == b""


def test_empty_stdin_is_3(profviz):
    done = profviz("top", stdin=b"", status=3)
    assert "empty" in done.error and done.out == b""


def test_several_inputs_are_merged(profviz, prof, tmp_path):
    other = tmp_path / "b.folded"
    other.write_bytes(b"main;run 7\n")
    merged = csv(profviz, prof, other)
    assert merged == csv(profviz, "-", stdin=STACKS + b"main;run 7\n")
    assert merged == csv(profviz, other, prof)
    assert merged == csv(profviz, other, "-", stdin=STACKS)


def test_the_same_input_twice_counts_twice(profviz, prof):
    assert csv(profviz, prof, prof) == csv(profviz, stdin=STACKS + STACKS)


def test_info_keeps_inputs_apart(profviz, prof, tmp_path):
    other = tmp_path / "b.folded"
    other.write_bytes(b"main;run 7\n")
    inputs = json.loads(profviz("info", prof, other, "-f", "json",
                                status=0).out)["inputs"]
    assert [i["path"] for i in inputs] == [str(prof), str(other)]
    assert [i["metrics"][0]["total"] for i in inputs] == [8, 7]


def test_one_unusable_input_stops_all(profviz, prof, tmp_path):
    (tmp_path / "bad").write_bytes(bytes(range(256)))
    out = tmp_path / "out.csv"
    done = profviz("top", prof, tmp_path / "bad", "-o", out, status=3)
    assert str(tmp_path / "bad") in done.error and not out.exists()
    done = profviz("top", prof, tmp_path / "gone", "-o", out, status=4)
    assert str(tmp_path / "gone") in done.error and not out.exists()


def test_kinds_that_cannot_be_merged_are_3(profviz, tmp_path):
    (tmp_path / "a.folded").write_bytes(STACKS)
    (tmp_path / "m.dat").write_bytes(
        b"CMDLINE x\nMEM 1.5 1600000000.0\nMEM 2.5 1600000001.0\n")
    done = profviz("convert", tmp_path / "a.folded", tmp_path / "m.dat",
                   "-f", "folded", "-o", tmp_path / "out", status=3)
    assert done.out == b"" and not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", ["flame", "tree"])
def test_a_profile_without_stacks_names_the_command_for_it(profviz, tmp_path,
                                                           command):
    path = tmp_path / "mprofile_1.dat"
    path.write_bytes(b"CMDLINE x\nMEM 1.5 1600000000.0\n"
                     b"MEM 2.5 1600000001.0\n")
    done = profviz(command, path, "-o", tmp_path / "out", status=3)
    assert done.error.startswith(
        f"profviz: {path}: mprof files hold no call stacks; try `profviz ")
    assert not (tmp_path / "out").exists()


def test_input_format_overrides(profviz, tmp_path):
    path = tmp_path / "m.dat"
    path.write_bytes(b"CMDLINE x\nMEM 10 1600000000\nMEM 11 1600000001\n")
    assert "mprof" in profviz("info", path, status=0).text
    assert "folded" in profviz("info", path, "--input-format", "folded",
                               status=0).text


def test_an_unknown_metric_lists_those_there_are(profviz, prof):
    done = profviz("top", prof, "--metric", "time", status=2)
    assert "'time'" in done.error and "samples" in done.error


def test_warnings_go_to_stderr_and_q_quiets_them(profviz, tmp_path):
    path = tmp_path / "a.folded"
    path.write_bytes(STACKS + b"no count\n")
    done = profviz("top", path, "-f", "csv", status=0)
    assert done.error.startswith(f"profviz: warning: {path}: ")
    assert " 3 " in done.error
    assert done.error.count("\n") == 1
    quiet = profviz("top", path, "-f", "csv", "-q", status=0)
    assert quiet.err == b"" and quiet.out == done.out
    profviz("top", path, "--strict", status=3)
    shown = profviz("info", path, "-f", "json", "-q", status=0)
    warnings = json.loads(shown.out)["inputs"][0]["warnings"]
    assert len(warnings) == 1 and shown.err == b""


def test_a_name_with_controls_is_shown_safely(profviz, tmp_path):
    path = tmp_path / "a\x1b[31m\n.folded"
    path.write_bytes(b"\x00")
    done = profviz("top", path, status=3)
    assert b"\x1b" not in done.err and done.err.count(b"\n") == 1


def test_a_memory_limit_is_named(profviz, tmp_path):
    path = tmp_path / "wide.folded"
    path.write_bytes(b"".join(b"a;f%d 1\n" % i for i in range(20000)))
    done = profviz("top", path, "--limits", "memory=64k", status=3)
    assert "memory" in done.error


def test_no_progress_where_stderr_is_no_terminal(profviz, prof):
    assert profviz("top", prof, status=0).err == b""


def test_progress_shows_on_a_slow_input_and_goes(binary):
    """A pipe that keeps still for a second, with stderr on a terminal."""
    command = ["sh", "-c",
               '(echo "a;b 1"; sleep 1.2) | "$0" top -f csv', binary]
    status, seen, out, _ = run_on_terminal(command, environment(),
                                           on=("err",))
    assert status == 0 and out.startswith(b"name,")
    assert b"reading" in seen
    assert seen.endswith(b"\r\x1b[K")
    quiet = ["sh", "-c",
             '(echo "a;b 1"; sleep 0.8) | "$0" top -q -f csv', binary]
    assert run_on_terminal(quiet, environment(), on=("err",))[1] == b""


def test_no_progress_when_it_is_fast(binary, prof):
    assert run_on_terminal([binary, "top", prof], environment(),
                           on=("err",))[1] == b""


def test_jobs_do_not_change_the_bytes(profviz, prof):
    assert csv(profviz, prof, "-j", "1") == csv(profviz, prof, "-j", "7")


MPROF = b"CMDLINE %s\nMEM 1.5 1600000000.0\nMEM 2.5 1600000001.0\n"


@pytest.fixture
def runs(tmp_path):
    for name in (b"mprofile_20260102030405.dat",
                 b"mprofile_20251231235959.dat", b"mprofile_old.dat",
                 b"notes.dat"):
        (tmp_path / name.decode()).write_bytes(MPROF % name)
    return tmp_path


def test_timeline_takes_the_newest_run(binary, profviz, runs):
    wanted = profviz("timeline", "mprofile_20260102030405.dat", "-f", "csv",
                     cwd=runs, status=0).out
    status, _, out, err = run_on_terminal(
        [binary, "timeline", "-f", "csv"], environment(), on=("in",),
        cwd=runs)
    assert (status, out) == (0, wanted)
    assert err == b"profviz: reading mprofile_20260102030405.dat\n"
    for nothing in (subprocess.DEVNULL, subprocess.PIPE):
        done = subprocess.run([binary, "timeline", "-f", "csv"], cwd=runs,
                              env=environment(), check=True,
                              capture_output=True,
                              **({"stdin": nothing} if nothing ==
                                 subprocess.DEVNULL else {"input": b""}))
        assert done.stdout == wanted and done.stderr == err


def test_timeline_prefers_what_stands_on_stdin(profviz, runs):
    done = profviz("timeline", "-f", "csv", cwd=runs, status=0,
                   stdin=b"CMDLINE x\nMEM 7.5 1600000000.0\n")
    assert b"7864320" in done.out and done.err == b""


def test_timeline_without_any_run_is_wrong_usage(profviz, tmp_path):
    done = profviz("timeline", cwd=tmp_path, status=2)
    assert "mprofile_*.dat" in done.error
