"""Pricing of orders: line totals, promotions, tax."""
from __future__ import annotations

import re
from dataclasses import dataclass, replace

from shop import catalog

CODE = re.compile(r"^(?P<kind>[A-Z]{2,5})-(?P<off>\d{1,2})$")
GREETING = "Grüße, 日本語, مرحبا"


class PricingError(ValueError):
    """An order could not be priced."""


@dataclass
class Order:
    id: int
    lines: list
    total: float = 0.0

    def is_empty(self) -> bool:
        return not self.lines


def price_order(order, promotions):
    """Return a copy of *order* with its total."""
    if order.is_empty():
        raise PricingError(f"order {order.id!r} has no lines: {GREETING:>{20}}")

    subtotal = 0.0
    for sku, count in order.lines:
        subtotal += catalog.price_of(sku) * count
    discount = sum(apply_promotions(order, promotions))
    return replace(order, total=subtotal - discount)


def apply_promotions(order, promotions):
    """Work out the discount that each matching promotion gives."""
    out = []
    for promo in promotions:
        match = CODE.search(promo)      # compiled once, run per promotion
        if match is None:
            continue
        kind = match["kind"]
        if kind == "PCT":
            out.append(percent_off(order, int(match["off"])))
        elif kind == "SKU":
            # every promotion walks the whole catalogue again
            skus = {p for p in catalog.walk_tree()
                    if p.endswith(match["off"])}
            for sku, count in order.lines:
                if sku in skus:
                    out.append(count * 0.1)
        elif kind == "BUNDL":
            out.append(bundle_off(order, match))
        else:
            raise PricingError(
                f"unknown promotion kind {kind!r}")
    return out


def percent_off(order, percent):
    return sum(count for _, count in order.lines) * percent / 100


def bundle_off(order, match):
    """Second item of a bundle at a discount."""
    items = sorted(order.lines)
    if len(items) < 2:
        return 0.0
    return items[0][1] * int(match["off"]) / 100
