"""Price a batch of orders."""
import sys

from shop import catalog, orders

PROMOTIONS = ["PCT-10", "SKU-7", "none", "PCT-05", "SKU-3"]


def run(count):
    skus = sorted(catalog.PRICES)
    kept = []
    for i in range(count):
        lines = [(skus[(i * k) % len(skus)], k) for k in range(1, 6)]
        order = orders.Order(i, lines)
        kept.append(orders.price_order(order, PROMOTIONS))
    return kept


if __name__ == "__main__":
    print(len(run(int(sys.argv[1]))))
