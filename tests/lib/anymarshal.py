# SPDX-License-Identifier: MIT
"""Marshal data of any Python, read by this one.

Python 3 does not read what Python 2 wrote, nor code objects of another
version.  This does: a dict keeps the order of the file, code objects become
texts, `<code object NAME>`.  Written from the description of the format.
"""
import struct

#         ints in front, objects before the name, objects behind, ints behind
LAYOUTS = ((4, 7, 1, 1, 1), (5, 7, 1, 1, 1), (6, 7, 1, 1, 1), (5, 6, 2, 1, 2))


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0
        self.refs, self.strings = [], []

    def take(self, n):
        if n < 0 or n > len(self.data) - self.at:
            raise ValueError("the data end")
        self.at += n
        return self.data[self.at - n:self.at]

    def unpack(self, how):
        return struct.unpack("<" + how, self.take(struct.calcsize(how)))[0]

    def items(self, n):
        return [self.value() for _ in range(n)]

    def pairs(self):
        found = {}
        while self.data[self.at] & 0x7f != ord("0"):
            key = self.value()
            found[key] = self.value()
        self.at += 1
        return found

    def long(self):
        n = self.unpack("i")
        digits = [self.unpack("H") for _ in range(abs(n))]
        whole = sum(d << 15 * i for i, d in enumerate(digits))
        return -whole if n < 0 else whole

    def text(self, n, how):
        return self.take(n).decode(how, "surrogatepass" if how == "utf-8"
                                   else "strict")

    def old_text(self, keep):
        """A str of Python 2: bytes, shown as UTF-8 where they are."""
        text = self.take(self.unpack("i")).decode("utf-8", "surrogateescape")
        if keep:
            self.strings.append(text)
        return text

    def code(self):
        """By trial: nothing says which layout it has."""
        start, refs, strings = self.at, len(self.refs), len(self.strings)
        for ints, before, behind, lines, tables in LAYOUTS:
            try:
                return self.code_as(ints, before, behind, lines, tables)
            except (ValueError, IndexError, struct.error, KeyError,
                    TypeError):
                self.at = start
                del self.refs[refs:], self.strings[strings:]
        raise ValueError("no layout fits")

    def code_as(self, ints, before, behind, lines, tables):
        kinds = ((str, bytes), tuple, tuple, tuple, tuple, tuple)
        self.take(4 * ints)
        found = self.items(before)
        if before == 6:
            kinds = ((str, bytes), tuple, tuple, tuple, (str, bytes), str)
        if not all(isinstance(v, k) for v, k in zip(found, kinds)):
            raise ValueError("not this layout")
        name = self.items(behind)[0]
        if not isinstance(name, str):
            raise ValueError("no name")
        self.take(4 * lines)
        self.items(tables)
        return f"<code object {name}>"

    def value(self):
        byte = self.take(1)[0]
        kind, flag = chr(byte & 0x7f), byte & 0x80
        slot = None
        if flag and kind in "([{<>c:})":
            slot = len(self.refs)
            self.refs.append(None)
        found = self.payload(kind)
        if slot is not None:
            self.refs[slot] = found
        elif flag and kind not in "NTF.S0":
            self.refs.append(found)
        return found

    def payload(self, kind):
        if kind in "NTF.S":
            return {"T": True, "F": False}.get(kind)
        if kind in "iI":
            return self.unpack("i" if kind == "i" else "q")
        if kind == "l":
            return self.long()
        if kind == "f":
            return float(self.take(self.unpack("B")))
        if kind == "g":
            return self.unpack("d")
        if kind == "y":
            return complex(self.unpack("d"), self.unpack("d"))
        if kind in "st":
            return self.old_text(kind == "t")
        if kind == "R":
            return self.strings[self.unpack("i")]
        if kind == "r":
            return self.refs[self.unpack("i")]
        if kind in "uaA":
            return self.text(self.unpack("i"),
                             "utf-8" if kind == "u" else "latin-1")
        if kind in "zZ":
            return self.text(self.unpack("B"), "latin-1")
        if kind in "()":
            return tuple(self.items(self.unpack("B" if kind == ")" else "i")))
        if kind in "[<>":
            return tuple(self.items(self.unpack("i")))
        if kind == ":":
            return tuple(self.items(3))
        if kind in "{}":
            return self.pairs()
        if kind == "c":
            return self.code()
        raise ValueError(f"type {kind!r}")


def load(data):
    return Reader(data).value()
