"""A group that goes at its own pace: when it may, and what its commands come to. Pure; called by `rules.decide`."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from workshop import commands as c, events as e
from workshop.course import course, step_before
from workshop.cycle import Answers
from workshop.model import RUNNING, Group, Workshop
from workshop.refusals import Reason, Refused
from workshop.reminding import nudge
from workshop.stepping import closing, open_step
from workshop.upcoming import Opening, again, coming

Outcome = tuple[e.AnyEvent, ...] | Refused
OfGroup = c.Next | c.Back | c.Reopen | c.Close | c.Extend | c.Pause | c.Resume | c.Nudge
"""Commands that can be about one group."""


def at_own_pace(w: Workshop, number: int, command: type[c.Command] = c.Next) -> Workshop | Refused:
    """The workshop as a group sees it that a command is about; why it has no course of its own now. Before the start
    and after the end that is everybody's."""
    if not w.groups:
        return Refused(Reason.NO_GROUPS)
    if number not in {group.number for group in w.groups}:
        return Refused(Reason.UNKNOWN_GROUP, {"groups": ", ".join(str(group.number) for group in w.groups)})
    if w.status in RUNNING and not may_be_apart(w) and command is not c.Nudge:
        return Refused(Reason.NOT_IN_GROUPS)
    return w.for_group(number)


def may_be_apart(w: Workshop) -> bool:
    """Whether groups may go at their own pace in the step that all are at: it is held in groups, and so are its cases
    (those that were proposed without groups are everybody's)."""
    place = w.place
    if place is None or not w.groups or w.at not in w.plan.block_of(w.at):
        return False
    return not any(case.group == 0 for case in w.cases) or not place.step.case


def alone(view: Workshop, command: OfGroup, answers: Answers, now: datetime) -> Outcome:
    """What a command about one group leads to; `view` is the workshop as that group sees it."""
    group = next(group for group in view.groups if group.number == command.group)
    match command:
        case c.Next():
            outcome = _next(view, command, group, answers, now)
        case c.Back():
            outcome = _back(view, command, group, answers, now)
        case c.Reopen():
            there = again(view, view.at, view.case_round, answers, group)
            outcome = (open_step(view, command.by, now, there, "reopen"),)
        case c.Nudge():
            outcome = nudge(view, command, answers, now)
        case _:
            outcome = course(view, command, now)
    if isinstance(outcome, Refused):
        return outcome
    return tuple(replace(event, group=command.group) for event in outcome if isinstance(event, e.OnCourse))


def _next(view: Workshop, command: c.Next, group: Group, answers: Answers, now: datetime) -> Outcome:
    """The group's step closes and its next one opens. Where that is everybody's, the group has come to the end of its
    own way and waits; where it needs a facilitator first, or what others have not given yet, it waits too."""
    closes = closing(view, command.by, now)
    found = coming(view, answers, group)
    if not isinstance(found, Opening):
        return closes or Refused(Reason.GROUP_WAITS, {"group": group.number})
    if found.number is None:
        return closes or Refused(Reason.GROUP_THROUGH, {"group": group.number})
    return (*closes, open_step(view, command.by, now, found, "next"))


def _back(view: Workshop, command: c.Back, group: Group, answers: Answers, now: datetime) -> Outcome:
    """The step before, of the same block, opens again for the group."""
    before = step_before(view, view.plan.block_of(view.at).start)
    if before is None:
        return Refused(Reason.FIRST_IN_GROUP)
    opens = open_step(view, command.by, now, again(view, *before, answers, group), "back")
    return (*closing(view, command.by, now), opens)
