"""She leads people through the steps, also where an edit that landed late shows an earlier step for a while."""

from __future__ import annotations

import asyncio
from typing import Any, cast

from rehearsal.director import Director
from rehearsal.participant import Submitted
from rehearsal.people import PEER_LEARNING
from rehearsal.server import Room
from rehearsal.simulated import Simulation
from tests.rehearsal.echo import EchoBot, card_message, card_of, dialog, opens, text_block

PLACE = PEER_LEARNING.id
Body = dict[str, Any]


class Course:
    """A bot with two steps and a console, which asks before the end; the card in the conversation is shown as `shows`
    is told."""

    def __init__(self, bot: EchoBot) -> None:
        self.bot = bot
        self.moves = 0
        self.asked = 0
        self.card = ""
        bot.on_invoke = self.hears

    async def shows(self, step: int) -> None:
        answer = [opens("Answer", verb="answer", w="w1", step=step)] if step else []
        card = card_of(text_block(f"Step {step}"), actions=[*answer, opens("Lead", verb="facilitate", w="w1")])
        if self.card:
            await self.bot.call("PUT", f"conversations/{PLACE}/activities/{self.card}", card_message(card))
        else:
            self.card = await self.bot.post_card(PLACE, card)

    def hears(self, activity: Body) -> Body:
        data = activity["value"]["data"]
        if data["verb"] == "next" and self.moves == 2 and not data.get("sure"):
            yes = {"verb": "next", "w": "w1", "moves": self.moves, "sure": True}
            self.asked += 1
            act = {"type": "Action.Submit", "title": "Yes", "data": yes}
            return dialog("Finish?", card_of(text_block("It ends"), actions=[act]))
        self.moves += data["verb"] in ("start", "next")
        if self.moves > 2:
            return dialog("Console", card_of(text_block("It is over")))
        verb = "next" if self.moves else "start"
        act = {"type": "Action.Submit", "title": verb, "data": {"verb": verb, "w": "w1", "moves": self.moves}}
        return dialog("Console", card_of({**text_block("Answered"), "id": "answered"}, actions=[act]))


class People:
    """Simulated people of whom only that is known which steps they have seen when they say that they are done."""

    def __init__(self, course: Course) -> None:
        self.acknowledged: list[Submitted] = []
        self.done: list[int] = []
        self._course = course
        self._later: asyncio.Task[None] | None = None

    async def settled(self, seconds: float) -> None:
        step = self._course.moves
        self.done.append(step)
        if self.done == [1, 2]:
            await self._course.shows(1)  # lands late
            self._later = asyncio.create_task(self._put_right(step))

    async def _put_right(self, step: int) -> None:
        await asyncio.sleep(0.2)
        await self._course.shows(step)


async def test_who_saw_an_earlier_step_is_asked_again_when_the_card_is_right(room: Room, bot: EchoBot) -> None:
    course = Course(bot)
    await course.shows(0)
    people, told, steps = People(course), list[str](), list[int]()
    director = Director(room, PLACE, 1, told.append)

    async def settled() -> None:
        steps.append(len(people.done))

    async def follows() -> None:
        """The card of a step comes a little later than she presses."""
        for step in (1, 2):
            while course.moves < step:  # noqa: ASYNC110 - it tells nobody else
                await asyncio.sleep(0.02)
            await course.shows(step)

    following = asyncio.create_task(follows())
    assert await director.leads(cast(Simulation, people), settled) == 2
    await following
    assert people.done == [1, 2, 2], "the second time when the card of step 2 is there again"
    assert steps == [1, 3]
    assert (course.asked, course.moves) == (1, 3), "she was asked once, and said yes"
    assert [line for line in told if line.startswith("step")] == ["step 1: 0 answers", "step 2: 0 answers"]
