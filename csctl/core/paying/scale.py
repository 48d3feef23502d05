"""A scale by tiers: for which part of a quantity each rate is."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, TypeVar

N = TypeVar("N", int, Decimal)


def scale_parts(quantity: N, edges: Sequence[N], mode: Literal["marginal", "whole"]) -> list[tuple[int, N]]:
    """Numbers of tiers, each with its part of the quantity; ``edges`` are their lower ends, in order.

    ``marginal``: each tier has what lies in it. ``whole``: the tier that is reached has everything. Less than nothing
    is the mirror image: what is taken back of each tier is what so much above nothing would have put there.
    """
    if quantity < 0:
        return [(index, -part) for index, part in scale_parts(-quantity, edges, mode)]
    nothing = quantity - quantity
    if mode == "whole":
        reached = max((index for index, edge in enumerate(edges) if quantity >= edge), default=0)
        return [(reached, quantity)]
    tops = [quantity if quantity < upper else upper for upper in edges[1:]] + [quantity]
    return [
        (index, top - edge if top > edge else nothing)
        for index, (edge, top) in enumerate(zip(edges, tops, strict=True))
    ]
