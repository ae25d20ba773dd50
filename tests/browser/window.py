# SPDX-License-Identifier: MIT
"""The window of a page: what it shows, and when it has come to rest."""
import io

from PIL import Image

# Frames are what a page draws in; a busy machine hands out few of them.
FRAMES = 4


def photograph(page):
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def rest(page, ms=60):
    """Wait as long, and until the page has had its frames to draw in."""
    page.wait_for_timeout(ms)
    page.evaluate("""frames => new Promise(done => {
        const next = () => frames-- ? requestAnimationFrame(next) : done();
        next();
    })""", FRAMES)
