"""What goes beyond one case: quotes of all of one's own, picks for each case alone, a group's answer in each."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from cards import draw
from cards.phrases import what_comes
from locales import words
from tests.cards.walk import buttons_of, text_of
from tests.dialogs.talk import Talk, facts, said, shown, why
from tests.workshop.caseload import plan
from tests.workshop.session import TEXT, asks, step
from workshop.plan import Plan, Stage
from workshop.prompts.kind import item_key
from workshop.views import AnswerForm, Console, PickForm, Receipt

MUD, MONEY = item_key("mud"), item_key("money")


def with_quotes(per_group: bool = False) -> Plan:
    """The plan of cases, whose last step quotes what was given in them."""
    made = plan(in_groups=per_group)
    experience = made.stages[2]
    told, helped, taken = experience.steps
    if per_group:
        ours = replace(asks("G", "text", TEXT), per_group=True)
        taken = replace(taken, prompts=(*taken.prompts, ours))
    last = replace(asks("Q", "text", TEXT), quotes=("E4", "E5", "G") if per_group else ("E4", "E5"))
    cases = replace(experience, steps=(told, helped, taken))
    stages: tuple[Stage, ...] = (*made.stages[:2], cases, Stage("conclusions", {"en": "Aim"}, (step("after", last),)))
    return replace(made, stages=stages)


async def at_cases(made: Plan, group: bool = False) -> Talk:
    """Ivan's mud, then Eva's money; all in one group, or all together."""
    talk = await Talk(made).opens()
    if group:
        await talk.turn("anna", "form_groups", way="count", number="1")
    await talk.turn("anna", "start", moves=talk.w.moves)
    await talk.turn("ivan", "submit", **{"a.A5.all": "mud"})
    await talk.turn("eva", "submit", **{"a.A5.all": "money"})
    await talk.next()
    for who, key, dots in (("ivan", MUD, "2"), ("eva", MONEY, "1")):
        await talk.turn(who, "submit", **{f"a.A7.{key}": dots})
    await talk.next()
    await talk.turn("ivan", "answer_case", case=MUD, agreed=True)
    await talk.turn("eva", "answer_case", case=MONEY, agreed=True)
    return await talk.next()


async def one_case(talk: Talk, owner: str, peer: str, suggestion: str) -> None:
    """Told, helped, taken, and on to what comes after it."""
    await talk.next()
    await talk.turn(peer, "submit", **{"a.E4.all": suggestion})
    await talk.turn("ola", "submit", **{"a.E4.all": f"Ola on {suggestion}"})
    await talk.next()
    await talk.turn(owner, "submit", **{"a.E5.": item_key(suggestion)})


async def test_what_one_gave_in_each_case_is_quoted_with_the_case() -> None:
    talk = await at_cases(with_quotes())
    await one_case(talk, "ivan", "eva", "gravel")
    await talk.next()
    await one_case(talk, "eva", "ivan", "a loan")
    await talk.next()
    form = shown(await talk.turn("ola", "answer"), AnswerForm)
    quoted = form.forms[0].quoted
    assert [(one.prompt.id, one.case and one.case.key, one.value) for one in quoted] == [
        ("E4", MUD, {"all": ["Ola on gravel"]}),
        ("E4", MONEY, {"all": ["Ola on a loan"]}),
    ]
    shown_words = text_of(draw(form, "en"))
    assert "Case: mud" in shown_words and "Case: money" in shown_words and "Ola on a loan" in shown_words
    assert "Przypadek: mud" in text_of(draw(form, "pl"))
    his = shown(await talk.turn("ivan", "answer"), AnswerForm).forms[0].quoted
    assert [(one.prompt.id, one.case and one.case.key) for one in his] == [("E4", MONEY), ("E5", MUD)]
    assert [item.label[""] for item in his[1].items] == ["gravel", "Ola on gravel"], "the items of that case"


async def test_a_group_answers_once_in_each_case_and_it_is_quoted_to_each() -> None:
    talk = await at_cases(with_quotes(per_group=True), group=True)
    await one_case(talk, "ivan", "eva", "gravel")
    receipt = await talk.turn("ola", "submit", **{"a.G.": "ours on mud"})
    assert [one.prompt.id for one in shown(receipt, Receipt).recorded] == ["G"]
    owner = await talk.turn("ivan", "submit", **{"a.E5.": item_key("gravel"), "a.G.": "mine"})
    assert why(shown(owner, AnswerForm)) == "spoken_for"
    await talk.next()
    await one_case(talk, "eva", "ivan", "a loan")
    await talk.turn("ola", "submit", **{"a.G.": "ours on money"})
    kept = {key: answer.value for key, answer in talk.memory.kept[talk.w.id].items() if key[0] == "G"}
    assert [key[1] for key in kept] == [MUD, MONEY] and {key[3] for key in kept} == {"group:1"}
    assert talk.w.told_by == {f"G#{MUD}@group:1": "ola", f"G#{MONEY}@group:1": "ola"}
    console = text_of(draw(shown(await talk.turn("anna", "console"), Console), "en"))
    assert "Answered for the group: 1 of 1 group" in console
    await talk.next()
    quoted = shown(await talk.turn("eva", "answer"), AnswerForm).forms[0].quoted
    assert [one.value for one in quoted if one.prompt.id == "G"] == [{"text": "ours on mud"}, {"text": "ours on money"}]


async def test_a_pick_in_a_case_says_which_case_and_what_comes() -> None:
    talk = await at_cases(plan())
    await talk.next()
    for who in ("eva", "ola"):
        await talk.turn(who, "submit", **{"a.E4.all": "\n".join(f"{who} {number}" for number in range(12))})
    await talk.next()
    console = shown(await talk.turn("anna", "console"), Console)
    assert (console.pick, console.pick_case) == ("E5", MUD)
    card = draw(console, "en")
    assert "Next: a choice, with more candidates than it takes. Pick which ones first." in text_of(card)
    data = buttons_of(card)["pick"]
    assert (data["prompt"], data["case"]) == ("E5", MUD)
    form = shown(await talk.turn("anna", "pick", prompt="E5", case=MUD), PickForm)
    assert len(form.candidates) == 24 and form.case is not None and form.case.key == MUD
    assert "Case 1 · Ivan" in text_of(draw(form, "en")) and "Next: a choice. Pick" in text_of(draw(form, "en"))
    assert buttons_of(draw(form, "en"))["picked"]["case"] == MUD
    assert said(await talk.turn("anna", "pick", prompt="E5")) == "other_case"
    assert said(await talk.turn("anna", "picked", prompt="E5", picked=item_key("eva 1"))) == "other_case"
    refused = await talk.turn("anna", "next", moves=talk.w.moves)
    assert facts(refused)["kind"] == "choice"
    picked = await talk.turn("anna", "picked", prompt="E5", case=MUD, picked=item_key("eva 1"))
    after = shown(picked, Console)
    assert why(after) == "picked" and after.pick is None
    again = buttons_of(draw(after, "en"))["pick"]
    assert (again["prompt"], again["case"]) == ("E5", MUD)
    assert shown(await talk.turn("anna", "pick", prompt="E5", case=MUD), PickForm).picked == (item_key("eva 1"),)


@pytest.mark.parametrize(
    ("kind", "english", "polish"),
    [
        ("vote", "a vote", "głosowanie"),
        ("ranking", "a ranking", "ranking"),
        ("points", "points to spread", "rozdzielanie punktów"),
        ("scale", "a rating of items", "ocena pozycji"),
        ("checklist", "a checklist", "lista kontrolna"),
        ("matrix", "places on two axes", "umieszczanie na dwóch osiach"),
        ("choice", "a choice", "wybór"),
        ("choices", "a choice", "wybór"),
        ("another", "a choice", "wybór"),
    ],
)
def test_what_comes_is_called_by_its_kind(kind: str, english: str, polish: str) -> None:
    assert (what_comes(kind, words("en")), what_comes(kind, words("pl"))) == (english, polish)


async def test_an_answer_of_the_case_before_that_comes_again_is_not_said_to_be_taken_back() -> None:
    talk = await at_cases(plan())
    await talk.next()
    step, data = talk.w.at, {"step": talk.w.at, "case": MUD, "a.E4.all": "dig"}
    await talk.turn("ola", "submit", delivery="o1", said=talk.now, **data)
    for _ in range(3):
        await talk.next()
    assert talk.w.at == step, "the next case"
    assert said(await talk.turn("ola", "submit", delivery="o1", said=talk.now, **data)) == "came_late"
    assert [answer.value for answer in talk.memory.kept[talk.w.id].values() if answer.prompt == "E4"] == [
        {"all": ["dig"]}
    ]


async def test_an_older_answer_of_the_case_before_is_told_that_its_case_is_over() -> None:
    """What was said since was about another case: it takes nothing from her, and she is not told that it did."""
    talk = await at_cases(plan())
    await talk.next()
    step, data = talk.w.at, {"step": talk.w.at, "case": MUD, "a.E4.all": "dig"}
    await talk.turn("eva", "submit", **data)
    for _ in range(3):
        await talk.next()
    newer = {"step": step, "case": MONEY, "a.E4.all": "earn"}
    await talk.turn("ola", "submit", delivery="o2", said=talk.now + timedelta(seconds=9), **newer)
    late = shown(await talk.turn("ola", "submit", delivery="o1", said=talk.now, **data), AnswerForm)
    assert why(late) == "other_case" and late.forms[0].given == {"all": "dig"}, "what she typed is still there"
