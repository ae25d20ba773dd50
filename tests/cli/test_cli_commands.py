# SPDX-License-Identifier: MIT
"""Commands and their names, help, version, wrong usage."""
import re
import shutil
import subprocess

import pytest

COMMANDS = ["flame", "top", "tree", "info", "convert", "formats", "help"]


def usage(done):
    """The one line of a refusal."""
    assert done.status == 2 and done.out == b""
    assert done.error.startswith("profviz: ") and done.error.count("\n") == 1
    return done.error[len("profviz: "):-1]


def test_no_command_shows_what_there_is(profviz):
    done = profviz(status=2)
    assert done.out == b""
    for name in COMMANDS:
        assert f"\n  {name} " in done.error


@pytest.mark.parametrize("words", [["--version"], ["-V"], ["version"],
                                   ["top", "--version"], ["info", "-V"]])
def test_version(profviz, words):
    assert re.fullmatch(r"profviz \d+\.\d+\.\d+\n", profviz(
        *words, status=0).text)


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["help"]])
def test_overview(profviz, words):
    done = profviz(*words, status=0)
    assert done.err == b""
    for name in COMMANDS:
        assert f"\n  {name} " in done.text


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_is_its_help_option(profviz, command):
    shown = profviz("help", command, status=0).text
    assert shown == profviz(command, "--help", status=0).text
    assert shown == profviz(command, "-h", status=0).text
    assert shown.startswith(f"profviz {command}: ")


@pytest.mark.parametrize("words", [["help", "all"], ["help"], ["formats"],
                                   *[["help", c] for c in COMMANDS]])
def test_help_is_plain_and_narrow(profviz, words):
    for line in profviz(*words, status=0).text.splitlines():
        assert len(line) <= 80 or line.lstrip().count(" ") == 0, line
        assert line == line.rstrip() and line.isascii()


def test_help_all_holds_every_command(profviz):
    everything = profviz("help", "all", status=0).text
    for name in COMMANDS:
        assert profviz("help", name, status=0).text in everything


def options_of(profviz, command):
    shown = profviz("help", command, status=0).text
    return set(re.findall(r"^  (?:-\w, )?--([a-z][a-z-]*)", shown, re.M))


def test_help_lists_just_the_command_s_options(profviz):
    assert {"limit", "sort", "focus"} <= options_of(profviz, "top")
    assert "theme" in options_of(profviz, "flame")
    assert "theme" not in options_of(profviz, "top")
    assert "focus" not in options_of(profviz, "info")
    assert options_of(profviz, "formats") == {"help", "version"}


@pytest.mark.parametrize("command", ["flame", "top", "tree", "info",
                                     "convert"])
def test_no_option_stands_twice(profviz, command):
    shown = profviz("help", command, status=0).text
    names = re.findall(r"^  (?:-\w, )?--([a-z][a-z-]*)", shown, re.M)
    letters = re.findall(r"^  -(\w), ", shown, re.M)
    assert len(names) == len(set(names))
    assert len(letters) == len(set(letters))


@pytest.mark.parametrize("typed, command", [
    ("fl", "flame"), ("flam", "flame"), ("flamegraph", "flame"),
    ("tab", "top"), ("table", "top"), ("to", "top"), ("tr", "tree"),
    ("i", "info"), ("con", "convert"), ("d", "diff"), ("com", "diff"),
    ("merge", "convert"), ("m", "convert"),
    ("fo", "formats"), ("h", "help"),
])
def test_prefixes_and_aliases(profviz, typed, command):
    assert profviz("help", typed, status=0).text == profviz(
        "help", command, status=0).text


def test_an_ambiguous_prefix_names_both(profviz):
    said = usage(profviz("t", "x"))
    assert said.startswith("'t' could be any of ")
    assert said.endswith("top, tree")


@pytest.mark.parametrize("typed, command", [
    ("tpo", "top"), ("flmae", "flame"), ("inof", "info"), ("tere", "tree"),
    ("convret", "convert"), ("format", "formats"), ("tabel", "top"),
])
def test_a_mistyped_command_gets_the_nearest(profviz, typed, command):
    if profviz("help", typed).status == 0:
        return  # a prefix after all
    answer = usage(profviz(typed, "x"))
    assert f"'{typed}'" in answer
    assert f"`profviz {command}`" in answer or "`profviz table`" in answer


def test_a_far_name_gets_the_list(profviz):
    assert "profviz help" in usage(profviz("xyzzy"))


def test_a_file_in_place_of_a_command(profviz, fixtures):
    path = fixtures / "folded/good/basic.folded"
    assert "profviz flame" in usage(profviz(path))


@pytest.mark.parametrize("typed, wanted", [
    ("--limt", "--limit"), ("--focsu", "--focus"), ("--fromat", "--format"),
    ("--outptu", "--output"), ("--sotr", "--sort"),
])
def test_a_mistyped_option_gets_the_nearest(profviz, typed, wanted):
    answer = usage(profviz("top", typed, "x"))
    assert typed in answer and f"did you mean {wanted}?" in answer


@pytest.mark.parametrize("command, option, owner", [
    ("top", "--theme", "flame"), ("info", "--focus", "top"),
    ("info", "--sort", "top"), ("tree", "--classic", "flame"),
    ("formats", "--focus", "top"), ("formats", "-o", "flame"),
    ("help", "--theme", "flame"), ("top", "--stamp", "flame"),
    ("convert", "--threads", "top"), ("convert", "--split-threads", "top"),
])
def test_an_option_of_another_command_names_it(profviz, command, option,
                                               owner):
    answer = usage(profviz(command, option, "x"))
    assert answer.startswith(f"`profviz {command}` has no option {option}; ")
    assert f"`profviz {owner}`" in answer
    assert answer.endswith("have it" if ", `profviz" in answer else "has it")


@pytest.mark.parametrize("words, part", [
    (["top", "--limit"], "--limit wants a value"),
    (["top", "--limit", "ten", "x"], "'ten'"),
    (["top", "--limit", "-1", "x"], "'-1'"),
    (["top", "--color", "pink", "x"], "auto, always, never"),
    (["top", "--strict=yes", "x"], "--strict takes no value"),
    (["top", "--limits", "input=lots", "x"], "'lots'"),
    (["top", "--limits", "breadth=3", "x"], "'breadth'"),
    (["top", "--limits", "depth", "x"], "NAME=N"),
    (["top", "--input-format", "foldde", "x"], "did you mean folded?"),
    (["top", "--jobs", "0", "x"], "--jobs"),
    (["top", "-o", "", "x"], "-o"),
    (["top", "-", "-"], "only once"),
    (["help", "top", "tree"], "one command"),
    (["help", "nothing-like-it"], "nothing-like-it"),
    (["formats", "x"], "no argument"),
    (["--strict", "top"], "a command comes first"),
])
def test_wrong_usage(profviz, words, part):
    assert part in usage(profviz(*words))


def test_a_hostile_word_cannot_write_to_the_terminal(profviz):
    answer = profviz("top", "--\x1b[31m\u009b1m", status=2)
    assert b"\x1b" not in answer.err and b"\xc2\x9b" not in answer.err


def test_formats_lists_both_registries(profviz):
    text = profviz("formats", status=0).text
    for name in ("folded", "mprof"):
        assert f"\n  {name} " in text
    for name in ("flame", "top", "info"):
        assert f"\n  {name} " in text
    assert ".folded" in text


def test_double_dash_ends_the_options(profviz, tmp_path):
    (tmp_path / "-q").write_bytes(b"a;b 1\n")
    assert profviz("info", "--", "-q", cwd=tmp_path, status=0).text.startswith(
        "-q\n")


def test_options_may_follow_inputs(profviz, fixtures):
    path = fixtures / "folded/good/basic.folded"
    assert profviz("info", path, "-f", "json", status=0).out == profviz(
        "info", "--format=json", path, status=0).out == profviz(
        "info", "-fjson", path, status=0).out


def test_manual_is_made_from_the_tables(profviz):
    page = profviz("help", "--man", status=0).text
    assert page.startswith(".TH PROFVIZ 1")
    plain = page.replace("\\-", "-")
    for command in COMMANDS:
        assert f".SS profviz {command}" in plain
        for option in options_of(profviz, command):
            assert f"--{option}" in plain


@pytest.mark.skipif(not shutil.which("man"), reason="man is not installed")
def test_manual_is_clean_troff(profviz):
    page = profviz("help", "--man", status=0).out
    done = subprocess.run(["man", "--warnings=w", "-l", "-"], input=page,
                          capture_output=True, check=False,
                          env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8",
                               "MANWIDTH": "200", "HOME": "/"})
    if b"No manual" in done.stderr or done.returncode:
        pytest.skip("man cannot format here")
    assert done.stderr == b""


def complete(profviz, *words):
    """What bash offers for the last of `words`."""
    script = profviz("help", "--completion", status=0).text
    script += ('COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _profviz; '
               'printf "%s\\n" "${COMPREPLY[@]}"')
    done = subprocess.run(["bash", "-c", script, "bash", "profviz", *words],
                          capture_output=True, check=True)
    assert done.stderr == b""
    return done.stdout.decode().split()


@pytest.mark.parametrize("words, offered", [
    (["fl"], ["flame"]),
    (["to"], ["top"]),
    (["top", "--lim"], ["--limit", "--limits"]),
    (["flame", "--theme", ""], ["auto", "light", "dark"]),
    (["flamegraph", "-f", "sv"], ["svg", "svgz"]),
    (["top", "--input-format", "fol"], ["folded"]),
])
def test_completion(profviz, words, offered):
    assert complete(profviz, *words) == offered


FISH = [
    ("profviz fl", ["flame"]),
    ("profviz top --lim", ["--limit", "--limits"]),
    ("profviz flame --theme ", ["auto", "dark", "light"]),
    ("profviz flamegraph -f sv", ["svg", "svgz"]),
    ("profviz top --input-format fol", ["folded"]),
    ("profviz check --fail", ["--fail-on"]),
]


@pytest.mark.skipif(not shutil.which("fish"), reason="fish is not installed")
@pytest.mark.parametrize("line, offered", FISH)
def test_fish_completion(profviz, line, offered, tmp_path):
    script = profviz("help", "--completion", "fish", status=0).text
    (tmp_path / "profviz.fish").write_text(script)
    done = subprocess.run(
        ["fish", "--no-config", "-c", f"source {tmp_path}/profviz.fish; "
         f"complete -C '{line}'"], capture_output=True, check=True,
        cwd=tmp_path, env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"})
    assert done.stderr == b""
    seen = [row.split("\t")[0] for row in done.stdout.decode().splitlines()]
    assert sorted(seen) == offered


# zsh completes for people only: _arguments and _describe are stood in for.
ZSH = r"""
_describe() { print -rl -- $commands }
_arguments() { shift 2; print -rl -- "$@" }
compdef() { : }
source $1
words=(profviz ${=2}); CURRENT=$3
_profviz
"""


@pytest.mark.skipif(not shutil.which("zsh"), reason="zsh is not installed")
def test_zsh_completion(profviz, tmp_path):
    path = tmp_path / "_profviz"
    path.write_text(profviz("help", "--completion", "zsh", status=0).text)

    def offered(line, at):
        done = subprocess.run(["zsh", "-f", "-c", ZSH, "zsh", path, line,
                               str(at)], capture_output=True, check=True)
        assert done.stderr == b""
        return done.stdout.decode().splitlines()
    commands = {row.split(":")[0] for row in offered("fl", 2)}
    assert {"flame", "top", "diff", "check", "help"} <= commands
    specs = offered("top --lim", 3)
    assert any(s.startswith("--limit=[") for s in specs)
    assert specs[-1] == "*:file:_files"
    specs = offered("flamegraph -f sv", 4)
    assert any(s.startswith("-f+[") and "(svg svgz " in s for s in specs)
    assert any(s.endswith(":theme:(auto light dark)") for s in specs)
    rules = [s for s in offered("check ", 3) if s.startswith("*--fail-on=")]
    assert len(rules) == 1 and "\\:shop.*\\:self_time" in rules[0]


def test_unknown_shell(profviz):
    assert usage(profviz("help", "--completion", "tcsh")) == (
        "--completion wants bash, fish or zsh; not 'tcsh'")


@pytest.mark.parametrize("typed, meant", [("--versio", "--version"),
                                          ("--hlep", "--help")])
def test_a_mistyped_option_without_a_command(profviz, typed, meant):
    assert usage(profviz(typed)) == f"no option {typed}; did you mean {meant}?"
