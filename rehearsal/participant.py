"""One simulated participant at work: joins, opens what is asked, submits, reads what comes back. It never cheats."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

from rehearsal.asked import asked_in
from rehearsal.cases import consents, own_case
from rehearsal.hands import Answer, Dialog, Person
from rehearsal.offers import Key, Nearest, Offer, Offers, data_of, key_of
from rehearsal.persona import Persona
from rehearsal.question import questions
from rehearsal.reading import Button, Value, buttons
from rehearsal.record import Record, Submitted
from rehearsal.samples import sample_of
from rehearsal.wording import fold
from rehearsal.world import Unknown

__all__ = ["Participant", "Record", "Submitted", "pause"]

SKIPS, CHANGES, SLOW = 0.06, 0.1, 0.15
"""Shares: of steps that are left out, of answers that are changed later, of people who take their time."""

READS_AGAIN = 3
"""How often somebody whose answer was refused writes it anew."""
PRESSES_AGAIN = 150
"""How often somebody presses again because the bot did not answer at all: for some minute and a half when `fast`."""
COMES_BACK = 5
"""How often somebody tries a step that did not take their answer, when its card changes."""


def pause(speed: str, dice: Random, slow: bool) -> float:
    """Seconds that somebody takes for a step, reading and writing together: 5 to 60, or 0 to 0.3 when `fast`."""
    if speed == "fast":
        return dice.uniform(0.15 if slow else 0.0, 0.3 if slow else 0.2)
    return dice.uniform(30, 60) if slow else 5 + 45 * dice.betavariate(1.5, 4)


class Participant:
    """A persona with hands. `told` is called after every change of what they have done."""

    def __init__(
        self, persona: Persona, hands: Person, offers: Offers, record: Record, speed: str, told: Callable[[], None]
    ) -> None:
        self.persona = persona
        self.hands = hands
        self.joined: set[str] = set()
        self.answered: set[Key] = set()
        self.idle = False
        self.news = asyncio.Event()
        self.offers: Offers | Nearest = offers
        self._record = record
        self._speed = speed
        self._told = told
        self._dice = persona.chance("pace")
        self._slow = self._dice.random() < SLOW
        self._done: set[Key] = set()
        self._wrote: set[str] = set()
        self._asked: set[int] = set()
        self._tried: Counter[Key] = Counter()
        self._tried_at: dict[Key, float] = {}

    @property
    def settled(self) -> bool:
        """Nothing is on its way, and nothing new is asked."""
        return self.idle and self._next() is None

    async def live(self) -> None:
        """Does what is asked, again and again, until cancelled."""
        while True:
            self.news.clear()
            offer = self._next()
            if offer is None:
                self.idle = True
                self._told()
                await self.news.wait()
                self.idle = False
            else:
                await self._deal(offer)

    def _next(self) -> Offer | None:
        """What they would click now: Join before anything else, then the step that is open and not dealt with."""
        join = self.offers.newest("join", self.hands.id)
        if join is not None and join.workshop not in self.joined and self._tried[(join.workshop, "join")] < READS_AGAIN:
            return join
        mine = self.offers.newest("my_case", self.hands.id)
        if mine is not None and self._case_of(mine) is not None:
            return mine
        offer = self.offers.newest("answer", self.hands.id)
        if offer is None or offer.key in self._done or self._tried[offer.key] >= COMES_BACK:
            return None
        return offer if offer.order > self._tried_at.get(offer.key, 0) else None

    def _case_of(self, offer: Offer) -> int | None:
        """The number of the case on the card that is theirs, and about which they have not been asked yet."""
        message = self.hands.world.messages.get(offer.message)
        return own_case(message, self._wrote, self._asked) if message is not None else None

    async def _consents(self, offer: Offer) -> None:
        """May their case be opened? Most say yes."""
        number = self._case_of(offer)
        if number is not None:
            self._asked.add(number)
            said = await consents(self.hands, offer, number, self._waits, PRESSES_AGAIN)
            if said:
                self._record.consents[number] = said

    async def _deal(self, offer: Offer) -> None:
        if offer.verb == "my_case":
            await self._consents(offer)
            return
        joining = offer.verb == "join"
        if not joining and self._leaves_out(offer.key):
            return
        await self._look_and_act(offer.verb)
        key = (offer.workshop, "join") if joining else offer.key
        self._tried[key] += 1
        self._tried_at[key] = offer.order
        changes = self.persona.chance(f"change {offer.key[1]}").random() < CHANGES
        if not joining and offer.key in self.answered and changes:
            await self._look_and_act("answer", again=offer.key)

    async def _look_and_act(self, verb: str, again: Key | None = None) -> None:
        """Waits as people do, clicks the button as it stands by then, and goes on with what opens."""
        seconds = pause(self._speed, self._dice, self._slow)
        await asyncio.sleep(seconds * 0.4)
        for _ in range(PRESSES_AGAIN):
            offer = self.offers.newest(verb, self.hands.id)
            if offer is None or (again is not None and offer.key != again):
                return
            try:
                room = self.hands.room
                answer = self.hands.answer(await room.press(self.hands.id, offer.message, offer.button.action, {}))
            except Unknown:
                return  # the message was deleted at this very moment
            if not answer.unanswered:
                break
            await self._waits()
        else:
            self._record.gave_up += 1
            return
        if verb == "join" and answer.kind in ("message", "card", "closed"):
            self._has_joined(offer.workshop)
        if answer.dialog is not None:
            await asyncio.sleep(seconds * 0.6)
            await self._goes_on(answer.dialog, again)

    async def _goes_on(self, dialog: Dialog, again: Key | None) -> None:
        """Fills in form after form until there is a receipt, nothing to fill in, or no patience left."""
        attempt = 0
        while True:
            button = _submit_button(dialog)
            data = data_of(button) if button is not None else {}
            if button is None or (data["verb"] == "submit" and not self._wanted(key_of(data), again)):
                await dialog.closes()
                return
            dialog.fills(self._values(dialog, data, attempt, again))
            answer = await self._submits(dialog, button, data)
            if answer.kind == "invalid" or _holds(answer.dialog, "refusal"):
                attempt += 1
                if attempt > READS_AGAIN:
                    await (answer.dialog or dialog).closes()
                    return
            elif data["verb"] == "joined" and answer.kind != "error":
                self._has_joined(key_of(data)[0])
            if answer.dialog is None and answer.kind != "invalid":
                return
            dialog = answer.dialog or dialog

    def _wanted(self, key: Key, again: Key | None) -> bool:
        """Whether they answer this step: one they have not dealt with, or the one whose answer they change."""
        return key == again if again is not None else key not in self._done and not self._leaves_out(key)

    def _leaves_out(self, key: Key) -> bool:
        """Some people have nothing to say to some steps; what they have left out they leave out for good."""
        out = key not in self.answered and self.persona.chance(f"step {key[1]}").random() < SKIPS
        if out and key not in self._done:
            self._done.add(key)
            self._record.skipped += 1
        return out

    async def _submits(self, dialog: Dialog, button: Button, data: dict[str, Any]) -> Answer:
        """Presses, and presses again while nobody answers. Records what is known of an answer to a step."""
        same = [other.action for other in buttons(dialog.card) if other.title == button.title]
        which = next(number for number, action in enumerate(same) if action is button.action)
        for press in range(PRESSES_AGAIN):
            if press:
                await self._waits()
                self._record.again += 1
            submitted = self._submitted(dialog, data) if data["verb"] == "submit" else None
            if submitted is not None:
                self._record.sent(submitted)
            answer = await dialog.presses(button.title, which)
            unconfirmed = _holds(answer.dialog, "unconfirmed")
            self._record.unconfirmed += unconfirmed
            if not answer.unanswered and not unconfirmed:
                break
        if submitted is not None:
            self._understands(answer, submitted)
        self._told()
        return answer

    def _understands(self, answer: Answer, submitted: Submitted) -> None:
        if _holds(answer.dialog, "receipt"):
            self._record.taken(replace(submitted, at=self.hands.world.clock()))
            self._wrote.update(fold(words) for one in submitted.asked for words in sample_of(one.kind).words(one))
            self.answered.add((submitted.workshop, submitted.step))
            self._done.add((submitted.workshop, submitted.step))
        elif answer.kind == "error" or _holds(answer.dialog, "unconfirmed"):
            self._record.gave_up += 1
        else:
            self._record.not_taken(submitted)

    def _submitted(self, dialog: Dialog, data: dict[str, Any]) -> Submitted:
        listed = data.get("prompts")
        prompts = [one for one in (listed if isinstance(listed, list) else []) if isinstance(one, dict)]
        if data.get("own"):  # somebody else answers for the group
            prompts = [one for one in prompts if "group" not in one]
        names = tuple(str(prompt["id"]) for prompt in prompts if "id" in prompt)
        workshop, step = key_of(data)
        now = self.hands.world.clock()
        asked = tuple(one for one in asked_in(dialog.card, dialog.inputs(), data) if one.prompt in names)
        stage, case = str(data.get("stage", "")), str(data.get("case") or "")
        return Submitted(self.hands.id, workshop, step, stage, names, dialog.values(), now, asked, case)

    def _values(self, dialog: Dialog, data: dict[str, Any], attempt: int, again: Key | None) -> dict[str, Value]:
        """What they write: everything, or (changing an answer) one prompt anew and the rest as it stands."""
        fields = dialog.inputs()
        if again is None:
            return self.persona.fill(fields, data, attempt)
        prompts = list(dict.fromkeys(question.prompt for question in questions(fields, data)))
        if not prompts:
            return {}
        chosen = self.persona.chance(f"prompt {again[1]}").choice(prompts)
        some = [question.field for question in questions(fields, data) if question.prompt == chosen]
        return self.persona.fill(some, data | {"step": f"{again[1]} again"}, attempt)

    def _has_joined(self, workshop: str) -> None:
        self.joined.add(workshop)
        self._told()

    async def _waits(self) -> None:
        """A while before pressing again."""
        await asyncio.sleep(self._dice.uniform(0.2, 1.0) if self._speed == "fast" else self._dice.uniform(2, 6))


def _submit_button(dialog: Dialog) -> Button | None:
    """The button that sends the form: to join, or to answer. A receipt has none."""
    found = {data_of(button).get("verb"): button for button in reversed(buttons(dialog.card))}
    sends = found.get("submit")
    if sends is not None and "seen" in data_of(sends):
        return None  # somebody else answers for the group, and they leave it to them
    return found.get("joined") or (None if _holds(dialog, "receipt") else sends)


def _holds(dialog: Dialog | None, name: str) -> bool:
    """Whether the card has an element of this id at its top level."""
    body = dialog.card.get("body") if dialog is not None and dialog.card is not None else None
    return any(isinstance(part, dict) and part.get("id") == name for part in body or [])
