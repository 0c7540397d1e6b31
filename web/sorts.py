"""All sorts of live pages by name. It decides nothing."""

from __future__ import annotations

from collections.abc import Mapping

from web.acts import CONSOLE, MODERATION
from web.board import BOARD, BoardPage
from web.console import ConsolePage
from web.moderation import ModerationPage
from web.opened import Page


def sorts() -> Mapping[str, Page]:
    """One of each: they keep what they have drawn, for all who see the same."""
    return {CONSOLE: ConsolePage(), BOARD: BoardPage(), MODERATION: ModerationPage()}
