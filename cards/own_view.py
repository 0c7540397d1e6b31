"""A card that everybody sees and each may have in their own language: by itself, or by a button. It draws none."""

from __future__ import annotations

from collections.abc import Sequence

from cards.elements import Card, as_data, press
from cards.moved import SLOT
from locales import LANGUAGES, words
from workshop.model import Workshop

VERB = "own"
ASKED = "asked"
"""In a button's data: this person asked for it, their client does not by itself."""


def in_own_language(card: Card, w: Workshop, slot: str, viewers: Sequence[str], button: bool) -> Card:
    """The card that hangs in a slot. The clients of `viewers` (Teams' ids of people, at most 60) ask for their own view
    of it whenever they show it; everybody else by the message's menu or, with `button`, by a button. A workshop in one
    language has none."""
    if len(spoken(w)) < 2:
        return card
    action = as_data(press(words(w.language)("In my language"), VERB, w=w.id, **{SLOT: slot}))
    action.pop("fallback", None)  # a refresh has none
    with_refresh = {**card, "refresh": {"action": action, "userIds": list(viewers)}}
    if not button or not card.get("actions"):
        return with_refresh
    pressed = as_data(press(everywhere(w), VERB, w=w.id, **{SLOT: slot, ASKED: True}))
    return {**with_refresh, "actions": [*card["actions"], pressed]}


def spoken(w: Workshop) -> tuple[str, ...]:
    """The languages in which the workshop can be read whole, its own first."""
    return tuple(dict.fromkeys(code for code in (w.language, *w.plan.languages) if code in LANGUAGES))


def everywhere(w: Workshop) -> str:
    """What the button is called: whoever needs it may not read the card that it is on."""
    said = []
    for code in spoken(w):
        say = words(code)
        said.append(say("In my language"))
    return " · ".join(said)
