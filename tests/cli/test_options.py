# SPDX-License-Identifier: MIT
"""No option is accepted without effect: each changes some output."""
import functools
import re
import subprocess

import pytest

from harness import FIXTURES, environment, find_binary

GOOD = {
    "stacks": "folded/good/pyspy-publish.folded.gz",
    "threads": "folded/good/pyspy-threads.folded",
    "basic": "folded/good/basic.folded",
    "hex": "folded/good/before.folded",
    "chart": "folded/good/pyflame-flamechart.txt",
    "austin": "folded/good/austin-full.austin.gz",
    "two": "folded/good/diff-two-column.folded",
    "recursive": "folded/good/pyspy-native.folded",
    "calls": "pstats/good/real-walk-py3.13.prof.gz",
    "lprof": "lprof/good/real-5.1.0-py3.13.lprof",
    "snap": "tracemalloc/good/real-walk-py3.12.tracemalloc.gz",
    "mprof": "mprof/good/include-children.dat",
    "functions": "mprof/good/python-func.dat",
    "odd": "mprof/good/edge-unknown-record.dat",
    "types": "pympler/good/tracker-diff.txt",
}
PAIRS = [["folded/good/before.folded", "folded/good/after.folded"],
         ["pstats/good/real-walk-py3.9.prof.gz",
          "pstats/good/real-walk-py3.13.prof.gz"],
         ["tracemalloc/good/real-walk-py3.7.tracemalloc.gz",
          "tracemalloc/good/real-walk-py3.12.tracemalloc.gz"],
         ["folded/good/pyspy-batch-py3.7.folded",
          "folded/good/pyspy-batch-py3.13.folded"],
         ["mprof/good/include-children.dat", "mprof/good/python-func.dat"],
         ["folded/good/pyspy-threads.folded",
          "folded/good/pyspy-threads-idle.folded"]]
VALUES = {
    "input-format": ["folded"], "metric": ["calls", "blocks", "idle"],
    "limits": ["depth=1", "input=1", "memory=1"], "jobs": ["1"], "focus": ["render"],
    "ignore": ["render|main"], "hide": ["render|main"], "show": ["render"],
    "base": ["render", "main"], "depth": ["2"], "window": ["0,0.01", "0,0.1", "0,50", "0,2"],
    "collapse": ["render|parse|walk"], "own": ["/usr/lib", "/nowhere"],
    "origin": [".*=std"], "title": ["A title"], "subtitle": ["Below it"],
    "notes": ["Some notes"], "width": ["40", "500"], "height": ["30"],
    "scale": ["1"], "minwidth": ["50"], "min-share": ["20"],
    "view": ["callers", "sandwich=render"], "colors": ["java", "package"],
    "bgcolors": ["blue", "#ffeeee"], "countname": ["ticks"],
    "nametype": ["Method:"], "factor": ["2"], "total": ["100000"],
    "unit": ["ms", "1e-3"], "fonttype": ["Courier"], "fontsize": ["20"],
    "fontwidth": ["0.9"], "truncate": ["left"], 
    "mark": ["0.1=here"], "limit-line": ["1MiB"], "sort": ["name", "calls"],
    "limit": ["1"], "min": ["30"], "min-change": ["0", "100"],
    "source-path": ["/"], "path-map": ["/=/x/"], "trim-path": ["/"],
    "fail-on": ["samples > 1", "time > 0"],
    "traces": ["!*importlib*"], "children": ["lines", "sum"],
    "by": ["file", "line"], "output": ["{tmp}/out.txt"], "format": ["json"],
    "theme": ["dark"], "max-bytes": ["100k", "1"], "run-id": ["seven"],
    "revision": ["abc"], "link-template": ["https://x/{file}#{line}"],
}
# What shows elsewhere than in what these tests look at, and where it is
# tested instead.
ELSEWHERE = {
    "encoding": "test_encoding.py",
    "scale": "of PNG: test_pictures.py",
    "help": "test_cli_commands.py", "format": "test_cli_output.py",
    "jobs": "the bytes do not depend on it: tests/unit/test_folded_ahead.c",
    "nameattr": "test_classic.py", "cp": "test_classic.py",
    "random": "test_classic.py", "template": "test_report.py",
    "redact-key": "the report's tests", "history": "the report's tests",
    "redact": "the report's tests", "baseline": "the report's tests",
    "max-bytes": "the report's tests", "revision": "the report's tests",
    "run-id": "the report's tests", "link-template": "the report's tests",
    "quiet": "with -v below", "embed-source": "the annotate tests",
    "source-path": "the annotate tests", "path-map": "the annotate tests",
    "trim-path": "the annotate tests", "color": "test_terminal.py",
    "old": "test_runs.py", "new": "test_runs.py",
    "rules": "test_check.py", "output": "test_cli_output.py",
    "version": "test_cli_commands.py",
}


# Commands in which an option is there so that others work, and why.
NAMED = {
    ("diff", "window"): "test_filters.py has it for the other commands; no "
                        "two recordings here are in the order of time",
    ("check", "input-format"): "the same reader as diff's",
    ("timeline", "traces"): "test_tracemalloc.py",
    ("timeline", "all-frames"): "test_tracemalloc.py",
}


@functools.cache
def run(*args):
    done = subprocess.run([find_binary(), *args], capture_output=True,
                          stdin=subprocess.DEVNULL,
                          env=environment(LC_ALL="C"),
                          timeout=120, check=False, cwd="/tmp")
    return done.returncode, done.stdout, done.stderr


def commands():
    text = run("help")[1].decode()
    return re.findall(r"^  (\w+) +\S", text.split("Commands:")[1]
                      .split("IN is")[0], re.MULTILINE)


def options(command):
    """Name and choices of each option that --help lists."""
    text = run(command, "--help")[1].decode()
    found = re.findall(r"^  (?:-., )?--([a-z-]+)(?: (\S+))?", text,
                       re.MULTILINE)
    return [(name, arg) for name, arg in found]


CASES = [(c, name, arg) for c in commands()
         if c not in ("help", "version", "formats", "report")
         for name, arg in options(c)]


def media(command):
    text = run(command, "x", "-f", "nosuch")[2].decode()
    names = re.search(r"writes ([a-z, ]+)$", text.strip())
    return [m for m in names[1].split(", ") if m not in ("png", "pdf", "svgz")]


def inputs(command):
    if command in ("diff", "check"):
        for pair in PAIRS:
            yield [str(FIXTURES / p) for p in pair]
    else:
        for path in GOOD.values():
            if (FIXTURES / path).exists():
                yield [str(FIXTURES / path)]


def settings(name, arg):
    if not arg:
        return [[f"--{name}"]]
    values = VALUES.get(name, [])
    if "|" in arg:
        values = values + arg.split("|")
    return [[f"--{name}", v] for v in values]


def extras(command, name):
    if command == "check":
        for rule in ("func:*:samples > 0", "samples > +1%",
                     "func:*:self_time > 0", "func:*:size > 0"):
            yield ["--fail-on", rule]
            if name == "all-frames":
                yield ["--fail-on", rule, "--traces", "!*walk*"]
        return
    base = []
    yield base
    if name == "fold-recursion":  # totals count a function once anyway
        yield ["--depth", "8"]
    if name in ("own", "origin"):
        yield ["--only-mine"]
    if name == "all-frames":
        yield ["--traces", "!*walk*"]
    if name == "compare":
        yield [str(FIXTURES / GOOD["functions"])]
    if name == "negate":
        yield ["--classic", "--colors", "hot"]
    if command == "flame":
        yield [*base, "--classic"]
    if name in ("unicode", "width", "min"):
        yield [*base, "--width", "60"]
    if command == "timeline":
        yield [*base, "--functions"]


def changes(command, name, arg):
    tried = 0
    for medium in [*media(command), None]:
        for paths in inputs(command):
            for extra in extras(command, name):
                form = ["-f", medium] if medium else []
                plain = run(command, *paths, *form, *extra)
                if plain[0] not in (0, 1):
                    continue
                for with_it in settings(name, arg):
                    tried += 1
                    seen = run(command, *paths, *form, *extra, *with_it)
                    if seen[0] in (0, 1, 3) and seen != plain:
                        return True
    assert tried, "no value to try"
    return False


@pytest.mark.slow
@pytest.mark.parametrize("command, name, arg", CASES,
                         ids=[f"{c}-{n}" for c, n, _ in CASES])
def test_changes_something(command, name, arg):
    why = NAMED.get((command, name), ELSEWHERE.get(name))
    if why:
        pytest.skip(why)
    assert changes(command, name, arg)


def test_places_are_said_once(profviz):
    """Files and lines are their own place."""
    for path, by in ((GOOD["stacks"], "line"), (GOOD["stacks"], "file"),
                     (GOOD["snap"], "function"), (GOOD["calls"], "file")):
        for form in ("txt", "md"):
            text = profviz("top", "--by", by, FIXTURES / path, "-f", form,
                           status=0).text
            assert "defined at" not in text
    text = profviz("top", FIXTURES / GOOD["stacks"], status=0).text
    assert "defined at" in text


def test_convert_says_that_nothing_is_left(profviz):
    done = profviz("convert", FIXTURES / GOOD["basic"], "--focus", "zzzz",
                   "-f", "folded", status=0)
    assert not done.out
    assert done.error == ("profviz: warning: no stack is left of the input: "
                          "the output is empty\n")


def test_nametype_heads_the_table(profviz, tmp_path):
    path = FIXTURES / GOOD["basic"]
    page = profviz("flame", path, "-f", "html", "--nametype", "Method:",
                   status=0).text
    assert '<th data-sort="text">Method</th>' in page
    picture = profviz("flame", path, "-f", "svg", "--classic", "--nametype",
                      "Method:", status=0).text
    assert "<desc>Method:</desc>" in picture
