"""Themes are stored as they stand and as they stood; what has none, older databases too, has none."""

from __future__ import annotations

from dataclasses import replace

import orjson
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from store.reader import Reader
from store.tables import audit, workshops
from tests.store.conftest import Stored
from tests.store.small_workshop import ANA, PLAN, START, after, gave, read_plan
from workshop import commands as c
from workshop.model import entry_id
from workshop.service import Change

NAME = "„Zażółć” '; DROP TABLE workshops; -- 👩‍👩‍👧"


async def test_themes_come_back_with_all_that_can_be_undone(engine: Engine, stored: Stored) -> None:
    await stored.begin("jan", "eva")
    await stored.done(gave("jan", "one", "two"))
    await stored.done(gave("eva", "three"))
    entries = [entry_id(one, "all", w) for one in await stored.answers("practices") for w in one.value["all"]]  # type: ignore[attr-defined]
    assert len(entries) == 3
    at = {"workshop": "w1", "by": ANA, "prompt": "practices", "column": "all"}
    for number, (notes, called) in enumerate([(entries, NAME), (entries[:1], "Other"), (entries[1:2], "Third")]):
        change = Change(c.PutIntoTheme(**at, notes=tuple(notes), called=called), after(number))
        assert (await stored.done(change)).events
    written = (await stored.done(Change(c.TakeOutOfTheme(**at, notes=(entries[1],)), after(9)))).workshop
    fresh = Reader(engine, read_plan)
    read = await fresh.workshop("w1")
    fresh.close()
    assert read == written and read is not None
    themes = read.themes["practices/all"]
    assert [theme.name for theme in themes.now] == [NAME, "Other"] and len(themes.before) == 4
    assert [len(theme.notes) for theme in themes.undo().undo().undo().now] == [3]
    with engine.connect() as connection:
        kept = connection.execute(sa.select(workshops.c.state)).scalar_one()
        told = connection.execute(sa.select(audit.c.detail).where(audit.c.action == "ThemesChanged")).scalars().all()
    assert all(kept.count(entry) == 1 for entry in entries), "each name of a note stands there once"
    assert [orjson.loads(one) for one in told] == [{"prompt": "practices", "themes": n} for n in (1, 2, 3, 2)]


async def test_a_workshop_of_before_there_were_themes_has_none(engine: Engine, stored: Stored) -> None:
    await stored.begin("jan")
    before = await stored.workshop()
    assert before.themes == {}
    with engine.begin() as connection:
        state = orjson.loads(connection.execute(sa.select(workshops.c.state)).scalar_one())
        assert state.pop("themes") == {}
        connection.execute(workshops.update().values(state=orjson.dumps(state).decode()))
    fresh = Reader(engine, read_plan)
    assert await fresh.workshop("w1") == replace(before, themes={})
    fresh.close()
    assert PLAN.prompts["practices"].kind == "notes" and before.opened_at == START
