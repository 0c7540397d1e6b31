"""Reminders: who is asked and has not answered, whom one may go to, how often. Pure; called by `rules.decide`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from workshop import commands as c, events as e
from workshop.counting import standing
from workshop.cycle import Answers, asked
from workshop.model import Answer, Nudge, Person, Status, Workshop
from workshop.refusals import Reason, Refused

NUDGE_EVERY = timedelta(minutes=5)
NUDGE_LASTS = timedelta(minutes=10)
"""After this a reminder that could not be sent yet is not sent any more."""

Outcome = tuple[e.AnyEvent, ...] | Refused


def nudge(view: Workshop, command: c.Nudge, answers: Answers, now: datetime) -> Outcome:
    """Remind those at the open step who have not answered it, each privately. Where a prompt of it is anonymous nobody
    may seem to know who that is: then everybody is, in the conversation. `view` is the workshop as those see it who
    are reminded."""
    last = [nudge.at for nudge in view.nudges if nudge.group in (0, command.group)]
    if last and now - last[-1] < NUDGE_EVERY:
        left = NUDGE_EVERY - (now - last[-1])
        return Refused(Reason.NUDGED_LATELY, {"minutes": -(-left // timedelta(minutes=1))})
    if is_nameless(view):
        return (e.Nudged(by=command.by, at=now, group=command.group),)
    given = [answer for some in answers.values() for answer in some]
    silent = missing(view, Nudge(now, view.at, command.group, command.by), given)
    if not silent:
        return Refused(Reason.NOBODY_SILENT)
    return (e.Nudged(by=command.by, at=now, group=command.group, people=len(silent)),)


def report(w: Workshop, command: c.ReportNudge, now: datetime) -> Outcome:
    """What came of a private reminder. Told twice, it is so already."""
    if not 0 <= command.number < len(w.nudges) or not w.nudges[command.number].going:
        return ()
    facts = {"number": command.number, "reached": command.reached, "unreached": command.unreached}
    return (e.NudgeReported(by=command.by, at=now, **facts),)  # type: ignore[arg-type]


def is_nameless(view: Workshop) -> bool:
    """Whether it stays unknown who has answered."""
    return view.place is None or any(prompt.anonymous for prompt in view.place.step.prompts)


def missing(w: Workshop, nudge: Nudge, answers: Iterable[Answer]) -> tuple[Person, ...]:
    """Whom a reminder goes to: of those whom it is for, who has not answered the step, and was not reminded in the last
    minutes by one to their group alone. Nobody once the step is over. Whoever asked for it needs none."""
    view = w.for_group(nudge.group)
    if is_nameless(view) or view.status is not Status.OPEN or view.at != nudge.step:
        return ()
    just = {one.group for one in w.nudges if one.group and timedelta(0) < nudge.at - one.at < NUDGE_EVERY}
    authors = _Authors(view, answers)
    return tuple(
        person
        for person in w.joined
        if person.id != nudge.by and _is_for(w, nudge, person, just) and authors.misses(person)
    )


def _is_for(w: Workshop, nudge: Nudge, person: Person, just: set[int]) -> bool:
    group = w.group_of(person.id)
    number = group.number if group else 0
    if nudge.group:
        return number == nudge.group
    return number not in just and not (number and number in w.for_group(0).courses)


class _Authors:
    """Who has answered a step with anything that counts; in a case those who are at that case."""

    def __init__(self, view: Workshop, answers: Iterable[Answer]) -> None:
        assert view.place is not None, "a step that is open"
        self._view, self._place = view, view.place
        self._given: dict[str, list[Answer]] = {prompt.id: [] for prompt in self._place.step.prompts}
        for answer in answers:
            if answer.prompt in self._given:
                self._given[answer.prompt].append(answer)
        self._known: dict[str, frozenset[str]] = {}

    def misses(self, person: Person) -> bool:
        """Whether somebody is asked and has not answered."""
        case = self._view.case_for(person.id) if self._place.step.case else None
        if self._place.step.case and case is None:
            return False  # their group is through its cases
        prompts = asked(self._view, self._place, person.id)
        names = {self._view.voice(person.id) if prompt.per_group else person.id for prompt in prompts}
        return not names <= self._in(case.key if case else "")

    def _in(self, case: str) -> frozenset[str]:
        if case not in self._known:
            counted: list[Sequence[Answer]] = [
                standing(self._view, prompt, self._given[prompt.id]) for prompt in self._place.step.prompts
            ]
            self._known[case] = frozenset(a.author for some in counted for a in some if case in ("", a.case))
        return self._known[case]
