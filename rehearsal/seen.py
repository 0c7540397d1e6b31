"""A message as one person sees it, with its words and its buttons. It never changes what is seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from rehearsal.answers import CARD
from rehearsal.reading import Button, Field, all_fields, buttons, texts
from rehearsal.world import BOT, Message, World

T = TypeVar("T")


class _Read(Generic[T]):
    """What was read in a card is kept: hundreds of people look at the same card again after every change."""

    def __init__(self, read: Callable[[dict[str, Any] | None], list[T]]) -> None:
        self._read = read
        self._kept: dict[int, tuple[dict[str, Any], list[T]]] = {}

    def of(self, card: dict[str, Any] | None) -> list[T]:
        """The reading of this very card object; cards are never changed in place."""
        if card is None:
            return []
        kept = self._kept.get(id(card))
        if kept is None or kept[0] is not card:
            if len(self._kept) > 5000:
                self._kept.clear()
            kept = self._kept[id(card)] = (card, self._read(card))
        return kept[1]


_words = _Read(texts)
_buttons = _Read(buttons)
_labels = _Read(lambda card: [button.title for button in _buttons.of(card)])


def card_of(attachments: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The first card among the attachments."""
    for part in attachments:
        if part.get("contentType") == CARD:
            card: dict[str, Any] = part["content"]
            return card
    return None


def words_of(attachments: Sequence[dict[str, Any]]) -> list[str]:
    """All words of the first card; the list is shared, not to be changed."""
    return _words.of(card_of(attachments))


def buttons_of(attachments: Sequence[dict[str, Any]]) -> Sequence[Button]:
    """Everything to click in the first card; shared, not to be changed."""
    return _buttons.of(card_of(attachments))


def labels(attachments: Sequence[dict[str, Any]]) -> list[str]:
    """The button titles of the first card; the list is shared, not to be changed."""
    return _labels.of(card_of(attachments))


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as one person saw it at one moment."""

    id: str
    conversation: str
    root: str | None
    author: str
    by_bot: bool
    at: float
    edited: float | None
    deleted: bool
    text: str
    attachments: tuple[dict[str, Any], ...]
    only_for: str | None

    @property
    def card(self) -> dict[str, Any] | None:
        """The first card of the message."""
        return card_of(self.attachments)

    def texts(self) -> list[str]:
        """All words of the message: its text, then those of its card."""
        return ([self.text] if self.text.strip() else []) + words_of(self.attachments)

    def buttons(self) -> list[str]:
        """The titles of everything to click."""
        return list(labels(self.attachments))

    def fields(self) -> list[Field]:
        """The inputs of the card."""
        return all_fields(self.card) if self.card else []

    def pictures(self) -> list[str]:
        """The addresses of the pictures that hang on the message, https: or data:."""
        return [str(part.get("contentUrl")) for part in self.attachments if "image/" in str(part.get("contentType"))]


def seen_by(world: World, person: str, message: Message) -> Seen:
    """The message as this person sees it now: with their own view of its card."""
    by_bot = message.author == BOT
    name = world.bot_name if by_bot else world.people[message.author].name
    return Seen(
        message.id, message.conversation, message.root, name, by_bot, message.at, message.edited, message.deleted,
        message.text, world.attachments(message, person), message.only_for,
    )
