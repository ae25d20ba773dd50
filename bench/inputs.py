# SPDX-License-Identifier: MIT
"""Make the benchmark's inputs: the same bytes on every machine.

Usage: inputs.py NAME FILE      (NAME: deep, repeated, small)

deep      90 MB, 60,000 distinct stacks of about 36 frames, once each
repeated  1 GB, lines drawn from 4,000 such stacks, as samplers that do not
          aggregate write them
small     100 KB, about 150 stacks of 15 frames

Stacks are walks through one invented call graph.  Each keeps most of the one
before it, as successive samples of a program do, so that there are about
three frames a stack in the tree, as in the recorded profiles in fixtures/; then
they are shuffled, as the hash tables of samplers leave them.
"""
import random
import sys

DIRS = ["shop", "shop/orders", "shop/stock", "django/core/handlers",
        "django/db/models", "django/template", "sqlalchemy/orm",
        "sqlalchemy/engine", "requests", "urllib3", "json", "asyncio"]
VERBS = ["get", "load", "render", "compile", "execute", "resolve", "visit",
         "parse", "dispatch", "build", "fetch", "commit", "encode", "walk"]
NOUNS = ["order", "query", "node", "template", "row", "session", "request",
         "response", "field", "token", "cursor", "context", "stream"]

SHAPES = {  # distinct stacks, mean depth, bytes to write
    "deep": (60_000, 22, None),
    "repeated": (4_000, 22, 1_000_000_000),
    "small": (100_000, 10, 100_000),
}


def call_graph(rng, size=6000):
    """Names, and for each function the one to six that it calls."""
    names = []
    for _ in range(size):
        name = f"{rng.choice(VERBS)}_{rng.choice(NOUNS)}"
        where = f"{rng.choice(DIRS)}/{rng.choice(NOUNS)}s.py"
        names.append(f"{name} ({where}:{rng.randrange(10, 1500)})")
    callees = [[rng.randrange(size) for _ in range(rng.randint(1, 6))]
               for _ in range(size)]
    return names, callees


def walks(rng, callees, mean):
    """Yield stacks of function numbers without end: some returns, some calls,
    and now and then a return to far below."""
    stack = [0]
    while True:
        back = int(rng.expovariate(1 / 3))
        if rng.random() < 0.02:
            back = rng.randrange(len(stack))
        stack = stack[:max(1, len(stack) - back)]
        ahead = 1 + int(rng.expovariate(1 / 3))
        if len(stack) < mean / 2:
            ahead += rng.randrange(mean)
        ahead = min(ahead, 2 * mean - len(stack))
        for _ in range(ahead):
            below = callees[stack[-1]]
            stack.append(below[int(len(below) * rng.random() ** 2)])
        yield stack


def distinct(rng, names, callees, mean, count, limit):
    """The first `count` different stacks, or as many as `limit` bytes."""
    seen, size = {}, 0
    for stack in walks(rng, callees, mean):
        text = ";".join([names[i] for i in stack])
        if text not in seen:
            seen[text] = None
            size += len(text) + 3
        if len(seen) == count or limit and size >= limit:
            break
    found = list(seen)
    rng.shuffle(found)
    return found


def write(name, path):
    count, mean, size = SHAPES[name]
    rng = random.Random(20240229)
    names, callees = call_graph(rng)
    stacks = distinct(rng, names, callees, mean, count,
                      size if name == "small" else None)
    with open(path, "w", encoding="ascii", newline="\n") as out:
        if name != "repeated":
            out.writelines(f"{s} {rng.randrange(1, 400)}\n" for s in stacks)
            return
        block = "".join(f"{rng.choice(stacks)} {rng.randrange(50, 5000)}\n"
                        for _ in range(20_000))
        while size > 0:
            size -= out.write(block)


if __name__ == "__main__":
    write(*sys.argv[1:])
