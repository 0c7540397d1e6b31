"""Notes put into themes by those who lead: the rules, and what a question gives then. It puts none anywhere itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from workshop import commands as c, events as e
from workshop.model import MINIMUM, Answer, Workshop, themes_key
from workshop.plan import Item, Prompt
from workshop.prompts import kind_of
from workshop.prompts.kind import Result, clean, fold, item_key
from workshop.prompts.notes import NotesKind, notes_rules, written
from workshop.refusals import Reason, Refused
from workshop.themes import LONGEST, MOST, THEME, Theme, Themes

Outcome = tuple[e.AnyEvent, ...] | Refused
AnyThemes = c.PutIntoTheme | c.TakeOutOfTheme | c.MergeThemes | c.RenameTheme | c.UndoTheme
Answers = Mapping[str, Sequence[Answer]]


def sheets(w: Workshop) -> tuple[tuple[Prompt, str], ...]:
    """The columns of notes (prompt, id of the column) that have been asked for, the newest step first."""
    return tuple(
        (prompt, column)
        for place in reversed(w.plan.places)
        if place.number in w.opened
        for prompt in place.step.prompts
        if isinstance(kind_of(prompt), NotesKind)
        for column, _ in notes_rules(prompt).columns
    )


def themes_in(w: Workshop, prompt: str, column: str) -> Themes:
    """The themes of one column of notes."""
    return w.themes.get(themes_key(prompt, column), Themes())


def themes_by_column(w: Workshop, prompt: Prompt) -> Mapping[str, tuple[Theme, ...]]:
    """The themes of a notes prompt as they stand, by the id of their column."""
    return {column: themes_in(w, prompt.id, column).now for column, _ in notes_rules(prompt).columns}


def carried(
    w: Workshop, prompt: Prompt, items: Sequence[Item], answers: Sequence[Answer], hidden: frozenset[str]
) -> tuple[Item, ...]:
    """What a prompt gives to a later one: of notes the themes first, then what is in none."""
    kind = kind_of(prompt)
    if isinstance(kind, NotesKind):
        return kind.carry(prompt, items, answers, hidden, themes_by_column(w, prompt))
    return kind.carry(prompt, items, answers, hidden)


def tallied(
    w: Workshop,
    prompt: Prompt,
    items: Sequence[Item],
    answers: Sequence[Answer],
    names: Mapping[str, str],
    hidden: frozenset[str],
) -> Result:
    """What the board shows of a prompt: of notes, with their themes."""
    kind = kind_of(prompt)
    if isinstance(kind, NotesKind):
        return kind.tally(prompt, items, answers, names, hidden, themes_by_column(w, prompt))
    return kind.tally(prompt, items, answers, names, hidden)


def themes_among(w: Workshop, prompt: str, items: Sequence[Item]) -> int:
    """How many of the items that a prompt gave are its own themes; they come first."""
    if not isinstance(kind_of(w.plan.prompts[prompt]), NotesKind):
        return 0
    return sum(item.key.startswith(THEME) for item in items)


@dataclass(frozen=True, slots=True)
class Same:
    """Notes of one column with the same words that are in the same theme ("" for none), as one."""

    entries: tuple[str, ...]
    words: str
    theme: str = ""
    language: str = ""
    waiting: bool = False
    """Nobody else sees (all of) it until a moderator lets it through."""

    @property
    def tick(self) -> str:
        """Names it in a form: by its words and theme, because any one of its entries can be withdrawn meanwhile."""
        key = item_key(self.words)
        return f"{key}.{self.theme}" if self.theme else key


def notes_on(w: Workshop, prompt: Prompt, column: str, answers: Sequence[Answer]) -> tuple[Same, ...]:
    """The notes of a column that nobody has hidden: those in no theme first, else in the order of the themes; by their
    words, which says nothing about who or when. Of an anonymous prompt nothing below the minimum."""
    if _too_few(prompt, answers):
        return ()
    of = {note: theme.id for theme in themes_in(w, prompt.id, column).now for note in theme.notes}
    found: dict[tuple[str, str], dict[str, tuple[str, str]]] = {}
    for answer in answers:
        person = None if prompt.anonymous else w.people.get(answer.author)
        language = (person.language if person else "") or w.language
        for there, entry, words in written(prompt, answer):
            if there == column and entry not in w.hidden:
                found.setdefault((of.get(entry, ""), fold(words)), {})[entry] = words, language
    order = {theme: number for number, theme in enumerate(dict.fromkeys(("", *of.values())))}
    same = []
    for (theme, _), notes in sorted(found.items(), key=lambda one: (order[one[0][0]], one[0][1])):
        entries = tuple(sorted(notes))
        words, language = notes[entries[0]]
        waiting = prompt.moderated and not w.approved.issuperset(entries)
        same.append(Same(entries, words, theme, language, waiting))
    return tuple(same)


def change_themes(w: Workshop, command: AnyThemes, answers: Answers, now: datetime) -> Outcome:
    """Change the themes of one column; no event where they are so already."""
    asked = {(prompt.id, column): prompt for prompt, column in sheets(w)}
    prompt = asked.get((command.prompt, command.column))
    if prompt is None:
        return Refused(Reason.UNKNOWN_PROMPT)
    themes = themes_in(w, command.prompt, command.column)
    match command:
        case c.PutIntoTheme():
            after = _put(w, prompt, themes, command, answers.get(prompt.id, ()))
        case c.TakeOutOfTheme():
            after = themes.take_out(command.notes) if command.notes else _wrong("nothing")
        case c.MergeThemes():
            there = _by_id(themes, command.theme) and _by_id(themes, command.into)
            after = themes.merge(command.theme, command.into) if there else _wrong("gone")
        case c.RenameTheme():
            after = _renamed(themes, command)
        case c.UndoTheme():
            after = themes.undo() if command.mark == themes.mark else _wrong("changed")
        case _:
            assert_never(command)
    if isinstance(after, Refused):
        return after
    if after is themes:
        return ()
    return (e.ThemesChanged(by=command.by, at=now, prompt=prompt.id, column=command.column, themes=after),)


def _put(
    w: Workshop, prompt: Prompt, themes: Themes, command: c.PutIntoTheme, answers: Sequence[Answer]
) -> Themes | Refused:
    if not command.notes:
        return _wrong("nothing")
    known = {
        entry
        for answer in (() if _too_few(prompt, answers) else answers)
        for column, entry, _ in written(prompt, answer)
        if column == command.column
    }
    notes = [note for note in command.notes if note in known]
    if not notes:
        return Refused(Reason.UNKNOWN_ENTRY)
    if command.theme:
        return themes.put(command.theme, "", notes) if _by_id(themes, command.theme) else _wrong("gone")
    called = clean(command.called, lines=False)
    if wrong := _wrong_name(called):
        return wrong
    same = _called(themes, called)
    # A revision is told once, so no theme ever gets the name of another in what is carried over.
    after = themes.put(same.id if same else f"{THEME}{w.revision}", called, notes)
    return _wrong("many", len(after.now), MOST) if len(after.now) > MOST else after


def _renamed(themes: Themes, command: c.RenameTheme) -> Themes | Refused:
    called = clean(command.called, lines=False)
    now = next((each.name for each in themes.now if each.id == command.theme), None)
    if now is None:
        return _wrong("gone")
    if command.was and now not in (command.was, called):
        return Refused(Reason.WRONG_THEME, {"why": "renamed", "now": now})
    if wrong := _wrong_name(called):
        return wrong
    same = _called(themes, called)
    return themes.rename(command.theme, called) if same is None or same.id == command.theme else _wrong("taken")


def _too_few(prompt: Prompt, answers: Sequence[Answer]) -> bool:
    return prompt.anonymous and len(answers) < MINIMUM


def _by_id(themes: Themes, theme: str) -> bool:
    return any(each.id == theme for each in themes.now)


def _called(themes: Themes, name: str) -> Theme | None:
    return next((each for each in themes.now if fold(each.name) == fold(name)), None)


def _wrong_name(called: str) -> Refused | None:
    if not called:
        return _wrong("missing")
    return _wrong("long", len(called), LONGEST) if len(called) > LONGEST else None


def _wrong(why: str, given: int = 0, limit: int = 0) -> Refused:
    return Refused(Reason.WRONG_THEME, {"why": why, "given": given, "limit": limit})
