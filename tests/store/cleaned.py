"""A workshop in which much was given and taken back, and all that stays of it in the files."""

from __future__ import annotations

import asyncio
import random
import re
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from store.cleaning import Cleaning
from store.tables import audit
from tests.store.conftest import Stored
from tests.store.small_workshop import ANA, START, gave
from workshop import commands as c
from workshop.service import Change

CROWD = [f"person{number:02d}" for number in range(30)]


class Hand:
    """The clock."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def cleaning_of(stored: Stored, clock: Hand | None = None) -> Cleaning:
    return Cleaning(stored.engine, stored.writer, stored.reader, clock or Hand())


async def cleaned(stored: Stored, *cleanings: Cleaning) -> None:
    """Ticked until all is clean: on PostgreSQL a transaction of a moment ago may still be there."""
    several = cleanings or (cleaning_of(stored),)
    for _ in range(100):
        if all(await asyncio.gather(*(one.tick() for one in several))):
            return
        await asyncio.sleep(0.05)
    raise AssertionError("never clean")


async def ends(stored: Stored, workshop: str = "w1", now: datetime = START) -> None:
    await stored.done(Change(c.Finish(workshop=workshop, by=ANA), now))


async def played(stored: Stored, workshop: str = "w1") -> None:
    """Thirty people in an order of their own; some change their minds, some take back what they said."""
    chance = random.Random(7)
    await stored.begin(*CROWD, workshop=workshop)
    for who in chance.sample(CROWD, 30):
        first = "x" * chance.randrange(5, 900)
        await stored.done(gave(who, f"note of {who}", doubt=first, remark="y", workshop=workshop))
    for who in chance.sample(CROWD, 20):
        await stored.done(gave(who, "n", doubt=f"quiet of {who}" + "z" * chance.randrange(900), workshop=workshop))
    for who in chance.sample(CROWD, 20):
        await stored.done(gave(who, "n", remark="w", workshop=workshop))  # takes the doubt back


def trail(stored: Stored) -> list[str]:
    with stored.engine.connect() as connection:
        return list(connection.execute(sa.select(audit.c.action).order_by(audit.c.id)).scalars())


def files(stored: Stored) -> dict[str, bytes]:
    """Everything on the disk, free pages and all. SQLite only."""
    path = Path(stored.engine.url.database or "")
    return {one.name.removeprefix(path.name): one.read_bytes() for one in path.parent.glob(f"{path.name}*")}


def everything(stored: Stored) -> bytes:
    return b"".join(files(stored).values())


def laid(stored: Stored) -> list[bytes]:
    """The pseudonyms in the order in which they lie in the file. SQLite only."""
    return re.findall(rb"anonymous:[0-9a-f]{32}", everything(stored))


only_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
only_postgresql = pytest.mark.parametrize("url", ["postgresql"], indirect=True)
