"""One go at making a conversation equal to what is stored: what is known at its beginning, and what came of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.asks import LONGEST
from bot.leases import Hold
from bot.posted import Posted
from bot.teams import Address
from workshop.tally import Board

Lose = Callable[[str, int, bool], Awaitable[object]]
"""Told of a workshop's binding (its number) that nothing can be posted there; whether it ever could."""


Leave = Callable[[str], Awaitable[object]]
"""Told of a conversation (its id) that nothing can be posted there until something is heard from it."""


async def nobody_leaves(conversation: str) -> None:
    """Where conversations are always there."""


async def nobody_told(workshop_id: str, binding: int, ever: bool) -> None:
    """Where groups have no conversations."""


@dataclass(slots=True)
class Round:
    """One go at one conversation of a workshop."""

    address: Address
    board: Board
    hold: Hold
    rows: Mapping[str, Posted]
    now: datetime
    """When it began."""
    board_from: datetime
    """Before this, nothing that can wait is edited."""
    has: Callable[[str], bool] = lambda slot: True
    """Whether a slot is one of this conversation's."""
    binding: int | None = None
    """The number of the binding that ends where nothing can be posted; None: the conversation is no group's."""
    lost: bool = False
    """Nothing can be posted there: it is a group's no more."""
    edits: int = 0
    """How much that can wait was put."""
    again: datetime | None = None
    """When to look again."""
    closed_until: datetime | None = None
    """Until when Teams wants nothing in this conversation, from no instance."""
    views_at: datetime | None = None
    """When to put a card again only for the sake of people's own views of it."""
    shown: bool = True
    """Whether everything is shown, though something earlier may still land over it."""

    @property
    def ever(self) -> bool:
        """Whether anything was ever posted there."""
        return any(row.activity_id is not None for row in self.rows.values())

    def views_wait(self, at: datetime, now: datetime) -> bool:
        """A card is as it has to be but for whose clients ask for views of their own: that is put right then, or now,
        where it is time (then False)."""
        if at <= now or at > now + LONGEST:  # the clock was put back
            return False
        self.views_at = at if self.views_at is None else min(self.views_at, at)
        return True

    def look(self, at: datetime, shown: bool = False) -> bool:
        """It is not surely so yet: look again then, or sooner. Returns False, which says so."""
        self.again = at if self.again is None else min(self.again, at)
        self.shown = self.shown and shown
        return False
