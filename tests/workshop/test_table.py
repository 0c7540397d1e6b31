"""The stage table, row by row: what a status allows leads where it says; all else is refused and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest

from tests.workshop.paper import ANNA, TENANT, Paper, opened
from tests.workshop.session import COLLECT, DOTS as VOTE_RULES, NOTES, SESSION, VOTE, asks, plan_of, step
from workshop import commands as c
from workshop.course import NEARLY
from workshop.model import GRACE, LIVE, Case, Expected, Lit, Nudge, Practice, Status
from workshop.plan import Source
from workshop.prompts.kind import item_key
from workshop.refusals import Reason, Refused
from workshop.rules import ANY_TIME, TABLE, possible_now
from workshop.theming import themes_in

EVERY: tuple[type[c.AnyCommand], ...] = get_args(c.AnyCommand)
"""Every command there is."""
CLOCK = {c.CloseDue, c.MoveDeadline, c.WarnDue, c.LosePlace, c.ReportNudge}
"""What nobody asks for."""
S = Status


def in_status(status: Status, at: int = COLLECT) -> Paper:
    """A workshop in this status at this step, in which Anna is everything that a person can be."""
    paper = opened().joins(ANNA).names_moderator(ANNA)
    paper.grouped((ANNA, "ivan"), ("eva", "ola")).practices(Practice("Mentoring"))
    paper.binds(2, "19:two@thread.v2")
    paper.maybe = replace(paper.w, cases=(Case("k", {"": "mud"}, ANNA),), expected=(Expected("Jan"),))
    if status is S.LOBBY:
        return paper
    paper.starts().says("ivan", K1=["alpha", "beta", "gamma"])
    paper.themes("K1", Two=["beta"], Three=["gamma"])
    paper.to_step(at)
    match status:
        case S.PAUSED:
            paper.pauses()
        case S.CLOSED:
            paper.closes().allows_late()
        case S.FINISHED:
            paper.finishes()
        case S.CANCELLED:
            paper.cancels()
    return paper


def sensible(kind: type[c.AnyCommand], paper: Paper) -> c.AnyCommand:
    """A command of this kind that has no other reason to be refused than the status."""
    moves = {"moves": paper.w.moves} if issubclass(kind, c.Course) else {}
    by = c.SYSTEM if kind in CLOCK else ANNA
    more: dict[type[c.AnyCommand], Callable[[], dict[str, object]]] = {
        c.ChooseLanguage: lambda: {"language": "pl"},
        c.SubmitAnswers: lambda: {"step": COLLECT, "given": {"K2": {"": "words"}}},
        c.WithdrawAnswers: lambda: {"step": COLLECT},
        c.Extend: lambda: {"minutes": 5},
        c.AllowLate: lambda: {"allowed": True},
        c.RevealAnswers: lambda: {"prompt": "E1"},
        c.PickItems: lambda: {"prompt": "K4", "keys": (item_key("alpha"),)},
        c.HideEntry: lambda: {"entry": paper.entry("K1", "ivan", "alpha") if paper.kept else ""},
        c.RestoreEntry: lambda: {"entry": paper.entry("K1", "ivan", "alpha") if paper.kept else ""},
        c.ApproveEntry: lambda: {"entry": paper.entry("K1", "ivan", "alpha") if paper.kept else ""},
        c.SpotlightEntry: lambda: {"entry": paper.entry("K1", "ivan", "alpha") if paper.kept else ""},
        c.EndSpotlight: lambda: {"entry": "e"},
        c.TranslateEntry: lambda: {"entries": _entry(paper, "alpha"), "language": "en", "words": "first"},
        c.PutIntoTheme: lambda: {**GOOD, "notes": _entry(paper, "alpha"), "called": "One"},
        c.TakeOutOfTheme: lambda: {**GOOD, "notes": _entry(paper, "beta")},
        c.MergeThemes: lambda: {**GOOD, "theme": paper.theme("K1", "Two"), "into": paper.theme("K1", "Three")},
        c.RenameTheme: lambda: {**GOOD, "theme": paper.theme("K1", "Two"), "called": "Four"},
        c.UndoTheme: lambda: {**GOOD, "mark": themes_in(paper.w, "K1", "good").mark},
        c.NameFacilitator: lambda: {"people": (("ivan", "Ivan"),)},
        c.NameModerator: lambda: {"people": (("ivan", "Ivan"),)},
        c.NameReserve: lambda: {"people": (("ivan", "Ivan"),)},
        c.AnswerCase: lambda: {"case": "k", "agreed": True},
        c.AddPractices: lambda: {"practices": (Practice("Open days"),)},
        c.RemovePractices: lambda: {"titles": ("Mentoring",)},
        c.Expect: lambda: {"people": (Expected("Eva"),)},
        c.FormGroups: lambda: {"groups": (("ivan",),)},
        c.MoveToGroup: lambda: {"person": "ivan", "group": 0},
        c.BindGroup: lambda: {"tenant": TENANT, "place": "19:one@thread.v2", "group": 1},
        c.UnbindGroup: lambda: {"group": 2},
        c.LosePlace: lambda: {"binding": 0, "ever": True},
        c.ReportNudge: lambda: {"number": 0, "reached": 2, "unreached": ("eva",)},
        c.SpeakForGroup: lambda: {"group": paper.w.voice(ANNA), "seen": 0},
        c.NameSpokesperson: lambda: {"person": "ivan"},
        c.NameGroupFacilitator: lambda: {"person": "ola", "person_name": "Ola"},
    }
    return kind(workshop="w1", by=by, **moves, **more.get(kind, dict)())  # type: ignore[arg-type]


GOOD = {"prompt": "K1", "column": "good"}


def _entry(paper: Paper, words: str) -> tuple[str, ...]:
    return (paper.entry("K1", "ivan", words),) if paper.kept else ("",)


def at_its_moment(kind: type[c.AnyCommand], paper: Paper) -> None:
    """The time at which the command makes sense."""
    if kind is c.ReportNudge:
        paper.maybe = replace(paper.w, nudges=(Nudge(paper.now, 0, people=3),))
    if kind is c.SpotlightEntry:
        paper.maybe = replace(paper.w, revealed=frozenset({"K1"}))
    if kind is c.EndSpotlight:
        paper.maybe = replace(paper.w, lit=Lit("K1", "e"))
    if kind is c.TakeOver:
        paper.later(minutes=6)
    if kind is c.WarnDue and paper.w.closes_at is not None:
        paper.now = paper.w.closes_at - NEARLY
    if kind in (c.CloseDue, c.MoveDeadline) and paper.w.closes_at is not None:
        paper.now = paper.w.closes_at + GRACE


ALLOWED = [(status, kind) for status, row in TABLE.items() for kind in row]
ALSO = [(status, kind) for kind, statuses in ANY_TIME.items() for status in sorted(statuses)]
REFUSED = [
    (status, kind)
    for status in Status
    for kind in EVERY
    if kind is not c.Open and (status, kind) not in ALLOWED and (status, kind) not in ALSO
]


def test_the_table_has_a_row_for_every_status_and_a_place_for_every_command() -> None:
    assert set(TABLE) == set(Status)
    assert {kind for _, kind in (*ALLOWED, *ALSO)} == set(EVERY) - {c.Open}
    assert not set(ALLOWED) & set(ALSO)


@pytest.mark.no_cover
@pytest.mark.parametrize(("status", "kind"), ALLOWED)
def test_an_allowed_command_leads_to_one_of_the_stated_statuses(status: Status, kind: type[c.AnyCommand]) -> None:
    paper = in_status(status, VOTE if kind is c.Back else COLLECT)
    at_its_moment(kind, paper)
    before = paper.w
    outcome = paper.do(sensible(kind, paper))
    assert not isinstance(outcome, Refused), outcome
    assert outcome, "it does something"
    assert paper.status in TABLE[status][kind]
    assert paper.w.revision == before.revision + 1
    assert (paper.w.moves > before.moves) == (issubclass(kind, c.Course) and kind is not c.Nudge)


@pytest.mark.no_cover
@pytest.mark.parametrize(("status", "kind"), ALSO)
def test_what_is_allowed_at_any_time_leaves_the_status_alone(status: Status, kind: type[c.AnyCommand]) -> None:
    plan = SESSION
    paper = in_status(status)
    if kind is c.RevealAnswers:
        plan = plan_of([step("collect", *SESSION.places[4].step.prompts)])
        paper = Paper(plan).opens().joins(ANNA, "ivan").starts()
        if status is S.PAUSED:
            paper.pauses()
        if status is S.CLOSED:
            paper.closes()
    if kind is c.RestoreEntry:
        paper.hides(paper.entry("K1", "ivan", "alpha"))
    at_its_moment(kind, paper)
    moves = paper.w.moves
    outcome = paper.do(sensible(kind, paper))
    assert not isinstance(outcome, Refused), outcome
    assert outcome or kind is c.TakeOver, "whoever facilitates has nothing to take over"
    assert paper.status is status
    assert paper.w.moves == moves, "the course did not change"


@pytest.mark.no_cover
@pytest.mark.parametrize(("status", "kind"), REFUSED)
def test_a_command_at_the_wrong_moment_is_refused_and_changes_nothing(status: Status, kind: type[c.AnyCommand]) -> None:
    paper = in_status(status)
    at_its_moment(kind, paper)
    before, kept = paper.w, dict(paper.kept)
    outcome = paper.do(sensible(kind, paper))
    assert isinstance(outcome, Refused)
    assert outcome.reason is Reason.NOT_NOW
    assert outcome.facts == {"command": kind.__name__, "status": status}
    assert paper.w is before
    assert paper.kept == kept


@pytest.mark.parametrize("kind", [kind for kind in EVERY if kind is not c.Open])
def test_without_a_workshop_there_is_nothing_to_do(kind: type[c.AnyCommand]) -> None:
    command = sensible(kind, in_status(S.OPEN))
    outcome = Paper().do(command)
    assert isinstance(outcome, Refused)
    assert outcome.reason is Reason.NO_WORKSHOP


@pytest.mark.parametrize("status", Status)
def test_what_is_offered_is_what_the_table_allows(status: Status) -> None:
    paper = in_status(status)
    offered = possible_now(paper.w, ANNA)
    in_table = {kind for at, kind in (*ALLOWED, *ALSO) if at is status}
    assert offered == in_table - CLOCK
    assert possible_now(paper.w, c.SYSTEM) == in_table & CLOCK
    stranger = possible_now(paper.w, "stranger")
    assert c.Next not in stranger and c.SubmitAnswers not in stranger
    assert (c.Join in stranger) == (status in LIVE)


def test_next_reaches_all_three_of_its_statuses() -> None:
    notes = asks("K1", "notes", NOTES)
    plan = plan_of([step("collect", notes), step("vote", asks("K4", "vote", VOTE_RULES, Source("K1")))])
    for crowd, status in ((0, S.FINISHED), (1, S.OPEN), (5, S.CLOSED)):
        paper = Paper(plan).opens().starts()
        for number in range(crowd):
            paper.joins(f"p{number}").says(f"p{number}", K1=[f"{number} {note}" for note in range(5)])
        assert paper.next().status is status


def test_a_step_that_is_closed_by_a_command_is_closed_from_a_pause_too() -> None:
    for end in (c.Next, c.Close, c.Back, c.Finish):
        paper = opened().to_step(1)
        paper.later(minutes=1).pauses()
        assert paper.w.remaining == timedelta(minutes=4)
        outcome = paper.course(end)
        assert not isinstance(outcome, Refused)
        assert type(outcome[0]).__name__ == "StepClosed"
        assert paper.w.remaining is None
