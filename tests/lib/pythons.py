# SPDX-License-Identifier: MIT
"""The Pythons of this machine: the one that runs, those of pyenv, those in
the PATH."""
import functools
import pathlib
import shutil
import subprocess
import sys

WANTED = ("2.7", "3.6", "3.7", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13",
          "3.14", "3.15")


def pyenv_versions():
    pyenv = shutil.which("pyenv")
    if not pyenv:
        return []
    root = subprocess.run([pyenv, "root"], capture_output=True, text=True,
                          check=False).stdout.strip()
    return [str(p) for p in sorted(pathlib.Path(root).glob(
        "versions/*/bin/python"))]


@functools.lru_cache
def version_of(path):
    done = subprocess.run(
        [path, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
        capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else None


@functools.lru_cache
def pythons():
    """{"3.11": path}; the running one for its own version."""
    found = {version_of(sys.executable): sys.executable}
    named = [shutil.which(f"python{v}") for v in WANTED]
    for path in pyenv_versions() + [p for p in named if p]:
        version = version_of(path)
        if version in WANTED:
            found.setdefault(version, path)
    return found
