"""What the cards of a conversation offer to whoever reads it: buttons known by their verb. It never clicks."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from rehearsal.answers import CARD
from rehearsal.feed import Event
from rehearsal.reading import Button, buttons
from rehearsal.world import BOT, Message, World

Key = tuple[str, str]
"""A workshop and one of its steps."""


def data_of(button: Button) -> dict[str, Any]:
    """The data that a button sends, with its verb, whether it is an Execute or a Submit."""
    data = button.action.get("data")
    found = dict(data) if isinstance(data, dict) else {}
    if "verb" in button.action:
        found["verb"] = button.action["verb"]
    return found


def key_of(data: dict[str, Any]) -> Key:
    """Which workshop and step a button is about; without a step number, the stage has to do. A step that is held
    several times, once for each case, is another one in each round."""
    step, turn = str(data.get("step", data.get("stage", ""))), data.get("round")
    return str(data.get("w") or data.get("workshop") or ""), step if turn is None else f"{step}/{turn}"


@dataclass(frozen=True, slots=True)
class Offer:
    """A button of a card in the conversation; `order` is when the card was posted or changed, seconds since 1970."""

    message: str
    verb: str
    key: Key
    button: Button
    only_for: str | None
    order: float

    @property
    def workshop(self) -> str:
        return self.key[0]


class Offers:
    """The buttons with one of `verbs` in a conversation, or in one thread of it, kept true by the world's events."""

    def __init__(self, world: World, conversation: str, root: str | None, verbs: Collection[str]) -> None:
        self._world = world
        self._conversation = world.conversation(conversation).id
        self._root = root
        self._verbs = verbs
        self._offers: dict[str, list[Offer]] = {}

    def look_back(self) -> None:
        """Reads all that stands in the conversation."""
        self._offers.clear()
        for message in self._world.since(self._conversation, ""):
            self._read(message)

    def hear(self, event: Event) -> bool:
        """Reads the message that an event is about. Says whether the offers are different now."""
        if event.kind != "message" or event.message is None or event.conversation != self._conversation:
            return False
        message = self._world.messages.get(event.message)
        return message is not None and self._read(message)

    def newest(self, verb: str, person: str) -> Offer | None:
        """The button with this verb that this person saw last."""
        found = (
            offer
            for offers in self._offers.values()
            for offer in offers
            if offer.verb == verb and offer.only_for in (None, person)
        )
        return max(found, key=lambda offer: (offer.order, offer.message), default=None)

    def _read(self, message: Message) -> bool:
        here = self._root is None or self._root in (message.root, message.id)
        if message.author != BOT or not here:
            return False
        before = self._offers.pop(message.id, [])
        after = [] if message.deleted else list(self._found(message))
        if after:
            self._offers[message.id] = after
        return bool(before or after)

    def _found(self, message: Message) -> Iterator[Offer]:
        for part in message.attachments:
            if part.get("contentType") != CARD:
                continue
            for button in buttons(part["content"]):
                data = data_of(button)
                verb, order = data.get("verb"), message.edited or message.at
                if verb in self._verbs:
                    yield Offer(message.id, str(verb), key_of(data), button, message.only_for, order)


class Nearest:
    """What a member of such a group sees offered: in the group's conversation, and at home what is not there (yet)."""

    def __init__(self, home: Offers, own: Offers) -> None:
        self._home = home
        self._own = own

    def newest(self, verb: str, person: str) -> Offer | None:
        """The button with this verb; where both conversations have it for the same step, the group's."""
        home, own = self._home.newest(verb, person), self._own.newest(verb, person)
        return own if own is not None and (home is None or home.key == own.key) else home
