"""What stands around a publisher, by hand and in memory: a store, a memory of posts, a Teams that does as told."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.teams import Address, Priority
from tests.workshop.paper import Paper
from workshop.model import Answer, Workshop
from workshop.tally import Board

PNG = b"\x89PNG a picture"


@dataclass(frozen=True, slots=True)
class Row:
    """One post as it is remembered."""

    slot: str
    state: str
    activity_id: str | None
    digest: str
    at: datetime
    generation: int = 1
    by: str = ""
    until: datetime | None = None


@dataclass
class Hand:
    """The clock."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass
class PaperReader:
    """Reads a workshop that is played on paper."""

    paper: Paper
    reads: int = 0

    def known(self, workshop_id: str) -> Workshop | None:
        return self.paper.maybe

    async def answers(self, workshop_id: str) -> tuple[Workshop, tuple[Answer, ...]] | None:
        self.reads += 1
        if self.paper.maybe is None or self.paper.w.id != workshop_id:
            return None
        return self.paper.w, tuple(self.paper.kept.values())


@dataclass
class Memory:
    """What was posted where, as a database would keep it through a crash."""

    paper: Paper
    rows: dict[str, Row] = field(default_factory=dict)
    shown: int = -1
    fails: int = 0
    """How often it cannot be written down that something is posted."""

    async def posts_of(self, workshop_id: str) -> Sequence[Row]:
        return list(self.rows.values())

    async def intend(self, workshop_id: str, slot: str, now: datetime, *, by: str) -> Row:
        before = self.rows.get(slot)
        self.rows[slot] = Row(slot, "sending", None, "", now, before.generation + 1 if before else 1, by)
        return self.rows[slot]

    async def editing(self, workshop_id: str, slot: str, now: datetime, until: datetime, by: str) -> None:
        self.rows[slot] = replace(self.rows[slot], state="unknown", at=now, until=until, by=by)

    async def posted(
        self,
        workshop_id: str,
        slot: str,
        activity_id: str,
        digest: str,
        revision: int,
        now: datetime,
        *,
        by: str,
        until: datetime | None = None,
    ) -> bool:
        if self.fails:
            self.fails -= 1
            raise OSError("the database is away")
        shown: dict[str, Any] = {"activity_id": activity_id, "digest": digest, "until": until}
        return self._if_of(by, slot, state="posted", at=now, **shown)

    async def unknown(
        self, workshop_id: str, slot: str, now: datetime, *, by: str, until: datetime | None = None
    ) -> None:
        self._if_of(by, slot, state="unknown", at=now, until=until)

    async def undone(self, workshop_id: str, slot: str, before: Row | None, by: str) -> None:
        if self.rows[slot].by == by:
            if before is None:
                del self.rows[slot]
            else:
                self.rows[slot] = before

    async def gone(self, workshop_id: str, slot: str, now: datetime) -> None:
        self.rows[slot] = replace(self.rows[slot], state="gone", at=now, by="", until=None)

    def _if_of(self, by: str, slot: str, **what: Any) -> bool:
        mine = self.rows[slot].by == by
        if mine:
            self.rows[slot] = replace(self.rows[slot], **{"by": "", **what})
        return mine

    async def behind(self, since: datetime | None = None) -> Sequence[str]:
        return [self.paper.w.id] if self.shown < self.paper.w.revision else []

    async def marked(self, since: datetime) -> Sequence[str]:
        return [self.paper.w.id] if any(row.digest.endswith("~") for row in self.rows.values()) else []

    async def published(self, workshop_id: str, revision: int) -> None:
        self.shown = max(self.shown, revision)


@dataclass(frozen=True, slots=True)
class Place:
    service_url: str = "https://smba.example/"
    tenant: str = "tenant"
    bot_id: str = "28:bot"


@dataclass
class Addresses:
    """Where the conversation is; nowhere before the bot was told."""

    known: bool = True
    forgotten: set[str] = field(default_factory=set)

    async def address(self, key: str) -> Place | None:
        return Place() if self.known and key not in self.forgotten else None


@dataclass
class ScriptedTeams:
    """A conversation. `troubles` holds what happens to the next calls: an exception to raise, before or ("after it was
    done") after the effect, or False for an edit that may still be overtaken; None for nothing."""

    troubles: list[Any] = field(default_factory=list)
    messages: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    calls: list[tuple[str, str]] = field(default_factory=list)
    priorities: list[Priority] = field(default_factory=list)
    """Of the edits."""
    where: dict[str, str] = field(default_factory=dict)
    """In which conversation a message hangs."""
    closed: dict[str, BaseException] = field(default_factory=dict)
    """What every call in a conversation raises."""

    waits: float = 0.0
    """Seconds until a board has its turn."""

    def wait(self, address: Address, priority: Priority) -> float:
        assert priority is Priority.BOARD
        return self.waits

    async def send(
        self, address: Address, activity: Mapping[str, Any], *, deadline: float = 30,
        priority: Priority = Priority.REPLY, patience: float = 0,
    ) -> str:
        trouble, after = self._next()
        self.calls.append(("send", ""))
        if address.conversation_id in self.closed:
            raise self.closed[address.conversation_id]
        if isinstance(trouble, asyncio.Event):
            await trouble.wait()
            trouble = None
        if trouble is not None and not after:
            raise trouble
        name = str(len(self.messages) + 1)
        self.messages[name] = activity
        self.where[name] = address.conversation_id
        if trouble is not None:
            raise trouble
        return name

    async def edit(
        self, address: Address, activity_id: str, activity: Mapping[str, Any], *, deadline: float = 30,
        priority: Priority = Priority.REPLY,
    ) -> bool:
        trouble, after = self._next()
        self.calls.append(("edit", activity_id))
        self.priorities.append(priority)
        if address.conversation_id in self.closed:
            raise self.closed[address.conversation_id]
        assert self.where[activity_id] == address.conversation_id, "a message is edited where it hangs"
        if isinstance(trouble, asyncio.Event):
            await trouble.wait()
            trouble = None
        if isinstance(trouble, BaseException) and not after:
            raise trouble
        self.messages[activity_id] = activity
        if isinstance(trouble, BaseException):
            raise trouble
        return trouble is not False

    def _next(self) -> tuple[Any, bool]:
        trouble = self.troubles.pop(0) if self.troubles else None
        return trouble if isinstance(trouble, tuple) else (trouble, False)


@dataclass
class Pictures:
    """Draws, or fails to."""

    fails: bool = False
    drawn: int = 0
    warmed: int = 0

    async def warm(self) -> None:
        self.warmed += 1

    def describe(self, board: Board) -> tuple[str, str]:
        said = [quote.words for stage in board.stages for step in stage.steps for quote in _quotes(step)]
        return f"<svg>{said}</svg>", "In words: " + " / ".join(said)

    async def draw(self, svg: str) -> bytes | None:
        self.drawn += 1
        return None if self.fails else PNG


def _quotes(step: Any) -> list[Any]:
    return [quote for prompt in step.prompts for quote in getattr(prompt.result, "quotes", ())]
