"""A fresh database for each test, of each kind in `DATABASES`, and a store on it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from store.database import open_database
from store.reader import Reader
from store.writer import Writer
from tests.postgres import database, postgresql  # noqa: F401 - pytest finds the fixture here
from tests.sqlite import made
from tests.store.small_workshop import START, joined, opened, read_plan
from workshop import commands as c
from workshop.model import Answer, Workshop
from workshop.service import Change, Done, Outcome

DATABASES = ("sqlite", "postgresql")
"""Which databases the whole suite runs on."""


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a new database that has its tables already."""
    with _database(request, tmp_path, empty=False) as address:
        yield address


@pytest.fixture(params=DATABASES)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database in which no Kolbot has been."""
    with _database(request, tmp_path, empty=True) as address:
        yield address


@contextmanager
def _database(request: pytest.FixtureRequest, folder: Path, *, empty: bool) -> Iterator[str]:
    if request.param == "sqlite":
        if not empty:
            made(folder / "kolbot.db")
        yield f"sqlite:///{folder / 'kolbot.db'}"
        return
    with database(request.getfixturevalue("postgresql"), empty=empty) as address:
        yield address


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
