"""One sentence as a card, and the sentence that stands on top of other cards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from microsoft_teams import cards as teams

from cards.elements import Card, card, press, refusal, said, spoken
from cards.help import button_of
from cards.sentences import sentence
from locales import Words
from workshop.refusals import Refused
from workshop.said import Said, Sentence, Spoken
from workshop.views import Meant, Notice

_WARNINGS = frozenset(
    {Said.NOT_CONFIRMED, Said.NOT_STORED, Said.APOLOGY, Said.STILL_COMPARING, Said.PLACE_REFUSED, Said.PLACE_GONE}
)
"""What is not a refusal, and yet nothing that went well."""


def told(what: Sentence | None, say: Words) -> list[teams.Container]:
    """The sentence on top of a card, if there is one: a warning (id "refusal") or good news (id "said")."""
    if what is None:
        return []
    words = sentence(what, say)
    return [refusal(words)] if is_trouble(what) else [spoken(words)]


def is_trouble(what: Sentence) -> bool:
    """Whether somebody has to be warned: something was not done, or may not have been."""
    return isinstance(what, Refused) or what.said in _WARNINGS


def _notice(view: Notice, say: Words) -> Card:
    body: list[teams.CardElement] = [*told(view.sentence, say)]
    if view.workshop is not None:
        body.insert(0, said(view.workshop.title_in(say.language), weight="Bolder"))
    return card(body, language=say.language)


def _meant(view: Meant, say: Words) -> Card:
    asked = Spoken(Said.DID_YOU_MEAN, {"command": view.verb})
    button = button_of(view.verb, view.workshop, say)
    if view.verb == "help":  # its own list offers it no button
        button = press(say("What can I do?"), "help")
    return card([said(sentence(asked, say))], [button] if button else [], say.language)


DRAWS: dict[type, Callable[[Any, Words], Card]] = {Notice: _notice, Meant: _meant}
TITLES: dict[type, Callable[[Any, Words], str]] = {Notice: lambda view, say: "Kolbot"}
