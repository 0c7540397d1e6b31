"""What people wrote, for the board: equal words stand there once, with how many wrote them and who."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from cards import elements as el, phrases as ph
from cards.translated import behind
from cards.voices import who
from locales import Words
from workshop.plan import Prompt
from workshop.prompts.kind import fold
from workshop.prompts.notes import Note
from workshop.prompts.text import Quote
from workshop.translations import first_into

E = TypeVar("E", Note, Quote)

NAMES = 3
"""Authors named beside what several people wrote."""


def lines(
    strongest: Sequence[Sequence[Note | Quote]], say: Words, most: int, start: int, longest: int
) -> list[el.Element]:
    """At most `most` of these from `start` on, each at most `longest` code points; and how many more there are."""
    shown = [one_line(equal, say, longest) for equal in strongest[start : start + most]]
    return shown + ph.rest(len(strongest) - start - most, say)


def together(entries: Sequence[Quote]) -> list[list[Quote]]:
    """Those with the same words together, as they came."""
    same: dict[str, list[Quote]] = {}
    for entry in entries:
        same.setdefault(fold(entry.words), []).append(entry)
    return list(same.values())


def strongest_first(same: Sequence[Sequence[E]], place: Mapping[str, int], newest: bool) -> list[Sequence[E]]:
    """What most wrote first; among equals what was written last, where `newest` (the order of anonymous ones says
    nothing), else as they stand. `place` is each entry's among all, by its name."""
    return sorted(same, key=lambda equal: (-len(equal), -place[equal[-1].entry] if newest else 0))


def in_order(prompt: Prompt, say: Words) -> str:
    """In which order they stand, in words."""
    return say("what most wrote first") if prompt.anonymous else say("what most wrote first, then the newest")


def one_line(equal: Sequence[Note | Quote], say: Words, longest: int) -> el.Element:
    """Equal entries as one line, with how many and whose they are."""
    into = first_into((entry.into for entry in equal), say.language)
    said = el.isolated(ph.shortened(into or equal[0].words, longest))
    words = said + (f" ×{say.number(len(equal))}" if len(equal) > 1 else "")
    authors = [who(entry.who, say) for entry in equal if entry.who]
    names = list(dict.fromkeys(authors))
    whose = ", ".join(map(el.isolated, names[:NAMES])) + (" …" if len(names) > NAMES else "")
    more = ph.of_groups(authors, say) + (behind(equal[0].words, say, longest) if into else "")
    return el.said(words, prefix="• ", spacing="Small", who=whose, group=more)
