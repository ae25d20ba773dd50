# SPDX-License-Identifier: MIT
"""`report --link-template`: line numbers open the line elsewhere."""
import html
import re

import pytest

from test_report import Page

SOURCE = "def load():\n    pass\n\n\ndef main():\n    load()\n"


@pytest.fixture
def shop(tmp_path):
    folder = tmp_path / "shop dir"
    folder.mkdir()
    (folder / "a b.py").write_text(SOURCE)
    return folder


def made(profviz, tmp_path, stacks, *options, status=0):
    (tmp_path / "x.folded").write_text(stacks)
    out = tmp_path / "out"
    run = profviz("report", "-q", tmp_path / "x.folded", "-o", f"{out}/",
                  *options, status=status)
    if status:
        assert not out.exists()
        return run.error
    return {p.name: p.read_text() for p in out.glob("s/*.html")}


def line_links(page):
    """{line: address} of the line numbers."""
    return {int(line): html.unescape(href) for href, line in
            re.findall(r'<td class="ln"><a href="([^"]*)">(\d+)</a>', page)}


@pytest.mark.parametrize("template,wanted", [
    ("vscode", "vscode://file{file}:6"),
    ("pycharm", "pycharm://open?file={file}&line=6"),
    ("sublime", "subl://open?url=file://{file}&line=6"),
    ("github:me/shop", "https://github.com/me/shop/blob/v1/a%20b.py#L6"),
    ("gitlab:my/group/shop",
     "https://gitlab.com/my/group/shop/-/blob/v1/a%20b.py#L6"),
    ("https://git.example.org:8443/r/{revision}/{path}?line={line}#x",
     "https://git.example.org:8443/r/v1/a%20b.py?line=6#x"),
    ("http://localhost/{file}", "http://localhost{file}")])
def test_names_and_patterns(profviz, tmp_path, shop, template, wanted):
    pages = made(profviz, tmp_path, "main (a b.py:6);load (a b.py:2) 5\n",
                 "--source-path", shop, "--revision", "v1",
                 "--link-template", template)
    (page,) = pages.values()
    file = str(shop / "a b.py").replace(" ", "%20")
    assert line_links(page)[6] == wanted.format(file=file)
    assert len(line_links(page)) == len(SOURCE.split("\n")) - 1
    assert 'id="L6"' in page and 'href="#L5"' in page  # of the functions


def test_without_a_revision_it_is_the_newest(profviz, tmp_path, shop):
    pages = made(profviz, tmp_path, "main (a b.py:6) 5\n", "--source-path",
                 shop, "--link-template", "github:me/shop")
    (page,) = pages.values()
    assert "/blob/HEAD/a%20b.py" in line_links(page)[6]


def test_a_single_file_has_them_too(profviz, tmp_path, shop):
    (tmp_path / "x.folded").write_text("main (a b.py:6) 5\n")
    page = profviz("report", "-q", tmp_path / "x.folded", "-o", "-",
                   "--source-path", shop, "--link-template", "github:a/b",
                   status=0).text
    assert line_links(page)[6].startswith("https://github.com/a/b/blob/")


def test_files_that_are_not_at_hand(profviz, tmp_path):
    """A path is only told where it is known."""
    stacks = ("main (/srv/shop/a.py:6) 5\nmain (shop/b.py:7) 5\n"
              "main (../c.py:8) 5\nmain (<frozen x>:9) 5\n")
    pages = made(profviz, tmp_path, stacks, "--link-template", "github:a/b")
    got = {name: next(iter(line_links(p).values()))
           for name, p in pages.items()}
    assert sorted(got.values()) == [
        "#L6", "#L8", "#L9",
        "https://github.com/a/b/blob/HEAD/shop/b.py#L7"]
    (tmp_path / "out").rename(tmp_path / "before")
    pages = made(profviz, tmp_path, stacks, "--link-template", "vscode")
    got = [next(iter(line_links(p).values())) for p in pages.values()]
    assert sorted(got) == ["#L7", "#L8", "#L9",
                           "vscode://file/srv/shop/a.py:6"]


HOSTILE = ["javascript:alert(1).py", "x\" onclick=\"y.py", "a'><script>.py",
           "//evil.example/x.py", "a%2e%2e/x.py", "?q#f&amp;{line}.py",
           "\u202etxt.py", "@evil.example/a.py"]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("template", [
    "vscode", "https://x.example/{path}", "https://x.example/{file}#{line}"])
def test_hostile_names_stay_a_path(profviz, tmp_path, name, template):
    pages = made(profviz, tmp_path, f"main ({name}:6) 5\n",
                 "--link-template", template)
    for page in pages.values():
        for href in line_links(page).values():
            assert re.fullmatch(
                r"#L\d+|(vscode://file|https://x\.example)/"
                r"[\w./~%-]*(:\d+|#\d+)?", href), href
        read = Page(page)
        assert not any(key.startswith("on") for _, key, _ in read.attributes)
        assert all(s.get("src", "").startswith("../assets/")
                   for s in read.scripts)


@pytest.mark.parametrize("template,word", [
    ("javascript:alert({path})", "neither a name"),
    ("JavaScript://x/{path}", "neither a name"),
    ("data:text/html,{path}", "neither a name"),
    ("file:///{file}", "neither a name"),
    ("//x/{path}", "neither a name"), ("nosuch", "neither a name"),
    ("https://{path}", "a host is written out"),
    ("https://x{path}/y", "a host is written out"),
    ("https:///{path}", "a host is written out"),
    ("https://x/{path}\" y", "no address"),
    ("https://x/<{path}>", "no address"),
    ("https://x/\u00e9{path}", "no address"),
    ("https://x/{path", "is not known"), ("https://x/{nope}", "{nope}"),
    ("https://x/{repository}/{path}", "{repository}"),
    ("https://x/{line}", "lacks {path}"),
    ("github", "OWNER/NAME"), ("github:", "OWNER/NAME"),
    ("github:a", "OWNER/NAME"), ("github:a/b?c", "OWNER/NAME"),
    ("github:../b", "OWNER/NAME"), ("gitlab:a//b", "OWNER/NAME"),
    ("vscode:x", "neither a name")])
def test_what_is_refused(profviz, tmp_path, template, word):
    error = made(profviz, tmp_path, "main (a.py:6) 5\n", "--link-template",
                 template, status=2)
    assert word in error and error.count("\n") == 1


def test_paths_are_not_told_where_they_are_hidden(profviz, tmp_path):
    error = made(profviz, tmp_path, "main (a.py:6) 5\n", "--link-template",
                 "vscode", "--redact", "paths,names", status=2)
    assert "--redact" in error
    pages = made(profviz, tmp_path, "main (a.py:6) 5\n", "--link-template",
                 "github:a/b", "--redact", "names")
    assert all("main" not in re.findall(r"<main>.*", p, re.S)[0]
               .replace("<main>", "").replace("</main>", "")
               for p in pages.values())
