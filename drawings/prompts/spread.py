"""How often each number was given, with the median and the middle half: never a mean alone. For scale and rating."""

from __future__ import annotations

from typing import Final

from drawings import design
from drawings.lines import line
from drawings.prompts.panel import SMALL, Panel
from drawings.svg import Element, element
from locales import Words
from workshop.prompts.figures import Figures

TALL: Final = 54.0
"""px: the tallest column."""
_COUNT: Final = 13.0  # px, the type size of the counts above the columns
HEIGHT: Final = _COUNT * design.LEADING + TALL + 16 + SMALL * design.LEADING


def distribution(panel: Panel, found: Figures, *, x: float, y: float, width: float, most: int) -> list[Element]:
    """Columns from (x, y), `HEIGHT` px in all: their numbers below them, how many gave each above. `most`: the count
    that has the full height, so that rows can be compared."""
    slot, base = width / max(1, len(found.counts)), y + _COUNT * design.LEADING + TALL
    palette, parts = panel.palette, list[Element]()
    for at, count in enumerate(found.counts):
        middle, tall = x + slot * (at + 0.5), TALL * count / max(1, most)
        if count:
            broad = min(slot * 0.72, 64)
            fill = panel.stage.mid
            parts.append(
                element("rect", x=middle - broad / 2, y=base - tall, width=broad, height=tall, rx=3, fill=fill)
            )
            above = base - tall - 4
            said = panel.say.number(count)
            parts.append(line(said, x=middle, y=above, size=_COUNT, ink=palette.soft, anchor="middle"))
        number = panel.say.number(found.least + at)
        below = base + 16 + SMALL * 0.95
        parts.append(line(number, x=middle, y=below, size=SMALL, ink=palette.ink, anchor="middle"))
    parts.append(element("line", x1=x, y1=base, x2=x + width, y2=base, stroke=palette.edge, stroke_width=1.5))
    if found.median is not None and found.low is not None and found.high is not None:
        first, last, middle = (x + slot * (one - found.least + 0.5) for one in (found.low, found.high, found.median))
        at_y, strong = base + 8, panel.stage.strong
        parts += [
            element("line", x1=first, y1=at_y, x2=last, y2=at_y, stroke=strong, stroke_width=5, stroke_linecap="round"),
            element("circle", cx=middle, cy=at_y, r=8, fill=strong, stroke=palette.ground, stroke_width=2),
        ]
    return parts


def told(found: Figures, say: Words) -> str:
    """Median and quartiles in words; nothing where there are too few numbers for them."""
    if found.median is None or found.low is None or found.high is None:
        return ""
    return say(
        "median {median}, the middle half from {low} to {high}",
        median=say.number(found.median),
        low=say.number(found.low),
        high=say.number(found.high),
    )


def counted(found: Figures, say: Words) -> str:
    """How often each number was given, in words."""
    return " · ".join(f"{number}: {say.number(count)}" for number, count in enumerate(found.counts, found.least))
