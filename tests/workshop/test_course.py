"""Next, back, reopen, finish, cancel: pressed twice, at once by two people, typed again, from an old card."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.workshop.paper import ANNA, names, opened, reason
from tests.workshop.session import BREAK, CLOSING, COLLECT, PLAN, VOTE
from workshop import commands as c
from workshop.model import Move, Status
from workshop.refusals import Refused
from workshop.stepping import REOPENED, is_again

MINUTE = timedelta(minutes=1)
INSTANT = timedelta(microseconds=1)


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


def test_only_what_was_gone_back_to_or_reopened_is_open_again() -> None:
    paper = opened()
    assert not is_again(paper.w)
    paper.starts()
    paper.says("ivan", K1=["alpha"])
    assert not is_again(paper.w)
    paper.next()
    assert not is_again(paper.w)
    paper.back()
    assert is_again(paper.w)
    paper.next()
    assert not is_again(paper.w), "it has the time of the plan"
    paper.closes().reopens()
    assert is_again(paper.w)


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
