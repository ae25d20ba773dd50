# SPDX-License-Identifier: MIT
"""Repeated runs of an imaginary program: one shape, jittered times.

A run is slower or faster as a whole (the machine) and in each stack of its
own (caches, the scheduler); a few runs are disturbed for a while.
"""
import math

FUNCTIONS = 60


def shape(rng):
    """Stacks with their mean times in microseconds: a long tail."""
    stacks = {}
    for i in range(FUNCTIONS):
        path = ["main"]
        for depth in range(rng.randint(1, 4)):
            path.append(f"layer{depth}_{rng.randrange(8)}")
        path.append(f"work{i}")
        stacks[";".join(path)] = math.exp(rng.gauss(9.5, 1.3))
    return stacks


def run(rng, stacks, factors=None, machine=0.01, jitter=0.01):
    """One run's times in whole microseconds."""
    whole = rng.gauss(1, machine)
    times = {}
    for stack, mean in stacks.items():
        time = mean * whole * rng.gauss(1, jitter)
        time *= (factors or {}).get(stack.rsplit(";", 1)[-1], 1)
        times[stack] = max(0, round(time))
    if rng.random() < 0.1:
        hit = rng.choice(sorted(times))
        times[hit] = round(times[hit] * rng.uniform(1, 1.3))
    return times


def write(path, times):
    path.write_text("".join(f"{s} {t}\n" for s, t in times.items()))
    return path
