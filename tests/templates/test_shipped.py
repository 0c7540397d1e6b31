"""The shipped templates: complete in their languages, as long as they say, whole again after being stored."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from templates import from_source, read, shipped
from templates.loader import FOLDER
from templates.nodes import from_shipped, from_text
from templates.texts import LANGUAGES
from workshop.plan import PRACTICES, STAGES, Asked, Cases, Item, Reveal, Source, Text
from workshop.prompts import KINDS
from workshop.prompts.choice import ChoiceRules
from workshop.prompts.commitment import CommitmentRules
from workshop.prompts.form import form_rules
from workshop.prompts.notes import NotesRules
from workshop.prompts.rating import RatingRules
from workshop.prompts.text import TextRules
from workshop.prompts.vote import VoteRules
from workshop.prompts.words import WordsRules

SESSION, TASTER = "kolb-peer-learning-210", "kolb-taster-15"
AGENDAS = {
    SESSION: (15, [35, 45, 55, 40], [10, 10, 0, 0]),
    "kolb-peer-learning-90": (5, [15, 20, 30, 20], [0, 0, 0, 0]),
    "after-action-review": (5, [12, 6, 15, 27], [0, 0, 0, 0]),
    "kolb-second-cycle-60": (4, [13, 8, 12, 23], [0, 0, 0, 0]),
    "open-space-close": (3, [8, 7, 5, 10], [0, 0, 0, 0]),
    TASTER: (1, [4, 3, 3, 4], [0, 0, 0, 0]),
    "kolb-peer-learning-3-days": (60, [240, 240, 420, 240], [60, 900, 1020, 0]),
}
"""Minutes of the lobby, of what is asked in each stage, of its breaks; the longest template of a day first."""
EVERY = pytest.mark.parametrize("id", AGENDAS)


def texts(node: object) -> Iterator[Text]:
    """Every text of a stored template: what is said in each of its languages."""
    if isinstance(node, dict) and {"en", "pl"} <= node.keys() <= set(LANGUAGES):
        yield node
    else:
        inside = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        for part in inside:
            yield from texts(part)


def test_the_longest_of_a_day_comes_first_and_each_file_is_named_as_its_id() -> None:
    assert list(shipped()) == list(AGENDAS)
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(shipped())


@pytest.mark.parametrize("id", AGENDAS)
def test_the_quick_parser_reads_it_as_the_other_does(id: str) -> None:
    given = (FOLDER / f"{id}.yaml").read_bytes()
    assert from_shipped(given, id) == from_text(given, id)
    assert shipped()[id] == read(given, f"{id}.yaml")


@EVERY
def test_a_session_keeps_to_its_agenda(id: str) -> None:
    plan = shipped()[id]
    lobby, asked, breaks = AGENDAS[id]
    rested = [sum(step.minutes for step in stage.steps if step.is_break) for stage in plan.stages]
    assert (plan.lobby_minutes, rested) == (lobby, breaks)
    assert [stage.minutes - rest for stage, rest in zip(plan.stages, rested, strict=True)] == asked
    assert plan.minutes == lobby + sum(asked) + sum(breaks)


def test_every_kind_is_asked_somewhere() -> None:
    assert {prompt.kind for plan in shipped().values() for prompt in plan.prompts.values()} == set(KINDS)


@EVERY
def test_what_holds_for_every_shipped_template(id: str) -> None:
    plan = shipped()[id]
    assert tuple(stage.id for stage in plan.stages) == STAGES
    assert all(place.step.say for place in plan.places)
    assert len(list(plan.summary_prompts())) == 1
    assert all(1 <= len(place.step.prompts) <= 3 for place in plan.places if not place.step.is_break)
    for place in plan.case_places:
        assert place.step.in_groups
        assert {prompt.by for prompt in place.step.prompts} in ({Asked.OWNER}, {Asked.PEERS})


@EVERY
def test_every_text_is_there_in_every_language_with_its_typography(id: str) -> None:
    found = list(texts(json.loads(shipped()[id].source)))
    assert len(found) > 25
    for text in found:
        assert len(set(text.values())) == len(text), "not translated"
        assert not re.search(r'"| - |--|\.\.\.', "".join(text.values()))
        assert "“" not in text["pl"], "Polish opens a quotation low"
        assert text["pl"].count("„") == text["pl"].count("”")
        assert text["en"].count("“") == text["en"].count("”")
        assert not re.search(r"\((a|a|y|ą|em|am)\)|/a\b|/am\b", text["pl"]), "addressed to everybody"
        if bulgarian := text.get("bg"):
            assert not re.search(r"[A-Za-z]", re.sub(r"open space|after-action review", "", bulgarian)), bulgarian
            assert "”" not in bulgarian, "Bulgarian closes a quotation high and turned"
            assert bulgarian.count("„") == bulgarian.count("“")
            assert not re.search(r"\b(ти|теб|тебе|твоя?т?а?|твое|твои)\b|\(а\)|/а\b", bulgarian.lower()), "never ти"
        if hungarian := text.get("hu"):
            assert "“" not in hungarian, "Hungarian opens a quotation low"
            assert hungarian.count("„") == hungarian.count("”")
            assert "a(z)" not in hungarian.lower(), "turned so that no article is needed"
            assert not re.search(r"\b(te|téged|neked|írj|írd|válassz|kezdd)\b", hungarian.lower()), "never te"
    said = json.dumps(found, ensure_ascii=False)
    assert not re.search(r"\b(Twoj|Twój|Twoi|napisz|wybierz|Ciebie)\w*\b", said), "never Ty"


@EVERY
def test_a_stored_template_is_the_same_again(id: str) -> None:
    plan = shipped()[id]
    again = from_source(plan.source)
    assert again == plan
    assert again.source == plan.source
    assert "\n" not in plan.source
    assert from_source(plan.source) is again


def test_what_the_session_asks() -> None:
    prompts = shipped()[SESSION].prompts
    assert " ".join(prompts) == (
        "K1 K1_known K2 K3 K4 K5 A1 A2 A3 A4 A5 A6 A6_own A7 E1 E2 E3 E4 E5 E5_why E6 E7 "
        "C1 C2 C3 C4 C5 C5_group C6 C6_higher C7 C7_again C7_change"
    )
    anonymous = [prompt.id for prompt in prompts.values() if prompt.anonymous]
    assert anonymous == ["K1", "K4", "C7", "C7_again", "C7_change"]
    assert prompts["K1"].rules == WordsRules(max_entries=3, max_chars=140)
    assert prompts["K1_known"].source == Source(PRACTICES)
    assert isinstance(notes := prompts["K2"].rules, NotesRules)
    assert (len(notes.columns), notes.max_notes) == (3, 2)
    assert (prompts["K4"].source, prompts["K4"].rules) == (Source("K2"), VoteRules(dots=3, per_item=2))
    assert [prompts[id].source for id in ("K5", "A1", "A6")] == [Source("K4", 5)] * 3
    assert prompts["A1"].rules == ChoiceRules(options=(), most=1, own=True)
    assert len(getattr(prompts["A3"].rules, "options", ())) == 10
    assert (prompts["A7"].source, prompts["A7"].rules) == (Source("A5"), VoteRules(dots=2, per_item=1))
    assert prompts["C3"].rules == CommitmentRules(2, 30, shown=False)
    assert (prompts["C5"].rules, prompts["C5"].anonymous) == (TextRules(max_chars=140, lines=False), False)
    assert [prompt.id for prompt in prompts.values() if prompt.per_group] == ["C5_group"]
    assert (getattr(prompts["C6"].rules, "low", 0), getattr(prompts["C6"].rules, "high", 0)) == (1, 10)
    assert prompts["C7_change"].reveal is Reveal.BY_FACILITATOR


def test_the_cases_of_the_session() -> None:
    plan = shipped()[SESSION]
    experience = plan.stages[2]
    assert experience.cases == Cases(Source("A7"), 3)
    assert [(place.step.id, place.step.minutes) for place in plan.case_places] == [
        ("told", 5), ("questions", 2), ("stories", 5), ("suggestions", 3), ("taken", 2),
    ]  # fmt: skip
    prompts = plan.prompts
    owner = [prompt.id for prompt in prompts.values() if prompt.by is Asked.OWNER]
    peers = [prompt.id for prompt in prompts.values() if prompt.by is Asked.PEERS]
    assert (owner, peers) == (["E1", "E5", "E5_why"], ["E2", "E3", "E4"])
    assert [field.id for field in form_rules(prompts["E1"]).fields] == ["situation", "tried", "stuck", "wanted"]
    assert len(form_rules(prompts["E3"]).fields) == 5
    assert prompts["E4"].rules == TextRules(max_chars=280, lines=False)
    assert prompts["E5"].source == Source("E4"), "what the owner takes is what the others suggested"
    assert prompts["E6"].again == "A6_own"
    assert isinstance(prompts["E6"].rules, RatingRules)


def test_what_a_person_said_goes_along_with_them() -> None:
    prompts = shipped()[SESSION].prompts
    assert [prompt.id for prompt in prompts.values() if prompt.quotes_challenge] == ["A1", "E1", "C1"]
    assert {prompt.id: " ".join(prompt.quotes) for prompt in prompts.values() if prompt.quotes} == {
        "A3": "A1 A2", "A4": "A2", "E1": "A1 A2 A5", "C1": "A1 A4 E5_why", "C3": "A2", "C4": "A5", "C6": "C3",
    }  # fmt: skip


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
