"""Answers of groups in the database: one of two at once, who spoke for a group after a restart, older databases."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import orjson
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from store.reader import Reader
from store.tables import audit, workshops
from store.writer import Writer
from tests.store.conftest import Stored
from tests.store.small_workshop import ANA, PLAN, SOURCE, START, after, gave, joined, opened
from workshop import commands as c
from workshop.plan import Plan
from workshop.refusals import Reason, Refused
from workshop.service import Change, Done
from workshop.spokespeople import speaker

REMARK = replace(PLAN.prompts["remark"], per_group=True)
FIRST = PLAN.stages[0].steps[0]
OURS = replace(FIRST, prompts=(*FIRST.prompts[:2], REMARK), in_groups=True)
GROUPED = replace(PLAN, stages=(replace(PLAN.stages[0], steps=(OURS, PLAN.stages[0].steps[1])), PLAN.stages[1]))


def read_plan(source: str) -> Plan:
    assert source == SOURCE
    return GROUPED


def instance(engine: Engine) -> Stored:
    return Stored(engine, Writer(engine, read_plan), Reader(engine, read_plan))


@pytest.fixture
async def here(engine: Engine) -> AsyncIterator[Stored]:
    """A workshop with Jan and Eva in group 1 and Ola in group 2, in its first step."""
    stored = instance(engine)
    begin = opened()
    assert isinstance(begin.command, c.Open)
    await stored.done(replace(begin, command=replace(begin.command, plan=GROUPED)))
    for person in ("jan", "eva", "ola"):
        await stored.done(joined(person))
    groups = (("jan", "eva"), ("ola",))
    await stored.done(Change(c.FormGroups(workshop="w1", by=ANA, groups=groups), START))
    await stored.done(Change(c.Start(workshop="w1", by=ANA), START))
    yield stored
    await stored.writer.close()
    stored.reader.close()


async def test_of_two_at_once_on_two_instances_one_is_recorded(engine: Engine, here: Stored) -> None:
    other = instance(engine)
    sent = (here.writer.change(gave("jan", remark="his")), other.writer.change(gave("eva", remark="hers")))
    outcomes = await asyncio.gather(*sent)
    (done,) = [outcome for outcome in outcomes if isinstance(outcome, Done)]
    (refused,) = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    assert refused.reason is Reason.SPOKEN_FOR
    spoke = speaker(done.workshop, "group:1")
    assert refused.facts == {"who": done.workshop.people[spoke].name, "group": 1}
    (kept,) = await here.answers("remark")
    assert (kept.author, kept.value["text"]) == ("group:1", {"jan": "his", "eva": "hers"}[spoke])
    assert await other.answers("remark") == [kept]
    await other.writer.close()
    other.reader.close()


async def test_who_speaks_is_known_after_a_restart_and_a_redelivery_is_nothing(engine: Engine, here: Stored) -> None:
    written = (await here.done(gave("jan", remark="ours", delivery="d1"))).workshop
    again = await here.done(gave("jan", remark="ours", delivery="d1"))
    assert again.repeated
    fresh = instance(engine)
    read = await fresh.workshop()
    assert read == written and read.told_by == {"remark#@group:1": "jan"}
    assert await fresh.writer.change(gave("eva", remark="no", now=after(5))) == Refused(
        Reason.SPOKEN_FOR, {"who": "Jan", "group": 1}
    )
    named = Change(c.NameSpokesperson(workshop="w1", by=ANA, person="eva"), after(10))
    assert speaker((await fresh.done(named)).workshop, "group:1") == "eva"
    assert (await here.workshop()).spokes[-1].by == ANA, "the other instance knows it too"
    with engine.connect() as connection:
        trail = sa.select(audit.c.by, audit.c.detail).where(audit.c.action == "SpokespersonChanged")
        told = [(by, orjson.loads(detail)) for by, detail in connection.execute(trail.order_by(audit.c.id))]
        actions = set(connection.execute(sa.select(audit.c.action)).scalars())
    assert told == [("jan", {"person": "jan", "group": "group:1"}), (ANA, {"person": "eva", "group": "group:1"})]
    assert "GroupAnswered" not in actions, "what people do for themselves is not in the trail"
    await fresh.writer.close()
    fresh.reader.close()


async def test_a_workshop_of_before_has_no_record_and_one_forming(engine: Engine, here: Stored) -> None:
    with engine.begin() as connection:
        state = orjson.loads(connection.execute(sa.select(workshops.c.state)).scalar_one())
        for name in ("forming", "numbered", "spokes", "told_by"):
            del state[name]
        connection.execute(workshops.update().values(state=orjson.dumps(state).decode()))
    fresh = Reader(engine, read_plan)
    read = await fresh.workshop("w1")
    fresh.close()
    assert read is not None and (read.forming, read.numbered, read.spokes, read.told_by) == (1, 0, (), {})
