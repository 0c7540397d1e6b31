"""The facilitator of a headless session: opens it, leads it to its end, reads the board. She only clicks buttons."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from random import Random
from typing import Any

from rehearsal.answers import CARD
from rehearsal.hands import Answer, Dialog, Person
from rehearsal.offers import Key, Offer, Offers, data_of
from rehearsal.reading import Button, Value, buttons, texts
from rehearsal.server import Room
from rehearsal.simulated import Simulation
from rehearsal.strict import objects
from rehearsal.world import BOT, Message

VERBS = ("new", "join", "answer", "facilitate", "board")
PATIENCE = 90.0
"""Seconds in which something has to appear; a bot that does not know whether it has posted it may wait for a while."""
STEP_LIMIT = 900.0
"""Seconds that people may take for a step."""
TRIES = 60
PAUSE = 0.25
"""Seconds between two tries while the bot is away."""
ON_A_VOTE = 20
"""Candidates that a vote takes."""


class Stuck(Exception):
    """The session cannot go on; the message says what was expected and what came instead."""


class Director:
    """Anna, who leads the session in `place`. `tell` gets a line for each thing that happens."""

    def __init__(self, room: Room, place: str, seed: int, tell: Callable[[str], None]) -> None:
        self.room = room
        self.anna = Person(room, "anna", place)
        self.place = room.world.conversation(place).id
        self._offers = Offers(room.world, place, None, VERBS)
        self._dice = Random(f"director {seed}")
        self._tell = tell

    # To the lobby

    async def opens(self, plan: str, language: str) -> Message:
        """A new workshop: from the typed command to the lobby card, which is returned."""
        await self.anna.says("@Kolbot new")
        await self._appears("new")
        form = await self.fetches("new", self.anna)
        for _ in range(TRIES):
            answer = await self._presses(form, "open", plan=plan, language=language)
            if answer.kind != "error":
                break
            await asyncio.sleep(PAUSE)
        if answer.dialog is not None:
            raise Stuck(f"the workshop was not opened: {' / '.join(answer.texts())[:300]}")
        return self.room.world.messages[(await self._appears("join")).message]

    async def counts(self, lobby: Message, people: int) -> None:
        """Waits until the lobby card says how many people are in. Raises Stuck if it says something else."""
        before = set(_words(lobby))

        def said() -> bool:
            changed = [words for words in _words(self.room.world.messages[lobby.id]) if words not in before]
            return any(str(people) in words.replace("\u00a0", "").split() for words in changed)

        try:
            await self.room.until(said, PATIENCE, "the lobby card counts everybody")
        except TimeoutError:
            changed = [words for words in _words(self.room.world.messages[lobby.id]) if words not in before]
            raise Stuck(f"{people} people have joined, and the lobby card says: {changed}") from None

    # Through the steps

    async def leads(self, simulation: Simulation, settled: Callable[[], Awaitable[None]]) -> int:
        """From start to finish; returns how many steps asked something. `settled` is awaited after each."""
        before = self._open_step()
        console = await self._moves("start")
        steps = 0
        while _moves_of(console) is not None:
            asks = _part(console, "answered") is not None
            if asks:
                await self._opened(before)
                steps += 1
            began = len(simulation.acknowledged)
            await simulation.settled(STEP_LIMIT)
            await settled()
            given, before = len(simulation.acknowledged) - began, self._open_step()
            self._tell(f"step {before[1] if asks and before else '(break)'}: {given} answers")
            console = await self._reveals()
            if _button(console, "next") is not None:
                console = await self._moves("next")
            if _moves_of(console) is not None and _button(console, "next") is None:
                console = await self._picks()
        return steps

    async def ended(self) -> tuple[Message, Message]:
        """The picture and the last board card, once both are posted."""

        def posted() -> tuple[Message, Message] | None:
            by_bot = [message for message in self.room.world.since(self.place, "") if message.author == BOT]
            pictures = [message for message in by_bot if _holds_picture(message)]
            after = [message for message in by_bot if pictures and message.id > pictures[-1].id and cards_of(message)]
            return (pictures[-1], after[-1]) if after else None

        found = await self.room.until(posted, PATIENCE, "the picture and the last board")
        assert found is not None
        return found

    async def pages(self, reader: Person) -> list[dict[str, Any]]:
        """Every page of the board as cards, as this person sees them. Raises Stuck."""
        dialog = await self.fetches("board", reader)
        while (button := _turn(dialog, -1)) is not None:
            dialog = await self._turned(dialog, button)
        found: list[dict[str, Any]] = []
        while True:
            assert dialog.card is not None
            found.append(dialog.card)
            button = _turn(dialog, +1)
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

    async def _moves(self, verb: str) -> Dialog:
        """Presses a button that changes the course, until the console shows that the course has changed."""
        console = await self.fetches("facilitate", self.anna)
        before = _moves_of(console)
        said: list[str] = []
        for _ in range(TRIES):
            if _button(console, verb) is None:
                raise Stuck(f"the console offers no {verb!r}: {' / '.join(console.texts())[:300]}")
            answer = await self._presses(console, verb)
            said = answer.texts()
            console = answer.dialog or await self._anew(console)
            if _moves_of(console) != before:
                self._leave(console)
                return console
            await asyncio.sleep(PAUSE)
        raise Stuck(f"{verb!r} changed nothing: {' / '.join(said)[:300]}")

    async def _anew(self, console: Dialog) -> Dialog:
        self._leave(console)
        return await self.fetches("facilitate", self.anna)

    async def _reveals(self) -> Dialog:
        """Shows everybody what waits for it; returns the console then."""
        console = await self.fetches("facilitate", self.anna)
        for _ in range(TRIES):
            if _button(console, "reveal") is None:
                self._leave(console)
                return console
            answer = await self._presses(console, "reveal")
            if answer.dialog is None:
                await asyncio.sleep(PAUSE)
            console = answer.dialog or await self._anew(console)
        raise Stuck("answers cannot be revealed")

    async def _picks(self) -> Dialog:
        """Chooses what the vote is on, then goes on to it."""
        console = await self.fetches("facilitate", self.anna)
        for _ in range(TRIES):
            if _button(console, "next") is not None:
                self._leave(console)
                return await self._moves("next")
            answer = await self._presses(console, "pick")
            if answer.dialog is not None and (fields := answer.dialog.inputs()):
                keys = [value for _, value in fields[0].choices]
                chosen = self._dice.sample(keys, min(ON_A_VOTE, len(keys)))
                self._tell(f"picks {len(chosen)} of {len(keys)} for the vote")
                answer = await self._presses(answer.dialog, "picked", picked=chosen)
            if answer.dialog is None:
                await asyncio.sleep(PAUSE)
            console = answer.dialog or await self._anew(console)
        raise Stuck("nothing can be picked for the vote")

    async def _turned(self, dialog: Dialog, button: Button) -> Dialog:
        for _ in range(TRIES):
            answer = await dialog.presses(button.title)
            if answer.dialog is not None:
                return answer.dialog
            await asyncio.sleep(PAUSE)
        raise Stuck(f"the board's next page does not come: {answer.kind} {answer.texts()}")

    async def _presses(self, dialog: Dialog, verb: str, **inputs: Value) -> Answer:
        button = _button(dialog, verb)
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

    # Her eyes

    async def _appears(self, verb: str) -> Offer:
        found = await self.room.until(lambda: self._newest(verb), PATIENCE, f"a card that offers {verb!r}")
        assert found is not None
        return found

    async def _opened(self, before: Key | None) -> None:
        """Waits until the card of another step than before can be answered."""
        began, what = self.room.world.clock(), f"the card of the step after {before}"
        await self.room.until(lambda: self._open_step() not in (None, before), PATIENCE, what)
        self._tell(f"the card of the step came after {self.room.world.clock() - began:.2f} s")

    def _open_step(self) -> Key | None:
        return offer.key if (offer := self._newest("answer")) is not None else None

    def _newest(self, verb: str) -> Offer | None:
        self._offers.look_back()
        return self._offers.newest(verb, self.anna.id)


def _button(dialog: Dialog, verb: str) -> Button | None:
    return next((button for button in buttons(dialog.card) if data_of(button).get("verb") == verb), None)


def _turn(dialog: Dialog, by: int) -> Button | None:
    """The button that leads to the page before or after this one."""
    for button in buttons(dialog.card):
        data = data_of(button)
        if data.get("verb") == "board" and data.get("page") == data.get("number", 0) + by:
            return button
    return None


def _moves_of(console: Dialog) -> int | None:
    """The moves that the console was drawn at; None where nothing can be moved any more."""
    found = (data_of(button).get("moves") for button in buttons(console.card))
    return next((moves for moves in found if isinstance(moves, int)), None)


def _part(dialog: Dialog, name: str) -> dict[str, Any] | None:
    return next((part for part in objects(dialog.card) if part.get("id") == name), None)


def cards_of(message: Message) -> list[dict[str, Any]]:
    """The cards of a message."""
    return [part["content"] for part in message.attachments if part.get("contentType") == CARD]


def _words(message: Message) -> list[str]:
    return [words for card in cards_of(message) for words in texts(card)]


def _holds_picture(message: Message) -> bool:
    pictures = (part for card in cards_of(message) for part in objects(card) if part.get("type") == "Image")
    return any(str(part.get("url", "")).startswith("data:image/png;base64,") for part in pictures)
