"""Who may do what: every role against every command, written down by hand from the product's table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.workshop.paper import ANNA, Paper, opened, reason
from tests.workshop.test_table import EVERY, sensible
from workshop import commands as c
from workshop.refusals import Reason, Refused
from workshop.roles import Role, may, may_open, roles_of

ANYBODY: set[type[c.AnyCommand]] = {c.Join, c.ChooseLanguage, c.PostStageAgain, c.PostBoardAgain}
PARTICIPANTS: set[type[c.AnyCommand]] = {c.SubmitAnswers, c.WithdrawAnswers, c.AnswerCase, c.SpeakForGroup}
FACILITATORS: set[type[c.AnyCommand]] = {
    c.Start, c.Next, c.Back, c.Reopen, c.Close, c.Extend, c.Pause, c.Resume, c.Finish, c.Cancel,
    c.AllowLate, c.RevealAnswers, c.PickItems, c.NameFacilitator, c.NameModerator, c.Nudge,
    c.NameSpokesperson, c.FormGroups, c.MoveToGroup, c.DissolveGroups, c.AddPractices, c.RemovePractices, c.DropCases,
    c.BindGroup, c.UnbindGroup,
    c.Expect, c.ForgetList,
}  # fmt: skip
MODERATORS: set[type[c.AnyCommand]] = {
    c.HideEntry, c.RestoreEntry, c.ApproveEntry,
    c.PutIntoTheme, c.TakeOutOfTheme, c.MergeThemes, c.RenameTheme, c.UndoTheme,
}  # fmt: skip
STAND_INS: set[type[c.AnyCommand]] = {c.TakeOver}
CLOCK: set[type[c.AnyCommand]] = {c.CloseDue, c.MoveDeadline, c.LosePlace}

MAY: dict[str, set[type[c.AnyCommand]]] = {
    "stranger": ANYBODY,
    "participant": ANYBODY | PARTICIPANTS,
    "facilitator": ANYBODY | FACILITATORS | MODERATORS,
    "moderator": ANYBODY | MODERATORS | STAND_INS,
    "reserve": ANYBODY | STAND_INS,
    c.SYSTEM: CLOCK,
}
"""What each may do who is nothing else."""

REFUSAL = (
    (PARTICIPANTS, Reason.JOIN_FIRST),
    (FACILITATORS | CLOCK, Reason.ONLY_FACILITATORS),
    (MODERATORS, Reason.ONLY_MODERATORS),
    (STAND_INS, Reason.ONLY_RESERVES),
)


def company() -> Paper:
    """A running workshop with one person of each role, who is nothing else."""
    paper = Paper().opens(by="facilitator", reserves=(("reserve", "Rasa"),)).joins("participant")
    paper.do(c.NameModerator(workshop="w1", by="facilitator", person="moderator", person_name="Moni"))
    return paper.starts(by="facilitator")


def test_every_command_stands_in_this_table() -> None:
    named = ANYBODY | PARTICIPANTS | FACILITATORS | MODERATORS | STAND_INS | CLOCK
    assert named == set(EVERY) - {c.Open}


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
