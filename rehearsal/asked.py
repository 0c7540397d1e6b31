"""A submitted form as whoever filled it in remembers it: what each field asked, and what its items were called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rehearsal.question import Asked, Question, questions
from rehearsal.reading import Field, parts
from rehearsal.samples import sample_of

NUMBERED = re.compile(r"(\d+) ?[.:·] ?(.*)", re.DOTALL)
"""An item with its number before it, in a line of its own or in the title of a choice."""


def asked_in(card: dict[str, Any] | None, fields: Sequence[Field], data: Mapping[str, Any]) -> tuple[Asked, ...]:
    """Every field that belongs to a prompt, as it is filled in now."""
    above = dict(_lines_above(card)) if card else {}
    language = str(card.get("lang", "")) if card else ""
    known: dict[tuple[str, str], str] = {}
    return tuple(
        _asked(question, above.get(question.field.id, ()), language, known)
        for question in questions(fields, data)
        if question.prompt
    )


def _asked(
    question: Question, above: Sequence[tuple[str, str]], language: str, known: dict[tuple[str, str], str]
) -> Asked:
    """`known` has the words of the items met so far: an item's second field has no line of its own."""
    columns = question.hint.get("columns")
    names = [str(name) for name in columns] if isinstance(columns, Sequence) and not isinstance(columns, str) else []
    column = names.index(question.part) if question.part in names else 0
    items: tuple[tuple[str, str], ...] = ()
    other = question.hint.get("other")  # the choice that is no item: the words in another field are meant
    if sample_of(question.kind).by_item and not question.field.multi and question.part:
        key = question.part.split(".")[0]
        if above:
            known[question.prompt, key] = above[-1][1]
        items = ((key, known.get((question.prompt, key), question.field.label)),)
    elif question.field.choices:
        numbered = dict(above)
        named = [(title, value) for title, value in question.field.choices if value != other]
        items = tuple((value, _whole(title, numbered)) for title, value in named)
    field, group = question.field, question.hint.get("group")
    value = "" if field.value == other else field.value
    return Asked(
        question.prompt, question.kind, question.part, value, field.multiline, column, items, language, field.label,
        bool(question.hint.get("anonymous")),
        group if isinstance(group, int) else None,
    )


def _whole(title: str, numbered: Mapping[str, str]) -> str:
    """The words of a choice: those of the line above that bears its number, where the title had to be simplified."""
    match = NUMBERED.fullmatch(title)
    return numbered.get(match[1], title) if match else title


def _lines_above(card: dict[str, Any]) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """For each field the numbered lines between it and the field before it: (number, words). What stands in a box of
    its own, as a quotation of earlier words does, is no item, whatever it begins with."""
    lines: list[tuple[str, str]] = []
    for part in _in_order(card):
        if part.get("type") == "RichTextBlock":
            runs = [run if isinstance(run, str) else str(run.get("text", "")) for run in part.get("inlines") or []]
            match = NUMBERED.fullmatch(runs[0]) if len(runs) > 1 else None
            if match and not match[2]:  # "1. grupa" is the group that somebody works in
                lines.append((match[1], runs[1]))
        elif str(part.get("type", "")).startswith("Input."):
            yield str(part.get("id", "")), tuple(lines)
            lines = []


def _in_order(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for part in parts(node):
        if part.get("style") != "emphasis":
            yield part
            yield from _in_order(part)
