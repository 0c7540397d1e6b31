"""One field of a form with what the form says about it, before and after it is filled in. It fills nothing in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rehearsal.reading import Field


@dataclass(frozen=True, slots=True)
class Question:
    """A field with what the form says about it: the prompt's hint ({} if none) and the part of the prompt."""

    field: Field
    hint: Mapping[str, Any]
    part: str
    alone: bool = True
    """The only field of its prompt."""

    @property
    def prompt(self) -> str:
        return str(self.hint.get("id", ""))

    @property
    def kind(self) -> str:
        return str(self.hint.get("kind", ""))

    def limit(self, *names: str, otherwise: int) -> int:
        """The first of the hint's limits that is a number."""
        for name in names:
            value = self.hint.get(name)
            if isinstance(value, int) and not isinstance(value, bool) and value > 0:
                return value
        return otherwise

    @property
    def longest(self) -> int | None:
        """The most characters of one entry, as the form says it; what its field takes can be more."""
        limits = self.hint.get("limits")
        said = limits.get(self.part.rpartition(".")[2]) if isinstance(limits, Mapping) else None
        most = said if isinstance(said, int) else self.limit("max_chars", "max_length", otherwise=0)
        return min(filter(None, (most, self.field.max_length)), default=None)


def questions(inputs: Sequence[Field], hints: Mapping[str, Any]) -> list[Question]:
    """Each field with its prompt: ids are `a.<prompt>.<part>`, or begin with the prompt's id."""
    listed = hints.get("prompts")
    prompts = [hint for hint in listed if isinstance(hint, Mapping)] if isinstance(listed, Sequence) else []
    found = []
    for field in inputs:
        for hint in sorted(prompts, key=lambda hint: -len(str(hint.get("id", "")))):
            match = re.match(rf"(?:a\.)?{re.escape(str(hint.get('id', '')))}(?:[./_-](.*))?$", field.id)
            if match and hint.get("id"):
                found.append(Question(field, hint, match.group(1) or ""))
                break
        else:
            found.append(Question(field, {}, field.id))
    return [
        replace(item, alone=not any(item.prompt == other.prompt and item is not other for other in found))
        for item in found
    ]


@dataclass(frozen=True, slots=True)
class Asked:
    """One field of a submitted form: `value` as sent ("" if left empty), and the words of its items by their keys."""

    prompt: str
    kind: str
    part: str
    value: str
    lines: bool = False
    """What is typed may have several lines."""
    column: int = 0
    """Where `part` stands among the columns of the prompt, from 0."""
    items: tuple[tuple[str, str], ...] = ()
    language: str = ""
    """Of the form, two letters: the template's own items are called differently in each."""
    label: str = ""
    anonymous: bool = False
    """Few answers are not shown."""
    group: int | None = None
    """The number of the group that it was answered for, where each group is asked once."""
