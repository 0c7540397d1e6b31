"""People's words in scripts that are written from the right, beside words of ours: each keeps its own direction."""

from __future__ import annotations

import re

FIRST_STRONG, POP = "\u2068", "\u2069"
"""FSI and PDI of Unicode's UAX 9: between them words have the direction of their own first letter, and none outside."""

_TURNING = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Scripts written from the right, and all signs that change a direction."""
_ISOLATE = "\u2066\u2067\u2068"


def isolated(words: str) -> str:
    """The words so that they turn nothing beside them, and nothing beside them turns them: each line isolated where it
    holds what turns a direction, and what was begun in it ended (the end of an isolate ends all embeddings in it). All
    other words, and what is isolated already, stay as they are."""
    if words.isascii() or not _TURNING.search(words):
        return words
    return "\n".join(map(_line, words.split("\n")))


def _line(words: str) -> str:
    kept: list[str] = []
    depth = 0
    outside = False
    for sign in words:
        if sign in _ISOLATE:
            depth += 1
        elif sign == POP:
            if not depth:
                continue  # it would end what others have begun
            depth -= 1
        elif not depth and _TURNING.match(sign):
            outside = True
        kept.append(sign)
    closed = "".join(kept) + POP * depth
    return FIRST_STRONG + closed + POP if outside else closed
