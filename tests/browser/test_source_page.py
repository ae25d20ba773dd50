# SPDX-License-Identifier: MIT
"""Annotated source in a browser: links, keys, long files, narrow, print."""
import re

import pytest

from harness import ROOT
from meter import load
from window import rest

SOURCE = ROOT / "fixtures" / "source"
OURS = ("--path-map", f"/tmp/demo={SOURCE}", "--source-path", SOURCE,
        "--trim-path", "/tmp/demo")


@pytest.fixture(scope="session")
def pages(profviz, tmp_path_factory):
    folder = tmp_path_factory.mktemp("source")
    profviz("annotate", SOURCE / "recordings/py3.13.lprof", *OURS, "-o",
            f"{folder}/site/", status=0)
    profviz("annotate", SOURCE / "recordings/py3.13.lprof",
            SOURCE / "recordings/py3.13.folded", *OURS, "-o",
            folder / "both.html", status=0)
    profviz("annotate", SOURCE / "recordings/py3.13.memory.txt", *OURS, "-o",
            folder / "one.html", status=0)
    long = folder / "long.py"
    body = "".join(f"def f{i}(a, b):\n    '''Doc {i}.'''\n    for x in a:\n"
                   f"        b += f'{{x}} of {i}'  # comment\n    return b\n"
                   for i in range(4000))
    long.write_text(body[:-1] + " # the last line")
    profile = folder / "long.folded"
    profile.write_text("".join(
        f"f{i} (long.py:{5 * i + 4}) {1 + i * i % 97}\n"
        for i in range(4000)))
    profviz("annotate", profile, "--source-path", folder, "-o",
            folder / "long.html", status=0)
    return folder


@pytest.fixture
def orders(pages, visit):
    def open_page(hash="", **options):
        return visit(pages / "site/s/shop-orders.py.html", hash, **options)
    return open_page


def top(page, selector):
    return page.evaluate(
        "s => document.querySelector(s).getBoundingClientRect().top", selector)


@pytest.mark.parametrize("script", [True, False])
def test_a_line_stands_below_the_sticky_head(orders, script):
    page = orders("#L46", java_script_enabled=script)
    box = page.locator("#L46").bounding_box()
    head = page.locator(".src thead").bounding_box()
    bar = page.locator(".hl").bounding_box()
    assert bar["y"] == 0 and 45 <= head["y"] <= 47
    assert head["y"] + head["height"] <= box["y"] + 1 <= 300
    if script:
        assert page.evaluate("document.querySelector('tr:target').id") == "L46"


def test_all_links_lead_to_lines(orders):
    page = orders()
    missing = page.evaluate("""[...document.querySelectorAll(
        '.hot, .mini a, .fnm')].map(a => a.getAttribute('href')).filter(
        h => h[0] === '#' && !document.getElementById(h.slice(1)))""")
    assert missing == []
    assert page.locator(".mini a").count() > 10


def test_figures_line_up(orders):
    page = orders()
    edges = page.evaluate("""() => {
        const columns = {};
        for (const row of document.querySelectorAll('.src tr')) {
            if (row.cells.length < 6) continue;
            [...row.cells].forEach((c, i) => {
                if (!c.classList.contains('n') || c.tagName === 'TH'
                    || !c.firstChild) return;
                const r = document.createRange();
                r.selectNodeContents(c);
                (columns[i] ||= new Set()).add(
                    Math.round(r.getBoundingClientRect().right * 10));
            });
        }
        return Object.values(columns).map(s => [...s]);
    }""")
    assert len(edges) >= 4
    assert all(max(e) - min(e) <= 2 for e in edges), edges


def test_cells_hold_their_figures(pages, visit):
    page = visit(pages / "both.html")
    assert page.evaluate("""[...document.querySelectorAll(
        '.src td.n, .src th.n')].filter(c => c.scrollWidth > c.clientWidth + 1)
        .map(c => c.textContent)""") == []


def test_keys(orders):
    page = orders()
    heads = []
    for key in "jjk":
        page.keyboard.press(key)
        heads.append(page.evaluate("location.hash"))
    assert heads == ["#f-price_order", "#f-apply_promotions",
                     "#f-price_order"]
    page.keyboard.press("n")
    assert page.evaluate("location.hash") == "#L35"
    page.keyboard.press("0")
    assert page.evaluate("scrollY") == 0
    page.keyboard.press("?")
    assert page.locator("dialog").is_visible()
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="hidden")
    page.keyboard.press("]")
    page.wait_for_url("**/shop-worker.py.html")
    page.keyboard.press("[")
    page.wait_for_url("**/shop-orders.py.html")


def test_lines_without_figures_can_be_hidden(orders):
    page = orders()
    shown = "[...document.querySelectorAll('.src tr[id^=L]')]" \
            ".filter(r => r.offsetParent).length"
    before = page.evaluate(shown)
    page.keyboard.press("h")
    assert page.evaluate(shown) < before - 12
    page.locator(".run button").first.click()
    assert page.evaluate(shown) > before - 26
    page.keyboard.press("h")
    assert page.evaluate(shown) == before


def test_a_range_is_marked(orders):
    page = orders("#L46-L48")
    assert page.evaluate("[...document.querySelectorAll('.tg')].map("
                         "r => r.id)") == ["L46", "L47", "L48"]
    page.goto(re.sub("#.*", "#L30", page.url))
    page.locator("#L33 .ln a").click(modifiers=["Shift"])
    assert page.evaluate("location.hash") == "#L30-L33"


def test_twenty_thousand_lines(pages, visit):
    best, page = load(visit, pages / "long.html", 1500)
    assert best <= 1500
    assert page.evaluate("window.find('the last line')")
    rest(page, 200)
    assert 0 < top(page, "#L20000") < 800
    page.goto(page.url + "#L10004")
    rest(page, 200)
    assert 60 < top(page, "#L10004") < 400
    assert top(page, ".src.head") == pytest.approx(46, abs=1)
    edges = page.evaluate("""[...document.querySelectorAll('.src')].map(
        t => t.querySelector('.c')).filter(c => c).map(
        c => c.getBoundingClientRect().left)""")
    assert max(edges) - min(edges) <= 1


@pytest.mark.parametrize("name", ["site/s/shop-orders.py.html", "both.html",
                                  "one.html", "site/index.html"])
def test_a_phone_does_not_scroll_sideways(name, pages, visit):
    page = visit(pages / name, width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    if "index" not in name:
        assert page.locator("td.opt").first.is_hidden()
        assert page.locator(".src .c").nth(9).is_visible()


def test_dark_is_dark_and_paper_is_white(orders):
    page = orders("#L52", color_scheme="dark")
    colour = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(colour) == "rgb(17, 19, 24)"
    hot = "getComputedStyle(document.querySelector('#L51 td')).backgroundColor"
    assert page.evaluate(hot) == "rgb(68, 58, 40)"
    page.emulate_media(media="print")
    assert page.evaluate(colour) == "rgb(255, 255, 255)"
    assert page.locator(".mini").is_hidden()


def luminance(colour):
    parts = [int(v) / 255 for v in re.findall(r"\d+", colour)[:3]]
    parts = [v / 12.92 if v <= .04045 else ((v + .055) / 1.055)**2.4
             for v in parts]
    return .2126 * parts[0] + .7152 * parts[1] + .0722 * parts[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_code_reads_on_every_tint(scheme, orders):
    page = orders(color_scheme=scheme)
    pairs = page.evaluate("""() => {
        const found = [], body = document.createElement('tbody');
        document.querySelector('.src').append(body);
        for (const heat of ['', 'h3', 'h4', 'h5', 'h6'])
            for (const kind of ['', 'xk', 'xs', 'xd', 'xc', 'xn']) {
                const row = document.createElement('tr');
                row.className = heat;
                row.innerHTML = '<td class="c"><span></span></td>';
                const span = row.querySelector('span');
                span.className = kind;
                body.append(row);
                let back = getComputedStyle(row.cells[0]).backgroundColor;
                if (back === 'rgba(0, 0, 0, 0)')
                    back = getComputedStyle(document.body).backgroundColor;
                found.push([heat, kind, getComputedStyle(span).color, back]);
            }
        return found;
    }""")
    assert len(pairs) == 30
    for heat, kind, ink, back in pairs:
        a, b = sorted((luminance(ink), luminance(back)))
        assert (b + .05) / (a + .05) >= 4.95, (heat, kind, ink, back)


def test_complete_without_script(pages, visit):
    page = visit(pages / "both.html", java_script_enabled=False)
    assert page.locator("button:visible").count() == 0
    assert page.locator("tr[id$=L52] .hb rect").first.is_visible()
    assert page.locator("text=never called").count() >= 1


@pytest.mark.parametrize("width", [800, 1000, 1280])
def test_the_button_of_the_bar_is_in_the_window(pages, visit, width):
    page = visit(pages / "site/s/shop-orders.py.html",
                 width=width)
    button = page.locator(".hl button")
    box = button.bounding_box()
    assert 0 < box["x"] and box["x"] + box["width"] <= width
    assert page.evaluate("""([x, y]) => document.elementFromPoint(x, y)
        .closest('button') !== null""",
                         [box["x"] + box["width"] / 2, box["y"] + 10])
    for link in page.locator(".hl a").all():  # and none is lost
        link.scroll_into_view_if_needed()
        spot = link.bounding_box()
        assert spot["x"] >= 0 and spot["x"] < width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours(orders, scheme):
    """Text in the system's colours on its ground; figures beside the bars."""
    page = orders(forced_colors="active", color_scheme=scheme)
    seen = page.evaluate("""() => {
        const probe = document.createElement('i'); document.body.append(probe);
        const of = c => (probe.style.color = c, getComputedStyle(probe).color);
        const system = ['CanvasText', 'LinkText', 'ButtonText', 'GrayText',
            'VisitedText', 'HighlightText', 'FieldText'].map(of);
        return [...document.querySelectorAll('.src td *, .src td, .hl *,' +
            ' h1, .fnm, button')].filter(e => e.textContent.trim() &&
            !system.includes(getComputedStyle(e).color)).map(
            e => e.outerHTML.slice(0, 200));
    }""")
    assert seen == []
    hot = page.locator(".src tr:has(.h5), .src tr.h5, .src tr.h6")
    assert hot.count() > 0
    for text in hot.all_inner_texts():
        assert re.search(r"\d+(\.\d+)?\s", text.split(maxsplit=1)[1])
