"""What only a file can do: fill up, be locked by somebody else, not be there. Each is said, and each heals."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Connection

from store.database import for_reading, for_writing, open_database
from store.failures import NotRead, NotWritten
from store.reader import Reader
from store.writer import Writer
from tests.store.conftest import Stored
from tests.store.small_workshop import ANA, START, gave, joined, read_plan
from workshop import commands as c
from workshop.refusals import Refused
from workshop.service import Change, Done, NotStored


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kolbot.db"


@pytest.fixture
async def kept(file: Path) -> AsyncIterator[Stored]:
    engine = open_database(f"sqlite:///{file}")
    writer, reader = Writer(engine, read_plan), Reader(engine, read_plan)
    yield Stored(engine, writer, reader)
    await writer.close()
    reader.close()
    engine.dispose()


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("journal_mode", "wal"),
        *(("synchronous", 2), ("fullfsync", 1)),
        *(("foreign_keys", 1), ("secure_delete", 1), ("busy_timeout", 2000)),
    ],
)
async def test_every_connection_is_set_up_to_lose_nothing(kept: Stored, setting: str, value: object) -> None:
    """What a power cut would do cannot be tried here; synchronous = 2 (FULL) is what SQLite promises safety with."""
    with for_writing(kept.engine).connect() as one, for_reading(kept.engine).connect() as two:
        assert [each.exec_driver_sql(f"PRAGMA {setting}").scalar() for each in (one, two)] == [value, value]


async def test_a_full_disk_is_said_and_heals(kept: Stored) -> None:
    people = [f"p{number}" for number in range(40)]
    await kept.begin(*people)
    full = True

    @event.listens_for(kept.engine, "begin")
    def limit(connection: Connection) -> None:
        """As many pages as there are, and no more, while the disk is full (SQLite's own limit on a file's size)."""
        connection.exec_driver_sql(f"PRAGMA max_page_count = {1 if full else 1_000_000}")

    long = "long " * 190
    told = await asyncio.gather(
        *(kept.writer.change(gave(person, remark=long, delivery=person)) for person in people),
        kept.writer.change(gave("stranger", remark=long)),
    )
    stored = [person for person, outcome in zip(people, told, strict=False) if isinstance(outcome, Done)]
    not_stored = [person for person, outcome in zip(people, told, strict=False) if outcome == NotStored(certain=True)]
    assert len(stored) + len(not_stored) == len(people)
    assert not_stored
    # Who would be refused anyway is still told why.
    assert isinstance(told[-1], Refused)
    with pytest.raises(NotWritten) as failure:
        await kept.writer.first_time(long * 100, START)
    assert failure.value.certain
    assert {answer.author for answer in await kept.answers("remark")} == set(stored)

    full = False
    again = await asyncio.gather(*(kept.done(gave(p, remark="again", delivery=p)) for p in people))
    assert [outcome.repeated for outcome in again] == [person in stored for person in people]
    assert {answer.author for answer in await kept.answers("remark")} == set(people)
    assert (await kept.workshop()).revision == 2 + 2 * len(people)


async def test_a_file_locked_by_somebody_else_is_said_and_heals(kept: Stored, file: Path) -> None:
    await kept.begin("jan")
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    told = await asyncio.gather(*(kept.writer.change(gave("jan", str(number))) for number in range(5)))
    assert told == [NotStored(certain=True)] * 5
    assert (await kept.workshop()).revision == 3
    other.execute("ROLLBACK")
    other.close()
    await kept.done(gave("jan", "now"))
    assert [answer.value for answer in await kept.answers("practices")] == [{"all": ["now"]}]


async def test_a_database_that_cannot_be_opened_is_said_and_heals(kept: Stored, file: Path) -> None:
    await kept.begin("jan")
    kept.engine.dispose()
    away = put_away(file)

    assert await kept.writer.change(gave("jan", "nowhere")) == NotStored(certain=True)
    with pytest.raises(NotRead):
        await kept.reader.workshop("w1")

    put_back(file, away)
    await kept.done(gave("jan", "back"))


def put_away(file: Path) -> Path:
    """Where the database was, there is a folder now."""
    away = file.with_suffix(".away")
    file.rename(away)
    file.mkdir()
    return away


def put_back(file: Path, away: Path) -> None:
    file.rmdir()
    away.rename(file)


async def test_a_bug_reaches_who_asked_and_harms_no_other(kept: Stored) -> None:
    """A step number of the wrong type cannot come from a dialog; it makes the rules fail as a bug would."""
    await kept.begin("jan", "eva")
    wrong = Change(c.SubmitAnswers(workshop="w1", by="jan", step="0", given={}), START)  # type: ignore[arg-type]
    told = await asyncio.gather(
        kept.writer.change(wrong), kept.writer.change(gave("eva", "fine")), return_exceptions=True
    )
    assert isinstance(told[0], TypeError) and isinstance(told[1], Done)


async def test_an_answer_survives_the_one_who_asked(kept: Stored) -> None:
    """Somebody who gave up waiting does not stop the thread."""
    await kept.begin("jan")
    asked = kept.writer.change(gave("jan", "gone"))
    await asyncio.wait({asked}, timeout=0)
    asked.cancel()
    await kept.done(joined("eva"))
    assert [answer.value for answer in await kept.answers("practices")] == [{"all": ["gone"]}]
    assert (await kept.workshop()).people[ANA].facilitator
