# SPDX-License-Identifier: MIT
"""A plain model of what flamegraph.pl makes of a folded file.

Written from its documented behaviour, slow and small, to say what every
picture must hold: which lines count, which frames there are, and the text
each frame's <title> has.  test_classic.py checks the model itself against
recorded outputs of the real program before it trusts it.
"""
import collections
import decimal
import re

LINE = re.compile(rb"^(.*)\s+?(\d+(?:\.\d*)?)$", re.DOTALL)
MARK = re.compile(rb"_\[[kwij]\]$")

Stack = collections.namedtuple("Stack", "frames count before")


def split_count(text):
    """'a;b 3' -> ('a;b', '3'), or None."""
    found = LINE.match(text)
    return found.groups() if found else None


def parse(line):
    """One line without its line feed as a Stack, or None if ignored."""
    found = split_count(line)
    if not found:
        return None
    stack, count = found
    before = None
    two = split_count(stack)
    if two:
        stack, before = two
    frames = stack.split(b";")
    while frames and not frames[-1]:
        frames.pop()
    return Stack(frames, decimal.Decimal(count.decode()),
                 None if before is None else decimal.Decimal(before.decode()))


def read(data):
    """All stacks of a file's bytes, sorted as flamegraph.pl sorts lines."""
    lines = data.split(b"\n")
    if lines and not lines[-1]:
        lines.pop()
    return [s for s in map(parse, sorted(lines)) if s is not None]


def shared(a, b):
    """How many frames two stacks have in common from the root."""
    same = 0
    while same < min(len(a), len(b)) and a[same] == b[same]:
        same += 1
    return same


def frames(stacks):
    """path (tuple of names) -> [value, delta]; the empty path is all.

    A differential line gives its change to its leaf and 0 to the other
    frames that it is the first to have; the rest have none.
    """
    found = collections.defaultdict(lambda: [decimal.Decimal(0), None])
    above = []
    for stack in stacks:
        for depth in range(len(stack.frames) + 1):
            found[tuple(stack.frames[:depth])][0] += stack.count
        if stack.before is not None:
            for depth in range(shared(above, stack.frames) + 1,
                               len(stack.frames) + 1):
                row = found[tuple(stack.frames[:depth])]
                leaf = depth == len(stack.frames)
                row[1] = (row[1] or 0) + (stack.count - stack.before
                                          if leaf else 0)
        above = stack.frames
    return found


def rounded(value):
    """Halves to even, as printf rounds them."""
    return value.quantize(decimal.Decimal(1), decimal.ROUND_HALF_EVEN)


def percent(value, total):
    return f"{float(100 * value / total):.2f}%"


def title(path, value, delta, total):
    """The text of a frame's <title>; shares are of the rounded count."""
    count = rounded(value)
    if not path:
        return f"all ({count:,} samples, 100%)".encode()
    text = f"{count:,} samples, {percent(count, total)}"
    if delta is not None:
        text += f"; {'+' if delta > 0 else ''}{percent(delta, total)}"
    return MARK.sub(b"", path[-1]) + f" ({text})".encode()


def titles(stacks, width=1200, minwidth=0.1):
    """Sorted <title> texts of every frame that is wide enough to draw."""
    rows = frames(stacks)
    total = rows[()][0]
    if not total:
        return []
    least = total * decimal.Decimal(str(minwidth)) / (width - 20)
    return sorted(title(path, value, delta, total)
                  for path, (value, delta) in rows.items()
                  if value >= least)
