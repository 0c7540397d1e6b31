"""What hangs in a workshop's conversations: which cards, in which order. Pure; the publisher makes it so."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from workshop.binding import hook
from workshop.model import Answer, Binding, Ended, Nudge, Status, Warned, Workshop
from workshop.said import Said, Spoken
from workshop.tally import Board, board_of
from workshop.views import (
    BoardCard,
    CasesCard,
    GroupPlaceCard,
    GroupsCard,
    LobbyCard,
    Notice,
    NudgeCard,
    Pointer,
    StageCard,
    Summary,
    TimeCard,
    View,
)

PICTURE = "summary"
"""The slot whose view needs a picture; drawn only when it is to be posted."""
HERE = "here"
"""The slot, after its hook, of the first message in a group's conversation: it decides whether any can be posted."""
_HOOK = re.compile(r"g\d+:(\d+):")


@dataclass(frozen=True, slots=True)
class Hung:
    """One message that has to be there. The slot names it for ever: the same slot is the same message, edited."""

    slot: str
    view: View
    urgent: bool = True
    """Not urgent: it follows the answers and is coalesced."""


@dataclass(frozen=True, slots=True)
class Wall:
    """Everything that has to hang in one conversation."""

    place: str
    """The conversation."""
    board: Board
    """As it is seen there: of all, or of the group."""
    hung: tuple[Hung, ...]
    binding: int | None = None
    """The number of the binding by which the conversation is a group's; None: the workshop is held there."""

    @property
    def living(self) -> int | None:
        """The binding, where it has not ended: it does where nothing can be posted."""
        alive = self.binding is not None and self.board.workshop.bindings[self.binding].ended is None
        return self.binding if alive else None

    def has(self, slot: str) -> bool:
        """Whether the slot is one of this conversation's."""
        return binding_of(slot) == self.binding


def binding_of(slot: str) -> int | None:
    """The binding whose conversation a slot is in; None: the home conversation's."""
    found = _HOOK.match(slot)
    return int(found[1]) if found else None


def bare(slot: str) -> str:
    """A slot without what tells in which conversation it is."""
    return _HOOK.sub("", slot, count=1)


def walls(workshop: Workshop, answers: Sequence[Answer], zones: Mapping[str, str] | None = None) -> tuple[Wall, ...]:
    """The home conversation's, then those of the groups' that can be posted in; of one that is no group's any more
    what has to become of its cards."""
    known = zones or {}
    board = replace(board_of(workshop, answers), zones=known)
    found = [Wall(workshop.home, board, wall(board))]
    for number, binding in enumerate(workshop.bindings):
        if binding.ended is Ended.LEFT:
            found.append(Wall(binding.place, board, _left(workshop, number), number))
        elif binding.ended is None:
            own = replace(board_of(workshop.for_group(binding.group), answers, group=binding.group), zones=known)
            found.append(Wall(binding.place, own, group_wall(own, number), number))
    return tuple(found)


def group_wall(board: Board, number: int) -> tuple[Hung, ...]:
    """The messages in the group's own conversation, by the binding's number; `board` is the group's. Stages that were
    over when the conversation was bound do not hang there."""
    w = board.workshop
    binding, begins = w.bindings[number], hook(w, number)
    hung = [Hung(begins + HERE, GroupPlaceCard(w, binding.group))]
    since = (binding.at, binding.step)
    steps = {held.step for held in w.opened_steps if (held.opened_at, held.step) >= since} | {binding.step}
    for each, stage in enumerate(board.stages):
        if any(step.place.number in steps for step in stage.steps):
            hung += _again(stage.stage.id, w, each, StageCard(board, each), hook=begins)
    hung += [*_nudges(board, binding, begins), *_warnings(board, binding, begins)]
    if w.place is not None:
        times = w.stage_posts.get(begins + "board", 0)
        hung += [Hung(f"{begins}board:{old}", Pointer("board", w)) for old in range(times)]
        hung.append(Hung(f"{begins}board:{times}", BoardCard(board), urgent=False))
    return tuple(hung)


def _left(w: Workshop, number: int) -> tuple[Hung, ...]:
    """What may hang in a conversation that was a group's: all of it says so."""
    begins = hook(w, number)
    slots = [HERE, *(f"nudge:{nudge}" for nudge in range(len(w.nudges)))]
    slots += [f"time:{warned}" for warned in range(len(w.warnings))]
    slots += [f"board:{old}" for old in range(w.stage_posts.get(begins + "board", 0) + 1)]
    for stage in w.plan.stages:
        slots += [f"stage:{stage.id}:{old}" for old in range(w.stage_posts.get(begins + stage.id, 0) + 1)]
    return tuple(Hung(begins + slot, Pointer("group", w, group=w.bindings[number].group)) for slot in slots)


def _nudges(board: Board, binding: Binding | None, hook: str = "") -> list[Hung]:
    """The reminders that concern whoever reads this conversation; only the newest of them is alive."""
    w = board.workshop
    if binding is None:
        mine = [number for number, nudge in enumerate(w.nudges) if not _elsewhere(w, nudge)]
    else:
        since = [number for number, nudge in enumerate(w.nudges) if nudge.at >= binding.at]
        mine = [number for number in since if w.nudges[number].group in (0, binding.group)]
    newest = {w.nudges[number].group if binding is None else 0: number for number in mine}
    found = []
    for number in mine:
        nudge = w.nudges[number]
        if nudge.people and (not nudge.unreached or (binding is not None and not nudge.group)):
            continue  # each was reminded privately; whoever could not be is mentioned once
        group = nudge.group if binding is None else 0
        who = tuple(w.people[person] for person in nudge.unreached if person in w.people)
        view = NudgeCard(board, nudge.step if number == newest[group] else -1, group, who)
        found.append(Hung(f"{hook}nudge:{number}", view, urgent=False))
    return found


def _elsewhere(w: Workshop, told: Nudge | Warned) -> bool:
    """Whether something was for a group that had a conversation of its own."""
    return any(each.group == told.group and each.at <= told.at for each in w.bindings)


def _warnings(board: Board, binding: Binding | None, hook: str = "") -> list[Hung]:
    """That steps are nearly over, where it concerns those who read this conversation; only the newest is alive."""
    w = board.workshop
    if binding is None:
        mine = [number for number, one in enumerate(w.warnings) if not (one.group and _elsewhere(w, one))]
    else:
        since = [number for number, one in enumerate(w.warnings) if one.at >= binding.at]
        told = {number: w.warnings[number] for number in since}
        mine = [n for n, one in told.items() if one.group in (0, binding.group) and binding.group not in one.apart]
    newest = {w.warnings[number].group if binding is None else 0: number for number in mine}
    found = []
    for number in mine:
        one = w.warnings[number]
        group = one.group if binding is None else 0
        found.append(Hung(f"{hook}time:{number}", TimeCard(board, one.step if number == newest[group] else -1, group)))
    return found


def wall(board: Board) -> tuple[Hung, ...]:
    """All messages of the home conversation, in the order in which they are first posted. A card that was posted again
    below has a new slot; its old one points to it."""
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
        said = Spoken(Said.TAKEN_OVER, {"who": w.people[person].name})
        hung.append(Hung(f"takeover:{number}", Notice(said, w)))
    for number, binding in enumerate(w.bindings):
        if binding.ended in (Ended.REFUSED, Ended.GONE):
            why = Said.PLACE_REFUSED if binding.ended is Ended.REFUSED else Said.PLACE_GONE
            hung.append(Hung(f"lost:{number}", Notice(Spoken(why, {"group": binding.group}), w)))
    hung += [*_nudges(board, None), *_warnings(board, None)]
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


def hanging(
    slot: str, workshop: Workshop, answers: Sequence[Answer], zones: Mapping[str, str] | None = None
) -> View | None:
    """What hangs in a slot, or would once it is posted; nothing where the wall has none of this name (any more)."""
    number = binding_of(slot)
    if number is None:
        hung = wall(replace(board_of(workshop, answers), zones=zones or {}))
    elif number < len(workshop.bindings) and workshop.bindings[number].ended is None:
        group = workshop.bindings[number].group
        own = board_of(workshop.for_group(group), answers, group=group)
        hung = group_wall(replace(own, zones=zones or {}), number)
    else:
        return None
    return next((each.view for each in hung if each.slot == slot), None)


def instead(slot: str, workshop: Workshop) -> View:
    """What a message becomes that turns out to hang in a slot beside the one that counts."""
    return Pointer("board" if bare(slot).startswith("board") else "stage", workshop)


def _again(name: str, w: Workshop, stage: int, view: View, urgent: bool = True, hook: str = "") -> list[Hung]:
    """A card as often as it was posted: the newest is alive, the others point to it."""
    times = w.stage_posts.get(hook + name, 0)
    old = [Hung(f"{hook}stage:{name}:{number}", Pointer("stage", w, stage)) for number in range(times)]
    return [*old, Hung(f"{hook}stage:{name}:{times}", view, urgent)]
