# SPDX-License-Identifier: MIT
"""What an attacker would write: refused with a place, in little memory and
time.  Small files are fixtures; the large ones are made here."""
import json
import pathlib
import struct
import subprocess
import sys

import pytest

from harness import FIXTURES

MEMORY, SECONDS = 64 * 1024, 1.0  # KiB; of processor time
HUGE = struct.pack("<i", 2**31 - 1)

LARGE = {
    "deep-list.pkl": b"\x80\x04" + b"]" * 300_000 + b"a" * 299_999 + b".",
    "deep-mark.pkl": b"\x80\x04" + b"(" * 400_000 + b".",
    "deep-tuple.pkl": b"\x80\x04N" + b"\x85" * 1_000_000 + b".",
    "dup-forever.pkl": b"\x80\x04N" + b"2" * 1_000_000 + b".",
    "pop-mark.pkl": b"\x80\x04" + b"(N1" * 300_000 + b"N.",
    "million-digits.pkl": b"L" + b"9" * 1_000_000 + b"L\n.",
    "million-lists.pkl": b"\x80\x04" + b"]0" * 500_000 + b"N.",
    "memo-leaps.pkl": b"\x80\x04N" + b"".join(
        b"r" + struct.pack("<I", 10 * i) for i in range(100_000)) + b".",
    "self-tuples.pkl": b"\x80\x04N\x94" + b"".join(
        b"h" + bytes([i]) + b"h" + bytes([i]) + b"\x86\x94"
        for i in range(60)) + b".",
    "tuple-2g.prof": b"\xfb(" + HUGE,
    "tuple-nested-2g.prof": b"\xfb\xa9\x03(" + HUGE + b"0" * 50,
    "list-2g.prof": b"\xfb\xa9\x03[" + HUGE,
    "set-2g.prof": b"\xfb\xa9\x03<" + HUGE,
    "string-2g.prof": b"\xfb\xa9\x03s" + HUGE + b"abc",
    "long-2g.prof": b"\xfb\xa9\x03l" + HUGE + b"\1\0",
    "long-minus-2g.prof": b"\xfb\xa9\x03l\x00\x00\x00\x80\1\0",
    "dicts.prof": b"{" * 300_000,
    "refs.prof": b"\xfb" + b"\xa9\x01" * 300 + b"r\0\0\0\0",
    "codes.prof": b"\xfb\xa9\x03" + (b"c" + b"\1\0\0\0" * 6) * 3_000,
}

RUN = """
import json, os, sys
out = os.posix_spawn(sys.argv[1], sys.argv[1:], {"LC_ALL": "C.UTF-8"},
                     file_actions=[(os.POSIX_SPAWN_OPEN, 2, "said",
                                    os.O_WRONLY | os.O_CREAT, 0o644)])
_, status, usage = os.wait4(out, 0)
json.dump([os.waitstatus_to_exitcode(status), usage.ru_maxrss,
           usage.ru_utime + usage.ru_stime], open("used", "w"))
"""

SMALL = sorted((FIXTURES / "lprof" / "bad").glob("hostile-*.pkl"))


def refuse(binary, path, where, *options):
    """Runs it from a small process, whose memory counts as the child's."""
    subprocess.run([sys.executable, "-S", "-E", "-c", RUN, str(binary), "top",
                    str(path), *options], cwd=where, check=True,
                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    status, memory, seconds = json.loads((where / "used").read_text())
    said = (where / "said").read_text()
    assert status == 3, said
    return memory, seconds, said


def sanitized(binary):
    return b"__asan_init" in pathlib.Path(binary).read_bytes()


@pytest.mark.parametrize("name", sorted(LARGE) + [p.name for p in SMALL])
def test_costs_little(name, binary, tmp_path):
    path = FIXTURES / "lprof" / "bad" / name
    if name in LARGE:
        path = tmp_path / name
        path.write_bytes(LARGE[name])
    memory, seconds, said = refuse(binary, path, tmp_path)
    assert f"{path}@0x" in said
    if not sanitized(binary):
        assert memory < MEMORY and seconds < SECONDS


def test_fifty_of_them():
    assert len(SMALL) + sum(n.endswith(".pkl") for n in LARGE) >= 50


@pytest.mark.parametrize("module,name", [("os", "system"),
                                         ("builtins", "eval"),
                                         ("pandas.core.frame", "DataFrame")])
def test_names_what_it_refuses_to_load(module, name, binary, tmp_path):
    path = tmp_path / "x.lprof"
    path.write_bytes(b"\x80\x02c%s\n%s\n)\x81." % (module.encode(),
                                                   name.encode()))
    _, _, said = refuse(binary, path, tmp_path)
    assert f"{path}@0x2: opcode GLOBAL: refusing to load {module}.{name}" in (
        said)
