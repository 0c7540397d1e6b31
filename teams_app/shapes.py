"""What one value of a manifest may be: texts, choices, lists and objects, each with the sentence that refuses it.

Knows nothing of Teams; teams_app/table.py says which value has which shape.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of what follows them, beyond the text that they stand in."""


class Shape(Protocol):
    """What a value may be."""

    def faults(self, value: object, where: str) -> Iterator[str]:
        """A sentence for each thing that is wrong with the value that stands at `where`: what, and what would be
        right."""
        ...


@dataclass(frozen=True, slots=True)
class Text:
    """Words for people, counted in characters (code points, as JSON Schema does); of one line, unless `lines`."""

    longest: int
    why: str = ""
    lines: bool = False

    def faults(self, value: object, where: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield f"{where} is {kind(value)}; it has to be text."
            return
        if not value.strip():
            yield f"{where} is empty; it needs 1 to {self.longest} characters."
        if value.strip().lower() == "null":
            yield f"{where} is the word “null”, which Teams takes for nothing; say it in other words."
        if len(value) > self.longest:
            why = f" ({self.why})" if self.why else ""
            yield f"{where} has {len(value)} characters; at most {self.longest} are allowed{why}."
        if any(unicodedata.category(c) == "Cc" or c in TURNING for c in value if not (self.lines and c == "\n")):
            allowed = "letters, signs and line breaks are" if self.lines else "letters and signs on one line are"
            yield f"{where} holds a control character; only {allowed} allowed."


@dataclass(frozen=True, slots=True)
class Form:
    """Text of a form: `right` completes the sentence "it has to be …"."""

    pattern: re.Pattern[str]
    right: str
    longest: int = 2048

    def faults(self, value: object, where: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield f"{where} is {kind(value)}; it has to be {self.right}."
        elif len(value) > self.longest:
            yield f"{where} has {len(value)} characters; at most {self.longest} are allowed."
        elif not self.pattern.fullmatch(value):
            yield f"{where} is {quoted(value)}; it has to be {self.right}."


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few texts, spelt exactly so."""

    values: tuple[str, ...]

    def faults(self, value: object, where: str) -> Iterator[str]:
        if value not in self.values or not isinstance(value, str):
            choices = " or ".join(quoted(each) for each in self.values)
            yield f"{where} is {quoted(value) if isinstance(value, str) else kind(value)}; it has to be {choices}."


@dataclass(frozen=True, slots=True)
class Truth:
    """True or false."""

    def faults(self, value: object, where: str) -> Iterator[str]:
        if not isinstance(value, bool):
            yield f"{where} is {kind(value)}; it has to be true or false."


@dataclass(frozen=True, slots=True)
class Many:
    """A list of values of one shape, none of them twice."""

    of: Shape
    most: int
    least: int = 1

    def faults(self, value: object, where: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"{where} is {kind(value)}; it has to be a list."
            return
        if not self.least <= len(value) <= self.most:
            allowed = f"exactly {self.most}" if self.least == self.most else f"{self.least} to {self.most}"
            yield f"{where} has {len(value)} entries; it has to have {allowed}."
            return
        for at, each in enumerate(value):
            if each in value[:at]:
                yield f"{where}[{at}] stands there twice; name it once."
            yield from self.of.faults(each, f"{where}[{at}]")


@dataclass(frozen=True, slots=True)
class Thing:
    """An object with these properties and no others."""

    needs: Mapping[str, Shape] = field(default_factory=dict)
    may: Mapping[str, Shape] = field(default_factory=dict)

    def faults(self, value: object, where: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{where or 'The file'} is {kind(value)}; it has to be an object."
            return
        for name in self.needs:
            if name not in value:
                yield f"{inside(where, name)} is missing; it is required."
        known = {**self.needs, **self.may}
        for name, each in value.items():
            if name in known:
                yield from known[name].faults(each, inside(where, name))
            else:
                yield (
                    f"{inside(where, name)} has no business there; "
                    f"{where or 'the file'} may have only {', '.join(known)}."
                )


def inside(where: str, name: str) -> str:
    """The path of a property."""
    return f"{where}.{name}" if where else name


def quoted(value: str) -> str:
    """A value as a sentence shows it: cut where it is long, nothing in it that would move a terminal's cursor."""
    shown = value if len(value) <= 60 else value[:59] + "…"
    return "“" + "".join(c if c.isprintable() else "�" for c in shown) + "”"


def kind(value: object) -> str:
    """What sort of JSON value it is."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case list():
            return "a list"
        case _:
            return "an object"
