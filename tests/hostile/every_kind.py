"""A workshop that asks with every kind of prompt there is, as a template. A new kind comes into it by itself."""

from __future__ import annotations

import json
from typing import Any

from templates import from_source
from workshop.plan import STAGES, Plan, Text
from workshop.prompts import KINDS
from workshop.prompts.kind import Fields, Kind

SOURCE = "notes"
"""What gives the items to kinds that have none of their own. A prompt is called like its kind."""
OWN_ITEMS = ("options", "rows")
TOGETHER = 3
"""Prompts of a step."""


class Written:
    """Writes down the settings that a kind asks for, as a template has them; what may stay out stays out."""

    def __init__(self) -> None:
        self.said: dict[str, Any] = {}

    def integer(self, name: str, default: int, low: int, high: int) -> int:
        return default

    def flag(self, name: str, default: bool) -> bool:
        return default

    def labelled(self, name: str, low: int, high: int) -> tuple[tuple[str, Text], ...]:
        made = {f"{name}{number}": f"Of the {name} number {number}" for number in range(max(low, min(high, 3)))}
        self.said[name] = made
        return tuple((key, {"en": words}) for key, words in made.items())

    def pair(self, name: str, first: str, second: str, needed: bool = False) -> tuple[Text, Text] | None:
        self.said[name] = {first: f"{name} {first}", second: f"{name} {second}"}
        return {"en": first}, {"en": second}

    def named(self, name: str, low: int, high: int, settings: tuple[str, ...]) -> tuple[tuple[str, Text, Fields], ...]:
        made = {f"{name}{number}": f"Of the {name} number {number}" for number in range(max(low, min(high, 2)))}
        self.said[name] = made
        return tuple((key, {"en": words}, Written()) for key, words in made.items())


def prompt_of(kind: Kind, number: int) -> dict[str, Any]:
    """A prompt of this kind; every second one is anonymous."""
    written = Written()
    kind.read(written)
    asks = {"id": kind.name, "kind": kind.name, "text": f"What about {kind.name}?", "anonymous": number % 2 == 1}
    if kind.takes_items and not any(name in written.said for name in OWN_ITEMS):
        asks["from"] = SOURCE
    return {**asks, **written.said}


def every_kind() -> Plan:
    """The source first, three kinds a step, and as many steps as it takes."""
    names = [SOURCE, *sorted(set(KINDS) - {SOURCE}, key=lambda name: (KINDS[name].takes_items, name))]
    prompts = [prompt_of(KINDS[name], number) for number, name in enumerate(names)]
    steps = [
        {"id": f"step{start}", "title": f"Step {start}", "minutes": 600, "prompts": prompts[start : start + TOGETHER]}
        for start in range(0, len(prompts), TOGETHER)
    ]
    split = [*([step] for step in steps[:3]), steps[3:]]
    return from_source(json.dumps({
        "id": "every-kind", "languages": ["en"], "title": "Every kind", "about": "All that can be asked.",
        "stages": [
            {"id": stage, "aim": f"The aim of {stage}", "steps": part}
            for stage, part in zip(STAGES, split, strict=True)
        ],
    }))  # fmt: skip


PLAN = every_kind()
STEPS = tuple(place.number for place in PLAN.places)
