# SPDX-License-Identifier: MIT
"""What every Python test of the binary can use.

    def test_something(profviz, fixtures, tmp_path):
        done = profviz("info", fixtures / "folded/good/basic.folded")
        assert done.status == 0 and b"folded" in done.out

`profviz(*args, stdin=, cwd=, env=, timeout=, status=)` runs the program in
a quiet, fixed environment and returns a Run; with status=N it also asserts
the exit status and shows stderr when it differs.

Import what is no fixture from `harness`, never from `conftest`: tests/browser
has a conftest of its own.
"""
import os
import pathlib
import shutil
import subprocess
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "lib"))

from harness import FIXTURES, Run, environment, find_binary  # noqa: E402


def pytest_addoption(parser):
    parser.addoption("--rewrite", action="store_true",
                     help="write golden files instead of comparing them")


def pytest_configure(config):
    config.addinivalue_line("markers", "slow: large inputs or many runs")
    config.addinivalue_line("markers", "browser: drives Chromium")


@pytest.hookimpl(trylast=True)
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
    slower = 5 if "asan" in binary.parts else 1

    def run(*args, stdin=b"", cwd=None, env=None, timeout=60, status=None):
        command = [str(binary), *map(str, args)]
        done = subprocess.run(
            command, input=stdin, cwd=cwd, timeout=timeout * slower,
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
