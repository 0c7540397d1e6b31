"""Conversations: what a person did becomes a command, and what they are shown. Knows no Teams, no browser, no SQL."""

from __future__ import annotations

from dialogs import (
    answering,
    around,
    board,
    cases,
    editor,
    expected,
    facilitate,
    files,
    group_console,
    groups,
    helping,
    language,
    lobby,
    moderate,
    naming,
    own_view,
    places,
    practices,
    themes,
    translate,
)
from dialogs.router import Router

ALL = Router.of(
    lobby.router,
    editor.router,
    around.router,
    files.router,
    expected.router,
    answering.router,
    facilitate.router,
    group_console.router,
    naming.router,
    groups.router,
    moderate.router,
    places.router,
    practices.router,
    themes.router,
    translate.router,
    board.router,
    cases.router,
    language.router,
    own_view.router,
    helping.router,
)
"""Every verb there is."""
