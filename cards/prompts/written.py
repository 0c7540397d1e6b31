"""What people wrote, for the board: equal words stand there once, with how many wrote them and who."""

from __future__ import annotations

from collections.abc import Sequence

from cards import elements as el, phrases as ph
from cards.voices import who
from locales import Words
from workshop.plan import Prompt
from workshop.prompts.kind import fold
from workshop.prompts.notes import Note
from workshop.prompts.text import Quote

NAMES = 3
"""Authors named beside what several people wrote."""


def written(
    entries: Sequence[Note | Quote], say: Words, most: int, start: int, longest: int, newest: bool
) -> list[el.Element]:
    """At most `most` different ones from `start` on, each at most `longest` code points, in the order of `equals`; and
    how many more there are."""
    strongest = equals(entries, newest)
    lines = [one_line(equal, say, longest) for equal in strongest[start : start + most]]
    return lines + ph.rest(len(strongest) - start - most, say)


def equals(entries: Sequence[Note | Quote], newest: bool) -> list[list[Note | Quote]]:
    """Those with the same words together, the most frequent first; among equally frequent ones what was written last,
    where `newest` (the order of anonymous ones says nothing), else as they stand."""
    same: dict[str, list[Note | Quote]] = {}
    for entry in reversed(entries) if newest else entries:
        same.setdefault(fold(entry.words), []).append(entry)
    found = sorted(same.values(), key=lambda equal: -len(equal))
    return [equal[::-1] for equal in found] if newest else found


def in_order(prompt: Prompt, say: Words) -> str:
    """In which order they stand, in words."""
    return say("what most wrote first") if prompt.anonymous else say("what most wrote first, then the newest")


def one_line(equal: Sequence[Note | Quote], say: Words, longest: int) -> el.Element:
    """Equal entries as one line, with how many and whose they are."""
    words = ph.shortened(equal[0].words, longest) + (f" ×{say.number(len(equal))}" if len(equal) > 1 else "")
    authors = [who(entry.who, say) for entry in equal if entry.who]
    names = list(dict.fromkeys(authors))
    whose = ", ".join(names[:NAMES]) + (" …" if len(names) > NAMES else "")
    return el.said(words, prefix="• ", spacing="Small", who=whose, group=ph.of_groups(authors, say))
