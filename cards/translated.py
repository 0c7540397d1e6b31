"""That what stands there is a moderator's translation, and what its author wrote. It chooses no language."""

from __future__ import annotations

from cards.phrases import QUOTE
from locales import Words


def behind(original: str, say: Words, longest: int) -> str:
    """What stands behind a translation of somebody's words, of which at most `longest` code points are shown. On the
    card that everybody sees the original is a click away, on the whole board."""
    if longest <= QUOTE:
        return f" · {by_a_moderator(say)}"
    return f" · {said_so(original, say)}"


def said_so(original: str, say: Words) -> str:
    """The same as a line of its own."""
    return say("translated by a moderator; as written: {words}", words=original)


def by_a_moderator(say: Words) -> str:
    """Where the original stands beside it."""
    return say("translated by a moderator")
