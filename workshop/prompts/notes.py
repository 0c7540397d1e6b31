"""Sticky notes in one to four named columns, one note a line, in themes where somebody put them into some. Identical
notes fold into one when they are voted on. It puts nothing together itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from workshop.model import Answer, Value, entry_id
from workshop.plan import Item, Prompt, Text, as_written
from workshop.prompts.kind import PAGE, Fields, clean, fold, folded
from workshop.refusals import Problem, Wrong
from workshop.themes import Theme
from workshop.translations import Told


@dataclass(frozen=True, slots=True)
class NotesRules:
    """Columns by id with their names; limits a note (code points) and a column (notes a person)."""

    columns: tuple[tuple[str, Text], ...]
    max_chars: int
    max_notes: int


@dataclass(frozen=True, slots=True)
class Note:
    entry: str
    words: str
    who: str
    into: Text | None = field(default=None, hash=False)
    """The same in other languages, as moderators wrote it."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A theme with those of its notes that are there to be seen: one at least."""

    name: str
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Column:
    """All its notes as they came, and the themes that some of them are in."""

    id: str
    name: Text
    notes: tuple[Note, ...]
    themes: tuple[Cluster, ...] = ()

    @property
    def rest(self) -> tuple[Note, ...]:
        """The notes that are in no theme."""
        inside = {note.entry for theme in self.themes for note in theme.notes}
        return tuple(note for note in self.notes if note.entry not in inside)

    @cached_property  # of thousands of notes it takes its time, and a card is drawn several times until it fits
    def parts(self) -> tuple[tuple[Cluster | None, tuple[tuple[Note, ...], ...]], ...]:
        """Each theme and then (as None) the rest, with its notes: those with the same words together, as they came."""
        found = [(theme, theme.notes) for theme in self.themes]
        return tuple((theme, _same(notes)) for theme, notes in (*found, (None, self.rest)))

    @property
    def rows(self) -> int:
        """Lines that it takes: identical notes of a theme, or of the rest, are one; a theme's name is one more."""
        return len(self.themes) + sum(len(notes) for _, notes in self.parts)


def _same(notes: Sequence[Note]) -> tuple[tuple[Note, ...], ...]:
    same: dict[str, list[Note]] = {}
    for note in notes:
        same.setdefault(fold(note.words), []).append(note)
    return tuple(map(tuple, same.values()))


@dataclass(frozen=True, slots=True)
class NotesResult:
    people: int
    columns: tuple[Column, ...]

    @property
    def size(self) -> int:
        """Of the longest column."""
        return max(column.rows for column in self.columns)

    @property
    def per_page(self) -> int:
        twice = any(note.into for column in self.columns for note in column.notes)
        return max(1, PAGE // len(self.columns) // (2 if twice else 1))


_NONE: Mapping[str, Sequence[Theme]] = {}


class NotesKind:
    name = "notes"
    takes_items = False

    def read(self, fields: Fields) -> NotesRules:
        return NotesRules(
            fields.labelled("columns", 1, 4),
            fields.integer("max_chars", 280, 1, 280),
            fields.integer("max_notes", 5, 1, 20),
        )

    def asks(self, prompt: Prompt, items: Sequence[Item]) -> bool:
        return True

    def parse(
        self, prompt: Prompt, items: Sequence[Item], given: Mapping[str, str]
    ) -> Value | None | tuple[Problem, ...]:
        rules = notes_rules(prompt)
        value: dict[str, list[str]] = {}
        problems: list[Problem] = []
        for column, _ in rules.columns:
            notes = [note for line in clean(given.get(column, "")).split("\n") if (note := clean(line, lines=False))]
            notes = list(dict.fromkeys(notes))
            longest = max((len(note) for note in notes), default=0)
            if longest > rules.max_chars:
                problems.append(Problem(prompt.id, column, Wrong.TOO_LONG, longest, rules.max_chars))
            if len(notes) > rules.max_notes:
                problems.append(Problem(prompt.id, column, Wrong.TOO_MANY, len(notes), rules.max_notes))
            if notes:
                value[column] = notes
        if problems:
            return tuple(problems)
        return value or None

    def unparse(self, prompt: Prompt, value: Value) -> Mapping[str, str]:
        return {column: "\n".join(notes) for column, notes in _columns(value).items()}

    def entries(self, prompt: Prompt, answer: Answer) -> tuple[tuple[str, str], ...]:
        return tuple((entry, words) for _, entry, words in written(prompt, answer))

    def tally(
        self,
        prompt: Prompt,
        items: Sequence[Item],
        answers: Sequence[Answer],
        names: Mapping[str, str],
        hidden: frozenset[str],
        themes: Mapping[str, Sequence[Theme]] = _NONE,
    ) -> NotesResult:
        columns: dict[str, list[Note]] = {column: [] for column, _ in notes_rules(prompt).columns}
        for answer in answers:
            for column, entry, words in written(prompt, answer):
                if entry not in hidden:
                    columns[column].append(Note(entry, words, names.get(answer.author, "")))
        if prompt.anonymous:  # by their names, which say nothing: side by side one would see what is from one hand
            for notes in columns.values():
                notes.sort(key=lambda note: note.entry)
        return NotesResult(
            len(answers),
            tuple(
                Column(id, name, tuple(columns[id]), _clusters(columns[id], themes.get(id, ())))
                for id, name in notes_rules(prompt).columns
            ),
        )

    def translated(self, result: NotesResult, told: Told) -> NotesResult:
        return replace(result, columns=tuple(_column_in(column, told) for column in result.columns))

    def carry(
        self,
        prompt: Prompt,
        items: Sequence[Item],
        answers: Sequence[Answer],
        hidden: frozenset[str],
        themes: Mapping[str, Sequence[Theme]] = _NONE,
    ) -> tuple[Item, ...]:
        """Of the first column the themes, each weighing as many as have a note in it, the weightiest first; after them
        the notes in no theme, identical ones folded together, the most frequent first, then as they came."""
        first = notes_rules(prompt).columns[0][0]
        notes = [
            (entry, words, answer.author)
            for answer in answers
            for column, entry, words in written(prompt, answer)
            if column == first and entry not in hidden
        ]
        if prompt.anonymous:
            notes.sort()
        there = themes.get(first, ())
        of = _theme_of(there)
        held: dict[str, list[tuple[str, str]]] = {}
        for entry, _, author in notes:
            if entry in of:
                held.setdefault(of[entry], []).append((entry, author))
        found = [
            Item(
                theme.id,
                as_written(theme.name),
                prompt.id,
                len({author for _, author in held[theme.id]}),
                tuple(entry for entry, _ in held[theme.id]),
            )
            for theme in there
            if theme.id in held
        ]
        rest = folded(prompt.id, [note for note in notes if note[0] not in of])
        return (*sorted(found, key=lambda item: -item.weight), *rest)


def _column_in(column: Column, told: Told) -> Column:
    def each(notes: Sequence[Note]) -> tuple[Note, ...]:
        return tuple(replace(note, into=into) if (into := told(note.entry)) else note for note in notes)

    themes = tuple(replace(theme, notes=each(theme.notes)) for theme in column.themes)
    return replace(column, notes=each(column.notes), themes=themes)


def notes_rules(prompt: Prompt) -> NotesRules:
    """This kind's settings of a prompt."""
    assert isinstance(prompt.rules, NotesRules)
    return prompt.rules


def _columns(value: Value) -> dict[str, list[str]]:
    return {column: [str(note) for note in notes] for column, notes in value.items() if isinstance(notes, list)}


def _clusters(notes: Sequence[Note], themes: Sequence[Theme]) -> tuple[Cluster, ...]:
    of = _theme_of(themes)
    held: dict[str, list[Note]] = {}
    for note in notes:
        if note.entry in of:
            held.setdefault(of[note.entry], []).append(note)
    return tuple(Cluster(theme.name, tuple(held[theme.id])) for theme in themes if theme.id in held)


def _theme_of(themes: Sequence[Theme]) -> Mapping[str, str]:
    return {note: theme.id for theme in themes for note in theme.notes}


def written(prompt: Prompt, answer: Answer) -> list[tuple[str, str, str]]:
    """Every note of an answer: its column, its entry id, its words."""
    return [
        (column, entry_id(answer, column, words), words)
        for column, notes in _columns(answer.value).items()
        for words in notes
    ]


KIND = NotesKind()
