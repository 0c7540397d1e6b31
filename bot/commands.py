"""Typed words of every language to verbs, forgiving of case, spaces, marks and slips. Does nothing itself."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache

from cards.help import COMMAND_WORDS

from locales import LANGUAGES, words


@dataclass(frozen=True, slots=True)
class Typed:
    """A typed command: its verb and what stood after it. Without a verb, `near` is the word that was probably meant."""

    verb: str | None
    data: dict[str, object] = field(default_factory=dict)
    near: str = ""


def understand(text: str, language: str) -> Typed:
    """The command in a message without its mentions; an empty message asks for help. `language` is the reader's, for
    the word that is suggested."""
    said = _folded(text)
    if not said:
        return Typed("help")
    known = _known()
    tokens = said.split()
    for length in (3, 2, 1):
        verb = known.get(" ".join(tokens[:length]))
        if verb is not None and len(tokens) >= length:
            return _with_rest(verb, tokens[length:])
    near = difflib.get_close_matches(" ".join(tokens[:2]), known, 1, 0.8) or difflib.get_close_matches(
        tokens[0], known, 1, 0.6
    )
    return Typed(None, near=COMMAND_WORDS[known[near[0]]](words(language)) if near else "")


def _with_rest(verb: str, rest: list[str]) -> Typed:
    """Only `extend` takes a number; after any other command further words mean that it was no command."""
    if verb == "extend":
        numbers = [token for token in rest if token.isascii() and token.isdigit()]
        return Typed(
            verb, {"minutes": numbers[0][:9]} if numbers else {"minutes": "5"} if not rest else {"minutes": "0"}
        )
    return Typed(verb)


@cache
def _known() -> dict[str, str]:
    """Every command word of every language, folded, with its verb; English wins where two languages share a word."""
    known: dict[str, str] = {}
    for language in LANGUAGES:
        for verb, word in COMMAND_WORDS.items():
            known.setdefault(_folded(word(words(language))), verb)
    return known


def _folded(text: str) -> str:
    marks = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l"))
    plain = "".join(c for c in marks if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w\s]", " ", plain).split())
