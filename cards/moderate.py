"""The moderator's form: entries in full and without names, a page at a time, to hide or restore."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from microsoft_teams import cards as teams

from cards.elements import Card, Element, card, choice, heading, line, said, submit, submit_without_fields
from cards.notice import told
from locales import Words
from workshop.entries import is_translatable, is_withdrawn
from workshop.plan import in_language
from workshop.views import ModerateForm

BUDGET = 40_000
"""Bytes, as UTF-16 JSON, for the words of all entries of a page: with the rest it stays below Teams' limit of 80 KB."""

SHORT = 160
"""Bytes of the words by which an entry is told from the others: in full it stands above."""


def weight(words: str) -> int:
    """What a text costs in a card: bytes of its JSON in UTF-16, which is what Teams counts."""
    return len(json.dumps(words, ensure_ascii=False).encode("utf-16-le", "surrogatepass"))


def cut(words: str, limit: int) -> str:
    """The words, or as much of their beginning as costs at most `limit` bytes."""
    if weight(words) <= limit:
        return words
    kept = words[: limit // 2]
    while weight(kept) > limit - 2:
        kept = kept[: len(kept) * 9 // 10]
    return kept + "…"


def _form(view: ModerateForm, say: Words) -> Card:
    w = view.workshop
    back = submit_without_fields(say("Back to the console"), "console", w=w.id)
    if not view.entries:
        return card([*told(view.sentence, say), line(say("Nobody has written anything yet."))], [back], say.language)
    share = BUDGET // len(view.entries)
    waiting = [(number, entry) for number, entry in enumerate(view.entries, 1) if entry.waiting]
    body: list[Element] = [
        *told(view.sentence, say),
        line(
            say("Tick what shall be hidden from the board, the summary and later steps; untick what shall be restored.")
        ),
        line(say("Page {page} of {pages}", page=say.number(view.page + 1), pages=say.number(view.pages)), subtle=True),
    ]
    before = ""
    for number, entry in enumerate(view.entries, start=1):
        if entry.prompt.id != before:
            before = entry.prompt.id
            body.append(heading(in_language(entry.prompt.text, say.language, w.language), "Default"))
        state = say("hidden") if entry.hidden else say("waits for you") if entry.waiting else ""
        state = state or (say("withdrawn, still asked about") if is_withdrawn(w, entry) else "")
        body.append(said(cut(entry.words, share), prefix=f"{number}. ", who=state))
    if waiting:
        body.append(
            teams.ChoiceSetInput(
                id="approved",
                label=say("Let these be seen"),
                choices=[choice(f"{number}: {entry.words}", entry.id) for number, entry in waiting],
                is_multi_select=True,
                style="expanded",
                wrap=True,
            )
        )
    body.append(
        teams.ChoiceSetInput(
            id="hidden",
            label=say("Hide"),
            choices=[choice(f"{number}: {entry.words}", entry.id) for number, entry in enumerate(view.entries, 1)],
            value=",".join(entry.id for entry in view.entries if entry.hidden) or None,
            is_multi_select=True,
            style="expanded",
            wrap=True,
        )
    )
    lit = w.lit.entry if w.lit else ""
    large = [(number, entry) for number, entry in enumerate(view.entries, 1) if entry.shown]
    if large or lit:
        choices = [choice(f"{number}: {cut(entry.words, SHORT)}", entry.id) for number, entry in large]
        body.append(
            teams.ChoiceSetInput(
                id="large",
                label=say("Show large to everybody, on the board's page"),
                choices=[*choices, *([choice(say("nothing any more"), "none")] if lit else [])],
                value=lit if any(entry.id == lit for _, entry in large) else None,
                placeholder=say("Nothing is changed"),
                style="compact",
                wrap=True,
            )
        )
    translates = [(number, entry) for number, entry in enumerate(view.entries, 1) if is_translatable(w, entry)]
    if translates:
        body.append(
            teams.ChoiceSetInput(
                id="chosen",
                label=say("Write it in other languages"),
                choices=[choice(f"{number}: {cut(entry.words, SHORT)}", entry.id) for number, entry in translates],
                placeholder=say("Choose an entry"),
                style="compact",
                wrap=True,
            )
        )
    shown = [entry.id for entry in view.entries]
    was = [entry.id for entry in view.entries if entry.hidden]
    actions: list[teams.Action] = [
        submit(say("Save this page"), "moderated", "positive", w=w.id, page=view.page, shown=shown, was=was, lit=lit)
    ]
    if translates:
        actions.append(submit(say("Translate …"), "translate", w=w.id))
    if view.page > 0:
        actions.append(submit_without_fields(say("Newer, without saving"), "moderate", w=w.id, page=view.page - 1))
    if view.page + 1 < view.pages:
        actions.append(submit_without_fields(say("Older, without saving"), "moderate", w=w.id, page=view.page + 1))
    return card(body, [*actions, back], say.language)


DRAWS: dict[type, Callable[[Any, Words], Card]] = {ModerateForm: _form}
TITLES: dict[type, Callable[[Any, Words], str]] = {ModerateForm: lambda view, say: say("Moderate the entries")}
