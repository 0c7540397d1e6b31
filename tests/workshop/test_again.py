"""A rating asked again later: before and after, the shift, what stays hidden, and under whose name it is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.workshop.paper import Paper
from tests.workshop.session import TEXT, asks, plan_of, step
from workshop.model import Workshop
from workshop.plan import Plan, Reveal
from workshop.prompts.rating import RatingResult, RatingRules, Shift
from workshop.tally import highlights

SURE = RatingRules(1, 10)
PEOPLE = ("ivan", "eva", "ola", "jan")


def twice(anonymous: bool = False, reveal: Reveal = Reveal.ON_CLOSE) -> Plan:
    """How sure, in the first step and again in the last; a text between them."""
    first = asks("R1", "rating", SURE, anonymous=anonymous, reveal=reveal)
    again = replace(asks("R2", "rating", SURE, anonymous=anonymous), again="R1")
    return plan_of([step("one", first)], [step("two", asks("T", "text", TEXT)), step("three", again)])


def played(plan: Plan, before: str, after: str) -> Paper:
    """Everybody's number in each step, "-" for those who say nothing; the last step is closed."""
    paper = Paper(plan).opens().joins(*PEOPLE).starts()
    for who, number in zip(PEOPLE, before.split(), strict=False):
        paper.says(who, R1=number)
    paper.next().next()
    for who, number in zip(PEOPLE, after.split(), strict=False):
        paper.says(who, R2=number)
    return paper.closes()


def result_of(paper: Paper, prompt: str = "R2") -> RatingResult:
    found = paper.shown(prompt).result
    assert isinstance(found, RatingResult)
    return found


@pytest.mark.parametrize("anonymous", [False, True])
def test_before_and_after_and_the_median_of_each_one_s_own_difference(anonymous: bool) -> None:
    paper = played(twice(anonymous), "3 5 9 4", "5 6 8 4")
    result = result_of(paper)
    assert result.before is not None
    assert (result.before.median, result.after.median) == (4.5, 5.5)
    assert (result.pairs, result.shift) == (4, Shift(0.5, 2, 1, 1))
    assert (result.people, paper.shown("R2").answered, result_of(paper, "R1").before) == (4, 4, None)
    assert paper.shown("R2").strongest == () and highlights(paper.board().stages[0], 3) == ()


def test_only_those_who_answered_both_times_are_pairs_and_two_are_too_few() -> None:
    result = result_of(played(twice(), "3 5 9 -", "5 6 - 4"))
    assert (result.people, result.pairs, result.shift) == (3, 2, None)
    assert result.before is not None and (result.before.count, result.after.count) == (3, 3)
    assert result_of(played(twice(), "3 5 9 -", "5 6 10 4")).shift == Shift(1.0, 3, 0, 0)


def test_who_withdraws_the_first_number_is_no_pair_any_more() -> None:
    paper = played(twice(), "3 5 9 4", "5 6 8 4").allows_late()
    paper.withdraws("jan", step=0)
    result = result_of(paper)
    assert (result.pairs, result.shift) == (3, Shift(1.0, 2, 0, 1))


def test_where_nobody_answered_the_first_time_there_is_only_the_second() -> None:
    result = result_of(played(twice(), "", "5 6 8 4"))
    assert (result.before, result.pairs, result.shift) == (None, 0, None)


def test_first_numbers_too_few_to_be_shown_are_not_shown_the_second_time_either() -> None:
    for before, seen in (("3 5 - -", False), ("3 5 9 -", True)):
        paper = played(twice(anonymous=True), before, "5 6 8 4")
        assert (paper.shown("R1").result is not None) == seen
        result = result_of(paper)
        assert (result.before is not None) == seen
        assert (result.shift is not None) == seen
    assert played(twice(anonymous=True), "3 5 9 4", "5 6 - -").shown("R2").why_not == "few"


def test_first_numbers_that_are_not_revealed_are_seen_by_those_who_see_everything() -> None:
    paper = played(twice(reveal=Reveal.BY_FACILITATOR), "3 5 9 4", "5 6 8 4")
    assert result_of(paper).before is None
    everything = paper.shown("R2", everything=True).result
    assert isinstance(everything, RatingResult) and everything.before is not None
    paper.reveals("R1")
    assert result_of(paper).before is not None


def test_an_anonymous_rating_asked_again_is_kept_under_the_name_of_the_first_time() -> None:
    w: Workshop = played(twice(anonymous=True), "3", "5").w
    assert w.author("R1", "ivan") == w.author("R2", "ivan") != w.author("R1", "eva")
    assert str(w.author("R2", "ivan")).startswith("anonymous:")
    assert replace(w, secret=None).author("R2", "ivan") is None
    named = played(twice(), "3", "5").w
    assert named.author("R2", "ivan") == "ivan"
    other = plan_of([step("one", *(asks(id, "rating", SURE, anonymous=True) for id in ("R1", "R2")))])
    alone = Paper(other).opens().joins("ivan").starts().w
    assert alone.author("R1", "ivan") != alone.author("R2", "ivan"), "two questions cannot be joined"
