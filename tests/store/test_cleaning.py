"""What was destroyed is nowhere in the files afterwards, and no row that stays tells in which order it came."""

from __future__ import annotations

import asyncio
import logging
import random
import re
import struct
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from store.cleaning import AT_ONCE, CLEANED, EMPTY_LOG_EVERY, LOOK_BACK, SMALL, Cleaning
from store.reader import Reader
from store.retention import Retention
from store.tables import answers, audit
from tests.store.conftest import Stored
from tests.store.small_workshop import ANA, SECRET, START, gave, read_plan
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


async def test_a_workshop_that_runs_is_left_alone(stored: Stored) -> None:
    await played(stored)
    await cleaned(stored)
    assert CLEANED not in trail(stored)


async def test_answers_stay_as_they_are_and_are_cleaned_once(stored: Stored) -> None:
    await played(stored)
    await ends(stored)
    before = await stored.reader.answers("w1")
    await cleaned(stored)
    await cleaned(stored)
    assert await stored.reader.answers("w1") == before
    assert trail(stored)[-2:] == ["Finished", CLEANED]


@only_sqlite
async def test_the_key_and_what_was_taken_back_are_nowhere_in_the_files(stored: Stored) -> None:
    await played(stored)
    assert SECRET.encode() in everything(stored), "while it runs its key is there"
    assert b"quiet of person" in everything(stored)
    await ends(stored)
    kept = {answer.value["text"] for answer in await stored.answers("doubt")}
    assert SECRET.encode() in everything(stored), "the log has what was there before"
    await cleaned(stored)
    assert SECRET.encode() not in everything(stored)
    stale = [who for who in CROWD if f"quiet of {who}".encode() in everything(stored)]
    assert {str(words)[: len("quiet of person00")] for words in kept if "quiet" in str(words)} == {
        f"quiet of {who}" for who in stale
    }


@only_sqlite
async def test_no_row_lies_where_it_came(stored: Stored) -> None:
    await played(stored)
    await played(stored, "w2")
    await ends(stored)
    await ends(stored, "w2")
    assert len(laid(stored)) > len(await stored.answers("doubt")) + len(await stored.answers("doubt", "w2"))
    await cleaned(stored)
    expected = [
        answer.author.encode()
        for workshop in ("w1", "w2")
        for answer in sorted(await stored.answers("doubt", workshop), key=lambda answer: answer.author)
    ]
    pages = laid(stored)
    assert sorted(pages) == sorted(expected), "each is there once"
    assert runs_down(pages), pages


def runs_down(pages: list[bytes]) -> bool:
    """Whether each page's rows stand in the order of their keys: the last one first, as SQLite fills a page from its
    end. It goes up from page to page, and from workshop to workshop."""
    return sum(later > earlier for earlier, later in pairwise(pages)) < len(pages) / 4


def test_an_order_of_arrival_would_be_noticed() -> None:
    names = [f"{random.Random(number).getrandbits(128):032x}".encode() for number in range(60)]
    assert not runs_down(names) and runs_down(sorted(names)[::-1])


@only_sqlite
async def test_no_free_page_is_left(stored: Stored) -> None:
    await stored.begin("jan")
    for number in range(5):
        await stored.done(gave("jan", "note", doubt=f"{number}" + "ж" * 900))
    await stored.done(gave("jan", "note"))
    await ends(stored)
    assert free_pages(stored) > 0, "a long answer has pages of its own"
    await cleaned(stored)
    assert free_pages(stored) == 0


def free_pages(stored: Stored) -> int:
    with stored.engine.connect() as connection:
        return int(connection.exec_driver_sql("PRAGMA freelist_count").scalar_one())


def versions(stored: Stored, table: str) -> int:
    """How many rows a table's file has, with the old versions that nobody sees any more. PostgreSQL only:
    https://www.postgresql.org/docs/current/storage-page-layout.html"""
    with stored.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("CHECKPOINT")
        read = sa.text("SELECT pg_read_binary_file(pg_relation_filepath(:table))")
        data = bytes(connection.execute(read, {"table": table}).scalar_one())
    found = 0
    for page in range(0, len(data), 8192):
        (lower,) = struct.unpack_from("<H", data, page + 12)
        pointers = struct.unpack_from(f"<{max(0, lower - 24) // 4}I", data, page + 24)
        found += sum((pointer >> 15) & 3 == 1 for pointer in pointers)
    return found


@only_postgresql
async def test_one_transaction_wrote_all_and_old_versions_are_gone(stored: Stored) -> None:
    await played(stored)
    rows = sa.text("SELECT xmin::text, author FROM answers ORDER BY ctid")
    with stored.engine.connect() as connection:
        assert len({row.xmin for row in connection.execute(rows)}) > 20, "a form's answers share their transaction"
    assert versions(stored, "answers") > 90
    await ends(stored)
    await cleaned(stored)
    with stored.engine.connect() as connection:
        assert len({row.xmin for row in connection.execute(rows)}) == 1
        kept = len(connection.execute(rows).all())
    assert (versions(stored, "answers"), versions(stored, "workshops")) == (kept, 1)


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


@only_sqlite
async def test_what_is_taken_back_leaves_the_log_within_a_minute(stored: Stored) -> None:
    clock = Hand()
    cleaning = cleaning_of(stored, clock)
    await stored.begin("jan")
    assert await cleaning.tick()
    await stored.done(gave("jan", "note", doubt="I never said this"))
    await stored.done(gave("jan", "note"))
    clock.now += EMPTY_LOG_EVERY - timedelta(seconds=1)
    assert await cleaning.tick()
    assert b"I never said this" in everything(stored)
    clock.now += timedelta(seconds=1)
    with stored.engine.connect() as reading:
        reading.execute(sa.select(answers.c.author).limit(1)).all()
        await stored.done(gave("jan", "another"))
        assert not await cleaning.tick()
    assert await cleaning.tick()
    assert b"I never said this" not in everything(stored)
    assert files(stored)["-wal"] == b""


async def test_an_erased_workshop_is_cleaned_within_the_hour(stored: Stored) -> None:
    clock = Hand()
    cleaning = cleaning_of(stored, clock)
    await played(stored)
    await ends(stored)
    await cleaned(stored, cleaning)
    clock.now += timedelta(days=70)
    assert await cleaning.tick()
    assert await Retention(stored.writer, clock, 60).tick() == 1
    assert await cleaning.tick()
    assert trail(stored) == ["Erased"], "it has not been an hour"
    clock.now += LOOK_BACK
    await cleaned(stored, cleaning)
    assert trail(stored) == ["Erased", CLEANED]
    if stored.engine.dialect.name == "sqlite":
        assert b"note of" not in everything(stored) and b"person0" not in everything(stored)


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
    assert not await cleaning.tick(), "a step of w2 is open"
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
