"""Typed words of every language to verbs, forgiving of case, spaces, marks and slips. Does nothing itself."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from itertools import product

from cards.group_words import group_called
from cards.help import COMMAND_WORDS, GROUP_COMMANDS
from cards.synonyms import number_words, synonyms
from locales import LANGUAGES, words

LONGEST = 40
"""Most that is kept of the name of a language, in code points."""
MOST = 5
"""Words of a message that may still have meant a group's own conversation."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A typed command: its verb and what stood after it. Without a verb, `near` is the verb that was probably meant."""

    verb: str | None
    data: dict[str, object] = field(default_factory=dict)
    near: str = ""


def understand(text: str) -> Typed:
    """The command in a message without its mentions; an empty message asks for help."""
    said = _folded(text)
    if not said:
        return Typed("help")
    known = _known()
    tokens = said.split()
    if _group(counted := [_spelled().get(token, token) for token in tokens[:2]]):
        text = " ".join([*counted, *text.split()[2:]])
        said = _folded(text)
        tokens = said.split()
    numbers = re.findall(r"[0-9]+", said)
    if len(numbers) == 1 and _in_any_order(_numbered(said)) in _here():
        return Typed("group_here", {"group": numbers[0][:9]})
    if len(tokens) > 2 and (number := _group(tokens)):
        typed = _of_group(number, understand(" ".join(text.split()[2:])))
        if typed.verb or typed.near:
            return typed
    for length in (4, 3, 2, 1):
        verb = known.get(" ".join(tokens[:length]))
        if verb is not None and len(tokens) >= length:
            rest = text.split()[length:]
            if verb == "extend":
                return Typed(verb, {"minutes": _minutes(rest)})
            if verb == "language" and len(rest) == 1:
                return Typed(verb, {"named": rest[-1][:LONGEST]})
            # "next time we should …" is no command: it is asked, not done. So is a name that is no mention.
            return Typed(verb) if len(tokens) == length else Typed(None, {"more": True}, verb)
    if len(numbers) == 1 and (near := difflib.get_close_matches(_numbered(said), _numbered_ones(), 1, 0.7)):
        return Typed(None, near=known[near[0]])
    if len(tokens) <= MOST and any(words <= set(tokens) for words in _around_number()):
        return Typed(None, near="group_here")
    near = difflib.get_close_matches(" ".join(tokens[:2]), known, 1, 0.8) or difflib.get_close_matches(
        tokens[0], known, 1, 0.7
    )
    if not near:
        return Typed(None)
    # "nxt time we should …" was hardly meant to go on.
    several = len([token for token in tokens if not token.isdigit()]) > len(near[0].split())
    return Typed(None, {"several": True} if several else {}, known[near[0]])


def _group(tokens: list[str]) -> int:
    """The number of the group that a message begins with ("group 2 next"); 0 where it begins with none."""
    numbers = [token for token in tokens[:2] if token.isascii() and token.isdigit() and len(token) < 10]
    if len(numbers) != 1 or _in_any_order(_numbered(" ".join(tokens[:2]))) not in _groups():
        return 0
    return int(numbers[0])


def _of_group(number: int, typed: Typed) -> Typed:
    """A command about a group, where there can be such a one."""
    meant = {"facilitator": "group_facilitator", "no_facilitator": "no_group_facilitator"}
    verb, near = (meant.get(found or "", found or "") for found in (typed.verb, typed.near or typed.verb))
    if verb in GROUP_COMMANDS:
        return Typed(verb, {**typed.data, "group": number})
    return Typed(None, near=near if near in GROUP_COMMANDS else "")


def _minutes(rest: list[str]) -> str:
    """What stands after `extend`: nothing is five minutes, and what is no whole number is none at all. A unit may
    follow the number."""
    if not rest:
        return "5"
    number = rest[0]
    whole = number.isascii() and number.isdigit()
    return number[:9] if whole and (not rest[1:] or rest[1].isalpha()) and len(rest) <= 2 else "0"


@cache
def _groups() -> frozenset[str]:
    """What a group is called in every language, folded, with 0 for its number."""
    return frozenset(_in_any_order(_folded(group_called(0, words(language)))) for language in LANGUAGES)


@cache
def _here() -> frozenset[str]:
    """What makes a conversation a group's own, in every language, folded, with 0 for the number."""
    return frozenset(_in_any_order(word) for word, verb in _known().items() if verb == "group_here")


@cache
def _around_number() -> frozenset[frozenset[str]]:
    """The words that stand around the number in those, in every language: "group" and "here"."""
    return frozenset(frozenset(phrase.split()) - {"0"} for phrase in _here())


@cache
def _spelled() -> dict[str, str]:
    """Numbers in words, of every language, folded, as they stand beside the name of a group."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for number, each in enumerate(number_words(words(language)), 1):
            for word in each:
                found.setdefault(_folded(word), str(number))
    return found


def _in_any_order(said: str) -> str:
    """The same for "group 2" and "2. group": languages differ, and people type what comes to mind."""
    return " ".join(sorted(said.split()))


@cache
def _known() -> dict[str, str]:
    """Every command word of every language, folded, with its verb, then every other word for it; English wins where two
    languages share a word."""
    known: dict[str, str] = {}
    for language in LANGUAGES:
        for verb, word in COMMAND_WORDS.items():
            known.setdefault(_numbered(_folded(word(words(language)))), verb)
    for language, verb in product(LANGUAGES, COMMAND_WORDS):
        for other in synonyms(verb, words(language)):
            known.setdefault(_folded(other), verb)
    return known


@cache
def _numbered_ones() -> list[str]:
    """The command words with a number in them."""
    return [word for word in _known() if "0" in word.split()]


def _numbered(said: str) -> str:
    """With the same number for every number, by itself also where no space stands before or behind it."""
    return " ".join(re.sub(r"[0-9]+", " 0 ", said).split())


def _folded(text: str) -> str:
    marks = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l"))
    plain = "".join(c for c in marks if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w\s]", " ", plain).split())
