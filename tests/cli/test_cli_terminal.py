# SPDX-License-Identifier: MIT
"""Text for terminals: width, colour, glyphs."""
import re

import pytest

from harness import environment
from descriptors import run_on_terminal

ESCAPES = re.compile(rb"\x1b\[[0-9;]*m")
WIDE = b"f\xc3\xbcnf;\xe5\xb0\x8f\xe5\xb0\x8f;" + b"long_name_" * 20 + b" 5\n"
TEXTS = [["top"], ["tree"], ["info"]]


@pytest.fixture
def prof(tmp_path):
    path = tmp_path / "a.folded"
    path.write_bytes(b"main;load 3\nmain;run;work 5\nmain;run;rest 2\n" + WIDE)
    return path


def on_tty(binary, prof, words, columns=80, **env):
    env.setdefault("TERM", "xterm-256color")
    status, seen, _, err = run_on_terminal(
        [binary, words[0], prof, *words[1:]], environment(**env),
        columns=columns)
    assert (status, err) == (0, b"")
    return seen


@pytest.mark.parametrize("words", TEXTS)
def test_no_colour_off_a_terminal(profviz, prof, words):
    assert b"\x1b" not in profviz(words[0], prof, status=0).out


@pytest.mark.parametrize("words", TEXTS)
def test_no_color_is_colour_less_its_escapes(profviz, prof, words):
    coloured = profviz(words[0], prof, "--color", "always", status=0).out
    plain = profviz(words[0], prof, env={"NO_COLOR": "1"}, status=0).out
    assert ESCAPES.sub(b"", coloured) == plain
    if words != ["info"]:
        assert coloured != plain


@pytest.mark.parametrize("env", [{"CLICOLOR_FORCE": "1"},
                                 {"FORCE_COLOR": "1"}])
def test_colour_can_be_forced(profviz, prof, env):
    assert profviz("top", prof, env=env, status=0).out == profviz(
        "top", prof, "--color=always", status=0).out


def test_zero_and_empty_force_nothing(profviz, prof):
    for value in ("", "0"):
        assert b"\x1b" not in profviz(
            "top", prof, env={"CLICOLOR_FORCE": value, "FORCE_COLOR": value},
            status=0).out


def test_colour_on_a_terminal(binary, prof):
    assert b"\x1b[" in on_tty(binary, prof, ["top"])
    assert b"\x1b[" not in on_tty(binary, prof, ["top"], NO_COLOR="1")
    assert b"\x1b[" in on_tty(binary, prof, ["top"], NO_COLOR="")
    assert b"\x1b[" not in on_tty(binary, prof, ["top"], TERM="dumb")
    assert b"\x1b[" not in on_tty(binary, prof, ["top", "--color", "never"])
    assert b"\x1b[" in on_tty(binary, prof, ["top", "--color", "always"],
                              NO_COLOR="1", TERM="dumb")


@pytest.mark.parametrize("words", TEXTS)
@pytest.mark.parametrize("env", [{"LC_ALL": "C"}, {"LC_ALL": "POSIX"}])
def test_the_c_locale_is_pure_ascii(profviz, prof, words, env):
    out = profviz(words[0], prof, env=env, status=0).out
    assert out.isascii()
    assert not [c for c in out if c < 0x20 and c != 0x0a]


def test_unicode_can_be_forced(profviz, prof):
    assert profviz("tree", prof, "--unicode", env={"LC_ALL": "C"},
                   status=0).out == profviz("tree", prof, status=0).out


@pytest.mark.parametrize("words", [["top"], ["tree"]])
@pytest.mark.parametrize("columns", [60, 80, 133])
def test_lines_fit_the_terminal(binary, prof, words, columns):
    seen = ESCAPES.sub(b"", on_tty(binary, prof, words, columns=columns))
    for line in seen.decode().splitlines():
        wide = sum(1 for c in line if ord(c) >= 0x3000)
        assert len(line) + wide <= columns, line


def test_columns_where_the_terminal_does_not_tell(binary, prof):
    seen = on_tty(binary, prof, ["tree"], columns=0, COLUMNS="50",
                  NO_COLOR="1")
    assert max(map(len, seen.decode().splitlines())) <= 50


def test_names_are_whole_off_a_terminal(profviz, prof):
    for command in ("top", "tree"):
        assert b"long_name_" * 20 in profviz(command, prof, status=0).out


def test_width_cuts_anywhere(profviz, prof):
    out = profviz("tree", prof, "--width", "50", status=0).text
    assert max(map(len, out.splitlines())) <= 50


def test_names_cannot_drive_the_terminal(profviz, tmp_path):
    path = tmp_path / "evil.folded"
    path.write_bytes(b"a;\x1b[31mred\x07\x7f\xc2\x9b1m;b\xff 3\n")
    for command in ("top", "tree", "info"):
        out = profviz(command, path, status=0).out
        text = out.decode()
        assert not [c for c in text if c != "\n" and (
            ord(c) < 0x20 or 0x7f <= ord(c) < 0xa0)]
