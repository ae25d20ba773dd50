# SPDX-License-Identifier: MIT
"""How long a page keeps its main thread busy.

Counted is processor time (what the browser calls thread ticks), the least of a
few tries: on a busy machine the clock on the wall would tell about the others.
"""

TWO_FRAMES = ("() => new Promise(r => requestAnimationFrame("
              "() => requestAnimationFrame(r)))")


class Meter:
    """Milliseconds that the main thread of a page was busy."""

    def __init__(self, page):
        self.page = page
        self.session = page.context.new_cdp_session(page)
        self.session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def busy(self):
        metrics = self.session.send("Performance.getMetrics")["metrics"]
        return 1000 * next(m["value"] for m in metrics
                           if m["name"] == "TaskDuration")

    def of(self, act):
        before = self.busy()
        act()
        self.page.evaluate(TWO_FRAMES)
        return self.busy() - before


def load(visit, path):
    """From nothing to the first painting."""
    best = 1e9
    for _ in range(3):
        page = visit(path)
        meter = Meter(page)
        best = min(best, meter.of(page.reload))
    return best, page
