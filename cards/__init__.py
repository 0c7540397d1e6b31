"""Every view as an Adaptive Card, in the reader's language. Chooses nothing and sends nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from typing import Any

from cards.elements import Card
from locales import Words, words
from workshop.views import View

MODULES = (
    "answer",
    "around",
    "board",
    "board_page",
    "cases",
    "confirm",
    "console",
    "editor",
    "group_console",
    "groups",
    "group_places",
    "help",
    "join",
    "language",
    "lobby",
    "moderate",
    "new",
    "notice",
    "opener",
    "people",
    "pick",
    "practices",
    "reminder",
    "roles",
    "stage",
    "summary",
    "table",
    "themes",
    "translate",
    "welcome",
)
"""One module a family of views: each has `DRAWS`, and `TITLES` for those that are shown in dialogs."""

TITLE_LIMIT = 60
"""Longest title of a dialog, in code points."""


def draw(view: View, language: str) -> Card:
    """The card of a view as plain JSON data. A language without a catalogue is English."""
    drawn: Card = _all("DRAWS")[type(view)](view, words(language))
    return drawn


def title_of(view: View, language: str) -> str:
    """The title of the dialog that shows the view, at most `TITLE_LIMIT` long."""
    say = words(language)
    made = _all("TITLES").get(type(view))
    title: str = made(view, say) if made else say("Workshop")
    return title if len(title) <= TITLE_LIMIT else title[: TITLE_LIMIT - 1] + "…"


@cache
def _all(table: str) -> Mapping[type, Callable[[Any, Words], Any]]:
    """A table of all modules together. They import this package, so they are read at the first use."""
    found: dict[type, Callable[[Any, Words], Any]] = {}
    for module in MODULES:
        found.update(getattr(import_module(f"{__name__}.{module}"), table, {}))
    return found
