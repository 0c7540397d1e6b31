"""All kinds of prompt there are: one module of this folder each, found by its `KIND`. A new kind is a new file."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from workshop.plan import Prompt
from workshop.prompts.kind import Kind


def _found() -> dict[str, Kind]:
    kinds: dict[str, Kind] = {}
    for module in sorted(info.name for info in iter_modules(__path__)):
        kind: Kind | None = getattr(import_module(f"{__name__}.{module}"), "KIND", None)
        if kind is not None:
            kinds[kind.name] = kind
    return kinds


KINDS = _found()


def kind_of(prompt: Prompt) -> Kind:
    """The rules of a prompt's kind."""
    return KINDS[prompt.kind]
