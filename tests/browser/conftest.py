# SPDX-License-Identifier: MIT
"""What the browser tests stand on.

    def test_something(graph):
        g = graph("nightly", "svg", width=900)   # drawn by the real program
        g.zoom("price_order")

Every page that `graph` or `visit` opens is watched: a request that leaves it,
a console error or an exception fails the test that opened it.
"""
import pathlib
import re
import shutil
import sys

import pytest
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import shapes  # noqa: E402
from window import rest  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent


# On a busy machine Chromium may fail to answer, "Unable to capture screenshot":
# such a test is run again.  What a test itself finds wrong never is.
NO_ANSWER = r"^(playwright\S*\.)?(Error|TimeoutError|TargetClosedError): "


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in pathlib.Path(str(item.fspath)).parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.flaky(reruns=2, only_rerun=NO_ANSWER))


@pytest.fixture(scope="session")
def chromium():
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "these tests need chromium: apt-get install chromium"
    return path


@pytest.fixture(scope="session")
def browser(chromium):
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-quic",
                  "--disable-dev-shm-usage",
                  "--disable-background-networking", "--disable-sync",
                  "--disable-component-update", "--no-first-run"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def drawn(profviz, tmp_path_factory):
    """drawn(shape, "svg" | "html", *options): path of the output, made once.
    A shape is the name of a function in shapes.py, or a path."""
    folder = tmp_path_factory.mktemp("drawn")
    made = {}

    def draw(shape, kind, *options):
        key = (str(shape), kind) + options
        if key not in made:
            name = re.sub(r"\W+", "-", "-".join(key))[-80:]
            source = pathlib.Path(shape)
            if not source.is_absolute():
                source = folder / f"{shape}.folded"
                if not source.exists():
                    source.write_bytes(getattr(shapes, shape)())
            made[key] = folder / f"{len(made)}-{name}.{kind}"
            profviz("flame", source, "-o", made[key], *options, status=0)
        return made[key]
    return draw


class Watch:
    """What a page did that it must not do."""

    def __init__(self, page):
        self.page, self.wrong = page, []
        page.on("console", self.console)
        page.on("pageerror", lambda e: self.wrong.append(f"exception: {e}"))
        page.on("request", self.request)

    def console(self, message):
        if message.type in ("error", "warning"):
            self.wrong.append(f"{message.type}: {message.text}")

    def request(self, request):
        if not request.url.startswith(("file:", "data:", "about:")):
            self.wrong.append(f"request: {request.url}")


@pytest.fixture
def visit(browser):
    """visit(path, hash="", width=1280, height=800, **context options)."""
    contexts, watches = [], []

    def open_page(path, hash="", width=1280, height=800, script=None,
                  **options):
        context = browser.new_context(
            viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        context.set_default_timeout(10000)
        page = context.new_page()
        watch = Watch(page)
        watches.append(watch)
        if script:
            page.add_init_script(script)
        page.goto(pathlib.Path(path).as_uri() + hash)
        page.watch = watch
        return page
    yield open_page
    for context in contexts:
        context.close()
    wrong = [w for watch in watches for w in watch.wrong]
    assert not wrong, wrong


class Graph:
    """A page with a flame graph on it, in the words of its reader."""

    def __init__(self, page):
        self.page = page
        page.wait_for_function("window.PV && PV.visible.length > 0")

    def js(self, code, arg=None):
        return self.page.evaluate(code, arg)

    def find(self, name):
        """Index of the widest visible frame of a function."""
        i = self.js("""name => PV.visible.filter(
            i => PV.f[PV.tree.fn[i]][0] === name)
            .sort((a, b) => PV.tree.tot[b] - PV.tree.tot[a])[0]""", name)
        assert i is not None, f"no frame {name} on the screen"
        return i

    def box(self, i):
        """x, y, width, height of a frame in pixels of the window."""
        return self.js("""i => {
            const s = document.getElementById('pv');
            const r = s.getBoundingClientRect(), b = PV.boxOf(i);
            const k = r.width / s.viewBox.baseVal.width;
            return {x: r.left + b.x * k, y: r.top + b.y * k, width: b.w * k,
                    height: 17 * k};
        }""", i)

    def center(self, i):
        b = self.box(i)
        return b["x"] + b["width"] / 2, b["y"] + b["height"] / 2

    def click(self, name, **options):
        self.page.mouse.click(*self.center(self.find(name)), **options)
        self.settle()

    def settle(self):
        """Until a zoom's animation is over and drawn."""
        rest(self.page, 230)

    def focus(self):
        return self.js("PV.f[PV.tree.fn[PV.focus]][0]")

    def current(self):
        return self.js("PV.f[PV.tree.fn[PV.cur]][0]")

    def hash(self):
        return self.js("location.hash")

    def result(self):
        return self.js("document.querySelector('.res').textContent")

    def live(self):
        return self.js("document.getElementById('pv-live').textContent")

    def search(self, text):
        self.page.fill("#pv-q", text)
        rest(self.page)

    def field(self):
        """What stands in the search field."""
        return self.js("document.getElementById('pv-q').value")

    def tip(self):
        """Text of the tooltip, None while it is hidden."""
        return self.js("""() => {
            const t = document.querySelector('.tip:not(.tap)');
            return t && !t.hidden ? t.innerText : null;
        }""")

    def matched(self):
        """Names of the functions whose frames have the match fill."""
        return set(self.js("""[...document.querySelectorAll(
            '#pv-frames g.m')].map(
            g => g.querySelector('title').textContent.split('\\n')[0])"""))


@pytest.fixture
def graph(visit, drawn):
    """graph(shape, kind, *options of the program, **of visit)."""
    def open_graph(shape, kind="svg", *options, hash="", **where):
        return Graph(visit(drawn(shape, kind, *options), hash, **where))
    return open_graph


@pytest.fixture(params=["svg", "html"])
def kind(request):
    return request.param
