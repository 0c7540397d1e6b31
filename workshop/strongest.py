"""The first few of what a prompt gave, with ties, and themes before single notes. Pure; it counts nothing."""

from __future__ import annotations

from workshop.plan import Item
from workshop.prompts.kind import ITEMS_LIMIT


def strongest(
    items: tuple[Item, ...], top: int | None, themes: int = 0, limit: int = ITEMS_LIMIT
) -> tuple[Item, ...]:
    """The first `top` items and those that tie with the last of them; where these are more than `limit`, those
    before the tie, and where there are none before it, the first `top`. The first `themes` of them tie with each other
    only: notes that nobody put into one come after them, however many wrote them."""
    if top is None or len(items) <= top:
        return items
    if top <= themes:
        items = items[:themes]
    elif themes:
        return items[:themes] + strongest(items[themes:], top - themes, limit=limit - themes)
    last = items[top - 1].weight
    kept = tuple(item for item in items if item.weight >= last)
    if len(kept) <= limit:
        return kept
    return tuple(item for item in items if item.weight > last) or items[:top]
