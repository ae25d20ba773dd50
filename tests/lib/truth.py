# SPDX-License-Identifier: MIT
"""What is in a folded file, counted in the simplest way there is.

Independent of profviz and of how it reads: a line's last word is its value
(austin's full mode: the first of three), the rest is a stack.
"""
import collections
import decimal
import gzip

SKIP = "no simple count"


def content(path):
    data = path.read_bytes()
    return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data


def records(path):
    """(stack, value) of each line that is a sample; None for files that
    this simple view cannot count."""
    lines = content(path).removeprefix(b"\xef\xbb\xbf").split(b"\n")
    found = []
    for line in lines:
        line = line.rstrip(b"\r \t")
        if not line or line.startswith(b"#"):
            continue
        stack, _, last = line.replace(b"\t", b" ").rpartition(b" ")
        value = last.split(b",")[0].decode("ascii", "replace")
        if not value.replace(".", "", 1).isdigit() or value[0] == ".":
            continue
        found.append((stack, decimal.Decimal(value)))
    return found


def stacks(path):
    """stack -> value, equal stacks added up."""
    found = collections.Counter()
    for stack, value in records(path):
        found[stack] += value
    return found


def total(path):
    return sum(value for _, value in records(path))
