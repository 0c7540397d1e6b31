"""That a step is nearly over is said once, two minutes before, where it concerns people; not of short or long ones."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.workshop.paper import HOME, START, TENANT, Paper, names
from tests.workshop.session import NOTES, SESSION, TEXT, asks, plan_of, step
from tests.workshop.test_binding import TWO, bound
from tests.workshop.test_own_pace import ahead
from workshop import commands as c
from workshop.course import to_warn
from workshop.views import TimeCard
from workshop.wall import walls


def warns(paper: Paper) -> list[str]:
    """What happens when the clock says so; it is asked for first."""
    asked = to_warn(paper.w, paper.now)
    happened = names(paper.do(c.WarnDue(workshop="w1", by=c.SYSTEM)))
    assert len(asked) == len(happened)
    return happened


def hung(paper: Paper, place: str = HOME) -> dict[str, int]:
    """The cards that say so in a conversation, and about which step they still are."""
    there = next((each.hung for each in walls(paper.w, ()) if each.place == place), ())
    return {one.slot: one.view.step for one in there if isinstance(one.view, TimeCard)}


def before_the_end(paper: Paper, seconds: int, group: int = 0) -> Paper:
    closes = paper.w.for_group(group).closes_at
    assert closes is not None
    paper.now = closes - timedelta(seconds=seconds)
    return paper


def of_minutes(minutes: int) -> Paper:
    first, second = step("one", asks("A", "text", TEXT), minutes=minutes), step("two", asks("B", "notes", NOTES))
    made = plan_of([first, second], [], [], [])
    return Paper(made).opens().joins("ivan").starts()


def test_once_two_minutes_before_and_again_only_when_it_was_opened_again() -> None:
    paper = of_minutes(10)
    assert warns(before_the_end(paper, 121)) == []
    assert warns(before_the_end(paper, 120)) == ["TimeWarned"]
    assert warns(before_the_end(paper, 30)) == [] and hung(paper) == {"time:0": 0}
    paper.extends(5)
    assert warns(before_the_end(paper, 60)) == [], "said once, and the card says until when it is now"
    paper.closes()
    assert to_warn(paper.w, paper.now) == ()
    paper.now = START + timedelta(hours=1)
    paper.course(c.Reopen)
    assert warns(before_the_end(paper, 90)) == ["TimeWarned"]
    assert hung(paper) == {"time:0": -1, "time:1": 0}, "only the newest is alive"


def test_extended_meanwhile_it_is_said_later_and_paused_or_over_not_at_all() -> None:
    paper = of_minutes(10)
    before_the_end(paper, 150)
    paper.extends(5)
    paper.later(seconds=60)
    assert warns(paper) == []
    assert warns(before_the_end(paper, 100)) == ["TimeWarned"]
    late = of_minutes(10)
    assert warns(before_the_end(late, 0)) == [], "its time is over"
    paused = of_minutes(10)
    before_the_end(paused, 100)
    paused.pauses()
    assert to_warn(paused.w, paused.now) == ()


@pytest.mark.parametrize(("minutes", "said"), [(2, 0), (4, 0), (5, 1), (720, 1), (721, 0), (3 * 24 * 60, 0)])
def test_not_of_a_step_that_is_short_or_lasts_for_days(minutes: int, said: int) -> None:
    assert len(warns(before_the_end(of_minutes(minutes), 100))) == said


def test_in_the_lobby_there_is_no_time() -> None:
    assert to_warn(Paper(SESSION).opens().w, START) == ()


def test_a_group_with_time_of_its_own_is_told_by_itself_where_it_works() -> None:
    paper = ahead()
    paper.alone(c.Extend, 2, minutes=30)
    assert warns(before_the_end(paper, 100)) == ["TimeWarned"] and paper.w.warnings[-1].apart == (2,)
    assert warns(before_the_end(paper, 100, group=2)) == ["TimeWarned"] and paper.w.warnings[-1].group == 2
    assert set(hung(paper)) == {"time:0", "time:1"}, "it has no conversation of its own"
    together = bound()
    together.starts()
    assert together.w.tenant == TENANT
    assert warns(before_the_end(together, 100)) == ["TimeWarned"]
    assert hung(together) == {"time:0": 0} and hung(together, TWO) == {"g2:0:time:0": 0}
    together.unbinds(2)
    left = next(each.hung for each in walls(together.w, ()) if each.place == TWO)
    assert "g2:0:time:0" in {one.slot for one in left}
