"""Reads the bot's answer to an invoke as strictly as Teams does. It never talks to the bot and changes nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from rehearsal.bot_link import Delivery
from rehearsal.strict import judge

CARD = "application/vnd.microsoft.card.adaptive"
TOAST = "application/vnd.microsoft.activity.message"
ERROR = "application/vnd.microsoft.error"
UNREACHABLE = "Unable to reach app. Please try again."
WRONG = "Something went wrong. Please try again."
SIZES = ("small", "medium", "large")

Kind = Literal["dialog", "card", "message", "closed", "error", "none"]


@dataclass(frozen=True, slots=True)
class TaskCard:
    """What a dialog is to show: a card or a page."""

    title: str
    card: dict[str, Any] | None
    url: str | None
    height: str | int
    width: str | int


@dataclass(frozen=True, slots=True)
class Answer:
    """What the person sees after a click. `why` is for the developer: the reason of a refusal, if there was one."""

    kind: Kind
    text: str = ""
    card: dict[str, Any] | None = None
    task: TaskCard | None = None
    dialog_id: str | None = None
    code: str = ""
    status: int = 200
    why: str = ""
    warnings: list[str] = field(default_factory=list)

    def shown(self) -> dict[str, Any]:
        """As the page reads it."""
        if self.kind == "dialog" and self.task is not None:
            task = self.task
            return {"kind": "dialog", "dialog": {
                "id": self.dialog_id, "title": task.title, "height": task.height, "width": task.width,
                "card": task.card, "url": task.url,
            }}
        if self.kind == "card":
            return {"kind": "card", "card": self.card}
        if self.kind == "message":
            return {"kind": "message", "text": self.text}
        if self.kind == "error":
            return {"kind": "error", "code": self.code, "text": self.text, "status": self.status}
        return {"kind": self.kind}


def _refused(why: str, status: int = 200) -> Answer:
    return Answer("error", text=WRONG, code="BadAnswer", status=status, why=why)


def _reached(delivery: Delivery) -> Answer | None:
    """An error if the bot did not answer at all, or not with 200."""
    if delivery.status is None:
        return Answer("error", text=UNREACHABLE, code="BotUnreachable", status=502, why=delivery.error)
    if delivery.status == 501:
        why = "the bot does not implement this invoke (501)"
        return Answer("error", text=UNREACHABLE, code="NotImplemented", status=501, why=why)
    if delivery.status != 200:
        why = f"the bot answered {delivery.status} to an invoke, it has to be 200"
        return Answer("error", text=WRONG, code="BotError", status=delivery.status, why=why)
    if delivery.error:
        return _refused(delivery.error)
    return None


def read_execute(delivery: Delivery) -> Answer:
    """The answer to adaptiveCard/action: a card, a message or an error (Microsoft Learn, Universal Actions)."""
    failed = _reached(delivery)
    if failed is not None:
        return failed
    body = delivery.body
    if not isinstance(body, dict):
        return _refused("the answer to an Action.Execute has to be an object with statusCode, type and value")
    code, kind, value = body.get("statusCode", 200), body.get("type"), body.get("value")
    if not isinstance(code, int) or isinstance(code, bool):
        return _refused(f"statusCode {code!r} is not a number")
    if kind == CARD and code == 200:
        verdict = judge(value, "message")
        if verdict.reasons:
            return _refused("; ".join(verdict.reasons))
        return Answer("card", card=value, warnings=verdict.warnings)
    if kind == TOAST and code == 200:
        if not isinstance(value, str) or not value:
            return _refused("the value of a message has to be a text")
        return Answer("message", text=value)
    if kind == ERROR and code in (400, 500):
        if not isinstance(value, dict) or not all(isinstance(value.get(name), str) for name in ("code", "message")):
            return _refused("the value of an error has to hold code and message")
        return Answer("error", text=value["message"], code=value["code"], status=code)
    return _refused(f"Teams knows no answer with statusCode {code} and type {kind!r}")


def read_task(delivery: Delivery, step: Literal["fetch", "submit"]) -> Answer:
    """The answer to task/fetch or task/submit: the dialog goes on, says something, or (submit) closes."""
    failed = _reached(delivery)
    if failed is not None:
        return failed
    body = delivery.body
    if body is None or body == {}:
        if step == "submit":
            return Answer("closed")
        return _refused("the answer to task/fetch holds no task")
    task = body.get("task") if isinstance(body, dict) else None
    if task is None and step == "submit" and isinstance(body, dict):
        return Answer("closed")
    if not isinstance(task, dict):
        return _refused("the answer to a dialog has to hold a task")
    if task.get("type") == "message":
        if not isinstance(task.get("value"), str) or not task["value"]:
            return _refused("the value of a task message has to be a text")
        return Answer("message", text=task["value"])
    if task.get("type") != "continue" or not isinstance(task.get("value"), dict):
        return _refused(f"Teams knows no task of type {task.get('type')!r}")
    return _dialog(task["value"])


def _dialog(value: dict[str, Any]) -> Answer:
    title = value.get("title", "")
    if not isinstance(title, str):
        return _refused("the title of a dialog has to be a text")
    for name in ("height", "width"):
        size = value.get(name, "medium")
        if size not in SIZES and not (isinstance(size, int) and not isinstance(size, bool) and size > 0):
            return _refused(f"{name} {size!r} of a dialog is neither pixels nor small, medium, large")
    unknown = set(value) - {"title", "height", "width", "card", "url", "fallbackUrl", "completionBotId"}
    if unknown:
        return _refused(f"a dialog has no property {sorted(unknown)[0]!r}")
    card, url = value.get("card"), value.get("url")
    if (card is None) == (url is None):
        return _refused("a dialog holds either a card or a url")
    content, warnings = None, []
    if card is not None:
        if not isinstance(card, dict) or card.get("contentType") != CARD:
            return _refused(f"the card of a dialog has to be an attachment of {CARD}")
        content = card.get("content")
        verdict = judge(content, "dialog")
        if verdict.reasons:
            return _refused("; ".join(verdict.reasons))
        warnings = verdict.warnings
    elif not isinstance(url, str) or not url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        return _refused("the url of a dialog has to be https")
    task = TaskCard(title, content, url, value.get("height", "medium"), value.get("width", "medium"))
    return Answer("dialog", task=task, warnings=warnings)
