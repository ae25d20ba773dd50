# SPDX-License-Identifier: MIT
"""Where the binary is, how it is run, and what a run comes to."""
import dataclasses
import os
import pathlib

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FIXTURES = ROOT / "fixtures"


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
            "LSAN_OPTIONS", "LD_LIBRARY_PATH", "FONTCONFIG_FILE")
    env = {k: os.environ[k] for k in keep if k in os.environ}
    env.update(LC_ALL="C.UTF-8", TERM="dumb", COLUMNS="80", TZ="UTC")
    env.update({k: str(v) for k, v in changes.items() if v is not None})
    return env
