"""Links and tickets to pages, as rows. What somebody holds is never kept: only what it is recognised by."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from store.reader import Reader
from store.tables import tickets, workshops
from store.writer import Writer
from workshop.passes import Pass, Sort

REMEMBERED = timedelta(days=1)
"""How long a link or ticket is known after its end, so that its holder can be told that it is over."""
BYTES = 32
"""Of chance in a link or ticket."""


class Tickets:
    """Reads raise `NotRead`, writes `NotWritten`."""

    def __init__(self, writer: Writer, reader: Reader, clock: Callable[[], datetime]) -> None:
        """`clock` gives UTC."""
        self._writer = writer
        self._reader = reader
        self._clock = clock

    async def issue(self, given: Pass) -> str:
        """A new link."""
        token, row = _new(given, Sort.LINK)
        await self._writer.write(lambda connection: connection.execute(tickets.insert(), row) and None, _called(given))
        return token

    async def look(self, token: str, sort: Sort) -> Pass | None:
        """What this lets into, whether or not it is over; nothing where it was never given, or was taken back."""
        this = sa.select(tickets).where(tickets.c.key == _key(token), tickets.c.sort == sort)
        row = await self._reader.read(lambda connection: connection.execute(this).mappings().one_or_none())
        return None if row is None else _pass(row)

    async def spend(self, token: str, until: datetime) -> tuple[Pass, str] | None:
        """Give a ticket that ends at an instant (UTC) for a link: to one, however many ask at once. None: it was spent,
        is over, or was never given."""
        now, key = self._clock(), _key(token)
        fresh = (tickets.c.key == key, tickets.c.sort == Sort.LINK, ~tickets.c.spent, tickets.c.until > now)
        this = sa.select(tickets).where(tickets.c.key == key)

        def write(connection: Connection) -> tuple[Pass, str] | None:
            if connection.execute(tickets.update().where(*fresh).values(spent=True)).rowcount != 1:
                return None
            found = replace(_pass(connection.execute(this).mappings().one()), until=until, spent=False)
            ticket, row = _new(found, Sort.TICKET)
            connection.execute(tickets.insert(), row)
            return found, ticket

        return await self._writer.write(write, "ticket:" + key)

    async def take_back(self, token: str) -> None:
        """Whoever holds this is let in no more."""
        this = tickets.delete().where(tickets.c.key == _key(token))
        await self._writer.write(lambda connection: connection.execute(this) and None, "ticket:" + _key(token))


class Watch:
    """What open pages hang on, whichever instance changes it. All here raise `NotRead`."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def look(self, ids: Collection[str], held: Collection[str]) -> tuple[Mapping[str, int], frozenset[str]]:
        """The revisions of these workshops, but of those that were erased, and which of these tickets have not been
        taken back."""
        keys = {_key(token): token for token in held}
        revisions = sa.select(workshops.c.id, workshops.c.revision)
        revisions = revisions.where(workshops.c.id.in_(list(ids)), workshops.c.home != "")
        known = sa.select(tickets.c.key).where(tickets.c.key.in_(list(keys)))

        def ask(connection: Connection) -> tuple[Mapping[str, int], frozenset[str]]:
            found = {row.id: row.revision for row in connection.execute(revisions)}
            return found, frozenset(keys[key] for key in connection.execute(known).scalars())

        return await self._reader.read(ask)


def forget_tickets(connection: Connection, now: datetime) -> None:
    """Delete what has been over for a while (`now` in UTC)."""
    connection.execute(tickets.delete().where(tickets.c.until <= now - REMEMBERED))


def _new(given: Pass, sort: Sort) -> tuple[str, dict[str, object]]:
    token = secrets.token_urlsafe(BYTES)
    row = {
        "key": _key(token),
        "sort": sort,
        "workshop": given.workshop,
        "person": given.person,
        "page": given.page,
        "language": given.language,
        "until": given.until,
        "spent": False,
    }
    return token, row


def _key(token: str) -> str:
    """By what a token is recognised. It has as much chance in it as the digest has bits, so no salt is needed."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def _called(given: Pass) -> str:
    return f"ticket:{given.workshop} {given.person}"


def _pass(row: RowMapping) -> Pass:
    return Pass(row["workshop"], row["person"], row["page"], row["language"], row["until"], row["spent"])
