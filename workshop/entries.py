"""What people wrote, entry by entry, as moderators see it: nameless, and in no order that tells who or when. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from workshop.model import MINIMUM, Answer, Workshop
from workshop.prompts import kind_of
from workshop.spotlight import on_board
from workshop.tally import by_prompt
from workshop.views import Entry


def entries_of(workshop: Workshop, answers: Iterable[Answer]) -> tuple[Entry, ...]:
    """Every entry of every answer, those that wait for a moderator first, then the newest step first; within a prompt
    in the order of their names, which says nothing about who or when."""
    given = by_prompt(answers)
    found = []
    for place in reversed(workshop.plan.places):
        for prompt in place.step.prompts:
            if prompt.anonymous and len(given.get(prompt.id, ())) < MINIMUM:
                continue  # below the minimum nobody sees anything
            there = {id(answer) for answer in on_board(workshop, prompt, given.get(prompt.id, ()))}
            entries = {
                entry: (words, id(answer) in there)
                for answer in given.get(prompt.id, ())
                for entry, words in kind_of(prompt).entries(prompt, answer)
            }
            for entry, (words, shown) in sorted(entries.items()):
                hidden = entry in workshop.hidden
                waiting = prompt.moderated and not hidden and entry not in workshop.approved
                found.append(Entry(entry, words, prompt, hidden, waiting, shown and not (hidden or waiting)))
    return tuple(sorted(found, key=lambda entry: not entry.waiting))
