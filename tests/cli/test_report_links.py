# SPDX-License-Identifier: MIT
"""Reports: from a function to wherever else it is told of."""
import csv
import html
import io
import re
import shutil
import urllib.parse

import pytest

from harness import FIXTURES
from test_report import Page, follow_links, pages

REAL = FIXTURES / "report"


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    where = tmp_path_factory.mktemp("links")
    shutil.copytree(REAL / "v1", where / "old")
    shutil.copytree(REAL / "v2", where / "new")
    return where


def report(profviz, folders, out, *options):
    profviz("report", "-q", *sorted((folders / "new").iterdir()),
            "--baseline", folders / "old", "--source-path", REAL,
            "-o", out, *options, status=0)


@pytest.fixture(scope="module")
def site(profviz, folders):
    report(profviz, folders, f"{folders}/site/")
    return folders / "site"


@pytest.fixture(scope="module")
def single(profviz, folders):
    report(profviz, folders, f"{folders}/all.html")
    return (folders / "all.html").read_text()


def rows_of(text, name, tag="tr"):
    """The table rows that tell of a function, as they are."""
    found = [row for row in re.findall(rf"<{tag}\b.*?</{tag}>", text, re.S)
             if re.search(rf">{re.escape(name)}\s*<", row)]
    assert found, name
    return found


def row_of(text, name, tag="tr"):
    return rows_of(text, name, tag)[0]


def links(row):
    """{text: (file, anchor)}"""
    return {html.unescape(text): tuple(html.unescape(href).partition("#")[::2])
            for href, text in
            re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>([^<]*)</a>', row)}


def functions(page):
    return page[page.index("Functions"):]


def test_a_row_of_a_flame_graph_leads_everywhere(site):
    found = links(row_of((site / "p/cpu-prof.html").read_text(), "add_page"))
    assert found["callers"] == ("cpu-prof.html", "v=sandwich&f=add_page")
    assert found["source"] == ("../s/cpu-prof.index_words.py.html", "L36")
    assert found["index_words.py:36"] == found["source"]
    assert found["lines"] == ("../s/lines-lprof.index_words.py.html", "L36")
    assert found["memory curve"][0] == "../m/calls-dat.html"
    assert found["allocates 490 KiB"] == (
        "../s/alloc-tracemalloc.index_words.py.html", "L36")
    assert found["+37.4 ms"][0] == "../d/cpu-prof.html"


@pytest.mark.parametrize("name,label", [
    ("s/cpu-prof.index_words.py.html", "add_page"),
    ("s/lines-lprof.index_words.py.html", "add_page"),
    ("m/calls-dat.html", "__main__.add_page"),
    ("d/cpu-prof.html", "add_page"),
    ("p/lines-lprof.html", "add_page"),
    ("functions.html", "add_page"),
    ("index.html", "add_page")])
def test_every_row_leads_to_boxes_callers_and_memory(site, name, label):
    row = row_of((site / name).read_text(), label)
    hrefs = [html.unescape(h) for h in re.findall(r'href="([^"]*)"', row)]
    to = "" if "/" not in name else "../"
    boxes = ("" if name.startswith("p/") else to + "p/") + "cpu-prof.html"
    assert boxes + "#s=%5Eadd_page%24" in hrefs
    assert boxes + "#v=sandwich&f=add_page" in hrefs
    if not name.startswith("m/"):
        assert any(h.startswith(to + "m/calls-dat.html#f-") for h in hrefs)
    assert "allocates 490 KiB" in links(row)


def test_links_lead_to_what_they_say(site):
    """The row of a change, of a curve, of a line: each names the function."""
    found = links(row_of((site / "p/cpu-prof.html").read_text(), "add_page"))
    change = (site / "d/cpu-prof.html").read_text()
    row = re.search(rf'<tr><td><span id="{found["+37.4 ms"][1]}">.*?</tr>', change, re.S)
    assert ">add_page<" in row.group() and "+37.4 ms" in row.group()
    curve = (site / "m/calls-dat.html").read_text()
    row = re.search(rf'<span id="{found["memory curve"][1]}">.*?</tr>',
                    curve, re.S)
    assert "__main__.add_page" in row.group()
    assert re.search(r"\d+\.\d+ s|\d+ ms", row.group())  # its moments
    source = (site / "s/alloc-tracemalloc.index_words.py.html").read_text()
    row = re.search(r'<tr id="L36".*?</tr>', source, re.S).group()
    assert "@profile" in re.sub(r"<[^>]*>", "", row)


def test_bytes_of_a_function_are_those_of_its_lines(profviz, folders, site):
    """490 KiB: its lines in the table of `annotate`, summed."""
    rows = csv.DictReader(io.StringIO(profviz(
        "annotate", "-q", "-f", "csv", folders / "new/alloc.tracemalloc",
        status=0).text))
    lines = {int(r["line"]): int(r["size"]) for r in rows
             if r["file"] == "index_words.py"}
    source = (REAL / "index_words.py").read_text().split("\n")
    first = source.index("def add_page(index, kept, number):") + 1
    end = next(i for i in range(first, len(source)) if not source[i].strip())
    size = sum(v for k, v in lines.items() if first - 1 <= k <= end)
    assert round(size / 1024) == 490


def test_every_anchor_of_every_page_is_there(site):
    """Ids that links name, rows and lines too; states name a function."""
    found = pages(site)
    states = 0
    for path, page in found.items():
        for link in page.links:
            file, _, anchor = link.partition("#")
            target = (path.parent / file).resolve() if file else path
            if not anchor or target not in found:
                continue
            if "=" in anchor:
                assert re.match(r"(s=%5E.+%24|v=sandwich&f=.+)$", anchor)
                assert "/p/" in target.as_posix(), link
                states += 1
            else:
                assert anchor in found[target].ids, (path, link)
    assert states > 100


def test_every_anchor_of_a_single_file_is_there(single):
    page = Page(single)
    sections = {i for i in page.ids if re.match(r"[pmds]-|index|functions", i)}
    count = 0
    for link in page.links:
        if not link.startswith("#"):
            continue
        anchor = link[1:].split("&")[0]
        assert anchor in page.ids, link
        if "&" in link:
            assert anchor in sections, link
        count += 1
    assert count > 500
    row = row_of(functions(single[single.index('id="p-cpu-prof"'):]),
                 "add_page")
    found = links(row)
    assert found["callers"][1] == "p-cpu-prof&v=sandwich&f=add_page"
    assert found["source"][1] == "s-cpu-prof.index_words.py-L36"
    assert found["+37.4 ms"][1].startswith("d-cpu-prof-r")
    assert found["memory curve"][1].startswith("m-calls-dat-f-")


def test_nothing_is_led_to_that_is_not_there(profviz, folders):
    """One profile alone: no change, no curve, no allocations."""
    out = folders / "one"
    profviz("report", "-q", folders / "new/cpu.prof", "--embed-source",
            "none", "-o", f"{out}/", status=0)
    found = links(row_of((out / "p/cpu-prof.html").read_text(), "add_page"))
    assert set(found) <= {"callers", "source", "index_words.py:36"}


def test_functions_are_known_again_under_signs(profviz, folders):
    key = folders / "key"
    key.write_bytes(b"k" * 32)
    out = folders / "signs"
    report(profviz, folders, f"{out}/", "--redact", "paths,names,source",
           "--redact-key", key)
    text = (out / "functions.html").read_text()
    assert "memory curve" in text and "callers" in text
    assert re.search(r"d/cpu-prof\.html#r\d+|d/p[0-9a-f]+\.html#r\d+", text)
    names = [p.name for p in out.rglob("*") if p.is_file()]
    assert not any("index_words" in n for n in names)
    for path in out.rglob("*"):
        if path.is_file():
            assert b"add_page" not in path.read_bytes(), path
    follow_links(pages(out))


def test_namesakes_are_kept_apart(profviz, tmp_path):
    """Two functions of one name in one file are told by their lines; in two
    files by those."""
    one = tmp_path / "a.folded"
    one.write_text("main (shop/a.py:3);load (shop/a.py:9) 5\n"
                   "main (shop/b.py:3);load (shop/b.py:9) 7\n")
    two = tmp_path / "mem.dat"
    two.write_text("CMDLINE python a.py\n" + "".join(
        f"MEM {10 + i}.000000 179530428{i}.0000\n" for i in range(9)) +
        "FUNC shop.b.load 11.0 1795304282.0 14.0 1795304285.0 1\n"
        "FUNC other.load 11.0 1795304282.0 14.0 1795304285.0 1\n")
    profviz("report", "-q", one, two, "-o", f"{tmp_path}/out/", status=0)
    rows = rows_of((tmp_path / "out/functions.html").read_text(), "load")
    assert len(rows) == 2
    for row in rows:
        assert ("memory curve" in row) == ("shop/b.py" in row), row
        assert "callers" not in row  # the viewer shows one of the two
    curve = (tmp_path / "out/m/mem-dat.html").read_text()
    assert "boxes" not in row_of(curve, "other.load")
    assert "boxes" in row_of(curve, "shop.b.load")


def test_tools_that_spell_a_file_differently_meet(profviz, tmp_path):
    short = tmp_path / "a.folded"
    short.write_text("main (shop/a.py:3);load (shop/a.py:9) 5\n")
    long = tmp_path / "b.folded"
    long.write_text("main (/srv/app/shop/a.py:3);"
                    "load (/srv/app/shop/a.py:9) 5\n")
    profviz("report", "-q", short, long, "-o", f"{tmp_path}/out/", status=0)
    rows = rows_of((tmp_path / "out/functions.html").read_text(), "load")
    assert len(rows) == 1
    assert "a.folded" in rows[0] and "b.folded" in rows[0]


def test_names_that_no_address_can_hold(profviz, tmp_path):
    source = tmp_path / "odd.folded"
    source.write_bytes(b"main;a\x01b 3\nmain;&f=<x>\"' #%41+ 4\n"
                       b"main;\xff\xfe 2\nmain;" + b"x" * 5000 + b" 9\n")
    profviz("report", "-q", source, "-o", f"{tmp_path}/out/", status=0)
    page = Page((tmp_path / "out/functions.html").read_text())
    states = [urllib.parse.unquote(link.partition("#")[2])
              for link in page.links if "=" in link]
    assert "v=sandwich&f=&f=<x>\"' #%41+" in states
    assert all(len(s) < 1000 and "\x01" not in s for s in states)
    for link in page.links:
        assert re.fullmatch(r"[\w./%#=&~-]*", link), link
