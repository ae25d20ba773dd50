# SPDX-License-Identifier: MIT
"""Text for people: widths, colours, glyphs, names that mean harm."""
import pytest

import terminal
from harness import FIXTURES, environment

GOOD = FIXTURES / "folded" / "good"
COMMANDS = [["top"], ["top", "--limit", "0"], ["tree"], ["tree", "--min", "0"],
            ["info"]]
FILES = ["pyspy-site.folded.gz", "austin-full.austin.gz", "weird.folded",
         "nonutf8.folded", "nul.folded", "fil-peak-memory.prof",
         "pyspy-raw-threads-subprocesses.folded", "basic.folded"]

HOSTILE = """\
\x1b[31mred\x1b[0m;a\x07b\x08;\u202egnp.exe\u2066;\u0085\u009b1m 3
\u6f22\u5b57\u6f22\u5b57;e\u0301\u0301\u0301;\U0001f40d\u200d\U0001f40d;\tx\x7f 5
=cmd|' /C calc'!A0;+1;-1;@SUM(A1);a,"b" 7
<script>alert(1)</script>;`a`|b\\|c;**b**;[x](javascript:y) 11
""".encode()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "hostile.folded"
    path.write_bytes(HOSTILE)
    return path


def shown(binary, command, columns, **env):
    env = environment(**{"TERM": "xterm-256color", "COLUMNS": None, **env})
    return terminal.on_terminal([str(binary), *map(str, command)], columns,
                                env)


@pytest.mark.parametrize("columns", [20, 40, 80, 120, 200])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_line_is_wider_than_the_terminal(command, columns, binary, hostile):
    for path in [*(GOOD / name for name in FILES), hostile]:
        text = shown(binary, [*command, path], columns).decode()
        for line in terminal.plain(text).splitlines():
            assert terminal.columns_of(line) <= columns, (path.name, line)


@pytest.mark.parametrize("columns", [20, 40, 60, 80, 120])
@pytest.mark.parametrize("command", [["formats"], ["help"], ["help", "all"]],
                         ids=" ".join)
def test_help_fits_the_terminal(command, columns, binary, profviz):
    text = terminal.plain(shown(binary, command, columns).decode())
    assert max(map(terminal.columns_of, text.splitlines())) <= columns
    if columns >= 80:
        assert text == profviz(*command, status=0).text
    else:
        assert text.split()[:4] == \
            profviz(*command, status=0).text.split()[:4]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_without_colour_the_same_minus_escapes(command, binary):
    for name in FILES:
        coloured = shown(binary, [*command, GOOD / name], 90).decode()
        bare = shown(binary, [*command, GOOD / name], 90, NO_COLOR=1).decode()
        assert "\x1b" in coloured
        assert "\x1b" not in bare
        assert terminal.plain(coloured) == bare


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_pure_ascii_in_the_c_locale(command, binary, hostile):
    for path in [*(GOOD / name for name in FILES), hostile]:
        shown(binary, [*command, path], 100, LC_ALL="C").decode("ascii")


@pytest.mark.parametrize("names, unicode", [
    ({"LC_ALL": "C.UTF-8"}, True), ({"LC_ALL": "de_DE.utf8@euro"}, True),
    ({"LC_ALL": "C", "LANG": "en_GB.UTF-8"}, False),
    ({"LC_ALL": "", "LC_CTYPE": "xx_YY.UTF-8"}, True),
    ({"LC_ALL": "", "LANG": "de_DE.ISO-8859-1"}, False),
    ({"LC_ALL": "", "LANG": "german"}, False)])
def test_the_locale_says_whether_glyphs_are_unicode(names, unicode, profviz):
    done = profviz("tree", GOOD / "pyspy-raw.folded", env=names, status=0)
    assert done.out.isascii() != unicode


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_control_reaches_the_terminal(command, binary, hostile, profviz):
    for path in (hostile, GOOD / "nul.folded", GOOD / "nonutf8.folded"):
        for text in (shown(binary, [*command, path], 300, NO_COLOR=1).decode(),
                     profviz(*command, path, status=0).text):
            bad = [c for c in text if c != "\n" and (
                ord(c) < 32 or 0x7f <= ord(c) < 0xa0 or c in "\u202e\u2066")]
            assert not bad, bad


def test_not_a_terminal_cuts_no_name(profviz, tmp_path):
    path = tmp_path / "long.folded"
    path.write_text(f"{'long_' * 300};leaf 3\n")
    for command in (["top"], ["tree"], ["top", "-f", "md"]):
        assert "long_" * 300 in profviz(*command, path, status=0).text


def test_a_deep_stack_keeps_its_figures(binary, tmp_path):
    path = tmp_path / "deep.folded"
    path.write_text("".join(
        ";".join(f"f{i}" for i in range(depth)) + " 5\n"
        for depth in range(1, 300)))
    text = shown(binary, ["tree", "--min", "0", path], 60, NO_COLOR=1).decode()
    lines = text.splitlines()
    assert max(map(terminal.columns_of, lines)) <= 60
    assert any("f298" in line and "\u2026" in line for line in lines)


def test_markdown_is_inert(profviz, hostile):
    text = profviz("top", hostile, "-f", "md", status=0).text
    rows = [r for r in text.splitlines() if r.startswith("|")]
    assert rows and all(r.replace("\\|", "").count("|") == 7 for r in rows)
    outside = "".join(part for i, part in
                      enumerate(text.replace("``", "`").split("`"))
                      if i % 2 == 0)
    assert "<" not in outside and "javascript" not in outside


def test_the_least_width_of_a_bar_is_seen(profviz):
    text = profviz("top", GOOD / "basic.folded", "--unicode", status=0).text
    assert "\u2588" * 8 in text and "\u258f" not in text


def test_a_total_of_nothing_is_said(profviz):
    for command in ("top", "tree"):
        text = profviz(command, GOOD / "all-zero.folded", status=0).text
        assert "The total is 0" in text


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("command", ["top", "tree"])
def test_a_total_of_nothing_fits_too(command, columns, binary):
    text = shown(binary, [command, GOOD / "all-zero.folded"],
                 columns).decode()
    assert "The total is 0" in text
    for line in terminal.plain(text).splitlines():
        assert terminal.columns_of(line) <= columns, line
