"""Scale, checklist, matrix and rating in a template: every setting is read, and is the same after being stored."""

from __future__ import annotations

from templates import from_source, read
from tests.templates.trial import RIGHT, refusal
from workshop.plan import Item, Source
from workshop.prompts.checklist import ChecklistRules
from workshop.prompts.matrix import MatrixRules
from workshop.prompts.rating import RatingRules
from workshop.prompts.scale import ScaleRules

STEPS = """\
      - id: figures
        title: {en: Figures, pl: Liczby}
        minutes: 5
        prompts:
          - id: F1
            kind: scale
            text: {en: How well, pl: Jak dobrze}
            from: K1
            top: 5
            high: 7
            ends: {low: {en: Badly, pl: Słabo}, high: {en: Well, pl: Dobrze}}
          - id: F2
            kind: checklist
            text: {en: Is it there, pl: Czy jest}
            rows: {law: {en: Law, pl: Prawo}, money: {en: Money, pl: Pieniądze}}
          - id: F3
            kind: matrix
            text: {en: Where, pl: Gdzie}
            options: {a: {en: A, pl: A}, b: {en: B, pl: B}}
            axes: {x: {en: Effect, pl: Efekt}, y: {en: Ease, pl: Łatwość}}
      - id: sure
        title: {en: Sure, pl: Pewność}
        minutes: 5
        prompts:
          - id: F4
            kind: rating
            text: {en: How sure, pl: Na ile}
            low: 0
            anonymous: true
      - id: sure-again
        title: {en: Sure again, pl: Znowu pewność}
        minutes: 5
        prompts:
          - id: F5
            kind: rating
            text: {en: How sure now, pl: Na ile teraz}
            again: F4
            low: 0
            anonymous: true
"""
HERE = "  - id: experience\n"


def test_every_setting_is_read_and_comes_back() -> None:
    plan = read(RIGHT.replace(HERE, STEPS + HERE, 1), "trial.yaml")
    prompts = plan.prompts
    ends = ({"en": "Badly", "pl": "Słabo"}, {"en": "Well", "pl": "Dobrze"})
    assert (prompts["F1"].rules, prompts["F1"].source) == (ScaleRules((), 7, ends), Source("K1", 5))
    rows = (Item("law", {"en": "Law", "pl": "Prawo"}), Item("money", {"en": "Money", "pl": "Pieniądze"}))
    assert prompts["F2"].rules == ChecklistRules(rows)
    axes = ({"en": "Effect", "pl": "Efekt"}, {"en": "Ease", "pl": "Łatwość"})
    options = tuple(Item(key.lower(), {"en": key, "pl": key}) for key in "AB")
    assert prompts["F3"].rules == MatrixRules(options, axes, 5)
    assert (prompts["F4"].again, prompts["F5"].again) == ("", "F4")
    assert prompts["F5"].rules == RatingRules(0, 10)
    assert from_source(plan.source) == plan


def test_what_is_asked_again_cannot_be_asked_again_itself_but_the_first_time_can() -> None:
    second = STEPS[STEPS.index("      - id: sure-again") :]
    third = second.replace("sure-again", "sure-thrice").replace("F5", "F6")
    plan = read(RIGHT.replace(HERE, STEPS + third + HERE, 1), "trial.yaml")
    assert [plan.prompts[id].again for id in ("F5", "F6")] == ["F4", "F4"]
    said = refusal(RIGHT.replace(HERE, STEPS + third.replace("again: F4", "again: F5") + HERE, 1))
    assert "prompt F6 asks F5 again, which is not asked for the first time" in said
    assert said.endswith("right would be: “F4”")
