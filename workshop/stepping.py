"""Opening and closing a step, of all or of a group, and groups that come together again: what happens. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from workshop import events as e
from workshop.model import RUNNING, Status, Workshop
from workshop.pace import joins
from workshop.upcoming import Opening

REOPENED = timedelta(minutes=5)
"""How long a step that is opened again takes answers."""

Events = tuple[e.AnyEvent, ...]


def closing(w: Workshop, by: str, now: datetime) -> tuple[e.StepClosed, ...]:
    """The open step closes; nothing where none is open."""
    return (e.StepClosed(by=by, at=now, number=w.at),) if w.status in (Status.OPEN, Status.PAUSED) else ()


def open_step(w: Workshop, by: str, now: datetime, found: Opening, way: str) -> e.StepOpened:
    """The step that was found takes answers from now on."""
    assert found.number is not None
    planned = timedelta(minutes=w.plan.places[found.number].step.minutes)
    return e.StepOpened(
        by=by,
        at=now,
        number=found.number,
        closes_at=now + (REOPENED if way in ("back", "reopen") else planned),
        items=tuple(found.items.items()),
        skipped=found.skipped,
        way=way,
        case_round=found.case_round,
    )


def is_again(w: Workshop) -> bool:
    """Whether the step was gone back to or reopened: then it has the time of that, not what the plan gives it. From the
    last step of one case to the first of the next is no way back."""
    before, block = w.opened_steps[-2:-1], w.plan.case_places
    if not before or before[0].step < w.at:
        return False
    return not (block and (before[0].step, w.at) == (block[-1].number, block[0].number))


def gathering(w: Workshop, by: str, now: datetime, to: int | None, case_round: int = 0) -> Events:
    """What becomes of the groups that go at their own pace when all come to a step: some go along from there on. Where
    that step is another block's (None: the workshop ends) everybody does, and what is open closes."""
    if to is not None and to in w.plan.block_of(w.at):
        along = tuple(number for number, course in w.courses.items() if joins(w, course, to, case_round))
        return (e.GroupsJoined(by=by, at=now, groups=along),) if along else ()
    # Behind the block all have been through it, whoever went how far.
    behind = w.courses.values() if to is None or to > w.at else ()
    return _everybody(w, by, now, frozenset[int]().union(*(course.opened for course in behind)))


def gather_all(w: Workshop, by: str, now: datetime) -> Events:
    """All groups go on with everybody, where they are."""
    return _everybody(w, by, now, frozenset())


def _everybody(w: Workshop, by: str, now: datetime, opened: frozenset[int]) -> Events:
    if not w.courses:
        return ()
    closed = (
        e.StepClosed(by=by, at=now, number=course.at, group=number)
        for number, course in w.courses.items()
        if course.takes(course.at)
    )
    return (*closed, e.GroupsJoined(by=by, at=now, groups=tuple(w.courses), opened=opened))


def courses_of(w: Workshop) -> tuple[tuple[int, Workshop], ...]:
    """Everybody's view (0), and those of the groups that go at their own pace."""
    numbers = (0, *w.courses) if w.status in RUNNING else (0,)
    return tuple((number, w.for_group(number)) for number in numbers)
