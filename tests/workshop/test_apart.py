"""A group that is elsewhere than the others: what it sees, what is taken from it, what everybody sees meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.workshop.paper import Paper, reason
from tests.workshop.session import DOTS, ONE_COLUMN, TEXT, asks, plan_of, step
from workshop.model import Course, Move, Status, Workshop
from workshop.plan import Plan, Source
from workshop.tally import Progress, board_of

OUTSIDE, FIRST, SECOND, THIRD, AFTER = range(5)
"""Numbers of the steps: the three in the middle are held in groups."""


def plan() -> Plan:
    block = [
        replace(step("first", asks("F", "notes", ONE_COLUMN), asks("S", "text", TEXT, anonymous=True)), in_groups=True),
        replace(step("second", asks("V", "vote", DOTS, Source("F"))), in_groups=True),
        replace(step("third", asks("T", "text", TEXT)), in_groups=True),
    ]
    return plan_of(
        [step("outside", asks("O", "text", TEXT)), *block, step("after", asks("A", "text", TEXT))], [], [], []
    )


def grouped() -> Paper:
    """Ivan and Eva are group 1, Ola and Zoe group 2; all are at the first step that is held in groups."""
    paper = Paper(plan()).opens().joins("ivan", "eva", "ola", "zoe").grouped(("ivan", "eva"), ("ola", "zoe"))
    return paper.starts().next()


def apart(paper: Paper, at: int, status: Status = Status.OPEN, group: int = 2) -> Paper:
    """The group is at that step by itself."""
    w = paper.w
    course = replace(w.main, at=at, status=status, opened=w.opened | {at}, moves=w.moves + 1)
    paper.maybe = replace(w, courses={**w.courses, group: course})
    return paper


def test_where_all_go_together_a_view_is_the_workshop_itself() -> None:
    w = grouped().w
    assert w.for_group(2) is w and w.for_person("ola") is w and w.for_group(0) is w


def test_a_group_s_view_has_its_step_and_everybody_else_theirs() -> None:
    w = apart(grouped(), SECOND).w
    two, one = w.for_group(2), w.for_group(1)
    assert (two.at, two.status, two.moves, two.seen_by) == (SECOND, Status.OPEN, w.moves + 1, 2)
    assert (one.at, one.moves, one.seen_by) == (FIRST, w.moves, 1)
    assert w.for_person("zoe") == two and w.for_person("ivan") == one and w.for_person("anna") == w
    assert two.for_group(1) == one and two.for_group(0) == w and two.for_group(2) is two
    assert two.main == w.main and two.stands(1) == w.main and two.stands(2) is two
    assert two.place is not None and two.place.step.id == "second"


def test_answers_are_taken_by_the_course_of_the_person_s_group() -> None:
    paper = apart(grouped(), SECOND)
    assert reason(paper.says("ola", FIRST, F=["late"])) == "step_over"
    assert reason(paper.says("ivan", SECOND, V={})) == "step_not_open_yet"
    assert not isinstance(paper.says("ivan", FIRST, F=["mud"]), str)
    assert reason(paper.withdraws("ola", FIRST)) == "step_over"
    assert ("F", "", 1, "ivan") in paper.kept


def test_what_a_group_may_still_be_writing_to_is_shown_to_nobody_else() -> None:
    paper = grouped()
    for who, words in (("ivan", "mud"), ("ola", "rain")):
        paper.says(who, F=[words], S="secret")
    apart(paper, FIRST)
    paper.next()
    w, answers = paper.w, tuple(paper.kept.values())
    assert (w.at, w.for_group(2).at) == (SECOND, FIRST)
    assert not w.is_shown("F") and w.for_group(1).is_shown("F") and not w.for_group(2).is_shown("F")

    def first(seen: Workshop, group: int, number: int = 0) -> str:
        return board_of(seen, answers, group=group).stages[0].steps[FIRST].prompts[number].why_not

    assert first(w, 0) == first(w, 1) == first(w, 2) == "unrevealed", "everybody's board waits for group 2"
    assert first(w.for_group(1), 1) == "" and first(w.for_group(2), 2) == "unrevealed"
    assert first(w.for_group(1), 2) == "unrevealed", "another group's is shown when everybody may see it"
    assert first(w.for_group(1), 1, 1) == "unrevealed", "what is anonymous is everybody's together"
    over = apart(paper, FIRST, Status.CLOSED).w
    assert over.is_shown("F") and over.for_group(2).is_shown("F")
    assert first(over.for_group(1), 1, 1) == "few"


def test_a_group_behind_does_not_see_what_it_has_not_got_to() -> None:
    paper = apart(grouped(), FIRST)
    paper.says("ivan", F=["mud"])
    paper.next().next()
    assert paper.at == THIRD
    behind = paper.w.for_group(2)
    assert not behind.is_shown("V") and not paper.w.for_group(2).for_group(2).is_shown("V")
    stages = board_of(behind, paper.kept.values(), group=2).stages
    assert [each.progress for each in stages[0].steps][FIRST:THIRD] == [Progress.NOW, Progress.AHEAD]


@pytest.mark.parametrize(
    ("number", "block"),
    [(OUTSIDE, range(0)), (FIRST, range(1, 4)), (THIRD, range(1, 4)), (AFTER, range(0)), (-1, range(0))],
)
def test_steps_in_groups_that_stand_together_are_a_block(number: int, block: range) -> None:
    assert plan().block_of(number) == block


def test_a_block_ends_with_its_stage_and_cases_are_in_it_whole_or_not_at_all() -> None:
    made = plan()
    two = replace(made, stages=(made.stages[0], replace(made.stages[0], steps=made.stages[0].steps[1:3])))
    assert two.blocks == (range(1, 4), range(5, 7)), "each stage has its own"
    first, *rest = two.stages[1].steps
    cases = (replace(first, case=True), replace(rest[0], case=True, in_groups=False))
    some = replace(two, stages=(two.stages[0], replace(two.stages[1], steps=cases)))
    assert some.blocks == (range(1, 4),)


def test_a_course_is_what_a_workshop_has_for_everybody() -> None:
    w = grouped().w
    assert w.main == Course(FIRST, Status.OPEN, w.closes_at, None, w.moves, 0, False, w.last, w.opened, w.opened_steps)
    assert isinstance(w.main.last, Move) and w.main.takes(FIRST) and not w.main.takes(SECOND)
    closed = replace(w.main, status=Status.PAUSED, remaining=timedelta(minutes=1))
    assert closed.takes(FIRST) and not replace(closed, status=Status.CLOSED).takes(FIRST)
