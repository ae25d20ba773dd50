# SPDX-License-Identifier: MIT
"""Numbers in words: the viewer against exact arithmetic, and against what the
program wrote into the static part."""
import random
import re
from fractions import Fraction

import pytest


def half_up(x):
    return int((2 * x + 1) // 2)


def commas(n):
    return f"{n:,}"


def three(x, top):
    """Three digits of a Fraction, None if that rounds to `top` or more."""
    for places in (2, 1):
        q = half_up(x * 10 ** places)
        if q < 1000 and q < top * 10 ** places:
            return f"{q // 10 ** places}.{q % 10 ** places:0{places}}"
    q = half_up(x)
    return commas(q) if q < top else None


def duration(v, one):
    x = Fraction(v, one)
    if half_up(x) < 1000:
        return f"{half_up(x)} ns" if half_up(x) else "0 s"
    for div, top, name in ((10**3, 1000, "\u00b5s"), (10**6, 1000, "ms"),
                           (10**9, 60, "s")):
        text = three(x / div, top)
        if text:
            return f"{text} {name}"
    s = half_up(x / 10**9)
    if s < 3600:
        return f"{s // 60} min {s % 60:02} s"
    m = half_up(x / (60 * 10**9))
    return f"{commas(m // 60)} h {m % 60:02} min"


def sizes(v, one):
    x = Fraction(v, one)
    if half_up(x) < 1024:
        return f"{half_up(x)} B"
    for k, name in enumerate(("KiB", "MiB", "GiB", "TiB", "PiB"), 1):
        text = three(x / 1024 ** k, 1024)
        if text:
            return f"{text} {name}"
    return f"{three(x / 1024 ** 6, 10 ** 9)} EiB"


def share(a, b):
    if b <= 0 or not a:
        return "0%"
    x = Fraction(100 * a, b)
    if half_up(x * 10) >= 1000:
        return commas(half_up(x)) + "%"
    if half_up(x * 10) >= 100:
        q = half_up(x * 10)
        return f"{q // 10}.{q % 10}%"
    for places in range(2, 20):
        q = half_up(x * 10 ** places)
        if q:
            return f"{q // 10 ** places}.{q % 10 ** places:0{places}}%"
    return "0%"


def numbers():
    rnd = random.Random(7)
    edges = [0, 1, 7, 59, 999, 1000, 1023, 1024, 9995, 9994, 99949, 99950,
             999499, 999500, 999999, 1048575, 1048576, 59949999999,
             59950000000, 59999999999, 60000000000, 3599499999999,
             3599500000000, 3600000000000, 2**53 - 1]
    return edges + [rnd.randrange(10 ** rnd.randint(1, 15))
                    for _ in range(400)]


@pytest.fixture(scope="module")
def words(browser, drawn):
    page = browser.new_page()
    page.goto(drawn("nightly", "svg").as_uri())
    yield lambda code, arg: page.evaluate(code, arg)
    page.close()


@pytest.mark.parametrize("one", [1, 10, 1000])
def test_durations_and_sizes(words, one):
    got = words("""([list, one]) => list.map(
        v => [PV.words.duration(v, one), PV.words.bytes(v, one)])""",
                [numbers(), one])
    for v, (time, size) in zip(numbers(), got):
        assert time == duration(v, one), v
        assert size == sizes(v, one), v


def test_shares(words):
    rnd = random.Random(8)
    pairs = [(a, b) for b in (1, 3, 7, 8, 32, 160, 1000, 2000, 10000, 7090)
             for a in range(0, min(b, 400) + 1)]
    pairs += [(a * 2**40 + 1, b * 2**40 + 3) for a, b in pairs[::9]]
    pairs += [(rnd.randrange(b + 1), b) for b in
              (rnd.randrange(1, 10 ** rnd.randint(1, 15)) for _ in range(400))]
    got = words("list => list.map(p => PV.words.share(p[0], p[1]))",
                [list(p) for p in pairs])
    for (a, b), text in zip(pairs, got):
        assert text == share(a, b), (a, b)


@pytest.mark.parametrize("v, dec, text", [
    (0, 0, "0"), (1234567, 0, "1,234,567"), (1250, 2, "12.5"),
    (1200, 2, "12"), (5, 3, "0.005"), (10**15 - 1, 0, "999,999,999,999,999"),
    (10**15, 0, "1.00e15"), (9995 * 10**12, 0, "1.00e16"),
    (2**53 - 1, 0, "9.01e15")])
def test_counts(words, v, dec, text):
    assert words("a => PV.words.digits(a[0], a[1])", [v, dec]) == text


@pytest.mark.parametrize("shape", ["nightly", "recursive"])
def test_static_titles_say_the_same(drawn, visit, kind, shape):
    """The words of the file and those of the script, frame by frame."""
    path = drawn(shape, kind)
    static = visit(path, java_script_enabled=False).evaluate("""() =>
        [...document.querySelectorAll('#pv-frames g > title')].map(
        t => t.textContent)""")
    live = visit(path).evaluate("""() => PV.tree.fn.reduce((all, f, i) => {
        const t = PV.tree, v = x => PV.value(x) + ' (' + PV.share(x) + ')';
        all.push([PV.f[f][0], PV.f[f][1],
            v(t.tot[i]) + ' total, ' + v(t.self[i]) + ' self'].filter(
            s => s).join('\\n'));
        return all; }, [])""")
    frames = [t for t in static if re.search(r" self$", t)]
    assert len(frames) > 8
    for text in frames:
        assert text in live


@pytest.mark.parametrize("name, two, one", [
    ("shop.orders.price_order", "orders.price_order", "price_order"),
    ("main", "main", "main"),
    ("main.<locals>.inner", "<locals>.inner", "inner"),
    ("std::vec::Vec<T, A>::push(T const&)", "Vec::push", "push"),
    ("<alloc::Box<F> as core::Fn>::call", "::call", "call"),
    ("ns::operator<(a, b)", "ns::operator<", "operator<"),
    ("ns::T::operator()(int)", "T::operator()", "operator()"),
    ("/usr/lib/libcrypto.so.3", "lib/libcrypto.so.3", "libcrypto.so.3"),
    ("shop/orders.py:131", "shop/orders.py:131", "orders.py:131"),
    ("[python3.11]", "[python3.11]", "[python3.11]"),
    ("f (a.b.c)", "f (a.b.c)", "f (a.b.c)"), ("a.b.", "a.b.", "b."),
    ("tcp_recvmsg_[k]", "tcp_recvmsg", "tcp_recvmsg")])
def test_last_components(words, name, two, one):
    """The same steps as in tests/unit/test_fit.c."""
    assert words("n => PV.nameLadder(n).slice(2)", name) == [two, one]


def test_names_of_builtins(words):
    for name, short in (
            ("<built-in method builtins.len>", "len"),
            ("<method 'search' of 're.Pattern' objects>", "search")):
        assert words("n => PV.nameLadder(n)", name) == [name, short]
