"""The clockwork: ticks close what is due, an outage moves deadlines, one workshop's trouble is no other's."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from tests.workshop.desk import DUE, Desk
from tests.workshop.in_no_time import in_no_time
from tests.workshop.memory import Memory
from tests.workshop.paper import ANNA, START
from workshop import commands as c
from workshop.course import AFTER_OUTAGE
from workshop.model import GRACE, Status
from workshop.refusals import Refused
from workshop.service import Change, Clockwork, Done, NotStored, Workshops


async def test_a_tick_closes_what_is_due_a_minute_after_its_time_and_says_that_it_is_alive() -> None:
    desk = Desk()
    await desk.running()
    desk.now = DUE + GRACE - timedelta(seconds=1)
    await desk.clockwork.tick()
    assert desk.status() is Status.OPEN
    assert not any(isinstance(change.command, c.CloseDue) for change in desk.memory.changes), "nothing is due yet"
    desk.now = DUE + GRACE
    await desk.clockwork.tick()
    assert desk.status() is Status.CLOSED
    assert desk.nudged == [("w1", True)]
    await desk.clockwork.tick()
    assert desk.memory.beats == [DUE + GRACE - timedelta(seconds=1), DUE + GRACE, DUE + GRACE]
    assert desk.nudged == [("w1", True)]


async def test_one_workshop_s_trouble_is_no_other_s(caplog: pytest.LogCaptureFixture) -> None:
    class Troubled(Memory):
        async def change(self, change: Change) -> Done | Refused | NotStored:
            if change.command.workshop == "w1" and isinstance(change.command, c.CloseDue | c.WarnDue):
                raise ValueError("what ivan wrote")
            return await super().change(change)

    desk = Desk()
    desk.memory = Troubled()
    desk.workshops = Workshops(desk.memory, lambda: desk.now)
    desk.clockwork = Clockwork(desk.workshops, desk.memory, desk.memory)
    await desk.running("w1")
    await desk.running("w2")
    desk.now = DUE - timedelta(minutes=1)
    await desk.clockwork.tick()
    assert [len(desk.memory.workshops[one].warnings) for one in ("w1", "w2")] == [0, 1]
    assert "it could not be said that a step is nearly over: ValueError" in caplog.text
    desk.now = DUE + GRACE
    await desk.clockwork.tick()
    assert (desk.status("w1"), desk.status("w2")) == (Status.OPEN, Status.CLOSED)
    assert desk.memory.beats[-1] == desk.now
    assert "a step could not be closed: ValueError" in caplog.text
    assert "what ivan wrote" not in caplog.text


@pytest.mark.parametrize("away", [timedelta(0), timedelta(seconds=30), timedelta(hours=3)])
async def test_a_deadline_that_passed_while_away_moves(away: timedelta) -> None:
    desk = Desk()
    await desk.running()
    desk.memory.seen = DUE - timedelta(seconds=5)
    desk.now = DUE + away
    await desk.clockwork.returned()
    w = desk.memory.workshops["w1"]
    assert (w.closes_at, w.moved_deadline) == (desk.now + AFTER_OUTAGE, True)
    assert desk.memory.seen == desk.now
    await desk.clockwork.tick()
    assert desk.status() is Status.OPEN, "the first tick after it closes nothing"


async def test_a_server_that_went_away_in_the_minute_of_grace_owes_people_two_minutes_too() -> None:
    desk = Desk()
    await desk.running()
    desk.memory.seen = DUE + GRACE - timedelta(seconds=1)
    desk.now = DUE + timedelta(minutes=5)
    await desk.clockwork.returned()
    assert desk.memory.workshops["w1"].closes_at == desk.now + AFTER_OUTAGE


async def test_a_deadline_that_passed_in_the_presence_of_the_server_is_closed_and_not_moved() -> None:
    desk = Desk()
    await desk.running()
    desk.memory.seen = DUE + GRACE
    desk.now = DUE + GRACE + timedelta(seconds=5)
    await desk.clockwork.returned()
    assert desk.memory.workshops["w1"].closes_at == DUE
    await desk.clockwork.tick()
    assert desk.status() is Status.CLOSED


async def test_an_instance_that_joins_another_moves_no_deadline() -> None:
    desk = Desk()
    await desk.running()
    desk.now = DUE + timedelta(seconds=30)
    desk.memory.seen = desk.now - timedelta(seconds=1)
    await desk.clockwork.returned()
    assert desk.memory.workshops["w1"].closes_at == DUE
    desk.now = DUE + GRACE
    await desk.clockwork.tick()
    assert desk.status() is Status.CLOSED


async def test_a_server_that_never_lived_before_moves_nothing_and_one_that_missed_nothing_neither() -> None:
    desk = Desk()
    await desk.running()
    await desk.clockwork.returned()
    assert desk.memory.workshops["w1"].closes_at == DUE
    desk.memory.seen = None
    desk.now = DUE + timedelta(hours=1)
    await desk.clockwork.returned()
    assert desk.memory.workshops["w1"].closes_at == DUE


async def test_what_another_instance_has_changed_meanwhile_is_left_to_it() -> None:
    class Behind(Memory):
        async def due(self, before: datetime) -> Sequence[str]:
            return ["w1", "gone"]

    desk = Desk()
    desk.memory = Behind()
    desk.workshops = Workshops(desk.memory, lambda: desk.now)
    await desk.running()
    await desk.workshops.do(c.Pause(workshop="w1", by=ANNA))
    desk.memory.seen = START
    desk.now = START + timedelta(minutes=1)
    await Clockwork(desk.workshops, desk.memory, desk.memory).returned()
    assert desk.status() is Status.PAUSED
    assert desk.memory.beats == [desk.now]


def test_the_clock_ticks_every_second_and_goes_on_after_whatever_went_wrong(caplog: pytest.LogCaptureFixture) -> None:
    class Faint(Memory):
        async def beat(self, now: datetime) -> None:
            await super().beat(now)
            if len(self.beats) == 2:
                raise RuntimeError("password=hunter2")

    async def story() -> None:
        desk = Desk()
        memory = Faint()
        running = asyncio.create_task(Clockwork(Workshops(memory, lambda: desk.now), memory, memory).run())
        await asyncio.sleep(4.5)
        running.cancel()
        assert len(memory.beats) == 5

    with caplog.at_level(logging.ERROR):
        in_no_time(story())
    assert "RuntimeError" in caplog.text
    assert "hunter2" not in caplog.text
