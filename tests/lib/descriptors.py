# SPDX-License-Identifier: MIT
"""Runs a program with some of its descriptors on a terminal of its own."""
import fcntl
import os
import pty
import struct
import subprocess
import termios
import threading


def _collect(fd, into):
    while True:
        try:
            data = os.read(fd, 65536)
        except OSError:  # Linux: EIO when the other side is closed
            return
        if not data:
            return
        into.append(data)


def run_on_terminal(command, env, on=("out",), columns=80, cwd=None,
                    stdin=b"", timeout=30):
    """`on` names the descriptors ("in", "out", "err") that are the terminal;
    the others are pipes.  Returns (status, seen on the terminal, out, err).
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ,
                struct.pack("HHHH", 24, columns, 0, 0))
    attributes = termios.tcgetattr(theirs)
    attributes[1] &= ~termios.OPOST  # LF stays LF
    termios.tcsetattr(theirs, termios.TCSANOW, attributes)
    pipes = {n: theirs if n in on else subprocess.PIPE
             for n in ("in", "out", "err")}
    process = subprocess.Popen(
        command, stdin=pipes["in"], stdout=pipes["out"], stderr=pipes["err"],
        env=env, cwd=cwd)
    os.close(theirs)
    seen = []
    reader = threading.Thread(target=_collect, args=(ours, seen))
    reader.start()
    out, err = process.communicate(
        None if "in" in on else stdin, timeout=timeout)
    reader.join(timeout)
    os.close(ours)
    return process.returncode, b"".join(seen), out or b"", err or b""
