"""Next, back, reopen, close, extend, pause, finish: the rules about the course of a workshop. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import assert_never

from workshop import commands as c, events as e
from workshop.cycle import Answers, Opening, Proposal, TooMany, again, coming
from workshop.model import GRACE, Consent, Status, Workshop
from workshop.refusals import Reason, Refused

AFTER_OUTAGE = timedelta(minutes=2)
"""A deadline that passed while the server was away moves to this long after its return."""
REOPENED = timedelta(minutes=5)
"""How long a step that is opened again takes answers."""
MOST_MINUTES = 120
NUDGE_EVERY = timedelta(minutes=5)

Outcome = tuple[e.AnyEvent, ...] | Refused


def next(w: Workshop, command: c.Start | c.Next, answers: Answers, now: datetime) -> Outcome:
    """Close what is open and open what comes next; after the last step the workshop is finished. Where the next
    step is a vote with more candidates than it takes, only the closing happens: the facilitator picks first."""
    closing = _closing(w, command.by, now)
    found = coming(w, answers)
    if isinstance(found, Proposal):
        return (*closing, e.CasesProposed(by=command.by, at=now, cases=found.cases))
    if isinstance(found, TooMany):
        facts: dict[str, str | int] = {"candidates": len(found.candidates), "prompt": found.prompt}
        return closing or Refused(Reason.PICK_FIRST, facts | {"kind": w.plan.prompts[found.prompt].kind})
    if waiting := _cases_wait(w, found):
        return closing or Refused(Reason.CASES_WAIT, {"waiting": waiting})
    if found.number is None:
        return (*closing, e.Finished(by=command.by, at=now, skipped=found.skipped))
    way = "start" if isinstance(command, c.Start) else "next"
    return (*closing, _open(w, command.by, now, found, way))


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
    return (*_closing(w, command.by, now), _open(w, command.by, now, again(w, number, case_round, answers), "back"))


def step_before(w: Workshop) -> tuple[int, int] | None:
    """Where Back leads: the number of the step and which case it is about; None at the first."""
    before = [number for number in range(w.at) if number in w.opened and not w.plan.places[number].step.is_break]
    if not before:
        return None
    block = w.plan.case_places
    if w.place in block[:1] and w.case_round:  # the case before, its last step
        return block[-1].number, w.case_round - 1
    return before[-1], w.case_round


def reopen(w: Workshop, command: c.Reopen, answers: Answers, now: datetime) -> Outcome:
    """The closed step takes answers again, on what is there now."""
    return (_open(w, command.by, now, again(w, w.at, w.case_round, answers), "reopen"),)


def course(
    w: Workshop,
    command: c.Close | c.Extend | c.Pause | c.Resume | c.Finish | c.Cancel | c.Nudge,
    now: datetime,
) -> Outcome:
    """The commands that need no answers."""
    by = command.by
    match command:
        case c.Close():
            return _closing(w, by, now)
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
            return (*_closing(w, by, now), e.Finished(by=by, at=now))
        case c.Cancel():
            return (e.Cancelled(by=by, at=now),)
        case c.Nudge():
            same = [nudge.at for nudge in w.nudges if nudge.group in (0, command.group)]
            if same and now - same[-1] < NUDGE_EVERY:
                return Refused(Reason.NUDGED_LATELY, {"minutes": int(NUDGE_EVERY.total_seconds() // 60)})
            return (e.Nudged(by=by, at=now, group=command.group),)
        case _:
            assert_never(command)


def close_due(w: Workshop, command: c.CloseDue, now: datetime) -> Outcome:
    """The clock closes a step a minute after its time. Called early, or twice, it does nothing."""
    if w.closes_at is None or now < w.closes_at + GRACE:
        return ()
    return _closing(w, command.by, now)


def move_deadline(w: Workshop, command: c.MoveDeadline, now: datetime) -> Outcome:
    """The deadline (or its minute of grace) passed while the server was away: two more minutes from now."""
    if w.closes_at is None or w.closes_at >= now + AFTER_OUTAGE:
        return ()
    return (e.DeadlineChanged(by=command.by, at=now, closes_at=now + AFTER_OUTAGE, outage=True),)


def _closing(w: Workshop, by: str, now: datetime) -> tuple[e.AnyEvent, ...]:
    return (e.StepClosed(by=by, at=now, number=w.at),) if w.status in (Status.OPEN, Status.PAUSED) else ()


def _open(w: Workshop, by: str, now: datetime, found: Opening, way: str) -> e.StepOpened:
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
