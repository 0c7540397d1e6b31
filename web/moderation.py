"""The moderation page: what waits, then what was written to one question at a time, nameless. It decides nothing."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dialogs.whereabouts import speaks
from locales import Words, words
from web import drawing
from web.acts import turn_of
from web.opened import Options, Parts, Seen
from web.said import everything_stands_here
from workshop import commands as c
from workshop.entries import entries_of
from workshop.model import Answer, Workshop, themes_key
from workshop.passes import Pass
from workshop.plan import Prompt, in_language
from workshop.prompts import kind_of
from workshop.prompts.kind import fold
from workshop.prompts.notes import NotesKind, notes_rules, written
from workshop.roles import may
from workshop.tally import by_prompt
from workshop.themes import LONGEST, Theme
from workshop.theming import themes_in
from workshop.views import Entry

QUEUE = 20
"""Entries of the queue that are shown; the others follow as these are dealt with."""
PAGE = 50
"""Rows of a question on one page: what was written in the same words, and stands alike, is one row."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is shown at a time: a question, or one column of its notes (`column` is "" for other kinds)."""

    number: int
    prompt: Prompt
    column: str
    name: str
    entries: Sequence[Entry]


class ModerationPage:
    """Implements `web.live.Page`. What its buttons do is `web.moderating`'s."""

    tells_time = False

    def key(self, seen: Workshop, given: Pass, options: Options) -> Hashable | None:
        """All moderators who read the same language and look at the same question see the same."""
        if not may(seen, given.person, c.HideEntry):
            return None
        return _language(seen, given), options.get("sheet"), options.get("page")

    def draw(self, seen: Seen, given: Pass, options: Options) -> Parts:
        """The queue and one page of one question."""
        w, say = seen.workshop, words(_language(seen.workshop, given))
        entries = entries_of(w, seen.answers)
        sheets = sheets_of(w, entries, seen.answers, say)
        waiting = [entry for entry in entries if entry.waiting]
        asked = next((one for one in sheets if str(one.number) == options.get("sheet")), None)
        sheet = asked or (sheets[0] if sheets else None)
        facts: dict[str, Mapping[str, Any]] = {"head": _head(w, sheet, say), "queue": _queue(w, waiting, say)}
        if sheet is None:
            facts["list"] = {"nothing": say("Nobody has written anything yet."), "title": say("Entries")}
            return _drawn(facts)
        themes = themes_in(w, sheet.prompt.id, sheet.column) if sheet.column else None
        facts["list"] = _list(w, sheets, sheet, int(options.get("page", "0")), say)
        if themes is not None:
            facts["themes"] = _themes(w, sheet, themes.now, say)
        facts["tools"] = _tools(w, sheet, themes.now if themes is not None else None, waiting, say) | {
            "mark": themes.mark if themes is not None and themes.before else ""
        }
        return _drawn(facts)


def _language(w: Workshop, given: Pass) -> str:
    return speaks(turn_of(given, w, "moderate", {}), w)


def _drawn(facts: Mapping[str, Mapping[str, Any]]) -> Parts:
    return {name: drawing.part("moderation.html", name, fact) for name, fact in facts.items()}


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
                    here = [entry for entry in of.get(prompt.id, ()) if at.get(entry.id, "") == id]
                    found.append((place.number, Sheet(number, prompt, id, name, here)))
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
        Row(tuple(sorted(one.id for one in found)), found[0].words, theme_of.get(found[0].id, ""), hidden, waiting)
        for (_, _, hidden, waiting), found in sorted(together.items(), key=lambda one: one[0])
    ]


def _row(w: Workshop, row: Row, say: Words, question: str = "") -> dict[str, Any]:
    """With what its buttons send: what it was when it was shown goes with it."""
    ids = list(row.entries)
    sends: dict[str, Any] = {"verb": "moderated", "w": w.id, "shown": ids, "was": ids if row.hidden else []}
    state = say("hidden") if row.hidden else say("waits for you") if row.waiting else ""
    times = f"×{say.number(len(ids))}" if len(ids) > 1 else ""
    buttons = []
    if row.waiting:
        buttons.append((say("Let it be seen"), "positive", {**sends, "approved": ",".join(ids)}))
    if row.hidden:
        buttons.append((say("Restore"), "", {**sends, "hidden": ""}))
    else:
        buttons.append((say("Hide from everybody"), "", {**sends, "hidden": ",".join(ids)}))
    return {
        "id": ids[0],
        "entries": ids,
        "words": row.words,
        "hidden": row.hidden,
        "waiting": row.waiting,
        "state": " · ".join(filter(None, (times, state))),
        "question": question,
        "buttons": [{"label": label, "style": style, "data": data} for label, style, data in buttons],
    }


def _head(w: Workshop, sheet: Sheet | None, say: Words) -> dict[str, Any]:
    return {
        "heading": say("Moderation"),
        "title": w.title_in(say.language),
        "notice": everything_stands_here(say),
        "stage": w.place.stage_number + 1 if w.place else 0,
        "back": {"label": say("Back to the console"), "data": {"verb": "console", "w": w.id}},
        "sheet": sheet.number if sheet else "",
        "hint": say("Up and down arrow: from entry to entry. Space: tick. Esc: tick none."),
        "letters": say("Letters as shortcuts"),
        "first": say("Please tick an entry first."),
    }


def _queue(w: Workshop, waiting: Sequence[Entry], say: Words) -> dict[str, Any]:
    shown = waiting[:QUEUE]
    rows = [
        _row(w, Row((one.id,), one.words, "", False, True), say, in_language(one.prompt.text, say.language, w.language))
        for one in shown
    ]
    left = len(waiting) - len(shown)
    return {
        "title": say("Waits for approval"),
        "words": say.plural("{n} entry waits for a moderator.", "{n} entries wait for a moderator.", len(waiting))
        if waiting
        else say("Nothing waits for approval."),
        "rows": rows,
        "left": say.plural("{n} more follows.", "{n} more follow.", left) if left else "",
    }


def _counted(sheet: Sheet, say: Words) -> str:
    hidden = sum(entry.hidden for entry in sheet.entries)
    told = [say.plural("{n} entry", "{n} entries", len(sheet.entries))]
    if hidden:
        told.append(say("of them hidden: {n}", n=say.number(hidden)))
    return ", ".join(told)


def _list(w: Workshop, sheets: Sequence[Sheet], sheet: Sheet, page: int, say: Words) -> dict[str, Any]:
    rows = rows_of(w, sheet)
    pages = max(1, -(-len(rows) // PAGE))
    page = min(page, pages - 1)
    names = {theme.id: theme.name for theme in themes_in(w, sheet.prompt.id, sheet.column).now} if sheet.column else {}
    sections: list[dict[str, Any]] = []
    for row in rows[page * PAGE : (page + 1) * PAGE]:
        if not sections or sections[-1]["id"] != row.theme:
            title = names.get(row.theme, say("In no theme") if names else "")
            sections.append({"id": row.theme, "title": title, "rows": []})
        sections[-1]["rows"].append(_row(w, row, say))
    turns = [
        {"label": label, "page": number}
        for label, number in ((say("Previous page"), page - 1), (say("Next page"), page + 1))
        if 0 <= number < pages
    ]
    numbers = {"page": say.number(page + 1), "pages": say.number(pages)}
    return {
        "title": say("Entries"),
        "asked": say("What was asked"),
        "sheets": [{"number": one.number, "name": one.name, "counted": _counted(one, say)} for one in sheets],
        "sheet": sheet.number,
        "sections": sections,
        "nothing": "" if rows else say("Nobody has written anything here yet."),
        "page": say("Page {page} of {pages}", **numbers) if pages > 1 else "",
        "turns": turns,
    }


def _options(themes: Sequence[Theme], say: Words) -> list[dict[str, str]]:
    return [
        {"id": one.id, "name": one.name, "label": f"{one.name} · {_notes(len(one.notes), say)}"} for one in themes
    ]


def _notes(n: int, say: Words) -> str:
    return say.plural("{n} note", "{n} notes", n)


def _at(w: Workshop, sheet: Sheet) -> dict[str, Any]:
    return {"w": w.id, "of": themes_key(sheet.prompt.id, sheet.column)}


def _themes(w: Workshop, sheet: Sheet, themes: Sequence[Theme], say: Words) -> dict[str, Any]:
    return {
        "title": say("The themes"),
        "themes": _options(themes, say),
        "none": say("There are no themes here yet: tick notes, and put them into a new one."),
        "theme": say("Theme"),
        "name": say("Its new name"),
        "longest": LONGEST,
        "rename": say("Rename"),
        "into": say("Merge it into"),
        "merge": say("Merge"),
        "alike": say("What looks alike?"),
        "sends": {
            name: {"verb": verb, **_at(w, sheet)}
            for name, verb in (("rename", "rename_theme"), ("merge", "merge_themes"), ("alike", "suggest_themes"))
        },
    }


def _tools(
    w: Workshop, sheet: Sheet, themes: Sequence[Theme] | None, waiting: Sequence[Entry], say: Words
) -> dict[str, Any]:
    return {
        "title": say("What to do with what is ticked"),
        "ticked": say("Ticked:"),
        "approve": say("Let it be seen") if waiting else "",
        "hide": say("Hide from everybody"),
        "restore": say("Restore"),
        "undo": say("Undo the last change"),
        "themes": None if themes is None else _options(themes, say),
        "into": say("Put them into"),
        "new": say("a new theme"),
        "called": say("Name of the new theme"),
        "longest": LONGEST,
        "put": say("Put there"),
        "out": say("Take out of the theme") if themes else "",
        "w": w.id,
        "of": _at(w, sheet)["of"],
    }
