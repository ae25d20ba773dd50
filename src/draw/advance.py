#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Prints the table in advance.c: the widest advance of each character.

    python3 advance.py DejaVuSans.ttf NotoSans-Regular.ttf LiberationSans-Regular.ttf

Needs fontTools (PyPI).  Thousandths of an em, rounded up, U+0020 to U+024F.
A character that a font lacks does not count for that font.
"""
import sys

from fontTools.ttLib import TTFont


def advances(path):
    font = TTFont(path)
    cmap, metrics = font.getBestCmap(), font["hmtx"]
    em = font["head"].unitsPerEm
    return {c: -(-metrics[g][0] * 1000 // em) for c, g in cmap.items()}


fonts = [advances(path) for path in sys.argv[1:]]
row = []
for c in range(0x20, 0x250):
    widest = max((f[c] for f in fonts if c in f), default=1000)
    if 0x7F <= c < 0xA0:
        widest = 1000
    row.append(f"{widest},")
    if len(row) == 8:
        print("    " + " ".join(row) + f" /* U+{c - 7:04X} */")
        row = []
