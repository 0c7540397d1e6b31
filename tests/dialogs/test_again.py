"""A rating asked again: its form shows one's own first number, and nobody else's, also when it comes back refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cards import draw
from tests.cards.walk import buttons_of, text_of
from tests.dialogs.talk import Talk, shown
from tests.workshop.session import TEXT, asks, plan_of, step
from workshop.plan import Plan
from workshop.prompts.rating import RatingRules
from workshop.views import AnswerForm, Receipt

SURE = RatingRules(1, 10)


def twice(anonymous: bool) -> Plan:
    again = replace(asks("R2", "rating", SURE, anonymous=anonymous), again="R1")
    return plan_of(
        [step("one", asks("R1", "rating", SURE, anonymous=anonymous)), step("two", again, asks("T", "text", TEXT))]
    )


async def second(anonymous: bool = False) -> Talk:
    """Ivan said 3, Eva 8 the first time; the second step is open."""
    talk = await Talk(twice(anonymous)).starts()
    for who, number in (("ivan", "3"), ("eva", "8")):
        shown(await talk.turn(who, "submit", step=0, **{"a.R1.": number}), Receipt)
    return await talk.next()


@pytest.mark.parametrize("anonymous", [False, True])
async def test_the_second_form_shows_one_s_own_first_number(anonymous: bool) -> None:
    talk = await second(anonymous)
    for who, number in (("ivan", "3"), ("eva", "8"), ("ola", "")):
        form = shown(await talk.turn(who, "answer", step=1), AnswerForm)
        assert [one.before for one in form.forms] == [number, ""]
        assert not form.answered, "the first answer is no answer to this step"
        assert [dict(one.given) for one in form.forms] == [{}, {}]
        assert ("Your number the first time" in text_of(draw(form, "en"))) == bool(number)


async def test_a_refused_form_still_shows_it_because_it_goes_with_the_form() -> None:
    talk = await second()
    form = shown(await talk.turn("ivan", "answer", step=1), AnswerForm)
    data = buttons_of(draw(form, "en"))["submit"]
    assert data["before"] == {"R2": "3"}
    sent = {**data, "a.R2.": "11"}
    refused = shown(await talk.turn("ivan", sent.pop("verb"), **sent), AnswerForm)
    assert [one.before for one in refused.forms] == ["3", ""]
    assert "Your number the first time: 3" in text_of(draw(refused, "en"))
    assert refused.forms[0].given == {"": "11"}
    nothing = buttons_of(draw(shown(await talk.turn("ola", "answer", step=1), AnswerForm), "en"))["submit"]
    assert "before" not in nothing


@pytest.mark.no_cover
@pytest.mark.parametrize("forged", ["3", None, ["R2"], {"R2": {"a": 1}}, {"R2": "<b>" * 50_000}])
async def test_a_forged_first_number_is_shown_to_nobody(forged: object) -> None:
    talk = await second()
    refused = shown(await talk.turn("ivan", "submit", step=1, before=forged, **{"a.R2.": "11"}), AnswerForm)
    assert "Your number" not in text_of(draw(refused, "en"))


async def test_the_receipt_of_the_second_time_has_the_second_number_only() -> None:
    talk = await second()
    receipt = shown(await talk.turn("ivan", "submit", step=1, **{"a.R2.": "7"}), Receipt)
    assert [(one.prompt.id, one.value) for one in receipt.recorded] == [("R2", {"value": 7}), ("T", None)]
    form = shown(await talk.turn("ivan", "change", step=1), AnswerForm)
    assert (form.answered, form.forms[0].given, form.forms[0].before) == (True, {"": "7"}, "3")
