# SPDX-License-Identifier: MIT
"""A plain model of what filters and groups make of stacks.

A stack is a tuple of frames, root first; a frame is (name, file, line).
Profiles are dicts from stack to count.  Each function is one option, slow
and small; apply() has them in the documented order.
"""
import collections
import itertools
import re


def smart(pattern):
    """As the command line takes it: no case unless it has a capital."""
    bare = re.sub(r"\\.", "", pattern)
    flags = 0 if re.search("[A-Z]", bare) else re.IGNORECASE
    return re.compile(pattern, flags)


def matches(pattern, frame):
    return bool(smart(pattern).search(frame[0])
                or smart(pattern).search(frame[1]))


def added(pairs):
    """Equal stacks add up."""
    sums = collections.Counter()
    for stack, count in pairs:
        sums[stack] += count
    return sums


def focus(profile, pattern):
    return {s: n for s, n in profile.items()
            if any(matches(pattern, f) for f in s)}


def ignore(profile, pattern):
    return {s: n for s, n in profile.items()
            if not any(matches(pattern, f) for f in s)}


def hide(profile, pattern):
    return added((tuple(f for f in s if not matches(pattern, f)), n)
                 for s, n in profile.items())


def show(profile, pattern):
    return added((tuple(f for f in s if matches(pattern, f)), n)
                 for s, n in profile.items())


def base(profile, name):
    """From the outermost frame of that name; stacks without it go."""
    def cut(stack):
        at = [f[0] for f in stack].index(name)
        return stack[at:]
    return added((cut(s), n) for s, n in profile.items()
                 if any(f[0] == name for f in s))


def depth(profile, most):
    return added((s[:most], n) for s, n in profile.items())


def fold(profile):
    """A cycle of up to four functions stands once."""
    def folded(stack):
        path = []
        for frame in stack:
            path.append(frame)
            for cycle in range(1, 5):
                names = [f[:2] for f in path[-2 * cycle:]]
                if (len(names) == 2 * cycle
                        and names[:cycle] == names[cycle:]):
                    del path[-cycle:]
                    break
        return tuple(path)
    return added((folded(s), n) for s, n in profile.items())


ORDER = [("base", base), ("focus", focus), ("ignore", ignore),
         ("hide", hide), ("show", show), ("fold-recursion", fold),
         ("depth", depth)]


def apply(profile, options):
    for name, step in ORDER:
        if name not in options:
            continue
        value = options[name]
        profile = step(profile) if value is True else step(profile, value)
    return profile


# ---- groups -----------------------------------------------------------------

def module(frame):
    parts = frame[1].removesuffix(".py").split("/")
    if parts[-1] == "__init__" and len(parts) > 1:
        parts.pop()
    return ".".join(parts)


def key(frame, by):
    """What `top --by` calls the frame's group."""
    name, file, line = frame
    if by == "function":
        return name
    return {"file": file, "line": f"{file}:{line}", "module": module(frame),
            "package": module(frame).split(".")[0]}[by]


def totals(profile, by):
    """{group: (self, total)}; a group counts once a stack."""
    own, whole = collections.Counter(), collections.Counter()
    for stack, count in profile.items():
        if stack:
            own[key(stack[-1], by)] += count
        for group in {key(f, by) for f in stack}:
            whole[group] += count
    return {g: (own[g], whole[g]) for g in whole}


def spelled(frame):
    return f"{frame[0]} ({frame[1]}:{frame[2]})"


def folded(profile):
    """Lines as py-spy writes them; an empty stack is a blank and a count."""
    return "".join(";".join(map(spelled, s)) + f" {n}\n"
                   for s, n in profile.items())


def parse(text):
    """Back from lines to a dict of spelled stacks."""
    pairs = (line.rsplit(" ", 1) for line in text.splitlines())
    return {tuple(s.split(";")) if s else (): int(n) for s, n in pairs}


def respelled(profile):
    return added((tuple(map(spelled, s)), n) for s, n in profile.items())


def chain(*lists):
    return list(itertools.chain(*lists))
