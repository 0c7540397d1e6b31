"""The card of a table that was sent as a file: what was read, how, and where it is to go. It reads none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cards import elements as el
from cards.list_words import FIELDS as OF_PEOPLE
from cards.notice import told
from cards.practice_words import FIELDS
from locales import Words
from workshop.views import TableForm

WAYS: Mapping[str, Callable[[Words], str]] = {
    "utf-8": lambda say: say("Unicode (UTF-8)"),
    "central": lambda say: say("Central European (Windows-1250)"),
    "cyrillic": lambda say: say("Cyrillic (Windows-1251)"),
    "baltic": lambda say: say("Baltic (Windows-1257)"),
    "western": lambda say: say("Western European (Windows-1252)"),
}
"""How a spreadsheet may have written its letters."""


FEW = 6
"""Up to so many workshops all are in sight."""


def _table(view: TableForm, say: Words) -> el.Card:
    body: list[el.Element] = [*told(view.sentence, say), el.said(view.name, weight="Bolder")]
    rows = say.plural("{n} row in all. This is how it begins:", "{n} rows in all. This is how it begins:", view.rows)
    body.append(el.line(rows))
    names = [FIELDS[id](say) for id in FIELDS]
    if view.what == "people":
        names = [OF_PEOPLE[id](say) if id else "" for id in view.columns]
    body += [_row(row, names) for row in view.shown]
    kinds = [el.choice(say("Practices"), "practices"), el.choice(say("Participants"), "people")]
    body.append(
        el.teams.ChoiceSetInput(
            id="what", label=say("What the table holds"), choices=kinds, value=view.what, style="compact"
        )
    )
    letters = [el.choice(WAYS[way](say), way) for way in view.ways]
    body.append(
        el.teams.ChoiceSetInput(
            id="letters", label=say("Its letters are written as"), choices=letters, value=view.letters, style="compact"
        )
    )
    body.append(el.line(say("Where something looks wrong, choose another way and read it again."), subtle=True))
    body.append(
        el.teams.ChoiceSetInput(
            id="into",
            label=say("Put it into"),
            choices=[el.choice(workshop.title_in(say.language), workshop.id) for workshop in view.workshops],
            value=view.into or None,
            style="expanded" if len(view.workshops) <= FEW else "compact",
            wrap=True,
        )
    )
    actions: list[el.teams.Action] = [
        el.press(say("Put it in"), "table_in", draft=view.draft),
        el.press(say("Read it again"), "table_look", draft=view.draft),
    ]
    return el.card(body, actions, say.language)


def _row(row: tuple[str, ...], names: Sequence[str]) -> el.Element:
    """The cells under the names of their columns; a column that is for nothing here is left out."""
    lines: list[el.Element] = [
        el.said(cell, prefix=f"{name}: ", spacing="None")
        for name, cell in zip(names, row, strict=False)
        if name and cell
    ]
    return el.box(lines, separator=True, spacing="Small")


DRAWS: dict[type, Callable[[Any, Words], el.Card]] = {TableForm: _table}
TITLES: dict[type, Callable[[Any, Words], str]] = {TableForm: lambda view, say: say("A table")}
