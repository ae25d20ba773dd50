# SPDX-License-Identifier: MIT
"""Memory timelines in Chromium: the picture and the page.

That no page asks for anything, logs an error or throws is checked by `visit`
for every page of every test here."""
import random

import pytest
from harness import FIXTURES
from window import photograph
from test_safe import GITHUB, JENKINS, difference, serve  # noqa: F401

START = 1795248456.0
MIB = 2**20
GOOD = FIXTURES / "mprof/good"


def record(path, rows, more=(), command="python app.py"):
    lines = [f"CMDLINE {command}"]
    lines += [f"MEM {mib:.6f} {START + t:.4f}" for t, mib in rows]
    path.write_text("\n".join([*lines, *more]) + "\n")
    return path


@pytest.fixture
def made(profviz, tmp_path):
    """made("svg" | "html", *inputs and options): path of the output."""
    count = iter(range(1000))

    def make(kind, *args):
        path = tmp_path / f"{next(count)}.{kind}"
        profviz("timeline", *args, "-o", path, status=0)
        return path
    return make


@pytest.fixture
def busy(tmp_path):
    """Three children, twelve calls of four functions, and a run before."""
    rng = random.Random(3)
    rows, more, memory = [], [], 60.0
    for i in range(1200):
        t = i * .01
        memory += rng.uniform(-1, 1.15)
        rows.append((t, memory))
        for k in range(3):
            if 1 + k * 2 < t < 7 + k * 1.5:
                more.append(f"CHLD {4120 + k} "
                            f"{40 + 25 * k + rng.uniform(0, 30):.6f} "
                            f"{START + t:.4f}")
    for k in range(12):
        name = ("store.load_orders", "orders.price_order",
                "invoice.render_invoice", "store.save")[k % 4]
        begin = START + .4 + k * .93
        more.append(f"FUNC {name} {60 + k:.4f} {begin:.4f} {75 + 2 * k:.4f} "
                    f"{begin + .3 + .1 * (k % 4):.4f} 0")
    subject = record(tmp_path / "nightly.dat", rows, more,
                     "/usr/bin/python3 shop/nightly.py")
    before = record(tmp_path / "before.dat",
                    [(t, m * .8 + 10) for t, m in rows[:900]])
    return subject, before


# ---- the line and its labels ----

def test_one_sample_of_a_million_is_drawn_at_its_height(made, visit,
                                                        tmp_path):
    """40: the top of the drawn line is the peak, to 0.1 px."""
    rng = random.Random(5)
    path = record(tmp_path / "long.dat",
                  ((i * .01, 4800.5 if i == 654321 else rng.random() * 3000)
                   for i in range(1_000_000)))
    svg = made("svg", path)
    assert svg.stat().st_size <= 150_000
    page = visit(svg)
    value, pixel = page.evaluate("""() => {
        const plot = document.querySelector('[data-box]');
        const [, y, , h] = plot.dataset.box.split(' ').map(Number);
        const top = Math.min(...[...plot.querySelectorAll('path.ti')].map(
            p => p.getBBox().y));
        return [(y + h - top) / h * plot.dataset.v1, plot.dataset.v1 / h];
    }""")
    assert abs(value - 4800.5 * MIB) <= .1 * pixel


LABELS = """() => {
    const svg = [...document.querySelectorAll('svg')].find(
        s => s.viewBox.baseVal.width && s.getBoundingClientRect().width);
    const outer = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll('text')].map(t => {
        const r = t.getBoundingClientRect();
        return [t.textContent, r.left - outer.left, r.top - outer.top,
                r.right - outer.left, r.bottom - outer.top];
    });
    return [outer.width, outer.height, texts];
}"""


@pytest.mark.parametrize("font", ["DejaVu Sans", "Noto Sans",
                                  "Liberation Sans"])
@pytest.mark.parametrize("width", [390, 1200])
def test_labels_stand_apart(width, font, made, visit, busy):
    """41: no two texts meet, none leaves the picture."""
    svg = made("svg", *busy, "--width", width, "--slope", "--compare",
               "--mark", "3.2=cache warm", "--limit-line", "400MiB")
    svg.write_text(svg.read_text().replace("system-ui,", f"'{font}',", 1))
    page = visit(svg, width=1280, height=1200)
    wide, high, texts = page.evaluate(LABELS)
    assert len(texts) > 20
    for i, (name, x0, y0, x1, y1) in enumerate(texts):
        assert x0 >= -1 and x1 <= wide + 1 and y1 <= high + 1, name
        for other, a0, b0, a1, b1 in texts[i + 1:]:
            # boxes of lines hold ascent and descent, which no glyph fills
            assert (x1 <= a0 + .5 or a1 <= x0 + .5 or
                    y1 - 2.5 <= b0 + 1 or b1 - 2.5 <= y0 + 1), (name, other)


@pytest.mark.parametrize("width", [390, 768, 1280, 1920, 2560])
def test_the_page_fits_its_window(width, made, visit, busy):
    """12, 53: one picture, as wide as the window, nothing to scroll to."""
    page = visit(made("html", *busy, "--slope", "--compare"), width=width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    shown = page.evaluate("""[...document.querySelectorAll('.time svg')].map(
        s => s.getBoundingClientRect()).filter(r => r.width).map(
        r => [r.left, r.right])""")
    assert len(shown) == 1
    assert shown[0][0] <= 24 and shown[0][1] >= width - 24 - 15
    wide, _, texts = page.evaluate(LABELS)
    scale = page.evaluate("""[...document.querySelectorAll('.time svg')].map(
        s => s.getBoundingClientRect().width / s.viewBox.baseVal.width).find(
        k => k)""")
    assert scale >= .98     # nothing is smaller than it was designed


# ---- reading values off ----

def read(page):
    """The card: its head, and {name: [words, bytes]}."""
    return page.evaluate("""() => {
        const card = document.querySelector('.read');
        return card.hidden ? null : [card.querySelector('b').textContent,
            Object.fromEntries([...card.querySelectorAll('tr')].map(
                r => [...r.cells].map(c => c.textContent)).map(
                ([name, ...values]) => [name, values]))];
    }""")


def point(page, share, down=.5):
    """Moves the pointer to a share of the plot's width."""
    x, y = page.evaluate("""([share, down]) => {
        const svg = [...document.querySelectorAll('.time svg')].find(
            s => s.clientWidth), r = svg.getBoundingClientRect();
        const k = r.width / svg.viewBox.baseVal.width;
        const b = svg.querySelector('[data-box]').dataset.box.split(' ').map(
            Number);
        return [r.left + k * (b[0] + share * b[2]),
                r.top + k * (b[1] + down * b[3])];
    }""", [share, down])
    page.mouse.move(x, y)


def in_bytes(text):
    return int(text.replace(",", "").split(" B")[0])


def test_readout_is_the_sample(made, visit, tmp_path):
    """43: the input's value at that time; arrow keys walk."""
    rows = [(i * .1, 50 + i * 7919 % 31 + i / 3) for i in range(101)]
    page = visit(made("html", record(tmp_path / "a.dat", rows)))
    assert read(page) is None
    for i in (0, 1, 37, 99, 100):
        point(page, i / 100)
        head, values = read(page)
        want = round(rows[i][1] * MIB)
        assert head == f"{rows[i][0]:.4f}".rstrip("0").rstrip(".") + " s"
        assert abs(in_bytes(values["main process"][1]) - want) <= 1
        assert values["main process"][0] == f"{rows[i][1]:.{1 if rows[i][1] < 100 else 0}f} MiB"
    page.focus(".time")
    point(page, .5)
    for key, i in (("ArrowRight", 51), ("ArrowLeft", 50),
                   ("Shift+ArrowRight", 60), ("End", 100), ("Home", 0)):
        page.keyboard.press(key)
        assert abs(in_bytes(read(page)[1]["main process"][1]) -
                   rows[i][1] * MIB) <= 1, key
    assert page.text_content("#tl-live").startswith("0 s")
    page.keyboard.press("Escape")
    assert read(page) is None


def test_readout_of_columns_has_least_and_greatest(made, visit, tmp_path):
    """43: above 4,000 samples a column's least and greatest."""
    rng = random.Random(8)
    rows = [(i * .01, round(rng.uniform(20, 900), 6)) for i in range(20_000)]
    page = visit(made("html", record(tmp_path / "a.dat", rows)))
    for share in (0, .123, .5, 1):
        point(page, share)
        head, values = read(page)
        first, last = (float(t) for t in
                       head.replace(" min ", ":").replace(" s", "").split(
                           " to ")) if ":" not in head and "min" not in head \
            else (clock(t) for t in head.split(" to "))
        inside = [m for t, m in rows if first - 5e-5 <= t <= last + 5e-5]
        low, high = (in_bytes(t + " B") for t in
                     values["main process"][1].replace(" B", "").split(" to "))
        assert inside and len(inside) == 5
        assert abs(low - min(inside) * MIB) <= 1
        assert abs(high - max(inside) * MIB) <= 1


def clock(text):
    """"2 min 3.5 s" in seconds."""
    *minutes, seconds = text.replace(" s", "").split(" min ")
    return sum(map(float, minutes)) * 60 + float(seconds)


def test_readout_sums_processes_and_names_runs_and_functions(made, visit,
                                                            busy):
    page = visit(made("html", *busy))
    point(page, .45)
    _, values = read(page)
    children = [in_bytes(v[1]) for k, v in values.items()
                if k.startswith("child") or k == "main process"]
    assert len(children) == 4
    assert in_bytes(values["all processes"][1]) == sum(children)
    assert "before.dat" in values
    point(page, .058)   # within the first call
    assert "store.load_orders" in page.text_content(".read")
    # over a bracket the plot is tinted between its ends
    box = page.evaluate("""() => {
        const svg = [...document.querySelectorAll('.time svg')].find(
            s => s.clientWidth);
        const r = svg.querySelector('[stroke-width="2"]')
            .getBoundingClientRect();
        return [r.left + r.width / 2, r.top + r.height / 2];
    }""")
    page.mouse.move(*box)
    assert page.locator(".time .band").count() == 1
    page.mouse.move(5, 5)
    assert page.locator(".time .band").count() == 0
    assert read(page) is None


@pytest.mark.parametrize("width", [390, 1280])
def test_card_stays_in_the_window_and_off_the_dot(width, made, visit, busy):
    page = visit(made("html", *busy), width=width, height=1000)
    for share in (0, .3, .6, 1):
        point(page, share)
        card, dot, inner = page.evaluate("""() => {
            const box = e => { const r = e.getBoundingClientRect();
                return [r.left, r.top, r.right, r.bottom]; };
            return [box(document.querySelector('.read')),
                    box(document.querySelector('.time circle[r="4"]:last-of-type')),
                    innerWidth];
        }""")
        assert card[0] >= 0 and card[2] <= inner
        assert (card[2] <= dot[0] or dot[2] <= card[0] or
                card[3] <= dot[1] or dot[3] <= card[1])


# ---- without script, other themes, hosts ----

def test_without_script_all_is_there(made, visit, busy):
    """10: the picture with its peak, the tables; no control."""
    page = visit(made("html", *busy, "--slope"), java_script_enabled=False)
    text = page.locator("main").inner_text()
    for word in ("Peak ", "before.dat", "child 4121", "store.load_orders",
                 "12 calls", "In figures"):
        assert word in text, word
    assert not page.locator("button:visible, input:visible, select:visible"
                            ).count()
    assert page.locator(".read").count() == 0
    titles = page.locator(".time svg:visible title").all_text_contents()
    assert any("call 1 of 3" in t for t in titles)


@pytest.mark.parametrize("policy", [GITHUB, JENKINS])
def test_policies_of_hosts(policy, browser, made, busy, serve):  # noqa: F811
    """5: the picture is the same where styles and scripts are refused."""
    svg = made("svg", *busy)
    context = browser.new_context(java_script_enabled=False,
                                  viewport={"width": 1200, "height": 700})
    page = context.new_page()
    page.goto(svg.as_uri())
    plain = photograph(page)
    page.goto(serve(svg, policy))
    assert difference(plain, photograph(page)) < .005
    context.close()


HOSTILE = ["</script><script>pwned=1</script>", "]]><!--&\"'", "a\u202eb\u2028",
           "\x01\x9b<img src=x onerror=pwned=1>"]


@pytest.mark.parametrize("kind", ["svg", "html"])
def test_hostile_names_are_inert(kind, made, visit, tmp_path):
    """7: whatever a name holds, it is text."""
    more = [f"FUNC {name} 1.0 {START + .1 * i:.4f} 9.0 {START + .5:.4f} 0"
            for i, name in enumerate(HOSTILE)]
    path = record(tmp_path / "h.dat", [(i * .1, 9 + i) for i in range(11)],
                  more, command=HOSTILE[0])
    page = visit(made(kind, path, "--mark", f"0.3={HOSTILE[0]}"))
    if kind == "html":
        for share in (.1, .3, .45):
            point(page, share)
        assert "<img src=x" in page.text_content(".read")
    assert page.evaluate("window.pwned") is None


def corner(page, path=None):
    shot = photograph(page)
    return shot.getpixel((shot.width - 3, shot.height - 3)), shot


@pytest.mark.parametrize("kind", ["svg", "html"])
def test_dark_desktop(kind, made, visit, busy):
    """36: dark behind and beside the picture, no glaring white."""
    page = visit(made(kind, *busy), color_scheme="dark")
    pixel, shot = corner(page)
    assert pixel == (0x11, 0x13, 0x18)
    white = sum(n for n, c in shot.getcolors(2**24) if min(c) > 250)
    assert white / (shot.width * shot.height) < .01


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_theme_that_was_asked_for_holds(theme, made, visit, busy):
    for other in ("light", "dark"):
        page = visit(made("html", *busy, "--theme", theme),
                     color_scheme=other)
        pixel, _ = corner(page)
        assert (pixel == (255, 255, 255)) == (theme == "light")


def test_paper_is_white(made, visit, busy):
    """37: printing from a dark desktop."""
    page = visit(made("html", *busy), color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    pixel, shot = corner(page)
    assert pixel == (255, 255, 255)
    assert len(shot.getcolors(2**24)) > 50      # and something is on it


def test_forced_colors(made, visit, busy):
    """38: text and lines stand out, the focus shows."""
    page = visit(made("html", *busy), forced_colors="active")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "time"
    assert page.evaluate("getComputedStyle(document.activeElement)"
                         ".outlineStyle") != "none"
    fill, ground = page.evaluate("""() => {
        const svg = [...document.querySelectorAll('.time svg')].find(
            s => s.clientWidth);
        return [getComputedStyle(svg.querySelector('text')).fill,
                getComputedStyle(svg.querySelector('[id$=tl-bg]')).fill];
    }""")
    assert fill != ground


def test_contrast_of_lines_and_texts(made, visit, busy):
    """21: what is drawn in a series' colour reads at 4.5:1 in both themes."""
    for scheme in ("light", "dark"):
        page = visit(made("svg", *busy), color_scheme=scheme)
        ground, *colours = page.evaluate("""() => {
            const style = s => getComputedStyle(document.querySelector(s));
            const all = [style('svg').backgroundColor];
            for (const t of document.querySelectorAll('text'))
                all.push(getComputedStyle(t).fill);
            for (const p of document.querySelectorAll('[data-box] path.s3'))
                all.push(getComputedStyle(p).stroke);
            return [...new Set(all)];
        }""")
        assert len(colours) >= 3
        for colour in colours:
            assert ratio(colour, ground) >= 4.5, (scheme, colour)


def ratio(a, b):
    def light(colour):
        channels = [int(n) / 255 for n in
                    colour[4:-1].replace(",", " ").split()[:3]]
        return sum(w * (c / 12.92 if c <= .03928 else
                        ((c + .055) / 1.055) ** 2.4)
                   for w, c in zip((.2126, .7152, .0722), channels))
    high, low = sorted((light(a), light(b)), reverse=True)
    return (high + .05) / (low + .05)
