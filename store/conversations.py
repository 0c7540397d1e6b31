"""Where conversations and people are reached, and in which language. Never what was said there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from store.loading import Recent
from store.reader import Reader
from store.tables import conversations, persons
from store.upsert import upsert
from store.writer import Writer

CACHED = 10_000
"""How many conversations and people are remembered as unchanged, so that meeting them again costs no write."""


_PLACE = sa.select(conversations).where(conversations.c.key == sa.bindparam("key"))
_PERSON = sa.select(persons).where(persons.c.id == sa.bindparam("id"))
_THESE = persons.c.id.in_(sa.bindparam("people", expanding=True))
_MET = sa.select(persons.c.id, persons.c.address_id, persons.c.chosen, persons.c.locale).where(_THESE)
_ZONES = sa.select(persons.c.id, persons.c.zone).where(_THESE, persons.c.zone.is_not(None))
"""Built once: building a statement costs more than running it."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """Where a conversation is reached. `key` is its id; `kind` as Teams says: channel, groupChat or personal."""

    key: str
    service_url: str
    tenant: str
    bot_id: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class PersonKnown:
    """Somebody whom the bot has met. `id` is home tenant and Entra object id, `address_id` what Teams calls them
    ("29:…"); `language` what they chose, else what their Teams says, else nothing."""

    id: str
    address_id: str
    name: str
    tenant: str
    language: str | None
    service_url: str


class Conversations:
    """All that write raise `NotWritten`."""

    def __init__(self, writer: Writer, reader: Reader) -> None:
        self._writer = writer
        self._reader = reader
        self._remembered: Recent[str, tuple[str, ...]] = Recent(CACHED)
        self._met: Recent[str, dict[str, Any]] = Recent(CACHED)
        self.lost = 0
        """How often something that had been remembered may have been lost since: here, or at another instance."""

    async def remember(self, key: str, service_url: str, tenant: str, bot_id: str, kind: str, name: str = "") -> None:
        """Keep where a conversation is reached; writes only when that has changed. Where Teams has moved it, all that
        the tenant had there is reached at the new address too: nothing may ever be said in some of them again."""
        said = (service_url, tenant, bot_id, kind, name)
        if self._remembered.get(key) == said:
            return
        row = asdict(Conversation(key, *said))
        this = sa.select(conversations.c.service_url).where(conversations.c.key == key)

        def write(connection: Connection) -> bool:
            before = connection.execute(this).scalar()
            upsert(connection, conversations, [row])
            if moved := before is not None and before != service_url:
                for table in (conversations, persons):
                    there = (table.c.tenant == tenant) & (table.c.service_url == before)
                    connection.execute(table.update().where(there).values(service_url=service_url))
            return moved

        if await self._writer.write(write, "conversation:" + key):
            self._remembered, self._met = Recent(CACHED), Recent(CACHED)
            self.lost += 1
        self._remembered.put(key, said)

    async def address(self, key: str) -> Conversation | None:
        """Where a conversation is reached; nothing where it is not known (any more)."""
        for row in await self._reader.once(_PLACE, {"key": key}):
            return Conversation(**row._mapping)
        self._remembered.drop(key)  # another instance has forgotten it: here it is news again
        self.lost += 1
        return None

    async def forget(self, key: str) -> None:
        """The bot was removed, or the conversation is gone, with its threads."""
        self._remembered = Recent(CACHED)
        self.lost += 1
        held = conversations.c.key.startswith(key + ";", autoescape=True) | (conversations.c.key == key)
        this = conversations.delete().where(held)
        await self._writer.write(lambda connection: connection.execute(this) and None, "conversation:" + key)

    async def meet(
        self, person_id: str, address_id: str, name: str, tenant: str, language: str | None, service_url: str,
        zone: str | None = None,
    ) -> None:  # fmt: skip
        """Keep how a person is reached, what language their Teams speaks and in which time zone it is (None: not said,
        what was known stays); writes only when that has changed."""
        said = {"address_id": address_id, "name": name, "tenant": tenant, "service_url": service_url}
        told = {"locale": language, "zone": zone}
        said |= {name: value for name, value in told.items() if value is not None}
        known = self._met.get(person_id) or {}
        if known.items() >= said.items():
            return
        row = {"id": person_id, "chosen": None, "chosen_at": None, **told, **said}
        keep = ("chosen", "chosen_at", *(name for name, value in told.items() if value is None))
        await self._writer.write(lambda connection: upsert(connection, persons, [row], keep), "person:" + person_id)
        self._met.put(person_id, {**known, **said})

    async def person(self, person_id: str) -> PersonKnown | None:
        """Somebody whom the bot has met, or nothing."""
        for row in await self._reader.once(_PERSON, {"id": person_id}):
            kept = dict(row._mapping)
            locale, chosen, _, _ = (kept.pop(name) for name in ("locale", "chosen", "chosen_at", "zone"))
            return PersonKnown(**kept, language=chosen or locale)
        return None

    async def met(self, people: Sequence[str]) -> Mapping[str, tuple[str, str | None]]:
        """Of these people, as far as the bot has met them, what Teams calls them and their language (chosen, else that
        of their Teams), if there is any. Raises `NotRead`."""
        rows = await self._reader.once(_MET, {"people": list(people)}) if people else ()
        return {row.id: (row.address_id, row.chosen or row.locale) for row in rows}

    async def zones(self, people: Sequence[str]) -> Mapping[str, str]:
        """The time zones (IANA) of these people's Teams, as far as they are known. Raises `NotRead`."""
        return {row.id: row.zone for row in await self._reader.once(_ZONES, {"people": list(people)})}

    async def choose_language(self, person_id: str, language: str, now: datetime) -> None:
        """The person's own choice: counts from now on, whatever their Teams says. They must have been met before."""
        this = persons.update().where(persons.c.id == person_id).values(chosen=language, chosen_at=now)
        await self._writer.write(lambda connection: connection.execute(this) and None, "person:" + person_id)

    async def chosen_since(self, instant: datetime) -> Mapping[str, str]:
        """Who has chosen a language since (UTC), at whatever instance, and which. Raises `NotRead`."""
        lately = sa.select(persons.c.id, persons.c.chosen).where(persons.c.chosen_at >= instant)
        return {row.id: row.chosen for row in await self._reader.once(lately)}
