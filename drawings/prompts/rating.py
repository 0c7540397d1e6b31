"""A rating as a drawing: how often each number was given; asked again, before and after and how far people moved."""

from __future__ import annotations

from typing import Final

from drawings import design
from drawings.lettering import measured
from drawings.lines import paragraph
from drawings.prompts.panel import BODY, GAP, SMALL, Drawn, Panel
from drawings.prompts.spread import HEIGHT, counted, distribution, told
from drawings.svg import Element, element
from workshop.model import MINIMUM
from workshop.prompts.figures import Figures
from workshop.prompts.rating import RatingResult, rating_rules
from workshop.tally import PromptBoard

_LABELS: Final = 0.3


class RatingDrawing:
    kind = "rating"

    def draw(self, board: PromptBoard, panel: Panel) -> Drawn:
        assert isinstance(board.result, RatingResult)
        result, say = board.result, panel.say
        parts: list[Element] = []
        said: list[str] = []
        y = panel.y
        if result.ends:
            low, high = (panel.own(end) for end in result.ends)
            highest = rating_rules(board.prompt).high
            ends = say("{low} = {first}, {high} = {last}", low=result.after.least, first=low, high=highest, last=high)
            remark, y = panel.line(ends, y)
            parts += remark
            said.append(ends)
            y += GAP
        rows = [(say("After") if board.prompt.again else say("Numbers given"), result.after)]
        if board.prompt.again and result.before is not None:
            rows.insert(0, (say("Before"), result.before))
        most = max(max(found.counts, default=0) for _, found in rows)
        for name, found in rows:
            drawn, y = _row(panel, name, found, y, most)
            parts += drawn
            said.append(f"{name}: {_figures(found, panel)} ({counted(found, say)})")
        if board.prompt.again:
            drawn, y, words = _moved(board, result, panel, y)
            parts += drawn
            said += words
        return Drawn(parts, y, said)


def _figures(found: Figures, panel: Panel) -> str:
    ratings = panel.say.plural("{n} rating", "{n} ratings", found.count)
    return " · ".join(part for part in (ratings, told(found, panel.say)) if part)


def _row(panel: Panel, name: str, found: Figures, y: float, most: int) -> tuple[list[Element], float]:
    wide = panel.width * _LABELS - GAP
    title = measured(name, bold=True)
    lines = title.lines(wide / BODY)
    parts = paragraph(lines, x=panel.x, y=y, size=BODY, ink=panel.palette.ink, bold=True)
    under = y + len(lines) * BODY * design.LEADING + 2
    figures = measured(_figures(found, panel)).lines(wide / SMALL)
    parts += paragraph(figures, x=panel.x, y=under, size=SMALL, ink=panel.palette.soft)
    x = panel.x + panel.width * _LABELS
    parts += distribution(panel, found, x=x, y=y, width=panel.width * (1 - _LABELS), most=most)
    return parts, max(under + len(figures) * SMALL * design.LEADING, y + HEIGHT) + 1.5 * GAP


def _moved(board: PromptBoard, result: RatingResult, panel: Panel, y: float) -> tuple[list[Element], float, list[str]]:
    """From the median before to that after on one line, and in words how far those moved who answered both times."""
    parts: list[Element] = []
    before = result.before
    if before is not None and before.median is not None and result.after.median is not None:
        x, width = panel.x + panel.width * _LABELS, panel.width * (1 - _LABELS)
        slot = width / max(1, len(result.after.counts))
        first, last = (x + slot * (one - result.after.least + 0.5) for one in (before.median, result.after.median))
        strong, palette, at = panel.stage.strong, panel.palette, y + 12
        parts.append(element("line", x1=x, y1=at, x2=x + width, y2=at, stroke=palette.rule, stroke_width=2))
        parts.append(element("line", x1=first, y1=at, x2=last, y2=at, stroke=strong, stroke_width=4))
        parts.append(element("circle", cx=first, cy=at, r=11, fill=palette.ground, stroke=strong, stroke_width=3))
        parts.append(element("circle", cx=last, cy=at, r=8, fill=strong))
        for name, where in ((panel.say("Before"), first), (panel.say("After"), last)):
            if abs(first - last) > 90:
                said = measured(name)
                edge = min(max(where, x + said.width * SMALL / 2), x + width - said.width * SMALL / 2)
                parts += paragraph(
                    [" ".join(said.words)], x=edge, y=at + 14, size=SMALL, ink=palette.soft, anchor="middle"
                )
        y = at + 14 + SMALL * design.LEADING + 8
    words = [_shift(board, result, panel)]
    if before is None:
        words.insert(0, panel.say("The answers of the first time cannot be shown."))
    for one in words:
        remark, y = panel.line(one, y)
        parts += remark
    return parts, y, words


def _shift(board: PromptBoard, result: RatingResult, panel: Panel) -> str:
    """How far those moved who answered both times; not where they are so few that one could tell who."""
    say, groups = panel.say, board.prompt.per_group
    if result.shift is None and groups:
        return say.plural(
            "A shift is shown from {n} group on that answered both times.",
            "A shift is shown from {n} groups on that answered both times.",
            MINIMUM,
        )
    if result.shift is None:
        return say.plural(
            "A shift is shown from {n} person on who answered both times.",
            "A shift is shown from {n} people on who answered both times.",
            MINIMUM,
        )
    if groups:
        both = say.plural("{n} group answered both times.", "{n} groups answered both times.", result.pairs)
    else:
        both = say.plural("{n} person answered both times.", "{n} people answered both times.", result.pairs)
    moved = result.shift
    sign = "+" if moved.median > 0 else "−" if moved.median < 0 else "±"
    own = say(
        "The median of their own differences is {shift}: {risen} went up, {same} stayed, {fallen} went down.",
        shift=f"{sign}{say.number(abs(moved.median))}",
        risen=say.number(moved.risen),
        same=say.number(moved.same),
        fallen=say.number(moved.fallen),
    )
    return f"{both} {own}"


DRAWING = RatingDrawing()
