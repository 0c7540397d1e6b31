"""The moderation page: what waits, then what was written to one question at a time, nameless. It decides nothing."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from dialogs.whereabouts import speaks
from locales import Words, words
from web import drawing
from web.acts import turn_of
from web.opened import Options, Parts, Seen
from web.said import everything_stands_here
from web.sheets import Row, Sheet, rows_of, sheets_of
from workshop import commands as c
from workshop.entries import entries_of, takes_words
from workshop.model import Workshop, themes_key
from workshop.passes import Pass
from workshop.plan import in_language
from workshop.roles import may
from workshop.spotlight import Spotlight, spotlight
from workshop.themes import LONGEST, Theme
from workshop.theming import themes_in
from workshop.translating import can_be_translated
from workshop.translations import told_by
from workshop.views import Entry

QUEUE = 20
"""Entries of the queue that are shown; the others follow as these are dealt with."""
PAGE = 50
"""Rows of a question on one page: what was written in the same words, and stands alike, is one row."""


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
        facts: dict[str, Mapping[str, Any]] = {"head": _head(w, sheet, say)}
        lit = spotlight(w, seen.answers)
        if lit is not None:
            facts["light"] = _light(w, lit, say)
        facts["queue"] = _queue(w, waiting, say)
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


def _row(w: Workshop, row: Row, say: Words, question: str = "") -> dict[str, Any]:
    """With what its buttons send: what it was when it was shown goes with it."""
    ids = list(row.entries)
    sends: dict[str, Any] = {"verb": "moderated", "w": w.id, "shown": ids, "was": ids if row.hidden else []}
    lit = w.lit.entry if w.lit and row.shown and w.lit.entry in row.entries else ""
    state = say("hidden") if row.hidden else say("waits for you") if row.waiting else say("shown large") if lit else ""
    state = state or (say("withdrawn, still asked about") if row.withdrawn else "")
    times = f"×{say.number(len(ids))}" if len(ids) > 1 else ""
    buttons = []
    if row.waiting:
        buttons.append((say("Let it be seen"), "positive", {**sends, "approved": ",".join(ids)}))
    if row.hidden:
        buttons.append((say("Restore"), "", {**sends, "hidden": ""}))
    else:
        buttons.append((say("Hide from everybody"), "", {**sends, "hidden": ",".join(ids)}))
    if lit:
        buttons.append((say("Show it large no longer"), "", {"verb": "end_spotlight", "w": w.id, "entry": lit}))
    elif row.shown:
        buttons.append((say("Show large to everybody"), "", {"verb": "spotlight", "w": w.id, "entry": row.shown}))
    if row.translatable:
        buttons.append((say("Translate …"), "", {"verb": "translate", "w": w.id, "entries": ids}))
    told = told_by(w.translations)
    into = {language: words for id in ids for language, words in (told(id) or {}).items()}
    return {
        "id": ids[0],
        "into": [(code, say.name_of_language(code), into[code]) for code in w.plan.languages if code in into],
        "entries": ids,
        "words": row.words,
        "hidden": row.hidden,
        "waiting": row.waiting,
        "lit": bool(lit),
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
        "only": say("Please tick one entry only: they are translated one by one."),
        "never": say("What is written here is not shown word for word, so there is nothing to translate."),
        "one": say("Please tick one entry only: one at a time is shown large."),
        "unseen": say("An entry can be shown large as soon as everybody may see it."),
    }


def _light(w: Workshop, lit: Spotlight, say: Words) -> dict[str, Any]:
    """What everybody sees large now, whichever question is looked at here."""
    return {
        "title": say("Every open board page shows this large"),
        "words": lit.words,
        "question": in_language(lit.prompt.text, say.language, w.language),
        "end": say("Show it large no longer"),
        "data": {"verb": "end_spotlight", "w": w.id, "entry": lit.entry},
    }


def _waiting(entry: Entry) -> Row:
    return Row((entry.id,), entry.words, "", False, True, translatable=can_be_translated(entry.prompt))


def _queue(w: Workshop, waiting: Sequence[Entry], say: Words) -> dict[str, Any]:
    shown = waiting[:QUEUE]
    rows = [
        _row(w, _waiting(one), say, in_language(one.prompt.text, say.language, w.language))
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
        "nothing": "" if rows else _nothing(sheet, say),
        "page": say("Page {page} of {pages}", **numbers) if pages > 1 else "",
        "turns": turns,
    }


def _nothing(sheet: Sheet, say: Words) -> str:
    """Why there are no entries: nobody has written any, or none can be written."""
    if takes_words(sheet.prompt):
        return say("Nobody has written anything here yet.")
    return say("Here people only vote, choose or rate: no words are written, so there is nothing to moderate.")


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
        "large": say("Show large to everybody"),
        "translate": say("Translate …"),
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
