# SPDX-License-Identifier: MIT
"""Folded stacks through the program: dialects, options, pipes, threads."""
import csv
import os
import subprocess
import threading

import pytest


def rows(profviz, *args):
    done = profviz("top", *args, "-f", "csv", "-o", "-", status=0)
    return list(csv.reader(done.text.splitlines()))


def folded(profviz, *args, stdin=b""):
    done = profviz("convert", *args, "-f", "folded", "-o", "-", stdin=stdin,
                   status=0)
    return done.out


@pytest.mark.parametrize("name, head, first", [
    ("austin3-full.austin", "self_time,total_time,self_idle,total_idle,"
     "self_memory,total_memory",
     ["f", "/a.py", "", "0.000200000", "0.000200000", "0.000100000",
      "0.000100000", "-4096", "-4096"]),
    ("pyflame-flamechart.txt", "self_time,total_time",
     ["main", "/srv/app.py", "", "0.020000000", "0.020000000"]),
    ("fil-peak-memory.prof", "self_size,total_size",
     ["ones", "numpy/core/numeric.py", "", "80000000", "80000000"]),
    ("tachyon-collapsed.folded", "self_samples,total_samples",
     ["<GC>", "", "", "9", "9"]),
    ("pyspy-raw.folded", "self_samples,total_samples",
     ["parse", "lib/parser.py", "", "42", "42"]),
    ("austin2-legacy.austin", "self_time,total_time",
     ["f", "/a.py", "", "0.000220000", "0.000220000"]),
])
def test_dialects_have_their_metrics(name, head, first, profviz, fixtures):
    table = rows(profviz, fixtures / "folded/good" / name)
    assert ",".join(table[0]) == "name,file,line," + head
    assert table[1] == first


def test_negative_counts_are_read_when_asked_for(profviz, fixtures):
    path = fixtures / "folded/good/austin-memory.austin"
    plain = sum(int(row[3]) for row in rows(profviz, path)[1:])
    signed = sum(int(row[3])
                 for row in rows(profviz, path, "--metric", "memory")[1:])
    assert plain - signed == 98304


def test_addresses_are_stripped(profviz, fixtures):
    path = fixtures / "folded/good/before.folded"
    assert b"only1;0x... 4\n" in folded(profviz, path, "--strip-hex")


def test_a_table_is_no_profile_unless_asked_for(profviz):
    table = b"dict   2000\ntuple  1000\n"
    done = profviz("info", "-", stdin=table)
    assert b"folded" not in done.out
    done = profviz("convert", "--input-format", "folded", "-f", "folded",
                   "-o", "-", "-", stdin=table, status=0)
    assert done.out == b"dict 2000\ntuple 1000\n"
    assert "table" in done.error


@pytest.fixture
def long_input(tmp_path):
    """Some MB: enough for a second thread to join in."""
    path = tmp_path / "long.folded"
    with open(path, "wb") as out:
        for i in range(60_000):
            out.write(b"main;work_%d (app.py:%d);%s %d\n"
                      % (i % 97, i % 89, b"step;" * (i % 13) + b"end", i))
    return path


def test_threads_do_not_change_a_byte(profviz, long_input):
    wanted = folded(profviz, long_input, "-j", "1")
    assert folded(profviz, long_input, "-j", "2") == wanted
    assert folded(profviz, "-", stdin=long_input.read_bytes()) == wanted


def test_an_error_does_not_wait_for_a_silent_pipe(binary, long_input,
                                                  tmp_path):
    """The writer keeps the pipe open; the line that is refused came."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    said = threading.Event()

    def feed():
        with open(pipe, "wb") as out:
            out.write(long_input.read_bytes() + b"no count\n")
            out.flush()
            said.wait(30)

    writer = threading.Thread(target=feed)
    writer.start()
    try:
        done = subprocess.run([binary, "info", "--strict", pipe], timeout=25,
                              capture_output=True, check=False)
    finally:
        said.set()
        writer.join()
    assert done.returncode == 3
    assert b"pipe:60001:4: 'count' is not a number" in done.stderr
