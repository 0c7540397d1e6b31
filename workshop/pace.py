"""Where a course is after what happened, and where two of them are to each other. Pure; decides nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from workshop import events as e
from workshop.command import SYSTEM
from workshop.model import Case, Course, Group, Held, Move, Status, Workshop

CourseEvent = e.StepOpened | e.StepClosed | e.DeadlineChanged | e.Paused | e.Resumed
Position = tuple[int, int, int]
"""A place in the order in which steps are held: those of a case once for each case."""


def after(course: Course, event: CourseEvent) -> Course:
    """The course after something that happened on it."""
    match event:
        case e.StepOpened():
            opened = replace(
                course,
                status=Status.OPEN,
                at=event.number,
                closes_at=event.closes_at,
                remaining=None,
                opened=course.opened | {event.number},
                moved_deadline=False,
                case_round=event.case_round,
                opened_steps=(*course.opened_steps, Held(event.number, event.at)),
            )
            return _moved(opened, event.way, event)
        case e.StepClosed():
            held = (*course.opened_steps[:-1], *(replace(one, closed_at=event.at) for one in course.opened_steps[-1:]))
            return _moved(replace(course, status=Status.CLOSED, remaining=None, opened_steps=held), "close", event)
        case e.DeadlineChanged():
            later = replace(course, closes_at=event.closes_at, moved_deadline=event.outage)
            return _moved(later, "extend", event)
        case e.Paused():
            paused = replace(course, status=Status.PAUSED, remaining=event.remaining, closes_at=None)
            return _moved(paused, "pause", event)
        case e.Resumed():
            resumed = replace(course, status=Status.OPEN, remaining=None, closes_at=event.closes_at)
            return _moved(resumed, "resume", event)
        case _:
            assert_never(event)


def _moved(course: Course, name: str, event: e.Event) -> Course:
    """A change of course. The clock's own do not make a facilitator's button stale: Next means the same after it."""
    if event.by == SYSTEM:
        return course
    return replace(course, moves=course.moves + 1, last=Move(name, event.by, event.at))


def position(w: Workshop, number: int, case_round: int) -> Position:
    """Where a step is held, in the case of that number where it is one of a case."""
    cases = w.plan.case_places
    if cases and w.plan.places[number].step.case:
        return (cases[0].number, case_round, number)
    return (number, 0, 0)


def joins(w: Workshop, course: Course, number: int, case_round: int) -> bool:
    """Whether a group on a course of its own goes on with all when these come to a step: it is at that step too, or
    before it with nothing open any more."""
    here, there = position(w, course.at, course.case_round), position(w, number, case_round)
    return here == there or (here < there and course.status is Status.CLOSED)


def along(w: Workshop, number: int) -> frozenset[int]:
    """The groups that go along when all come to a step, at the case that the workshop says."""
    return frozenset(
        group.number
        for group in w.groups
        if (course := w.courses.get(group.number)) is None or joins(w, course, number, w.case_round)
    )


def cases_of(workshop: Workshop, number: int, alone: Group | None = None) -> tuple[Case, ...]:
    """The cases that are held when this step opens for all who then go along, or for a group `alone`, in the round that
    the workshop says. Where no group goes along it is as if all did."""
    numbers = {case.group for case in workshop.cases}
    opens = {alone.number} if alone else along(workshop, number) | {0}
    here = opens & numbers or (frozenset() if alone else numbers)
    queues = (workshop.queue_of(group) for group in sorted(here))
    return tuple(queue[workshop.case_round] for queue in queues if len(queue) > workshop.case_round)
