# SPDX-License-Identifier: MIT
"""Pages of annotated source, read as a browser would."""
import html.parser
import re


class Page(html.parser.HTMLParser):
    """rows: one dict a line: id, line, cells by heading, code, spans."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.rows, self.heads, self.notes, self.ids = [], [], [], []
        self.headings, self.links = [], []
        self.row = self.cell = self.note = self.head = self.span = None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        style = (a.get("class") or "").split()
        if "id" in a:
            self.ids.append(a["id"])
        if "href" in a:
            self.links.append(a["href"])
        if tag == "tr":
            self.row = {"id": a.get("id", ""), "class": style, "cells": [],
                        "spans": [], "to": []}
        elif tag == "td" and self.row is not None:
            self.row["cells"] += [""] * (int(a.get("colspan") or 1) - 1)
            self.cell = [""]
        elif tag == "th":
            self.head = ""
        elif tag == "p" and "note" in style:
            self.note = ""
        elif tag == "span" and style and style[0][:1] == "x":
            self.span = [style[0], ""]
        elif tag == "a" and "to" in style:
            self.row["to"].append((a["href"], a["data-to"]))

    def handle_data(self, data):
        if self.span is not None:
            self.span[1] += data
        if self.cell is not None:
            self.cell[0] += data
        if self.head is not None:
            self.head += data
        if self.note is not None:
            self.note += data

    def handle_endtag(self, tag):
        if tag == "td" and self.cell is not None:
            self.row["cells"].append(self.cell[0])
            self.cell = None
        elif tag == "span" and self.span is not None:
            self.row["spans"].append(tuple(self.span))
            self.span = None
        elif tag == "th":
            self.heads.append(self.head)
            self.head = None
        elif tag == "p" and self.note is not None:
            self.notes.append(self.note)
            self.note = None
        elif tag == "tr" and self.row is not None:
            self.end_row()

    def end_row(self):
        row, self.row = self.row, None
        number = re.search(r"L(\d+)$", row["id"])
        if number and "fh" not in row["class"]:
            row["line"] = int(number[1])
            row["code"] = row["cells"][-1]
            self.rows.append(row)
        elif "fh" in row["class"]:
            self.headings.append((row["id"], row["cells"][-1]))

    def columns(self):
        """The headings of the first file's lines."""
        first = next(i for i, h in enumerate(self.heads) if h == "Line"
                     and self.heads[i - 1] != "Function")
        return self.heads[first:self.heads.index("Source", first) + 1]

    def column(self, head):
        """line -> text of the cell under a heading, where there is any."""
        at = self.columns().index(head)
        return {r["line"]: r["cells"][at] for r in self.rows
                if len(r["cells"]) > at and r["cells"][at]}

    def never(self):
        return {r["line"] for r in self.rows if "nv" in r["class"]}


def shown(text):
    """A line as a page shows it: the replacements that docs/annotate.md
    states."""
    out = []
    for c in text[:2000]:
        n = ord(c)
        if n < 0x20 and c != "\t":
            c = chr(0x2400 + n)
        elif n == 0x7f:
            c = "\u2421"
        elif (0x80 <= n <= 0x9f or 0x200b <= n <= 0x200f
              or 0x2028 <= n <= 0x202e or 0x2060 <= n <= 0x206f
              or n in (0x61c, 0xfeff, 0xad)):
            c = f"[U+{n:04X}]"
        out.append(c)
    return "".join(out) + ("\u2026" if len(text) > 2000 else "")


def lines_of(text):
    """As source files are split: LF, CRLF, CR."""
    lines = re.split(r"\r\n|\r|\n", text)
    return lines[:-1] if lines[-1] == "" else lines
