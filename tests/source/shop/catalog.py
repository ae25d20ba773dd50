"""The catalogue: a tree of products."""

PRICES = {f"P{i:03}": 1.0 + i / 7 for i in range(400)}
TREE = {"": sorted(PRICES)}


def price_of(sku):
    return PRICES[sku]


def walk_tree(node=""):
    for sku in TREE[node]:
        yield sku


def describe(sku):
    return f"{sku}: {PRICES[sku]:.2f}"
