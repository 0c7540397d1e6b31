"""Cards and the place where they hang: a word where one takes another's place, and buttons that tell which it is."""

from __future__ import annotations

from typing import Any

from cards.elements import Card, line
from locales import words

SLOT = "slot"
"""What buttons call the place of their card: a press shows that a message exists whose posting was never answered."""


def taking_over(card: Card, language: str) -> Card:
    """The card with a first line that says that it counts, not one further up that looks like it."""
    say = words(language)
    note = line(say("This card takes the place of one further up."), subtle=True)
    return {**card, "body": [note.model_dump(by_alias=True, exclude_none=True), *card["body"]]}


def known_by(card: Card, slot: str) -> Card:
    """The card, whose buttons send along in which slot of the workshop's wall it hangs."""
    return {name: _known(part, slot) for name, part in card.items()}


def _known(part: Any, slot: str) -> Any:
    if isinstance(part, list):
        return [_known(inner, slot) for inner in part]
    if not isinstance(part, dict):
        return part
    known = {name: inner if name == "data" else _known(inner, slot) for name, inner in part.items()}
    if str(part.get("type", "")).startswith("Action.") and isinstance(part.get("data"), dict):
        known["data"] = {**part["data"], SLOT: slot}
    return known
