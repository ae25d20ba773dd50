# SPDX-License-Identifier: MIT
"""Reports in the browser: every page, under the policies of those who serve
them, with script and without, narrow and wide, light and dark."""
import functools
import html.parser
import http.server
import json
import pathlib
import re
import shutil
import threading
import urllib.parse

import pytest

from harness import FIXTURES
from window import rest

REAL = FIXTURES / "report"  # one program in two versions, by five tools
MORE = {"objects.txt": "objgraph/good/objgraph-growth-pdb.txt"}
POLICIES = {
    "strict": "default-src 'none'; img-src 'self'; style-src 'self'; "
              "script-src 'self'",
    "jenkins": "sandbox; default-src 'none'; img-src 'self'; "
               "style-src 'self'",
    "github-pages": None,
}


@pytest.fixture(scope="module")
def made(profviz, tmp_path_factory):
    """A site and a page of the same inputs, and the folder they are in."""
    where = tmp_path_factory.mktemp("report")
    for side, version in (("old", "v1"), ("new", "v2")):
        shutil.copytree(REAL / version, where / side)
    for name, source in MORE.items():
        shutil.copy(FIXTURES / source, where / "new" / name)
    history = where / "history.jsonl"
    history.write_text("".join(json.dumps(
        {"profviz": 1, "slug": "cpu-prof", "measure": "time", "unit": "s",
         "value": v}) + "\n" for v in (.0013, .0012, .0014)))
    for out in ("site/", "page.html"):
        profviz("report", "-q", *sorted((where / "new").iterdir()),
                "--baseline", where / "old", "--history", history,
                "--source-path", REAL,
                "-o", f"{where}/{out}", status=0)
    return where


def pages(site):
    return [p.relative_to(site).as_posix() for p in sorted(site.rglob("*.html"))]


@pytest.fixture(scope="module")
def served(made):
    """served(policy) -> address of the site under that policy's header."""
    servers = []

    class Handler(http.server.SimpleHTTPRequestHandler):
        policy = None

        def end_headers(self):
            if self.policy:
                self.send_header("Content-Security-Policy", self.policy)
            super().end_headers()

        def log_message(self, *args):
            pass

    def serve(policy):
        handler = type("H", (Handler,), {"policy": policy})
        server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0),
            functools.partial(handler, directory=str(made / "site")))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"
    yield serve
    for server in servers:
        server.shutdown()


def watched(context, address):
    """A page that notes what it must not do."""
    page, wrong = context.new_page(), []
    page.on("console", lambda m: wrong.append(m.text)
            if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: wrong.append(str(e)))
    page.on("request", lambda r: None if r.url.startswith(
        (address, "data:", "file:")) else wrong.append(r.url))
    return page, wrong


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("script", [True, False])
def test_every_page_under_a_policy(browser, made, served, policy, script):
    address = served(POLICIES[policy])
    context = browser.new_context(viewport={"width": 1280, "height": 800},
                                  java_script_enabled=script)
    page, wrong = watched(context, address)
    for name in pages(made / "site"):
        page.goto(address + name)
        assert page.locator("h1").count() == 1, name
        if policy == "jenkins":  # its sandbox stops scripts, and says so
            wrong[:] = [w for w in wrong if "sandboxed" not in w
                        and "script" not in w]
        assert not wrong, (name, wrong)
        if script and policy != "jenkins":
            assert page.evaluate(
                "getComputedStyle(document.body).margin") == "0px", name
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_scrolls_sideways(browser, made, width):
    context = browser.new_context(viewport={"width": width, "height": 844})
    page, wrong = watched(context, "file:")
    for name in pages(made / "site"):
        if name.startswith("s/"):
            continue  # source scrolls by itself
        page.goto((made / "site" / name).as_uri())
        rest(page)
        assert page.evaluate(
            "document.documentElement.scrollWidth") <= width, name
    assert not wrong
    context.close()


SEPARATED = """() => {
    const nav = document.querySelector('nav.crumb');
    return nav && nav.textContent.replace(/\\s+/g, ' ').trim();
}"""


def test_crumbs_say_where_one_is(browser, made):
    """Steps with a separator between each two, and none behind the last."""
    page, _ = watched(browser.new_context(), "file:")
    said = {}
    for name in pages(made / "site"):
        page.goto((made / "site" / name).as_uri())
        said[name] = page.evaluate(SEPARATED)
    page.context.close()
    assert said.pop("index.html") is None
    assert said["functions.html"] == "Report › Functions"
    assert said["p/cpu-prof.html"] == \
        "Report › Flame graph · Comparison · Previous · Next"
    assert said["d/cpu-prof.html"] == \
        "Report › cpu.prof › Comparison · Previous · Next"
    assert said["m/mem-dat.html"] == \
        "Report › Timeline · Comparison · Previous"
    for name, text in said.items():
        assert re.fullmatch(r"Report( › [\w. -]+)+( · \w+)*", text), (name, text)


@pytest.mark.parametrize("name", ["functions.html", "files.html",
                                  "p/lines-lprof.html"])
def test_a_list_stands_off_its_header(browser, made, name):
    page, _ = watched(browser.new_context(), "file:")
    page.goto((made / "site" / name).as_uri())
    header, table = (page.locator(e).bounding_box()
                     for e in ("header", "main table"))
    assert table["y"] - header["y"] - header["height"] >= 6
    page.context.close()


def test_swatches_stand_beside_their_names(browser, made):
    """Also beside long ones without a space, on a narrow screen."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page, _ = watched(context, "file:")
    for name in ("files.html", "p/stacks-folded.html", "d/cpu-prof.html"):
        page.goto((made / "site" / name).as_uri())
        rest(page)
        tops = page.evaluate("""() => [...document.querySelectorAll(
            'td>.chip+.fnm')].filter(e => e.getClientRects().length)
            .map(e => e.getClientRects()[0].bottom -
                e.previousElementSibling.getBoundingClientRect().bottom)""")
        assert len(tops) > 5 and all(0 <= t < 8 for t in tops), (name, tops)
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser, made, scheme):
    axe = pathlib.Path(pytest.importorskip("axe_playwright_python").__file__)
    code = next(axe.parent.rglob("axe.min.js")).read_text()
    context = browser.new_context(viewport={"width": 1280, "height": 900},
                                  color_scheme=scheme)
    page, _ = watched(context, "file:")
    for name in pages(made / "site"):
        page.goto((made / "site" / name).as_uri())
        rest(page)
        page.evaluate(code)
        found = page.evaluate("""async () => (await axe.run(document, {
            runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']}))
            .violations.map(v => [v.id, v.nodes.length,
                                  v.nodes[0].html.slice(0, 200)])""")
        if name.startswith("s/"):
            found = [v for v in found if v[0] != "target-size"]
        assert not found, (name, found)
    context.close()


def shown(page):
    return page.evaluate("""[...document.querySelectorAll('section.page')]
        .filter(s => s.getClientRects().length).map(s => s.id)""")


@pytest.mark.parametrize("script", [True, False])
def test_a_page_of_its_own_passes_its_policy(browser, made, script):
    context = browser.new_context(viewport={"width": 1280, "height": 800},
                                  java_script_enabled=script)
    page, wrong = watched(context, "file:")
    page.goto((made / "page.html").as_uri())
    links = page.locator("#index a[href^='#']")
    hrefs = sorted({links.nth(i).get_attribute("href")
                    for i in range(links.count())})
    assert len(hrefs) > 10
    for href in hrefs:
        page.goto((made / "page.html").as_uri() + href)
        if script:
            section = href[1:].split("&")[0]
            rest(page)
            at = shown(page)
            assert len(at) == 1 and section.startswith(at[0]), (href, at)
    assert not wrong, wrong
    context.close()


def test_without_a_target_the_index_is_shown(browser, made):
    context = browser.new_context()
    page, wrong = watched(context, "file:")
    page.goto((made / "page.html").as_uri())
    assert shown(page) == ["index"]
    page.evaluate("location.hash = '#functions'")
    assert shown(page) == ["functions"]
    assert not wrong
    context.close()


def test_printing_from_a_dark_desktop_is_white(browser, made, tmp_path):
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto((made / "site/index.html").as_uri())
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(
        "getComputedStyle(document.body).backgroundColor") in (
            "rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
    context.close()


class Links(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag == "a" and dict(attrs).get("href"):
            self.found.append(dict(attrs)["href"])


def states(site):
    """{page: states that links of the site lead to there}"""
    found = {}
    for path in sorted(site.rglob("*.html")):
        for link in Links(path.read_text()).found:
            file, _, state = link.partition("#")
            if "=" in state:
                target = (path.parent / file).resolve()
                found.setdefault(target, set()).add(state)
    return found


SHOWN = """async states => {
    const told = [];
    for (const state of states) {
        location.hash = state;
        for (let i = 0; i < 3; i++)
            await new Promise(r => setTimeout(r, 15));
        told.push({state, search: PV.found,
                   root: PV.f[PV.tree.fn[0]][0], note:
                   document.getElementById('pv-bar').textContent,
                   marked: PV.f.map(f => f[0]),
                   callers: [...PV.tree.dep].some(d => d < 0)});
    }
    return told;
}"""


def test_links_into_pictures_show_what_they_say(browser, made):
    """A search marks boxes of that name alone; callers stand around it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page, wrong = watched(context, "file:")
    count = {"s": 0, "v": 0}
    for target, wanted in sorted(states(made / "site").items()):
        names = [f[0] for f in json.loads(
            target.read_text().partition('id="pv-data"')[2]
            .partition(">")[2].partition("</script>")[0])["f"]]
        page.goto(target.as_uri())
        for told in page.evaluate(SHOWN, sorted(wanted)):
            state = dict(part.split("=", 1)
                         for part in told["state"].split("&"))
            if "s" in state:
                name = re.sub(r"\\(.)", r"\1", urllib.parse.unquote(
                    state["s"])[1:-1])
                assert name in names, (target, told["state"])
                assert told["search"]["frames"] > 0, told["state"]
                assert told["search"]["functions"] == sum(
                    n.lower() == name.lower() for n in names), told["state"]
            else:
                assert state["v"] == "sandwich"
                assert told["root"] == urllib.parse.unquote(state["f"])
                assert names.count(told["root"]) == 1
                assert "not in this profile" not in told["note"]
            count[told["state"][0]] += 1
    assert count["s"] > 40 and count["v"] > 40, count
    assert not wrong, wrong
    context.close()


def test_links_into_sections_show_what_they_say(browser, made):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page, wrong = watched(context, "file:")
    where = (made / "page.html").as_uri()
    page.goto(where)
    row = page.locator("#functions tr", has_text="add_page").first
    for word, at, text in (("source", "s-cpu-prof.index_words.py", "def add_page"),
                           ("memory curve", "m-calls-dat", "__main__.add_page"),
                           ("callers", "p-cpu-prof", None)):
        page.goto(where + "#functions")
        row.locator("a", has_text=word).first.click()
        rest(page)
        assert shown(page) == [at]
        if text:
            assert page.evaluate("""text => {
                const row = document.querySelector(':target').closest('tr');
                return (row.textContent + row.nextElementSibling.textContent)
                    .includes(text); }""", text), word
    title = page.locator("#p-cpu-prof g.pivot title, #p-cpu-prof .pivot")
    assert "add_page" in title.first.text_content()
    assert not wrong, wrong
    context.close()


def test_without_script_no_link_does_nothing(browser, made):
    """Callers are the viewer's: such links are not shown without it."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((made / "site/p/cpu-prof.html").as_uri())
    links = page.locator("a", has_text="callers")
    assert links.count() > 10
    assert not any(links.nth(i).is_visible() for i in range(links.count()))
    assert page.locator("a", has_text="source").first.is_visible()
    context.close()
