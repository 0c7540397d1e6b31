"""Forms of one field a row, or two: what was chosen comes back when something is wrong, and is kept if it is right."""

from __future__ import annotations

from cards import draw
from tests.cards.walk import inputs_of, text_of
from tests.dialogs.talk import Talk, said, shown, why
from tests.workshop.session import asks, plan_of, step
from workshop.plan import Item
from workshop.prompts.matrix import MatrixRules
from workshop.prompts.scale import ScaleRules
from workshop.views import AnswerForm, Receipt

ROWS = (Item("law", {"en": "Law"}), Item("money", {"en": "Money"}))
AXES = ({"en": "Effect"}, {"en": "Ease"})
PLAN = plan_of(
    [
        step(
            "one",
            asks("S", "scale", ScaleRules(ROWS, 5), required=True),
            asks("M", "matrix", MatrixRules(ROWS, AXES, 5)),
        )
    ]
)


async def test_half_filled_rows_come_back_and_whole_ones_are_recorded_changed_and_withdrawn() -> None:
    talk = await Talk(PLAN).starts()
    half = {"a.S.law": "4", "a.M.law.x": "5", "a.M.money.x": "1", "a.M.money.y": "2"}
    refused = shown(await talk.turn("ivan", "submit", step=0, **half), AnswerForm)
    assert why(refused) == "wrong_answers"
    wrong = [(one.prompt, one.part, one.wrong.value) for form in refused.forms for one in form.problems]
    assert wrong == [("S", "money", "required"), ("M", "law.y", "half_a_point")]
    fields = inputs_of(draw(refused, "en"))
    assert list(fields) == ["a.S.law", "a.S.money", "a.M.law.x", "a.M.law.y", "a.M.money.x", "a.M.money.y"]
    assert {name: field["value"] for name, field in fields.items() if "value" in field} == half
    whole = {**half, "a.S.money": "na", "a.M.law.y": "3"}
    receipt = shown(await talk.turn("ivan", "submit", step=0, **whole), Receipt)
    assert [one.value for one in receipt.recorded] == [
        {"rows": {"law": 4, "money": "na"}},
        {"points": {"law": [5, 3], "money": [1, 2]}},
    ]
    assert "4 · Law\ndoes not apply · Money" in text_of(draw(receipt, "en"))
    form = shown(await talk.turn("ivan", "change", step=0), AnswerForm)
    assert {name: field.get("value") for name, field in inputs_of(draw(form, "en")).items()} == whole
    open_again = {**whole, "a.M.law.x": "-", "a.M.law.y": "-"}
    receipt = shown(await talk.turn("ivan", "submit", step=0, **open_again), Receipt)
    assert receipt.recorded[1].value == {"points": {"money": [1, 2]}}
    assert said(await talk.turn("ivan", "withdraw", step=0)) == "withdrawn"
    assert not talk.memory.kept[talk.w.id]
