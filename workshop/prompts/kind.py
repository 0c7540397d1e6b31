"""What every kind of prompt must know how to do. One file a kind holds its rules; never its looks."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Protocol

from workshop.model import Answer, Value
from workshop.plan import Item, Prompt, Text, as_written
from workshop.refusals import Problem

PAGE = 30
"""Entries of a usual length (up to 300 code points) on one page of the board."""

ITEMS_LIMIT = 20
"""A vote takes at most this many items; above that the facilitator picks."""


class Fields(Protocol):
    """A template's own settings of one prompt, read with their place in the file. Each method refuses a wrong value
    with file, line, what is wrong and what would be right."""

    def integer(self, name: str, default: int, low: int, high: int) -> int: ...
    def flag(self, name: str, default: bool) -> bool: ...
    def labelled(self, name: str, low: int, high: int) -> tuple[tuple[str, Text], ...]: ...
    def pair(self, name: str, first: str, second: str, needed: bool = False) -> tuple[Text, Text] | None: ...
    def named(
        self, name: str, low: int, high: int, settings: tuple[str, ...]
    ) -> tuple[tuple[str, Text, Fields], ...]: ...


class Result(Protocol):
    """What a board shows of one prompt. Each kind has its own frozen dataclass."""

    @property
    def people(self) -> int:
        """How many answered."""

    @property
    def size(self) -> int:
        """How many entries there are to show one below the other: notes, quotes, bars."""

    @property
    def per_page(self) -> int:
        """How many of these fit on one page of the board, whole."""


class Signed(str):
    """An author's display name, which knows the group that they work in; 0: of none, or all that is shown is of one."""

    group: int

    def __new__(cls, name: str, group: int = 0) -> Signed:
        """The name; it is equal to the same name of any group."""
        signed = super().__new__(cls, name)
        signed.group = group
        return signed


class Kind(Protocol):
    """The rules of one kind. Parts name the fields of its form: part "" is the prompt's only field.

    A kind that takes items also has `about(value)`: the keys of the items that an answer says something about.
    A kind may also say `gives_items = False` (nothing to carry over), `decides = False` (what it gives is not what a
    stage came to), `counts_only = True` (the board names nobody), `by_consent = True` (the board shows only whose
    author agrees to it) and `repeats = True` (it can be asked `again`). Where people's words are shown one by one,
    `translated(result, told)` gives a result with what moderators wrote of them in other languages."""

    name: str
    takes_items: bool
    """Whether it asks about items, of the template or carried over."""

    def read(self, fields: Fields) -> object:
        """The kind's own settings from a template."""

    def asks(self, prompt: Prompt, items: Sequence[Item]) -> bool:
        """Whether there is anything to ask, given these items; a step that asks nothing is passed over."""

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


_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co"})
"""General categories that never stay: control, format (the bidirectional ones make one text look like another),
surrogates, private use. What this Python's Unicode does not know yet (Cn) stays: it may be a new emoji."""
_JOINERS = frozenset("\u200c\u200d")
_UNSEEN = frozenset("\u034f\u115f\u1160\u180b\u180c\u180d\u180e\u2800\u3164\uffa0").union(
    _JOINERS, map(chr, range(0xFE00, 0xFE10))
)
"""Characters that show nothing when they stand alone."""


_ORDINARY = re.compile("[\n -~¡-¬®-ſЀ-ҁ]*")
"""Latin and Cyrillic letters, digits and signs that stay as they are, each by itself and one beside the other."""


def clean(words: str, lines: bool = True) -> str:
    """A person's words as they are kept: NFC, without characters that cannot be seen, spaces folded and cut at the
    ends; without `lines`, all in one line. Clean words stay as they are when cleaned again."""
    if _ORDINARY.fullmatch(words):  # as most are: nothing can be taken out of them
        kept = words
    else:
        kept = unicodedata.normalize("NFC", words.replace("\r\n", "\n").translate(_KEPT))
        if all(c.isspace() or c in _UNSEEN for c in kept):
            return ""
    if not lines:
        return " ".join(kept.split())
    tidy = "\n".join([" ".join(line.split()) for line in kept.split("\n")]).strip()
    return re.sub(r"\n{3,}", "\n\n", tidy) if "\n\n\n" in tidy else tidy


def lines_of(words: str) -> list[str]:
    """A person's words line by line, each as `clean` keeps it by itself: a line may hold nothing that is seen."""
    lines = clean(words).split("\n")
    return lines if _ORDINARY.fullmatch(words) else [clean(line, lines=False) for line in lines]


class _Kept(dict[int, str]):
    """What `str.translate` makes of each character. Filled as they come, up to so many: a loop in C, not in Python."""

    def __missing__(self, code: int) -> str:
        c = chr(code)
        kept = "\n" if c in "\r\u2028\u2029" else " " if c in "\t\x0b\x0c\x85" else c if _stays(c) else ""
        if len(self) < 4096:
            self[code] = kept
        return kept


_KEPT = _Kept()


def _stays(c: str) -> bool:
    if c == "\n" or c in _JOINERS or 0xE0020 <= ord(c) <= 0xE007F:  # the last: tags of regional flags
        return True
    never_a_character = ord(c) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(c) <= 0xFDEF
    return unicodedata.category(c) not in _DROPPED and not never_a_character


def fold(words: str) -> str:
    """Two texts that fold to the same are one: case and spaces do not count, diacritics do."""
    plain = " ".join(words.casefold().split())
    return plain.strip(" .,;:!?") or plain


def item_key(words: str) -> str:
    """The key of what is carried over: the same words keep their key, so that votes on them stay theirs."""
    return hashlib.sha256(fold(words).encode()).hexdigest()[:12]


def folded(origin: str, said: Sequence[tuple[str, str, str]]) -> tuple[Item, ...]:
    """What people wrote, as items: (entry, words, author) each. The same words are one item, which weighs as many as
    wrote it; the weightiest come first, and among equals whoever was first."""
    same: dict[str, list[tuple[str, str, str]]] = {}
    for entry, words, author in said:
        same.setdefault(item_key(words), []).append((entry, words, author))
    items = [
        Item(
            key,
            as_written(found[0][1]),
            origin,
            len({author for _, _, author in found}),
            tuple(entry for entry, _, _ in found),
        )
        for key, found in same.items()
    ]
    return tuple(sorted(items, key=lambda item: -item.weight))
