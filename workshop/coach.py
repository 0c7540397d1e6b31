"""What somebody who has done this often would tell the facilitator now. It suggests and never acts. Pure; no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from workshop.model import Status, Workshop
from workshop.plan import Reveal
from workshop.staff_views import Console

SOON = timedelta(minutes=2)
"""With less time left than this (or a third of a short step's), it is said how many are missing."""
ENOUGH = 0.8
"""With so large a part of the people nobody is hurried."""
WORTH_SAYING = timedelta(minutes=1)
"""With less time left than this, nobody is told that they could go on early."""


class Hint(StrEnum):
    """What the coach can say."""

    FORM_GROUPS = "form_groups"
    WAIT_FOR_EXPECTED = "wait_for_expected"
    START = "start"
    NOBODY_YET = "nobody_yet"
    FEW_AND_LITTLE_TIME = "few_and_little_time"
    EVERYBODY = "everybody"
    TIME_IS_UP = "time_is_up"
    MODERATE_FIRST = "moderate_first"
    REVEAL_FIRST = "reveal_first"


@dataclass(frozen=True, slots=True)
class Advice:
    """One suggestion, with the figures that it is made of."""

    hint: Hint
    answered: int = 0
    people: int = 0
    left: timedelta = timedelta(0)
    """Of the step's time."""


def advice(view: Console, at: datetime) -> Advice | None:
    """What to suggest at an instant (UTC) to whoever sees this console; nothing where all goes well, or others have to
    do it."""
    w = view.board.workshop
    if not view.person.facilitator:
        return None
    match w.status:
        case Status.LOBBY:
            return _lobby(w)
        case Status.OPEN:
            return _open(view, w, at)
        case Status.CLOSED:
            return _closed(view, w)
        case _:
            return None


def _lobby(w: Workshop) -> Advice | None:
    if not w.joined:
        return None
    people = len(w.joined)
    if not w.groups and any(place.step.in_groups for place in w.plan.places) and people > 1:
        return Advice(Hint.FORM_GROUPS, people=people)
    if w.expected:
        return Advice(Hint.WAIT_FOR_EXPECTED, people=len(w.expected))
    return Advice(Hint.START, people=people)


def _open(view: Console, w: Workshop, at: datetime) -> Advice | None:
    now = view.board.now
    if now is None or now.place.step.is_break or w.closes_at is None:
        return None
    answered, people = _figures(view)
    left = w.closes_at - at
    if people and answered >= people:
        return Advice(Hint.EVERYBODY, answered, people, left) if left >= WORTH_SAYING else None
    if left <= timedelta(0):
        return Advice(Hint.TIME_IS_UP, answered, people)
    if people and left <= min(SOON, timedelta(minutes=now.place.step.minutes) / 3) and answered < ENOUGH * people:
        return Advice(Hint.FEW_AND_LITTLE_TIME, answered, people, left)
    if people and not answered and left <= timedelta(minutes=now.place.step.minutes) / 2:
        return Advice(Hint.NOBODY_YET, answered, people, left)
    return None


def _figures(view: Console) -> tuple[int, int]:
    """How many have answered, of how many: people, or where only groups are asked, groups."""
    now = view.board.now
    assert now is not None, "a step is open"
    return (now.answered, view.board.people) if now.asks_people else (now.groups_answered, view.board.groups)


def _closed(view: Console, w: Workshop) -> Advice | None:
    if view.waiting:
        return Advice(Hint.MODERATE_FIRST, view.waiting)
    step = w.place.step if w.place else None
    unseen = [
        prompt
        for prompt in (step.prompts if step else ())
        if prompt.reveal is Reveal.BY_FACILITATOR and prompt.id not in w.revealed
    ]
    return Advice(Hint.REVEAL_FIRST, len(unseen)) if unseen else None
