"""Templates that somebody is changing, and those that a team keeps, as rows. Reads no template; never a workshop."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from store.failures import NotWritten
from store.reader import Reader
from store.tables import drafts, own_templates
from store.upsert import upsert
from store.writer import Writer
from workshop.drafts import Changes, Draft, Own

log = logging.getLogger("kolbot.store")

KEPT = timedelta(days=7)
"""How long a draft is kept after its last change."""
DRAFTS_LIMIT = 20
"""Most drafts that are kept of one person: the oldest goes for the next."""


class Drafts:
    """All that read raise `NotRead`; what cannot be written is False."""

    def __init__(self, writer: Writer, reader: Reader, clock: Callable[[], datetime]) -> None:
        """`clock` gives UTC."""
        self._writer = writer
        self._reader = reader
        self._clock = clock

    async def draft(self, tenant: str, person: str, id: str) -> Draft | None:
        """Somebody's draft, unless it was not touched for `KEPT`."""
        this = sa.select(drafts).where(*_theirs(tenant, person), drafts.c.id == id, drafts.c.at > self._clock() - KEPT)
        row = await self._reader.read(lambda connection: connection.execute(this).mappings().one_or_none())
        if row is None:
            return None
        changes, form = orjson.loads(row["changes"]), orjson.loads(row["form"])
        return Draft(tenant, person, id, row["source"], Changes(**changes), form)

    async def keep(self, draft: Draft) -> bool:
        """Write a draft over the one with the same id."""
        row = {
            "tenant": draft.tenant,
            "person": draft.person,
            "id": draft.id,
            "source": draft.source,
            "changes": orjson.dumps(asdict(draft.changes)).decode(),
            "form": orjson.dumps(dict(draft.form)).decode(),
            "at": self._clock(),
        }
        theirs = _theirs(draft.tenant, draft.person)
        newest = sa.select(drafts.c.id).where(*theirs).order_by(drafts.c.at.desc(), drafts.c.id).limit(DRAFTS_LIMIT)

        def write(connection: Connection) -> None:
            upsert(connection, drafts, [row])
            kept = connection.execute(newest).scalars().all()
            connection.execute(drafts.delete().where(*theirs, drafts.c.id.not_in(kept)))

        return await self._write(write, f"drafts:{draft.tenant} {draft.person}")

    async def drop(self, draft: Draft) -> bool:
        """A workshop was opened with it."""
        this = drafts.delete().where(*_theirs(draft.tenant, draft.person), drafts.c.id == draft.id)
        return await self._write(_does(this), f"drafts:{draft.tenant} {draft.person}")

    async def own(self, tenant: str, team: str) -> Sequence[Own]:
        """A team's own templates, by name."""
        columns = own_templates.c
        these = sa.select(columns.id, columns.name, columns.minutes, columns.languages).where(*_of(tenant, team))
        rows = await self._reader.read(lambda connection: connection.execute(these).all())
        found = (Own(id, name, minutes, tuple(languages.split())) for id, name, minutes, languages in rows)
        return sorted(found, key=lambda own: (own.name.casefold(), own.id))

    async def own_source(self, tenant: str, team: str, id: str) -> str | None:
        """One of a team's own templates, as its JSON."""
        this = sa.select(own_templates.c.source).where(*_of(tenant, team), own_templates.c.id == id)
        return await self._reader.read(lambda connection: connection.execute(this).scalar_one_or_none())

    async def keep_own(self, tenant: str, team: str, own: Own, source: str, by: str) -> bool:
        """Keep a team's own template, over the one with the same id."""
        row: dict[str, Any] = {
            "tenant": tenant,
            "team": team,
            "id": own.id,
            "name": own.name,
            "minutes": own.minutes,
            "languages": " ".join(own.languages),
            "source": source,
            "by": by,
            "at": self._clock(),
        }
        return await self._write(lambda connection: upsert(connection, own_templates, [row]), f"own:{tenant} {team}")

    async def drop_own(self, tenant: str, team: str, id: str) -> bool:
        """Workshops that were opened with it keep what they ask."""
        this = own_templates.delete().where(*_of(tenant, team), own_templates.c.id == id)
        return await self._write(_does(this), f"own:{tenant} {team}")

    async def _write(self, job: Callable[[Connection], None], row: str) -> bool:
        try:
            await self._writer.write(job, row)
        except NotWritten:
            log.warning("a draft or a template of a team's own could not be stored")
            return False
        return True


def forget_old(connection: Connection, now: datetime) -> None:
    """Erase the drafts whose time is over (`now` in UTC)."""
    connection.execute(drafts.delete().where(drafts.c.at <= now - KEPT))


def _does(statement: sa.Delete) -> Callable[[Connection], None]:
    def run(connection: Connection) -> None:
        connection.execute(statement)

    return run


def _theirs(tenant: str, person: str) -> tuple[sa.ColumnElement[bool], ...]:
    return drafts.c.tenant == tenant, drafts.c.person == person


def _of(tenant: str, team: str) -> tuple[sa.ColumnElement[bool], ...]:
    return own_templates.c.tenant == tenant, own_templates.c.team == team
