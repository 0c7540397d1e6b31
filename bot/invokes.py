"""The shapes in which Teams wants its invokes answered, as plain dicts. It never sends anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from botbuilder.core import BotAdapter, TurnContext

CARD = "application/vnd.microsoft.card.adaptive"
# Where the SDK itself keeps it, so that a handler written for the SDK works as well.
_KEY: Final = BotAdapter._INVOKE_RESPONSE_KEY

# The answer to task/submit that closes the dialog: HTTP 200 without a body.
CLOSE: Final = None


@dataclass(frozen=True, slots=True)
class InvokeAnswer:
    """What goes back in the HTTP response of an invoke."""

    status: int
    body: Mapping[str, Any] | None


def answer(context: TurnContext, body: Mapping[str, Any] | None, status: int = 200) -> None:
    """Sets this turn's answer; a later one replaces it. Teams shows an error for any status but 200."""
    context.turn_state[_KEY] = InvokeAnswer(status, body)


def unknown(context: TurnContext) -> None:
    """Answers 501: an invoke that the bot does not know, which is what the SDK answers too."""
    answer(context, None, 501)


def answered(context: TurnContext) -> bool:
    """True once this turn has its answer."""
    return _KEY in context.turn_state


def answer_of(context: TurnContext) -> InvokeAnswer | None:
    """This turn's answer, also if set the SDK's way (an activity, or a response with status and body)."""
    kept = context.turn_state.get(_KEY)
    if kept is None or isinstance(kept, InvokeAnswer):
        return kept
    response = getattr(kept, "value", kept)
    status, body = getattr(response, "status", 200), getattr(response, "body", None)
    return InvokeAnswer(int(status), body if isinstance(body, Mapping) else None)


def task_card(
    card: Mapping[str, Any], title: str, *, height: str | int = "medium", width: str | int = "medium"
) -> dict[str, Any]:
    """Opens a dialog with a card, or shows the next card in it. Sizes: small, medium, large, or pixels."""
    attachment = {"contentType": CARD, "content": card}
    return _continue({"title": title, "height": height, "width": width, "card": attachment})


def task_page(
    url: str, title: str, *, height: str | int = "large", width: str | int = "large", fallback_url: str = ""
) -> dict[str, Any]:
    """Opens a dialog with a page; its host must be among the manifest's validDomains."""
    value = {"title": title, "height": height, "width": width, "url": url}
    return _continue({**value, "fallbackUrl": fallback_url} if fallback_url else value)


def task_message(text: str) -> dict[str, Any]:
    """Closes the dialog with a sentence."""
    return {"task": {"type": "message", "value": text}}


def execute_card(card: Mapping[str, Any]) -> dict[str, Any]:
    """Replaces the card that was clicked, in the client of the person who clicked only."""
    return {"statusCode": 200, "type": CARD, "value": card}


def execute_message(text: str) -> dict[str, Any]:
    """Shows a sentence to the person who clicked; the card stays."""
    return {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": text}


def execute_error(code: str, message: str, status: int = 400) -> dict[str, Any]:
    """Says that a click failed (`status` 400 or 500, inside the body: the HTTP status stays 200)."""
    value = {"code": code, "message": message}
    return {"statusCode": status, "type": "application/vnd.microsoft.error", "value": value}


def _continue(value: Mapping[str, Any]) -> dict[str, Any]:
    return {"task": {"type": "continue", "value": value}}
