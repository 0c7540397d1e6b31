"""Each migration, with rows that the release before it wrote: they are all there afterwards, and mean the same."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

import store
from store.conversations import Conversations
from store.database import for_writing, open_database, versions
from store.posts import Posts
from store.reader import Reader
from store.tables import EPOCH, MICROSECOND, leases
from store.writer import Writer
from tests.store.conftest import Stored
from tests.store.small_workshop import ANA, HOME, SECRET, SOURCE, START, TENANT, after, gave, read_plan
from workshop.model import Status

AT = (START - EPOCH) // MICROSECOND
STATE = """{"items":{},"picked":{},"opened":[0],"skipped":[],"revealed":[],"hidden":[],
"late_allowed":false,"moved_deadline":false,"stage_posts":{},"board_posts":0,"last":{"name":"Ana","by":"fac/ana",
"at":"2025-11-22T09:00:00.123456+00:00"},"nudges":[],"posted_at":{},"acted_at":null}"""
"""As the first release wrote it."""

PERSON = {"language": "pl", "institution": "Uni", "country": "PL", "role": "", "challenge": "", "joined": True}
NO_ROLES = {"facilitator": False, "moderator": False, "reserve": False}

FIRST_RELEASE: dict[str, list[dict[str, Any]]] = {
    "workshops": [
        {
            "id": "w1", "tenant": TENANT, "home": HOME, "title": "Zażółć", "language": "pl", "plan": SOURCE,
            "opened_by": ANA, "opened_at": AT, "ended_at": None, "secret": SECRET, "revision": 5, "shape": 3,
            "moves": 1, "status": "open", "at": 0, "closes_at": AT + 600_000_000, "remaining": None, "state": STATE,
        }
    ],
    "people": [
        {"workshop": "w1", "person": ANA, "number": 0, "name": "Ana", **PERSON, **NO_ROLES, "facilitator": True},
        {"workshop": "w1", "person": "jan", "number": 1, "name": "Jan", **PERSON, **NO_ROLES},
    ],
    "answers": [
        {
            "workshop": "w1", "prompt": "practices", "case": "", "round": 1, "author": "jan", "given": 4,
            "value": '{"all":["Pętla 👩‍👩‍👧"]}',
        }
    ],
    "deliveries": [{"key": "change:activity 1", "workshop": "w1", "at": AT}],
    "audit": [{"id": 1, "workshop": "w1", "at": AT, "by": ANA, "action": "Opened", "detail": "{}"}],
    "posts": [
        {
            "workshop": "w1", "conversation": "", "slot": "board", "state": "posted", "activity_id": "7",
            "previous": None, "digest": "d", "revision": 4, "generation": 1, "at": AT,
        }
    ],
    "published": [{"workshop": "w1", "revision": 4}],
    "conversations": [
        {"key": HOME, "service_url": "https://x", "tenant": TENANT, "bot_id": "28:b", "kind": "channel", "name": "n"}
    ],
    "persons": [
        {
            "id": "jan", "address_id": "29:j", "name": "Jan", "tenant": TENANT, "locale": "pl", "chosen": "en",
            "service_url": "https://x",
        }
    ],
    "heartbeat": [{"instance": "before", "at": AT}],
}


@pytest.fixture
def first_release(empty_url: str) -> str:
    """A database as the first release left it."""
    engine = sa.create_engine(sa.make_url(empty_url))
    config = Config()
    config.set_main_option("script_location", str(Path(store.__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    tables = sa.MetaData()
    tables.reflect(engine)
    with engine.begin() as connection:
        for name, rows in FIRST_RELEASE.items():
            connection.execute(tables.tables[name].insert(), rows)
    engine.dispose()
    return empty_url


async def test_what_the_first_release_stored_is_all_there(first_release: str) -> None:
    engine = open_database(first_release)
    with engine.connect() as connection:
        for name, rows in FIRST_RELEASE.items():
            columns = sa.table(name, *(sa.column(column) for column in rows[0]))
            found = connection.execute(sa.select(columns).order_by(list(columns.c)[1])).mappings()
            kept = [{key: bool(value) if key in _FLAGS else value for key, value in row.items()} for row in found]
            assert [_as_before(row) for row in kept] == rows, name
        assert connection.execute(sa.select(sa.func.count()).select_from(leases)).scalar() == 0
    engine.dispose()


async def test_a_workshop_of_the_first_release_goes_on(first_release: str) -> None:
    engine = open_database(first_release)
    stored = Stored(engine, Writer(engine, read_plan), Reader(engine, read_plan))
    workshop = await stored.workshop()
    assert (workshop.title, workshop.status, workshop.secret) == ("Zażółć", Status.OPEN, SECRET)
    assert workshop.closes_at == START + timedelta(minutes=10)
    assert [answer.value for answer in await stored.answers("practices")] == [{"all": ["Pętla 👩‍👩‍👧"]}]
    assert (await stored.done(gave("jan", "again", delivery="activity 1"))).repeated
    await stored.done(gave("jan", "new", now=after(20), delivery="activity 2"))
    posts, known = Posts(stored.writer, stored.reader), Conversations(stored.writer, stored.reader)
    assert await posts.behind() == ["w1"]
    assert [post.activity_id for post in await posts.posts_of("w1")] == ["7"]
    assert await known.chosen_since(START) == {}, "nobody knows when"
    person = await known.person("jan")
    assert person is not None and person.language == "en"
    assert await stored.reader.last_seen() == START
    await stored.writer.close()
    stored.reader.close()
    engine.dispose()


async def test_a_migration_that_fails_leaves_what_was_there(first_release: str) -> None:
    """Something stands in its way: the start is refused, nothing is half done, and the next start does it."""
    other = sa.create_engine(sa.make_url(first_release))
    with other.begin() as connection:
        connection.execute(sa.text("CREATE TABLE leases (name TEXT)"))
    with pytest.raises(store.database.WrongDatabase, match="cannot be opened"):
        open_database(first_release)
    with other.begin() as connection:
        assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() == "0001"
        connection.execute(sa.text("DROP TABLE leases"))
    other.dispose()
    engine = open_database(first_release)
    with for_writing(engine).connect() as connection:
        assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() == versions()[0]
    engine.dispose()


def _as_before(row: dict[str, Any]) -> dict[str, Any]:
    """Without what a migration is meant to add."""
    if "plan" not in row:
        return row
    state = json.loads(row["state"])
    assert state.pop("takeovers") == []
    assert state == json.loads(STATE)
    return {**row, "state": STATE}


_FLAGS = ("joined", "facilitator", "moderator", "reserve")
