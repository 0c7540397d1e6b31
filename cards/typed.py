"""How much a field for words takes: more than may be said in it, so that nothing is cut without a word."""

from __future__ import annotations

SPARE = 2_000
"""Beyond twice the limit: what somebody pastes in one go."""


def room(limit: int, given: str = "") -> int:
    """The `maxLength` of a field, in UTF-16 units. Teams cuts there what is typed or pasted and tells nobody, so it is
    far above the limit (which is in code points, of up to two units each): Kolbot then refuses with both numbers and
    gives the text back. What was given before and is longer still is not cut either."""
    return max(2 * limit + SPARE, len(given.encode("utf-16-le", "surrogatepass")) // 2)
