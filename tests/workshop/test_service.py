"""The one write path and the clockwork, on a store in memory: patience, nudges after the commit, outages, ticks."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.workshop.in_no_time import in_no_time
from tests.workshop.memory import Memory
from tests.workshop.paper import ANNA, HOME, SECRET, START, TENANT
from tests.workshop.session import SESSION
from workshop import commands as c
from workshop.course import AFTER_OUTAGE
from workshop.diagram import roles, stages
from workshop.model import GRACE, Status, Workshop
from workshop.refusals import Refused
from workshop.rules import Facts
from workshop.service import PATIENCE, Change, Clockwork, Done, NotStored, Workshops, settle

DUE = START + timedelta(minutes=10)
"""When the first step ends."""


class Desk:
    """The service with everything around it by hand."""

    def __init__(self) -> None:
        self.now = START
        self.memory = Memory()
        self.nudged: list[str] = []
        self.workshops = Workshops(self.memory, lambda: self.now, self._nudge)
        self.clockwork = Clockwork(self.workshops, self.memory, self.memory)

    def _nudge(self, workshop_id: str) -> None:
        assert workshop_id in self.memory.workshops, "it is stored already"
        self.nudged.append(workshop_id)

    async def running(self, id: str = "w1") -> Workshop:
        """A workshop whose first step is open."""
        opens = c.Open(
            workshop=id,
            by=ANNA,
            name="Anna",
            tenant=TENANT,
            home=f"{HOME}{id}",
            plan=SESSION,
            title="Learning",
            language="en",
            secret=SECRET,
        )
        for command in (opens, c.Start(workshop=id, by=ANNA)):
            assert isinstance(await self.workshops.do(command), Done)
        self.nudged.clear()
        return self.memory.workshops[id]

    def status(self, id: str = "w1") -> Status:
        return self.memory.workshops[id].status


JOIN = c.Join(workshop="w1", by="ivan", name="Ivan")
LATE = c.AllowLate(workshop="w1", by=ANNA, allowed=True)


# ---- one change


async def test_a_change_is_nudged_after_it_is_stored() -> None:
    desk = Desk()
    await desk.running()
    outcome = await desk.workshops.do(JOIN, "activity-1")
    assert isinstance(outcome, Done)
    assert "ivan" in outcome.workshop.people
    assert desk.nudged == ["w1"]
    assert desk.memory.changes[-1] == Change(JOIN, START, "activity-1")


async def test_the_same_delivery_again_has_no_second_effect_and_no_nudge() -> None:
    desk = Desk()
    await desk.running()
    first = await desk.workshops.do(JOIN, "activity-1")
    desk.nudged.clear()
    again = await desk.workshops.do(JOIN, "activity-1")
    assert isinstance(first, Done) and isinstance(again, Done)
    assert (again.repeated, again.events, again.workshop) == (True, (), first.workshop)
    assert desk.nudged == []


async def test_nothing_is_nudged_when_nothing_happened_or_nothing_was_stored() -> None:
    desk = Desk()
    await desk.running()
    assert isinstance(await desk.workshops.do(c.Next(workshop="w1", by="stranger")), Refused)
    early = await desk.workshops.do(c.CloseDue(workshop="w1", by=c.SYSTEM))
    assert isinstance(early, Done) and early.events == ()
    desk.memory.fails = NotStored(certain=True)
    assert await desk.workshops.do(JOIN) == NotStored(certain=True)
    assert desk.nudged == []


async def test_whoever_wants_no_nudge_needs_none() -> None:
    desk = Desk()
    workshops = Workshops(desk.memory, lambda: START)
    await desk.running()
    assert isinstance(await workshops.do(JOIN), Done)


async def test_a_bug_in_the_store_reaches_whoever_asked() -> None:
    desk = Desk()
    await desk.running()
    desk.memory.breaks = ValueError("a bug")
    with pytest.raises(ValueError, match="a bug"):
        await desk.workshops.do(JOIN)


# ---- patience


def test_a_slow_store_is_not_confirmed_yet_and_counts_once_when_it_is() -> None:
    async def story() -> None:
        desk = Desk()
        await desk.running()
        desk.memory.gate = asyncio.Event()
        began = asyncio.get_running_loop().time()
        assert await desk.workshops.do(JOIN, "activity-1") == NotStored(certain=False)
        assert asyncio.get_running_loop().time() - began == pytest.approx(PATIENCE)
        assert desk.nudged == [] and "ivan" not in desk.memory.workshops["w1"].people
        desk.memory.gate.set()
        await asyncio.sleep(1)
        assert desk.nudged == ["w1"] and "ivan" in desk.memory.workshops["w1"].people
        again = await desk.workshops.do(JOIN, "activity-1")
        assert isinstance(again, Done) and again.repeated

    in_no_time(story())


def test_somebody_who_goes_away_does_not_take_their_answer_with_them() -> None:
    async def story() -> None:
        desk = Desk()
        await desk.running()
        desk.memory.gate = asyncio.Event()
        asking = asyncio.create_task(desk.workshops.do(JOIN))
        await asyncio.sleep(1)
        asking.cancel()
        desk.memory.gate.set()
        await asyncio.sleep(1)
        assert asking.cancelled()
        assert "ivan" in desk.memory.workshops["w1"].people

    in_no_time(story())


def test_what_fails_late_is_logged_by_its_kind_and_not_with_what_people_wrote(caplog: pytest.LogCaptureFixture) -> None:
    async def story() -> None:
        desk = Desk()
        await desk.running()
        desk.memory.gate = asyncio.Event()
        desk.memory.breaks = ValueError("what ivan wrote")
        assert await desk.workshops.do(JOIN) == NotStored(certain=False)
        desk.memory.gate.set()
        await asyncio.sleep(1)

    in_no_time(story())
    assert "ValueError" in caplog.text
    assert "what ivan wrote" not in caplog.text


def test_a_change_still_waiting_when_the_server_ends_is_no_error(caplog: pytest.LogCaptureFixture) -> None:
    async def story() -> None:
        desk = Desk()
        await desk.running()
        desk.memory.gate = asyncio.Event()
        await desk.workshops.do(JOIN)

    in_no_time(story())
    assert caplog.text == ""


# ---- settle


def test_settle_gives_the_events_and_how_it_looks_after_them() -> None:
    desk = Desk()
    w = asyncio.run(desk.running())
    assert isinstance(settle(w, Change(c.Next(workshop="w1", by="stranger"), START), Facts()), Refused)
    assert settle(w, Change(c.CloseDue(workshop="w1", by=c.SYSTEM), START), Facts()) == ((), w)
    settled = settle(w, Change(LATE, START), Facts())
    assert not isinstance(settled, Refused)
    assert settled[1] == replace(w, revision=w.revision + 1, late_allowed=True, acted_at=START)


# ---- the clockwork


async def test_a_tick_closes_what_is_due_a_minute_after_its_time_and_says_that_it_is_alive() -> None:
    desk = Desk()
    await desk.running()
    desk.now = DUE + GRACE - timedelta(seconds=1)
    await desk.clockwork.tick()
    assert desk.status() is Status.OPEN
    desk.now = DUE + GRACE
    await desk.clockwork.tick()
    assert desk.status() is Status.CLOSED
    assert desk.nudged == ["w1"]
    await desk.clockwork.tick()
    assert desk.memory.beats == [DUE + GRACE - timedelta(seconds=1), DUE + GRACE, DUE + GRACE]
    assert desk.nudged == ["w1"]


async def test_one_workshop_s_trouble_is_no_other_s(caplog: pytest.LogCaptureFixture) -> None:
    class Troubled(Memory):
        async def change(self, change: Change) -> Done | Refused | NotStored:
            if change.command.workshop == "w1" and isinstance(change.command, c.CloseDue):
                raise ValueError("what ivan wrote")
            return await super().change(change)

    desk = Desk()
    desk.memory = Troubled()
    desk.workshops = Workshops(desk.memory, lambda: desk.now)
    desk.clockwork = Clockwork(desk.workshops, desk.memory, desk.memory)
    await desk.running("w1")
    await desk.running("w2")
    desk.now = DUE + GRACE
    await desk.clockwork.tick()
    assert (desk.status("w1"), desk.status("w2")) == (Status.OPEN, Status.CLOSED)
    assert desk.memory.beats == [desk.now]
    assert "ValueError" in caplog.text
    assert "what ivan wrote" not in caplog.text


@pytest.mark.parametrize("away", [timedelta(0), timedelta(seconds=30), timedelta(hours=3)])
async def test_a_deadline_that_passed_while_away_moves(away: timedelta) -> None:
    desk = Desk()
    await desk.running()
    desk.memory.seen = DUE - timedelta(seconds=1)
    desk.now = DUE + away
    await desk.clockwork.returned()
    w = desk.memory.workshops["w1"]
    assert (w.closes_at, w.moved_deadline) == (desk.now + AFTER_OUTAGE, True)
    assert desk.memory.seen == desk.now
    await desk.clockwork.tick()
    assert desk.status() is Status.OPEN, "the first tick after it closes nothing"


async def test_a_deadline_that_passed_in_the_presence_of_the_server_is_closed_and_not_moved() -> None:
    desk = Desk()
    await desk.running()
    desk.memory.seen = DUE + GRACE
    desk.now = DUE + GRACE + timedelta(seconds=2)
    await desk.clockwork.returned()
    assert desk.memory.workshops["w1"].closes_at == DUE
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
    await Clockwork(desk.workshops, desk.memory, desk.memory).returned()
    assert desk.status() is Status.PAUSED
    assert desk.memory.beats == [START]


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


# ---- the tables, drawn


def test_the_tables_can_be_drawn() -> None:
    drawn = stages()
    assert drawn.startswith("stateDiagram-v2\n    [*] --> lobby\n    lobby --> open: Start\n")
    assert "    open --> closed: Next, Close, CloseDue" in drawn
    assert "    finished --> [*]" in drawn
    assert "    closed --> closed" not in drawn
    assert "| TakeOver | moderator, reserve |" in roles()
