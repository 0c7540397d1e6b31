"""The shipped templates: complete in their languages, as long as they say, whole again after being stored."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from templates import from_source, read, shipped
from templates.loader import FOLDER
from workshop.plan import STAGES, Item, Plan, Reveal, Source, Text
from workshop.prompts.choice import ChoiceRules
from workshop.prompts.notes import NotesRules
from workshop.prompts.text import TextRules
from workshop.prompts.vote import VoteRules
from workshop.prompts.words import WordsRules

SESSION, TASTER = "kolb-peer-learning-210", "kolb-taster-15"


def texts(plan: Plan) -> Iterator[Text]:
    """Every text of a plan."""
    yield from (plan.title, plan.about)
    yield from (stage.aim for stage in plan.stages)
    for place in plan.places:
        yield place.step.title
        if place.step.say:
            yield place.step.say
    for prompt in plan.prompts.values():
        yield prompt.text
        if prompt.hint:
            yield prompt.hint
        yield from (name for _, name in getattr(prompt.rules, "columns", ()))
        yield from (item.label for item in getattr(prompt.rules, "options", ()))


def test_the_longest_comes_first_and_each_file_is_named_as_its_id() -> None:
    assert list(shipped()) == [SESSION, TASTER]
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(shipped())


def test_the_session_keeps_to_the_agenda() -> None:
    plan = shipped()[SESSION]
    asked = [sum(step.minutes for step in stage.steps if not step.is_break) for stage in plan.stages]
    breaks = [sum(step.minutes for step in stage.steps if step.is_break) for stage in plan.stages]
    assert (plan.lobby_minutes, asked, breaks) == (15, [35, 45, 55, 40], [10, 10, 0, 0])
    assert plan.minutes == 210


def test_the_taster_takes_a_quarter_of_an_hour() -> None:
    plan = shipped()[TASTER]
    assert plan.minutes == 15
    assert len(plan.places) == 6


@pytest.mark.parametrize("id", [SESSION, TASTER])
def test_what_holds_for_every_shipped_template(id: str) -> None:
    plan = shipped()[id]
    assert tuple(stage.id for stage in plan.stages) == STAGES
    assert all(place.step.say for place in plan.places)
    assert [prompt.id for prompt in plan.summary_prompts()] == ["C5"]
    assert all(1 <= len(place.step.prompts) <= 3 for place in plan.places if not place.step.is_break)


@pytest.mark.parametrize("id", [SESSION, TASTER])
def test_every_text_is_there_in_english_and_polish_with_its_typography(id: str) -> None:
    found = list(texts(shipped()[id]))
    assert len(found) > 25
    for text in found:
        assert set(text) == {"en", "pl"}
        assert '"' not in text["en"] + text["pl"]
        assert not re.search(r" - |--|\.\.\.", text["en"] + text["pl"])
        assert "“" not in text["pl"], "Polish opens a quotation low"
        assert text["pl"].count("„") == text["pl"].count("”")
        assert text["en"].count("“") == text["en"].count("”")
        assert not re.search(r"\((a|a|y|ą|em|am)\)|/a\b|/am\b", text["pl"]), "addressed to everybody"


@pytest.mark.parametrize("id", [SESSION, TASTER])
def test_a_stored_template_is_the_same_again(id: str) -> None:
    plan = shipped()[id]
    again = from_source(plan.source)
    assert again == plan
    assert again.source == plan.source
    assert "\n" not in plan.source
    assert from_source(plan.source) is again


def test_what_the_session_asks() -> None:
    prompts = shipped()[SESSION].prompts
    assert " ".join(prompts) == "K1 K2 K3 K4 A1 A2 A4 A5 A7 E3 E4 E7 C1 C2 C3 C4 C5 C7 C7_again C7_change"
    assert [prompt.id for prompt in prompts.values() if prompt.anonymous] == ["K1", "K4"]
    assert prompts["K4"].source == Source("K1")
    assert prompts["K4"].rules == VoteRules(dots=3, per_item=2)
    assert prompts["A1"].source == Source("K4", 5)
    assert prompts["A1"].rules == ChoiceRules(options=(), most=1, own=True)
    assert prompts["A1"].quotes_challenge
    assert prompts["A7"].source == Source("A5")
    assert prompts["A7"].rules == VoteRules(dots=2, per_item=1)
    assert prompts["E4"].rules == TextRules(max_chars=280, lines=False)
    assert prompts["C5"].rules == TextRules(max_chars=140, lines=False)
    assert not prompts["C5"].anonymous
    assert prompts["C3"].reveal is Reveal.BY_FACILITATOR
    assert prompts["K1"].rules == WordsRules(max_entries=3, max_chars=140)
    notes = prompts["K2"].rules
    assert isinstance(notes, NotesRules)
    assert (len(notes.columns), notes.max_notes) == (3, 3)


ONE_LANGUAGE = """\
id: after-action
languages: [lv]
title: 2026-11-22
about: |
  Pirmā rinda

  otrā   rinda
stages:
""" + "".join(
    f"""\
  - id: {stage}
    aim: yes
    steps:
      - &{stage}
        id: {stage}
        title: "Nr. {number}"
        minutes: {number}
        prompts:
          - {{id: P{number}, kind: choice, most: 2, own: yes, text: Kas, hint: 7, options: {{a: 1, b: 'null'}}}}
"""
    for number, stage in enumerate(STAGES, 1)
)


def test_where_there_is_one_language_a_text_is_a_plain_string() -> None:
    plan = read(ONE_LANGUAGE, "after-action.yaml")
    assert plan.title == {"lv": "2026-11-22"}, "a date is words"
    assert plan.about == {"lv": "Pirmā rinda\n\notrā rinda"}
    assert plan.stages[0].aim == {"lv": "yes"}
    prompt = plan.prompts["P1"]
    assert prompt.hint == {"lv": "7"}
    assert prompt.rules == ChoiceRules((Item("a", {"lv": "1"}), Item("b", {"lv": "null"})), 2, own=True)
    assert plan.minutes == 10
    assert from_source(plan.source) == plan


def test_bytes_a_byte_order_mark_and_windows_lines_are_read_alike() -> None:
    plan = read(ONE_LANGUAGE, "a.yaml")
    assert read(ONE_LANGUAGE.encode(), "a.yaml") == plan
    assert read(b"\xef\xbb\xbf" + ONE_LANGUAGE.replace("\n", "\r\n").encode(), "a.yaml") == plan


def test_what_is_repeated_may_be_named_once() -> None:
    text = ONE_LANGUAGE.replace("about: |\n  Pirmā rinda\n\n  otrā   rinda", "about: &same Viens")
    text = text.replace("text: Kas", "text: *same", 1)
    plan = read(text, "a.yaml")
    assert plan.prompts["P1"].text == plan.about == {"lv": "Viens"}


def test_a_stored_template_has_its_defaults_written_out() -> None:
    stored = json.loads(shipped()[SESSION].source)
    core = stored["stages"][0]["steps"][1]["prompts"][0]
    assert (core["max_chars"], core["reveal"], core["required"]) == (280, "on_close", False)
    assert stored["retention_days"] == 60
