"""Giving an answer: the form, the receipt, the refusal with the text in it, taking back; by button and typed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cards import draw
from dialogs.asking import KEPT
from dialogs.turn import Tell, Via
from tests.cards.walk import buttons_of, text_of
from tests.dialogs.talk import ELSEWHERE, PRIVATE, STRANGE_TENANT, Talk, said, shown, why
from tests.workshop.session import COLLECT, PLAN, VOTE
from workshop.refusals import Refused
from workshop.service import NotStored
from workshop.views import AnswerForm, JoinForm, Opener, Receipt

SECOND = timedelta(seconds=1)


async def voting() -> Talk:
    """The vote is open; Ivan gave two notes."""
    talk = await Talk().starts()
    await talk.turn("ivan", "submit", **{"a.K1.good": "alpha\nbeta", "a.K2.": "words"})
    return await talk.next()


# ---- the form


async def test_the_form_is_empty_first_and_filled_with_what_one_gave() -> None:
    talk = await Talk().starts()
    form = shown(await talk.turn("ivan", "answer", Via.CARD, step=COLLECT), AnswerForm)
    assert not form.answered
    assert [(one.prompt.id, dict(one.given)) for one in form.forms] == [("K1", {}), ("K2", {})]
    await talk.turn("ivan", "submit", step=COLLECT, **{"a.K1.good": "alpha\nbeta"})
    form = shown(await talk.turn("ivan", "change", step=COLLECT), AnswerForm)
    assert form.answered
    assert [dict(one.given) for one in form.forms] == [{"good": "alpha\nbeta"}, {}]
    others = shown(await talk.turn("eva", "answer", step=COLLECT), AnswerForm)
    assert not others.answered and not others.forms[0].given


async def test_typed_it_is_a_button_for_everybody_and_never_somebody_s_answers() -> None:
    talk = await Talk().starts()
    await talk.turn("ivan", "submit", **{"a.K2.": "mine alone"})
    reply = await talk.types("ivan", "answer")
    assert shown(reply, Opener).verb == "answer"
    assert "mine alone" not in repr(reply)
    assert shown(await talk.types("stranger", "answer"), Opener).verb == "answer"


async def test_who_has_not_joined_meets_notice_and_join_first_then_the_answer() -> None:
    talk = await Talk().starts()
    form = shown(await talk.turn("zoe", "answer", step=COLLECT), JoinForm)
    assert (form.step, form.person.name) == (COLLECT, "Zoe")
    after = await talk.turn("zoe", "joined", step="0", language="pl")
    assert shown(after, AnswerForm).person.joined
    assert after.language == "pl"
    assert talk.people.languages == {"ivan": "en", "eva": "en", "ola": "en", "zoe": "pl"}


async def test_the_vote_s_form_has_its_items_without_what_was_hidden_since() -> None:
    talk = await voting()
    items = shown(await talk.turn("eva", "answer", step=VOTE), AnswerForm).forms[0].items
    assert [item.label[""] for item in items] == ["alpha", "beta"]
    await talk.turn("anna", "moderated", shown=[items[1].entries[0]], was=[], hidden=items[1].entries[0])
    reply = await talk.turn("eva", "answer", step=VOTE)
    assert [item.label[""] for item in shown(reply, AnswerForm).forms[0].items] == ["alpha"]
    refused = shown(await talk.turn("eva", "submit", step=VOTE, **{f"a.K4.{items[1].key}": "1"}), AnswerForm)
    assert "beta" not in repr(refused.forms[0].items)


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("step", "reason", "open_now"),
    [
        (COLLECT, "step_over", "Vote"),
        (PLAN, "step_not_open_yet", "Vote"),
        (-1, "step_not_open_yet", "Vote"),
        (99, "step_not_open_yet", "Vote"),
        (10**30, "step_not_open_yet", "Vote"),
    ],
)
@pytest.mark.parametrize("verb", ["answer", "submit", "change"])
async def test_a_button_of_another_step_says_what_is_true_now(verb: str, step: int, reason: str, open_now: str) -> None:
    talk = await voting()
    reply = await talk.turn("ivan", verb, step=step, **{"a.K2.": "late"})
    sentence = reply.sentence if isinstance(reply, Tell) else getattr(reply.view, "sentence", None)
    assert isinstance(sentence, Refused)
    assert (sentence.reason.value, sentence.facts["open"]) == (reason, open_now)
    assert [answer.value for answer in talk.memory.kept[talk.w.id].values()] == [
        {"good": ["alpha", "beta"]},
        {"text": "words"},
    ]


async def test_in_the_lobby_and_in_a_break_and_after_the_end() -> None:
    talk = await Talk().opens()
    assert said(await talk.turn("ivan", "answer")) == "step_not_open_yet"
    await talk.turn("anna", "start")
    await talk.next()
    assert talk.w.at == 2
    reply = await talk.turn("ivan", "answer")
    assert said(reply) == "is_break"
    assert isinstance(reply, Tell) and isinstance(reply.sentence, Refused) and reply.sentence.facts["open"] == ""
    await talk.turn("anna", "late", allowed=True)
    await talk.turn("anna", "finish", sure="true", moves=talk.w.moves)
    for step in (COLLECT, 2, PLAN):
        assert said(await talk.turn("ivan", "answer", step=step)) == "not_now"
    refused = shown(await talk.turn("ivan", "submit", step=COLLECT, **{"a.K2.": "too late"}), AnswerForm)
    assert why(refused) == "not_now"
    assert refused.forms[1].given == {"": "too late"}


# ---- the receipt and the refusal


async def test_the_receipt_says_word_for_word_what_was_recorded() -> None:
    talk = await Talk().starts()
    receipt = shown(await talk.turn("ivan", "submit", **{"a.K1.good": " Alpha \n\nbeta"}), Receipt)
    assert [(one.prompt.id, one.value) for one in receipt.recorded] == [
        ("K1", {"good": ["Alpha", "beta"]}),
        ("K2", None),
    ]


async def test_the_same_delivery_again_gives_the_same_receipt() -> None:
    talk = await Talk().starts()
    first = await talk.turn("ivan", "submit", delivery="d1", **{"a.K2.": "words"})
    again = await talk.turn("ivan", "submit", delivery="d1", **{"a.K2.": "words"})
    assert shown(first, Receipt).recorded == shown(again, Receipt).recorded
    assert len(talk.memory.kept[talk.w.id]) == 1


async def test_a_refused_form_comes_back_with_every_word_and_what_is_wrong_beside_its_field() -> None:
    talk = await Talk().starts()
    form = shown(await talk.turn("ivan", "submit", **{"a.K1.good": "fine", "a.K2.": "x" * 1001}), AnswerForm)
    assert why(form) == "wrong_answers"
    assert [dict(one.given) for one in form.forms] == [{"good": "fine"}, {"": "x" * 1001}]
    assert [len(one.problems) for one in form.forms] == [0, 1]
    assert not talk.memory.kept[talk.w.id]


async def test_a_text_far_too_long_is_given_back_as_far_as_a_dialog_holds_and_counted_in_full() -> None:
    talk = await Talk().starts()
    form = shown(await talk.turn("ivan", "submit", **{"a.K2.": "x" * 100_000}), AnswerForm)
    assert form.forms[1].given == {"": "x" * KEPT}
    assert form.forms[1].problems[0].given == 100_000


async def test_a_refused_change_is_still_a_change_and_what_it_would_have_replaced_counts() -> None:
    talk = await Talk().starts()
    await talk.turn("ivan", "submit", **{"a.K2.": "words"})
    still = "Your earlier answer still counts."

    async def refused(who: str = "ivan", **more: object) -> tuple[bool, bool]:
        card = draw(shown(await talk.turn(who, "submit", **{"a.K2.": "x" * 1001, **more}), AnswerForm), "en")
        buttons = buttons_of(card)
        assert buttons["submit"].get("answered") == (True if "withdraw" in buttons else None)
        return "withdraw" in buttons, still in text_of(card)

    assert await refused() == (True, True)
    assert await refused(**{"a.K2.": " "}) == (True, True), "nothing is given, which is not taking back"
    assert await refused("eva") == (False, False)
    assert await refused("eva", answered=True) == (False, False), "forged, or withdrawn since the form was opened"
    talk.memory.fails = NotStored(certain=True)
    assert await refused(answered=True) == (True, True), "a store in trouble is not asked"
    assert await refused() == (False, False)
    talk.memory.fails = NotStored(certain=False)
    assert await refused(answered=True) == (True, False), "nobody knows yet which of the two counts"


async def test_spaces_however_many_take_nothing_away_from_what_was_said() -> None:
    talk = await Talk().starts()
    receipt = shown(await talk.turn("ivan", "submit", **{"a.K2.": "a" + " " * (2 * KEPT) + "b"}), Receipt)
    assert receipt.recorded[1].value == {"text": "a b"}


async def test_who_has_not_joined_gets_the_text_back_with_the_reason() -> None:
    talk = await Talk().starts()
    form = shown(await talk.turn("zoe", "submit", **{"a.K2.": "before joining"}), AnswerForm)
    assert why(form) == "join_first"
    assert form.forms[1].given == {"": "before joining"}
    assert form.person.name == "Zoe" and not form.person.joined


@pytest.mark.parametrize(("certain", "sentence"), [(True, "not_stored"), (False, "not_confirmed")])
async def test_what_is_not_stored_is_never_called_done(certain: bool, sentence: str) -> None:
    talk = await Talk().starts()
    talk.memory.fails = NotStored(certain)
    form = shown(await talk.turn("ivan", "submit", **{"a.K2.": "words"}), AnswerForm)
    assert why(form) == sentence
    assert form.forms[1].given == {"": "words"}


@pytest.mark.parametrize("forged", [None, 5, True, ["x"], {"x": "y"}, 1.5])
async def test_fields_of_a_forged_type_are_no_fields(forged: object) -> None:
    talk = await Talk().starts()
    form = shown(await talk.turn("ivan", "submit", **{"a.K2.": forged, "a.K1.good": forged, "a.X.": "x"}), AnswerForm)
    assert why(form) == "nothing_given"


async def test_another_person_s_id_in_the_data_changes_nothing_of_theirs() -> None:
    talk = await Talk().starts()
    await talk.turn("eva", "submit", **{"a.K2.": "mine", "by": "ivan", "who": "ivan", "author": "ivan", "name": "Ivan"})
    assert [answer.author for answer in talk.memory.kept[talk.w.id].values()] == ["eva"]


# ---- taking back


async def test_taking_back_and_there_is_nothing_to_take_back() -> None:
    talk = await Talk().starts()
    assert said(await talk.turn("ivan", "withdraw", step=COLLECT)) == "nothing_to_withdraw"
    await talk.turn("ivan", "submit", **{"a.K2.": "words"})
    assert said(await talk.turn("ivan", "withdraw", step=COLLECT)) == "withdrawn"
    assert not talk.memory.kept[talk.w.id]


async def test_taking_back_from_a_closed_step_or_in_vain() -> None:
    talk = await voting()
    assert said(await talk.turn("ivan", "withdraw", step=COLLECT)) == "step_over"
    assert len(talk.memory.kept[talk.w.id]) == 2
    await talk.turn("anna", "late", allowed=True)
    talk.memory.fails = NotStored(certain=False)
    assert said(await talk.turn("ivan", "withdraw", step=COLLECT)) == "not_confirmed"


async def test_a_withdrawal_delivered_twice_is_a_withdrawal_both_times() -> None:
    talk = await Talk().starts()
    await talk.turn("ivan", "submit", **{"a.K2.": "words"})
    assert said(await talk.turn("ivan", "withdraw", step=0, delivery="d1")) == "withdrawn"
    assert said(await talk.turn("ivan", "withdraw", step=0, delivery="d1")) == "withdrawn"


async def test_a_withdrawal_of_nothing_from_a_closed_step_says_that_it_is_closed() -> None:
    talk = await Talk().starts()
    await talk.next()
    assert said(await talk.turn("ivan", "withdraw", step=0)) == "step_over"


# ---- the wrong place


@pytest.mark.parametrize("verb", ["answer", "submit", "withdraw", "change"])
async def test_a_button_carried_to_another_conversation_does_nothing_there(verb: str) -> None:
    talk = await Talk().starts()
    assert said(await talk.turn("ivan", verb, where=ELSEWHERE, w=talk.w.id, **{"a.K2.": "x"})) == "elsewhere"
    assert said(await talk.turn("ivan", verb, where=ELSEWHERE, **{"a.K2.": "x"})) == "no_workshop"
    assert said(await talk.turn("ivan", verb, where=STRANGE_TENANT, w=talk.w.id, **{"a.K2.": "x"})) == "no_workshop"
    assert said(await talk.turn("zoe", verb, where=PRIVATE, w=talk.w.id, **{"a.K2.": "x"})) == "elsewhere"
    for forged in ("nonsense", "../w1", "' OR 1=1 --", "x" * 10_000):
        assert said(await talk.turn("ivan", verb, w=forged)) == "no_workshop"
    assert not talk.memory.kept[talk.w.id]


@pytest.mark.no_cover
@pytest.mark.parametrize("forged", ["\x00", "a\x00", "\ud800", "", None, 5, ["w"], {"w": "w"}])
async def test_what_cannot_name_a_workshop_names_none_and_the_one_here_is_meant(forged: object) -> None:
    talk = await Talk().starts()
    assert shown(await talk.turn("ivan", "answer", w=forged), AnswerForm).workshop is talk.w


async def test_in_a_personal_chat_somebody_answers_the_workshop_they_are_in() -> None:
    talk = await Talk().starts()
    assert shown(await talk.turn("ivan", "answer", where=PRIVATE), AnswerForm).place.number == COLLECT
    assert shown(await talk.turn("ivan", "submit", where=PRIVATE, w=talk.w.id, **{"a.K2.": "x"}), Receipt)
    assert said(await talk.turn("zoe", "answer", where=PRIVATE)) == "no_workshop"


# ---- what comes after what was said later (the store says how it is)


async def test_a_late_answer_is_told_what_stands() -> None:
    talk = await Talk().starts()
    await talk.turn("ivan", "submit", delivery="d2", said=talk.now + SECOND, **{"a.K2.": "newer"})
    late = await talk.turn("ivan", "submit", delivery="d1", said=talk.now, **{"a.K2.": "older"})
    assert [one.value for one in shown(late, Receipt).recorded] == [None, {"text": "newer"}]


async def test_a_late_answer_to_what_was_taken_back_is_told_so() -> None:
    talk = await Talk().starts()
    await talk.turn("ivan", "submit", delivery="d1", said=talk.now, **{"a.K2.": "words"})
    await talk.turn("ivan", "withdraw", step=0, delivery="d3", said=talk.now + 2 * SECOND)
    late = await talk.turn("ivan", "submit", delivery="d2", said=talk.now + SECOND, **{"a.K2.": "between"})
    assert said(late) == "withdrawn" and not talk.memory.kept[talk.w.id]


async def test_who_takes_back_too_late_is_told_what_stands() -> None:
    talk = await Talk().starts()
    await talk.turn("ivan", "submit", delivery="d2", said=talk.now + SECOND, **{"a.K2.": "newer"})
    late = await talk.turn("ivan", "withdraw", step=0, delivery="d1", said=talk.now)
    assert [one.value for one in shown(late, Receipt).recorded] == [None, {"text": "newer"}]


async def test_after_the_end_what_was_recorded_is_told_to_be() -> None:
    talk = await Talk().starts()
    gives = {"delivery": "d1", "said": talk.now, "a.K2.": "words"}
    first = shown(await talk.turn("ivan", "submit", **gives), Receipt)
    await talk.turn("anna", "finish", sure="true", moves=talk.w.moves)
    assert shown(await talk.turn("ivan", "submit", **gives), Receipt).recorded == first.recorded
    late = await talk.turn("ivan", "submit", delivery="d2", said=talk.now + SECOND, **{"a.K2.": "never given"})
    assert why(shown(late, AnswerForm)) == "not_now"
