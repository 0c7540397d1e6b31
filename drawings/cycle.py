"""The summary's head: title, and the wheel with each stage's result beside its quarter. Never draws sentences."""

from __future__ import annotations

from typing import Final

from drawings import design
from drawings.lettering import Text, measured
from drawings.lines import line
from drawings.svg import Element, element
from drawings.view import StageSummary, SummaryView
from drawings.wheel import wheel

# Where each stage stands beside the wheel: (right side, lower half). The same way round as the wheel turns.
_SIDES: Final = ((False, False), (True, False), (True, True), (False, True))


def fitted(text: Text, *, width: float, largest: float, smallest: float) -> tuple[float, tuple[str, ...]]:
    """Type size in px and lines: on one line if that goes above `smallest`, else balanced lines at `smallest`."""
    size = min(largest, width / max(text.width, 0.1))
    if size >= smallest:
        return size, text.lines(width / size + 0.01)
    return smallest, text.balanced(width / smallest)


def heading(
    view: SummaryView, *, x: float, width: float, top: float, largest: float, whole: bool
) -> tuple[list[Element], float]:
    """Title, and under it subtitle and date, centred at `x`. Gives the elements and their lower edge, px.

    `whole` names the groups too and shows all; otherwise title and subtitle have two lines each and then end with ….
    """
    size, lines = fitted(measured(view.title, bold=True), width=width, largest=largest, smallest=largest * 0.68)
    lines = lines if whole else clipped(lines, 2)
    parts: list[Element] = []
    y = top
    for text in lines:
        parts.append(line(text, x=x, y=y + size * 0.9, size=size, ink=design.INK, anchor="middle", bold=True))
        y += size * 1.12
    small = max(design.SMALLEST, largest * 0.44)
    said = "  ·  ".join(part for part in (view.subtitle, view.date, *(view.groups if whole else ())) if part.strip())
    size, lines = fitted(measured(said), width=width, largest=small, smallest=max(18.0, small * 0.8))
    lines = lines if whole else clipped(lines, 2)
    for text in lines:
        parts.append(line(text, x=x, y=y + size * 1.05, size=size, ink=design.SOFT_INK, anchor="middle"))
        y += size * design.LEADING
    return parts, y + size * 0.2


def clipped(lines: tuple[str, ...], most: int) -> tuple[str, ...]:
    """The first `most` lines; where that leaves some out, the last one ends with … after a whole word."""
    if len(lines) <= most:
        return lines
    last, _, _ = lines[most - 1].rpartition(" ")
    return (*lines[: most - 1], (last or lines[most - 1]) + " …")


class Band:
    """The wheel in the middle and two stages at each side. Made once, drawn at any place; sizes in px."""

    def __init__(
        self, view: SummaryView, *, width: float, diameter: float, size: float, whole: bool, side: float | None = None
    ) -> None:
        """`size` is the results' type size. `whole` shows all of every result and grows; otherwise the wheel's height
        is kept and a result that is longer ends with …, its whole text being in the alternative text."""
        self._view, self._width, self._diameter, self._size = view, width, diameter, size
        self._side = side or (width - diameter) / 2 - size
        self._name = size * 1.2
        self._blocks = [self._set(stage, whole) for stage in view.stages]
        tall = [self._tall(lines) for lines in self._blocks]
        self.height = max(diameter, 2 * max(tall) + size if whole else 0.0)

    def _set(self, stage: StageSummary, whole: bool) -> tuple[tuple[str, bool], ...]:
        """Lines under the stage's name, with whether each is of the headline."""
        width = self._side / self._size
        result = measured(stage.headline)
        head = result.balanced(width)
        if not whole:
            room = (self._diameter / 2 - self._size * 0.3 - self._name * design.LEADING) / (self._size * design.LEADING)
            most = max(1, int(room))
            # Where it has to be cut, full lines keep the most of it.
            shown = head if len(head) <= most else clipped(result.lines(width), most)
            return tuple((text, True) for text in shown)
        small = tuple(text for one in stage.lines for text in measured(one).balanced(width / 0.86))
        return tuple((text, True) for text in head) + tuple((text, False) for text in small)

    def _tall(self, lines: tuple[tuple[str, bool], ...]) -> float:
        sizes = sum(self._size if head else self._size * 0.86 for _, head in lines)
        return (self._name + sizes) * design.LEADING

    def draw(self, *, x: float, y: float) -> Element:
        """The band with its top left corner at (x, y)."""
        middle = x + self._width / 2
        view = self._view
        parts = [
            wheel(
                [stage.name for stage in view.stages],
                x=middle,
                y=y + self.height / 2,
                radius=self._diameter / 2,
                done=range(4),
                middle=(str(view.people), view.words.people),
            )
        ]
        for place, (lines, (right, lower)) in enumerate(zip(self._blocks, _SIDES, strict=True)):
            quarter = y + self.height * (0.75 if lower else 0.25)
            at = quarter - self._tall(lines) / 2
            edge = middle + (self._diameter / 2 + self._size * 0.8) * (1 if right else -1)
            parts.extend(self._block(place, lines, edge, at, "start" if right else "end"))
        return element("g", *parts)

    def _block(self, place: int, lines: tuple[tuple[str, bool], ...], x: float, y: float, anchor: str) -> list[Element]:
        strong = design.STAGES[place].strong
        name = measured(f"{place + 1}\u2002{self._view.stages[place].name}", bold=True)
        size = min(self._name, self._side / max(name.width, 0.1))
        parts = [
            line(" ".join(name.words), x=x, y=y + self._name * 0.95, size=size, ink=strong, anchor=anchor, bold=True)
        ]
        at = y + self._name * design.LEADING
        for text, head in lines:
            size = self._size if head else self._size * 0.86
            ink = design.INK if head else design.SOFT_INK
            parts.append(line(text, x=x, y=at + size * 0.95, size=size, ink=ink, anchor=anchor))
            at += size * design.LEADING
        return parts


def ruled(text: str, *, x: float, y: float, width: float, size: float) -> list[Element]:
    """A heading centred between two thin rules, its middle at `y`."""
    said = measured(text, bold=True)
    size = min(size, width * 0.8 / max(said.width, 0.1))
    half = said.width * size / 2 + size * 0.8
    base = y + size * design.CAP_SHIFT
    parts = [line(" ".join(said.words), x=x + width / 2, y=base, size=size, ink=design.INK, anchor="middle", bold=True)]
    for start, end in ((x, x + width / 2 - half), (x + width / 2 + half, x + width)):
        parts.append(element("line", x1=start, y1=y, x2=end, y2=y, stroke=design.RULE, stroke_width=2))
    return parts
