# SPDX-License-Identifier: MIT
"""Golden cases: one directory each, compared byte for byte.

    tests/golden/<case>/cmd       a shell script; profviz is on its PATH
                        in/       files that lie in its working directory
                        stdout    what it prints (absent: nothing)
                        stderr    what it says (absent: nothing)
                        exit      its status (absent: 0)
                        files/    what it leaves behind, complete

The script runs in an empty directory in which `fixtures` is a link to the
project's fixtures, so that messages hold no path of this machine.
`pytest tests/golden --rewrite` writes what it sees instead of comparing;
read the diff before you commit it.
"""
import pathlib
import shutil
import subprocess

import pytest

from harness import FIXTURES, environment

HERE = pathlib.Path(__file__).resolve().parent
CASES = sorted(p.parent for p in HERE.glob("*/cmd"))


def left_behind(where, given):
    """Relative path -> bytes of every file that the command made."""
    found = {}
    for path in sorted(where.rglob("*")):
        name = path.relative_to(where).as_posix()
        if path.is_file() and name.split("/")[0] not in given:
            found[name] = path.read_bytes()
    return found


def run_case(case, where, binary):
    """What the case's command does, as the files of a case directory."""
    given = {"fixtures"}
    (where / "fixtures").symlink_to(FIXTURES)
    if (case / "in").is_dir():
        shutil.copytree(case / "in", where, dirs_exist_ok=True)
        given |= {p.name for p in (case / "in").iterdir()}
    env = environment()
    env["PATH"] = f"{binary.parent}:{env['PATH']}"
    done = subprocess.run(["sh", str(case / "cmd")], cwd=where, env=env,
                          stdin=subprocess.DEVNULL, capture_output=True,
                          timeout=60, check=False)
    seen = {f"files/{k}": v for k, v in left_behind(where, given).items()}
    if done.stdout:
        seen["stdout"] = done.stdout
    if done.stderr:
        seen["stderr"] = done.stderr
    if done.returncode:
        seen["exit"] = b"%d\n" % done.returncode
    return seen


def expected(case):
    names = [p for p in case.rglob("*") if p.is_file()
             and p.relative_to(case).parts[0] in ("stdout", "stderr", "exit",
                                                  "files")]
    return {p.relative_to(case).as_posix(): p.read_bytes() for p in names}


def rewrite(case, seen):
    for name in expected(case):
        (case / name).unlink()
    for name, data in seen.items():
        (case / name).parent.mkdir(parents=True, exist_ok=True)
        (case / name).write_bytes(data)


def printable(data):
    return data.decode(errors="backslashreplace").splitlines()


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_golden(case, tmp_path, binary, request):
    seen = run_case(case, tmp_path, binary)
    assert seen.get("exit") not in (b"127\n", b"126\n"), seen.get("stderr")
    if request.config.getoption("--rewrite"):
        rewrite(case, seen)
        return
    wanted = expected(case)
    assert sorted(seen) == sorted(wanted), printable(seen.get("stderr", b""))
    for name, data in wanted.items():
        assert printable(seen[name]) == printable(data), name
        assert seen[name] == data, name
