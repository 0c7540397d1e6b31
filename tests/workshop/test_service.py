"""The one write path: nudged after the commit, redelivered, slow, failed, cancelled."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from tests.workshop.desk import Desk
from tests.workshop.in_no_time import in_no_time
from tests.workshop.paper import ANNA, START
from workshop import commands as c
from workshop.delivery import Delivery
from workshop.refusals import Refused
from workshop.rules import Facts
from workshop.service import PATIENCE, Change, Done, NotStored, Workshops, settle

ONCE = Delivery("activity-1")
JOIN = c.Join(workshop="w1", by="ivan", name="Ivan")
LATE = c.AllowLate(workshop="w1", by=ANNA, allowed=True)


# ---- one change


async def test_a_change_is_nudged_after_it_is_stored() -> None:
    desk = Desk()
    await desk.running()
    outcome = await desk.workshops.do(JOIN, ONCE)
    assert isinstance(outcome, Done)
    assert "ivan" in outcome.workshop.people
    assert desk.nudged == [("w1", True)]
    assert desk.memory.changes[-1] == Change(JOIN, START, ONCE)


async def test_a_nudge_tells_answers_from_what_changes_the_cards() -> None:
    desk = Desk()
    await desk.running()
    await desk.workshops.do(JOIN)
    desk.nudged.clear()
    given = {"K2": {"": "words"}}
    await desk.workshops.do(c.SubmitAnswers(workshop="w1", by="ivan", step=0, given=given))
    await desk.workshops.do(c.WithdrawAnswers(workshop="w1", by="ivan", step=0))
    await desk.workshops.do(LATE)
    assert desk.nudged == [("w1", False), ("w1", False), ("w1", True)]


async def test_the_same_delivery_again_has_no_second_effect_and_no_nudge() -> None:
    desk = Desk()
    await desk.running()
    first = await desk.workshops.do(JOIN, ONCE)
    desk.nudged.clear()
    again = await desk.workshops.do(JOIN, ONCE)
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
        assert await desk.workshops.do(JOIN, ONCE) == NotStored(certain=False)
        assert asyncio.get_running_loop().time() - began == pytest.approx(PATIENCE)
        assert desk.nudged == [] and "ivan" not in desk.memory.workshops["w1"].people
        desk.memory.gate.set()
        await asyncio.sleep(1)
        assert desk.nudged == [("w1", True)] and "ivan" in desk.memory.workshops["w1"].people
        again = await desk.workshops.do(JOIN, ONCE)
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
