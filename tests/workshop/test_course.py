"""Next, back, reopen, close, extend, pause, finish, cancel: pressed twice, late, at once, by two people."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.workshop.paper import ANNA, START, Paper, opened, reason
from tests.workshop.session import BREAK, CLOSING, COLLECT, DOTS, NOTES, PLAN, STORY, VOTE, asks, plan_of, step
from tests.workshop.session import TEXT as TEXT_RULES
from workshop import commands as c
from workshop import events as e
from workshop.course import AFTER_OUTAGE, NUDGE_EVERY, REOPENED
from workshop.model import GRACE, Move, Status
from workshop.plan import Source
from workshop.refusals import Refused

MINUTE = timedelta(minutes=1)
INSTANT = timedelta(microseconds=1)


def names(outcome: tuple[e.AnyEvent, ...] | Refused) -> list[str]:
    assert not isinstance(outcome, Refused), outcome
    return [type(event).__name__ for event in outcome]


# ---- a whole session, and its edges


def test_a_session_from_the_lobby_to_the_end() -> None:
    paper = opened()
    assert (paper.status, paper.at, paper.w.place) == (Status.LOBBY, -1, None)
    for number in range(CLOSING + 1):
        paper.to_step(number)
        assert (paper.status, paper.at) == (Status.OPEN, number)
        place = paper.w.place
        assert place is not None
        assert paper.w.closes_at == paper.now + place.step.minutes * MINUTE
    assert names(paper.course(c.Next)) == ["StepClosed", "Finished"]
    assert (paper.status, paper.w.closes_at, paper.w.secret) == (Status.FINISHED, None, None)
    assert paper.w.last == Move("finish", ANNA, paper.now)


def test_next_after_a_close_opens_without_closing_again() -> None:
    paper = opened().starts()
    paper.says("ivan", K1=["alpha"])
    paper.closes()
    assert names(paper.course(c.Next)) == ["StepOpened"]


def test_finish_with_an_open_step_closes_it_first_so_that_it_is_seen() -> None:
    paper = opened().starts()
    paper.says("ivan", K2="words")
    assert paper.shown("K2").result is None
    assert names(paper.course(c.Finish)) == ["StepClosed", "Finished"]
    assert paper.shown("K2").result is not None


def test_cancel_ends_it_and_nothing_more_can_be_done() -> None:
    paper = opened().starts().cancels()
    assert (paper.status, paper.w.secret, paper.w.closes_at) == (Status.CANCELLED, None, None)
    assert reason(paper.course(c.Cancel)) == "not_now"
    assert reason(paper.says("ivan", K2="words")) == "not_now"
    assert reason(paper.course(c.Next)) == "not_now"


# ---- two at once


def test_two_facilitators_who_press_next_at_once_make_one_step() -> None:
    paper = opened().names_facilitator("eva").to_step(VOTE)
    shown = paper.w.moves
    paper.course(c.Next, by=ANNA, moves=shown)
    second = paper.course(c.Next, by="eva", moves=shown)
    assert reason(second) == "stale"
    assert isinstance(second, Refused)
    assert second.facts == {"who": "Anna", "command": "next"}
    assert paper.at == BREAK


def test_a_button_pressed_twice_is_stale_the_second_time_whatever_it_does() -> None:
    for kind in (c.Start, c.Next, c.Back, c.Close, c.Pause, c.Finish, c.Cancel):
        paper = opened() if kind is c.Start else opened().to_step(VOTE)
        shown = paper.w.moves
        assert not isinstance(paper.course(kind, moves=shown), Refused)
        before = paper.w
        assert reason(paper.course(kind, moves=shown)) == "stale"
        assert paper.w is before


def test_a_nudge_does_not_make_the_next_button_stale() -> None:
    paper = opened().starts()
    shown = paper.w.moves
    paper.course(c.Nudge, moves=shown)
    assert not isinstance(paper.course(c.Next, moves=shown), Refused)


def test_a_button_from_the_future_or_a_forged_one_is_stale_too() -> None:
    paper = opened().starts()
    for forged in (-5, 0, 99, 10**30):
        assert reason(paper.course(c.Next, moves=forged)) == "stale"


@pytest.mark.parametrize("seconds", [0, 4.999])
def test_next_typed_twice_within_five_seconds_asks(seconds: float) -> None:
    paper = opened().names_facilitator("eva").to_step(VOTE).later(minutes=1)
    paper.course(c.Next, moves=None)
    paper.later(seconds=seconds)
    again = paper.course(c.Next, by="eva", moves=None)
    assert reason(again) == "repeated"
    assert isinstance(again, Refused)
    assert again.facts == {"who": "Anna", "command": "next"}
    assert paper.at == BREAK


def test_next_typed_again_after_five_seconds_goes_on() -> None:
    paper = opened().to_step(VOTE).later(minutes=1)
    paper.course(c.Next, moves=None)
    paper.later(seconds=5)
    paper.course(c.Next, moves=None)
    assert paper.at == PLAN


def test_extend_typed_twice_asks_and_the_answer_carries_the_moves() -> None:
    paper = opened().starts().later(minutes=1)
    paper.extends(5, moves=None)
    assert reason(paper.extends(5, moves=None)) == "repeated"
    asked_at = paper.w.moves
    assert names(paper.extends(5, moves=asked_at)) == ["DeadlineChanged"]


def test_different_commands_typed_at_once_are_not_a_repetition() -> None:
    paper = opened().starts()
    paper.extends(5, moves=None)
    assert names(paper.course(c.Pause, moves=None)) == ["Paused"]
    assert names(paper.course(c.Resume, moves=None)) == ["Resumed"]
    assert names(paper.course(c.Close, moves=None)) == ["StepClosed"]
    assert names(paper.course(c.Reopen, moves=None)) == ["StepOpened"]


def test_what_the_clock_does_makes_no_button_stale() -> None:
    paper = opened().starts()
    paper.says("ivan", K1=["alpha"])
    shown, last = paper.w.moves, paper.w.last
    paper.later(minutes=11)
    assert names(paper.clock_closes()) == ["StepClosed"]
    assert (paper.w.moves, paper.w.last) == (shown, last)
    assert names(paper.course(c.Next, moves=shown)) == ["StepOpened"]


def test_a_mover_who_is_not_in_the_workshop_any_more_has_no_name() -> None:
    paper = opened().starts()
    paper.maybe = replace(paper.w, last=Move("next", "gone", paper.now), people={ANNA: paper.w.people[ANNA]})
    again = paper.course(c.Next, moves=None)
    assert isinstance(again, Refused)
    assert again.facts["who"] == ""


def test_back_typed_twice_goes_back_once_and_next_then_back_is_no_repetition() -> None:
    paper = opened().to_step(PLAN).later(minutes=1)
    assert names(paper.course(c.Back, moves=None)) == ["StepClosed", "StepOpened"]
    assert reason(paper.course(c.Back, moves=None)) == "repeated"
    assert paper.at == VOTE
    paper.course(c.Next, moves=None)
    assert names(paper.course(c.Back, moves=None)) == ["StepClosed", "StepOpened"], "the natural way to correct a slip"


def test_next_right_after_start_is_no_repetition_and_a_second_close_is_not_asked_about() -> None:
    paper = opened()
    paper.course(c.Start, moves=None)
    paper.says("ivan", K1=["alpha"])
    assert names(paper.course(c.Next, moves=None)) == ["StepClosed", "StepOpened"]
    paper.course(c.Close, moves=None)
    assert reason(paper.course(c.Close, moves=None)) == "not_now"


# ---- back and reopen


def test_back_opens_the_step_before_for_five_minutes_and_keeps_what_was_given() -> None:
    paper = opened().starts()
    paper.says("ivan", K1=["alpha"], K2="words")
    paper.next().dots("eva", "K4", alpha=2)
    kept = dict(paper.kept)
    assert names(paper.course(c.Back)) == ["StepClosed", "StepOpened"]
    assert (paper.at, paper.w.closes_at) == (COLLECT, paper.now + REOPENED)
    assert paper.kept == kept
    paper.says("ola", K1=["alpha", "beta"])
    paper.next()
    assert paper.items("K4") == ["alpha", "beta"]
    assert paper.kept["K4", "", 1, "eva"].value == {"dots": {paper.item("K4", "alpha").key: 2}}


def test_back_passes_over_breaks_and_there_is_nothing_before_the_first_step() -> None:
    paper = opened().to_step(PLAN)
    paper.back()
    assert paper.at == VOTE
    paper.back()
    assert paper.at == COLLECT
    before = paper.w
    assert reason(paper.course(c.Back)) == "first_step"
    assert paper.w is before, "the step was not closed for nothing"


def test_back_passes_over_what_never_was_open() -> None:
    paper = opened().starts().next()
    assert paper.at == BREAK, "nobody gave a note, so there was nothing to vote on"
    paper.next().back()
    assert paper.at == COLLECT


def test_reopen_gives_five_minutes_and_the_same_items() -> None:
    paper = opened().to_step(VOTE).closes()
    items = paper.w.items["K4"]
    paper.later(minutes=30)
    assert reason(paper.says("eva", K4={items[0].key: "1"})) == "step_over"
    paper.reopens()
    assert (paper.status, paper.w.closes_at) == (Status.OPEN, paper.now + REOPENED)
    assert paper.w.items["K4"] == items
    assert not isinstance(paper.says("eva", K4={items[0].key: "1"}), Refused)


# ---- time


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
    assert again.facts == {"minutes": NUDGE_EVERY.seconds // 60}
    paper.later(seconds=1)
    assert names(paper.course(c.Nudge)) == ["Nudged"]
    assert [(nudge.at, nudge.step) for nudge in paper.w.nudges] == [(START, COLLECT), (paper.now, COLLECT)]


# ---- answers and the course


@pytest.mark.parametrize(
    ("number", "why"),
    [(-1, "unknown_prompt"), (99, "unknown_prompt"), (VOTE, "step_not_open_yet"), (STORY, "step_not_open_yet")],
)
def test_a_form_of_another_step_is_refused(number: int, why: str) -> None:
    paper = opened().starts()
    assert reason(paper.says("ivan", step=number)) == why
    assert reason(paper.withdraws("ivan", step=number)) == why


def test_a_break_asks_nothing_even_with_late_answers() -> None:
    paper = opened().to_step(BREAK).allows_late()
    assert reason(paper.says("ivan")) == "is_break"


def test_late_answers_count_when_the_facilitator_allows_them_and_not_any_more_when_not() -> None:
    paper = opened().to_step(PLAN)
    assert reason(paper.says("eva", step=COLLECT, K2="late")) == "step_over"
    paper.allows_late()
    assert not isinstance(paper.says("eva", step=COLLECT, K2="late"), Refused)
    assert not isinstance(paper.withdraws("eva", step=COLLECT), Refused)
    paper.allows_late(False)
    assert reason(paper.says("eva", step=COLLECT, K2="later")) == "step_over"


def test_a_prompt_of_another_step_in_the_form_refuses_the_whole_form() -> None:
    paper = opened().starts()
    assert reason(paper.says("ivan", K2="good", A2="smuggled")) == "unknown_prompt"
    assert reason(paper.says("ivan", K2="good", nonsense="?")) == "unknown_prompt"
    assert not paper.kept


def test_all_of_a_form_is_recorded_or_nothing() -> None:
    paper = opened().to_step(PLAN)
    outcome = paper.says("ivan", A1={"": "not there"}, A2="x" * 1001, A3="  ")
    assert isinstance(outcome, Refused)
    assert [(found.prompt, found.part, found.wrong.value) for found in outcome.problems] == [
        ("A1", "", "not_an_option"),
        ("A2", "", "too_long"),
        ("A3", "", "required"),
    ]
    assert not any(prompt.startswith("A") for prompt, *_ in paper.kept)


def test_a_field_left_empty_takes_back_what_stood_there_and_an_empty_form_nothing() -> None:
    paper = opened().starts()
    paper.says("ivan", K1=["alpha"], K2="words")
    assert reason(paper.says("ivan", K1=[], K2=" ")) == "nothing_given"
    assert len(paper.kept) == 2
    assert names(paper.says("ivan", K1=["beta"])) == ["AnswerSubmitted", "AnswerWithdrawn"]
    assert list(paper.kept) == [("K1", "", 1, "ivan")]


def test_the_same_form_twice_is_one_answer() -> None:
    paper = opened().starts()
    for _ in range(2):
        paper.says("ivan", K1=["alpha", "alpha"], K2="words")
    assert len(paper.kept) == 2
    assert paper.kept["K1", "", 1, "ivan"].value == {"good": ["alpha"]}


def test_an_answer_changes_the_revision_and_not_the_moves() -> None:
    paper = opened().starts()
    before = paper.w
    paper.says("ivan", K2="words")
    assert (paper.w.revision, paper.w.moves) == (before.revision + 1, before.moves)


def test_a_required_prompt_with_nothing_to_choose_from_holds_nobody_up() -> None:
    plan = plan_of(
        [step("one", asks("K1", "notes", NOTES))],
        [step("two", asks("V", "vote", DOTS, Source("K1"), required=True), asks("T", "text", TEXT_RULES))],
    )
    paper = Paper(plan).opens().joins("ivan").starts().next()
    assert names(paper.says("ivan", T="words")) == ["AnswerWithdrawn", "AnswerSubmitted"]


def test_a_plan_of_one_break_starts_and_ends() -> None:
    paper = Paper(plan_of([step("rest")])).opens().starts()
    assert paper.status is Status.OPEN
    assert paper.next().status is Status.FINISHED


def test_anna_finishes_before_the_later_stages_were_ever_opened() -> None:
    plan = plan_of([step("one", asks("K1", "text", TEXT_RULES))], [step("two", asks("A1", "text", TEXT_RULES))])
    paper = Paper(plan).opens().joins("ivan").starts().finishes()
    assert paper.shown("A1").why_not == "unrevealed"
    assert [stage.progress.value for stage in paper.board().stages] == ["done", "ahead"]
