"""Who may do what: one table. The rules ask it for every command, whatever button or link it came from."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache, partial

from workshop import commands as c
from workshop.model import Workshop
from workshop.refusals import Reason, Refused


class Role(StrEnum):
    """What somebody is in a workshop; a person can be several."""

    ANYBODY = "anybody"
    """In the conversation, whether joined or not."""
    PARTICIPANT = "participant"
    FACILITATOR = "facilitator"
    GROUP_FACILITATOR = "group facilitator"
    """Of the group that a command is about, and of no other."""
    MODERATOR = "moderator"
    RESERVE = "reserve"
    SYSTEM = "system"


_ALL = frozenset({Role.ANYBODY})
_TAKING_PART = frozenset({Role.PARTICIPANT})
_FACILITATORS = frozenset({Role.FACILITATOR})
_LEADERS = frozenset({Role.FACILITATOR, Role.GROUP_FACILITATOR})
_MODERATORS = frozenset({Role.FACILITATOR, Role.MODERATOR})
_RESERVES = frozenset({Role.RESERVE, Role.MODERATOR})
_CLOCK = frozenset({Role.SYSTEM})

MAY: Mapping[type[c.Command], frozenset[Role]] = {
    c.Open: _ALL,
    c.Join: _ALL,
    c.ChooseLanguage: _ALL,
    c.PostStageAgain: _ALL,
    c.PostBoardAgain: _ALL,
    c.SubmitAnswers: _TAKING_PART,
    c.WithdrawAnswers: _TAKING_PART,
    c.AnswerCase: _TAKING_PART,
    c.DropCases: _FACILITATORS,
    c.Start: _FACILITATORS,
    c.Next: _LEADERS,
    c.Back: _LEADERS,
    c.Reopen: _LEADERS,
    c.Close: _LEADERS,
    c.Extend: _LEADERS,
    c.Pause: _LEADERS,
    c.Resume: _LEADERS,
    c.Finish: _FACILITATORS,
    c.Cancel: _FACILITATORS,
    c.AllowLate: _FACILITATORS,
    c.RevealAnswers: _FACILITATORS,
    c.PickItems: _FACILITATORS,
    c.NameFacilitator: _FACILITATORS,
    c.NameModerator: _FACILITATORS,
    c.NameReserve: _FACILITATORS,
    c.Nudge: _LEADERS,
    c.AddPractices: _FACILITATORS,
    c.RemovePractices: _FACILITATORS,
    c.Expect: _FACILITATORS,
    c.ForgetList: _FACILITATORS,
    c.FormGroups: _FACILITATORS,
    c.MoveToGroup: _FACILITATORS,
    c.DissolveGroups: _FACILITATORS,
    c.BindGroup: _FACILITATORS,
    c.UnbindGroup: _FACILITATORS,
    c.SpeakForGroup: _TAKING_PART,
    c.NameSpokesperson: _FACILITATORS,
    c.NameGroupFacilitator: _FACILITATORS,
    c.HideEntry: _MODERATORS,
    c.RestoreEntry: _MODERATORS,
    c.ApproveEntry: _MODERATORS,
    c.SpotlightEntry: _MODERATORS,
    c.EndSpotlight: _MODERATORS,
    c.TranslateEntry: _MODERATORS,
    c.PutIntoTheme: _MODERATORS,
    c.TakeOutOfTheme: _MODERATORS,
    c.MergeThemes: _MODERATORS,
    c.RenameTheme: _MODERATORS,
    c.UndoTheme: _MODERATORS,
    c.TakeOver: _RESERVES,
    c.CloseDue: _CLOCK,
    c.MoveDeadline: _CLOCK,
    c.WarnDue: _CLOCK,
    c.LosePlace: _CLOCK,
    c.ReportNudge: _CLOCK,
}
"""Who may open a workshop is a setting; it reaches the rules as `Facts.openers`."""

_WHO_MAY: Mapping[frozenset[Role], Reason] = {
    _TAKING_PART: Reason.JOIN_FIRST,
    _FACILITATORS: Reason.ONLY_FACILITATORS,
    _LEADERS: Reason.ONLY_GROUP_FACILITATORS,
    _MODERATORS: Reason.ONLY_MODERATORS,
    _RESERVES: Reason.ONLY_RESERVES,
    _CLOCK: Reason.ONLY_FACILITATORS,
}


def roles_of(workshop: Workshop, who: str, group: int = 0) -> frozenset[Role]:
    """What somebody is in this workshop, where it is about this group (0: about all)."""
    if who == c.SYSTEM:
        return frozenset({Role.SYSTEM})
    person = workshop.people.get(who)
    if person is None:
        return _ALL
    leads = group != 0 and group in led_by(workshop, who)
    return _roles(person.joined, person.facilitator, leads, person.moderator, person.reserve)


@cache
def _roles(
    participant: bool, facilitator: bool, leads: bool, moderator: bool, reserve: bool
) -> frozenset[Role]:
    has = {
        Role.PARTICIPANT: participant,
        Role.FACILITATOR: facilitator,
        Role.GROUP_FACILITATOR: leads,
        Role.MODERATOR: moderator,
        Role.RESERVE: reserve,
    }
    return _ALL | {role for role, holds in has.items() if holds}


def led_by(workshop: Workshop, who: str) -> tuple[int, ...]:
    """The numbers of the groups that somebody was named the facilitator of."""
    return tuple(group.number for group in workshop.groups if who in group.facilitators)


def may_open(who: str, openers: frozenset[str] | None) -> bool:
    """Whether the setting, a list of Entra object ids (None for anybody), lets this person open workshops."""
    return openers is None or who.rpartition(":")[2] in openers


def may(workshop: Workshop, who: str, command: type[c.Command], group: int = 0) -> bool:
    """Whether this person's roles allow this kind of command, for this group (0: for all)."""
    return bool(MAY[command] & roles_of(workshop, who, group))


def why_not(workshop: Workshop, command: type[c.Command], group: int = 0) -> Refused:
    """The refusal that says who may do it."""
    who = ", ".join(person.name for person in workshop.facilitators)
    if MAY[command] == _LEADERS and group == 0:
        return Refused(Reason.ONLY_FACILITATORS, {"who": who})
    facts: dict[str, str | int] = {"who": who}
    if MAY[command] == _RESERVES:
        facts |= stand_ins(workshop)
    reason = _WHO_MAY.get(MAY[command], Reason.ONLY_FACILITATORS)
    if reason is Reason.ONLY_GROUP_FACILITATORS:
        led = [person for one in workshop.groups if one.number == group for person in one.facilitators]
        names = dict.fromkeys([*(person.name for person in workshop.facilitators), *map(partial(_name, workshop), led)])
        facts = {"who": ", ".join(names), "group": group}
    return Refused(reason, facts)


def stand_ins(workshop: Workshop) -> dict[str, str]:
    """The names of those who may take over, as a refusal tells them: reserves, else moderators."""
    people = workshop.people.values()
    reserves = ", ".join(person.name for person in people if person.reserve)
    moderators = "" if reserves else ", ".join(person.name for person in people if person.moderator)
    return {name: names for name, names in (("reserves", reserves), ("moderators", moderators)) if names}


def _name(workshop: Workshop, who: str) -> str:
    return workshop.people[who].name
