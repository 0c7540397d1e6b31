"""What was destroyed is nowhere in the files afterwards, and no row that stays tells in which order it came."""

from __future__ import annotations

import random
import struct
from datetime import timedelta
from itertools import pairwise

import sqlalchemy as sa

from store.cleaning import CLEANED, EMPTY_LOG_EVERY, LOOK_BACK
from store.retention import Retention
from store.tables import answers
from tests.store.cleaned import (
    CROWD,
    Hand,
    cleaned,
    cleaning_of,
    ends,
    everything,
    files,
    laid,
    only_postgresql,
    only_sqlite,
    played,
    trail,
)
from tests.store.conftest import Stored
from tests.store.small_workshop import SECRET, gave


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
    assert files(stored).get("-wal", b"") == b""


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
