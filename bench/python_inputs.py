# SPDX-License-Identifier: MIT
"""Make the inputs of bench/python: the same data on every machine.

Usage: python_inputs.py NAME FILE      (NAME: tracemalloc, pstats)

tracemalloc  a snapshot of 1,000,000 traces with 20,000 tracebacks of one to
             ten frames in 2,000 files
pstats       200,000 functions of 4,000 files with one to three callers each
"""
import marshal
import random
import sys
import tracemalloc

FILES, PLACES, DEPTH = 2_000, 20_000, 10
TRACES, FUNCTIONS = 1_000_000, 200_000


def names(rng, count):
    return [f"/srv/app/lib/python3.12/site-packages/pkg{rng.randrange(90)}"
            f"/module_{i}.py" for i in range(count)]


def stacks(rng, files):
    """Tracebacks, most recent call first, that share their outer frames as
    those of a program do."""
    sites = [[(files[rng.randrange(FILES)], rng.randrange(1, 2_000))
              for _ in range(40)] for _ in range(FILES)]
    found, path = set(), [sites[0][0]]
    while len(found) < PLACES:
        depth = rng.randint(1, DEPTH)
        del path[min(rng.randint(1, len(path)), depth):]
        while len(path) < depth:
            below = sites[hash(path[-1][1] * 7919 + len(path)) % FILES]
            path.append(below[int(40 * rng.random() ** 2)])
        found.add(tuple(reversed(path)))
    return sorted(found)


def snapshot():
    rng = random.Random(7)
    places = stacks(rng, names(rng, FILES))
    rng.shuffle(places)
    traces = []
    for _ in range(TRACES):
        stack = places[int(PLACES * rng.random() ** 3)]
        traces.append((0, rng.choice((28, 32, 48, 56, 64, 72, 120, 232, 1024,
                                      70_000)), stack, len(stack)))
    return tracemalloc.Snapshot(traces, DEPTH)


def functions():
    rng = random.Random(7)
    files = names(rng, FUNCTIONS // 50)
    keys = [(files[i // 50], 10 + 13 * (i % 50), f"function_{i % 7919}")
            for i in range(FUNCTIONS)]
    stats = {}
    for i, key in enumerate(keys):
        callers, calls, own, total = {}, 0, 0.0, 0.0
        for _ in range(rng.randint(1, 3)):
            n = rng.randrange(1, 1_000)
            edge = (n, n, n * rng.random() * 1e-6, n * rng.random() * 1e-5)
            callers[keys[rng.randrange(FUNCTIONS)]] = edge
        for n, _, tt, ct in callers.values():
            calls, own, total = calls + n, own + tt, total + tt + ct
        stats[key] = (calls, calls, own, total, callers)
    return stats


def main(name, path):
    if name == "tracemalloc":
        snapshot().dump(path)
    else:
        with open(path, "wb") as out:
            marshal.dump(functions(), out)


if __name__ == "__main__":
    main(*sys.argv[1:])
