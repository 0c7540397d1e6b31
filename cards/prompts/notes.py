"""Sticky notes on cards: a field a column, one note a line; the board shows columns, equal notes as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cards import elements as el
from cards import phrases as ph
from cards.prompts.asking import field_problems, text_input, without_field
from locales import Words
from workshop.plan import Prompt, in_language
from workshop.prompts.kind import fold
from workshop.prompts.notes import Column, Note, NotesResult, notes_rules
from workshop.tally import PromptBoard
from workshop.views import PromptForm, Recorded

NAMES = 3
"""Authors named beside a note that several people wrote."""


class NotesCard:
    kind = "notes"

    def inputs(self, form: PromptForm, say: Words, otherwise: str) -> Sequence[el.Element]:
        rules = notes_rules(form.prompt)
        found = without_field(form, tuple(column for column, _ in rules.columns), say)
        alone = len(rules.columns) == 1
        must = say("Please write at least one note.") if form.prompt.required and alone else ""
        limits = say.plural(
            "one note per line, at most {n} note", "one note per line, at most {n} notes", rules.max_notes
        )
        each = say("at most {n} characters each", n=say.number(rules.max_chars))
        for column, name in rules.columns:
            label = f"{in_language(name, say.language, otherwise)} ({limits}, {each})"
            # Room for the lines themselves, and for an empty one between them.
            room = rules.max_notes * (rules.max_chars + 2)
            found += field_problems(form, column, say)
            found.append(text_input(form, column, label=label, limit=room, lines=True, must=must))
        return found

    def hints(self, prompt: Prompt) -> Mapping[str, Any]:
        rules = notes_rules(prompt)
        columns = [column for column, _ in rules.columns]
        return {"columns": columns, "max_chars": rules.max_chars, "max_notes": rules.max_notes}

    def result(
        self, board: PromptBoard, say: Words, otherwise: str, most: int, start: int = 0, longest: int = ph.QUOTE
    ) -> Sequence[el.Element]:
        assert isinstance(board.result, NotesResult)
        columns = board.result.columns
        lines: list[el.Element] = []
        for column in columns:
            if len(columns) > 1:
                lines.append(el.line(in_language(column.name, say.language, otherwise), weight="Bolder", size="Small"))
            lines += _column(column, say, most, start, longest)
        return lines

    def recorded(self, recorded: Recorded, say: Words, otherwise: str) -> Sequence[el.Element]:
        assert recorded.value is not None
        lines: list[el.Element] = []
        for column, name in notes_rules(recorded.prompt).columns:
            notes = recorded.value.get(column)
            if isinstance(notes, list):
                lines.append(el.line(in_language(name, say.language, otherwise), weight="Bolder", size="Small"))
                lines += [el.said(str(note), prefix="• ", spacing="Small") for note in notes]
        return lines


def _column(column: Column, say: Words, most: int, start: int, longest: int) -> list[el.Element]:
    """Equal notes as one with how many wrote it, the most frequent first."""
    folded: dict[str, list[Note]] = {}
    for note in column.notes:
        folded.setdefault(fold(note.words), []).append(note)
    strongest = sorted(folded.values(), key=lambda notes: -len(notes))
    lines = [_note(notes, say, longest) for notes in strongest[start : start + most]]
    if not strongest[start:]:
        lines.append(el.line(say("No notes here."), subtle=True, size="Small"))
    return lines + ph.rest(len(strongest) - start - most, say)


def _note(notes: Sequence[Note], say: Words, longest: int) -> el.Element:
    words = ph.shortened(notes[0].words, longest) + (f" ×{say.number(len(notes))}" if len(notes) > 1 else "")
    names = list(dict.fromkeys(note.who for note in notes if note.who))
    who = ", ".join(names[:NAMES]) + (" …" if len(names) > NAMES else "")
    return el.said(words, prefix="• ", spacing="Small", who=who)


CARD = NotesCard()
