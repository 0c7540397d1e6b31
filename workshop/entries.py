"""What people wrote, entry by entry, as moderators see it: nameless, and in no order that tells who or when. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from workshop.model import MINIMUM, Answer, Workshop
from workshop.plan import Prompt
from workshop.prompts import kind_of
from workshop.spotlight import on_board
from workshop.still_asked import still_asked
from workshop.tally import by_prompt
from workshop.translating import can_be_translated
from workshop.views import Entry


def entries_of(workshop: Workshop, answers: Iterable[Answer]) -> tuple[Entry, ...]:
    """Every entry of every answer, those that wait for a moderator first, then the newest step first; within a prompt
    in the order of their names, which says nothing about who or when; last what is only asked about any more."""
    given = by_prompt(answers)
    found = []
    known: set[str] = set()
    for place in reversed(workshop.plan.places):
        for prompt in place.step.prompts:
            there = {id(answer) for answer in on_board(workshop, prompt, given.get(prompt.id, ()))}
            entries = {
                entry: (words, id(answer) in there)
                for answer in given.get(prompt.id, ())
                for entry, words in kind_of(prompt).entries(prompt, answer)
            }
            known |= entries.keys()
            if prompt.anonymous and len(given.get(prompt.id, ())) < MINIMUM:
                continue  # below the minimum nobody sees anything
            for entry, (words, shown) in sorted(entries.items()):
                hidden = entry in workshop.hidden
                waiting = prompt.moderated and not hidden and entry not in workshop.approved
                found.append(Entry(entry, words, prompt, hidden, waiting, shown and not (hidden or waiting)))
    found += [
        Entry(entry, words, prompt, entry in workshop.hidden, asked=True)
        for entry, (words, prompt) in sorted(still_asked(workshop).items())
        if entry not in known
    ]
    return tuple(sorted(found, key=lambda entry: not entry.waiting))


def takes_words(prompt: Prompt) -> bool:
    """Whether people can write something of their own in an answer to it; else they only vote, choose or rate."""
    kind = kind_of(prompt)
    counted = getattr(kind, "counts_only", kind.takes_items)
    return not counted or bool(getattr(prompt.rules, "own", False))


def is_withdrawn(w: Workshop, entry: Entry) -> bool:
    """Whether its author took it back while it was asked about."""
    return entry.asked and entry.prompt.id in w.plan.prompts


def is_translatable(w: Workshop, entry: Entry) -> bool:
    """Whether it can be written in other languages; what is taken back is written nowhere else."""
    return can_be_translated(entry.prompt) and not is_withdrawn(w, entry)
