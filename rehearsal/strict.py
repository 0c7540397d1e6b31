"""Judges a card as Teams would: what it would refuse, what would look wrong. It never changes the card."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import orjson
from microsoft_teams.cards import core

from rehearsal.strict_models import Model, by_type, free, properties

LARGEST = 80 * 1024
"""Bytes of a message as UTF-16; Teams' own limit is about 100 KB with its wrapping (Microsoft Learn, 2026-08-17)."""
VIEWERS = 60
"""People whom one card may refresh by itself (Microsoft Learn, Universal Actions)."""
BUTTONS = 6
DATA_IMAGE = re.compile(r"data:image/(png|jpeg|jpg|gif|svg\+xml);base64,[A-Za-z0-9+/=\s]+\Z")
DATA_URI = re.compile(rb'"data:[a-z]+/[a-z+.-]+;base64,[^"]*"')
MSTEAMS_TYPES = {"task/fetch", "imBack", "messageBack", "invoke", "signin"}
DATA = frozenset({"data", "requires", "msteams", "choices.data", "metadata"})
"""Properties that hold no elements."""
ACTING = frozenset({"selectAction", "inlineAction", "actions"})
"""Properties that hold something to click."""
VERSIONS = ("1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6")

Place = Literal["message", "dialog"]


@dataclass(slots=True)
class Verdict:
    """`reasons`: Teams would refuse the card. `warnings`: it would take it, and people would see something wrong."""

    reasons: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def utf16_size(payload: Any) -> int:
    """Bytes of the payload as JSON in UTF-16; pictures in base64 do not count (Microsoft Learn)."""
    raw = DATA_URI.sub(b'""', orjson.dumps(payload))
    return len(raw.decode().encode("utf-16-le"))


def too_large(payload: Any) -> int:
    """Its size as `utf16_size` has it where that is more than `LARGEST`; else 0."""
    # No sign takes more bytes as UTF-16 than twice its bytes as UTF-8: most need not be counted.
    return size if 2 * len(orjson.dumps(payload)) > LARGEST and (size := utf16_size(payload)) > LARGEST else 0


def objects(node: Any) -> Iterator[dict[str, Any]]:
    """Every element and action of a card in order, without looking into what is data."""
    found: list[dict[str, Any]] = []
    _gather(node, found)
    return iter(found)


def _gather(node: Any, found: list[dict[str, Any]]) -> None:
    if isinstance(node, list):
        for part in node:
            _gather(part, found)
    elif isinstance(node, dict):
        found.append(node)
        for name, part in node.items():
            if isinstance(part, (dict, list)) and name not in DATA:
                _gather(part, found)


def judge(card: Any, place: Place = "message") -> Verdict:
    """Everything that is wrong with a card that stands in a message or in a dialog; each reason says where."""
    verdict = Verdict()
    if not isinstance(card, dict) or card.get("type") != "AdaptiveCard":
        verdict.reasons.append('the content of the attachment has to be an object of type "AdaptiveCard"')
        return verdict
    if card.get("version") not in VERSIONS:
        verdict.reasons.append(f"version {card.get('version')!r} of the card is not one that Teams knows")
    if size := too_large(card):
        verdict.reasons.append(f"the card has {size} bytes as UTF-16, at most {LARGEST} go through")
    _known(card, (core.AdaptiveCard,), ((), "card"), False, verdict)
    every = list(objects(card))
    _inputs(every, verdict)
    _actions(card, every, place, verdict)
    _pictures(every, verdict)
    _refresh(card, place, verdict)
    _mentions(card, every, verdict)
    return verdict


Way = tuple[Any, ...]
"""How a part is reached: the way to what holds it, and the last piece. Put into words where something is wrong."""


def _told(way: Way) -> str:
    pieces: list[str] = []
    while way:
        way, piece = way
        pieces.append(f"[{piece}]" if isinstance(piece, int) else piece)
    return "".join(reversed(pieces))


def _known(node: Any, expected: tuple[Model, ...], way: Way, inline: bool, verdict: Verdict) -> None:
    """Types and properties, against the models; `inline`: somewhere among the runs of a text."""
    if free(expected):
        return
    if isinstance(node, list):
        for number, part in enumerate(node):
            if isinstance(part, (dict, list)):
                _known(part, expected, (way, number), inline, verdict)
        return
    kind = node.get("type")
    named = isinstance(kind, str) and kind in by_type()
    allowed = properties(kind if named or kind is None else "", expected, inline=inline)
    if allowed is None:
        if "fallback" in node and not named:
            verdict.warnings.append(f"{_told(way)}: Teams does not know {kind!r} and shows its fallback")
            if isinstance(node["fallback"], (dict, list)):
                _known(node["fallback"], expected, (way, ".fallback"), inline, verdict)
            return
        known = "cannot stand here" if named else "is unknown to Teams"
        verdict.reasons.append(f"{_told(way)}: {kind!r} {known}")
        return
    for name, value in node.items():
        if name not in allowed:
            verdict.reasons.append(f"{_told(way)}: {kind or 'this object'} has no property {name!r}")
        elif isinstance(value, (dict, list)):
            within = inline or name.startswith("inlines")
            _known(value, allowed[name].models, (way, f".{name}"), within, verdict)


def _inputs(every: list[dict[str, Any]], verdict: Verdict) -> None:
    labelled = {part["labelFor"] for part in every if "labelFor" in part and part.get("type") == "TextBlock"}
    inputs = [part for part in every if str(part.get("type", "")).startswith("Input.")]
    for part in inputs:
        name = part.get("id")
        if not isinstance(name, str) or not name:
            verdict.reasons.append(f"{part['type']} has no id, what is typed would be lost")
        label = part.get("label") or (part.get("title") if part["type"] == "Input.Toggle" else None)
        if not (isinstance(label, str) and label.strip()) and name not in labelled:
            verdict.reasons.append(f"{part['type']} {name!r} has no label")
        if part["type"] == "Input.ChoiceSet" and not part.get("choices") and not part.get("choices.data"):
            verdict.reasons.append(f"Input.ChoiceSet {name!r} has no choices")
        if part.get("isRequired") and not part.get("errorMessage"):
            verdict.warnings.append(f"{part['type']} {name!r} is required and has no errorMessage")
    names = Counter(
        part["id"] for part in every
        if "id" in part and isinstance(part["id"], str)
        and isinstance(part.get("type"), str) and "Action." not in part["type"]
    )
    for name, times in names.items():
        if times > 1:
            verdict.reasons.append(f"{times} elements have the id {name!r}")


def _actions(card: dict[str, Any], every: list[dict[str, Any]], place: Place, verdict: Verdict) -> None:
    fallbacks = {id(part["fallback"]) for part in every if "fallback" in part and isinstance(part["fallback"], dict)}
    for part in every:
        kind = part.get("type")
        if ACTING.isdisjoint(part) and not str(kind).startswith("Action."):
            continue
        if kind == "Action.Execute":
            if not (isinstance(part.get("verb"), str) and part["verb"]):
                verdict.reasons.append(f"Action.Execute {part.get('title')!r} has no verb")
            if place == "dialog":
                verdict.reasons.append(f"Action.Execute {part.get('title')!r} in a dialog, use Action.Submit")
        elif kind == "Action.Submit":
            _submit(part, place, id(part) in fallbacks, verdict)
        elif kind == "Action.ShowCard":
            _show_card(part, verdict)
        elif kind == "Action.OpenUrl" and not re.match(r"https?://[^\s]+\Z", str(part.get("url", ""))):
            verdict.reasons.append(f"Action.OpenUrl {part.get('title')!r} leads to no web address")
        for name in ("selectAction", "inlineAction"):
            if isinstance(part.get(name), dict) and part[name].get("type") == "Action.ShowCard":
                verdict.reasons.append(f"Action.ShowCard cannot be a {name}")
        actions = part.get("actions")
        if isinstance(actions, list):
            primary = [a for a in actions if isinstance(a, dict) and a.get("mode") != "secondary"]
            if len(primary) > BUTTONS:
                verdict.warnings.append(f"{len(primary)} primary buttons in one row, Teams shows {BUTTONS}")
            for action in primary:
                if not action.get("title") and not action.get("iconUrl"):
                    verdict.reasons.append(f"{action.get('type')} has no title")


def _submit(part: dict[str, Any], place: Place, is_fallback: bool, verdict: Verdict) -> None:
    data = part.get("data")
    ours = data.get("msteams") if isinstance(data, dict) else None
    name = f"Action.Submit {part.get('title')!r}"
    if isinstance(ours, dict):
        if ours.get("type") not in MSTEAMS_TYPES:
            verdict.reasons.append(f"{name}: msteams.type {ours.get('type')!r} is unknown")
        elif place == "dialog":
            verdict.reasons.append(f"{name}: a dialog cannot open {ours['type']}, answer its submit with `continue`")
    elif place == "message" and not is_fallback:
        verdict.warnings.append(
            f"{name} without msteams: the bot cannot answer in the card, Action.Execute can"
        )


def _show_card(part: dict[str, Any], verdict: Verdict) -> None:
    inner = part.get("card")
    if not isinstance(inner, dict) or inner.get("type") != "AdaptiveCard":
        verdict.reasons.append(f"Action.ShowCard {part.get('title')!r} holds no AdaptiveCard")
    elif any(deeper.get("type") == "Action.ShowCard" for deeper in objects(inner)):
        verdict.reasons.append(f"Action.ShowCard {part.get('title')!r} holds another Action.ShowCard")


def _pictures(every: list[dict[str, Any]], verdict: Verdict) -> None:
    for part in every:
        if part.get("type") != "Image":
            continue
        url = str(part.get("url", ""))
        if not url.startswith("https://") and not DATA_IMAGE.match(url):
            verdict.reasons.append(f"Image {url[:40]!r} is neither https nor a PNG, JPEG, GIF or SVG as data:")
        if not (isinstance(part.get("altText"), str) and part["altText"].strip()):
            verdict.reasons.append(f"Image {url[:40]!r} has no altText")


def _refresh(card: dict[str, Any], place: Place, verdict: Verdict) -> None:
    refresh = card.get("refresh")
    if not isinstance(refresh, dict):
        return
    if place == "dialog":
        verdict.reasons.append("a card in a dialog does not refresh")
    action = refresh.get("action")
    if not isinstance(action, dict) or action.get("type") != "Action.Execute":
        verdict.reasons.append("refresh.action has to be an Action.Execute")
    viewers = refresh.get("userIds")
    if viewers is None:
        return
    if not isinstance(viewers, list) or len(viewers) > VIEWERS:
        verdict.reasons.append(f"refresh.userIds has to be a list of at most {VIEWERS} people")
    elif not all(isinstance(viewer, str) and viewer.startswith("29:") for viewer in viewers):
        verdict.reasons.append("refresh.userIds has to hold Teams user ids, 29:…")


def _mentions(card: dict[str, Any], every: list[dict[str, Any]], verdict: Verdict) -> None:
    teams = card.get("msteams")
    entities = teams.get("entities") if isinstance(teams, dict) else None
    if not isinstance(entities, list):
        return
    words = "\n".join(
        part[name]
        for part in every
        for name in ("text", "value", "title")
        if isinstance(part.get(name), str)
    )
    for entity in entities:
        text = entity.get("text") if isinstance(entity, dict) else None
        if not isinstance(text, str) or not text or text not in words:
            verdict.warnings.append(f"the mention {text!r} stands nowhere in the card and is ignored")
