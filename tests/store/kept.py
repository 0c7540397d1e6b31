"""A database that has something in every table, and what a backup of it says. For the tests of backups."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from store.backup import back_up
from store.conversations import Conversations
from store.database import engine_on, open_database
from store.drafts import Drafts
from store.heart import Heartbeat
from store.leases import Leases
from store.posts import Posts
from store.reader import Reader
from store.reminders import Reminders
from store.writer import Writer
from tests.postgres import database
from tests.store.conftest import Stored
from tests.store.small_workshop import ANA, HOME, START, TENANT, after, gave, joined, read_plan
from workshop import commands as c
from workshop.drafts import Changes, Draft, Own
from workshop.model import entry_id
from workshop.service import Change

WORDS = "Zażółć „gęślą” 👩‍👩‍👧 Здравейте \\u0000 \t'; DROP TABLE answers; --"
MADE = after(3600)
"""When backups are made."""
RESTORED = after(7200)

Rows = dict[str, list[dict[str, Any]]]


async def fills(stored: Stored) -> None:
    """A workshop in its first step, and something in every other table."""
    await stored.begin("jan", "eva")
    await stored.done(gave("jan", WORDS, "two", doubt="in secret", delivery="activity 1"))
    await stored.done(gave("eva", remark=WORDS, delivery="activity 2"))
    await stored.done(joined("late"))
    (first,) = [one for one in await stored.answers("practices") if one.author == "jan"]
    entries = (entry_id(first, "all", "two"),)
    said = c.TranslateEntry(workshop="w1", by=ANA, entries=entries, language="en", words=WORDS.replace("\t", ""))
    await stored.done(Change(said, after(5)))
    posts, known = Posts(stored.writer, stored.reader), Conversations(stored.writer, stored.reader)
    await posts.intend("w1", "board", START)
    await posts.posted("w1", "board", "1732", "digest of the board", 4, START)
    await posts.published("w1", 8)
    await known.remember(HOME, "https://smba.example", TENANT, "28:bot", "channel", WORDS)
    await known.meet("fac/ana", "29:ana", "Ana", TENANT, "pl", "https://smba.example")
    drafts = Drafts(stored.writer, stored.reader, lambda: after(60))
    assert await drafts.keep(Draft(TENANT, "fac/ana", "d1", "{}", Changes({"one": 5}), {"title": WORDS}))
    assert await drafts.keep_own(TENANT, HOME, Own("own-1", WORDS, 90, ("en", "pl")), "{}", "fac/ana")
    await Reminders(stored.writer, stored.reader).begin("w1", 0, ["jan"])
    await Heartbeat(stored.writer, "one").beat(after(60))
    await Reminders(stored.writer, stored.reader).begin("w1", 0, ["jan"])
    await Leases(stored.writer).take("wall:w1", "one", after(60), 20)


async def filled(file: Path) -> str:
    """The address of an SQLite database that `fills` has filled, and that nobody has open."""
    url = f"sqlite:///{file}"
    engine = open_database(url)
    stored = Stored(engine, Writer(engine, read_plan), Reader(engine, read_plan))
    await fills(stored)
    await stored.writer.close()
    stored.reader.close()
    engine.dispose()
    return url


async def moves_on(stored: Stored) -> None:
    """The workshop goes to its end, and counts its trail on."""
    await stored.done(gave("eva", "after it", delivery="activity 3", now=after(100)))
    await stored.done(Change(c.Finish(workshop="w1", by=ANA), after(200)))


def lines_of(file: Path) -> list[Any]:
    """What a backup's lines say."""
    return [json.loads(line) for line in gzip.decompress(file.read_bytes()).splitlines()]


def rows_of(file: Path) -> Rows:
    """A backup's rows by table."""
    rows: Rows = {}
    columns: list[str] = []
    for said in lines_of(file)[1:-1]:
        if isinstance(said, dict):
            table, columns = rows.setdefault(said["table"], []), said["columns"]
        else:
            table.append(dict(zip(columns, said, strict=True)))
    return rows


def kept_in(url: str, folder: Path) -> Rows:
    """All that a backup keeps of a database."""
    back_up(url, folder / "kept", MADE, overwrite=True)
    return rows_of(folder / "kept")


def tables_of(url: str) -> set[str]:
    """The names of a database's tables, whoever made it."""
    engine = engine_on(url)
    names = set(sa.inspect(engine).get_table_names())
    engine.dispose()
    return names


@contextmanager
def new_database(kind: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """The address of a database in which no Kolbot has been."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'new.db'}"
        return
    with database(request.getfixturevalue("postgresql"), empty=True) as address:
        yield address
