# SPDX-License-Identifier: MIT
"""The layers of docs/ARCHITECTURE.md, as the compiler sees them.

An include of a header from a layer that is not below must not compile; one
file for the compiler asks about all headers, since starting it is slow. The
commands that built the binary under test are used, so this is the real rule.
"""
import json
import pathlib
import re
import shlex
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent

BELOW = {
    "src/base": set(),
    "src/io": {"src/base"},
    "src/model": {"src/base"},
    "src/markup": {"src/base", "src/io"},
    "formats/py": {"src/base", "src/io"},
    "formats": {"src/base", "src/io", "src/model", "formats/py"},
    "src/analysis": {"src/base", "src/model"},
    "src/draw": {"src/base", "src/io", "src/markup"},
}
BELOW["src/render"] = (BELOW["src/analysis"] | BELOW["src/draw"]
                       | {"src/analysis", "src/draw"})
BELOW["src/cli"] = set(BELOW) - {"src/cli"}


@pytest.fixture(scope="module")
def commands(binary):
    """layer -> (directory, arguments) of the command for one of its files."""
    listing = binary.parent / "compile_commands.json"
    if not listing.exists():
        pytest.skip("the binary does not lie in a build directory")
    found = {}
    for entry in json.loads(listing.read_text()):
        path = pathlib.Path(entry["file"])
        try:
            layer = path.parent.relative_to(ROOT).as_posix()
        except ValueError:
            continue
        if layer in BELOW:
            found.setdefault(layer, (entry["directory"],
                                     shlex.split(entry["command"])))
    return found


def errors(commands, layer, text):
    """What the compiler says of a file of this layer that holds `text`."""
    where, words = commands[layer]
    flags = [w for w in words if w.startswith(("-I", "-D", "-std", "-isystem"))]
    return subprocess.run(
        [words[0], *flags, "-fmax-errors=0", "-x", "c", "-fsyntax-only", "-"],
        cwd=where, input=text, text=True, check=False,
        capture_output=True).stderr


def headers(layer):
    return sorted(p.name for p in (ROOT / layer).glob("*.h"))


@pytest.mark.parametrize("layer", BELOW)
def test_sees_its_own_headers(layer, commands):
    if layer not in commands:
        pytest.skip("nothing is built in this layer")
    said = errors(commands, layer, "".join(
        f'#include "{header}"\n' for header in headers(layer)))
    assert "No such file" not in said, said


@pytest.mark.parametrize("layer", BELOW)
def test_sees_no_other_layer(layer, commands):
    """Asked by __has_include, which looks where #include looks."""
    if layer not in commands:
        pytest.skip("nothing is built in this layer")
    allowed = {h for l in BELOW[layer] | {layer} for h in headers(l)}
    every = {h for l in BELOW for h in headers(l)
             if not pathlib.Path("/usr/include", h).exists()}
    said = errors(commands, layer, "".join(
        f'#if __has_include("{h}")\n#error "sees {h}"\n#endif\n'
        for h in sorted(every)))
    assert set(re.findall(r'error: #error "sees (.*?)"', said)
               ) == allowed & every


def test_file_names_are_unique():
    names = [p.name for top in ("src", "formats")
             for p in (ROOT / top).rglob("*.[ch]")]
    assert sorted(names) == sorted(set(names))


def test_public_headers_compile_alone(commands, tmp_path):
    """As C17 and as C++17, each by itself."""
    for header in sorted((ROOT / "include/profviz").glob("*.h")):
        for language, standard in (("c", "c17"), ("c++", "c++17")):
            done = subprocess.run(
                ["cc" if language == "c" else "c++", f"-std={standard}",
                 "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-x", language,
                 "-fsyntax-only", f"-I{ROOT / 'include'}", "-"],
                input=f'#include "profviz/{header.name}"\n', text=True,
                capture_output=True, check=False)
            assert done.returncode == 0, done.stderr
