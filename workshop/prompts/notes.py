"""Sticky notes in one to four named columns, one note a line. Identical notes fold into one when they are voted on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workshop.model import Answer, Value, entry_id
from workshop.plan import Item, Prompt, Text
from workshop.prompts.kind import PAGE, Fields, clean, fold, folded
from workshop.refusals import Problem, Wrong


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


@dataclass(frozen=True, slots=True)
class Column:
    id: str
    name: Text
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class NotesResult:
    people: int
    columns: tuple[Column, ...]

    @property
    def size(self) -> int:
        """Of the longest column, identical notes folded together."""
        return max(len({fold(note.words) for note in column.notes}) for column in self.columns)

    @property
    def per_page(self) -> int:
        return max(1, PAGE // len(self.columns))


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
        return tuple((entry, words) for _, entry, words in _entries(prompt, answer))

    def tally(
        self,
        prompt: Prompt,
        items: Sequence[Item],
        answers: Sequence[Answer],
        names: Mapping[str, str],
        hidden: frozenset[str],
    ) -> NotesResult:
        columns: dict[str, list[Note]] = {column: [] for column, _ in notes_rules(prompt).columns}
        for answer in answers:
            for column, entry, words in _entries(prompt, answer):
                if entry not in hidden:
                    columns[column].append(Note(entry, words, names.get(answer.author, "")))
        return NotesResult(
            len(answers),
            tuple(Column(id, name, tuple(columns[id])) for id, name in notes_rules(prompt).columns),
        )

    def carry(
        self, prompt: Prompt, items: Sequence[Item], answers: Sequence[Answer], hidden: frozenset[str]
    ) -> tuple[Item, ...]:
        """Notes of the first column, identical ones folded together, the most frequent first, then as they came."""
        first = notes_rules(prompt).columns[0][0]
        return folded(
            prompt.id,
            [
                (entry, words, answer.author)
                for answer in answers
                for column, entry, words in _entries(prompt, answer)
                if column == first and entry not in hidden
            ],
        )


def notes_rules(prompt: Prompt) -> NotesRules:
    """This kind's settings of a prompt."""
    assert isinstance(prompt.rules, NotesRules)
    return prompt.rules


def _columns(value: Value) -> dict[str, list[str]]:
    return {column: [str(note) for note in notes] for column, notes in value.items() if isinstance(notes, list)}


def _entries(prompt: Prompt, answer: Answer) -> list[tuple[str, str, str]]:
    return [
        (column, entry_id(answer, column, words), words)
        for column, notes in _columns(answer.value).items()
        for words in notes
    ]


KIND = NotesKind()
