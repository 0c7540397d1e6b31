"""What the coach suggests when, and how it says it: one thing at a time, with the right figures, and often nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from cards.coach_words import suggestion
from locales import LANGUAGES, words
from tests.cards.staging import ANA, BEN, MOD, PLAN, RES, Staged, opened
from tests.cards.test_console import view
from workshop import commands as c
from workshop.coach import Advice, Hint, advice
from workshop.groupwork import Expected
from workshop.plan import Plan, Stage, Step
from workshop.timing import MINUTE

STEP = 10
"""Minutes of the first step; Ben answered a minute after it had opened."""


def now(staged: Staged, minutes: float = 0, who: str = ANA) -> Advice | None:
    return advice(view(staged, who), staged.now + minutes * MINUTE)


def hint(staged: Staged, minutes: float = 0) -> Hint | None:
    found = now(staged, minutes)
    return found.hint if found else None


def in_groups() -> Plan:
    first = PLAN.stages[0]
    steps: tuple[Step, ...] = (replace(first.steps[0], in_groups=True), *first.steps[1:])
    stages: tuple[Stage, ...] = (replace(first, steps=steps), *PLAN.stages[1:])
    return replace(PLAN, stages=stages)


def test_in_the_lobby_it_waits_until_somebody_is_in() -> None:
    assert hint(Staged()) is None
    assert now(Staged().joined((BEN, "pl"))) == Advice(Hint.START, people=1)


def test_in_the_lobby_groups_come_before_whoever_is_missing() -> None:
    staged = Staged(plan=in_groups()).joined((BEN, "pl"), ("t/cyd", "en"))
    staged.workshop = replace(staged.workshop, expected=(Expected("Dan"), Expected("Eve")))
    assert now(staged) == Advice(Hint.FORM_GROUPS, people=2)
    staged.does(c.FormGroups, groups=((BEN,), ("t/cyd",)))
    assert now(staged) == Advice(Hint.WAIT_FOR_EXPECTED, people=2)


def test_few_answers_and_little_time() -> None:
    staged = opened()
    assert hint(staged, STEP - 3.5) is None, "one of two, and three minutes more"
    assert now(staged, STEP - 3) == Advice(Hint.FEW_AND_LITTLE_TIME, 1, 2, timedelta(minutes=2))
    assert hint(staged, STEP) is Hint.TIME_IS_UP


def test_of_a_short_step_little_time_is_a_third() -> None:
    staged = opened()
    w = staged.workshop
    assert w.closes_at is not None
    short = replace(PLAN.stages[0].steps[0], minutes=3)
    plan = replace(PLAN, stages=(replace(PLAN.stages[0], steps=(short, *PLAN.stages[0].steps[1:])), *PLAN.stages[1:]))
    staged.workshop = replace(w, plan=plan, closes_at=staged.now + 2 * MINUTE)
    assert hint(staged) is None
    assert hint(staged, 1) is Hint.FEW_AND_LITTLE_TIME


def test_nobody_yet_at_half_time() -> None:
    staged = Staged().joined((BEN, "pl"), ("t/cyd", "en")).does(c.Start)
    assert hint(staged, 4.5) is None
    assert now(staged, 5) == Advice(Hint.NOBODY_YET, 0, 2, timedelta(minutes=5))
    assert hint(Staged().does(c.Start), 9) is None, "where nobody is in, nobody is missing"


def test_everybody_has_answered() -> None:
    staged = opened().does(c.SubmitAnswers, "t/cyd", step=0, given={"notes": {"all": "One"}})
    found = now(staged)
    assert found is not None and (found.hint, found.answered, found.people) == (Hint.EVERYBODY, 2, 2)
    assert hint(staged, STEP - 2.5) is None, "it closes in a moment by itself"


def test_a_closed_step_is_moderated_and_shown_before_all_go_on() -> None:
    staged = opened().does(c.Close)
    assert now(staged) == Advice(Hint.REVEAL_FIRST, 1)
    assert advice(view(staged, waiting=3), staged.now) == Advice(Hint.MODERATE_FIRST, 3)
    assert hint(staged.does(c.RevealAnswers, prompt="later")) is None


def test_a_step_that_only_groups_are_asked_counts_groups() -> None:
    first = PLAN.stages[0]
    asked = tuple(replace(prompt, per_group=True) for prompt in first.steps[0].prompts)
    steps = (replace(first.steps[0], in_groups=True, prompts=asked), *first.steps[1:])
    plan = replace(PLAN, stages=(replace(first, steps=steps), *PLAN.stages[1:]))
    staged = Staged(plan=plan).joined((BEN, "pl"), ("t/cyd", "en")).does(c.FormGroups, groups=((BEN,), ("t/cyd",)))
    found = now(staged.does(c.Start), 9)
    assert found is not None and (found.answered, found.people) == (0, 2)


@pytest.mark.parametrize("who", [RES, MOD])
def test_whoever_can_do_nothing_is_told_nothing(who: str) -> None:
    assert now(opened(), STEP, who) is None
    assert hint(opened().does(c.Finish)) is None
    assert hint(opened().does(c.Pause), 60) is None
    assert hint(opened().does(c.Next), 60) is None, "a break"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", Hint)
def test_it_says_it_in_every_language(what: Hint, language: str) -> None:
    said = suggestion(Advice(what, 7, 20, timedelta(minutes=2)), words(language))
    assert said and "{" not in said
    if language != "en":
        assert said != suggestion(Advice(what, 7, 20, timedelta(minutes=2)), words("en"))


def test_its_words() -> None:
    found = Advice(Hint.FEW_AND_LITTLE_TIME, 7, 20, timedelta(minutes=2))
    assert suggestion(found, words("en")) == "7 of 20 have answered, time left: 2 minutes. Extend, or remind them?"
    assert suggestion(Advice(Hint.MODERATE_FIRST, 1), words("pl")).startswith("1 wpis czeka")
