"""Answering for a group in the dialog: who does is said, others read it, take over, or are told and keep their text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cards import draw
from tests.cards.walk import parts, text_of
from tests.dialogs.talk import Talk, facts, said, shown, why
from tests.workshop.session import DOTS, ONE_COLUMN, TEXT, asks, plan_of, step
from workshop.plan import Plan, Source
from workshop.service import NotStored
from workshop.tally import board_of
from workshop.views import AnswerForm, Console, GroupsForm, NudgeCard, Receipt

OUR = replace(asks("G", "text", TEXT, required=True), per_group=True)
MINE = asks("P", "text", TEXT)
LATER = replace(asks("Q", "text", TEXT), quotes=("G",))
ONLY = plan_of([replace(step("ours", OUR), in_groups=True), step("later", LATER)], [], [], [])
BOTH = plan_of([replace(step("ours", OUR, MINE), in_groups=True), step("later", LATER)], [], [], [])


async def held(plan: Plan = ONLY, groups: str = "2") -> Talk:
    """Ivan, Eva, Ola and Zoe in two groups: Ivan with Eva, or whoever the search put there."""
    talk = await Talk(plan).opens()
    await talk.turn("zoe", "joined")
    if groups:
        await talk.turn("anna", "form_groups", way="count", number=groups)
    await talk.turn("anna", "start", moves=talk.w.moves)
    return talk


def beside(talk: Talk, who: str) -> str:
    """Somebody else of the same group."""
    group = talk.w.group_of(who)
    members = group.members if group else tuple(person.id for person in talk.w.joined)
    return next(member for member in members if member != who)


def data(form: AnswerForm, verb: str, title: str = "") -> dict[str, object]:
    """What goes with a button of the form."""
    card = draw(form, "en")
    found = [part for part in parts(card) if isinstance(part.get("data"), dict) and part["data"].get("verb") == verb]
    return dict(next(one["data"] for one in found if title in (one["title"], "")))


def titles(form: AnswerForm, language: str = "en") -> list[str]:
    return [str(part["title"]) for part in parts(draw(form, language)) if str(part.get("type")) == "Action.Submit"]


def press(form: AnswerForm, verb: str, title: str = "", **fields: str) -> dict[str, object]:
    """The data of a button with what is typed; without the verb and what only programs read."""
    sent = data(form, verb, title)
    return {name: value for name, value in sent.items() if name not in ("verb", "prompts")} | fields


async def test_the_first_of_a_group_answers_for_it_and_the_receipt_says_so() -> None:
    talk = await held()
    form = shown(await talk.turn("ivan", "answer"), AnswerForm)
    words = text_of(draw(form, "en"))
    assert "Whoever of you sends it first answers for it." in words
    assert "who wrote it stands only in your group's form" in words
    receipt = shown(await talk.turn("ivan", "submit", **press(form, "submit", **{"a.G.": "ours"})), Receipt)
    number = talk.w.group_of("ivan").number  # type: ignore[union-attr]
    assert f"For Group {number}" in text_of(draw(receipt, "en")) and "ours" in text_of(draw(receipt, "en"))
    again = shown(await talk.turn("ivan", "change"), AnswerForm)
    assert again.forms[0].given == {"": "ours"} and again.forms[0].prompt.required
    assert "You answer for it." in text_of(draw(again, "en"))
    assert titles(again) == ["Replace my answer", "Withdraw"]
    assert said(await talk.turn("ivan", "withdraw", **press(again, "withdraw"))) == "withdrawn"


async def test_others_of_the_group_read_it_and_take_over() -> None:
    talk = await held()
    await talk.turn("ivan", "submit", **{"a.G.": "ours"})
    other = beside(talk, "ivan")
    form = shown(await talk.turn(other, "answer"), AnswerForm)
    words = text_of(draw(form, "en"))
    assert form.forms[0].read_only and "Ivan answers for it." in words
    assert "Recorded for the group, by Ivan:" in words and "ours" in words
    assert titles(form) == ["Answer for the group instead"] and "a.G." not in str(draw(form, "en"))
    mine = shown(await talk.turn(other, "speak", **press(form, "speak")), AnswerForm)
    assert why(mine) == "speaks_for_group" and mine.forms[0].given == {"": "ours"}
    words = text_of(draw(mine, "en"))
    assert "You answer for it." in words and "Before: Ivan." in words and "Recorded for the group, by Ivan:" in words
    assert "its record says so" in words
    await talk.turn(other, "submit", **press(mine, "submit", **{"a.G.": "mine"}))
    his = shown(await talk.turn("ivan", "answer"), AnswerForm)
    assert his.forms[0].read_only and f"Recorded for the group, by {other.title()}:" in text_of(draw(his, "en"))
    assert why(shown(await talk.turn("ivan", "speak", **press(form, "speak")), AnswerForm)) == "spoken_for"


async def test_two_at_once_the_second_is_told_and_keeps_the_text() -> None:
    talk = await held()
    other = beside(talk, "ivan")
    form = shown(await talk.turn(other, "answer"), AnswerForm)
    await talk.turn("ivan", "submit", **{"a.G.": "ours"})
    reply = await talk.turn(other, "submit", delivery="d1", **press(form, "submit", **{"a.G.": "mine"}))
    told = shown(reply, AnswerForm)
    assert why(told) == "spoken_for" and facts(reply)["who"] == "Ivan"
    assert told.forms[0].given == {"": "mine"} and not told.forms[0].read_only
    words = text_of(draw(told, "en"))
    assert "Ivan answers for Group" in words and "Recorded for the group, by Ivan:" in words and "ours" in words
    assert titles(told) == ["Take over and send"]
    taken = press(told, "submit", **{"a.G.": "mine"})
    receipt = shown(await talk.turn(other, "submit", delivery="d2", **taken), Receipt)
    assert receipt.recorded[0].value == {"text": "mine"}
    same = shown(await talk.turn(other, "submit", delivery="d2", **taken), Receipt)
    assert same.recorded[0].value == {"text": "mine"}, "delivered again"
    assert why(shown(await talk.turn(other, "submit", **{"a.G.": "x" * 1001}), AnswerForm)) == "wrong_answers"


async def test_beside_one_s_own_questions() -> None:
    talk = await held(BOTH)
    await talk.turn("ivan", "submit", **{"a.G.": "ours", "a.P.": "his"})
    other = beside(talk, "ivan")
    form = shown(await talk.turn(other, "answer"), AnswerForm)
    assert [one.read_only for one in form.forms] == [True, False]
    assert titles(form) == ["Send", "Answer for the group instead"]
    assert [hint["id"] for hint in data(form, "submit")["prompts"]] == ["P"]  # type: ignore[attr-defined]
    receipt = shown(await talk.turn(other, "submit", **press(form, "submit", **{"a.P.": "hers"})), Receipt)
    assert [one.prompt.id for one in receipt.recorded] == ["P"], "the group's is not hers"
    stale = await talk.turn(other, "submit", **{"a.G.": "mine", "a.P.": "hers too"})
    told = shown(stale, AnswerForm)
    assert why(told) == "spoken_for" and titles(told) == ["Send only my own answers", "Take over and send", "Withdraw"]
    own = press(told, "submit", "Send only my own answers", **{"a.G.": "mine", "a.P.": "hers too"})
    receipt = shown(await talk.turn(other, "submit", **own), Receipt)
    assert [one.value for one in receipt.recorded] == [{"text": "hers too"}]
    again = shown(await talk.turn(other, "answer"), AnswerForm)
    assert titles(again) == ["Replace my answer", "Answer for the group instead", "Withdraw"]
    taking = press(again, "speak", **{"a.P.": "unsent"})
    mine = shown(await talk.turn(other, "speak", **taking), AnswerForm)
    assert [dict(one.given) for one in mine.forms] == [{"": "ours"}, {"": "unsent"}], "what was typed stays"


async def test_named_by_a_facilitator_before_anybody_answered() -> None:
    talk = await held()
    other = beside(talk, "ivan")
    place = str(list(talk.w.people).index("ivan"))
    form = shown(await talk.turn("anna", "groups"), GroupsForm)
    words = text_of(draw(form, "en"))
    assert "Who answers for their group" in words and "nobody yet" in words
    reply = await talk.turn("anna", "name_speaks", speaker=place)
    assert why(shown(reply, GroupsForm)) == "spokesperson_named" and facts(reply)["who"] == "Ivan"
    assert ": Ivan" in text_of(draw(shown(reply, GroupsForm), "en"))
    waits = shown(await talk.turn(other, "answer"), AnswerForm)
    assert "Ivan answers for it." in text_of(draw(waits, "en"))
    assert "Nothing is recorded for the group yet." in text_of(draw(waits, "en"))


@pytest.mark.parametrize("who", ["", "nobody here", "ivan, eva"])
async def test_naming_nobody_or_two(who: str) -> None:
    talk = await held()
    form = shown(await talk.turn("anna", "name_speaks", speaker=who), GroupsForm)
    assert why(form) == "not_in_workshop" and form.speaker == who
    assert said(await talk.turn("ivan", "name_speaks", speaker="ivan")) == "only_facilitators"


async def test_a_plan_that_asks_no_group_names_nobody() -> None:
    talk = await Talk().starts()
    form = shown(await talk.turn("anna", "groups"), GroupsForm)
    assert "Who answers for their group" not in text_of(draw(form, "en"))


async def test_moved_away_while_writing() -> None:
    talk = await held()
    form = shown(await talk.turn("ivan", "answer"), AnswerForm)
    there = talk.w.group_of("ivan")
    assert there is not None
    other = next(group for group in talk.w.groups if group is not there)
    place = str(list(talk.w.people).index("ivan"))
    await talk.turn("anna", "move_to_group", person=place, group=str(other.number))
    told = shown(await talk.turn("ivan", "submit", **press(form, "submit", **{"a.G.": "mine"})), AnswerForm)
    assert why(told) == "other_group" and told.forms[0].given == {"": "mine"}
    assert f"You are in Group {other.number} now" in text_of(draw(told, "en"))
    receipt = shown(await talk.turn("ivan", "submit", **press(told, "submit", **{"a.G.": "mine"})), Receipt)
    assert f"For Group {other.number}" in text_of(draw(receipt, "en"))


async def test_taking_over_where_it_cannot_be() -> None:
    talk = await held()
    assert said(await Talk().turn("ivan", "speak")) == "no_workshop"
    assert said(await talk.turn("max", "speak", step=0, group="group:1", seen=0)) == "join_first"
    await talk.turn("ivan", "submit", **{"a.G.": "ours"})
    form = shown(await talk.turn(beside(talk, "ivan"), "answer"), AnswerForm)
    talk.memory.fails = NotStored(certain=True)
    told = shown(await talk.turn(beside(talk, "ivan"), "speak", **press(form, "speak")), AnswerForm)
    assert why(told) == "not_stored" and told.forms[0].read_only
    talk.memory.fails = None
    await talk.turn("anna", "close", moves=talk.w.moves)
    assert said(await talk.turn(beside(talk, "ivan"), "speak", **press(form, "speak"))) == "step_over"


async def test_what_the_group_gave_is_quoted_to_each_of_them() -> None:
    talk = await held()
    await talk.turn("ivan", "submit", **{"a.G.": "ours"})
    await talk.next()
    other = beside(talk, "ivan")
    form = shown(await talk.turn(other, "answer"), AnswerForm)
    assert [one.value for one in form.forms[0].quoted] == [{"text": "ours"}]
    assert "For Group" in text_of(draw(form, "en"))
    foreign = next(who for who in ("ivan", "eva", "ola", "zoe") if who not in ("ivan", other))
    assert shown(await talk.turn(foreign, "answer"), AnswerForm).forms[0].quoted == ()


async def test_the_console_and_the_reminder_count_groups() -> None:
    talk = await held()
    await talk.turn("ivan", "submit", **{"a.G.": "ours"})
    console = shown(await talk.turn("anna", "console"), Console)
    words = text_of(draw(console, "en"))
    assert "Answered for the group: 1 of 2 groups" in words and "Not yet: Group" in words
    assert "Answered: " not in words and console.silent == () and console.by_group == ()
    board = board_of(talk.w, talk.memory.kept[talk.w.id].values())
    assert "Answered for the group so far: 1 of 2 groups." in text_of(draw(NudgeCard(board, 0), "en"))
    assert "person has answered" not in text_of(draw(NudgeCard(board, 0), "en"))
    both = await held(BOTH)
    for who in ("ivan", beside(both, "ivan")):
        await both.turn(who, "submit", **{"a.P.": "words"})
    await both.turn("ivan", "submit", **{"a.P.": "words", "a.G.": "ours"})
    words = text_of(draw(shown(await both.turn("anna", "console"), Console), "en"))
    assert "Answered: 2 of 4" in words and "Answered for the group: 1 of 2 groups" in words
    for who in ("eva", "ola", "zoe"):
        await both.turn(who, "submit", **{"a.G.": "theirs"})
    words = text_of(draw(shown(await both.turn("anna", "console"), Console), "en"))
    assert "2 of 2 groups" in words and "Not yet" not in words


async def test_in_polish_and_without_groups() -> None:
    talk = await held(groups="")
    await talk.turn("ivan", "submit", **{"a.G.": "ours"})
    form = shown(await talk.turn("eva", "answer"), AnswerForm)
    words = text_of(draw(form, "pl"))
    assert "Wszyscy razem" in words and "W jej imieniu odpowiada Ivan." in words
    assert titles(form, "pl") == ["Odpowiadaj w imieniu grupy"]


async def test_a_group_s_votes_are_read_by_the_others() -> None:
    vote = replace(asks("V", "vote", DOTS, Source("N")), per_group=True)
    plan = plan_of(
        [step("notes", asks("N", "notes", ONE_COLUMN)), replace(step("vote", vote), in_groups=True)], [], [], []
    )
    talk = await held(plan, groups="1")
    await talk.turn("ivan", "submit", **{"a.N.all": "desk\nmap"})
    await talk.next()
    form = shown(await talk.turn("ivan", "answer"), AnswerForm)
    key = form.forms[0].items[0].key
    await talk.turn("ivan", "submit", **{f"a.V.{key}": "2"})
    untouched = {f"a.V.{item.key}": "0" for item in form.forms[0].items}
    told = await talk.turn("eva", "submit", **untouched)
    assert said_of(told) == "nothing_given", "nothing was chosen, so nothing was to be refused"
    read = shown(await talk.turn("eva", "answer"), AnswerForm)
    assert "2 dots" in text_of(draw(read, "en")) and "desk" in text_of(draw(read, "en"))


def said_of(reply: object) -> str:
    return why(getattr(reply, "view", None))


async def test_an_answer_of_the_group_before_that_comes_again_is_not_said_to_be_taken_back() -> None:
    talk = await held()
    form = shown(await talk.turn("ivan", "answer"), AnswerForm)
    given = press(form, "submit", **{"a.G.": "ours"})
    await talk.turn("ivan", "submit", delivery="d1", said=talk.now, **given)
    before = talk.w.group_of("ivan")
    other = next(group.number for group in talk.w.groups if group != before)
    await talk.turn("anna", "move_to_group", person="ivan", group=str(other))
    assert said(await talk.turn("ivan", "submit", delivery="d1", said=talk.now, **given)) == "came_late"


async def test_what_is_not_stored_comes_back_to_whoever_speaks_for_the_group() -> None:
    talk = await held()
    form = shown(await talk.turn("ivan", "answer"), AnswerForm)
    talk.memory.fails = NotStored(certain=True)
    back = shown(await talk.turn("ivan", "submit", **press(form, "submit", **{"a.G.": "ours"})), AnswerForm)
    assert why(back) == "not_stored" and not back.answered
    assert [one.given for one in back.forms if one.prompt.id == "G"] == [{"": "ours"}]
