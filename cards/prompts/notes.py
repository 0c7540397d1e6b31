"""Sticky notes on cards: a field a column, one note a line; the board shows columns, equal notes as one, in their
themes. It puts none into one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cards import elements as el, phrases as ph
from cards.prompts.asking import field_problems, text_input, without_field
from cards.prompts.written import in_order, lines as lined, one_line, strongest_first
from locales import Words
from workshop.plan import Prompt, in_language
from workshop.prompts.notes import Cluster, Column, Note, NotesResult, NotesRules, notes_rules
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
        newest = not board.prompt.anonymous

        def themed(column: Column) -> list[el.Element]:
            return _in_themes(column, say, most, start, longest, newest)

        return _columns(board, say, otherwise, most, start, longest, themed)

    def gist(self, board: PromptBoard, say: Words, otherwise: str, most: int) -> Sequence[el.Element]:
        newest = not board.prompt.anonymous

        def themed(column: Column) -> list[el.Element]:
            if column.rows <= most:
                return _in_themes(column, say, most, 0, ph.QUOTE, newest)
            return _of_each_theme(column, say, most, newest)

        return _columns(board, say, otherwise, most, 0, ph.QUOTE, themed)

    def order(self, prompt: Prompt, say: Words) -> str:
        return in_order(prompt, say)

    def recorded(self, recorded: Recorded, say: Words, otherwise: str) -> Sequence[el.Element]:
        assert recorded.value is not None
        lines: list[el.Element] = []
        for column, name in notes_rules(recorded.prompt).columns:
            notes = recorded.value.get(column)
            if isinstance(notes, list):
                lines.append(el.line(in_language(name, say.language, otherwise), weight="Bolder", size="Small"))
                lines += [el.said(str(note), prefix="• ", spacing="Small") for note in notes]
        return lines


def _columns(
    board: PromptBoard,
    say: Words,
    otherwise: str,
    most: int,
    start: int,
    longest: int,
    themed: Callable[[Column], list[el.Element]],
) -> list[el.Element]:
    """Column by column; `themed` draws one with themes."""
    assert isinstance(board.result, NotesResult)
    columns = board.result.columns
    lines: list[el.Element] = []
    for column in columns:
        if len(columns) > 1:
            lines.append(el.line(in_language(column.name, say.language, otherwise), weight="Bolder", size="Small"))
        if column.themes:
            lines += themed(column)
        else:
            ((_, notes),) = _parts(column, newest=not board.prompt.anonymous)
            lines += lined(notes, say, most, start, longest)
        if not column.notes:
            lines.append(el.line(say("No notes here."), subtle=True, size="Small"))
    return lines


def _parts(column: Column, newest: bool) -> list[tuple[Cluster | None, list[Sequence[Note]]]]:
    """The themes with their different notes, the biggest theme first, and then those that are in none."""
    place = {note.entry: number for number, note in enumerate(column.notes)}
    parts = sorted(column.parts, key=lambda part: -len(part[0].notes) if part[0] else 1)
    return [(theme, strongest_first(same, place, newest)) for theme, same in parts]


def _in_themes(column: Column, say: Words, most: int, start: int, longest: int, newest: bool) -> list[el.Element]:
    """The lines of a column (`Column.rows`) from `start` on: each theme's name over its notes, then what is in none. A
    theme that a page begins within has its name there again."""
    lines: list[el.Element] = []
    first = left = 0
    for theme, notes in _parts(column, newest):
        first += theme is not None
        shown = notes[max(start - first, 0) : max(start + most - first, 0)]
        if shown:
            lines.append(_theme_name(theme, say))
            lines += [one_line(equal, say, longest) for equal in shown]
        left += len(notes) - min(max(start + most - first, 0), len(notes))
        first += len(notes)
    return lines + ph.rest(left, say)


def _of_each_theme(column: Column, say: Words, most: int, newest: bool) -> list[el.Element]:
    """What is worth reading of a column that has more than `most` lines: the names of the themes as far as there is
    room, and then of each in turn a note, the strongest first."""
    parts = [part for part in _parts(column, newest) if part[1]]
    named = parts[:most]
    shown, room = [0] * len(named), most - len(named)
    while room > 0:
        for at, (_, notes) in enumerate(named):
            if room and shown[at] < len(notes):
                shown[at] += 1
                room -= 1
    lines: list[el.Element] = []
    for (theme, notes), many in zip(named, shown, strict=True):
        lines.append(_theme_name(theme, say))
        lines += [one_line(equal, say, ph.QUOTE) for equal in notes[:many]]
    return lines + ph.rest(sum(len(notes) for _, notes in parts) - sum(shown), say)


def _theme_name(theme: Cluster | None, say: Words) -> el.Element:
    if theme is None:
        return el.line(say("In no theme:"), subtle=True, size="Small")
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
