"""Each conversation of a workshop by itself: its pace, what it has to wait for, all its messages. It posts nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.leases import Hold
from bot.posted import Posted
from bot.posting import Posting, pause
from bot.round import Round
from bot.teams import Address, Retry
from bot.twins import Twins
from workshop.wall import Hung, Wall

EVERY = timedelta(seconds=2)
"""The board of a conversation is edited at most this often (Teams' sustained budget is one message in 2 s)."""

Key = tuple[str, int | None]
"""A workshop, and the binding by which the conversation is a group's; None: the workshop is held there."""


class Place(Protocol):
    """Where a conversation is reached."""

    @property
    def service_url(self) -> str: ...
    @property
    def tenant(self) -> str: ...
    @property
    def bot_id(self) -> str: ...


class Addresses(Protocol):
    async def address(self, key: str) -> Place | None: ...


class Places:
    """Before some instants no board of a conversation is edited, or nothing is done there."""

    def __init__(self, posting: Posting, twins: Twins, clock: Callable[[], datetime]) -> None:
        """`clock` gives UTC."""
        self._posting = posting
        self._twins = twins
        self._clock = clock
        self._board_after: dict[Key, datetime] = {}
        self._shut: dict[Key, datetime] = {}

    def clock_put_back(self) -> None:
        """Waits that were measured by it mean nothing any more."""
        self._board_after.clear()
        self._shut.clear()

    def round(
        self, address: Address, wall: Wall, hold: Hold, rows: Mapping[str, Posted], asked: datetime
    ) -> Round:
        """One go at a conversation; `rows` are what was posted there, `asked`: when it began (UTC)."""
        key = (wall.board.workshop.id, wall.binding)
        begins = self._board_from(key, rows, wall.hung)
        return Round(address, wall.board, hold, rows, asked, begins, has=wall.has, binding=wall.living)

    async def hang(self, go: Round, wall: Wall, alone: bool) -> bool:
        """Make one conversation equal; whether it surely is. `alone`: it is the workshop's only one, and what it has to
        wait for is raised (Retry)."""
        key = (go.board.workshop.id, wall.binding)
        if (shut := self._shut.get(key, go.now)) > self._clock():
            return go.look(shut)
        whole = True
        try:
            for each in wall.hung:
                whole = await self._posting.hang(go, each) and whole
                if go.lost:
                    return False
            await self._twins.tidy(go)
        except Retry as retry:
            if alone:
                raise
            self._shut[key] = self._clock() + pause(retry)
            return go.look(self._shut[key])
        finally:
            self._board_after[key] = max(go.board_from, go.now + EVERY * go.edits)
        return whole

    def _board_from(self, key: Key, rows: Mapping[str, Posted], hung: Sequence[Hung]) -> datetime:
        """When the board's pace lets it be edited again, whichever instance edited it last."""
        now = self._clock()
        edited = [rows.get(each.slot) for each in hung if not each.urgent]
        last = [row.at + EVERY for row in edited if row is not None and row.activity_id is not None]
        return max([self._board_after.get(key, now), *(at for at in last if at <= now + EVERY)], default=now)
