"""Plan against actual time: behind and ahead to the minute, through pauses, extensions, ways back and cases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.workshop.caseload import AFTER, TOLD, answers_case, voted
from tests.workshop.paper import START, Paper
from tests.workshop.session import SESSION, plan_of
from workshop.model import Held
from workshop.plan import Plan, Step
from workshop.timing import MINUTE, Timing, timing

TOTAL = sum(place.step.minutes for place in SESSION.places)


def cutting(**cuts: int) -> Plan:
    """The session, with the order in which its steps are given up."""

    def cut(step: Step) -> Step:
        return replace(step, cut=cuts.get(step.id, 0))

    stages = [replace(stage, steps=tuple(map(cut, stage.steps))) for stage in SESSION.stages]
    return plan_of(*stages)


def started(plan: Plan = SESSION) -> Paper:
    return Paper(plan).opens().joins("ivan", "eva", "ola").starts()


def now(paper: Paper, minutes: float = 0) -> Timing:
    found = timing(paper.w, paper.now + minutes * MINUTE)
    assert found is not None
    return found


def held(paper: Paper) -> list[int]:
    """The steps of which it is known when they were open."""
    return [one.step for one in paper.w.opened_steps]


def figures(found: Timing) -> tuple[float, float, float]:
    """Used, planned, late, in minutes."""
    return found.used / MINUTE, found.planned / MINUTE, found.late / MINUTE


def test_in_the_lobby_and_after_the_end_there_is_no_time() -> None:
    lobby = Paper().opens()
    assert timing(lobby.w, START) is None
    ended = started()
    ended.finishes()
    assert timing(ended.w, ended.now) is None


def test_while_a_step_is_open_in_its_time_all_is_as_planned() -> None:
    paper = started()
    assert figures(now(paper, 4)) == (4, 4, 0)
    assert now(paper, 4).ends_at == paper.now + TOTAL * MINUTE


@pytest.mark.parametrize(("pause", "late"), [(0, -6), (3, -3), (20, 14)])
def test_a_step_closed_early_gives_minutes_that_waiting_takes_again(pause: int, late: int) -> None:
    paper = started()
    paper.later(minutes=4)
    paper.closes()
    assert figures(now(paper, pause)) == (4 + pause, 10, late)
    assert paper.w.opened_steps == (Held(0, paper.now - 4 * MINUTE, paper.now),)


def test_a_step_that_runs_over_its_time_is_late_by_that() -> None:
    paper = started()
    assert figures(now(paper, 13)) == (13, 10, 3)


def test_more_time_is_late_at_once() -> None:
    paper = started()
    paper.later(minutes=4)
    paper.extends(5)
    assert figures(now(paper)) == (4, 4, 5)


def test_a_pause_is_late_by_its_length() -> None:
    paper = started()
    paper.later(minutes=4)
    paper.pauses()
    assert figures(now(paper, 7)) == (11, 10, 7)
    paper.later(minutes=7)
    paper.resumes()
    assert now(paper).late == 7 * MINUTE


def test_a_step_opened_again_is_counted_again() -> None:
    paper = started()
    paper.later(minutes=10)
    paper.closes()
    paper.reopens()
    assert now(paper).late == 5 * MINUTE
    assert [(one.step, one.closed_at) for one in paper.w.opened_steps] == [(0, paper.now), (0, None)]


def test_what_is_passed_over_gives_its_minutes() -> None:
    """Nobody wrote a note: there is nothing to vote on."""
    paper = started()
    paper.later(minutes=10)
    paper.next()
    assert paper.w.at == 2
    assert figures(now(paper)) == (10, 15, -5)


def test_the_first_to_cut_is_the_lowest_that_is_still_ahead() -> None:
    paper = started(cutting(collect=1, story=3, closing=2, plan=3))
    cut = now(paper).cut
    assert cut is not None and cut.step.id == "closing"
    tied = now(started(cutting(collect=1, story=3, plan=3))).cut
    assert tied is not None and tied.step.id == "plan"
    assert now(started()).cut is None


def test_every_case_takes_its_steps() -> None:
    paper = voted()
    paper.next()
    assert now(paper).ends_at == paper.now + 100 * MINUTE, "three may be opened"
    answers_case(paper, "ivan", "mud")
    answers_case(paper, "eva", "money", agreed=False)
    assert now(paper).ends_at == paper.now + 70 * MINUTE, "one cannot"
    answers_case(paper, "ola", "time")
    for _ in range(4):
        paper.next()
    assert (paper.at, paper.w.case_round) == (TOLD, 1)
    assert figures(now(paper)) == (0, 50, -80)
    assert now(paper).ends_at == paper.now + 40 * MINUTE
    for _ in range(3):
        paper.next()
    assert paper.at == AFTER
    assert figures(now(paper)) == (0, 10 + 10 + 90, -110)


def test_a_case_fewer_gives_its_minutes_while_one_is_left() -> None:
    assert now(started()).case is None
    paper = voted()
    assert now(paper).case == 30 * MINUTE, "before them, at least two are expected"
    paper.next()
    answers_case(paper, "ivan", "mud", agreed=False)
    answers_case(paper, "eva", "money", agreed=False)
    assert now(paper).case is None, "only one is left"
    paper = voted()
    paper.next()
    for who, words in (("ivan", "mud"), ("eva", "money")):
        answers_case(paper, who, words)
    answers_case(paper, "ola", "time", agreed=False)
    paper.next()
    assert (paper.at, now(paper).case) == (TOLD, 30 * MINUTE), "the second is still ahead"
    for _ in range(3):
        paper.next()
    assert (paper.at, paper.w.case_round, now(paper).case) == (TOLD, 1, None)


def test_cases_that_nobody_has_yet_are_as_many_as_planned() -> None:
    paper = voted()
    assert figures(now(paper)) == (0, 10, -10)
    assert now(paper).ends_at == paper.now + 110 * MINUTE


def test_where_every_owner_says_no_their_time_is_free() -> None:
    paper = voted()
    paper.next()
    for who, words in (("ivan", "mud"), ("eva", "money"), ("ola", "time")):
        answers_case(paper, who, words, agreed=False)
    assert now(paper).ends_at == paper.now + 10 * MINUTE


def test_a_session_of_days_ends_some_day() -> None:
    assert now(started()).soon
    stages = [replace(one, steps=tuple(replace(step, minutes=600) for step in one.steps)) for one in SESSION.stages]
    long = plan_of(*stages)
    assert not now(started(long)).soon


def test_of_a_workshop_that_an_earlier_release_began_nothing_is_known() -> None:
    """Such a release did not say when steps opened."""
    paper = started()
    paper.maybe = replace(paper.w, opened_steps=())
    assert timing(paper.w, paper.now) is None
    paper.closes()
    assert held(paper) == []
    paper.next()
    assert held(paper) == [2]
    assert timing(paper.w, paper.now) is None


def test_without_a_deadline_the_step_has_nothing_left() -> None:
    paper = started()
    paper.maybe = replace(paper.w, closes_at=None)
    assert now(paper).late == -10 * MINUTE


def test_a_pause_that_an_old_database_keeps_without_its_rest() -> None:
    paper = started()
    paper.pauses()
    paper.maybe = replace(paper.w, remaining=None)
    assert now(paper).late == -10 * MINUTE
