# SPDX-License-Identifier: MIT
"""check: every form of rule and output, exit statuses, hostile names."""
import json
import pathlib
import re
import subprocess

import junitparser
import markdown_it
import pytest

from harness import environment

FORMATS = ["txt", "md", "json", "junit", "github", "benchmark"]
HOSTILE = ["a|b", "`tick`", "<b>bold</b>", "]]>&\"'", "x%0A::error::y",
           "::set-output name=a::b", "back\\slash", "**strong**",
           "\u202egnirts", "b\x1b[31mred", "@team #1"]


@pytest.fixture
def sides(tmp_path):
    """Two folded files."""
    def write(old, new):
        paths = [tmp_path / "old.folded", tmp_path / "new.folded"]
        for path, text in zip(paths, (old, new)):
            if isinstance(text, dict):
                text = "".join(f"{k} {v}\n" for k, v in text.items())
            path.write_text(text)
        return paths
    return write


STACKS = ({"main;load (shop/io.py:3)": 8000, "main;save (shop/io.py:9)": 500,
           "main;old (gone.py:1)": 900},
          {"main;load (shop/io.py:3)": 9000, "main;save (shop/io.py:9)": 510,
           "main;fresh (new.py:7)": 800})


def check(profviz, pair, *rules, status, **how):
    args = [a for rule in rules for a in ("--fail-on", rule)]
    return profviz("check", *pair, *args, *how.pop("options", []),
                   status=status, **how)


def judged(profviz, pair, rule, options=()):
    """How many matches; the exit status agrees with the document."""
    done = profviz("check", *pair, "--fail-on", rule, "-f", "json", *options)
    data = json.loads(done.text)
    assert done.status == (0 if data["ok"] else 1), done.error
    assert list(data) == ["profviz", "ok", "rules"] and data["profviz"] == 1
    (one,) = data["rules"]
    assert one["rule"] == rule and one["broken"] == bool(one["matches"])
    for match in one["matches"]:
        assert list(match) == ["name", "file", "line", "before", "after",
                               "delta"]
        assert match["delta"] == pytest.approx(match["after"] -
                                               match["before"])
    return [m["name"] for m in one["matches"]]


# ---- rules ----

@pytest.mark.parametrize("rule, names", [
    ("samples > +5%", ["all"]),
    ("samples > +10%", []),
    ("samples > +900", ["all"]),
    ("samples > +1000", []),
    ("samples < +1000", ["all"]),
    ("samples > 10000 and +5%", ["all"]),
    ("samples > 10310", []),
    ("func:load:samples > +12%", ["load"]),
    ("func:load:samples > +12.5%", []),
    ("func:load:self_samples > +12% and +999", ["load"]),
    ("func:load:self_samples > +12% and +1000", []),
    ("func:sav*:samples > +1%", []),              # noise does not break
    ("func:sav*:samples > 509", ["save"]),        # levels ignore noise
    ("func:sav*:samples > 4% of total", ["save"]),
    ("func:old:samples < -99%", ["old"]),       # gone
    ("func:fresh:samples > +1000%", ["fresh"]),  # new
    ("func:fresh:samples < +1000%", []),
    ("func:shop.io.*:samples > 1% of total", ["load", "save"]),
    ("func:main:self_samples > 0", []),
    ("func:main:total_samples > 0", ["main"]),
    ("file:*/io.py:samples > +10%", ["shop/io.py"]),
    ("file:*.py:samples > +7% and 700", ["shop/io.py", "new.py"]),
    ("module:shop.io:samples > +10%", ["shop.io"]),
    ("module:*:self_samples > 80% of total", ["shop.io"]),
    ("func:nothing:samples > 0", []),
])
def test_rules(rule, names, sides, profviz):
    assert sorted(judged(profviz, sides(*STACKS), rule)) == sorted(names)


def test_several_rules_keep_their_order(sides, profviz, tmp_path):
    rules = ["samples > +5%", "func:load:samples > +50%", "samples > 1"]
    file = tmp_path / "rules.txt"
    file.write_text("\ufeff# comment\r\n\n  func:save:samples > 1 # why\r\n")
    done = check(profviz, sides(*STACKS), *rules, status=1,
                 options=["--rules", file, "-f", "json"])
    data = json.loads(done.text)
    assert [r["rule"] for r in data["rules"]] == [*rules,
                                                  "func:save:samples > 1"]
    assert [r["broken"] for r in data["rules"]] == [True, False, True, True]
    assert data["ok"] is False


KINDS = [
    ("pstats/good/cprofile-3.6.prof", "pstats/good/cprofile-3.13.prof",
     ["time > +0%", "calls > 1", "func:*:calls > 100",
      "func:*:self_time > 5% of total", "file:*work.py:time > 1us",
      "module:posix:time > 0"], "hits"),
    ("lprof/good/merge-a-1e-6.lprof", "lprof/good/merge-b-1e-7.lprof",
     ["time > 1ns", "hits > 1", "func:*:hits > 2", "func:*:time > 0",
      "file:ba?:time > 0"], "calls"),
    ("tracemalloc/good/real-walk-py3.7.tracemalloc.gz",
     "tracemalloc/good/real-walk-py3.12.tracemalloc.gz",
     ["size > 1KiB", "blocks > 1", "file:*:size > 10% of total",
      "func:*:blocks > 1"], "time"),
    ("objgraph/good/show-most-common.txt", None,
     ["count > 1", "func:*:count > 1"], "size"),
    ("pympler/good/tracker-diff.txt", None, ["size > 1", "count > 1"],
     "blocks"),
]


@pytest.mark.parametrize("old, new, rules, missing", KINDS,
                         ids=lambda v: v.split("/")[0]
                         if isinstance(v, str) and "/" in v else "")
def test_kinds(old, new, rules, missing, profviz, fixtures):
    def find(name):
        path = fixtures / name
        if path.exists():
            return path
        return next(p for p in sorted(path.parent.iterdir()) if p.is_file())
    pair = [find(old), find(new or old)]
    for rule in rules:
        assert judged(profviz, pair, rule) or "+0%" in rule, rule
    done = check(profviz, pair, f"{missing} > 1", status=2)
    assert f"no metric '{missing}'; there is" in done.error and not done.out


def test_lines_are_summed_by_function(profviz, fixtures):
    path = fixtures / "lprof/good/merge-a-1e-6.lprof"
    data = json.loads(profviz(
        "check", path, path, "--fail-on", "func:*:time > 0", "-f", "json",
        status=1).text)
    top = json.loads(profviz("top", path, "-f", "json", status=0).text)
    want = {(r["name"], r["line"]): r["time"] for r in top["rows"]}
    seen = {(m["name"], m["line"]): m["after"]
            for m in data["rules"][0]["matches"]}
    assert seen == want


# ---- mistakes ----

@pytest.mark.parametrize("rule, at, text", [
    ("time > +10%", 1, "no metric 'time'; there is samples"),
    ("func:load:self_time > 1", 11, "no metric 'self_time'"),
    ("samples > +5ms", 11, "this limit is a time, but samples is a count"),
    ("samples > 1GiB", 11, "this limit is memory, but samples is a count"),
    ("samples >", 10, "a limit is wanted"),
    ("samples > 10%", 11, "a change has a sign (+10%)"),
    ("fn:load:samples > 1", 1, "'fn' is not one of func, file and module"),
    ("func:load > 1", 14, "a metric is wanted behind the names"),
    ("samples > +5% or +5", 15, "'or' is not 'and'"),
    ("", 1, "a rule is wanted"),
])
def test_bad_rules(rule, at, text, sides, profviz, tmp_path):
    pair = sides(*STACKS)
    done = check(profviz, pair, "samples > 1", rule, status=2)
    assert done.error.startswith(f"profviz: --fail-on:2:{at}: {text}")
    assert not done.out and done.error.count("\n") == 1
    if not rule:
        return
    file = tmp_path / "gate.rules"
    file.write_text(f"# one\nsamples > 1\n  {rule}\n")
    out = tmp_path / "out.json"
    done = profviz("check", *pair, "--rules", file, "-o", out, status=2)
    assert done.error.startswith(f"profviz: {file}:3:{at + 2}: {text}")
    assert not out.exists()


def test_no_rules(sides, profviz, tmp_path):
    pair = sides(*STACKS)
    done = profviz("check", *pair, status=2)
    assert "--fail-on RULE or --rules FILE" in done.error
    empty = tmp_path / "empty"
    empty.write_text("\n# nothing\n")
    done = profviz("check", *pair, "--rules", empty, status=2)
    assert done.error == f"profviz: {empty}: no rule in this file\n"
    profviz("check", *pair, "--rules", tmp_path / "lost", status=4)
    profviz("check", pair[0], tmp_path / "lost", "--fail-on", "samples > 1",
            status=4)
    (tmp_path / "junk").write_bytes(b"\0\1\2")
    profviz("check", pair[0], tmp_path / "junk", "--fail-on", "samples > 1",
            status=3)


def test_a_metric_that_one_side_lacks(profviz, sides, tmp_path):
    """Never a silent pass: nothing that was not measured counts as 0."""
    old = tmp_path / "old.austin"
    new = tmp_path / "new.austin"
    old.write_text("# austin: 3.0\n# mode: full\n\nP1;T1;a (f.py);f:1 5,0,9\n")
    new.write_text("# austin: 3.0\n# mode: wall\n\nP1;T1;a (f.py);f:1 5\n")
    done = profviz("check", old, new, "--fail-on", "memory > 1", "-q")
    assert done.status in (2, 3) and not done.out


# ---- odd sides ----

def test_zero_totals(sides, profviz):
    pair = sides({"a": 0}, {"a": 0})
    for rule in ("samples > +0%", "samples > 0", "samples > 0% of total",
                 "func:*:samples > 0% of total", "samples < 0% of total"):
        assert judged(profviz, pair, rule) == []
    assert judged(profviz, pair, "samples < 1") == ["all"]


def test_new_side_empty_and_old_side_zero(sides, profviz):
    assert judged(profviz, sides({"a": 0}, {"a": 500}),
                  "samples > +1%") == ["all"]
    assert judged(profviz, sides({"a": 500}, {"a": 0}),
                  "samples < -50%") == ["all"]
    old, _ = sides({"a": 5}, "")
    profviz("check", old, _, "--fail-on", "samples > 1", status=3)


def test_the_same_file_twice(sides, profviz):
    old, _ = sides(*STACKS)
    for rule in ("samples > +0%", "samples < +1%", "func:*:samples > -5%",
                 "file:*:samples > +0"):
        assert judged(profviz, (old, old), rule) == []


def test_one_file_of_two_counts(profviz, tmp_path):
    path = tmp_path / "two.folded"
    path.write_text("main;a 500 900\nmain;b 5 5\n")
    assert judged(profviz, [path], "func:a:samples > +50%") == ["a"]


# ---- several runs ----

def test_runs_hold_against_noise(profviz, tmp_path):
    def runs(side, values):
        paths = []
        for i, v in enumerate(values):
            paths.append(tmp_path / f"{side}{i}.folded")
            paths[-1].write_text(f"m;a {v}\nm;b 5000\n")
        return paths
    old = runs("old", [1000, 1100, 1050, 950])
    new = runs("new", [1120, 1000, 1090, 1010])
    slow = runs("slow", [1500, 1600, 1550, 1480])
    def ask(new, rule):
        done = profviz("check", "--old", *old, "--new", *new, "--fail-on",
                       rule, "-f", "json")
        assert done.status in (0, 1)
        return [m["name"] for m in json.loads(done.text)["rules"][0]["matches"]]
    assert ask(new, "func:a:samples > +1%") == []
    assert ask(new, "func:a:samples > 1049") == ["a"]
    assert ask(slow, "func:a:samples > +40%") == ["a"]
    assert ask(slow, "samples > +1%") == ["all"]
    text = profviz("check", "--old", *old, "--new", *slow, "--fail-on",
                   "func:a:samples > +40%", status=1).text
    assert "clear, 4 and 4 runs" in text and "950 .. 1,100" in text


# ---- outputs ----

@pytest.fixture
def hostile(sides):
    stacks = {f"root;{name}": 900 for name in HOSTILE}
    return sides({k: 10 for k in stacks}, stacks)


RULE = "func:*:samples > +50% and 1% of total"


def test_junit_is_read_by_a_reader(hostile, profviz, tmp_path):
    out = tmp_path / "junit.xml"
    check(profviz, hostile, RULE, "samples > 1GB and 1", status=2,
          options=["-o", out])
    assert not out.exists()
    check(profviz, hostile, RULE, "samples < 1", status=1, options=["-o", out])
    xml = junitparser.JUnitXml.fromfile(str(out))
    assert xml.tests == 2 and xml.failures == 1 and xml.errors == 0
    (suite,) = list(xml)
    broken, held = list(suite)
    assert broken.name == RULE and held.name == "samples < 1"
    (failure,) = broken.result
    assert isinstance(failure, junitparser.Failure)
    assert "10 -> 900, +890 (+8900%)" in failure.text
    assert held.is_passed
    for name in HOSTILE:
        shown = name.replace("\x1b", "\ufffd").replace("\u202e", "\ufffd")
        assert f"{shown}: 10 -> 900" in failure.text


def test_markdown_keeps_names_intact(hostile, profviz):
    text = check(profviz, hostile, RULE, status=1,
                 options=["-f", "md", "--limit", "0"]).text
    assert text.startswith("### The rule is broken.\n")
    tokens = markdown_it.MarkdownIt("commonmark").enable("table").parse(text)
    cells = [t for i, t in enumerate(tokens) if t.type == "inline"
             and tokens[i - 1].type == "td_open"]
    codes = [c.content for cell in cells for c in cell.children
             if c.type == "code_inline"]
    for name in HOSTILE:
        want = name.replace("\x1b", "\ufffd").replace("\u202e", "[U+202E]")
        if "\\|" in want:
            continue
        assert want in codes, want
    assert len({tuple(c.type for c in cell.children) for cell in cells
                if cell.children and cell.children[0].type ==
                "html_inline"}) == 0
    rows = sum(t.type == "tr_open" for t in tokens)
    assert rows == 1 + len(HOSTILE) + 1


def unescape(text, property_value):
    if property_value:
        text = text.replace("%3A", ":").replace("%2C", ",")
    return (text.replace("%0D", "\r").replace("%0A", "\n")
            .replace("%25", "%"))


def test_github_annotations(hostile, sides, profviz):
    text = check(profviz, hostile, RULE, status=1,
                 options=["-f", "github"]).text
    lines = text.splitlines()
    assert len(lines) == len(HOSTILE) + 1
    for line in lines:
        found = re.fullmatch(r"::error ([^:]*)::([^\r\n]*)", line)
        assert found, line
        assert "\x1b" not in line
        assert unescape(found[1].split("title=")[1], True) == RULE
    told = {unescape(line.split("::", 2)[2], False).split(": 10 ->")[0]
            for line in lines[1:]}
    assert told == {n.replace("\x1b", "\ufffd")
                    .replace("\u202e", "[U+202E]") for n in HOSTILE}
    assert "::root: 110 -> 9,900" in lines[0]
    path = "dir,with:odd%.py"
    pair = sides({f"f ({path}:3)": 10}, {f"f ({path}:3)": 900})
    line = check(profviz, pair, "file:*:samples > +50%", status=1,
                 options=["-f", "github"]).text
    assert line.startswith("::error file=dir%2Cwith%3Aodd%25.py,title=")
    assert check(profviz, pair, "samples > 1000", status=0,
                 options=["-f", "github"]).text == ""


def test_github_names_lines(profviz, fixtures):
    path = fixtures / "pstats/good/cprofile-3.13.prof"
    text = profviz("check", path, path, "--fail-on", "func:*:calls > 50",
                   "-f", "github", status=1).text
    assert re.search(r"^::error file=work\.py,line=\d+,title=.*::\w", text,
                     re.MULTILINE)


def test_benchmark_json(sides, profviz):
    done = check(profviz, sides(*STACKS), "samples > +1000%", "func:*load:"
                 "samples > +1000%", "func:l*:total_samples > 99% of total",
                 status=0, options=["-f", "benchmark"])
    data = json.loads(done.text)
    assert data == [
        {"name": "samples", "unit": "count", "value": 10310},
        {"name": "func:load (shop/io.py):total_samples", "unit": "count",
         "value": 9000}]


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_ends_alike(form, sides, profviz):
    pair = sides(*STACKS)
    held = check(profviz, pair, "samples > 1000000", status=0,
                 options=["-f", form])
    broken = check(profviz, pair, "samples > 1", status=1,
                   options=["-f", form])
    assert broken.text.endswith("\n") and not broken.err and not held.err
    assert broken.text != held.text or form == "benchmark"


def test_text_says_which_rule_by_how_much_and_where(sides, profviz):
    text = check(profviz, sides(*STACKS), "func:load:samples > +5%",
                 "samples > 1000000", status=1).text
    assert text.splitlines()[0] == "1 of 2 rules is broken."
    assert "broken: func:load:samples > +5%" in text
    assert re.search(r"8,000\s+9,000\s+\+1,000 \(\+12.5%\)\s+clear\s+load\s+"
                     r"shop/io.py", text)
    assert "holds: samples > 1000000" in text


@pytest.mark.parametrize("width", [40, 80, 120])
def test_narrow_terminals(width, hostile, profviz):
    text = check(profviz, hostile, RULE, status=1,
                 options=["--width", width, "-q"]).text
    assert "\x1b" not in text
    assert all(len(line) <= width for line in text.splitlines()
               if not line.startswith(("broken:", "holds:")))


def test_a_typo_in_a_glob_is_told(sides, profviz):
    done = check(profviz, sides(*STACKS), "func:laod:samples > 1", status=0)
    assert "nothing is called 'laod'" in done.error
    done = check(profviz, sides(*STACKS), "func:laod:samples > 1", status=0,
                 options=["-q"])
    assert not done.err


SCRIPT = r"""
set -u
"$1" check "$2" "$3" --fail-on "samples > +50%" >/dev/null || exit 10
"$1" check "$2" "$3" --fail-on "samples > +5%" >/dev/null && exit 11
"$1" check "$2" "$3" --fail-on "samples > +5%" >/dev/null; [ $? = 1 ] || exit 12
"$1" check "$2" "$3" --fail-on "time > +5%" 2>/dev/null; [ $? = 2 ] || exit 13
"$1" check "$2" /dev/null --fail-on "samples > 1" 2>/dev/null
[ $? = 3 ] || exit 14
"$1" check "$2" "$2.lost" --fail-on "samples > 1" 2>/dev/null
[ $? = 4 ] || exit 15
"$1" check "$2" "$3" --fail-on "samples > +5%" -o "$4/a.json"
[ $? = 1 ] || exit 16
[ -s "$4/a.json" ] || exit 17
exit 0
"""


def test_in_a_script(sides, binary, tmp_path):
    old, new = sides(*STACKS)
    script = tmp_path / "gate.sh"
    script.write_text(SCRIPT)
    done = subprocess.run(["sh", script, binary, old, new, tmp_path],
                          check=False, env=environment(), timeout=60)
    assert done.returncode == 0


def test_the_documented_examples(profviz, fixtures):
    """Each rule of docs/check.md's list is one that can be read."""
    root = pathlib.Path(__file__).resolve().parents[2]
    text = (root / "docs" / "check.md").read_text()
    block = text.split("```rules\n")[1].split("```")[0]
    prof = fixtures / "pstats/good/cprofile-3.13.prof"
    rules = [line.split("#")[0].strip() for line in block.splitlines()]
    rules = [r for r in rules if r]
    assert len(rules) >= 6
    for rule in rules:
        done = profviz("check", prof, prof, "--fail-on", rule, "-q")
        told = re.search(r"no metric '(\w+)'", done.error)
        assert done.status in (0, 1) or told, (rule, done.error)


# ---- diff --fail-on ----

def test_diff_fails_on_rules(sides, profviz, tmp_path):
    old, new = sides(*STACKS)
    plain = profviz("diff", old, new, status=0)
    held = profviz("diff", old, new, "--fail-on", "samples > +50%", status=0)
    assert held.out == plain.out and held.err == plain.err
    broken = profviz("diff", old, new, "--fail-on", "func:load:samples > +5%",
                     status=1)
    assert broken.out == plain.out
    assert ("rule 'func:load:samples > +5%' is broken by load: 8,000 -> "
            "9,000, +1,000 (+12.5%)") in broken.error
    rules = tmp_path / "rules"
    rules.write_text("samples > +5%\n")
    assert not profviz("diff", old, new, "--rules", rules, "-q", "-f", "svg",
                       "-o", tmp_path / "a.svg", status=1).err
    assert (tmp_path / "a.svg").exists()
    profviz("diff", old, new, "--fail-on", "time > +5%", status=2)


# ---- memory over time ----

def test_mprof(profviz, fixtures):
    one = fixtures / "mprof/good/python-func.dat"
    two = fixtures / "mprof/good/include-children.dat"
    data = json.loads(profviz("diff", one, two, "-f", "json", status=0).text)
    rows = {r["metric"]: r for r in data["rows"]}
    assert set(rows) == {"peak", "end", "area", "duration"}
    for metric, row in rows.items():
        assert judged(profviz, (one, two), f"{metric} > -99.9%") in (
            ["all"], [])
        more = row["after"] > row["before"]
        assert bool(judged(profviz, (one, two), f"{metric} > +0.01%")) == more
    assert judged(profviz, (one, two), "peak > 1MiB") == ["all"]
    assert judged(profviz, (one, two), "peak > 100GiB") == []
    done = check(profviz, (one, two), "duration > 1MiB", status=2)
    assert "this limit is memory, but duration is a time" in done.error
    done = check(profviz, (one, two), "time > 1", status=2)
    assert "no metric 'time'; there is peak, end, area, duration" in done.error
