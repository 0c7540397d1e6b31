"""Every card and dialog that anybody in a story was shown, for the rules that hold for all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any
from unicodedata import bidirectional

from rehearsal.hands import texts
from tests.cards.lint import lint
from tests.chat import Session

Card = dict[str, Any]


def dialogs(room: Session) -> Iterator[Card]:
    """Every card that came back in a dialog."""
    for sent in room.room.sent:
        body = sent.delivery.body
        value = body["task"]["value"] if isinstance(body, dict) and "task" in body else None
        if isinstance(value, dict) and "card" in value:
            yield value["card"]["content"]


def answers_in_place(room: Session) -> Iterator[Card]:
    """Every card that came back for a button that acts at once."""
    for sent in room.room.sent:
        body = sent.delivery.body
        value = body.get("value") if isinstance(body, dict) else None
        if isinstance(value, dict) and value.get("type") == "AdaptiveCard":
            yield value


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
            sentences = lint(card, user_words=user_words, edited=edited, dialog=dialog)
            found += [f"{sentence} in {texts(card)[:4]}" for sentence in sentences]
    return found


def shown(words: str) -> str:
    """What somebody wrote as cards show it: nobody's words even look like a mention or a macro, or turn what is beside
    them."""
    if any(bidirectional(sign) in ("R", "AL") for sign in words):
        words = f"\u2068{words}\u2069"
    return words.replace("{{", "{\u2060{").replace("<at>", "‹at›").replace("</at>", "‹/at›")
