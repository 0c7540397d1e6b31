"""A short card in a conversation whose one button opens a dialog for whoever presses it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cards.elements import Card, Element, card, fetch, line, said
from locales import Words
from workshop.views import Opener

_WORDS: Mapping[str, tuple[Callable[[Words], str], Callable[[Words], str]]] = {
    "new": (
        lambda say: say("A new workshop: choose its template, title and language."),
        lambda say: say("Open a workshop"),
    ),
    "join": (
        lambda say: say("Take part in the workshop: read what is stored, then say a little about yourself."),
        lambda say: say("Join"),
    ),
    "answer": (
        lambda say: say("Answer the open step; what you write is seen as the form says."),
        lambda say: say("Answer"),
    ),
    "language": (
        lambda say: say("Which language shall Kolbot speak to you? Everybody can choose their own."),
        lambda say: say("Choose a language"),
    ),
    "facilitate": (
        lambda say: say("The console of those who lead this workshop."),
        lambda say: say("Facilitate"),
    ),
    "practices": (
        lambda say: say("The practices that earlier sessions presented: put them in before this one."),
        lambda say: say("Practices"),
    ),
    "roles": (
        lambda say: say("Who facilitates, moderates and may take over: see it, name people, take it back."),
        lambda say: say("People and roles"),
    ),
    "groups": (
        lambda say: say("Form the groups, see who is where, and move people."),
        lambda say: say("Groups"),
    ),
    "group_here": (
        lambda say: say("Whose own conversation is this to be? There is more than one workshop with such a group."),
        lambda say: say("Choose"),
    ),
    "themes": (
        lambda say: say("Put notes into themes; a vote on the notes is then on the themes."),
        lambda say: say("Themes"),
    ),
    "board": (
        lambda say: say("What has been gathered so far, in your language."),
        lambda say: say("See the board"),
    ),
    "summary": (
        lambda say: say("Everything so far, shown or not yet: for facilitators and moderators."),
        lambda say: say("See everything so far"),
    ),
}
"""What each dialog is, and the words on its button."""


def _opener(view: Opener, say: Words) -> Card:
    what, label = _WORDS[view.verb]
    body: list[Element] = [line(what(say))]
    if view.workshop is not None:
        body.insert(0, said(view.workshop.title_in(say.language), weight="Bolder"))
    return card(body, [fetch(label(say), view.verb, "positive", **_data(view))], say.language)


def _data(view: Opener) -> dict[str, Any]:
    """What the button carries; an answer's is about the step that was open when it was asked for."""
    w = view.workshop
    if w is None:
        return {"group": view.group or None}
    if view.verb == "answer" and w.place is not None:
        return {"w": w.id, "step": w.at, "stage": w.place.stage.id}
    return {"w": w.id}


DRAWS: dict[type, Callable[[Any, Words], Card]] = {Opener: _opener}
TITLES: dict[type, Callable[[Any, Words], str]] = {}
