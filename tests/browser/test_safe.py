# SPDX-License-Identifier: MIT
"""Outputs are self-contained and harmless wherever they are put.

That no page asks for anything, logs an error or throws is checked by `visit`
for every page of every test here."""
import functools
import http.server
import threading

import pytest
from PIL import ImageChops

import shapes
from window import photograph

GITHUB = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
JENKINS = ("sandbox; default-src 'none'; img-src 'self'; "
           "style-src 'self'")


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder; the query is the Content-Security-Policy to send."""

    def end_headers(self):
        if "?" in self.path:
            from urllib.parse import unquote
            self.send_header("Content-Security-Policy",
                             unquote(self.path.split("?", 1)[1]))
        super().end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def serve():
    """serve(path, policy): URL under which the file comes with the policy."""
    servers = []

    def url(path, policy):
        from urllib.parse import quote
        handler = functools.partial(Handler, directory=str(path.parent))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return (f"http://127.0.0.1:{server.server_address[1]}/{path.name}"
                f"?{quote(policy)}")
    yield url
    for server in servers:
        server.shutdown()


def difference(a, b, by=24):
    """Share of the pixels that differ by more than a shade."""
    assert a.size == b.size
    changed = ImageChops.difference(a, b).convert("L").point(
        lambda v: 255 if v > by else 0)
    return changed.histogram()[255] / (a.size[0] * a.size[1])


def test_quiet_from_file(graph, kind):
    """1, 2: nothing is asked for, nothing is complained about."""
    g = graph("nightly", kind)
    g.click("price_order")
    g.search("json|decimal")
    g.page.keyboard.press("Escape")
    assert g.focus() == "price_order"


@pytest.mark.parametrize("policy", [GITHUB, JENKINS])
def test_policies_of_hosts(browser, drawn, serve, policy):
    """5: the picture is the same where scripts, or even styles, are refused."""
    path = drawn("nightly", "svg")
    context = browser.new_context(java_script_enabled=False,
                                  viewport={"width": 1200, "height": 700})
    page = context.new_page()
    page.goto(path.as_uri())
    plain = photograph(page)
    context.close()
    # There the policy alone keeps the script from running.
    context = browser.new_context(viewport={"width": 1200, "height": 700})
    page = context.new_page()
    page.goto(serve(path, policy))
    # Without <style> the boxes have no rounding: a few pixels each.
    assert difference(plain, photograph(page)) < 0.005
    assert page.locator("button, input").count() == 0
    context.close()


def test_hostile_names_are_inert(graph, kind):
    """7: whatever a name holds, it is text."""
    g = graph("hostile", kind)
    assert g.js("window.pwned") is None
    names = set(g.js("PV.f.map(f => f[0])"))
    for name in shapes.HOSTILE:  # what turns text around is not shown
        assert name.replace("\u202e", "\ufffd") in names, name
    assert "\u202e" not in g.js("document.documentElement.textContent")
    for i in g.js("PV.visible"):
        g.page.mouse.move(*g.center(i))
    g.search("script|svg|img")
    g.page.keyboard.press("Escape")
    assert g.js("window.pwned") is None


def test_big_totals_stay_exact(graph):
    """A total above 2^53 is told to the last digit."""
    g = graph("huge")
    assert g.js("Array.from(PV.d.self, String)") == [
        "0", "5", "9007199254740993", "3"]
    assert g.js("String(PV.d.total[0])") == "9007199254741001"
