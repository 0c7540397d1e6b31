"""What differs between two drawings of a part, told as places in the first. A page's script puts it in (morph.js)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Final

SEAM: Final = "><"
"""Where HTML is cut into pieces: they are counted alike in Python and in a browser, whatever letters are in them."""
WORTH: Final = 0.6
"""Of a part's length: where more than that has changed, the whole is sent."""

AHEAD: Final = 64
"""Pieces of the first drawing in which is looked for where both meet again."""
RARE: Final = 4
"""Times that a piece may be in a drawing, and yet be one by which a place is known again."""
PLACE: Final = "g transform="

Splice = tuple[int, int, Sequence[str]]
"""From this piece on, so many of the first drawing's are replaced by these."""


def splices(before: str, after: str) -> Sequence[Splice] | None:
    """What makes `after` of `before`, from the last place to the first, so that places stay true while it is put in.
    None where the whole is not much longer."""
    found = _differing(before.split(SEAM), after.split(SEAM))
    length = sum(len(piece) + len(SEAM) for _, _, pieces in found for piece in pieces)
    return found if length <= WORTH * len(after) else None


def put_in(before: str, found: Sequence[Splice]) -> str:
    """As the page's script does."""
    pieces: list[str] = before.split(SEAM)
    for start, count, new in found:
        pieces[start : start + count] = new
    return SEAM.join(pieces)


def _differing(old: Sequence[str], new: Sequence[str]) -> list[Splice]:
    """One way through both: where they part, on to the nearest place at which they meet again. It is not always the
    shortest way, and thousands of pieces take a millisecond."""
    where = _rare(new)
    found: list[Splice] = []
    here = there = 0
    while here < len(old) and there < len(new):
        if old[here] == new[there]:
            here, there = here + 1, there + 1
            continue
        next_here, next_there = _meet(old, new, where, here, there)
        found.append((here, next_here - here, new[there:next_there]))
        here, there = next_here, next_there
    if here < len(old) or there < len(new):
        found.append((here, len(old) - here, new[there:]))
    found.reverse()
    return found


def _rare(pieces: Sequence[str]) -> dict[str, list[int]]:
    """Where those are by which a place is known again: what a person wrote, not an end or an edge as all have it, nor
    where in the picture something hangs."""
    where: dict[str, list[int]] = {}
    for at, piece in enumerate(pieces):
        if not piece.startswith(PLACE):
            where.setdefault(piece, []).append(at)
    return {piece: places for piece, places in where.items() if len(places) <= RARE}


def _meet(
    old: Sequence[str], new: Sequence[str], where: Mapping[str, list[int]], here: int, there: int
) -> tuple[int, int]:
    """The nearest place at which both have the same rare piece; else where they are alike equally far on."""
    best = (len(old) - here) + (len(new) - there)
    next_here, next_there = len(old), len(new)
    for ahead in range(min(AHEAD, len(old) - here)):
        places = where.get(old[here + ahead], [])
        nth = bisect_left(places, there)
        if nth < len(places) and ahead + places[nth] - there < best:
            best = ahead + places[nth] - there
            next_here, next_there = here + ahead, places[nth]
    if next_here == len(old):
        alike = (n for n in range(min(len(old) - here, len(new) - there)) if old[here + n] == new[there + n])
        ahead = next(alike, -1)
        if ahead >= 0:
            next_here, next_there = here + ahead, there + ahead
    while next_here > here and next_there > there and old[next_here - 1] == new[next_there - 1]:
        next_here, next_there = next_here - 1, next_there - 1
    return next_here, next_there
