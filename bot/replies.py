"""What comes back of a turn, in Teams' shapes: dialogs, toasts, cards, messages. It chooses no words."""

from __future__ import annotations

from typing import Any

from bot import invokes
from bot.teams import card_activity
from cards import draw, title_of
from cards.confirm import confirm_message
from cards.sentences import sentence
from dialogs.turn import Reply, Show, Tell
from locales import words
from workshop.views import AnswerForm, Confirm, Console, JoinForm, ModerateForm, PickForm, View

LARGE = (AnswerForm, Console, JoinForm, ModerateForm, PickForm)
"""Views whose dialog is as high as Teams makes it."""


def in_dialog(reply: Reply) -> dict[str, Any]:
    """The body that answers task/fetch and task/submit."""
    if isinstance(reply, Tell):
        return invokes.task_message(sentence(reply.sentence, words(reply.language)))
    height = "large" if isinstance(reply.view, LARGE) else "medium"
    return invokes.task_card(draw(reply.view, reply.language), title_of(reply.view, reply.language), height=height)


def in_place(reply: Reply) -> dict[str, Any]:
    """The body that answers an Execute: a toast, or a card for this person alone."""
    if isinstance(reply, Tell):
        return invokes.execute_message(sentence(reply.sentence, words(reply.language)))
    return invokes.execute_card(_as_message(reply.view, reply.language))


def as_message(reply: Reply) -> dict[str, Any]:
    """The message that answers a typed command."""
    if isinstance(reply, Show):
        return card_activity(_as_message(reply.view, reply.language))
    return {
        "type": "message",
        "text": sentence(reply.sentence, words(reply.language)),
        "textFormat": "plain",
    }


def _as_message(view: View, language: str) -> dict[str, Any]:
    return confirm_message(view, words(language)) if isinstance(view, Confirm) else draw(view, language)
