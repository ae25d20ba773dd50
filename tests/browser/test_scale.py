# SPDX-License-Identifier: MIT
"""Large profiles: what a reader waits for, as meter.py counts it."""
import time

import pytest

from meter import TRIES, TWO_FRAMES, Meter, least, load


def timed(page, limit, what, args):
    meter = Meter(page)
    return least(limit, (meter.of(lambda: page.evaluate(
        "([what, arg]) => { PV[what](arg); }", [what, arg])) for arg in args))


def widest(page, count=TRIES):
    return page.evaluate("""n => [...PV.visible].filter(i => i).sort(
        (a, b) => PV.tree.tot[b] - PV.tree.tot[a]).slice(2, 2 + n)""", count)


def test_10k_frames(drawn, visit, kind):
    """26"""
    path = drawn("tree_10k", kind)
    took, page = load(visit, path, 400)
    assert path.stat().st_size <= 250_000
    assert page.evaluate("PV.d.fn.length") > 9_900
    assert took <= 400


@pytest.mark.slow
def test_200k_frames(drawn, visit, kind):
    """26"""
    path = drawn("tree_200k", kind)
    assert path.stat().st_size <= 2_000_000
    took, page = load(visit, path, 800)
    assert page.evaluate("PV.d.fn.length") > 199_000
    assert took <= 800
    page.evaluate("PV.search('nothing')")
    assert timed(page, 100, "search", ("mod1", "function_2", "pkg9", "mod2",
                                       "function_3", "pkg8")) <= 100
    assert page.evaluate("PV.found.frames") > 100
    page.evaluate("PV.search('')")
    assert timed(page, 100, "zoom", widest(page)) <= 100
    assert page.evaluate("document.querySelectorAll('*').length") <= 25_000


@pytest.mark.slow
def test_200k_frames_of_long_names(drawn, kind):
    """26"""
    assert drawn("tree_200k_long", kind).stat().st_size <= 2_000_000


def test_35k_frames_on_the_screen(drawn, visit):
    """28"""
    page = visit(drawn("wide", "svg"))
    assert page.evaluate("PV.visible.length") >= 30_000
    out = []

    def tries():
        for i in widest(page):
            milliseconds = timed(page, 150, "zoom", [i])
            out.append(timed(page, 150, "zoom", [0]))
            if out[-1] <= 150:
                yield milliseconds
    assert least(150, tries()) <= 150 and min(out) <= 150


def test_3000_levels(drawn, visit, kind):
    """27"""
    took, page = load(visit, drawn("deep", kind), 1000)
    assert took <= 1000
    assert page.evaluate("Math.max(...PV.tree.dep)") == 3000
    height = float(page.evaluate(
        "document.getElementById('pv').getAttribute('height')"))
    assert height > 3000 * 18
    for at in (0.5, 1.0):
        page.evaluate("""at => { const s = document.getElementById('pv');
            const r = s.getBoundingClientRect();
            scrollTo(0, scrollY + r.top + r.height * at -
                     innerHeight * (at < 1 ? 0 : 1) - 40 * (at < 1)); }""", at)
        page.evaluate(TWO_FRAMES)
        time.sleep(0.1)
        rows = page.evaluate("""[...document.querySelectorAll(
            '#pv-frames g')].filter(g => {
            const r = g.getBoundingClientRect();
            return r.bottom > 0 && r.top < innerHeight; }).map(
            g => g.querySelector('text').textContent)""")
        assert len(rows) >= 20 and all(rows)
    assert "step_2999" in rows
