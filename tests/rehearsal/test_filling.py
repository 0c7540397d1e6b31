"""Simulated people fill in any form plausibly, within its bounds, and the same way for the same seed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rehearsal.awkward import awkward
from rehearsal.persona import people
from rehearsal.reading import Field, Value

TODAY = date(2026, 11, 22)


def text(name: str, label: str, **more: Any) -> Field:
    return Field(name, label, "Input.Text", **more)


FORM = [
    text("a.A2.", "The smallest version", required=True, max_length=280, multiline=True),
    text("a.A5.obstacle", "The most probable obstacle", max_length=900, multiline=True),
    text("a.K1.", "Which practices stayed with you?", max_length=90),
    Field("a.A6.", "How feasible?", "Input.Number", required=True, least=1, most=10),
    Field("a.A1.", "Which one?", "Input.ChoiceSet", choices=[("One", "1"), ("Two", "2")], required=True),
    Field("a.A3.", "Which ones?", "Input.ChoiceSet", choices=[(c, c) for c in "abcdef"], multi=True),
    Field("agreed", "I agree", "Input.Toggle", required=True),
    Field("by", "By when", "Input.Date", required=True),
]
HINTS = {"stage": "action", "prompts": [
    {"id": "A2", "kind": "text", "max_chars": 140},
    {"id": "A5", "kind": "notes", "columns": ["obstacle"], "max_notes": 2},
    {"id": "K1", "kind": "words", "most": 3}, {"id": "A6", "kind": "number"}, {"id": "A1", "kind": "choice"},
    {"id": "A3", "kind": "choice", "most": 3},
]}


def listed(value: Value | None) -> list[str]:
    assert isinstance(value, list)
    return value


def test_every_kind_of_field_is_filled_within_its_bounds() -> None:
    lines, words, several = set(), set(), set()
    for person in people(60, "pl", 3, TODAY):
        values = person.fill(FORM, HINTS)
        assert values["a.A2."] in person.pool("action")
        assert len(str(values["a.A2."])) <= 140
        notes = str(values.get("a.A5.obstacle", "")).splitlines()
        assert set(notes) <= set(person.pool("obstacles"))
        lines.add(len(notes))
        words.add(len(str(values.get("a.K1.", "")).split(", ")))
        assert len(str(values.get("a.K1.", ""))) <= 90
        assert 1 <= int(str(values["a.A6."])) <= 10
        assert values["a.A1."] in ("1", "2")
        if "a.A3." in values:
            chosen = listed(values["a.A3."])
            assert len(set(chosen)) == len(chosen) <= 3
            several.add(len(chosen))
        assert values["agreed"] is True
        assert TODAY < date.fromisoformat(str(values["by"])) <= date(2026, 12, 22)
    assert lines == {0, 1, 2}
    assert words == {1, 2, 3}
    assert several == {1, 2, 3}


def test_without_hints_the_labels_tell_what_is_asked() -> None:
    person = people(1, "en", 1, TODAY)[0]
    labels = {
        "What do you still not understand about it?": "questions",
        "The one condition without which it fails": "conditions",
        "The most probable obstacle, and who could remove it": "obstacles",
        "Tell a real story": "experience",
        "If I were in your place tomorrow, I would …": "suggestions",
        "I take home …": "board",
        "So what: what does it mean for my institution?": "conclusions",
        "By … I will … together with …": "commitments",
        "Najmniejsza wersja w ciągu 30 dni": "action",
        "Przeszkoda i kto może ją usunąć": "obstacles",
        "Czego nadal nie rozumiesz?": "questions",
        "Zabieram ze sobą …": "board",
    }
    for number, (label, pool) in enumerate(labels.items()):
        values = person.fill([text(f"x{number}", label, required=True)], {"stage": "knowledge"})
        assert values[f"x{number}"] in person.pool(pool), label


def test_the_form_to_join_is_filled_with_the_persons_own() -> None:
    languages = [("English", "en"), ("Polski", "pl")]
    form = [
        Field("language", "Język", "Input.ChoiceSet", choices=languages, value="en", required=True),
        text("institution", "Instytucja", required=True, max_length=20), text("country", "Kraj", required=True),
        text("role", "Rola", required=True), text("challenge", "Wyzwanie", required=True, max_length=280),
    ]
    for person in people(20, "pl", 1, TODAY):
        values = person.fill(form, {"verb": "joined", "w": "w1"})
        assert values["language"] == "pl"
        assert person.institution.startswith(str(values["institution"]))
        assert len(str(values["institution"])) <= 20
        assert (values["country"], values["role"]) == (person.country, person.role)
        assert values["challenge"] == person.challenge


@pytest.mark.parametrize("type_of_field", ["Input.Number", "Input.ChoiceSet"])
def test_dots_are_within_the_limits_but_for_the_careless_first_time(type_of_field: str) -> None:
    choices = [(str(dots), str(dots)) for dots in range(3)] if type_of_field == "Input.ChoiceSet" else []
    form = [Field(f"a.K4.{n}", f"Item {n}", type_of_field, choices=choices, least=0, most=2) for n in range(5)]
    hints = {"stage": "knowledge", "prompts": [{"id": "K4", "kind": "vote", "dots": 3, "per_item": 2}]}
    careless = 0
    for person in people(80, "en", 5, TODAY):
        for attempt in range(4):
            values = person.fill(form, hints, attempt)
            dots = [int(str(value) or "0") for value in values.values()]
            assert max(dots) <= 2
            if sum(dots) > 3:
                assert person.careless
                assert attempt == 0
                careless += 1
            assert sum(dots) >= 1
    assert careless > 0


def test_own_words_never_come_beside_a_choice_that_allows_one() -> None:
    form = [
        Field("a.A1.", "Which?", "Input.ChoiceSet", choices=[("One", "1"), ("Two", "2")]),
        text("a.A1.own", "Another", max_length=80),
    ]
    hints = {"stage": "action", "prompts": [{"id": "A1", "kind": "choice", "most": 1, "required": True}]}
    own = 0
    for person in people(200, "pl", 1, TODAY):
        values = person.fill(form, hints)
        assert bool(values.get("a.A1.")) != bool(values.get("a.A1.own"))
        own += bool(values.get("a.A1.own"))
    assert 0 < own < 40


def test_who_writes_something_else_chooses_that_and_nobody_chooses_it_without_words() -> None:
    form = [
        Field("a.A1.", "Which?", "Input.ChoiceSet", choices=[("One", "1"), ("Two", "2"), ("Something else", "*")]),
        text("a.A1.own", "Another", max_length=2_280),
    ]
    hints = {"stage": "action", "prompts": [
        {"id": "A1", "kind": "choice", "most": 1, "required": True, "max_chars": 140, "other": "*"},
    ]}
    filled = [person.fill(form, hints) for person in people(200, "pl", 1, TODAY)]
    found = {(values["a.A1."] == "*", bool(values.get("a.A1.own"))) for values in filled}
    assert found == {(True, True), (False, False)}


def test_people_keep_to_what_the_form_says_and_not_to_what_its_fields_take() -> None:
    form = [
        text("a.E1.why", "Why", max_length=2_080, multiline=True, required=True),
        text("a.A1.own", "Another", max_length=2_280, required=True),
        text("a.C3.1.with", "With whom", max_length=2_280, required=True),
        text("a.A2.", "What", max_length=3_400, multiline=True, required=True),
    ]
    hints = {"stage": "action", "prompts": [
        {"id": "E1", "kind": "form", "columns": ["why"], "limits": {"why": 50}},
        {"id": "A1", "kind": "choice", "max_chars": 90},
        {"id": "C3", "kind": "commitment", "limits": {"what": 280, "with": 20}},
        {"id": "A2", "kind": "text", "max_chars": 700},
    ]}
    most = {"a.E1.why": 50, "a.A1.own": 90, "a.C3.1.with": 20, "a.A2.": 700}
    for person in (*people(60, "pl", 3, TODAY), *map(awkward, people(60, "pl", 3, TODAY))):
        values = person.fill(form, hints)
        assert {name: len(str(values.get(name, ""))) <= most[name] for name in most} == dict.fromkeys(most, True)


def test_nothing_in_a_form_is_too_odd_to_be_filled() -> None:
    person = people(1, "lv", 1, TODAY)[0]
    odd = [
        text("", ""), text("x", "", max_length=1, required=True), Field("c", "", "Input.ChoiceSet", required=True),
        Field("n", "", "Input.Number", least=5, most=5, required=True), Field("t", "", "Input.Time", required=True),
    ]
    for hints in ({}, {"prompts": "?"}, {"prompts": [1, {"id": None}, {"id": "x", "max_chars": "many"}]}):
        values = person.fill(odd, hints)
        assert len(str(values["x"])) == 1
        assert values["n"] == "5"
        assert "c" not in values


def test_the_same_seed_says_the_same() -> None:
    first, second = people(8, "pl", 7, TODAY), people(8, "pl", 7, TODAY)
    assert [one.fill(FORM, HINTS) for one in first] == [one.fill(FORM, HINTS) for one in second]
    assert [one.fill(FORM, HINTS) for one in first] != [one.fill(FORM, HINTS) for one in people(8, "pl", 8, TODAY)]
