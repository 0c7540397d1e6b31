"""One prompt's result as a picture with the same content as text. Draws nothing that its view does not hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
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
    return prompts_picture([board], stage=stage, say=say, otherwise=otherwise, palette=palette, width=width)


def prompts_picture(
    boards: Sequence[PromptBoard],
    *,
    stage: int,
    say: Words,
    otherwise: str,
    palette: design.Palette = design.LIGHT,
    width: float = WIDTH,
) -> PromptPicture:
    """As `prompt_picture`, several that belong together one below the other: a step's, or a case told by its owner,
    with the others' stories and suggestions. A case that all are about is named once, above them."""
    place = Panel(_EDGE, _EDGE, width - 2 * _EDGE, palette, palette.stages[stage], say, otherwise)
    badge, wide = _badge(place, stage)
    parts, told, y = [badge], list[str](), _EDGE + SMALL * 1.9 + 8
    cases = {board.case.key: place.own(board.case.label) for board in boards if board.case}
    shared = next(iter(cases.values())) if len(cases) == 1 and len(boards) > 1 else ""
    if shared:
        lines = measured(shared, bold=True).lines(place.width / _TITLE)
        parts += paragraph(lines, x=_EDGE, y=y, size=_TITLE, ink=palette.stages[stage].strong, bold=True)
        y += len(lines) * _TITLE * design.LEADING + GAP
        told.append(shared)
    for nth, board in enumerate(boards):
        if nth:
            y += GAP
            parts.append(element("line", x1=_EDGE, y1=y, x2=width - _EDGE, y2=y, stroke=palette.rule, stroke_width=1))
            y += GAP
        meta = _meta(board, say)
        if len(boards) == 1:
            parts.append(line(meta, x=_EDGE + wide + 12, y=_EDGE + SMALL * 1.2, size=SMALL, ink=palette.soft))
        drawn = _section(
            board,
            replace(place, y=y),
            "" if shared or not board.case else cases[board.case.key],
            "" if len(boards) == 1 else meta,
        )
        parts += drawn.parts
        y = drawn.bottom
        told += drawn.told
    height = round(y + _EDGE)
    text = "\n".join(one for one in map(plain, told) if one)
    ground = element("rect", width=width, height=height, fill=palette.ground)
    svg = picture(
        ground,
        *parts,
        width=width,
        height=height,
        language=say.language,
        title=text.partition("\n")[0],
        description=text,
        families=fonts.FAMILIES,
    )
    return PromptPicture(svg, text, height)


def _section(board: PromptBoard, panel: Panel, case: str, meta: str) -> Drawn:
    """One prompt: its question, the case it is about where that is not named above, how many answered, its result."""
    question = panel.own(board.prompt.text)
    lines = measured(question, bold=True).lines(panel.width / _TITLE)
    parts = paragraph(lines, x=panel.x, y=panel.y, size=_TITLE, ink=panel.palette.ink, bold=True)
    y = panel.y + len(lines) * _TITLE * design.LEADING
    for remark, size in ((case, BODY), (meta, SMALL)):
        if remark:
            drawn, y = panel.line(remark, y + 4, size=size)
            parts += drawn
    result = _result(board, replace(panel, y=y + 1.5 * GAP))
    told = [question, case, _meta(board, panel.say), *result.told]
    return Drawn([*parts, *result.parts], result.bottom, told)


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
