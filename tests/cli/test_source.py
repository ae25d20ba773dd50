# SPDX-License-Identifier: MIT
"""Pages of annotated source: the code is the file's, figures are the
profile's, what may not be read is not there and the page says why."""
import csv
import io
import keyword
import os
import pathlib
import pickle
import random
import re
import sys
import sysconfig
import tokenize

import pytest

from harness import ROOT
from sourcepage import Page, lines_of, shown

SOURCE = ROOT / "fixtures" / "source"
RECORDINGS = SOURCE / "recordings"
STDLIB = pathlib.Path(sysconfig.get_paths()["stdlib"])
OURS = ("--path-map", f"/tmp/demo={SOURCE}", "--source-path", SOURCE)


@pytest.fixture
def page(profviz, tmp_path):
    def make(*args, cwd=None):
        done = profviz("annotate", *args, "-f", "html", "-o", "-", status=0,
                       cwd=cwd or tmp_path)
        return Page(done.text)
    return make


def profile_of(tmp_path, *names):
    """A profile with one sample in line 1 of each file."""
    path = tmp_path / "p.folded"
    path.write_text("".join(f"f ({n}:1) 1\n" for n in names))
    return path


# ---- the code column ----

def modules():
    names = ["dataclasses", "textwrap", "inspect", "tokenize", "heapq",
             "typing", "argparse", "ast", "shlex", "csv", "decimal",
             "asyncio/tasks", "json/decoder", "re/_parser", "sre_parse",
             "email/header", "idlelib/pyshell", "this", "antigravity",
             "turtle", "_pydecimal", "pickletools", "encodings/punycode"]
    return [p for n in names if (p := STDLIB / f"{n}.py").exists()]


@pytest.mark.parametrize("path", modules(), ids=lambda p: p.stem)
def test_code_is_the_files(path, page, tmp_path):
    got = page(profile_of(tmp_path, path), "--source-path", STDLIB)
    wanted = lines_of(path.read_text(encoding="utf-8"))
    assert [r["line"] for r in got.rows] == list(range(1, len(wanted) + 1))
    assert [r["code"] for r in got.rows] == [shown(w) for w in wanted]


@pytest.mark.parametrize("name", ["x.py", "x.rs", "x.c", "x.cpp", "x.go",
                                  "x.java", "x.ts", "x.pyx", "x.txt"])
def test_any_text_comes_out_as_it_is(name, page, tmp_path):
    """Pieces that mean something to some language, in any order."""
    rng = random.Random(name)
    pieces = ['"', "'", '"""', "'''", "`", "\\", "\n", "\r\n", "#", "//", "/*",
              "*/", "{", "}", "{{", "${", "(", ")", "f'", 'rb"', "R\"(", ')"',
              'r#"', '"#', "def x", "class ", "@a.b", "0x1f", "1e-5", ".5",
              "\t", " ", "\f", "\x00\x01", "\x7f", "\u202e", "\u65e5", "\ufeff",
              "\u0301", "match x:", "\\N{DASH}", "!r", ":>{w}", "fn 'a",
              "a" * 2100, "else", "\n    ", "\n@d\n"]
    for _ in range(12):
        text = "".join(rng.choice(pieces) for _ in range(rng.randrange(200)))
        text = text.replace("\0", "").lstrip("\ufeff") or "x"
        (tmp_path / name).write_bytes(text.encode())
        got = page(profile_of(tmp_path, name))
        assert [r["code"] for r in got.rows] == [
            shown(w) for w in lines_of(text)], text


def test_other_bytes_are_replaced_and_it_is_said(page, tmp_path):
    (tmp_path / "x.py").write_bytes(b"a = '\xff'\n")
    got = page(profile_of(tmp_path, "x.py"))
    assert got.rows[0]["code"] == "a = '\ufffd'"
    assert any("U+FFFD" in n for n in got.notes)


# ---- colours ----

def tokens(path):
    """(line, kind, text) of what Python's own tokenizer sees in one line."""
    kinds = {tokenize.COMMENT: "xc", tokenize.STRING: "xs",
             tokenize.NUMBER: "xd"}
    found, before = set(), ""
    with open(path, "rb") as f:
        for t in tokenize.tokenize(f.readline):
            if t.start[0] != t.end[0]:
                continue
            if t.type in kinds and not re.match("[rRbBuU]*[fF]", t.string):
                found.add((t.start[0], kinds[t.type], t.string))
            elif t.type == tokenize.NAME and keyword.iskeyword(t.string):
                found.add((t.start[0], "xk", t.string))
            elif t.type == tokenize.NAME and before in ("def", "class"):
                found.add((t.start[0], "xn", t.string))
            before = t.string
    return found


@pytest.mark.parametrize("path", modules(), ids=lambda p: p.stem)
def test_colours_are_those_of_pythons_tokenizer(path, page, tmp_path):
    got = page(profile_of(tmp_path, path), "--source-path", STDLIB)
    seen = {(r["line"], *s) for r in got.rows for s in r["spans"]}
    joined = {}
    for line, kind, text in seen:
        joined.setdefault((line, kind), []).append(text)
    missing = [t for t in tokens(path) if t not in seen
               and not any(t[2] in s for s in joined.get(t[:2], []))]
    assert not missing


# ---- figures ----

def number(text):
    return float(text.replace(",", "").replace("\u2212", "-")
                 .replace("<", "").replace("+", ""))


def rows_of(profviz, *args):
    done = profviz("annotate", *args, "-f", "csv", "-o", "-", status=0)
    return list(csv.DictReader(io.StringIO(done.text, newline="")))


UNITS = {"s": 1, "ms": 1e-3, "\u00b5s": 1e-6, "ns": 1e-9,
         "B": 1, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30}


def check_column(page, head, wanted):
    """A column of the page is `wanted` in its unit, to its last decimal."""
    name = next(h for h in page.columns() if h.split(" (")[0] == head)
    unit = UNITS[name.split("(")[1].rstrip(")")] if "(" in name else 1
    shown_ = page.column(name)
    for line, value in wanted.items():
        text = shown_.pop(line, "")
        decimals = len(text.partition(".")[2])
        if text.startswith("<"):
            assert 0 < value / unit < 0.5 * 10**-decimals + 1e-12
        else:
            assert abs(number(text) - value / unit) <= (
                0.5 + 1e-6) * 10**-decimals, (line, text, value)
    assert not {k: v for k, v in shown_.items() if v != "0"}


@pytest.mark.parametrize("python", ["py3.8", "py3.11", "py3.13"])
def test_figures_are_those_of_line_profiler(python, profviz, page):
    path = RECORDINGS / f"{python}.lprof"
    rows = [r for r in rows_of(profviz, path)
            if r["file"].endswith("orders.py")]
    got = page(path, *OURS)
    got.rows = [r for r in got.rows if r["id"].startswith("s1-")]
    check_column(got, "Hits", {int(r["line"]): int(r["hits"]) for r in rows})
    check_column(got, "Time", {int(r["line"]): float(r["time"]) for r in rows})
    check_column(got, "Per hit", {
        int(r["line"]): float(r["time"]) / int(r["hits"]) for r in rows})
    whole = sum(float(r["time"]) for r in rows_of(profviz, path))
    check_column(got, "% of run", {
        int(r["line"]): 100 * float(r["time"]) / whole for r in rows
        if float(r["time"])})


@pytest.mark.parametrize("python", ["py3.8", "py3.11", "py3.13"])
def test_figures_are_those_of_tracemalloc(python, profviz, page):
    path = RECORDINGS / f"{python}.tracemalloc"
    rows = rows_of(profviz, path)
    files = list(dict.fromkeys(r["file"] for r in rows))
    got = page(path, *OURS)
    lines = {f"s{i + 1}-": [r for r in got.rows
                            if r["id"].startswith(f"s{i + 1}-")]
             for i in range(len(files))}
    sizes = sorted(sum(int(r["size"]) for r in rows if r["file"] == f)
                   for f in files)
    assert len(sizes) >= 3 and all(lines.values())
    one = page(path, *OURS)
    one.rows = lines["s1-"]
    most = max(files, key=lambda f: sum(int(r["size"]) for r in rows
                                        if r["file"] == f))
    check_column(one, "Blocks", {int(r["line"]): int(r["blocks"])
                                 for r in rows if r["file"] == most})


def test_calls_of_one_function_stand_side_by_side(page):
    got = page(RECORDINGS / "py3.13.memory.txt", *OURS)
    assert "call 1" in got.heads and "call 2" in got.heads
    row = next(r for r in got.rows if r["line"] == 42)
    assert row["cells"][3] == "6" and row["cells"][6] == "6"
    assert all(r["code"] for r in got.rows if r["line"] == 43)


def test_inputs_of_several_kinds_share_a_page(page):
    got = page(RECORDINGS / "py3.13.lprof", RECORDINGS / "py3.13.tracemalloc",
               RECORDINGS / "py3.13.folded", *OURS)
    heads = got.heads[got.heads.index("py3.13.lprof"):]
    assert heads[:4] == ["py3.13.lprof", "py3.13.tracemalloc",
                         "py3.13.folded", ""]
    row = next(r for r in got.rows if r["id"].endswith("-L55"))
    assert row["code"].strip() == "out.append(count * 0.1)"
    assert sum(c != "" for c in row["cells"]) >= 8


def test_stacks_link_calls(page):
    got = page(RECORDINGS / "py3.13.folded", *OURS)
    to = {r["line"]: r["to"] for r in got.rows
          if r["id"].startswith("s1-") and r["to"]}
    assert to[48][0][1] == "orders.py:64"
    assert set(got.links) > {t[0][0] for t in to.values()}
    heading = next(h for h in got.headings if "percent_off" in h[0])
    assert "called from orders.py:48 (100%)" in heading[1]


# ---- code that did not run ----

class _Stats:
    """Pickles as line_profiler's LineStats, which need not be installed."""

    def __init__(self, timings):
        self.timings, self.unit = timings, 1e-9


def lprof(path, timings):
    class LineStats(_Stats):
        pass
    LineStats.__module__ = "line_profiler._line_profiler"
    LineStats.__qualname__ = "LineStats"
    import types
    names = ["line_profiler", "line_profiler._line_profiler"]
    kept = {n: sys.modules.get(n) for n in names}
    try:
        for n in names:
            sys.modules[n] = types.ModuleType(n)
        sys.modules[names[1]].LineStats = LineStats
        path.write_bytes(pickle.dumps(LineStats(timings)))
    finally:
        for n in names:
            if kept[n] is None:
                del sys.modules[n]
            else:
                sys.modules[n] = kept[n]
    return path


def code_objects(code):
    for const in code.co_consts:
        if hasattr(const, "co_lines"):
            yield const
            yield from code_objects(const)


@pytest.mark.parametrize("path", modules(), ids=lambda p: p.stem)
def test_never_is_only_said_of_lines_that_python_counts(path, page, tmp_path):
    """All functions registered, none called: each line that is then called
    not executed must be one for which Python has line events."""
    top = compile(path.read_text(encoding="utf-8"), str(path), "exec",
                  dont_inherit=True)
    timings, events = {}, {}
    for code in code_objects(top):
        if code.co_name.startswith("<"):
            continue
        timings[str(path), code.co_firstlineno, code.co_name] = []
        for _, _, line in code.co_lines():
            events[line] = code
    if not timings:
        pytest.skip("no functions")
    first = min(timings)
    timings[first] = [(first[1] + 1, 1, 1)]
    got = page(lprof(tmp_path / "p.lprof", timings), "--source-path", STDLIB)
    assert not [n for n in got.notes if "changed" in n]
    assert got.never() <= set(events)
    covered = set(events) & {r["line"] for r in got.rows}
    assert len(got.never()) > 0.6 * len(covered) or len(covered) < 20


def test_functions_that_were_not_called_say_so(page):
    got = page(RECORDINGS / "py3.13.lprof", *OURS)
    assert ("s1-f-bundle_off", "never called") in got.headings
    assert {56, 57, 59, 70, 71, 72, 73} <= got.never()


# ---- what is not there, not to be read, or not the same ----

def test_missing_source_keeps_the_figures(page, tmp_path):
    got = page(profile_of(tmp_path, "/app/gone.py"))
    assert "Source not shown: /app/gone.py was not found; give " \
           "--source-path DIR." in got.notes
    assert got.column("Self") == {1: "1"}


@pytest.mark.parametrize("name, why", [
    ("/etc/passwd", "not below"), ("../secret", "not below"),
    ("../../../../../../etc/passwd", "not below"), ("link", "not below"),
    ("dir/secret", "not below"), ("pipe", "not a regular file"),
    ("/dev/zero", "not below"), ("sub", "not a regular file"),
    ("big.py", "larger than"), ("core.py", "not text")])
def test_nothing_is_published_that_must_not_be(name, why, page, tmp_path):
    shop = tmp_path / "shop"
    shop.mkdir()
    (tmp_path / "secret").write_text("TOP SECRET\n")
    (shop / "link").symlink_to(tmp_path / "secret")
    (shop / "dir").symlink_to(tmp_path)
    os.mkfifo(shop / "pipe")
    (shop / "sub").mkdir()
    (shop / "core.py").write_bytes(b"KEYS\0\n")
    with open(shop / "big.py", "w") as f:
        f.truncate(200 << 20)
    got = page(profile_of(tmp_path, name), cwd=shop)
    text = "".join(r["code"] for r in got.rows)
    assert text == "" and len(got.rows) == 1
    assert any(why in n for n in got.notes), got.notes


def test_a_link_within_is_followed(page, tmp_path):
    (tmp_path / "real.py").write_text("inside = 1\n")
    (tmp_path / "link.py").symlink_to("real.py")
    got = page(profile_of(tmp_path, "link.py"))
    assert got.rows[0]["code"] == "inside = 1" and not got.notes


def test_changed_source_is_said(page, tmp_path):
    (tmp_path / "short.py").write_text("x = 1\n")
    path = tmp_path / "p.folded"
    path.write_text("f (short.py:9) 1\n")
    assert any("changed" in n for n in page(path).notes)
    (tmp_path / "moved.py").write_text("\n\n\ndef g():\n    return 1\n")
    moved = lprof(tmp_path / "m.lprof",
                  {("moved.py", 1, "g"): [(2, 1, 1)]})
    assert any("changed" in n for n in page(moved).notes)
    same = lprof(tmp_path / "s.lprof", {("moved.py", 4, "C.g"): [(5, 1, 1)]})
    assert not page(same).notes


def test_reports_show_their_own_lines(page, tmp_path):
    report = (RECORDINGS / "py3.13.memory.txt").read_text()
    path = tmp_path / "r.txt"
    path.write_text(report)
    got = page(path)
    assert got.rows[0]["code"].startswith("def apply_promotions")
    assert not got.notes
    folder = tmp_path / "demo"
    folder.mkdir()
    (folder / "orders.py").write_text("something = 'else'\n" * 80)
    other = page(path, "--path-map", f"/tmp/demo/shop={folder}",
                 "--source-path", folder)
    assert other.rows[0]["code"].startswith("def apply_promotions")
    assert any("changed" in n for n in other.notes)


def test_source_can_be_left_out(page):
    for name in ("py3.13.lprof", "py3.13.memory.txt"):
        got = page(RECORDINGS / name, *OURS, "--embed-source", "none")
        assert not any(r["code"] for r in got.rows)
        assert any("left out" in n for n in got.notes)


def test_unknown_encodings_are_said(page, tmp_path):
    (tmp_path / "x.py").write_text("# coding: klingon\nx = 1\n")
    got = page(profile_of(tmp_path, "x.py"))
    assert got.rows[0]["code"] == ""
    assert "Source not shown: its encoding, klingon, is not known here." \
        in got.notes


# ---- folders ----

def test_a_folder_has_an_index_and_a_page_a_file(profviz, tmp_path):
    out = tmp_path / "site"
    profviz("annotate", RECORDINGS / "py3.13.lprof", *OURS, "--trim-path",
            "/tmp/demo", "-o", f"{out}/", status=0)
    names = {p.relative_to(out).as_posix() for p in out.rglob("*.*")}
    assert {"index.html", "s/shop-orders.py.html", "s/shop-catalog.py.html",
            "s/shop-worker.py.html", "source.css", "source.js"} <= names
    for path in out.rglob("*.html"):
        text = path.read_text()
        assert "<style" not in text and " style=" not in text
        assert not re.search(r"<script(?! src=)", text)
        for link in Page(text).links:
            file, _, anchor = link.partition("#")
            target = (path.parent / file).resolve() if file else path
            assert target.exists(), link
            if anchor and target.suffix == ".html":
                assert anchor in Page(target.read_text()).ids, link


def test_every_link_leads_somewhere(page):
    for name in ("py3.13.lprof", "py3.13.folded", "py3.13.tracemalloc",
                 "py3.13.prof", "py3.13.memory.txt"):
        got = page(RECORDINGS / name, *OURS)
        assert len(set(got.ids)) == len(got.ids)
        assert {h[1:] for h in got.links if h.startswith("#")} <= set(got.ids)


def test_a_folder_takes_pages_only(profviz, tmp_path):
    done = profviz("annotate", RECORDINGS / "py3.13.lprof", "-f", "csv", "-o",
                   f"{tmp_path}/x/", status=2)
    assert "only html" in done.error


@pytest.mark.slow
@pytest.mark.parametrize("place", ["lib/part_{i}_{k}.py:{k}",
                                   "lib/part.py:{i}{k:02}"])
def test_many_functions_cost_what_they_hold(place, profviz, tmp_path):
    """No look at all functions for each file or each function: that would
    take minutes."""
    path = tmp_path / "wide.folded"
    path.write_text("".join(
        ";".join(f"step_{i}_{k} ({place.format(i=i, k=k)})"
                 for k in range(1, 21)) + " 7\n" for i in range(1, 6001)))
    out = tmp_path / "wide.html"
    profviz("annotate", path, "-o", out, status=0)
    text = out.read_text()
    assert "step_1_1" in text and "step_6000_20" in text
