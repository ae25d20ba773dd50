# SPDX-License-Identifier: MIT
"""The program of docs/library.md, built with the public headers alone."""
import pathlib
import re
import shutil
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def draw(binary, tmp_path_factory):
    shared = binary.parent / "libprofviz.so"
    compiler = shutil.which("cc")
    if not compiler or not shared.exists() or b"__asan" in shared.read_bytes():
        pytest.skip("no C compiler, or no plain shared library in this build")
    folder = tmp_path_factory.mktemp("library")
    text = (ROOT / "docs/library.md").read_text()
    (folder / "draw.c").write_text(re.search(r"```c\n(.*?)```", text, re.S)[1])
    subprocess.run(
        [compiler, "-std=c17", "-Wall", "-Wextra", "-Werror",
         f"-I{ROOT}/include", folder / "draw.c", "-o", folder / "draw", shared,
         f"-Wl,-rpath,{shared.parent}"], check=True)
    return folder / "draw"


def test_it_draws_what_the_program_draws(draw, profviz, fixtures, tmp_path):
    source = fixtures / "folded/good/basic.folded"
    profviz("flame", source, "-o", tmp_path / "a.svg", status=0)
    subprocess.run([draw, source, tmp_path / "b.svg"], check=True)
    assert (tmp_path / "a.svg").read_bytes() == (
        tmp_path / "b.svg").read_bytes()


def test_it_says_what_is_wrong(draw, tmp_path):
    (tmp_path / "bad").write_bytes(b"a;b 1\n\x80;" + b"x" * (17 << 20))
    done = subprocess.run([draw, tmp_path / "bad", tmp_path / "b.svg"],
                          capture_output=True, check=False)
    assert done.returncode == 3 and b"bad:2: " in done.stderr
    assert not (tmp_path / "b.svg").exists()
