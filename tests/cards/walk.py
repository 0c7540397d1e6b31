"""Ways to read a card in tests: its texts, inputs, buttons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def parts(node: Any) -> Iterator[dict[str, Any]]:
    """Every object of a card."""
    if isinstance(node, list):
        for part in node:
            yield from parts(part)
    elif isinstance(node, dict):
        yield node
        for name, part in node.items():
            if name != "data":
                yield from parts(part)


def text_of(card: Any) -> str:
    """All that can be read, line by line; runs of a line in one. What was put between signs so that no renderer reads
    them is taken out again."""
    lines = []
    for part in parts(card):
        if part.get("type") == "RichTextBlock":
            lines.append("".join(run["text"] for run in part["inlines"]))
        elif part.get("type") == "TextBlock":
            lines.append(part["text"])
    return "\n".join(lines).replace("‹", "<").replace("›", ">").replace("\N{WORD JOINER}", "")


def inputs_of(card: Any) -> dict[str, dict[str, Any]]:
    """The inputs by id."""
    return {part["id"]: part for part in parts(card) if str(part.get("type", "")).startswith("Input.")}


def buttons_of(card: Any) -> dict[str, dict[str, Any]]:
    """The data of the buttons by verb."""
    return {part["data"]["verb"]: part["data"] for part in parts(card) if isinstance(part.get("data"), dict)}


def ids_of(card: dict[str, Any]) -> list[str]:
    """The ids of what stands at the top level of the card, inputs aside."""
    return [part["id"] for part in card["body"] if "id" in part and not part["type"].startswith("Input.")]
