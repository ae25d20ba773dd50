# SPDX-License-Identifier: MIT
"""Running a program on a terminal of a given width."""
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import unicodedata

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def on_terminal(command, columns, env):
    """What the command writes to a terminal, line ends as LF."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ,
                struct.pack("HHHH", 40, columns, 0, 0))
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=theirs,
                          stderr=subprocess.PIPE, env=env) as process:
        os.close(theirs)
        data = b""
        while True:
            if not select.select([ours], [], [], 60)[0]:
                process.kill()
                raise TimeoutError(command)
            try:
                block = os.read(ours, 65536)
            except OSError:     # the other side is closed
                break
            if not block:
                break
            data += block
        error = process.stderr.read()
        assert process.wait() == 0, error
    os.close(ours)
    return data.replace(b"\r\n", b"\n")


def plain(text):
    """The text without its escapes."""
    return ESCAPE.sub("", text)


def columns_of(text):
    """Columns of a line: wide letters take two, combining marks none."""
    return sum(0 if unicodedata.category(c) in ("Mn", "Me", "Cf")
               else 2 if unicodedata.east_asian_width(c) in "WF" else 1
               for c in text)
