"""Whose clients ask for a view of their own of a card, and whether the others need a button. It posts nothing."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.adapter import bug
from bot.teams import Address, Priority, Teams, TeamsSays
from bot.turns import who_is
from cards.own_view import spoken
from workshop.model import Workshop
from workshop.views import Shared, StageCard, View

log = logging.getLogger("kolbot.viewers")

MOST = 60
"""People in a conversation up to whom their clients may refresh a card by themselves (Microsoft Learn, Universal
Actions)."""
FRESH = timedelta(seconds=60)
"""For so long the members of a conversation count as known."""
CHANNELS = ("thread.tacv2", "thread.skype")
"""How ids of channels end."""
LARGE = timedelta(minutes=10)
"""The same of one with more than `MOST`, which is seldom a small one soon after."""


@dataclass(frozen=True, slots=True)
class Viewing:
    """`names`: Teams' ids of those whose clients ask by themselves; `button`: there are others, who may ask. Until it
    is `known` who is there (after a start), a card is the same for all, and one that hangs stays as it is."""

    names: tuple[str, ...] = ()
    button: bool = False
    known: bool = field(default=True, compare=False)


NOBODY = Viewing()


class Audience(Protocol):
    """Who reads the cards of a workshop."""

    def of(self, address: Address, w: Workshop, view: View) -> Viewing: ...
    async def zones(self, w: Workshop) -> Mapping[str, str]: ...


class Everybody:
    """Where cards are the same for all, and of nobody a time zone is known."""

    def of(self, address: Address, w: Workshop, view: View) -> Viewing:
        """Nobody has a view of their own."""
        return NOBODY

    async def zones(self, w: Workshop) -> Mapping[str, str]:
        """None."""
        return {}


EVERYBODY = Everybody()


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody whom the bot has met: how Teams calls them, and what they speak, as far as anybody has said."""

    address_id: str
    language: str | None


class Acquaintances(Protocol):
    """Who was met before."""

    async def met(self, people: Sequence[str]) -> Mapping[str, tuple[str, str | None]]: ...
    async def zones(self, people: Sequence[str]) -> Mapping[str, str]: ...


@dataclass(frozen=True, slots=True)
class _Seen:
    """A conversation as it was looked at last. `count` is None where its members could not be had."""

    at: datetime
    count: int | None
    people: Mapping[str, Known] = field(default_factory=dict)


REMEMBERED = 1000
"""Workshops whose people's zones are kept in memory."""
Recent = dict[str, tuple[datetime, int, Mapping[str, str]]]


class Viewers:
    """Nobody waits for it: what is not known yet is asked for, and the card put right afterwards."""

    def __init__(
        self,
        teams: Teams,
        acquaintances: Acquaintances,
        clock: Callable[[], datetime],
        changed: Callable[[str], None] = lambda workshop_id: None,
        away: tuple[type[Exception], ...] = (),
    ) -> None:
        """`clock` gives UTC; `changed` is told of a workshop whose cards may have other viewers now; `away`: what the
        store raises while it cannot be had."""
        self._teams = teams
        self._acquaintances = acquaintances
        self._clock = clock
        self.changed = changed
        self._away = away
        self._seen: dict[str, _Seen] = {}
        self._looking: dict[str, asyncio.Task[None]] = {}
        self._zones: Recent = {}

    async def zones(self, w: Workshop) -> Mapping[str, str]:
        """The time zones of the workshop's people. Asked for again when there are more of them, or after a minute."""
        now, people = self._clock(), len(w.people)
        at, many, known = self._zones.get(w.id, (now, -1, {}))
        if many == people and at <= now < at + FRESH:
            return known
        try:
            known = await self._acquaintances.zones(list(w.people))
        except self._away:
            log.warning("time zones cannot be had now")
        if len(self._zones) >= REMEMBERED:
            self._zones.clear()
        self._zones[w.id] = (now, people, known)
        return known

    def of(self, address: Address, w: Workshop, view: View) -> Viewing:
        """Who views a card of the workshop in this conversation. Only stage cards are looked at again and again, and
        change seldom: of the others everybody who wants to asks."""
        if not isinstance(view, Shared) or len(spoken(w)) < 2:
            return NOBODY
        seen = self._look(address, w)
        if not isinstance(view, StageCard):
            return Viewing(button=True)
        if seen is None:
            return Viewing(known=False)
        if (len(w.joined) if seen.count is None else seen.count) > MOST:
            return Viewing(button=True)
        names = sorted(known.address_id for person, known in seen.people.items() if _differs(w, person, known))
        return Viewing(tuple(names[:MOST]), button=seen.count is None)

    def forget(self, conversation: str) -> None:
        """Others are in this chat now, or in a team of which this is one channel: who it is, is asked again; until then
        those who were known are. Teams tells it of one channel only."""
        kind = conversation.rpartition("@")[2]
        for name, seen in self._seen.items():
            if name == conversation or (kind in CHANNELS and name.endswith(kind)):
                self._seen[name] = replace(seen, at=seen.at - LARGE)

    async def settle(self) -> None:
        """Wait until all that is being looked at has been."""
        while self._looking:
            await asyncio.wait(list(self._looking.values()))

    def _look(self, address: Address, w: Workshop) -> _Seen | None:
        """What is known of the conversation; looked at again where that is long ago."""
        name = address.bare.conversation_id
        seen, now = self._seen.get(name), self._clock()
        fresh = LARGE if seen is not None and (seen.count or 0) > MOST else FRESH
        if (seen is None or not seen.at <= now < seen.at + fresh) and name not in self._looking:
            task = asyncio.get_running_loop().create_task(self._ask(address, w, seen))
            self._looking[name] = task
            task.add_done_callback(lambda _: self._looking.pop(name))
        return seen

    async def _ask(self, address: Address, w: Workshop, before: _Seen | None) -> None:
        try:
            seen = await self._found(address, w)
        except Exception as error:  # noqa: BLE001 - the cards do without views of their own
            if not isinstance(error, self._away):
                bug(error)
            seen = _Seen(self._clock(), None, before.people if before else {})
        self._seen[address.bare.conversation_id] = seen
        if before is None or (before.count, before.people) != (seen.count, seen.people):
            self.changed(w.id)

    async def _found(self, address: Address, w: Workshop) -> _Seen:
        """Who is there; where Teams does not tell, those whom the workshop knows."""
        try:
            members = await self._teams.members(address, deadline=10.0, priority=Priority.BOARD)
        except TeamsSays as why:
            log.warning("the members of a conversation cannot be listed: %s", type(why).__name__)
            known = await self._acquaintances.met(list(w.people)[: MOST + 1])
            return _Seen(self._clock(), None, {id: Known(*found) for id, found in known.items()})
        if len(members) > MOST:
            return _Seen(self._clock(), len(members))
        ids = {who_is(member, address.tenant).id: member.id for member in members}
        spoken_by = await self._acquaintances.met(list(ids))
        people = {id: Known(name, spoken_by[id][1] if id in spoken_by else None) for id, name in ids.items()}
        return _Seen(self._clock(), len(members), people)


def _differs(w: Workshop, person: str, known: Known) -> bool:
    """Whether somebody reads another language than the workshop's; whom nobody knows is asked by being named."""
    there = w.people.get(person)
    language = (there.language if there else "") or known.language
    return language is None or (language != w.language and language in spoken(w))
