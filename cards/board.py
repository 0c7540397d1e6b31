"""The board everybody sees: what each prompt came to, strongest first; within Teams' size whatever was said."""

from __future__ import annotations

from cards import elements as el
from cards import phrases as ph
from cards.prompts import PROMPT_CARDS
from locales import Words
from workshop.model import MINIMUM, Status, Workshop
from workshop.plan import in_language
from workshop.tally import Progress, PromptBoard, StageBoard, StepBoard
from workshop.views import BoardCard

BUDGET = 60 * 1024
"""Bytes as UTF-16; a message holds about 80 KB with its wrapping."""
LADDER = (12, 8, 5, 3, 2, 1, 0)
"""Entries shown a prompt: the most that fits."""


def board_card(view: BoardCard, say: Words) -> el.Card:
    """The most entries a prompt that fit; where even the questions are too many, as many as fit."""
    for most in LADDER:
        drawn = _card(view, say, most)
        if el.weight_of(drawn) <= BUDGET:
            return drawn
    left_out = el.line(say("… and more: there is no room for it here.")).model_dump(by_alias=True, exclude_none=True)
    while el.weight_of(drawn) > BUDGET:
        drawn["body"] = [*drawn["body"][:-2], left_out]
    return drawn


def _card(view: BoardCard, say: Words, most: int) -> el.Card:
    w = view.board.workshop
    body: list[el.Element] = [
        el.heading(_headline(view, say)),
        ph.title_line(w, say.plural("{n} person", "{n} people", view.board.people)),
    ]
    if w.status is Status.CANCELLED:
        body.append(el.line(say("The workshop was cancelled.")))
    shown = [stage for stage in view.board.stages if _asked(stage)]
    for stage in shown:
        body += _stage(stage, w, say, most)
    if not shown:
        body.append(el.line(say("Nothing has been asked yet."), subtle=True))
    return el.card(body, language=say.language)


def _headline(view: BoardCard, say: Words) -> str:
    if view.board.workshop.status is Status.FINISHED:
        return say("The record of this workshop")
    return say("The board")


def _stage(stage: StageBoard, w: Workshop, say: Words, most: int) -> list[el.Element]:
    body: list[el.Element] = [el.heading(ph.stage_name(stage.stage.id, say), "Medium", spacing="Large")]
    for step in _asked(stage):
        body += _step(step, w, say, most)
    return body


def _asked(stage: StageBoard) -> list[StepBoard]:
    return [step for step in stage.steps if step.prompts and step.progress is not Progress.AHEAD]


def _step(step: StepBoard, w: Workshop, say: Words, most: int) -> list[el.Element]:
    if step.progress is Progress.SKIPPED:
        title = in_language(step.place.step.title, say.language, w.language)
        return [el.line(say("{step}: skipped, there was nothing to ask about.", step=title), subtle=True)]
    return [el.box(_prompt(prompt, w, say, most), separator=True, spacing="Medium") for prompt in step.prompts]


def _prompt(board: PromptBoard, w: Workshop, say: Words, most: int) -> list[el.Element]:
    lines: list[el.Element] = [el.line(in_language(board.prompt.text, say.language, w.language), weight="Bolder")]
    if board.result is None:
        return [*lines, el.line(_why_not(board, w, say), subtle=True, spacing="Small")]
    answers = say.plural("{n} answer", "{n} answers", board.answered)
    lines.append(el.line(answers, subtle=True, size="Small", spacing="None"))
    if board.answered:
        lines += PROMPT_CARDS[board.prompt.kind].result(board, say, w.language, most)
    return lines


def _why_not(board: PromptBoard, w: Workshop, say: Words) -> str:
    """Why nothing is to be seen, with the number of answers, which gives nobody away."""
    n = board.answered
    if board.why_not == "few":
        answers = say.plural("{n} answer", "{n} answers", n)
        return f"{answers}, " + say.plural("shown from {n} answer on", "shown from {n} answers on", MINIMUM)
    if board.prompt.reveal == "by_facilitator":
        return say.plural(
            "{n} answer, shown when the facilitator reveals it",
            "{n} answers, shown when the facilitator reveals them",
            n,
        )
    return say.plural("{n} answer, shown when the step closes", "{n} answers, shown when the step closes", n)


DRAWS = {BoardCard: board_card}
