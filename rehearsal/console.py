"""What the facilitator of a headless session reads: buttons by their verbs, parts by their ids. It presses nothing."""

from __future__ import annotations

from typing import Any

from rehearsal.answers import CARD
from rehearsal.hands import Dialog
from rehearsal.offers import data_of
from rehearsal.reading import Button, buttons, texts
from rehearsal.strict import objects
from rehearsal.world import Message


def button_of(dialog: Dialog, verb: str) -> Button | None:
    """The first button of a dialog that does this."""
    return next((button for button in buttons(dialog.card) if data_of(button).get("verb") == verb), None)


def turn_of(dialog: Dialog, by: int) -> Button | None:
    """The button that leads to the page before or after this one."""
    for button in buttons(dialog.card):
        data = data_of(button)
        if data.get("verb") == "board" and data.get("page") == data.get("number", 0) + by:
            return button
    return None


def moves_of(console: Dialog) -> int | None:
    """The moves that the console was drawn at; None where nothing can be moved any more."""
    found = (data_of(button).get("moves") for button in buttons(console.card))
    return next((moves for moves in found if isinstance(moves, int)), None)


def part_of(dialog: Dialog, name: str) -> dict[str, Any] | None:
    """The part of a dialog's card with this id."""
    return next((part for part in objects(dialog.card) if part.get("id") == name), None)


def cards_of(message: Message) -> list[dict[str, Any]]:
    """The cards of a message."""
    return [part["content"] for part in message.attachments if part.get("contentType") == CARD]


def words_on(message: Message) -> list[str]:
    """All words of its cards."""
    return [words for card in cards_of(message) for words in texts(card)]


def holds_picture(message: Message) -> bool:
    """Whether one of its cards has a picture in it."""
    pictures = (part for card in cards_of(message) for part in objects(card) if part.get("type") == "Image")
    return any(str(part.get("url", "")).startswith("data:image/png;base64,") for part in pictures)


def is_closed(console: Dialog) -> bool:
    """Whether the console says that its step is over and no other one is open."""
    return any(button_of(console, verb) is not None for verb in ("reopen", "pick", "drop_cases"))


def step_on(message: Message) -> tuple[str, list[str]]:
    """What a stage card calls its step, and what it says was carried over to it."""
    parts = [part for card in cards_of(message) for part in objects(card.get("body"))]
    titles = [part for part in parts if part.get("style") == "heading" and part.get("size") == "Medium"]
    carried = [part for part in parts if part.get("id") == "carried"]
    lines = ["".join(runs_of(line)) for box in carried for line in objects(box.get("items")) if line.get("inlines")]
    return str(titles[-1].get("text", "")) if titles else "", lines


def runs_of(line: dict[str, Any]) -> list[str]:
    """The runs of a line of words."""
    return [run if isinstance(run, str) else str(run.get("text", "")) for run in line.get("inlines") or []]
