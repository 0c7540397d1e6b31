"""Who is let in: links that the bot hands out become tickets, and a ticket is asked for with everything."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from aiohttp import web

from web.guard import TurnedAway
from web.limits import Limit
from web.said import No
from workshop.passes import Pass, Sort

LINK_LASTS = timedelta(minutes=10)
"""From the press of a button in Teams until the page has to be open."""
TICKET_LASTS = timedelta(hours=12)
"""A day's session. Whoever still leads then presses Facilitate again."""

_BEARER = re.compile(r"Bearer ([A-Za-z0-9_-]{20,200})\Z")


class Store(Protocol):
    """Where links and tickets are kept."""

    async def issue(self, given: Pass) -> str: ...
    async def look(self, token: str, sort: Sort) -> Pass | None: ...
    async def spend(self, token: str, until: datetime) -> tuple[Pass, str] | None: ...
    async def take_back(self, token: str) -> None: ...


class Links:
    """What the bot asks for a link: `bot` knows it by a protocol of its own."""

    def __init__(
        self, store: Store, address: str, clock: Callable[[], datetime], away: tuple[type[Exception], ...]
    ) -> None:
        """`address`: where all pages are, without a slash at its end; `clock` gives UTC; `away`: what the store raises
        while it cannot be had."""
        self._store = store
        self._address = address
        self._clock = clock
        self._away = away

    async def link(self, page: str, workshop: str, person: str, language: str) -> str:
        """An address that lets this person into this page once; empty where none can be given just now."""
        given = Pass(workshop, person, page, language, self._clock() + LINK_LASTS)
        try:
            return f"{self._address}/open/{await self._store.issue(given)}"
        except self._away:
            return ""


class Door:
    """Looks at links and tickets. What somebody may do is asked of the workshop, elsewhere and each time."""

    def __init__(self, store: Store, clock: Callable[[], datetime], limit: Limit) -> None:
        self._store = store
        self._clock = clock
        self._limit = limit

    async def look(self, link: str) -> Pass:
        """What a link leads to. It stays as it is, however often it is looked at. Raises `TurnedAway`."""
        self._often(link)
        found = await self._store.look(link, Sort.LINK)
        if found is None:
            raise TurnedAway(No.NO_SUCH_LINK)
        if found.spent:
            raise TurnedAway(No.LINK_SPENT, found.language)
        if found.until <= self._clock():
            raise TurnedAway(No.LINK_OVER, found.language)
        return found

    async def enter(self, link: str) -> tuple[Pass, str]:
        """Spend a link for a ticket. Raises `TurnedAway`."""
        await self.look(link)
        came = await self._store.spend(link, self._clock() + TICKET_LASTS)
        if came is None:  # somebody else was faster
            raise TurnedAway(No.LINK_SPENT, (await self.look(link)).language)
        return came

    async def admit(self, given: Pass) -> str:
        """A ticket without a link, for somebody who was signed in by Teams a moment ago. Its end is a day's session's,
        whatever the pass says."""
        until = self._clock() + TICKET_LASTS
        came = await self._store.spend(await self._store.issue(replace(given, until=until)), until)
        assert came is not None, "nobody else knows this link"
        return came[1]

    def seldom(self, person: str) -> None:
        """Somebody who was signed in asks for something. Raises `TurnedAway` where that is too often."""
        self._often(f"person {person}")

    async def leave(self, request: web.Request) -> None:
        """The ticket that comes with a request is worth nothing any more."""
        await self._store.take_back(_ticket(request))

    async def admitted(self, request: web.Request, page: str) -> tuple[Pass, str]:
        """Whose ticket comes with a request to a page, and the ticket. Raises `TurnedAway`."""
        ticket = _ticket(request)
        self._often(ticket)
        found = await self._store.look(ticket, Sort.TICKET)
        if found is None:
            raise TurnedAway(No.NO_TICKET)
        if found.until <= self._clock():
            raise TurnedAway(No.TICKET_OVER, found.language)
        if found.page != page:
            raise TurnedAway(No.OTHER_PAGE, found.language)
        return found, ticket

    def _often(self, key: str) -> None:
        if wait := self._limit.asks(key):
            raise TurnedAway(No.TOO_OFTEN, after=wait)


def _ticket(request: web.Request) -> str:
    given = _BEARER.match(request.headers.get("Authorization", ""))
    if given is None:
        raise TurnedAway(No.NO_TICKET)
    return given[1]
