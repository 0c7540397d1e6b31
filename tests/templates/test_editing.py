"""Changes of a template: what may be left out, what is asked otherwise, and that every rule of the loader holds."""

from __future__ import annotations

from typing import Any

import pytest

from templates import WrongTemplate, from_source, read, shipped
from templates.editing import StillNeeded, edited, named, settings_of
from tests.templates.trial import RIGHT
from workshop.drafts import Changes
from workshop.plan import Plan, Reveal, in_language

TASTER = shipped()["kolb-taster-15"]

CASES = """\
id: cases
languages: [en]
title: Cases
about: Cases
stages:
  - id: knowledge
    aim: Aim
    steps:
      - {id: rate, title: Rate, minutes: 5, prompts: [{id: R1, kind: rating, text: How}]}
      - {id: write, title: Write, minutes: 5, prompts: [{id: A5, kind: notes, text: What, columns: {all: All}}]}
  - id: action
    aim: Aim
    steps:
      - {id: vote, title: Vote, minutes: 5, prompts: [{id: A7, kind: vote, text: Which, from: A5}]}
  - id: experience
    aim: Aim
    cases: {from: A7, most: 2}
    steps:
      - {id: tell, title: Tell, minutes: 5, case: true, prompts: [{id: E1, kind: text, text: Tell}]}
      - {id: rest, title: Rest, minutes: 5, break: true}
  - id: conclusions
    aim: Aim
    steps:
      - id: again
        title: Again
        minutes: 5
        prompts:
          - {id: R2, kind: rating, text: How now, again: R1}
          - {id: C1, kind: text, text: And, quotes: [A5, R1]}
      - {id: end, title: End, minutes: 5, prompts: [{id: C2, kind: text, text: Last, quotes: [R1]}]}
"""
PLAN = read(CASES, "cases.yaml")


def out(*steps: str) -> Changes:
    return Changes(minutes=dict.fromkeys(steps, 0))


def steps(plan: Plan) -> list[str]:
    return [place.step.id for place in plan.places]


def test_no_changes_are_the_same_plan() -> None:
    for plan in (*shipped().values(), PLAN):
        assert edited(plan.source, Changes()) == plan


def test_minutes_texts_settings_and_groups() -> None:
    settings: dict[str, Any] = {"A7": {"dots": 5, "reveal": "live", "required": True}}
    changed = edited(
        PLAN.source, Changes({"vote": 9}, {"vote": True}, {"A7": {"en": "Which of them?"}}, settings)
    )
    prompt = changed.prompts["A7"]
    assert (changed.places[2].step.minutes, changed.places[2].step.in_groups) == (9, True)
    assert (prompt.text, prompt.reveal, prompt.required) == ({"en": "Which of them?"}, Reveal.LIVE, True)
    assert getattr(prompt.rules, "dots", 0) == 5
    assert settings_of(changed)["A7"] == {"dots": 5, "per_item": 2}
    assert edited(PLAN.source, Changes()) == PLAN, "the template itself is as it was"
    assert from_source(changed.source) == changed


@pytest.mark.parametrize(
    ("left_out", "step", "by"),
    [
        (("write",), "Write", "Vote"),
        (("rate",), "Rate", "Again"),
        (("vote",), "Vote", None),
        (("rate", "write"), "Write", None),
        (("again", "end"), "End", None),
    ],
)
def test_what_is_needed_cannot_be_left_out(left_out: tuple[str, ...], step: str, by: str | None) -> None:
    with pytest.raises(StillNeeded) as refused:
        edited(PLAN.source, out(*left_out))
    assert in_language(refused.value.step, "en") == step
    assert (refused.value.by and in_language(refused.value.by, "en")) == by


def test_the_steps_of_cases_need_what_the_cases_are_about() -> None:
    more = CASES.replace("from: A5}]}\n", "from: A5}]}\n      - {id: talk, title: Talk, minutes: 5, break: true}\n")
    with pytest.raises(StillNeeded) as refused:
        edited(read(more, "more.yaml").source, out("vote"))
    assert (refused.value.step, refused.value.by) == ({"en": "Vote"}, {"en": "Tell"})


def test_without_its_steps_a_case_is_gone_and_a_quotation_is_no_need() -> None:
    changed = edited(PLAN.source, out("tell", "again", "rate"))
    assert steps(changed) == ["write", "vote", "rest", "end"]
    assert changed.stages[2].cases is None
    assert changed.prompts["C2"].quotes == ()
    assert edited(PLAN.source, out("end")).prompts["C1"].quotes == ("A5", "R1")


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        (Changes({"vote": 100_000}), "“minutes” of step vote is 100000"),
        (Changes(settings={"A7": {"dots": "many"}}), "“dots” of prompt A7 is “many”"),
        (Changes(settings={"A7": {"dots": 0}}), "“dots” of prompt A7 is 0"),
        (Changes(settings={"R1": {"anonymous": True}}), "only one is anonymous"),
        (Changes(settings={"A5": {"anonymous": True}}), "is anonymous, so nobody could be asked"),
        (Changes(texts={"A5": {"en": "x" * 2001}}), "has 2001 characters"),
        (Changes(texts={"A5": {"pl": "Co"}}), "has a text in “pl”"),
        (Changes(settings={"A5": {"reveal": "never"}}), "“reveal” of prompt A5 is “never”"),
    ],
)
def test_every_rule_of_the_loader_holds(changes: Changes, what: str) -> None:
    with pytest.raises(WrongTemplate) as refused:
        edited(PLAN.source, changes)
    assert what in refused.value.what


def test_of_steps_and_prompts_that_are_not_there_nothing_is_changed() -> None:
    strange = Changes({"gone": 0, "other": 5}, {"gone": True}, {"Z1": {"en": "x"}}, {"Z1": {"dots": 1}})
    assert edited(PLAN.source, strange) == PLAN


def test_under_a_name_of_one_s_own() -> None:
    own = named(TASTER, "own-1", "Nasz 'warsztat' \\ 👩‍👩‍👧")
    assert own.id == "own-1"
    assert set(own.title) == set(TASTER.languages)
    assert set(own.title.values()) == {"Nasz 'warsztat' \\ 👩‍👩‍👧"}
    assert own.stages == TASTER.stages
    with pytest.raises(WrongTemplate):
        named(TASTER, "own-1", "x" * 141)


def test_words_of_a_template_make_no_link_mention_or_macro() -> None:
    typed = "[x](https://e.example) ![y][z] <at>all</at> </ AT> {{DATE(2020)}} {{{ a < b [c] d"
    plan = edited(PLAN.source, Changes(texts={"A5": {"en": typed}}))
    said = in_language(plan.prompts["A5"].text, "en")
    assert said == "[x] (https://e.example) ![y] [z] ‹at>all‹/at> ‹/ AT> { {DATE(2020)}} { { { a < b [c] d"
    assert from_source(plan.source) == plan
    assert read(RIGHT.replace("Which,", "'{{Which',"), "x").prompts["K1"].text["en"] == "{ {Which"
