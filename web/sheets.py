"""What a moderator reads at a time: a question's entries, the same words as one row. It decides and draws nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from locales import Words
from workshop.entries import is_translatable, is_withdrawn
from workshop.model import Answer, Workshop
from workshop.plan import SEEDED, Prompt, in_language
from workshop.prompts import kind_of
from workshop.prompts.kind import fold
from workshop.prompts.notes import NotesKind, notes_rules, written
from workshop.tally import by_prompt
from workshop.theming import themes_in
from workshop.views import Entry


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is shown at a time: a question, or one column of its notes (`column` is "" for other kinds)."""

    number: int
    prompt: Prompt
    column: str
    name: str
    entries: Sequence[Entry]


def sheets_of(w: Workshop, entries: Sequence[Entry], answers: Sequence[Answer], say: Words) -> list[Sheet]:
    """Everything that has been asked, the newest step first; the numbers stay the same as the workshop goes on."""
    of: dict[str, list[Entry]] = {}
    for entry in entries:
        of.setdefault(entry.prompt.id, []).append(entry)
    given = by_prompt(answers)
    found, number = [], 0
    for place in w.plan.places:
        for prompt in place.step.prompts:
            question = in_language(prompt.text, say.language, w.language)
            columns: Sequence[tuple[str, str]] = [("", question)]
            if isinstance(kind_of(prompt), NotesKind):
                named = notes_rules(prompt).columns
                columns = [
                    (id, f"{question} · {in_language(name, say.language, w.language)}" if len(named) > 1 else question)
                    for id, name in named
                ]
            at = {entry: id for one in given.get(prompt.id, ()) for id, entry, _ in written(prompt, one)} if (
                columns[0][0]
            ) else {}  # fmt: skip
            for id, name in columns:
                if place.number in w.opened:
                    # What was withdrawn is in no column any more: it is found in the first.
                    here = [entry for entry in of.get(prompt.id, ()) if at.get(entry.id, columns[0][0]) == id]
                    found.append((place.number, Sheet(number, prompt, id, name, here)))
                number += 1
    for origin in SEEDED:
        if origin not in w.plan.prompts and (brought := of.get(origin)):
            title = in_language(brought[0].prompt.text, say.language)
            name = f"{say('from the earlier cycle:')} {title}"
            found.append((-1, Sheet(number, brought[0].prompt, "", name, brought)))
        number += 1
    return [sheet for _, sheet in sorted(found, key=lambda one: (-one[0], one[1].number))]


@dataclass(frozen=True, slots=True)
class Row:
    """Entries of the same words that stand alike, as one."""

    entries: tuple[str, ...]
    words: str
    theme: str
    hidden: bool
    waiting: bool
    shown: str = ""
    """An entry of these that everybody sees now."""
    translatable: bool = False
    withdrawn: bool = False
    """It is asked about, and no answer has it any more."""


def rows_of(w: Workshop, sheet: Sheet) -> list[Row]:
    """In the order of the themes, what is in none first; then by their words, which says nothing about who or when.
    What is hidden stays where it was."""
    themes = themes_in(w, sheet.prompt.id, sheet.column).now if sheet.column else ()
    theme_of = {note: theme.id for theme in themes for note in theme.notes}
    order = {id: number for number, id in enumerate(("", *(theme.id for theme in themes)))}
    together: dict[tuple[int, str, bool, bool], list[Entry]] = {}
    for entry in sheet.entries:
        same = fold(entry.words) if sheet.column else entry.words
        place = order[theme_of.get(entry.id, "")]
        together.setdefault((place, same, entry.hidden, entry.waiting), []).append(entry)
    return [
        Row(
            tuple(sorted(one.id for one in found)),
            found[0].words,
            theme_of.get(found[0].id, ""),
            hidden,
            waiting,
            min((one.id for one in found if one.shown), default=""),
            any(is_translatable(w, one) for one in found),
            all(is_withdrawn(w, one) for one in found),
        )
        for (_, _, hidden, waiting), found in sorted(together.items(), key=lambda one: one[0])
    ]
