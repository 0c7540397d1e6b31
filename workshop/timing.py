"""Plan against actual time: how far a running workshop is behind, when it will end, what to cut. Pure; no clock."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from workshop.model import RUNNING, Consent, Status, Workshop
from workshop.plan import Place

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Timing:
    """A running workshop's time. The lobby is not counted: the plan's clock starts with the first step."""

    planned: timedelta
    """What the plan gives for all up to here; of the current step, as much as it has been open, or all once closed."""
    used: timedelta
    """Since the first step opened, with pauses and what lay between steps."""
    late: timedelta
    """How much later than planned it ends if all the rest takes its planned time; below zero: earlier."""
    ends_at: datetime
    """When it ends then (UTC)."""
    soon: bool
    """It ends within half a day: a time of day says when."""
    cut: Place | None
    """The step still ahead that the template would give up first."""
    case: timedelta | None
    """What one case fewer would give, where one would still be left."""


def timing(w: Workshop, now: datetime) -> Timing | None:
    """How a workshop stands in time at `now` (UTC); nothing in the lobby, after the end, or where it is not known when
    it started (a workshop that a release before this one began)."""
    if w.place is None or w.status not in RUNNING or not w.opened_steps or w.opened_steps[0].step != min(w.opened):
        return None
    place, ahead = w.place, _ahead(w, w.place)
    here = place.step.minutes * MINUTE
    since = w.opened_steps[-1].opened_at
    spent = here if w.status is Status.CLOSED else min(now - since, here)
    first = w.opened_steps[0].opened_at
    ends_at = now + _left(w, now) + _length(ahead)
    planned_end = first + _length(_course(w, _planned_rounds(w)))
    cuts = sorted((one for one in ahead if one.step.cut), key=lambda one: (one.step.cut, one.number))
    return Timing(
        planned=_length(_before(w, place)) + spent,
        used=now - first,
        late=ends_at - planned_end,
        ends_at=ends_at,
        soon=ends_at - now < timedelta(hours=12),
        cut=cuts[0] if cuts else None,
        case=_case(w, ahead),
    )


def _case(w: Workshop, ahead: list[Place]) -> timedelta | None:
    block = list(w.plan.case_places)
    begun = block and w.at >= block[0].number
    return _length(block) if block and ahead.count(block[0]) > (0 if begun else 1) else None


def _left(w: Workshop, now: datetime) -> timedelta:
    """What the current step still has."""
    if w.status is Status.CLOSED:
        return timedelta(0)
    if w.status is Status.PAUSED:
        return w.remaining or timedelta(0)
    return max((w.closes_at or now) - now, timedelta(0))


def _ahead(w: Workshop, here: Place) -> list[Place]:
    """What comes after the current step, its case's other steps and the other cases with it."""
    course = _course(w, max(_rounds(w), w.case_round + 1 if here.step.case else 0))
    return course[_found(w, here, course) + 1 :]


def _before(w: Workshop, here: Place) -> list[Place]:
    """What the plan has before the current step, whether or not there were as many cases."""
    course = _course(w, max(_planned_rounds(w), w.case_round + 1 if here.step.case else 0))
    return course[: _found(w, here, course)]


def _found(w: Workshop, here: Place, course: list[Place]) -> int:
    """Where the current step stands in the course: in the cases, with the case that is on."""
    return course.index(here) + (w.case_round * len(w.plan.case_places) if here.step.case else 0)


def _course(w: Workshop, rounds: int) -> list[Place]:
    """All steps in order, those of the cases so many times."""
    block = list(w.plan.case_places)
    places = [place for place in w.plan.places if place not in block]
    first = block[0].number if block else 0
    return places[:first] + block * rounds + places[first:]


def _planned_rounds(w: Workshop) -> int:
    cases = w.plan.case_places[0].stage.cases if w.plan.case_places else None
    return cases.most if cases else 0


def _rounds(w: Workshop) -> int:
    """How many cases there will be, one after the other: as many as the plan has, until it is known whose."""
    if not w.cases:
        return _planned_rounds(w)
    open_to = Counter(case.group for case in w.cases if case.consent is not Consent.DECLINED)
    return max(open_to.values(), default=0)


def _length(places: list[Place]) -> timedelta:
    return sum(place.step.minutes for place in places) * MINUTE
