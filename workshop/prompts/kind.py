"""What every kind of prompt must know how to do. One file a kind holds its rules; never its looks."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Protocol

from workshop.model import Answer, Value
from workshop.plan import Item, Prompt, Text
from workshop.refusals import Problem

ITEMS_LIMIT = 20
"""A vote takes at most this many items; above that the facilitator picks."""


class Fields(Protocol):
    """A template's own settings of one prompt, read with their place in the file. Each method refuses a wrong value
    with file, line, what is wrong and what would be right."""

    def integer(self, name: str, default: int, low: int, high: int) -> int: ...
    def flag(self, name: str, default: bool) -> bool: ...
    def labelled(self, name: str, low: int, high: int) -> tuple[tuple[str, Text], ...]: ...


class Result(Protocol):
    """What a board shows of one prompt. Each kind has its own frozen dataclass."""

    @property
    def people(self) -> int:
        """How many answered."""

    @property
    def size(self) -> int:
        """How many entries there are to show one below the other: notes, quotes, bars."""


class Kind(Protocol):
    """The rules of one kind. Parts name the fields of its form: part "" is the prompt's only field."""

    name: str
    takes_items: bool
    """Whether it asks about items, of the template or carried over."""
    needs_items: bool
    """Whether there is nothing to ask without them (so that its step is skipped)."""

    def read(self, fields: Fields) -> object:
        """The kind's own settings from a template."""

    def parse(
        self, prompt: Prompt, items: Sequence[Item], given: Mapping[str, str]
    ) -> Value | None | tuple[Problem, ...]:
        """A value; nothing where nothing was given; or what is wrong with it, field by field."""

    def unparse(self, prompt: Prompt, value: Value) -> Mapping[str, str]:
        """The fields that would give this value again: what a form is filled with."""

    def entries(self, prompt: Prompt, answer: Answer) -> tuple[tuple[str, str], ...]:
        """The person's own words in an answer, one by one, as (entry id, words): what a moderator can hide."""

    def tally(
        self,
        prompt: Prompt,
        items: Sequence[Item],
        answers: Sequence[Answer],
        names: Mapping[str, str],
        hidden: frozenset[str],
    ) -> Result:
        """What the board shows. `names` has the author's display name where answers are named."""

    def carry(
        self, prompt: Prompt, items: Sequence[Item], answers: Sequence[Answer], hidden: frozenset[str]
    ) -> tuple[Item, ...]:
        """What a later prompt may ask about, the strongest first."""


_BIDI = dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))


def clean(words: str, lines: bool = True) -> str:
    """A person's words as they are kept: NFC, without control and bidirectional control characters (they can make
    one text look like another), spaces at the ends cut; without `lines`, all in one line."""
    kept = unicodedata.normalize("NFC", words.replace("\r\n", "\n").replace("\r", "\n")).translate(_BIDI)
    kept = "".join(c for c in kept if c == "\n" or not unicodedata.category(c).startswith("C") or c in "\u200d\u200c")
    if not lines:
        return " ".join(kept.split())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(" ".join(line.split()) for line in kept.split("\n"))).strip()


def fold(words: str) -> str:
    """Two texts that fold to the same are one: case and spaces do not count, diacritics do."""
    return " ".join(words.casefold().split()).strip(" .,;:!?")


def item_key(words: str) -> str:
    """The key of what is carried over: the same words keep their key, so that votes on them stay theirs."""
    return hashlib.sha256(fold(words).encode()).hexdigest()[:12]
