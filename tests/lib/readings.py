# SPDX-License-Identifier: MIT
"""What profviz reads from a file, in the shapes that Python has.

`Model(json text)` is the output of `profviz convert --format json`; its
properties give back pstats dicts, line timings and traces, with times in
whole nanoseconds.
"""
import csv
import decimal
import io
import json

NS = decimal.Decimal(10) ** 9


def nanoseconds(number):
    """A float's exact value in whole nanoseconds, ties to even."""
    exact = decimal.Decimal(number) * NS
    with decimal.localcontext() as context:
        context.prec = 400
        exact = decimal.Decimal(number) * NS
        return int(exact.to_integral_value(decimal.ROUND_HALF_EVEN))


def shown(text):
    """A name of Python's as UTF-8 holds it: one U+FFFD for each bad byte."""
    if isinstance(text, bytes):
        return text.decode("utf-8", "replace")
    return "".join("\ufffd" * 3 if "\ud800" <= c <= "\udfff" else c
                   for c in text)


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def seconds_column(text):
    """A CSV cell of seconds with nine decimals, in nanoseconds."""
    return int(decimal.Decimal(text) * NS)


class Model:
    """The whole model of one profile."""

    def __init__(self, text):
        self.raw = json.loads(text)
        self.metrics = [m["name"] + ("+" if m["inclusive"] else "")
                        for m in self.raw["metrics"]]
        self.functions = [(f["file"], f["line"], f["name"])
                          for f in self.raw["functions"]]
        self.notes = {n["key"]: n["value"] for n in self.raw["notes"]}

    def stats(self):
        """{key: (cc, nc, tt, ct, {caller: (nc, cc, tt, ct)})} of a traced
        pstats file."""
        found = {}
        for key, function in list(zip(self.functions,
                                      self.raw["functions"]))[1:]:
            nc, cc, tt, ct = function["values"]
            found[key] = (cc, nc, tt, ct, {})
        for call in self.raw["calls"]:
            caller = self.functions[call["caller"]]
            found[self.functions[call["callee"]]][4][caller] = tuple(
                call["values"])
        return found

    def timings(self):
        """{key: {line: (hits, time)}} of an lprof file."""
        found = {key: {} for key in self.functions[1:]}
        for line in self.raw["lines"]:
            found[self.functions[line["function"]]][line["line"]] = tuple(
                line["values"])
        return found

    def traces(self):
        """{(frames cut, ((file, line), ...)): (size, blocks)}, the most
        recent call first, of a tracemalloc snapshot."""
        paths, found = [(0, ())], {}
        for i, frame in enumerate(self.raw["frames"]):
            if i > 0:
                cut, path = paths[frame["parent"]]
                function = self.raw["functions"][frame["function"]]
                if function["kind"] == "mark":
                    cut = int(function["name"][1:].split()[0])
                else:
                    path = ((function["file"], frame["line"]),) + path
                paths.append((cut, path))
            values = tuple(frame["values"]) if "values" in frame else (0, 0)
            if values[1]:
                assert paths[i] not in found
                found[paths[i]] = values
        return found
