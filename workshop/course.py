"""Next, back, reopen, close, extend, pause, finish: the rules about the course of a workshop. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from workshop import commands as c, events as e
from workshop.cycle import Answers, TooMany
from workshop.model import GRACE, Consent, Status, Workshop
from workshop.refusals import Reason, Refused
from workshop.stepping import closing, courses_of, gathering, open_step
from workshop.upcoming import Opening, Proposal, Together, again, coming

AFTER_OUTAGE = timedelta(minutes=2)
"""A deadline that passed while the server was away moves to this long after its return."""
MOST_MINUTES = 120

NEARLY = timedelta(minutes=2)
"""So long before its end people are told that a step is nearly over."""
SHORT, LONG = timedelta(minutes=5), timedelta(hours=12)
"""Nobody is told of a step that lasts shorter or longer: it has only just begun, or people are not there together."""

Outcome = tuple[e.AnyEvent, ...] | Refused


def next(w: Workshop, command: c.Start | c.Next, answers: Answers, now: datetime) -> Outcome:
    """Close what is open and open what comes next; after the last step the workshop is finished. Where the next
    step is a vote with more candidates than it takes, only the closing happens: the facilitator picks first."""
    closes = closing(w, command.by, now)
    found = coming(w, answers)
    assert not isinstance(found, Together), "only a group that is alone waits for others"
    if isinstance(found, Proposal):
        return (*closes, e.CasesProposed(by=command.by, at=now, cases=found.cases))
    if isinstance(found, TooMany):
        facts: dict[str, str | int] = {"candidates": len(found.candidates), "prompt": found.prompt}
        return closes or Refused(Reason.PICK_FIRST, facts | {"kind": w.plan.prompts[found.prompt].kind})
    if waiting := _cases_wait(w, found):
        return closes or Refused(Reason.CASES_WAIT, {"waiting": waiting})
    gathers = gathering(w, command.by, now, found.number, found.case_round)
    reached = {number for event in gathers if isinstance(event, e.GroupsJoined) for number in event.opened}
    found = replace(found, skipped=tuple(number for number in found.skipped if number not in reached))
    if found.number is None:
        return (*closes, *gathers, e.Finished(by=command.by, at=now, skipped=found.skipped))
    way = "start" if isinstance(command, c.Start) else "next"
    return (*closes, *gathers, open_step(w, command.by, now, found, way))


def ends(w: Workshop, answers: Answers) -> bool:
    """Whether Next would end the workshop as it is now."""
    found = coming(w, answers)
    return isinstance(found, Opening) and found.number is None and not _cases_wait(w, found)


def _cases_wait(w: Workshop, found: Opening) -> int:
    """How many owners have not said yet whether their case may be opened, where without them none would be."""
    passed_over = any(place.number in found.skipped and place.number not in w.opened for place in w.plan.case_places)
    return sum(case.consent is Consent.ASKED for case in w.cases) if passed_over else 0


def back(w: Workshop, command: c.Back, answers: Answers, now: datetime) -> Outcome:
    """The step before (passing over what had nothing to ask) opens again; what was answered since is kept."""
    before = step_before(w)
    if before is None:
        return Refused(Reason.FIRST_STEP)
    number, case_round = before
    gathers = gathering(w, command.by, now, number, case_round)
    opens = open_step(w, command.by, now, again(w, number, case_round, answers), "back")
    return (*closing(w, command.by, now), *gathers, opens)


def step_before(w: Workshop, first: int = 0) -> tuple[int, int] | None:
    """Where Back leads: the number of the step and which case it is about; None at the first, or where it would be
    before `first`."""
    block = w.plan.case_places
    if w.place in block[:1] and w.case_round:  # the case before, its last step
        return block[-1].number, w.case_round - 1
    opened = [number for number in range(first, w.at) if number in w.opened]
    before = [number for number in opened if not w.plan.places[number].step.is_break]
    return (before[-1], w.case_round) if before else None


def reopen(w: Workshop, command: c.Reopen, answers: Answers, now: datetime) -> Outcome:
    """The closed step takes answers again, on what is there now."""
    gathers = gathering(w, command.by, now, w.at, w.case_round)
    return (*gathers, open_step(w, command.by, now, again(w, w.at, w.case_round, answers), "reopen"))


def course(
    w: Workshop,
    command: c.Close | c.Extend | c.Pause | c.Resume | c.Finish | c.Cancel,
    now: datetime,
) -> Outcome:
    """The commands that need no answers."""
    by = command.by
    match command:
        case c.Close():
            return closing(w, by, now)
        case c.Extend():
            if not 1 <= command.minutes <= MOST_MINUTES:
                return Refused(Reason.WRONG_MINUTES, {"given": command.minutes, "limit": MOST_MINUTES})
            start = max(w.closes_at or now, now)
            return (e.DeadlineChanged(by=by, at=now, closes_at=start + timedelta(minutes=command.minutes)),)
        case c.Pause():
            left = (w.closes_at or now) - now
            return (e.Paused(by=by, at=now, remaining=max(left, timedelta(0))),)
        case c.Resume():
            # Nobody comes back to a clock with nothing on it.
            left = max(w.remaining or timedelta(0), GRACE)
            return (e.Resumed(by=by, at=now, closes_at=now + left),)
        case c.Finish():
            return (*closing(w, by, now), *gathering(w, by, now, None), e.Finished(by=by, at=now))
        case c.Cancel():
            return (e.Cancelled(by=by, at=now),)
        case _:
            assert_never(command)


def close_due(w: Workshop, command: c.CloseDue, now: datetime) -> Outcome:
    """The clock closes a step a minute after its time, of all and of each group. Called early, or twice, it does
    nothing."""
    return tuple(
        replace(event, group=number)
        for number, view in courses_of(w)
        if view.status is Status.OPEN and view.closes_at is not None and now >= view.closes_at + GRACE
        for event in closing(view, command.by, now)
    )


def move_deadline(w: Workshop, command: c.MoveDeadline, now: datetime) -> Outcome:
    """The deadline (or its minute of grace) passed while the server was away: two more minutes from now."""
    later = now + AFTER_OUTAGE
    return tuple(
        e.DeadlineChanged(by=command.by, at=now, closes_at=later, outage=True, group=number)
        for number, view in courses_of(w)
        if view.status is Status.OPEN and view.closes_at is not None and view.closes_at < later
        if command.since is None or command.since < view.closes_at + GRACE
    )


def to_warn(w: Workshop, now: datetime) -> tuple[int, ...]:
    """The courses (0: of all) whose open step is nearly over without this having been said since it opened. Not of a
    step that is short, or that lasts longer than people sit together."""
    return tuple(number for number, view in courses_of(w) if _is_nearly_over(w, number, view, now))


def _is_nearly_over(w: Workshop, number: int, view: Workshop, now: datetime) -> bool:
    if view.status is not Status.OPEN or view.closes_at is None or not view.opened_steps:
        return False
    opened = view.opened_steps[-1].opened_at
    told = any(one.group == number and one.step == view.at and one.at >= opened for one in w.warnings)
    lasts = SHORT <= view.closes_at - opened <= LONG
    return lasts and not told and timedelta(0) < view.closes_at - now <= NEARLY


def warn_due(w: Workshop, command: c.WarnDue, now: datetime) -> Outcome:
    """Say that steps are nearly over, once each; called early, late or twice, it does nothing."""
    apart = tuple(sorted(number for number in w.courses if number))
    return tuple(
        e.TimeWarned(by=command.by, at=now, group=number, apart=() if number else apart) for number in to_warn(w, now)
    )
