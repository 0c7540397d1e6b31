"""Where and how one prompt's result is drawn, and what came of it. Draws only what several kinds draw alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from drawings import design
from drawings.authors import author, group_of
from drawings.lettering import clipped, measured
from drawings.lines import paragraph
from drawings.svg import Element
from locales import Words
from workshop.plan import Text, in_language

BODY: Final = 20.0
"""px: what people wrote."""
SMALL: Final = 16.0
"""px: figures, names, axes."""
GAP: Final = 16.0
MOST_LINES: Final = 4
"""Lines that a label has beside its bar; in the text it is whole."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A place `width` px wide with its top left corner at (x, y), in the colours of a stage. Template texts are in the
    language of `say`, with `otherwise` where that is missing."""

    x: float
    y: float
    width: float
    palette: design.Palette
    stage: design.StageColour
    say: Words
    otherwise: str

    def own(self, text: Text) -> str:
        """A label in the reader's language, or as a person wrote it."""
        return in_language(text, self.say.language, self.otherwise)

    def signed(self, name: str) -> str:
        """Whose an answer is: a person's name with the group they work in, or a group's in words."""
        return " · ".join(part for part in (author(name, self.say), group_of(name, self.say)) if part)

    def line(self, text: str, y: float, *, size: float = SMALL, bold: bool = False) -> tuple[list[Element], float]:
        """A remark in soft ink in the whole width, its upper edge at `y`; and its lower edge."""
        lines = measured(text, bold=bold).lines(self.width / size)
        parts = paragraph(lines, x=self.x, y=y, size=size, ink=self.palette.soft, bold=bold)
        return parts, y + len(lines) * size * design.LEADING


@dataclass(frozen=True, slots=True)
class Drawn:
    """A result as it was drawn: elements, lower edge in px, and the same content as text, one thing a line."""

    parts: Sequence[Element]
    bottom: float
    told: Sequence[str]


def label(text: str, *, x: float, y: float, width: float, ink: str) -> tuple[list[Element], float]:
    """A row's label from `y` on and its lower edge; what has more than four lines ends with …"""
    said = measured(text)
    lines = clipped(said.lines(width / BODY), MOST_LINES, width / BODY)
    return paragraph(lines, x=x, y=y, size=BODY, ink=ink), y + len(lines) * BODY * design.LEADING
