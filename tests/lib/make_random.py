# SPDX-License-Identifier: MIT
"""Write random profiles with this Python's own marshal and pickle.

    python make_random.py KIND SEED COUNT DIRECTORY

KIND: pstats, lprof, tracemalloc.  Runs on Python 2.7 and 3.x.  Beside each
file N.bin stands N.json with what it holds: numbers as text, so that floats
keep all digits.  Classes are stand-ins under the real ones' paths, since a
pickle holds only path and state.
"""
from __future__ import print_function

import io
import json
import marshal
import os
import pickle
import random
import sys
import types

PY2 = sys.version_info[0] == 2
LETTERS = u"abcXYZ_019 .<>/\\;:'\"\t\n\u00e9\u03bb\u4e16\u2028"
STRANGE = [u"", u"~", u"<built-in method builtins.len>", u"<string>",
           u"x" * 300, u"\U0001f600.py", u"C:\\app\\m.py"]


def class_of(module, name):
    parts = module.split(".")
    for i in range(1, len(parts) + 1):
        path = ".".join(parts[:i])
        sys.modules[path] = sys.modules.get(path) or types.ModuleType(path)
    made = type(name, (object,), {"__module__": module})
    setattr(sys.modules[module], name, made)
    return made


def text(rng):
    if rng.random() < 0.15:
        found = rng.choice(STRANGE)
    elif not PY2 and rng.random() < 0.03:
        found = "bad\udcff\ud800.py"
    else:
        found = u"".join(rng.choice(LETTERS)
                         for _ in range(rng.randint(1, 12)))
    if PY2 and rng.random() < 0.7:
        return found.encode("utf-8")
    return found


def count(rng):
    kind = rng.random()
    if kind < 0.7:
        return rng.randint(0, 300)
    if kind < 0.9:
        return rng.randint(0, 2**31 + 5)
    return rng.randint(0, 2**52)


def seconds(rng):
    kind = rng.random()
    if kind < 0.2:
        return rng.choice([0.0, 1.0, 0.5, -0.0, 1e-9, 1.5e-9, 2.5e-9, 0.1])
    if kind < 0.25:
        return rng.randint(0, 1000)
    return rng.random() * 10.0**rng.randint(-9, 5)


def shown(value):
    """As it stands in the JSON: text, or bytes of a py2 str."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value


def code(rng):
    source = "def f(a, *b):\n    return [lambda: i for i in (a, 'x', 2.5)]\n"
    return compile(source * rng.randint(1, 2), "<random>", "exec")


def pstats(rng, number):
    keys = []
    for _ in range(rng.randint(1, 12)):
        key = (text(rng), rng.randint(0, 5000), text(rng))
        if shown_key(key) not in [shown_key(k) for k in keys]:
            keys.append(key)
    if rng.random() < 0.2:
        keys.append(("profile", 0, code(rng)))
    ints, stats = rng.random() < 0.3, {}
    for key in keys:
        callers = {}
        for caller in rng.sample(keys, rng.randint(0, min(3, len(keys)))):
            n = count(rng)
            callers[caller] = n if ints else (
                n, rng.randint(0, n), seconds(rng), seconds(rng))
        cc = count(rng)
        stats[key] = (cc, cc + rng.randint(0, 9), seconds(rng), seconds(rng),
                      callers)
    data = marshal.dumps(stats, number % (marshal.version + 1))
    return data, [[shown_key(k), [repr_number(v) for v in row[:4]],
                   [[shown_key(c), [repr_number(x) for x in (
                       v if isinstance(v, tuple) else (v,))]]
                    for c, v in row[4].items()]]
                  for k, row in stats.items()]


def repr_number(value):
    return repr(value).rstrip("L")


def shown_key(key):
    name = key[2]
    if isinstance(name, types.CodeType):
        name = "<code object %s>" % name.co_name
    return [shown(key[0]), key[1], shown(name)]


def dumps(rng, number, value):
    """With each protocol in turn, so that none is left to chance."""
    protocol = number % (pickle.HIGHEST_PROTOCOL + 1)
    if PY2 and rng.random() < 0.5:
        import cPickle
        return cPickle.dumps(value, protocol)
    if not PY2 and rng.random() < 0.3:
        out = io.BytesIO()
        pickle._Pickler(out, protocol).dump(value)
        return out.getvalue()
    return pickle.dumps(value, protocol)


LINE_STATS = [class_of(path, "LineStats") for path in (
    "_line_profiler", "line_profiler._line_profiler",
    "line_profiler.line_profiler")]


def lprof(rng, number):
    timings = {}
    for _ in range(rng.choice([0, 1, 1, 3, 9])):
        first = rng.randint(1, 4000)
        size = rng.choice([0, 1, 2, 7, 40] + [1200] * (rng.random() < 0.05))
        timings[(text(rng), first, text(rng))] = [
            (first + i, rng.randint(1, 2**31), rng.randint(0, 2**40))
            for i in range(size)]
    merged = {}
    for key, lines in timings.items():
        merged[json.dumps(shown_key(key))] = (key, lines)
    timings = dict(merged.values())
    which = rng.choice(LINE_STATS)
    stats = which()
    stats.timings = timings
    stats.unit = rng.choice([1e-6, 1e-9, 1e-7, 3.41e-7, 1e-6])
    return dumps(rng, number, stats), {
        "unit": repr(stats.unit),
        "timings": [[shown_key(k), lines] for k, lines in timings.items()]}


SNAPSHOT = class_of("tracemalloc", "Snapshot")
TRACES = class_of("tracemalloc", "_Traces")


def tracemalloc(rng, number):
    files = [text(rng) for _ in range(rng.randint(1, 5))]
    if not PY2:
        files = list(dict.fromkeys(files))
    stacks = [tuple((rng.choice(files), rng.randint(0, 400))
                    for _ in range(rng.choice([1, 1, 2, 3, 4, 9])))
              for _ in range(rng.randint(1, 12))]
    fields = rng.choice([2, 3, 4, 4, 4])
    traces = []
    for _ in range(rng.choice([0, 1, 2, 30] + [2500] * (rng.random() < .05))):
        stack = rng.choice(stacks)
        if rng.random() < 0.3:  # not shared in the file
            stack = tuple((f, n + 0) for f, n in list(stack))
        size = rng.choice([0, 1, 56, 300, 70000, 2**31 + 1,
                           2**38 + rng.randint(0, 9)])
        trace = (rng.choice([0, 0, 0, 389047, -1]), size, stack,
                 len(stack) + rng.choice([0, 0, 3]))
        traces.append({2: trace[1:3], 3: trace[:3], 4: trace}[fields])
    made, inner = SNAPSHOT(), TRACES()
    inner._traces = traces
    made.traces = inner
    made.traceback_limit = 9
    plain = [[t if fields != 2 else (0,) + t] for t in traces]
    return dumps(rng, number, made), [
        [t[0][1], [[shown(f), n] for f, n in t[0][2]],
         t[0][3] if fields == 4 else 0] for t in plain]


def main(kind, seed, number, where):
    make = {"pstats": pstats, "lprof": lprof, "tracemalloc": tracemalloc}[kind]
    rng = random.Random(seed)
    for i in range(int(number)):
        data, holds = make(rng, i)
        with open(os.path.join(where, "%d.bin" % i), "wb") as out:
            out.write(data)
        with io.open(os.path.join(where, "%d.json" % i), "w",
                     encoding="ascii") as out:
            written = json.dumps(holds)
            out.write(written.decode() if PY2 else written)


if __name__ == "__main__":
    main(*sys.argv[1:])
