# SPDX-License-Identifier: MIT
"""What the window shows, as pixels."""
import io

from PIL import Image


def photograph(page):
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")
