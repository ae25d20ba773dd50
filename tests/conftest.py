# SPDX-License-Identifier: MIT
"""What every Python test of the binary can use.

    def test_something(profviz, fixtures, tmp_path):
        done = profviz("info", fixtures / "folded/good/basic.folded")
        assert done.status == 0 and b"folded" in done.out

`profviz(*args, stdin=, cwd=, env=, timeout=, status=)` runs the program in
a quiet, fixed environment and returns a Run; with status=N it also asserts
the exit status and shows stderr when it differs.
"""
import dataclasses
import os
import pathlib
import shutil
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures"

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "lib"))


@dataclasses.dataclass
class Run:
    """How a run of the program ended."""
    command: list
    status: int
    out: bytes
    err: bytes

    @property
    def text(self):
        return self.out.decode()

    @property
    def error(self):
        return self.err.decode(errors="backslashreplace")


def find_binary():
    """$PROFVIZ, else the newest of the usual build directories."""
    if "PROFVIZ" in os.environ:
        return pathlib.Path(os.environ["PROFVIZ"]).resolve()
    names = ["build/profviz", "build/dev/profviz", "build/asan/profviz"]
    found = [ROOT / n for n in names if (ROOT / n).is_file()]
    if not found:
        pytest.exit("no profviz below build/: run .ci/test, or set PROFVIZ",
                    returncode=2)
    return max(found, key=lambda p: p.stat().st_mtime)


def environment(**changes):
    """Nothing of the caller's that could change an output."""
    keep = ("PATH", "HOME", "TMPDIR", "ASAN_OPTIONS", "UBSAN_OPTIONS",
            "LSAN_OPTIONS", "LD_LIBRARY_PATH")
    env = {k: os.environ[k] for k in keep if k in os.environ}
    env.update(LC_ALL="C.UTF-8", TERM="dumb", COLUMNS="80", TZ="UTC")
    env.update({k: str(v) for k, v in changes.items() if v is not None})
    return env


def pytest_addoption(parser):
    parser.addoption("--rewrite", action="store_true",
                     help="write golden files instead of comparing them")


def pytest_configure(config):
    config.addinivalue_line("markers", "slow: large inputs or many runs")
    config.addinivalue_line("markers", "browser: drives Chromium")


def pytest_collection_modifyitems(config, items):
    """PROFVIZ_TESTS_SKIP="browser slow" leaves those marks out."""
    unwanted = os.environ.get("PROFVIZ_TESTS_SKIP", "").split()
    for item in items:
        for mark in unwanted:
            if item.get_closest_marker(mark):
                item.add_marker(pytest.mark.skip(
                    reason=f"PROFVIZ_TESTS_SKIP names {mark}"))


@pytest.fixture(scope="session")
def binary():
    return find_binary()


@pytest.fixture(scope="session")
def fixtures():
    return FIXTURES


@pytest.fixture(scope="session")
def profviz(binary):
    """Run the program: see the top of this file."""
    def run(*args, stdin=b"", cwd=None, env=None, timeout=60, status=None):
        command = [str(binary), *map(str, args)]
        done = subprocess.run(
            command, input=stdin, cwd=cwd, timeout=timeout,
            capture_output=True, check=False, env=environment(**(env or {})))
        result = Run(command, done.returncode, done.stdout, done.stderr)
        if status is not None:
            assert result.status == status, (
                f"{command} ended with {result.status}: {result.error}")
        return result
    return run


@pytest.fixture(scope="session")
def chromium():
    """Path of Debian's Chromium; skips where there is none."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if not path:
        pytest.skip("chromium is not installed")
    return path
