"""Groups at their own pace are stored, found when their time is over, and closed once however many instances tick."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any, cast

import orjson
from sqlalchemy.engine import Engine, RowMapping

from store.heart import Heartbeat
from store.reader import Reader
from store.rows import workshop_from, workshop_row
from store.writer import Writer
from tests.workshop.paper import ANNA, HOME, SECRET, START, TENANT, Paper
from tests.workshop.test_apart import FIRST, SECOND, grouped, plan
from workshop import commands as c
from workshop.model import GRACE, Status, Workshop
from workshop.plan import Plan
from workshop.refusals import Refused
from workshop.service import Clockwork, Done, Workshops


def given_back(row: dict[str, Any], made: Plan) -> Workshop:
    return workshop_from(cast(RowMapping, row), [], lambda source: made)


def apart() -> Paper:
    """Group 2 is ahead and paused; it has been reminded, and Ola leads it."""
    paper = grouped()
    for who in ("ivan", "ola"):
        paper.says(who, F=[who])
    paper.leads("ola")
    for kind in (c.Next, c.Nudge, c.Pause):
        assert not isinstance(paper.alone(kind, 2), Refused)
    return paper


def test_courses_leaders_and_reminders_are_given_back() -> None:
    paper = apart()
    row = workshop_row(paper.w)
    again = given_back(row, paper.plan)
    assert again.courses == paper.w.courses and again.courses[2].remaining is not None
    assert (again.groups, again.nudges) == (paper.w.groups, paper.w.nudges)
    assert again.nudges[-1].group == 2 and again.groups[1].facilitators == ("ola",)


def test_what_a_release_before_wrote_has_no_courses_and_nobody_who_leads() -> None:
    paper = apart()
    row = workshop_row(paper.w)
    state = orjson.loads(row["state"])
    del state["courses"]
    state["groups"] = [group[:2] for group in state["groups"]]
    state["nudges"] = [nudge[:2] for nudge in state["nudges"]]
    old = given_back({**row, "state": orjson.dumps(state).decode()}, paper.plan)
    assert old.courses == {} and [group.facilitators for group in old.groups] == [(), ()]
    assert [nudge.group for nudge in old.nudges] == [0]


def test_what_is_due_first_is_the_first_open_step_of_all_and_of_groups() -> None:
    paper = grouped()
    assert workshop_row(paper.w)["due_at"] == paper.w.closes_at
    paper.alone(c.Extend, 2, minutes=5)
    ends = paper.w.for_group(2).closes_at
    assert workshop_row(paper.w)["due_at"] == paper.w.closes_at
    paper.closes()
    assert workshop_row(paper.w)["due_at"] == ends
    paper.alone(c.Pause, 2)
    assert workshop_row(paper.w)["due_at"] is None


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


async def test_two_instances_close_a_group_s_step_once_after_its_grace(engine: Engine) -> None:
    clock, made = Clock(), plan()
    instances = []
    for name in ("one", "two"):
        writer, reader = Writer(engine, lambda source: made), Reader(engine, lambda source: made)
        workshops = Workshops(writer, clock)
        clockwork = Clockwork(workshops, reader, Heartbeat(writer, name))
        instances.append((workshops, clockwork, writer, reader))
    workshops, _, _, reader = instances[0]

    async def does(command: c.AnyCommand) -> None:
        assert isinstance(await workshops.do(command), Done)

    await does(
        c.Open(
            workshop="w1", by=ANNA, name="Anna", tenant=TENANT, home=HOME, plan=made, title="t", language="en",
            secret=SECRET,
        )
    )  # fmt: skip
    for who in ("ivan", "ola"):
        await does(c.Join(workshop="w1", by=who, name=who))
    await does(c.FormGroups(workshop="w1", by=ANNA, groups=(("ivan",), ("ola",))))
    await does(c.Start(workshop="w1", by=ANNA))
    await does(c.Next(workshop="w1", by=ANNA, moves=(await _read(reader)).moves))
    await does(c.Extend(workshop="w1", by=ANNA, moves=(await _read(reader)).moves, group=2, minutes=5))
    ends = (await _read(reader)).for_group(2).closes_at
    assert ends is not None

    async def tick() -> list[tuple[int, Status]]:
        await asyncio.gather(*(clockwork.tick() for _, clockwork, _, _ in instances))
        w = await _read(reader)
        return [(view.at, view.status) for view in (w.for_group(1), w.for_group(2))]

    clock.now = ends + GRACE - timedelta(seconds=1)
    assert await tick() == [(FIRST, Status.CLOSED), (FIRST, Status.OPEN)]
    revision = (await _read(reader)).revision
    clock.now = ends + GRACE
    assert await tick() == [(FIRST, Status.CLOSED), (FIRST, Status.CLOSED)]
    assert (await _read(instances[1][3])).revision == revision + 1, "once, not by each instance"
    assert await reader.due(clock.now) == []
    assert await tick() == [(FIRST, Status.CLOSED), (FIRST, Status.CLOSED)] and SECOND > FIRST
    for _, _, writer, each in instances:
        await writer.close()
        each.close()


async def _read(reader: Reader) -> Workshop:
    found = await reader.workshop("w1")
    assert found is not None
    return found
