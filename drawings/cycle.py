"""The cycle as one picture: four stages on a ring, and at each arrow what one stage handed on to the next."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from drawings import design
from drawings.lettering import Text, clipped, measured
from drawings.lines import line, paragraph
from drawings.svg import Element, element, number
from drawings.view import StageSummary

_CORNERS: Final = ((False, False), (True, False), (True, True), (False, True))
"""Where the arrow from each stage is, and the paper with what it carries: (right, lower). The first stage is at the
left and the cycle runs clockwise, so that who reads from the top left begins with the first."""
_ACROSS: Final = (0, 2)
"""The stages at the sides, where the ring runs across the label; at the top and the bottom it runs along it."""


@dataclass(frozen=True, slots=True)
class Cycle:
    """The cycle in a rectangle of `width` × `height` px. Beside the ring where it is wide, else above and below it,
    stand four papers. `size` is their type size, px. Further results are shown as far as there is room under the first;
    `whole` sets that smaller, so that there is more."""

    stages: Sequence[StageSummary]
    people: tuple[str, str]
    width: float
    height: float
    size: float
    palette: design.Palette = design.LIGHT
    whole: bool = False

    @property
    def wide(self) -> bool:
        return self.width > 1.6 * self.height

    @property
    def _label(self) -> float:
        """Type size of the stages' names, px: all four alike, so that none is wider than its part of the ring."""
        widest = max(measured(self._named(stage), bold=True).width for stage in range(4))
        return min(self.size * 1.1, 1.2 * self._radius / (widest + 1.4))

    @property
    def _radius(self) -> float:
        if self.wide:
            return min(self.height / 2 - self.size * 1.1, self.width * 0.18)
        return min(self.width * 0.3, self.height * 0.2)

    def draw(self, *, x: float, y: float) -> list[Element]:
        """With the top left corner at (x, y)."""
        middle = (x + self.width / 2, y + self.height / 2)
        parts = [part for stage in range(4) for part in self._arrow(stage, *middle)]
        parts += self._centre(*middle)
        for stage in range(4):
            parts += self._pill(stage, *middle)
            parts += self._paper(stage, x, y)
        return parts

    def _named(self, stage: int) -> str:
        return f"{stage + 1}\u2002{self.stages[stage].name}"

    def _pill_half(self, stage: int) -> tuple[float, float]:
        """Half the width and half the height of the stage's label."""
        wide = measured(self._named(stage), bold=True).width + 1.4
        return self._label * wide / 2, self._label * 0.95

    def _pill(self, stage: int, x: float, y: float) -> list[Element]:
        half, tall = self._pill_half(stage)
        # At the sides a label hangs outwards: the middle is for the number of people.
        out = min(self._radius + max(0.0, half - 1.6 * tall), self.width / 2 - half)
        at_x = x + (out if stage in _ACROSS else 0) * (-1, 0, 1, 0)[stage]
        at_y = y + self._radius * (0, -1, 0, 1)[stage]
        colour = self.palette.stages[stage]
        said = " ".join(measured(self._named(stage), bold=True).words)
        base = at_y + self._label * design.CAP_SHIFT
        return [
            element("rect", x=at_x - half, y=at_y - tall, width=2 * half, height=2 * tall, rx=tall, fill=colour.strong),
            line(said, x=at_x, y=base, size=self._label, ink=colour.on, anchor="middle", bold=True),
        ]

    def _span(self, stage: int) -> tuple[float, float]:
        """Degrees clockwise from east at which the arrow from the stage leaves its label and meets the next one."""
        air = self.size * 0.5
        first, after = (self._away(one % 4, air) for one in (stage, stage + 1))
        return 90 * stage - 180 + first, 90 * stage - 90 - after

    def _away(self, stage: int, air: float) -> float:
        # All four arrows are alike.
        along = self._label * 0.95 if stage in _ACROSS else max(self._pill_half(one)[0] for one in (1, 3))
        return math.degrees(math.asin(min(0.97, (along + air) / self._radius)))

    def _arrow(self, stage: int, x: float, y: float) -> list[Element]:
        radius, colour = self._radius, self.palette.stages[stage].strong
        start, end = self._span(stage)
        broad = max(5.0, radius * 0.07)
        head = math.degrees(broad * 2.1 / radius)
        line_end = end - head * 0.8
        drawn = f"M{_at(x, y, radius, start)}A{number(radius)} {number(radius)} 0 0 1 {_at(x, y, radius, line_end)}"
        point = (
            f"M{_at(x, y, radius - broad * 1.5, end - head)}L{_at(x, y, radius, end)}"
            f"L{_at(x, y, radius + broad * 1.5, end - head)}Z"
        )
        return [
            element("path", d=drawn, fill="none", stroke=colour, stroke_width=broad),
            element("path", d=point, fill=colour),
            *self._leader(stage, x, y, (start + end - head) / 2),
        ]

    def _leader(self, stage: int, x: float, y: float, degrees: float) -> list[Element]:
        """From the arrow to the paper with what it carries."""
        right, lower = _CORNERS[stage]
        turn, radius = math.radians(degrees), self._radius
        from_x, from_y = x + radius * math.cos(turn), y + radius * math.sin(turn)
        if self.wide:
            to_x, to_y = x + (self.width / 2 - self._paper_size()[0]) * (1 if right else -1), from_y
        else:
            to_x, to_y = from_x, y + (self.height / 2 - self._paper_size()[1]) * (1 if lower else -1)
        colour, broad = self.palette.stages[stage].strong, max(4.0, radius * 0.05)
        return [
            element("line", x1=from_x, y1=from_y, x2=to_x, y2=to_y, stroke=colour, stroke_width=2),
            element("circle", cx=from_x, cy=from_y, r=broad, fill=self.palette.ground, stroke=colour, stroke_width=2.5),
        ]

    def _centre(self, x: float, y: float) -> list[Element]:
        large, room = measured(self.people[0], bold=True), 1.2 * self._radius
        size = min(self._radius * 0.5, room / max(large.width, 0.1))
        small = max(13.0, min(self.size * 0.8, self._radius * 0.15))
        below = measured(self.people[1]).balanced(room / small)
        top = y - (size * 0.8 + len(below) * small * design.LEADING) / 2
        said = " ".join(large.words)
        return [
            line(said, x=x, y=top + size * 0.7, size=size, ink=self.palette.ink, anchor="middle", bold=True),
            *paragraph(below, x=x, y=top + size * 0.86, size=small, ink=self.palette.soft, anchor="middle"),
        ]

    def _paper_size(self) -> tuple[float, float]:
        if self.wide:
            air = self.size * 1.1
            return self.width / 2 - self._radius - air, self.height / 2 - self._label * 0.95 - air * 0.4
        gap = self.size * 0.8
        return (self.width - gap) / 2, self.height / 2 - self._radius - self._label * 0.95 - self.size

    def _paper(self, stage: int, x: float, y: float) -> list[Element]:
        right, lower = _CORNERS[stage]
        width, height = self._paper_size()
        left = x + (self.width - width if right else 0)
        top = y + (self.height - height if lower else 0)
        colour = self.palette.stages[stage]
        pad = self.size * 0.75
        edge = design.outline(self.palette, colour)
        ground = element("rect", x=left, y=top, width=width, height=height, rx=10, fill=colour.tint, stroke=edge)
        return [ground, *self._handed_on(stage, left + pad, top + pad * 0.7, width - 2 * pad, height - 1.4 * pad)]

    def _handed_on(self, stage: int, x: float, y: float, width: float, height: float) -> list[Element]:
        """From which stage to which, then the outcome: smaller where it is long; if still too long it ends with …"""
        summary, then = self.stages[stage], (stage + 1) % 4
        small = self.size * 0.8
        names = [measured(self.stages[one].name, bold=True) for one in (stage, then)]
        small = min(small, width / (sum(name.width for name in names) + 1.8))
        parts = [_from_to(names, (stage, then), x=x, y=y + small * 0.95, size=small, palette=self.palette)]
        y, height = y + small * 1.45, height - small * 1.45
        said = measured(summary.headline, bold=True)
        size, lines = shrunk(said, width, height, self.size * (1.05 if self.whole else 1.2), self.size * 0.8)
        parts += paragraph(lines, x=x, y=y, size=size, ink=self.palette.ink, bold=True)
        used = len(lines) * size * design.LEADING
        for result in summary.lines:
            y, height = y + used + small * 0.35, height - used - small * 0.35
            most = min(2, int(height / (small * design.LEADING)))
            if most < 1:
                break
            lines = clipped(measured(result).lines(width / small), most, width / small)
            parts += paragraph(lines, x=x, y=y, size=small, ink=self.palette.ink)
            used = len(lines) * small * design.LEADING
        return parts


def shrunk(text: Text, width: float, height: float, largest: float, smallest: float) -> tuple[float, tuple[str, ...]]:
    """Type size in px and lines: the largest size at which all of it fits; at the smallest it may end with …"""
    size = largest
    while size > smallest and len(text.lines(width / size)) * size * design.LEADING > height:
        size = max(smallest, size - 1)
    lines = text.lines(width / size)
    return size, clipped(lines, max(1, int(height / (size * design.LEADING))), width / size, text.bold)


def _from_to(
    names: Sequence[Text], stages: tuple[int, int], *, x: float, y: float, size: float, palette: design.Palette
) -> Element:
    """Both stages' names in their colours, with an arrow between them."""
    first, then = (
        element("tspan", " ".join(name.words), fill=palette.stages[stage].strong)
        for name, stage in zip(names, stages, strict=True)
    )
    arrow = element("tspan", " → ", fill=palette.soft)
    return element("text", first, arrow, then, x=x, y=y, font_size=size, font_weight="700")


def _at(x: float, y: float, radius: float, degrees: float) -> str:
    turn = math.radians(degrees)
    return f"{number(x + radius * math.cos(turn))} {number(y + radius * math.sin(turn))}"
