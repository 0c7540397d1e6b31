"""An owner finds their own words on the card of cases, and answers the question: yes, no, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from rehearsal.agendas import AGENDAS, LONG, SHORT, agenda_of
from rehearsal.cases import consents, own_case
from rehearsal.console import step_on
from rehearsal.hands import Person
from rehearsal.offers import Offer, Offers, key_of
from rehearsal.people import PEER_LEARNING
from rehearsal.server import Room
from rehearsal.world import Message
from tests.rehearsal.echo import EchoBot, card_of, dialog, opens, text_block, toast

PLACE = PEER_LEARNING.id
Body = dict[str, Any]


def rich(*runs: str) -> Body:
    return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": run} for run in runs]}


def listed(*obstacles: str) -> Body:
    lines = [rich(f"{number}. ", words) for number, words in enumerate(obstacles, 1)]
    mine = opens("Mine", verb="my_case", w="w1")
    return card_of(text_block("Cases"), rich("2. alone in its line"), *lines, actions=[mine])


async def posted(room: Room, bot: EchoBot, card: Body) -> Message:
    return room.world.messages[await bot.post_card(PLACE, card)]


async def test_the_case_in_ones_own_words_that_one_was_not_asked_about_yet(room: Room, bot: EchoBot) -> None:
    message = await posted(room, bot, listed("No money.", "Too much of ever…", "No money"))
    assert own_case(message, {"no money"}, ()) == 1
    assert own_case(message, {"no money"}, {1}) == 3
    assert own_case(message, {"too much of everything"}, ()) == 2
    assert own_case(message, {"too much", "money", "alone in its line"}, ()) is None


@pytest.mark.parametrize(("number", "said"), [(1, "yes"), (2, "no"), (3, "nothing"), (4, "yes"), (8, "yes"), (9, "no")])
async def test_most_owners_agree(room: Room, bot: EchoBot, number: int, said: str) -> None:
    pressed: list[bool] = []

    def answers(activity: Body) -> Body:
        data = activity["value"]["data"]
        if data["verb"] == "my_case":
            actions = [
                {"type": "Action.Submit", "title": title, "data": {"verb": "answer_case", "agreed": agreed}}
                for title, agreed in (("Yes", True), ("No", False))
            ]
            return dialog("Your case", card_of(text_block("May they?"), actions=actions))
        pressed.append(data["agreed"])
        return {"task": {"type": "message", "value": "Thank you"}}

    assert await asks(room, bot, answers, number) == said
    assert pressed == {"yes": [True], "no": [False], "nothing": []}[said]


async def test_somebody_else_wrote_it_first_or_nobody_answers(room: Room, bot: EchoBot) -> None:
    assert await asks(room, bot, lambda activity: {"task": {"type": "message", "value": "Not yours"}}, 1) == ""
    bot.status = 500
    waited = await waits_of(room, bot, lambda activity: toast("away"), 1)
    assert waited == ("", 2), "each time that nobody answers they wait before they press again"


async def test_a_bot_that_is_away_is_asked_again(room: Room, bot: EchoBot) -> None:
    def answers(activity: Body) -> Body:
        if activity["value"]["data"]["verb"] == "my_case":
            agreed = {"type": "Action.Submit", "title": "Yes", "data": {"verb": "answer_case", "agreed": True}}
            return dialog("Your case", card_of(text_block("May they?"), actions=[agreed]))
        bot.status = 500
        return {}

    assert await waits_of(room, bot, answers, 1) == ("", 2)


async def asks(room: Room, bot: EchoBot, answers: Callable[[Body], Body], number: int) -> str:
    return (await waits_of(room, bot, answers, number))[0]


async def waits_of(room: Room, bot: EchoBot, answers: Callable[[Body], Body], number: int) -> tuple[str, int]:
    """What an owner says who presses twice at most, and how often they waited."""
    bot.on_invoke = answers
    await posted(room, bot, listed("No money"))
    offers = Offers(room.world, PLACE, None, ("my_case",))
    offers.look_back()
    offer = offers.newest("my_case", "james")
    assert isinstance(offer, Offer)
    waited = 0

    async def waits() -> None:
        nonlocal waited
        waited += 1

    return await consents(Person(room, "james", PLACE), offer, number, waits, 2), waited


def test_a_step_of_the_next_case_is_another_one() -> None:
    assert key_of({"w": "w1", "step": 4}) == ("w1", "4")
    assert key_of({"w": "w1", "step": 4, "round": 0}) == ("w1", "4/0")
    assert key_of({"w": "w1", "step": 4, "round": 1}) == ("w1", "4/1")


async def test_a_stage_card_says_its_step_and_what_was_carried_to_it(room: Room, bot: EchoBot) -> None:
    headings = [text_block(words) | {"style": "heading", "size": size} for words, size in (
        ("Action", "ExtraLarge"), ("Pick", "Medium"),
    )]
    box = {"type": "Container", "id": "carried", "items": [text_block("What you bring along"), rich("1. ", "soup")]}
    message = await posted(room, bot, card_of(*headings, box, rich("no item")))
    assert step_on(message) == ("Pick", ["1. soup"])
    assert step_on(await posted(room, bot, card_of(text_block("Else")))) == ("", [])


def test_what_is_prepared_for_a_template() -> None:
    assert agenda_of("unheard-of") == AGENDAS[SHORT]
    assert AGENDAS[SHORT].presented("en") == ()
    rows = [row.split("\t") for row in AGENDAS[LONG].presented("pl")]
    assert len({title for title, _, _ in rows}) == 5
    assert all(title and country and whose for title, country, whose in rows)
