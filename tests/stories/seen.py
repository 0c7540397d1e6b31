"""Every card and dialog that anybody in a story was shown, for the rules that hold for all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from rehearsal.hands import texts
from tests.cards.lint import lint
from tests.chat import Session

Card = dict[str, Any]


def dialogs(room: Session) -> Iterator[Card]:
    """Every card that came back in a dialog or in place of a clicked one; True where it was in a dialog."""
    for sent in room.room.sent:
        body = sent.delivery.body
        value = body["task"]["value"] if isinstance(body, dict) and "task" in body else None
        if isinstance(value, dict) and "card" in value:
            yield value["card"]["content"]


def answers_in_place(room: Session) -> Iterator[Card]:
    """Every card that came back for a button that acts at once."""
    for sent in room.room.sent:
        body = sent.delivery.body
        if (
            isinstance(body, dict)
            and isinstance(body.get("value"), dict)
            and body["value"].get("type") == "AdaptiveCard"
        ):
            yield body["value"]


def posted(room: Session) -> Iterator[Card]:
    """Every card that hangs in any conversation now."""
    for message in room.room.world.messages.values():
        for attachment in message.attachments:
            if attachment["contentType"] == "application/vnd.microsoft.card.adaptive":
                yield attachment["content"]


def wrong(room: Session, user_words: Collection[str]) -> list[str]:
    """What is wrong with anything that anybody saw, each with the words of its card."""
    found = []
    for cards, edited, dialog in (
        (dialogs(room), False, True),
        (answers_in_place(room), False, False),
        (posted(room), True, False),
    ):
        for card in cards:
            for sentence in lint(card, user_words=user_words, edited=edited, dialog=dialog):
                found.append(f"{sentence} in {texts(card)[:4]}")
    return found


def shown(words: str) -> str:
    """What somebody wrote as cards show it: nobody's words even look like a mention."""
    return words.replace("<at>", "‹at›").replace("</at>", "‹/at›")
