"""What is shown large is stored; the audit trail says who showed what; older databases have nothing in it."""

from __future__ import annotations

import orjson
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from store.reader import Reader
from store.tables import audit, workshops
from tests.store.conftest import Stored
from tests.store.small_workshop import ANA, START, after, gave, read_plan
from workshop import commands as c
from workshop.model import entry_id
from workshop.service import Change


async def test_it_comes_back_and_the_trail_names_it(engine: Engine, stored: Stored) -> None:
    await stored.begin("jan", "eva")
    await stored.done(gave("jan", "one", "two"))
    (answer,) = await stored.answers("practices")
    entry = entry_id(answer, "all", "one")
    at = {"workshop": "w1", "by": ANA}
    await stored.done(Change(c.Close(**at), after(10)))
    lit = (await stored.done(Change(c.SpotlightEntry(**at, entry=entry), after(11)))).workshop
    assert lit.lit is not None and lit.lit.entry == entry
    fresh = Reader(engine, read_plan)
    assert await fresh.workshop("w1") == lit
    assert (await stored.done(Change(c.EndSpotlight(**at, entry=entry), after(12)))).events
    read = await fresh.workshop("w1")
    fresh.close()
    assert read is not None and read.lit is None
    with engine.connect() as connection:
        told = [(row.action, orjson.loads(row.detail)) for row in connection.execute(sa.select(audit))][-2:]
    assert told == [("EntrySpotlit", {"prompt": "practices", "entry": entry}), ("SpotlightEnded", {})]


async def test_a_workshop_of_before_has_nothing_shown_large(engine: Engine, stored: Stored) -> None:
    before = await stored.begin("jan")
    with engine.begin() as connection:
        state = orjson.loads(connection.execute(sa.select(workshops.c.state)).scalar_one())
        assert state.pop("lit") is None
        connection.execute(workshops.update().values(state=orjson.dumps(state).decode()))
    fresh = Reader(engine, read_plan)
    read = await fresh.workshop("w1")
    fresh.close()
    assert read is not None and read.lit is None and read.opened_at == START, before
