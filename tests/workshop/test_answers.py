"""Answers and the course: of another step, late, all or nothing, twice, taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.workshop.paper import Paper, names, opened, reason
from tests.workshop.session import (
    BREAK,
    COLLECT,
    DOTS,
    NOTES,
    PLAN,
    STORY,
    TEXT as TEXT_RULES,
    VOTE,
    asks,
    plan_of,
    step,
)
from workshop.model import Status
from workshop.plan import Source
from workshop.refusals import Refused

MINUTE = timedelta(minutes=1)
INSTANT = timedelta(microseconds=1)


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
