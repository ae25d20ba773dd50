# SPDX-License-Identifier: MIT
"""The PNG is what a browser shows of the SVG, but for the letters' shapes."""
import pytest
from PIL import Image

from harness import FIXTURES
from window import photograph

BLOCK = 8


def ssim(a, b):
    """Of two blocks of grey pixels, after Wang et al."""
    n = len(a)
    ma, mb = sum(a) / n, sum(b) / n
    va = sum((x - ma) ** 2 for x in a) / n
    vb = sum((x - mb) ** 2 for x in b) / n
    cov = sum((x - ma) * (y - mb) for x, y in zip(a, b)) / n
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    return ((2 * ma * mb + c1) * (2 * cov + c2)
            / ((ma * ma + mb * mb + c1) * (va + vb + c2)))


def blocks(image):
    """(x, y) -> pixels, at the picture's own size."""
    grey = image.convert("L")
    for y in range(0, grey.height - BLOCK + 1, BLOCK):
        for x in range(0, grey.width - BLOCK + 1, BLOCK):
            yield (x, y), grey.crop((x, y, x + BLOCK, y + BLOCK)).tobytes()


@pytest.mark.parametrize("name", ["pyspy-publish.folded.gz",
                                  "perf-pipeline.folded"])
def test_png_matches_the_browser(name, profviz, tmp_path, visit):
    source = FIXTURES / "folded/good" / name
    for kind in ("svg", "png"):
        profviz("flame", source, "--no-js", "-o", tmp_path / f"p.{kind}",
                status=0)
    png = Image.open(tmp_path / "p.png")
    page = visit(tmp_path / "p.svg", width=png.width // 2,
                 height=png.height // 2, device_scale_factor=2)
    shot = photograph(page)
    assert shot.size == png.size
    texts = page.evaluate("""[...document.querySelectorAll('text')].map(t => {
        const b = t.getBoundingClientRect();
        return [b.left * 2 - 4, b.top * 2 - 4, b.right * 2 + 4,
                b.bottom * 2 + 4];
    })""")
    written = set()
    for left, top, right, bottom in texts:
        for y in range(int(top) // BLOCK, int(bottom) // BLOCK + 1):
            for x in range(int(left) // BLOCK, int(right) // BLOCK + 1):
                written.add((x * BLOCK, y * BLOCK))
    values = [ssim(a, b) for ((at, a), (_, b))
              in zip(blocks(png), blocks(shot)) if at not in written]
    assert len(values) > 5000
    assert sum(values) / len(values) >= 0.95
    rows = [b for at, b in blocks(png) if at in written]
    assert sum(len(set(b)) > 1 for b in rows) > 0.2 * len(rows)
