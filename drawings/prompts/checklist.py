"""Conditions as a drawing: one bar each, of those who say in place, partly, missing; with the numbers in it."""

from __future__ import annotations

from typing import Final

from drawings import design
from drawings.lettering import measured
from drawings.lines import line
from drawings.prompts.panel import GAP, SMALL, Drawn, Panel, label
from drawings.svg import Element, element
from workshop.prompts.checklist import STATES, ChecklistResult, Condition
from workshop.tally import PromptBoard

_LABELS: Final = 0.42
_BAR: Final = 28.0


class ChecklistDrawing:
    kind = "checklist"

    def draw(self, board: PromptBoard, panel: Panel) -> Drawn:
        assert isinstance(board.result, ChecklistResult)
        conditions = board.result.conditions
        if not conditions:
            return Drawn([], panel.y, [])
        parts, y = _legend(panel)
        y += GAP
        said: list[str] = []
        x, width = panel.x + panel.width * _LABELS + GAP, panel.width * (1 - _LABELS) - GAP
        for one in conditions:
            words = panel.own(one.label)
            named, under = label(words, x=panel.x, y=y, width=panel.width * _LABELS, ink=panel.palette.ink)
            parts += [*named, *_bar(panel, one, board.result.people, x, y, width)]
            y = max(under, y + _BAR) + GAP
            told = panel.say(
                "in place: {in_place} · partly: {partly} · missing: {missing} · does not apply: {na}",
                **{state: panel.say.number(n) for state, n in zip(STATES, _counts(one), strict=True)},
            )
            said.append(f"{words}: {told}")
        return Drawn(parts, y, said)


def _counts(one: Condition) -> tuple[int, int, int, int]:
    return one.in_place, one.partly, one.missing, one.not_applying


def _fills(panel: Panel) -> list[tuple[str, str, str | None]]:
    """Of each state: fill, ink on it, outline. From full to empty, so that greys tell them apart too."""
    palette = panel.palette
    return [
        (panel.stage.strong, panel.stage.on, None),
        (panel.stage.mid, palette.ink, None),
        (palette.surface, palette.ink, panel.stage.strong),
        (palette.sunken, palette.ink, palette.rule),
    ]


def _names(panel: Panel) -> list[str]:
    say = panel.say
    return [say("in place"), say("partly"), say("missing"), say("does not apply")]


def _legend(panel: Panel) -> tuple[list[Element], float]:
    parts: list[Element] = []
    x, y = panel.x, panel.y
    for (fill, _, outline), name in zip(_fills(panel), _names(panel), strict=True):
        said = measured(name)
        wide = 22 + 6 + said.width * SMALL
        if x + wide > panel.x + panel.width:
            x, y = panel.x, y + SMALL * 1.6
        parts.append(_part(x, y, 22, SMALL, fill, outline))
        base = y + SMALL * 0.85
        parts.append(line(" ".join(said.words), x=x + 28, y=base, size=SMALL, ink=panel.palette.ink))
        x += wide + 24
    return parts, y + SMALL * design.LEADING


def _bar(panel: Panel, one: Condition, people: int, x: float, y: float, width: float) -> list[Element]:
    parts: list[Element] = []
    for count, (fill, ink, outline) in zip(_counts(one), _fills(panel), strict=True):
        if not count:
            continue
        wide = width * count / max(1, people)
        parts.append(_part(x + 1, y, wide - 2, _BAR, fill, outline))
        number = panel.say.number(count)
        if measured(number, bold=True).width * SMALL + 4 <= wide:
            base = y + _BAR / 2 + SMALL * design.CAP_SHIFT
            parts.append(line(number, x=x + wide / 2, y=base, size=SMALL, ink=ink, anchor="middle", bold=True))
        x += wide
    return parts


def _part(x: float, y: float, width: float, height: float, fill: str, outline: str | None) -> Element:
    if outline is None:
        return element("rect", x=x, y=y, width=max(0.5, width), height=height, rx=3, fill=fill)
    return element(
        "rect", x=x + 1, y=y + 1, width=max(0.5, width - 2), height=height - 2, rx=3, fill=fill, stroke=outline,
        stroke_width=2,
    )  # fmt: skip


DRAWING = ChecklistDrawing()
