"""What comes back of a turn, in Teams' shapes: dialogs, toasts, cards, messages. It chooses no words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot import invokes
from bot.teams import card_activity
from cards import draw, title_of
from cards.confirm import confirm_message
from cards.moved import SLOT, known_by
from cards.own_view import ASKED, in_own_language
from cards.sentences import sentence
from dialogs.turn import Reply, Show, Tell
from locales import words
from workshop.views import (
    AnswerForm,
    Confirm,
    Console,
    JoinForm,
    ModerateForm,
    PickForm,
    RolesForm,
    Shared,
    StageCard,
    View,
)

LARGE = (AnswerForm, Console, JoinForm, ModerateForm, PickForm, RolesForm)
"""Views whose dialog is as high as Teams makes it."""


def in_dialog(reply: Reply) -> dict[str, Any]:
    """The body that answers task/fetch and task/submit."""
    if isinstance(reply, Tell):
        return invokes.task_message(sentence(reply.sentence, words(reply.language)))
    height = "large" if isinstance(reply.view, LARGE) else "medium"
    return invokes.task_card(draw(reply.view, reply.language), title_of(reply.view, reply.language), height=height)


def on_page(reply: Show, url: str) -> dict[str, Any]:
    """The body that answers task/fetch with a page in place of a card; a client that hosts none opens it outside."""
    return invokes.task_page(url, title_of(reply.view, reply.language), fallback_url=url)


def in_place(data: Mapping[str, Any], viewer: str, reply: Reply) -> dict[str, Any]:
    """The body that answers an Execute with this data: a toast, or a card for this person alone. `viewer`: what Teams
    calls them; where a card of the conversation is shown in their language, their client goes on asking for it."""
    if isinstance(reply, Tell):
        return invokes.execute_message(sentence(reply.sentence, words(reply.language)))
    view, slot, card = reply.view, data.get(SLOT), _as_message(reply.view, reply.language)
    if not isinstance(slot, str) or not isinstance(view, Shared):
        return invokes.execute_card(card)
    workshop = view.board.workshop if isinstance(view, StageCard) else view.workshop
    asked = data.get(ASKED) is True
    own = in_own_language(known_by(card, slot), workshop, slot, () if asked else (viewer,), asked)
    return invokes.execute_card(own)


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
