"""The end of the writer: what is queued is stored, what comes later is told, and nobody waits for a lost database."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from store.database import open_database
from store.failures import NotWritten
from store.writer import Writer
from tests.store.conftest import Stored
from tests.store.small_workshop import START, gave, read_plan
from workshop.service import Done, NotStored


async def test_what_is_queued_at_the_end_is_stored_and_what_comes_later_is_told(engine: Engine, stored: Stored) -> None:
    await stored.begin("jan")
    writer = Writer(engine, read_plan)
    last = asyncio.gather(*(writer.change(gave("jan", f"note {number}")) for number in range(200)))
    await asyncio.wait({asyncio.ensure_future(writer.change(gave("jan", "the very last")))}, timeout=0)
    await writer.close()

    assert all(isinstance(outcome, Done) for outcome in await last)
    assert await writer.change(gave("jan", "after the end")) == NotStored(certain=True)
    assert [answer.value for answer in await stored.answers("practices")] == [{"all": ["the very last"]}]


async def test_what_comes_last_before_the_end_is_stored_and_the_thread_is_gone(engine: Engine, stored: Stored) -> None:
    """The thread is at something else, finds the last change and the end together, and ends by itself."""
    await stored.begin("jan")
    others = set(threading.enumerate())
    writer = Writer(engine, read_plan)
    begun, free = threading.Event(), threading.Event()
    held = asyncio.ensure_future(writer.write(lambda connection: begun.set() or free.wait()))
    await asyncio.to_thread(begun.wait)
    last = writer.change(gave("jan", "the very last"))
    closing = asyncio.ensure_future(writer.close())
    await asyncio.wait({closing}, timeout=0)
    free.set()
    await closing
    await held
    assert last.done() and isinstance(last.result(), Done)
    assert not {each.name for each in set(threading.enumerate()) - others} & {"store writer"}
    assert [answer.value for answer in await stored.answers("practices")] == [{"all": ["the very last"]}]


async def test_at_the_end_a_database_that_cannot_be_had_is_tried_once(tmp_path: Path) -> None:
    """Not once for each batch: each try waits two seconds. Those who come before it ends are tried each."""
    file = tmp_path / "kolbot.db"
    tried = open_database(f"sqlite:///{file}")
    tries: list[str] = []
    event.listen(tried, "checkout", lambda *more: tries.append("connected"))
    writer = Writer(tried, read_plan)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    writer.hurry()
    told = await asyncio.gather(*(writer.change(gave("jan", f"note {number}")) for number in range(200)))
    with pytest.raises(NotWritten):
        await writer.first_time("one", START)
    await writer.close()
    assert told == [NotStored(certain=True)] * 200
    assert len(tries) == 1
    other.close()
    tried.dispose()
