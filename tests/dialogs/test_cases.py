"""Asking owners, answering within a case, and what those see whom a step asks nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from cards import draw, title_of
from cards.cases import turn_of
from cards.elements import weight_of
from cards.sentences import sentence
from locales import LANGUAGES, words
from tests.cards.lint import lint
from tests.cards.walk import buttons_of, text_of
from tests.dialogs.talk import Talk, facts, said, shown, why
from tests.workshop.caseload import TOLD, plan
from workshop.model import Answer, Group, Status
from workshop.prompts.kind import item_key
from workshop.refusals import Reason, Refused
from workshop.said import Said, Spoken
from workshop.tally import Board, Page, board_of
from workshop.views import AnswerForm, BoardCard, BoardPage, CaseForm, CasesCard, Console, Receipt, StageCard, View
from workshop.wall import wall

MUD, MONEY = item_key("mud"), item_key("money")


async def voted(in_groups: bool = False) -> Talk:
    talk = await Talk(plan(in_groups)).starts()
    if in_groups:
        await talk.turn("anna", "form_groups", way="count", number="3")
    await talk.turn("ivan", "submit", **{"a.A5.all": "mud"})
    await talk.turn("eva", "submit", **{"a.A5.all": "money"})
    await talk.next()
    for who, key, dots in (("ivan", MUD, "2"), ("eva", MONEY, "1")):
        await talk.turn(who, "submit", **{f"a.A7.{key}": dots})
    return talk


async def begun() -> Talk:
    talk = await voted()
    await talk.next()
    await talk.turn("ivan", "answer_case", case=MUD, agreed=True)
    await talk.turn("eva", "answer_case", case=MONEY, agreed=True)
    return await talk.next()


async def board(talk: Talk) -> Board:
    read = await talk.memory.answers(talk.w.id)
    assert read is not None
    return board_of(*read)


async def test_the_facilitator_is_told_that_owners_are_asked_and_waits_for_them() -> None:
    talk = await voted()
    console = shown(await talk.turn("anna", "console"), Console)
    assert console.proposes == 2 and "the owners of 2 cases are asked" in text_of(draw(console, "en"))
    assert "Next: ask the owners of the cases" in str(draw(console, "en"))
    reply = await talk.turn("anna", "next", moves=talk.w.moves)
    assert (why(shown(reply, Console)), facts(reply)) == ("cases_proposed", {"cases": 2})
    waits = await talk.turn("anna", "next", moves=talk.w.moves)
    assert (why(shown(waits, Console)), facts(waits)) == ("cases_wait", {"waiting": 2})
    assert "drop_cases" in buttons_of(draw(shown(waits, Console), "en"))
    assert "Cases: 0 to open, 0 not, 2 without an answer yet." in text_of(draw(shown(waits, Console), "en"))
    assert said(await talk.types("ivan", "drop_cases")) == "only_facilitators"
    dropped = shown(await talk.turn("anna", "drop_cases"), Console)
    assert why(dropped) == "cases_dropped" and "drop_cases" not in buttons_of(draw(dropped, "en"))
    assert said(await Talk().turn("anna", "drop_cases")) == "no_workshop"


async def test_an_owner_is_asked_privately_and_nobody_else_learns_whose_it_is() -> None:
    talk = await voted()
    await talk.next()
    card = text_of(draw(CasesCard(talk.w), "en"))
    assert "Ivan" not in card and "1. mud" in card and "Whoever wrote it is asked." in card
    form = shown(await talk.turn("ivan", "my_case"), CaseForm)
    assert form.case.label[""] == "mud"
    assert said(await talk.turn("ola", "my_case")) == "not_your_case"
    assert said(await Talk().turn("ola", "my_case")) == "no_workshop"
    assert said(await Talk().turn("ola", "answer_case")) == "no_workshop"
    assert said(await talk.turn("ola", "answer_case", case=MUD, agreed=True)) == "not_your_case"
    assert said(await talk.turn("eva", "answer_case", case=MONEY, agreed=False)) == "case_declined"
    assert said(await talk.turn("ivan", "answer_case", case=MUD, agreed="true")) == "case_agreed"
    card = text_of(draw(CasesCard(talk.w), "en"))
    assert "Ivan brings it in." in card and "Eva" not in card and "It is not opened." in card


async def test_an_owner_whose_older_word_comes_late_is_told_what_stands() -> None:
    """Agreed to first, which came to nothing, then declined; then the first arrives once more."""
    talk = await voted()
    await talk.next()
    later = talk.now + timedelta(seconds=1)
    await talk.turn("ivan", "answer_case", case=MUD, agreed=False, delivery="d2", said=later)
    late = await talk.turn("ivan", "answer_case", case=MUD, agreed=True, delivery="d1", said=talk.now)
    assert said(late) == "case_declined"
    assert "It is not opened." in text_of(draw(CasesCard(talk.w), "en"))


async def test_who_agreed_is_told_so_again_whatever_became_of_the_case() -> None:
    talk = await voted()
    await talk.next()
    agrees = {"case": MUD, "agreed": True, "delivery": "d1", "said": talk.now}
    assert said(await talk.turn("ivan", "answer_case", **agrees)) == "case_agreed"
    await talk.turn("anna", "back", moves=talk.w.moves)
    await talk.turn("ivan", "withdraw", step=0)
    await talk.next()
    await talk.turn("eva", "submit", **{f"a.A7.{MONEY}": "1"})
    await talk.next()
    assert MUD not in [case.key for case in talk.w.cases]
    assert said(await talk.turn("ivan", "answer_case", **agrees)) == "case_agreed"


async def test_in_a_case_each_is_asked_what_is_theirs_to_give() -> None:
    talk = await begun()
    owner = shown(await talk.turn("ivan", "answer"), AnswerForm)
    assert [one.prompt.id for one in owner.forms] == ["E1"] and "Case 1 · Ivan" in text_of(draw(owner, "en"))
    assert buttons_of(draw(owner, "en"))["submit"]["case"] == MUD
    listener = shown(await talk.turn("ola", "answer"), AnswerForm)
    assert listener.forms == () and "Everybody else listens." in text_of(draw(listener, "en"))
    receipt = shown(await talk.turn("ivan", "submit", case=MUD, **{"a.E1.": "The story"}), Receipt)
    assert receipt.case is not None and "Case 1 · Ivan" in text_of(draw(receipt, "en"))
    assert shown(await talk.turn("ivan", "answer"), AnswerForm).answered
    assert dict(shown(await talk.turn("ivan", "answer"), AnswerForm).forms[0].given) == {"": "The story"}
    await talk.next()
    peer = shown(await talk.turn("ola", "answer"), AnswerForm)
    assert [one.prompt.id for one in peer.forms] == ["E4", "E0"]
    assert [one.prompt.id for one in shown(await talk.turn("ivan", "answer"), AnswerForm).forms] == ["E0"]


async def test_cards_say_which_case_they_are_about() -> None:
    talk = await begun()
    stage = buttons_of(draw(StageCard(await board(talk), 2), "en"))
    assert (stage["answer"]["step"], stage["answer"]["round"]) == (TOLD, 0)
    form = shown(await talk.turn("ivan", "answer"), AnswerForm)
    assert buttons_of(draw(form, "en"))["submit"]["round"] == 0
    await talk.turn("ivan", "submit", case=MUD, **{"a.E1.": "The story"})
    await talk.next()
    await talk.turn("ola", "submit", case=MUD, **{"a.E4.all": "Dig a ditch"})
    await talk.next()
    pages = [shown(await talk.turn("ola", "board", page=number), BoardPage) for number in range(4)]
    assert [buttons_of(draw(one, "en"))["board"].get("case") for one in pages] == [None, None, MUD, MUD]
    for _ in range(2):
        await talk.next()
    await talk.turn("ola", "submit", case=MONEY, **{"a.E4.all": "Ask the mayor"})
    await talk.next()
    card = draw(StageCard(await board(talk), 2), "en")
    assert buttons_of(card)["answer"]["round"] == 1
    assert "1. Ask the mayor" in text_of(card), "what the owner chooses from"
    assert "Dig a ditch" not in text_of(card), "that was said to the case before"


async def test_the_stage_card_says_whose_turn_it_is() -> None:
    talk = await begun()
    turns = []
    for _ in range(2):
        turns.append(text_of(draw(StageCard(await board(talk), 2), "en")))
        await talk.next()
    assert "Now: Ivan. Everybody else listens." in turns[0]
    assert "Now: everybody." in turns[1], "some of it asks the owner too"
    peers = replace(talk.w.plan.places[3].step, prompts=talk.w.plan.places[3].step.prompts[:1])
    assert turn_of(peers, talk.w.cases[0], talk.w, words("en")) == "Now: everybody but Ivan, who listens."


async def test_a_form_of_the_case_before_comes_back_with_what_was_typed() -> None:
    talk = await begun()
    for _ in range(3):
        await talk.next()
    assert talk.w.case_round == 1
    form = shown(await talk.turn("eva", "submit", step=TOLD, case=MUD, **{"a.E1.": "my story"}), AnswerForm)
    assert why(form) == "other_case" and form.forms[0].given == {"": "my story"}
    assert shown(await talk.turn("eva", "answer"), AnswerForm).answered is False
    await talk.turn("eva", "submit", case=MONEY, **{"a.E1.": "my story"})
    assert said(await talk.turn("eva", "withdraw", case=MONEY)) == "withdrawn"


async def test_the_group_without_a_case_is_told_so() -> None:
    talk = await voted(in_groups=True)
    await talk.next()
    await talk.turn("ivan", "answer_case", case=MUD, agreed=True)
    await talk.turn("anna", "drop_cases")
    await talk.next()
    idle = shown(await talk.turn("ola", "answer"), AnswerForm)
    assert idle.case is None and "Your group has no case now." in text_of(draw(idle, "en"))
    assert "Group" in text_of(draw(CasesCard(talk.w), "en"))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_card_of_a_case_is_one_that_teams_takes(language: str) -> None:
    talk = await begun()
    await talk.turn("ivan", "submit", case=MUD, **{"a.E1.": "The story"})
    w = talk.w
    hostile = "**x** [y](https://evil.example) <at>z</at>"
    label = {"": hostile}
    cases = tuple(replace(case, label=label, group=int(case.owner == "ivan")) for case in w.cases)
    evil = replace(
        w,
        cases=cases,
        groups=(Group(1, ("ivan",)),),
        people={id: replace(person, name=hostile) for id, person in w.people.items()},
    )
    made = board_of(evil, [answer for kept in talk.memory.kept.values() for answer in kept.values()], everything=True)
    step = made.stages[2].steps[0]
    views: list[View] = [
        CasesCard(evil),
        CaseForm(evil, cases[0], Spoken(Said.CASE_AGREED)),
        CaseForm(evil, cases[0], Refused(Reason.CASE_BEGUN)),
        StageCard(made, 2),
        BoardCard(made),
        BoardPage(made, Page(step, step.prompts[0], 0, 10), 0, 1),
        *(AnswerForm(evil, w.plan.places[n], evil.people["ola"], (), case=case) for n in (2, 3, 4) for case in cases),
    ]
    for view in views:
        card = draw(view, language)
        dialog = isinstance(view, CaseForm | AnswerForm | BoardPage)
        assert lint(card, user_words=("https://evil.example", "**x"), edited=not dialog, dialog=dialog) == []
        assert title_of(view, language)


async def test_where_there_is_no_room_the_cases_take_a_line_a_question() -> None:
    talk = await begun()
    one, places = talk.w.cases[0], talk.w.plan.places
    cases = tuple(replace(one, key=f"c{n}", group=n) for n in range(1, 41))
    kept = [answer for author in talk.memory.kept.values() for answer in author.values()]
    helped = [
        Answer("E4", f"p{n}", {"all": ["much was said " * 18]}, case=case.key) for case in cases for n in range(5)
    ]

    def record(count: int) -> str:
        w = replace(
            talk.w, cases=cases[:count], queue=tuple(case.key for case in cases[:count]), status=Status.FINISHED,
            at=len(places) - 1, opened=frozenset(range(len(places))),
        )  # fmt: skip
        card = draw(BoardCard(board_of(w, [*kept, *helped])), "en")
        assert weight_of(card) <= 60 * 1024
        assert lint(card, user_words=(), edited=True, dialog=False) == []
        return text_of(card)

    few = record(2)
    assert len(re.findall(r"E4\?\n5 answers\n⚠ .*\n• much was said", few)) == 2 and "… in" not in few
    many = record(40)
    assert "E4?\n200 answers … in 40 cases" in many
    assert "much was said" not in many.partition("There is more than fits here")[2], "what came of it is said above"
    assert "• mud" in many, "of what else was asked there is as much as there is room for"
    assert many.count("C1?") == 1, "and the end is there"


async def test_after_the_end_nothing_can_be_agreed_to_any_more() -> None:
    talk = await begun()
    await talk.turn("anna", "finish", sure="true", moves=talk.w.moves)
    assert not buttons_of(draw(CasesCard(talk.w), "en"))
    assert "cases" in [hung.slot for hung in wall(await board(talk))]


def test_the_sentences_count() -> None:
    say = words("en")
    assert "1 case is" in sentence(Spoken(Said.CASES_PROPOSED, {"cases": 1}), say)
    assert "2 have not" in sentence(Refused(Reason.CASES_WAIT, {"waiting": 2}), say)
    for told in (Spoken(Said.CASES_PROPOSED), Refused(Reason.CASES_WAIT)):
        assert "owner" in sentence(told, say)
