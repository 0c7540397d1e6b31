"""What Kolbot says when it comes to a team or chat: what it is, and what to type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cards.elements import Card, card, fetch, heading, line, press
from cards.help import COMMAND_WORDS
from locales import Words
from workshop.views import Welcome


def _welcome(view: Welcome, say: Words) -> Card:
    return card(
        [
            heading(say("Kolbot leads peer-learning workshops")),
            line(
                say(
                    "In four stages people share what they know, plan, look at their experience and draw conclusions; "
                    "everybody answers in their own language, and all see the result on one board."
                )
            ),
            line(
                say(
                    "To begin, type: @Kolbot {new}. To see what else there is: @Kolbot {help}.",
                    new=COMMAND_WORDS["new"](say),
                    help=COMMAND_WORDS["help"](say),
                )
            ),
        ],
        [fetch(say("Open a workshop"), "new", "positive"), press(say("What can I do?"), "help")],
        say.language,
    )


DRAWS: dict[type, Callable[[Any, Words], Card]] = {Welcome: _welcome}
TITLES: dict[type, Callable[[Any, Words], str]] = {}
