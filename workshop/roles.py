"""Who may do what: one table. The rules ask it for every command, whatever button or link it came from."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from workshop import commands as c
from workshop.model import Workshop
from workshop.refusals import Reason


class Role(StrEnum):
    """What somebody is in a workshop; a person can be several."""

    ANYBODY = "anybody"
    """In the conversation, whether joined or not."""
    PARTICIPANT = "participant"
    FACILITATOR = "facilitator"
    MODERATOR = "moderator"
    RESERVE = "reserve"
    SYSTEM = "system"


_ALL = frozenset({Role.ANYBODY})
_TAKING_PART = frozenset({Role.PARTICIPANT})
_FACILITATORS = frozenset({Role.FACILITATOR})
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
    c.Next: _FACILITATORS,
    c.Back: _FACILITATORS,
    c.Reopen: _FACILITATORS,
    c.Close: _FACILITATORS,
    c.Extend: _FACILITATORS,
    c.Pause: _FACILITATORS,
    c.Resume: _FACILITATORS,
    c.Finish: _FACILITATORS,
    c.Cancel: _FACILITATORS,
    c.AllowLate: _FACILITATORS,
    c.RevealAnswers: _FACILITATORS,
    c.PickItems: _FACILITATORS,
    c.NameFacilitator: _FACILITATORS,
    c.NameModerator: _FACILITATORS,
    c.Nudge: _FACILITATORS,
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
    c.HideEntry: _MODERATORS,
    c.RestoreEntry: _MODERATORS,
    c.ApproveEntry: _MODERATORS,
    c.PutIntoTheme: _MODERATORS,
    c.TakeOutOfTheme: _MODERATORS,
    c.MergeThemes: _MODERATORS,
    c.RenameTheme: _MODERATORS,
    c.UndoTheme: _MODERATORS,
    c.TakeOver: _RESERVES,
    c.CloseDue: _CLOCK,
    c.MoveDeadline: _CLOCK,
    c.LosePlace: _CLOCK,
}
"""Who may open a workshop is a setting; it reaches the rules as `Facts.openers`."""

_WHO_MAY: Mapping[frozenset[Role], Reason] = {
    _TAKING_PART: Reason.JOIN_FIRST,
    _FACILITATORS: Reason.ONLY_FACILITATORS,
    _MODERATORS: Reason.ONLY_MODERATORS,
    _RESERVES: Reason.ONLY_RESERVES,
    _CLOCK: Reason.ONLY_FACILITATORS,
}


def roles_of(workshop: Workshop, who: str) -> frozenset[Role]:
    """What somebody is in this workshop."""
    if who == c.SYSTEM:
        return frozenset({Role.SYSTEM})
    person = workshop.people.get(who)
    if person is None:
        return _ALL
    return _roles(person.joined, person.facilitator, person.moderator, person.reserve)


@cache
def _roles(participant: bool, facilitator: bool, moderator: bool, reserve: bool) -> frozenset[Role]:
    has = {
        Role.PARTICIPANT: participant,
        Role.FACILITATOR: facilitator,
        Role.MODERATOR: moderator,
        Role.RESERVE: reserve,
    }
    return _ALL | {role for role, holds in has.items() if holds}


def may_open(who: str, openers: frozenset[str] | None) -> bool:
    """Whether the setting, a list of Entra object ids (None for anybody), lets this person open workshops."""
    return openers is None or who.rpartition(":")[2] in openers


def may(workshop: Workshop, who: str, command: type[c.Command]) -> bool:
    """Whether this person's roles allow this kind of command."""
    return bool(MAY[command] & roles_of(workshop, who))


def why_not(command: type[c.Command]) -> Reason:
    """The refusal that says who may do it."""
    return _WHO_MAY.get(MAY[command], Reason.ONLY_FACILITATORS)
