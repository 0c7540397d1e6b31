"""A word on a card that takes the place of one whose posting was interrupted: the first cannot be reached any more."""

from __future__ import annotations

from cards.elements import Card, line
from locales import words


def taking_over(card: Card, language: str) -> Card:
    """The card with a first line that says that it counts, not one further up that looks like it."""
    say = words(language)
    note = line(say("This card takes the place of one further up."), subtle=True)
    return {**card, "body": [note.model_dump(by_alias=True, exclude_none=True), *card["body"]]}
