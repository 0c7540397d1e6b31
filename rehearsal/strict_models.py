"""What Teams knows of cards, read from the models of Microsoft's own package. It judges no card."""

from __future__ import annotations

import typing
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from microsoft_teams.cards import core

Model = type[core.SerializableObject]

NESTED_ONLY = {"TextRun", "IconRun", "ImageRun", "Column", "TableRow", "TableCell", "CarouselPage"}
"""Types that are right inside their parent only; the models call them elements like any other."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A property: which models its value may be of; none means that anything goes."""

    models: tuple[Model, ...]


@cache
def by_type() -> dict[str, tuple[Model, ...]]:
    """The models of every `type` that Teams knows; `Component` has several."""
    found: dict[str, tuple[Model, ...]] = {}
    for model in vars(core).values():
        if not isinstance(model, type) or not issubclass(model, core.SerializableObject):
            continue
        field = model.model_fields.get("type")
        if field is not None and isinstance(field.default, str):
            found[field.default] = (*found.get(field.default, ()), model)
    return found


@cache
def slots(model: Model) -> dict[str, Slot]:
    """The properties of a model by the names that stand in the JSON."""
    found = {}
    for field in model.model_fields.values():
        name = field.serialization_alias or field.alias
        if name is not None:
            found[name] = Slot(_models(field.annotation))
    if model is core.AdaptiveCard:
        # The package calls it `schema`; the format has always called it `$schema` (Adaptive Cards schema 1.5).
        found["$schema"] = Slot(())
    return found


def _models(annotation: Any) -> tuple[Model, ...]:
    if isinstance(annotation, type) and issubclass(annotation, core.SerializableObject):
        return (annotation,)
    origin = typing.get_origin(annotation)
    if origin is Literal:
        return ()
    if origin is dict:
        return (core.SerializableObject,)
    found: tuple[Model, ...] = ()
    for part in typing.get_args(annotation):
        found += _models(part)
    # A free dictionary among the possibilities (data, requires, strings) leaves the whole value free.
    return () if core.SerializableObject in found and origin is typing.Union else found


def fits(model: Model, expected: tuple[Model, ...]) -> bool:
    """Whether an object of this model may stand where one of `expected` is asked for."""
    return any(issubclass(model, wanted) for wanted in expected)


@cache
def properties(kind: str | None, expected: tuple[Model, ...], *, inline: bool) -> dict[str, Slot] | None:
    """What an object of this `type` (None: it says none) may have where one of `expected` is asked for, `inline` among
    the runs of a text; None where it cannot stand."""
    candidates = [model for model in by_type().get(kind or "", ()) if fits(model, expected)]
    if kind is None:
        candidates = [model for model in expected if slots(model)]
    if kind in NESTED_ONLY and core.CardElement in expected and not inline:
        candidates = []
    return {name: slot for model in candidates for name, slot in slots(model).items()} or None


@cache
def free(expected: tuple[Model, ...]) -> bool:
    """Whether anything may stand there."""
    return not expected or core.SerializableObject in expected
