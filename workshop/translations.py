"""Translations that moderators wrote of single entries: how they are kept, how readers find them. It decides nothing.

An entry's name is made of its words (see `answer.entry_id`), so a translation is always one of the words as they stand:
what its author writes anew has none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from workshop.plan import Text

LONGEST = 280
"""Code points of a translation: as many as a note has."""


@dataclass(frozen=True, slots=True)
class Whose:
    """The answer that an entry is in; `author` as it is kept, so a pseudonym where the prompt is anonymous."""

    author: str
    case: str = ""
    round: int = 1


@dataclass(frozen=True, slots=True)
class Translation:
    """What a moderator (`by`) wrote."""

    words: str
    by: str


@dataclass(frozen=True, slots=True)
class Translated:
    """The translations of one entry, by their language."""

    prompt: str
    whose: Whose
    into: Mapping[str, Translation]


Told = Callable[[str], Text | None]
"""What an entry (by its name) says in other languages; nothing where nobody has translated it."""


def told_by(translations: Mapping[str, Translated]) -> Told:
    """The words alone."""

    def told(entry: str) -> Text | None:
        found = translations.get(entry)
        return {language: one.words for language, one in found.into.items()} if found else None

    return told


def limit_of(words: str) -> int:
    """How many code points a translation of this may have: a long text has more in another language."""
    return max(LONGEST, len(words) * 3 // 2)


def longest(words: str, into: Text | None) -> int:
    """Code points of somebody's words and the longest of their translations together: a reader sees both."""
    return len(words) + max(map(len, into.values()), default=0) if into else len(words)


def first_into(many: Iterable[Text | None], language: str) -> str:
    """Of the same words by several people, one translation is everybody's; "" where nobody has translated them."""
    return next((into[language] for into in many if into and language in into), "")


def labelled(label: Text, entries: Iterable[str], told: Told) -> Text:
    """A person's own words as the label of something that is asked about: readers of a translation see that first, and
    the original behind it. Any other label stays as it is."""
    if "" not in label:
        return label
    found: dict[str, str] = {}
    for entry in entries:
        found = {**(told(entry) or {}), **found}
    return {"": label[""], **{language: f"{words} ({label['']})" for language, words in found.items()}}
