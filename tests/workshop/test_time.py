"""Deadlines: extend, grace, pause and resume, closing on time, an outage, a reminder. By a clock that is ours."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.workshop.paper import START, names, opened, reason
from tests.workshop.session import COLLECT
from workshop import commands as c
from workshop.course import AFTER_OUTAGE
from workshop.model import GRACE
from workshop.refusals import Refused

MINUTE = timedelta(minutes=1)
INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize(("minutes", "allowed"), [(0, False), (1, True), (120, True), (121, False), (-5, False)])
def test_extend_by_1_to_120_minutes(minutes: int, allowed: bool) -> None:
    paper = opened().starts()
    before = paper.w.closes_at
    assert before is not None
    outcome = paper.extends(minutes)
    if allowed:
        assert paper.w.closes_at == before + minutes * MINUTE
        return
    assert reason(outcome) == "wrong_minutes"
    assert isinstance(outcome, Refused)
    assert outcome.facts == {"given": minutes, "limit": 120}
    assert paper.w.closes_at == before


def test_extend_in_the_minute_of_grace_counts_from_now() -> None:
    paper = opened().starts().later(minutes=10, seconds=30)
    paper.extends(5)
    assert paper.w.closes_at == paper.now + 5 * MINUTE


def test_the_minute_of_grace_ends_exactly_after_a_minute() -> None:
    paper = opened().starts()
    due = paper.w.closes_at
    assert due is not None
    paper.now = due + GRACE - INSTANT
    assert not isinstance(paper.says("ivan", K2="typing still"), Refused)
    assert paper.clock_closes() == ()
    paper.now = due + GRACE
    assert reason(paper.says("eva", K2="too late")) == "step_over"
    assert names(paper.clock_closes()) == ["StepClosed"]


def test_the_clock_closes_once_however_often_it_comes() -> None:
    paper = opened().starts()
    before = paper.w
    assert paper.clock_closes() == ()
    assert paper.w is before, "too early: nothing at all"
    paper.later(minutes=12)
    assert names(paper.clock_closes()) == ["StepClosed"]
    closed = paper.w
    assert reason(paper.clock_closes()) == "not_now"
    assert paper.w is closed


def test_a_pause_stops_the_clock_and_answers_still_come_in() -> None:
    paper = opened().starts().later(minutes=4)
    paper.pauses()
    assert (paper.w.remaining, paper.w.closes_at) == (6 * MINUTE, None)
    paper.later(minutes=90)
    assert reason(paper.clock_closes()) == "not_now"
    assert reason(paper.clock_returns()) == "not_now"
    assert not isinstance(paper.says("ivan", K2="in the pause"), Refused)
    assert paper.shown("K2").result is None, "and are not shown"
    paper.resumes()
    assert (paper.w.remaining, paper.w.closes_at) == (None, paper.now + 6 * MINUTE)


def test_nobody_comes_back_to_a_clock_with_nothing_on_it() -> None:
    paper = opened().starts().later(minutes=10, seconds=30)
    paper.pauses()
    assert paper.w.remaining == timedelta(0)
    paper.resumes()
    assert paper.w.closes_at == paper.now + GRACE


def test_a_deadline_that_passed_in_an_outage_moves_to_two_minutes_from_now_and_says_so() -> None:
    paper = opened().starts().later(minutes=45)
    assert names(paper.clock_returns()) == ["DeadlineChanged"]
    assert (paper.w.closes_at, paper.w.moved_deadline) == (paper.now + AFTER_OUTAGE, True)
    assert paper.clock_returns() == (), "twice is once"
    assert not isinstance(paper.says("ivan", K2="after the outage"), Refused)
    paper.extends(5)
    assert not paper.w.moved_deadline


def test_a_deadline_far_away_is_left_alone() -> None:
    paper = opened().starts()
    assert paper.clock_returns() == ()


def test_a_nudge_at_most_every_five_minutes() -> None:
    paper = opened().starts()
    assert names(paper.course(c.Nudge)) == ["Nudged"]
    paper.later(minutes=4, seconds=59)
    again = paper.course(c.Nudge)
    assert reason(again) == "nudged_lately"
    assert isinstance(again, Refused)
    assert again.facts == {"minutes": 1}, "when it can be done again"
    paper.later(seconds=1)
    assert names(paper.course(c.Nudge)) == ["Nudged"]
    assert [(nudge.at, nudge.step) for nudge in paper.w.nudges] == [(START, COLLECT), (paper.now, COLLECT)]
