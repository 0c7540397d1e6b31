"""One prompt's result as a picture with the same content as text. Draws nothing that its view does not hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from drawings import design, fonts
from drawings.lettering import measured, plain
from drawings.lines import line, paragraph
from drawings.prompts import DRAWINGS
from drawings.prompts.panel import BODY, GAP, SMALL, Drawn, Panel
from drawings.svg import Element, element, picture
from locales import Words
from workshop.model import MINIMUM
from workshop.plan import Reveal
from workshop.tally import PromptBoard

WIDTH: Final = 960.0
_EDGE: Final = 24.0
_TITLE: Final = 28.0


@dataclass(frozen=True, slots=True)
class PromptPicture:
    """The SVG, and the same content as text, one thing a line. `height` in px."""

    svg: str
    text: str
    height: float


def prompt_picture(
    board: PromptBoard,
    *,
    stage: int,
    say: Words,
    otherwise: str,
    palette: design.Palette = design.LIGHT,
    width: float = WIDTH,
) -> PromptPicture:
    """A prompt of stage 0 to 3, in the language of `say` (template texts that lack it in `otherwise`), `width` px wide
    and as high as it needs. Of what may not be seen yet, only how many have answered and why."""
    colour, inside = palette.stages[stage], width - 2 * _EDGE
    panel = Panel(_EDGE, _EDGE, inside, palette, colour, say, otherwise)
    title = measured(panel.own(board.prompt.text), bold=True)
    badge, wide = _badge(panel, stage)
    meta = _meta(board, say)
    parts = [badge]
    parts.append(line(meta, x=_EDGE + wide + 12, y=_EDGE + SMALL * 1.2, size=SMALL, ink=palette.soft))
    y = _EDGE + SMALL * 1.9 + 8
    lines = title.lines(inside / _TITLE)
    parts += paragraph(lines, x=_EDGE, y=y, size=_TITLE, ink=palette.ink, bold=True)
    y += len(lines) * _TITLE * design.LEADING
    case = panel.own(board.case.label) if board.case else ""
    if case:
        remark, y = Panel(_EDGE, y, inside, palette, colour, say, otherwise).line(case, y + 4, size=BODY)
        parts += remark
    y += 1.5 * GAP
    drawn = _result(board, Panel(_EDGE, y, inside, palette, colour, say, otherwise))
    height = round(drawn.bottom + _EDGE)
    told = [plain(panel.own(board.prompt.text)), plain(case), meta, *(plain(one) for one in drawn.told)]
    text = "\n".join(one for one in told if one)
    ground = element("rect", width=width, height=height, fill=palette.ground)
    svg = picture(
        ground,
        *parts,
        *drawn.parts,
        width=width,
        height=height,
        language=say.language,
        title=told[0],
        description=text,
        families=fonts.FAMILIES,
    )
    return PromptPicture(svg, text, height)


def _result(board: PromptBoard, panel: Panel) -> Drawn:
    if board.result is None:
        why = _why_not(board, panel.say)
        parts, bottom = panel.line(why, panel.y, size=BODY)
        return Drawn(parts, bottom, [why])
    drawing = DRAWINGS.get(board.prompt.kind)
    return drawing.draw(board, panel) if drawing else _listed(board, panel)


def _listed(board: PromptBoard, panel: Panel) -> Drawn:
    """What a kind without a drawing came to: the strongest first, as words."""
    parts: list[Element] = []
    told: list[str] = []
    y = panel.y
    for number, item in enumerate(board.strongest, 1):
        said = f"{number}. {panel.own(item.label)}"
        lines = measured(said).lines(panel.width / BODY)
        parts += paragraph(lines, x=panel.x, y=y, size=BODY, ink=panel.palette.ink)
        y += len(lines) * BODY * design.LEADING + 6
        told.append(said)
    return Drawn(parts, y, told)


def _badge(panel: Panel, stage: int) -> tuple[Element, float]:
    """The stage's number and name in its colour, and how wide that is, px."""
    said = measured(f"{stage + 1} {stage_name(stage, panel.say)}", bold=True)
    wide, tall = said.width * SMALL + SMALL * 1.3, SMALL * 1.7
    name = line(
        " ".join(said.words), x=panel.x + wide / 2, y=panel.y + tall / 2 + SMALL * design.CAP_SHIFT, size=SMALL,
        ink=panel.stage.on, anchor="middle", bold=True,
    )  # fmt: skip
    ground = element("rect", x=panel.x, y=panel.y, width=wide, height=tall, rx=tall / 2, fill=panel.stage.strong)
    return element("g", ground, name), wide


def stage_name(stage: int, say: Words) -> str:
    """The name of a stage, 0 to 3."""
    return (say("Knowledge"), say("Action"), say("Experience"), say("Conclusions"))[stage]


def _meta(board: PromptBoard, say: Words) -> str:
    return say.plural("{n} answer", "{n} answers", board.answered) + (
        f" · {say('Anonymous')}" if board.prompt.anonymous else ""
    )


def _why_not(board: PromptBoard, say: Words) -> str:
    """Why there is nothing to be seen; the number of answers gives nobody away."""
    n = board.answered
    if board.why_not == "few":
        return say.plural("shown from {n} answer on", "shown from {n} answers on", MINIMUM)
    if board.prompt.reveal is Reveal.BY_FACILITATOR:
        return say.plural(
            "{n} answer, shown when the facilitator reveals it",
            "{n} answers, shown when the facilitator reveals them",
            n,
        )
    return say.plural("{n} answer, shown when the step closes", "{n} answers, shown when the step closes", n)
