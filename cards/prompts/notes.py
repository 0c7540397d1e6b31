"""Sticky notes on cards: a field a column, one note a line; the board shows columns, equal notes as one, in their
themes. It puts none into one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cards import elements as el, phrases as ph
from cards.prompts.asking import field_problems, text_input, without_field
from cards.prompts.written import equals, one_line, written
from locales import Words
from workshop.plan import Prompt, in_language
from workshop.prompts.notes import Cluster, Column, NotesResult, NotesRules, notes_rules
from workshop.tally import PromptBoard
from workshop.views import PromptForm, Recorded


class NotesCard:
    kind = "notes"

    def inputs(self, form: PromptForm, say: Words, otherwise: str) -> Sequence[el.Element]:
        rules = notes_rules(form.prompt)
        found = without_field(form, tuple(column for column, _ in rules.columns), say)
        alone = len(rules.columns) == 1
        must = say("Please write at least one note.") if form.prompt.required and alone else ""
        found.append(el.line(_limits(rules, say), subtle=True, size="Small", spacing="Small"))
        for column, name in rules.columns:
            label = in_language(name, say.language, otherwise)
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
            if column.themes:
                lines += _in_themes(column, say, most, start, longest)
            else:
                lines += written(column.notes, say, most, start, longest)
            if not column.notes:
                lines.append(el.line(say("No notes here."), subtle=True, size="Small"))
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


def _in_themes(column: Column, say: Words, most: int, start: int, longest: int) -> list[el.Element]:
    """The lines of a column (`Column.rows`) from `start` on: each theme's name over its notes, then what is in none. A
    theme that a page begins within has its name there again."""
    lines: list[el.Element] = []
    first = left = 0
    for theme in (*column.themes, None):
        notes = equals(theme.notes if theme else column.rest)
        first += theme is not None
        shown = notes[max(start - first, 0) : max(start + most - first, 0)]
        if shown:
            lines.append(_theme_name(theme, say) if theme else el.line(say("In no theme:"), subtle=True, size="Small"))
            lines += [one_line(equal, say, longest) for equal in shown]
        left += len(notes) - min(max(start + most - first, 0), len(notes))
        first += len(notes)
    return lines + ph.rest(left, say)


def _theme_name(theme: Cluster, say: Words) -> el.Element:
    count = say.plural("{n} note", "{n} notes", len(theme.notes))
    return el.rich(el.run(theme.name, weight="Bolder"), el.run(f" · {count}", subtle=True, size="Small"))


def _limits(rules: NotesRules, say: Words) -> str:
    """How many notes there may be and how long, once for all fields."""
    chars = say.number(rules.max_chars)
    if len(rules.columns) == 1:
        return say.plural(
            "One note of at most {limit} characters.",
            "One note per line: at most {n} notes of at most {limit} characters each.",
            rules.max_notes,
            limit=chars,
        )
    return say.plural(
        "In each field one note of at most {limit} characters.",
        "In each field one note per line: at most {n} notes of at most {limit} characters each.",
        rules.max_notes,
        limit=chars,
    )


CARD = NotesCard()
