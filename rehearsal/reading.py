"""Reads a card as a person does: its words, its buttons, its fields. It never clicks and never judges."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

CONTAINERS = ("body", "items", "columns", "rows", "cells", "pages", "images", "facts", "actions")
_holding = frozenset(CONTAINERS)
_clicked = _holding | {"selectAction", "inlineAction", "valueChangedAction", "inlines", "content"}
Value = str | bool | int | float | list[str]


class NoSuchButton(LookupError):
    """The card has no button of this title; the message lists those that it has."""


class NoSuchField(LookupError):
    """The card has no field of this id or label, or the field has no such choice; the message lists those there are."""


@dataclass(frozen=True, slots=True)
class Field:
    """One input of a card; `value` is what is sent if nobody touches it ("" if nothing is)."""

    id: str
    label: str
    type: str
    value: str = ""
    choices: list[tuple[str, str]] = field(default_factory=list)
    required: bool = False
    max_length: int | None = None
    multiline: bool = False
    multi: bool = False
    regex: str | None = None
    error: str = ""
    on_off: tuple[str, str] = ("true", "false")
    least: float | None = None
    most: float | None = None

    def filled(self, value: Value) -> Field:
        """The field with another value, as typed or chosen. Raises NoSuchField for a choice that is not offered."""
        if self.type == "Input.Toggle":
            chosen = self.on_off[0] if value in (True, "true", self.on_off[0]) else self.on_off[1]
            return replace(self, value=chosen)
        if self.type == "Input.ChoiceSet":
            wanted = value if isinstance(value, list) else [str(value)] if value != "" else []
            return replace(self, value=",".join(self._choice(name) for name in wanted))
        text = str(value)
        return replace(self, value=text if self.max_length is None else text[: self.max_length])

    def _choice(self, name: str) -> str:
        for title, value in self.choices:
            if name in (value, title):
                return value
        offered = ", ".join(title for title, _ in self.choices)
        raise NoSuchField(f"{self.label!r} offers no choice {name!r}; it offers: {offered}")

    def complaint(self) -> str:
        """Why the client would not send this value, or "" if it would."""
        unset = not self.value or (self.type == "Input.Toggle" and self.value != self.on_off[0])
        if self.required and unset:
            return self.error or f"{self.label} is required"
        if self.value and self.regex and not re.match(self.regex, self.value):
            return self.error or f"{self.label} does not match"
        if self.value and self.type == "Input.Number":
            try:
                number = float(self.value)
            except ValueError:
                return self.error or f"{self.label} is no number"
            if (self.least is not None and number < self.least) or (self.most is not None and number > self.most):
                return self.error or f"{self.label} is out of range"
        return ""


@dataclass(frozen=True, slots=True)
class Button:
    """One thing to click and the fields whose values go with it."""

    title: str
    action: dict[str, Any]
    fields: list[Field]


def parts(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The direct parts of a card or element in reading order, hidden ones left out."""
    if _holding.isdisjoint(node):
        return
    if _holding.isdisjoint(node):
        return
    for name in CONTAINERS:
        inside = node.get(name)
        for part in inside if isinstance(inside, list) else []:
            if isinstance(part, dict) and part.get("isVisible") is not False:
                yield part


def texts(card: dict[str, Any] | None) -> list[str]:
    """All words that a person reads in a card, in order: texts, facts, tables, labels, choices, button titles."""
    return [text for text in _texts(card) if text.strip()] if card else []


def _texts(node: dict[str, Any]) -> Iterator[str]:
    kind = str(node.get("type", ""))
    if kind == "RichTextBlock":
        runs = node.get("inlines") or []
        yield "".join(run if isinstance(run, str) else str(run.get("text", "")) for run in runs)
    elif kind in ("TextBlock", "TextRun", "Badge"):
        yield str(node.get("text", ""))
    elif kind == "CodeBlock":
        yield str(node.get("codeSnippet", ""))
    elif kind.startswith("Input."):
        yield str(node.get("label") or "")
        yield str(node.get("title") or "")
        yield from (str(choice.get("title", "")) for choice in node.get("choices") or [])
    elif kind.startswith("Chart."):
        yield str(node.get("title") or "")
        for datum in node.get("data") or []:
            yield str(datum.get("legend") or datum.get("x") or datum.get("title") or "")
    elif "value" in node and not kind:
        yield str(node.get("title", ""))
        yield str(node["value"])
    elif kind.startswith("Action.") or kind == "CompoundButton":
        yield str(node.get("title") or "")
        yield str(node.get("description") or "")
    for part in parts(node):
        yield from _texts(part)
    for name in ("card", "content"):
        if isinstance(node.get(name), dict):
            yield from _texts(node[name])


def own_fields(node: dict[str, Any]) -> list[Field]:
    """The inputs of a card, hidden ones too (their values are sent), without those inside its ShowCards."""
    found: list[Field] = []
    _own_fields(node, found)
    return found


def _own_fields(node: dict[str, Any], found: list[Field]) -> None:
    for name in CONTAINERS:
        inside = node.get(name)
        for part in inside if isinstance(inside, list) else ():
            if not isinstance(part, dict):
                continue
            if str(part.get("type", "")).startswith("Input."):
                found.append(_field(part))
            if not _holding.isdisjoint(part):
                _own_fields(part, found)


def all_fields(card: dict[str, Any], there: Sequence[Button] | None = None) -> list[Field]:
    """The inputs of a card and of the cards inside its ShowCards; `there`: its buttons, where they are known."""
    found = {item.id: item for item in own_fields(card)}
    for button in buttons(card) if there is None else there:
        found |= {item.id: item for item in button.fields if item.id not in found}
    return list(found.values())


def _field(part: dict[str, Any]) -> Field:
    kind, on, off = part["type"], str(part.get("valueOn", "true")), str(part.get("valueOff", "false"))
    value = part.get("value")
    if kind == "Input.Toggle" and value is None:
        value = off
    return Field(
        id=str(part.get("id", "")), label=str(part.get("label") or part.get("title") or ""), type=kind,
        value="" if value is None else str(value),
        choices=[(str(choice.get("title", "")), str(choice.get("value", ""))) for choice in part.get("choices") or []],
        required=bool(part.get("isRequired")), max_length=part.get("maxLength") or None,
        multiline=bool(part.get("isMultiline")), multi=bool(part.get("isMultiSelect")), regex=part.get("regex"),
        error=str(part.get("errorMessage") or ""), on_off=(on, off),
        least=part.get("min") if kind == "Input.Number" else None,
        most=part.get("max") if kind == "Input.Number" else None,
    )


def buttons(card: dict[str, Any] | None) -> list[Button]:
    """Everything to click in a card, in order, also inside ShowCards (whose buttons send the outer fields too)."""
    found: list[Button] = []
    if card:
        _buttons(card, own_fields(card), found)
    return found


def _buttons(node: dict[str, Any], scope: list[Field], found: list[Button]) -> None:
    kind = str(node.get("type", ""))
    acts = kind.startswith("Action.")
    if not acts and _clicked.isdisjoint(node):
        return  # most of a card
    chosen = node.get("selectAction")
    if isinstance(chosen, dict):
        found.append(Button(str(chosen.get("title") or " ".join(texts(node))), chosen, scope))
    others = (node.get(name) for name in ("inlineAction", "valueChangedAction"))
    found.extend(Button(str(one.get("title") or ""), one, scope) for one in others if isinstance(one, dict))
    if acts:
        if kind == "Action.ShowCard" and isinstance(node.get("card"), dict):
            _buttons(node["card"], [*scope, *own_fields(node["card"])], found)
            return
        found.append(Button(str(node.get("title") or ""), node, scope))
        menu = node.get("menuActions") or []
        found.extend(Button(str(inner.get("title") or ""), inner, scope) for inner in menu)
    for run in node.get("inlines") or ():
        if isinstance(run, dict) and "selectAction" in run:
            _buttons(run, scope, found)
    for part in parts(node):
        _buttons(part, scope, found)
    if isinstance(node.get("content"), dict):
        _buttons(node["content"], scope, found)


def folded(name: str) -> str:
    """A label as it may be written as a Python name: lower case, other signs as underscores."""
    return re.sub(r"\W+", "_", name.casefold()).strip("_")


def fill(fields: list[Field], values: dict[str, Value]) -> list[Field]:
    """The fields with these values, found by id or by label. Raises NoSuchField for one that is not there."""
    filled = {item.id: item for item in fields}
    for name, value in values.items():
        found = next((item for item in fields if item.id == name), None)
        found = found or next((item for item in fields if item.label == name), None)
        found = found or next((item for item in fields if folded(name) in (folded(item.label), folded(item.id))), None)
        if found is None:
            there = ", ".join(f"{item.id} ({item.label})" for item in fields) or "none"
            raise NoSuchField(f"no field {name!r}; there are: {there}")
        filled[found.id] = filled[found.id].filled(value)
    return list(filled.values())


def sent_values(fields: list[Field]) -> dict[str, str]:
    """What the client sends: texts only, and nothing for a field that is empty (adaptivecards 3.0.6, SubmitAction)."""
    return {item.id: item.value for item in fields if item.value}


def pressed(there: Sequence[Button], title: str, which: int = 0) -> Button:
    """The one of a card's buttons with this title; `which` counts several of the same title. Raises NoSuchButton."""
    same = [button for button in there if button.title == title]
    same = same or [button for button in there if button.title.strip().casefold() == title.strip().casefold()]
    if which >= len(same):
        known = ", ".join(repr(button.title) for button in there) or "none"
        raise NoSuchButton(f"no button {title!r}; there are: {known}")
    return same[which]
