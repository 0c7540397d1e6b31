"""What differs between two drawings of a part, told as places in the first. A page's script puts it in (morph.js)."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final

SEAM: Final = "><"
"""Where HTML is cut into pieces: they are counted alike in Python and in a browser, whatever letters are in them."""
WORTH: Final = 0.6
"""Of a part's length: where more than that has changed, the whole is sent."""

Splice = tuple[int, int, Sequence[str]]
"""From this piece on, so many of the first drawing's are replaced by these."""


def splices(before: str, after: str) -> Sequence[Splice] | None:
    """What makes `after` of `before`, from the last place to the first, so that places stay true while it is put in.
    None where the whole is not much longer."""
    old, new = before.split(SEAM), after.split(SEAM)
    found = _alike_long(old, new) if len(old) == len(new) else _of_other_length(old, new)
    length = sum(len(piece) + len(SEAM) for _, _, pieces in found for piece in pieces)
    return found if length <= WORTH * len(after) else None


def put_in(before: str, found: Sequence[Splice]) -> str:
    """As the page's script does."""
    pieces: list[str] = before.split(SEAM)
    for start, count, new in found:
        pieces[start : start + count] = new
    return SEAM.join(pieces)


def _alike_long(old: Sequence[str], new: Sequence[str]) -> list[Splice]:
    """Piece by piece: a note in other words changes its own pieces only."""
    found: list[Splice] = []
    end = len(new)
    while end:
        if old[end - 1] == new[end - 1]:
            end -= 1
            continue
        start = end - 1
        while start and old[start - 1] != new[start - 1]:
            start -= 1
        found.append((start, end - start, new[start:end]))
        end = start
    return found


def _of_other_length(old: Sequence[str], new: Sequence[str]) -> list[Splice]:
    first, shorter = 0, min(len(old), len(new))
    while first < shorter and old[first] == new[first]:
        first += 1
    last = 0
    while last < shorter - first and old[-1 - last] == new[-1 - last]:
        last += 1
    middle = new[first : len(new) - last]
    steps = SequenceMatcher(None, old[first : len(old) - last], middle).get_opcodes()
    return [
        (first + start, end - start, middle[of:to]) for how, start, end, of, to in reversed(steps) if how != "equal"
    ]
