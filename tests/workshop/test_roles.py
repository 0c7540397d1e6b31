"""Who may do what: every role against every command, written down by hand from the product's table."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from tests.workshop.paper import ANNA, Paper, opened, reason
from tests.workshop.session import SESSION
from tests.workshop.test_table import EVERY, sensible
from workshop import commands as c
from workshop.own_pace import OfGroup
from workshop.refusals import Reason, Refused
from workshop.roles import MAY as ROLES, Role, may, may_open, roles_of

ANYBODY: set[type[c.AnyCommand]] = {c.Join, c.ChooseLanguage, c.PostStageAgain, c.PostBoardAgain}
PARTICIPANTS: set[type[c.AnyCommand]] = {c.SubmitAnswers, c.WithdrawAnswers, c.AnswerCase, c.SpeakForGroup}
FACILITATORS: set[type[c.AnyCommand]] = {
    c.Start, c.Next, c.Back, c.Reopen, c.Close, c.Extend, c.Pause, c.Resume, c.Finish, c.Cancel,
    c.AllowLate, c.RevealAnswers, c.PickItems, c.NameFacilitator, c.NameModerator, c.NameReserve, c.Nudge,
    c.NameGroupFacilitator,
    c.NameSpokesperson, c.FormGroups, c.MoveToGroup, c.DissolveGroups, c.AddPractices, c.RemovePractices, c.DropCases,
    c.BindGroup, c.UnbindGroup,
    c.Expect, c.ForgetList,
}  # fmt: skip
OF_A_GROUP: set[type[c.AnyCommand]] = {
    c.Next, c.Back, c.Reopen, c.Close, c.Extend, c.Pause, c.Resume, c.Nudge,
}  # fmt: skip
"""What a group facilitator may do too, for their own group."""
MODERATORS: set[type[c.AnyCommand]] = {
    c.HideEntry, c.RestoreEntry, c.ApproveEntry, c.SpotlightEntry, c.EndSpotlight, c.TranslateEntry,
    c.PutIntoTheme, c.TakeOutOfTheme, c.MergeThemes, c.RenameTheme, c.UndoTheme,
}  # fmt: skip
STAND_INS: set[type[c.AnyCommand]] = {c.TakeOver}
CLOCK: set[type[c.AnyCommand]] = {c.CloseDue, c.MoveDeadline, c.WarnDue, c.LosePlace, c.ReportNudge}

MAY: dict[str, set[type[c.AnyCommand]]] = {
    "stranger": ANYBODY,
    "participant": ANYBODY | PARTICIPANTS,
    "facilitator": ANYBODY | FACILITATORS | MODERATORS,
    "moderator": ANYBODY | MODERATORS | STAND_INS,
    "reserve": ANYBODY | STAND_INS,
    "leader": ANYBODY,
    c.SYSTEM: CLOCK,
}
"""What each may do who is nothing else."""

REFUSAL = (
    (PARTICIPANTS, Reason.JOIN_FIRST),
    (FACILITATORS | CLOCK, Reason.ONLY_FACILITATORS),
    (MODERATORS, Reason.ONLY_MODERATORS),
    (STAND_INS, Reason.ONLY_RESERVES),
)


IN_GROUPS = replace(
    SESSION,
    stages=tuple(
        replace(stage, steps=tuple(replace(step, in_groups=not step.is_break) for step in stage.steps))
        for stage in SESSION.stages
    ),
)
"""The session, all of it held in groups."""


def company() -> Paper:
    """A running workshop with one person of each role, who is nothing else; the leader facilitates group 1."""
    paper = Paper(IN_GROUPS).opens(by="facilitator", reserves=(("reserve", "Rasa"), ("leader", "Lea")))
    paper.joins("participant", "other")
    paper.do(c.NameModerator(workshop="w1", by="facilitator", people=(("moderator", "Moni"),)))
    paper.do(c.FormGroups(workshop="w1", by="facilitator", groups=(("participant",), ("other",))))
    assert not isinstance(paper.leads("leader", 1, by="facilitator"), Refused)
    assert paper.maybe is not None
    lea = replace(paper.w.people["leader"], reserve=False)
    paper.maybe = replace(paper.w, people={**paper.w.people, "leader": lea})
    return paper.starts(by="facilitator")


def test_every_command_stands_in_this_table() -> None:
    named = ANYBODY | PARTICIPANTS | FACILITATORS | MODERATORS | STAND_INS | CLOCK
    assert named == set(EVERY) - {c.Open}


@pytest.mark.no_cover
@pytest.mark.parametrize("kind", [kind for kind in EVERY if kind is not c.Open])
@pytest.mark.parametrize("who", list(MAY))
def test_every_role_against_every_command(who: str, kind: type[c.AnyCommand]) -> None:
    paper = company()
    before = paper.w
    assert may(before, who, kind) == (kind in MAY[who])
    if who == c.SYSTEM and kind in ANYBODY:
        return  # the clock takes no part: it has no button for this
    outcome = paper.do(replace(sensible(kind, paper), by=who))
    if kind in MAY[who]:
        roles = {Reason.JOIN_FIRST, Reason.ONLY_FACILITATORS, Reason.ONLY_MODERATORS}
        assert not isinstance(outcome, Refused) or outcome.reason not in roles
        return
    assert isinstance(outcome, Refused)
    assert outcome.reason is next(why for kinds, why in REFUSAL if kind in kinds)
    assert outcome.facts["who"] == "Facilitator", "it says who may"
    assert paper.w is before


@pytest.mark.no_cover
@pytest.mark.parametrize("kind", [kind for kind in EVERY if issubclass(kind, c.GroupCourse)])
@pytest.mark.parametrize("group", [1, 2])
@pytest.mark.parametrize("who", list(MAY))
def test_every_role_against_every_command_about_a_group(who: str, group: int, kind: type[c.GroupCourse]) -> None:
    paper = company()
    before = paper.w
    allowed = who == "facilitator" or (who == "leader" and group == 1)
    assert may(before, who, kind, group) is allowed
    moves = before.moves
    outcome = paper.do(replace(sensible(kind, paper), by=who, group=group, moves=moves))  # type: ignore[arg-type]
    if allowed:
        assert not isinstance(outcome, Refused) or outcome.reason in (Reason.NOT_NOW, Reason.FIRST_IN_GROUP)
        return
    assert isinstance(outcome, Refused)
    assert outcome.reason is Reason.ONLY_GROUP_FACILITATORS
    names = "Facilitator, Lea" if group == 1 else "Facilitator"
    assert outcome.facts == {"who": names, "group": group}, "it says who may"
    assert paper.w is before


def test_which_commands_can_be_about_a_group_is_what_a_group_facilitator_may() -> None:
    assert {kind for kind in EVERY if issubclass(kind, c.GroupCourse)} == OF_A_GROUP == set(get_args(OfGroup))
    assert {kind for kind in EVERY if Role.GROUP_FACILITATOR in ROLES[kind]} == OF_A_GROUP


def test_somebody_can_be_several_things_and_somebody_nothing() -> None:
    paper = company().joins("facilitator")
    assert roles_of(paper.w, "facilitator") == {Role.ANYBODY, Role.PARTICIPANT, Role.FACILITATOR}
    assert roles_of(paper.w, "nobody") == {Role.ANYBODY}
    assert roles_of(paper.w, c.SYSTEM) == {Role.SYSTEM}, "the clock is no person"


def test_a_facilitator_who_has_not_joined_gives_no_answer() -> None:
    paper = opened().starts()
    assert reason(paper.says(ANNA, K2="mine")) == "join_first"
    paper.joins(ANNA)
    assert not isinstance(paper.says(ANNA, K2="mine"), Refused)


@pytest.mark.parametrize(
    ("who", "openers", "allowed"),
    [
        ("tenant:oid", None, True),
        ("tenant:oid", frozenset({"oid"}), True),
        ("tenant:oid", frozenset({"other"}), False),
        ("tenant:oid", frozenset(), False),
        ("oid:other", frozenset({"oid"}), False),
    ],
)
def test_a_list_says_who_opens(who: str, openers: frozenset[str] | None, allowed: bool) -> None:
    assert may_open(who, openers) is allowed
