"""Cleaning that cannot be done now is done later, once, whoever is in its way; and nothing ends it."""

from __future__ import annotations

import asyncio
import logging

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from store.cleaning import AT_ONCE, CLEANED, SMALL, Cleaning
from store.reader import Reader
from store.tables import answers
from tests.store.cleaned import (
    Hand,
    cleaned,
    cleaning_of,
    ends,
    everything,
    files,
    only_postgresql,
    only_sqlite,
    played,
    trail,
)
from tests.store.conftest import Stored
from tests.store.small_workshop import ANA, SECRET, START, read_plan
from workshop import commands as c
from workshop.service import Change


@only_postgresql
async def test_whoever_may_still_read_old_versions_is_waited_for(stored: Stored) -> None:
    await played(stored)
    with stored.engine.connect() as reading:
        reading.execute(sa.select(answers.c.author).limit(1)).all()
        await ends(stored)
        cleaning = cleaning_of(stored)
        assert not await cleaning.tick() and not await cleaning.tick()
        assert CLEANED not in trail(stored)
    await cleaned(stored)
    assert trail(stored)[-1] == CLEANED


@only_sqlite
async def test_a_reader_holds_the_log_and_it_is_tried_again(stored: Stored) -> None:
    await played(stored)
    with stored.engine.connect() as reading:
        reading.execute(sa.select(answers.c.author).limit(1)).all()
        await ends(stored)
        cleaning = cleaning_of(stored)
        assert not await cleaning.tick() and not await cleaning.tick()
        assert SECRET.encode() in everything(stored) and CLEANED not in trail(stored)
    assert await cleaning.tick()
    assert SECRET.encode() not in everything(stored) and trail(stored)[-1] == CLEANED


async def test_more_than_are_cleaned_at_once_all_are(stored: Stored) -> None:
    for number in range(AT_ONCE + 1):
        await stored.begin(workshop=f"w{number}")
        await ends(stored, f"w{number}")
    await cleaned(stored)
    assert trail(stored).count(CLEANED) == AT_ONCE + 1


async def test_two_instances_say_it_once(stored: Stored) -> None:
    await played(stored)
    await ends(stored)
    await cleaned(stored, cleaning_of(stored), cleaning_of(stored))
    assert trail(stored).count(CLEANED) == 1


@only_sqlite
async def test_a_large_file_waits_until_nobody_answers(stored: Stored) -> None:
    await played(stored)
    await stored.begin("jan", workshop="w2")
    await ends(stored)
    with stored.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE ballast (weight BLOB)")
        connection.exec_driver_sql(f"INSERT INTO ballast VALUES (zeroblob({SMALL}))")
    cleaning = cleaning_of(stored)
    with stored.engine.connect():  # who has the file open keeps the log from being deleted
        assert not await cleaning.tick(), "a step of w2 is open"
        assert files(stored)["-wal"] == b"", "the log does not wait"
    assert CLEANED not in trail(stored)
    await stored.done(Change(c.Close(workshop="w2", by=ANA), START))
    assert await cleaning.tick()
    assert trail(stored)[-1] == CLEANED


BROKEN = {"sqlite": "sqlite:////no/such/folder/kolbot.db", "postgresql": "postgresql+psycopg://127.0.0.1:1/none"}


def broken(stored: Stored) -> Engine:
    """A database of the same kind that is not there."""
    return sa.create_engine(BROKEN[stored.engine.dialect.name])


async def test_what_goes_wrong_is_logged_once_and_tried_again(stored: Stored, caplog: pytest.LogCaptureFixture) -> None:
    await played(stored)
    await ends(stored)
    cleaning = Cleaning(broken(stored), stored.writer, stored.reader, Hand())
    with caplog.at_level(logging.ERROR, "kolbot.store"):
        assert not await cleaning.tick() and not await cleaning.tick()
    (line,) = [record.getMessage() for record in caplog.records if record.name == "kolbot.store"]
    assert line.startswith("what was destroyed is not cleaned away yet (OperationalError"), line
    assert line.endswith("); it is tried again") and "kolbot.db" not in line and "127" not in line
    assert CLEANED not in trail(stored)
    await cleaned(stored)
    assert trail(stored)[-1] == CLEANED


async def test_it_runs_by_itself_and_nothing_ends_it(stored: Stored, caplog: pytest.LogCaptureFixture) -> None:
    await played(stored)
    await ends(stored)
    blind = Reader(broken(stored), read_plan)
    with caplog.at_level(logging.ERROR, "kolbot.store"):
        running = [
            asyncio.create_task(one.run())
            for one in (Cleaning(stored.engine, stored.writer, blind, Hand()), cleaning_of(stored))
        ]
        for _ in range(400):
            if CLEANED in trail(stored) and caplog.records:
                break
            await asyncio.sleep(0.05)
    assert CLEANED in trail(stored) and len(caplog.records) >= 1
    assert not any(task.done() for task in running)
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    blind.close()
