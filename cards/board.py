"""The board everybody sees: the newest step first, of each the strongest, at the end the record; within Teams' size
whatever was said."""

from __future__ import annotations

from typing import NamedTuple

from cards import charts, elements as el, phrases as ph
from cards.cases import case_box
from cards.marks import marks
from cards.prompts import PROMPT_CARDS
from cards.record import opening
from cards.voices import group_name
from locales import Words
from workshop.model import LIVE, Status, Workshop
from workshop.plan import Place, in_language
from workshop.tally import Board, Progress, PromptBoard, StageBoard, StepBoard
from workshop.views import BoardCard

BUDGET = 60 * 1024
"""Bytes as UTF-16; a message holds about 80 KB with its wrapping."""


class Room(NamedTuple):
    """Entries shown a prompt (of each column): of the step in the middle of things, its stage, the other stages; and of
    each part of the record's beginning."""

    step: int
    stage: int
    others: int
    opening: int = 0
    folded: bool = False
    """The cases take one line a question."""


LADDER = (
    *(Room(30, 12, others) for others in (12, 8, 5, 3)),
    *(Room(30, stage, others) for stage, others in ((5, 3), (3, 2), (2, 1))),
    *(Room(step, 1, 0) for step in (30, 20, 12, 8, 5)),
    *(Room(step, 0, 0) for step in (5, 3, 2, 1, 0)),
)
"""What is left out first while a workshop goes on: the other stages; what everybody reads now comes last."""
RECORD = (
    *(Room(most, most, most, 12) for most in (12, 8, 5, 3)),
    *(Room(most, most, most, 8) for most in (3, 2, 1, 0)),
    *(Room(0, 0, 0, opening) for opening in (5, 3, 2, 1, 0)),
)
"""What is left out of the record at the end: of all prompts alike, and last of what the stages came to."""
OF_CASES = tuple(room._replace(folded=room.step < 8) for room in RECORD)
"""The same of a workshop that had cases: every question of theirs stands there once for each."""


def board_card(view: BoardCard, say: Words) -> el.Card:
    """The most entries a prompt that fit; where even the questions are too many, as many as fit."""
    w = view.board.workshop
    ladder = LADDER if w.status in LIVE else OF_CASES if w.queue else RECORD
    fits: el.Card | None = None
    first, last, at = 0, len(ladder), 0
    while first < last:  # drawing takes its time: after the fullest one, half of what is left is ruled out by each
        drawn = _card(view, say, ladder[at])
        if el.weight_of(drawn) <= BUDGET:
            fits, last = drawn, at
        else:
            first = at + 1
        at = (first + last) // 2
    if fits is not None:
        return fits
    left_out = el.line(say("… and more: there is no room for it here.")).model_dump(by_alias=True, exclude_none=True)
    while el.weight_of(drawn) > BUDGET:
        drawn["body"] = [*drawn["body"][:-2], left_out]
    return drawn


def _card(view: BoardCard, say: Words, room: Room) -> el.Card:
    w = view.board.workshop
    body: list[el.Element] = [
        el.heading(_headline(view, say)),
        ph.title_line(w, say, say.plural("{n} person", "{n} people", view.board.people)),
    ]
    if w.status is Status.CANCELLED:
        body.append(el.line(say("The workshop was cancelled.")))
    shown = [stage for stage in view.board.stages if _asked(stage)]
    if w.status in LIVE:  # the newest on top, as on the page: Teams folds what is long
        shown.reverse()
    now = read_now(view.board)
    if w.status is Status.FINISHED:
        body += opening(view.board, say, room.opening)
    course = [element for stage in shown for element in _stage(stage, w, say, room, now)]
    if any(_cut(stage, room, now) for stage in shown):
        more = say("There is more than fits here: all of it is under “{button}”.", button=say("Board"))
        body.append(el.line(more, subtle=True, size="Small"))
    body += course
    if not shown:
        body.append(el.line(say("Nothing has been asked yet."), subtle=True))
    actions: list[el.teams.Action] = [ph.board_button(view.board, say)]
    if w.status is Status.FINISHED:  # what was written can still be hidden, and everything be read
        actions.append(el.fetch(say("Facilitate"), "facilitate", w=w.id))
        actions.append(el.fetch(say("A second cycle …"), "new", earlier=w.id, second=True))
    return el.card(body, actions, say.language)


def read_now(board: Board) -> Place | None:
    """The step that everybody wants to read now: the newest one of which there is something to see."""
    w = board.workshop
    seen = [
        step.place
        for stage in board.stages
        for step in stage.steps
        if step.place.number <= w.at and any(prompt.result and prompt.answered for prompt in step.prompts)
    ]
    return seen[-1] if seen else None


def _headline(view: BoardCard, say: Words) -> str:
    name = group_name(view.board.group, say) if view.board.group else ""
    ended = view.board.workshop.status is Status.FINISHED
    said = say("The record of this workshop") if ended else say("The board")
    return f"{said} · {name}" if name else said


def _stage(stage: StageBoard, w: Workshop, say: Words, room: Room, now: Place | None) -> list[el.Element]:
    body: list[el.Element] = [el.heading(ph.stage_name(stage.stage.id, say), "Medium", spacing="Large")]
    steps = _asked(stage)
    for step in reversed(steps) if w.status in LIVE else steps:
        body += _step(step, w, say, _most(step, room, now))
    return body


def _most(step: StepBoard, room: Room, now: Place | None) -> int:
    """How many entries each prompt of the step may have."""
    if room.folded and step.place.step.case:
        return 0
    if now is None or step.place.stage_number != now.stage_number:
        return room.others
    return room.step if step.place.number == now.number else room.stage


def _cut(stage: StageBoard, room: Room, now: Place | None) -> bool:
    """Whether anything of the stage is left out."""
    return any(
        prompt.result is not None and prompt.answered and prompt.result.size > _most(step, room, now)
        for step in _asked(stage)
        for prompt in step.prompts
    )


def _asked(stage: StageBoard) -> list[StepBoard]:
    return [step for step in stage.steps if step.prompts and step.progress is not Progress.AHEAD]


def _step(step: StepBoard, w: Workshop, say: Words, most: int) -> list[el.Element]:
    if step.progress is Progress.SKIPPED:
        title = in_language(step.place.step.title, say.language, w.language)
        return [el.line(say("{step}: skipped, there was nothing to ask about.", step=title), subtle=True)]
    boxes: list[el.Element] = []
    folded: dict[str, list[PromptBoard]] = {}
    for one in step.prompts:
        if one.case is not None and not most:
            folded.setdefault(one.prompt.id, []).append(one)
        else:
            boxes.append(el.box(_prompt(one, w, say, most), separator=True, spacing="Medium"))
    for id, cases in folded.items():
        boxes.append(el.box(_folded(cases, w, say), id=f"folded.{id}", separator=True, spacing="Medium"))
    return boxes


def _folded(cases: list[PromptBoard], w: Workshop, say: Words) -> list[el.Element]:
    """One question of all cases, where there is no room for what was said to it in each."""
    answers = say.plural("{n} answer", "{n} answers", sum(one.answered for one in cases))
    how_many = say.plural("… in {n} case", "… in {n} cases", len(cases))
    return [
        el.line(in_language(cases[0].prompt.text, say.language, w.language), weight="Bolder"),
        el.line(f"{answers} {how_many}", subtle=True, size="Small", spacing="None"),
    ]


def _prompt(board: PromptBoard, w: Workshop, say: Words, most: int) -> list[el.Element]:
    lines: list[el.Element] = [case_box(board.case, w, say)] if board.case else []
    question = in_language(board.prompt.text, say.language, w.language)
    answers = say.plural("{n} answer", "{n} answers", board.answered)
    since = marks(board, w, say, most)
    if board.result is not None and not most and not since:
        return [*lines, el.rich(el.run(question, weight="Bolder"), el.run(f"  {answers}", subtle=True, size="Small"))]
    lines.append(el.line(question, weight="Bolder"))
    if board.result is None:
        lines.append(el.line(ph.why_not(board, w, say), subtle=True, spacing="Small"))
        return [*lines, *since]
    card = PROMPT_CARDS[board.prompt.kind]
    if most and board.result.size > most:
        order = card.order(board.prompt, say) if hasattr(card, "order") else say("the strongest first")
        answers = " · ".join(part for part in (answers, order) if part)
    lines.append(el.line(answers, subtle=True, size="Small", spacing="None"))
    lines += since
    if board.answered:
        gist = getattr(card, "gist", card.result)
        found = gist(board, say, w.language, most)
        drawn = None
        if most >= charts.FROM and hasattr(card, "chart"):
            drawn = card.chart(board, say, w.language, most)
        lines += found if drawn is None else [charts.above(drawn, found)]
    return lines


DRAWS = {BoardCard: board_card}
