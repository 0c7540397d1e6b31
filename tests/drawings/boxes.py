"""Where the texts of a drawing are: measured from the SVG with the fonts' own advances. Judges nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from drawings import fonts
from tests.drawings.samples import SVG

ABOVE, BELOW = 0.72, 0.2
"""Of the type size: how far letters reach above and below the base line; accents on capitals a little further."""


@dataclass(frozen=True, slots=True)
class Box:
    text: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        apart = (
            self.right <= other.left or other.right <= self.left or self.bottom <= other.top or other.bottom <= self.top
        )
        return not apart


def texts(svg: str) -> list[Box]:
    """The boxes of all level texts, px of the drawing."""
    return [*_within(ElementTree.fromstring(svg), 0.0, 0.0)]


def _within(node: ElementTree.Element, right: float, down: float) -> Iterator[Box]:
    """Those of an element that was moved to the right and down."""
    if moved := node.get("transform", ""):
        found = re.fullmatch(r"translate\(([0-9.]+) ([0-9.]+)\)", moved)
        assert found, moved
        right, down = right + float(found[1]), down + float(found[2])
    for one in node:
        if one.tag == f"{SVG}text" and "".join(one.itertext()).strip("\u200f "):
            yield _box(one, right, down)
        yield from _within(one, right, down)


def _box(text: ElementTree.Element, right: float, down: float) -> Box:
    said = "".join(text.itertext()).replace("\u200f", "")
    size, x, y = (float(text.get(name, "0")) for name in ("font-size", "x", "y"))
    x, y = x + right, y + down
    wide = fonts.advance(said, bold=text.get("font-weight") == "700") * size
    left = x - {"middle": wide / 2, "end": wide}.get(text.get("text-anchor", ""), 0.0)
    return Box(said, left, y - ABOVE * size, left + wide, y + BELOW * size)


def faults(svg: str) -> list[str]:
    """What is wrong with where texts stand: over each other, or off the page."""
    root = ElementTree.fromstring(svg)
    _, _, width, height = map(float, root.get("viewBox", "").split())
    found = texts(svg)
    wrong = [
        f"off the page: {one.text}"
        for one in found
        if one.left < 0 or one.top < 0 or one.right > width or one.bottom > height
    ]
    found.sort(key=lambda one: one.top)
    for at, one in enumerate(found):
        for other in found[at + 1 :]:
            if other.top >= one.bottom:
                break
            if one.meets(other):
                wrong.append(f"over each other: {one.text} / {other.text}")
    return wrong
