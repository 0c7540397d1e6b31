"""Are you sure? As a dialog, and as a message after a typed command. Nothing happens before Yes is pressed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cards.elements import Card, Element, box, card, heading, line, press, said, submit
from cards.phrases import reveal_first
from cards.sentences import sentence
from locales import Words
from workshop.views import Confirm, Ending

_ASKS: Mapping[str, tuple[Callable[[Words], str], Callable[[Words], str], Callable[[Words], str]]] = {
    "finish": (
        lambda say: say("Finish the workshop?"),
        lambda say: say("An open step is closed, the summary is posted, and no more answers are taken."),
        lambda say: say("Yes, finish it"),
    ),
    "cancel": (
        lambda say: say("Cancel the workshop?"),
        lambda say: say("It ends here without a summary, and no more answers are taken. This cannot be undone."),
        lambda say: say("Yes, cancel it"),
    ),
}
"""For the verbs that end a workshop: the question, what it means, and the words on the button."""


def _question(view: Confirm, say: Words) -> str:
    if view.ending is not None:
        return _ASKS["finish"][0](say)
    return _ASKS[view.verb][0](say) if view.verb in _ASKS else say("Once more?")


def _yes(view: Confirm, say: Words) -> str:
    if view.ending is not None:
        return _ASKS["finish"][2](say)
    return _ASKS[view.verb][2](say) if view.verb in _ASKS else say("Yes, once more")


def _end(ending: Ending, say: Words) -> str:
    """What going on means after the last step."""
    if ending.sentences is None:
        return say("This ends the workshop and posts the closing picture. After that no more answers are taken.")
    return say(
        "This ends the workshop and posts the closing picture: {sentences}, {hidden}. After that no more answers are "
        "taken.",
        sentences=say.plural("{n} sentence", "{n} sentences", ending.sentences),
        hidden=say.plural("{n} hidden", "{n} hidden", ending.hidden),
    )


def _body(view: Confirm, say: Words) -> list[Element]:
    body: list[Element] = [heading(_question(view, say)), said(view.workshop.title_in(say.language), weight="Bolder")]
    if view.sentence is not None:
        body.append(said(sentence(view.sentence, say)))
    elif view.ending is not None:
        body.append(line(_end(view.ending, say)))
    elif view.verb in _ASKS:
        body.append(line(_ASKS[view.verb][1](say)))
    if (view.verb == "finish" or view.ending is not None) and (unseen := reveal_first(view.workshop, say)):
        body.append(box([line(unseen)], style="warning"))
    return body


def _data(view: Confirm) -> dict[str, Any]:
    return {**view.extra, "w": view.workshop.id, "moves": view.workshop.moves, "sure": True}


def _confirm(view: Confirm, say: Words) -> Card:
    yes = submit(_yes(view, say), view.verb, "destructive" if view.verb == "cancel" else "positive", **_data(view))
    group = view.extra.get("group")
    back = {"w": view.workshop.id, "group": group or None}
    no = submit(say("No, back to the console"), "group_console" if group else "console", **back)
    return card(_body(view, say), [yes, no], say.language)


def confirm_message(view: Confirm, say: Words) -> Card:
    """The question as a card in a conversation; who does not want it leaves it alone."""
    body = [*_body(view, say), line(say("If not, just leave this card alone."), subtle=True)]
    return card(body, [press(_yes(view, say), view.verb, **_data(view))], say.language)


DRAWS: dict[type, Callable[[Any, Words], Card]] = {Confirm: _confirm}
TITLES: dict[type, Callable[[Any, Words], str]] = {Confirm: _question}
