"""What hangs in a workshop's conversation: which cards, in which order. Pure; the publisher makes it so."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.model import Status, Workshop
from workshop.said import Said, Spoken
from workshop.tally import Board
from workshop.views import (
    BoardCard,
    CasesCard,
    GroupsCard,
    LobbyCard,
    Notice,
    NudgeCard,
    Pointer,
    StageCard,
    Summary,
    View,
)

PICTURE = "summary"
"""The slot whose view needs a picture; drawn only when it is to be posted."""


@dataclass(frozen=True, slots=True)
class Hung:
    """One message that has to be there. The slot names it for ever: the same slot is the same message, edited."""

    slot: str
    view: View
    urgent: bool = True
    """Not urgent: it follows the answers and is coalesced."""


def wall(board: Board) -> tuple[Hung, ...]:
    """All messages, in the order in which they are first posted. A card that was posted again below has a new slot;
    its old one points to it."""
    w = board.workshop
    hung = _again("lobby", w, 0, LobbyCard(w), urgent=w.status is not Status.LOBBY)
    if w.grouped:
        hung.append(Hung("groups", GroupsCard(w)))
    for number, stage in enumerate(board.stages):
        if not any(step.place.number in w.opened for step in stage.steps):
            continue  # a stage that was gone back from stays on the wall
        hung += _again(stage.stage.id, w, number, StageCard(board, number))
    if w.cases:
        hung.append(Hung("cases", CasesCard(w)))
    for number, person in enumerate(w.takeovers):
        said = Spoken(Said.NAMED_FACILITATOR, {"who": w.people[person].name})
        hung.append(Hung(f"takeover:{number}", Notice(said, w)))
    for number, nudge in enumerate(w.nudges):
        step = nudge.step if nudge is w.nudges[-1] else -1
        hung.append(Hung(f"nudge:{number}", NudgeCard(board, step), urgent=False))
    if w.place is not None:
        for old in range(w.board_posts):
            hung.append(Hung(f"board:{old}", Pointer("board", w)))
        ended = w.status is Status.FINISHED
        view = Pointer("board", w) if ended else BoardCard(board)
        hung.append(Hung(f"board:{w.board_posts}", view, urgent=False))
        if ended:
            hung.append(Hung(PICTURE, Summary(board, None, "")))
            hung.append(Hung("board:end", BoardCard(board)))
    return tuple(hung)


def instead(slot: str, workshop: Workshop) -> View:
    """What a message becomes that turns out to hang in a slot beside the one that counts."""
    return Pointer("board" if slot.startswith("board") else "stage", workshop)


def _again(name: str, w: Workshop, stage: int, view: View, urgent: bool = True) -> list[Hung]:
    """A card as often as it was posted: the newest is alive, the others point to it."""
    times = w.stage_posts.get(name, 0)
    old = [Hung(f"stage:{name}:{number}", Pointer("stage", w, stage)) for number in range(times)]
    return [*old, Hung(f"stage:{name}:{times}", view, urgent)]
