"""What people wrote, for the board: equal words stand there once, with how many wrote them and who."""

from __future__ import annotations

from collections.abc import Sequence

from cards import elements as el, phrases as ph
from cards.voices import who
from locales import Words
from workshop.prompts.kind import fold
from workshop.prompts.notes import Note
from workshop.prompts.text import Quote

NAMES = 3
"""Authors named beside what several people wrote."""


def written(entries: Sequence[Note | Quote], say: Words, most: int, start: int, longest: int) -> list[el.Element]:
    """At most `most` different ones from `start` on, each at most `longest` code points, the most frequent first and
    then as they came; and how many more there are."""
    strongest = equals(entries)
    lines = [one_line(equal, say, longest) for equal in strongest[start : start + most]]
    return lines + ph.rest(len(strongest) - start - most, say)


def equals(entries: Sequence[Note | Quote]) -> list[list[Note | Quote]]:
    """Those with the same words together, the most frequent first and then as they came."""
    same: dict[str, list[Note | Quote]] = {}
    for entry in entries:
        same.setdefault(fold(entry.words), []).append(entry)
    return sorted(same.values(), key=lambda equal: -len(equal))


def one_line(equal: Sequence[Note | Quote], say: Words, longest: int) -> el.Element:
    """Equal entries as one line, with how many and whose they are."""
    words = ph.shortened(equal[0].words, longest) + (f" ×{say.number(len(equal))}" if len(equal) > 1 else "")
    authors = [who(entry.who, say) for entry in equal if entry.who]
    names = list(dict.fromkeys(authors))
    whose = ", ".join(names[:NAMES]) + (" …" if len(names) > NAMES else "")
    return el.said(words, prefix="• ", spacing="Small", who=whose, group=ph.of_groups(authors, say))
