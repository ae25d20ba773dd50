# SPDX-License-Identifier: MIT
"""Folded stacks in the shapes that the browser tests need: each function gives
the bytes of an input file, always the same."""
import random


def folded(stacks):
    """{(frame, ...) or "a;b": count} as a file."""
    lines = []
    for stack, count in stacks.items():
        text = stack if isinstance(stack, str) else ";".join(stack)
        lines.append(f"{text} {count}\n")
    return "".join(sorted(lines)).encode()


SITE = "/venv/lib/python3.12/site-packages"
STD = "/usr/lib/python3.12"
MAIN = ("<module> (shop/worker.py:1)", "main (shop/worker.py:212)",
        "run_batch (shop/worker.py:148)")


def nightly(extra=()):
    """A batch job with all kinds of code in it, and one recursion."""
    price = MAIN + ("price_order (shop/orders.py:88)",)
    promo = price + ("apply_promotions (shop/orders.py:131)",)
    walk = promo + ("walk_tree (shop/catalog.py:66)",)
    tax = price + ("compute_tax (shop/tax.py:42)",)
    rule = tax + ("resolve_rule (shop/tax.py:71)",)
    loads = rule + (f"loads ({STD}/json/__init__.py:299)",
                    f"decode ({STD}/json/decoder.py:337)")
    load = MAIN + ("load_orders (shop/store.py:20)",
                   f"query_all ({SITE}/sqlalchemy/orm/query.py:2700)")
    save = MAIN + ("save_results (shop/store.py:77)",
                   f"dumps ({STD}/json/__init__.py:183)",
                   f"encode ({STD}/json/encoder.py:183)")
    stacks = {
        MAIN: 13, price: 40, promo: 430, promo + ("sub (re.py:1)",): 275,
        promo + ("<method 'search' of 're.Pattern' objects>",): 980,
        walk: 101, walk + walk[-1:]: 90, walk + walk[-1:] * 2: 80,
        walk + walk[-1:] * 3: 70, walk + walk[-1:] * 4: 60,
        walk + walk[-1:] * 5 + ("dedupe (shop/util.py:9)",): 120,
        tax: 260, tax + (f"quantize ({STD}/decimal.py:2500)",): 280,
        rule: 340, loads: 210, loads + ("<built-in method _json.scan>",): 160,
        load: 310, load + (f"instances ({SITE}/sqlalchemy/orm/loading.py:9)",):
        770, load + (f"execute ({SITE}/sqlalchemy/engine/base.py:1400)",): 900,
        save: 250, save + (f"iterencode ({STD}/json/encoder.py:200)",): 190,
        MAIN[:1] + ("sha256_block (libcrypto.so.3)",): 640,
        MAIN[:1] + ("__x64_sys_read_[k]", "tcp_recvmsg_[k]"): 520,
        MAIN[:2] + ("tiny (shop/worker.py:300)",): 1,
    }
    stacks.update(extra)
    return folded(stacks)


def nightly_later():
    """The same program with stacks that sort before, between and after."""
    return nightly({
        ("<module> (shop/aaa.py:1)", "begin (shop/aaa.py:9)"): 700,
        MAIN + ("abc (shop/abc.py:1)",): 200,
        MAIN + ("price_order (shop/orders.py:88)", "zz (shop/z.py:1)"): 99,
    })


def recursive():
    """f calls itself through g, at several depths, and is called by two."""
    fs = ("f (a.py:1)", "g (a.py:5)")
    return folded({
        ("main (a.py:9)",) + fs * k + tail: 10 * k
        for k in (1, 2, 3, 7) for tail in ((), ("leaf (b.py:2)",))
    } | {("main (a.py:9)", "other (a.py:7)") + fs: 35,
         ("main (a.py:9)", "run (c.py:1)") + ("r (c.py:3)",) * 12: 40})


def sibling(n=60):
    """Many narrow siblings beside a wide one."""
    return folded({("main", "wide"): 100000, **{
        ("main", f"narrow_{i:03}", "below"): 7 for i in range(n)}})


def deep(levels=3000):
    stack = tuple(f"step_{i} (deep.py:{i})" for i in range(levels))
    return folded({stack[:k]: 1 for k in range(100, levels, 50)}
                  | {stack: 500})


def recursion(levels=3000):
    """One function that calls itself 3,000 times."""
    stack = ("main (deep.py:1)",) + ("walk (deep.py:5)",) * levels
    return folded({stack[:k]: 1 for k in range(100, levels, 50)}
                  | {stack: 500})


def tree(n, depth=40, seed=1, names=None):
    """A random tree; as in real profiles few stacks carry most of it."""
    rnd, parent, level = random.Random(seed), [-1], [0]
    path, lines = [""], []
    names = names or [f"pkg{i % 97}.mod{i % 13}.function_{i}"
                      for i in range(900)]
    while len(path) <= n:
        low = max(0, len(path) - 2000) if rnd.random() < .6 else 0
        p = rnd.randrange(low, len(path))
        while level[p] >= depth:
            p = parent[p]
        parent.append(p)
        level.append(level[p] + 1)
        path.append((path[p] + ";" if p else "") + rnd.choice(names))
        lines.append(f"{path[-1]} {int(rnd.paretovariate(.7))}\n")
    return "".join(lines).encode()


def tree_10k():
    return tree(10_000)


def tree_200k():
    return tree(200_000)


def tree_200k_long():
    """With 5,000 functions, each in a file of its own, of 100 bytes."""
    return tree(200_000, names=[
        f"function_with_a_rather_long_name_{i} ({SITE}/package_{i % 97}/"
        f"subsystem/implementation_{i}.py:{i % 3000 + 1})"
        for i in range(5000)])


def wide():
    """About 35,000 frames that are all wide enough to be drawn at once."""
    return folded({tuple(f"mod{c}.f{d}_{c}" for d in range(28)): 10
                   for c in range(1250)})


HOSTILE = ["]]>", "</script><script>window.pwned=1</script>", "<!--", "&lt&",
           "\"quoted'", "line\u2028separator", "rtl\u202eoverride",
           "<img src=x onerror=window.pwned=1>", "${window.pwned=1}",
           "javascript:window.pwned=1", "<svg onload=window.pwned=1>",
           "\u0301combining", "e\u0301\u0302\u0303" * 8, "\U0001f469\u200d\U0001f680" * 6]


def hostile():
    stacks = {("main", name): 10 for name in HOSTILE}
    return (folded(stacks) + b"main;nul\x00byte 10\nmain;bad\xff\xfeutf8 10\n"
            + b"main;lone\xed\xa0\x80surrogate 10\n" + b"main;\x1b[31mred 10\n")


def huge():
    """A total above 2^53, whose low digits must not be lost."""
    return b"a;b 9007199254740993\na;c 3\na 5\n"


def single():
    return b"only 1\n"
