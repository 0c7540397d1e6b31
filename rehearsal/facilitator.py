"""The facilitator's hands and eyes in a headless session: dialogs, buttons, cards. What comes next she is told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from rehearsal.console import button_of, cards_of, holds_picture, turn_of
from rehearsal.hands import Answer, Dialog, Person
from rehearsal.offers import Offer, Offers
from rehearsal.reading import Button, Value, buttons
from rehearsal.server import Room
from rehearsal.world import BOT, Message

VERBS = ("new", "join", "answer", "facilitate", "board", "my_case", "language")
PATIENCE = 90.0
"""Seconds in which something has to appear; a bot that does not know whether it has posted it may wait for a while."""
PAUSE = 0.25
"""Seconds between two tries while the bot is away."""
TRIES = int(PATIENCE / PAUSE)


class Stuck(Exception):
    """The session cannot go on; the message says what was expected and what came instead."""


class Facilitator:
    """Anna, who facilitates in `place`. `tell` gets a line for each thing that happens."""

    def __init__(self, room: Room, place: str, tell: Callable[[str], None], after: str = "") -> None:
        """`after` is the last message of what was there before, which she does not look at."""
        self.room = room
        self._after = after
        self.anna = Person(room, "anna", place)
        self.place = room.world.conversation(place).id
        self._offers = Offers(room.world, place, None, VERBS)
        self._tell = tell

    # Her eyes

    async def ended(self) -> tuple[Message, Message]:
        """The picture and the last board card, once both are posted."""

        found = await self.room.until(self.last_cards, PATIENCE, "the picture and the last board")
        assert found is not None
        return found

    def last_cards(self) -> tuple[Message, Message] | None:
        """The picture and the last board card, if both are posted now."""
        by_bot = self._by_bot()
        pictures = [message for message in by_bot if holds_picture(message)]
        after = [message for message in by_bot if pictures and message.id > pictures[-1].id and cards_of(message)]
        return (pictures[-1], after[-1]) if after else None

    def newest_cards(self) -> list[dict[str, Any]]:
        """Every card in the conversation as everybody sees it now, the newest first."""
        return [card for message in reversed(self._by_bot()) for card in cards_of(message)]

    def _by_bot(self) -> list[Message]:
        return [message for message in self.room.world.since(self.place, self._after) if message.author == BOT]

    async def pages(self, reader: Person) -> list[dict[str, Any]]:
        """Every page of the board as cards, as this person sees them. Raises Stuck."""
        dialog = await self.fetches("board", reader)
        while (button := turn_of(dialog, -1)) is not None:
            dialog = await self._turned(dialog, button)
        found: list[dict[str, Any]] = []
        while True:
            assert dialog.card is not None
            found.append(dialog.card)
            button = turn_of(dialog, +1)
            if button is None:
                await dialog.closes()
                return found
            dialog = await self._turned(dialog, button)

    async def fetches(self, verb: str, person: Person) -> Dialog:
        """Opens the dialog behind the newest button with this verb, again and again while the bot is away."""
        answer = Answer("none")
        for _ in range(TRIES):
            offer = self._newest(verb)
            if offer is None:
                raise Stuck(f"no card offers {verb!r}")
            pressed = await self.room.press(person.id, offer.message, offer.button.action, {})
            answer = person.answer(pressed)
            if answer.dialog is not None:
                return answer.dialog
            if answer.kind != "error" or answer.code not in ("BotUnreachable", "BotError"):
                break
            await asyncio.sleep(PAUSE)
        refused = [refusal.why for refusal in self.room.world.refusals][-1:]
        raise Stuck(f"{verb!r} opened no dialog but was answered with {answer.kind} {answer.texts()} {refused}")

    # Her hands

    async def _turned(self, dialog: Dialog, button: Button) -> Dialog:
        for _ in range(TRIES):
            answer = await dialog.presses(button.title)
            if answer.dialog is not None:
                return answer.dialog
            await asyncio.sleep(PAUSE)
        raise Stuck(f"the board's next page does not come: {answer.kind} {answer.texts()}")

    async def _presses(self, dialog: Dialog, verb: str, **inputs: Value) -> Answer:
        button = button_of(dialog, verb)
        if button is None:
            raise Stuck(f"no button for {verb!r} among {dialog.buttons()}")
        same = [other for other in buttons(dialog.card) if other.title == button.title]
        which = next(number for number, other in enumerate(same) if other.action is button.action)
        if inputs:
            dialog.fills(dict(inputs))
        answer = await dialog.presses(button.title, which)
        if answer.kind == "invalid" or answer.code == "BadAnswer":
            refused = [refusal.why for refusal in self.room.world.refusals][-1:]
            raise Stuck(f"{verb!r} was answered with {answer.kind}: {answer.texts()} {refused}")
        return answer

    def _leave(self, dialog: Dialog) -> None:
        if dialog.id in self.room.talking.dialogs:
            self.room.close_dialog(self.anna.id, dialog.id)

    async def _appears(self, verb: str) -> Offer:
        found = await self.room.until(lambda: self._newest(verb), PATIENCE, f"a card that offers {verb!r}")
        assert found is not None
        return found

    def _newest(self, verb: str) -> Offer | None:
        self._offers.look_back()
        return self._offers.newest(verb, self.anna.id)
