"""Groups at their own pace: their Next, Back and time; when they join the others again; who leads them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.workshop import caseload
from tests.workshop.caseload import HELPED, TAKEN, TOLD, answers_case, labels
from tests.workshop.paper import ANNA, Paper, names, reason
from tests.workshop.session import DOTS, ONE_COLUMN, asks, plan_of, step
from tests.workshop.test_apart import AFTER, FIRST, OUTSIDE, SECOND, THIRD, grouped
from workshop import commands as c, events as e
from workshop.course import AFTER_OUTAGE
from workshop.model import GRACE, Status
from workshop.plan import Source, in_language
from workshop.prompts.kind import item_key
from workshop.refusals import Refused
from workshop.rules import possible_in

MINUTE = timedelta(minutes=1)


def at(paper: Paper, group: int) -> tuple[int, str]:
    view = paper.w.for_group(group)
    return view.at, view.status.value


def ahead(paper: Paper | None = None) -> Paper:
    """Everybody wrote a note; group 2 goes on to the vote by itself."""
    paper = paper or grouped()
    for who, words in (("ivan", "mud"), ("eva", "rain"), ("ola", "time"), ("zoe", "money")):
        paper.says(who, F=[words])
    assert names(paper.alone(c.Next, 2)) == ["StepClosed", "StepOpened"]
    return paper


# ---- a group's own Next, Back and time


def test_a_group_goes_ahead_on_what_it_gave_so_far_and_the_others_stay() -> None:
    paper = ahead()
    assert (at(paper, 1), at(paper, 2), paper.at) == ((FIRST, "open"), (SECOND, "open"), FIRST)
    own = [in_language(item.label, "en") for item in paper.w.shown_items("V", "ola")]
    assert own == ["time", "money"] == paper.items("V"), "nobody else has been asked yet"
    assert not isinstance(paper.says("zoe", SECOND, V={item_key("time"): "2"}), Refused)
    assert not isinstance(paper.says("ivan", FIRST, F=["mud", "snow"]), Refused)
    kept = paper.w.items["V@2"]
    paper.next()
    assert paper.items("V") == ["mud", "snow", "rain", "time", "money"] and paper.w.items["V@2"] == kept
    assert paper.w.courses == {}, "the others have come to where it is: it is one of them again"
    assert paper.kept["V", "", 1, "zoe"].value


def test_a_group_that_is_further_is_joined_only_when_the_others_come_there() -> None:
    paper = ahead()
    assert names(paper.alone(c.Next, 2)) == ["StepClosed", "StepOpened"]
    before = paper.w.items["V@2"]
    assert names(paper.course(c.Next)) == ["StepClosed", "StepOpened"]
    assert (at(paper, 1), at(paper, 2)) == ((SECOND, "open"), (THIRD, "open"))
    assert paper.w.items["V@2"] == before
    assert names(paper.course(c.Next)) == ["StepClosed", "GroupsJoined", "StepOpened"]
    assert paper.w.courses == {} and paper.at == THIRD


def test_at_the_end_of_the_block_a_group_waits_and_the_others_are_not_moved() -> None:
    paper = ahead()
    paper.alone(c.Next, 2)
    assert names(paper.alone(c.Next, 2)) == ["StepClosed"]
    assert at(paper, 2) == (THIRD, "closed")
    before = paper.w
    assert reason(paper.alone(c.Next, 2)) == "group_through" and paper.w is before


def test_a_group_with_more_time_stays_behind_until_its_step_is_over() -> None:
    paper = grouped()
    assert names(paper.alone(c.Extend, 2, minutes=10)) == ["DeadlineChanged"]
    assert paper.w.for_group(2).closes_at == paper.now + 20 * MINUTE
    assert paper.w.closes_at == paper.now + 10 * MINUTE, "the others have what they had"
    paper.says("ivan", F=["mud"])
    paper.next()
    assert (at(paper, 1), at(paper, 2)) == ((SECOND, "open"), (FIRST, "open"))
    assert not isinstance(paper.says("ola", FIRST, F=["time"]), Refused)
    assert names(paper.alone(c.Close, 2)) == ["StepClosed"]
    assert reason(paper.says("ola", FIRST, F=["late"])) == "step_over"
    assert names(paper.course(c.Next)) == ["StepClosed", "GroupsJoined", "StepOpened"]
    assert at(paper, 2) == (THIRD, "open")


def test_a_group_that_comes_to_the_others_by_itself_has_its_own_time_there() -> None:
    paper = grouped()
    paper.alone(c.Extend, 2, minutes=10)
    for who in ("ivan", "ola"):
        paper.says(who, F=[who])
    paper.next().later(minutes=5)
    assert names(paper.alone(c.Next, 2)) == ["StepClosed", "StepOpened"]
    assert at(paper, 2) == at(paper, 1) == (SECOND, "open")
    assert paper.w.for_group(2).closes_at == paper.now + 10 * MINUTE
    assert [in_language(item.label, "en") for item in paper.w.shown_items("V", "ola")] == ["ola"]
    assert sorted(paper.items("V")) == ["ivan", "ola"]


def test_pause_resume_close_reopen_and_back_are_a_group_s_own() -> None:
    paper = ahead()
    assert names(paper.alone(c.Pause, 2)) == ["Paused"] and paper.w.for_group(2).remaining == 10 * MINUTE
    assert (at(paper, 1), at(paper, 2)) == ((FIRST, "open"), (SECOND, "paused"))
    paper.later(minutes=30)
    assert names(paper.alone(c.Resume, 2)) == ["Resumed"]
    assert paper.w.for_group(2).closes_at == paper.now + 10 * MINUTE
    assert names(paper.alone(c.Close, 2)) == ["StepClosed"]
    assert reason(paper.alone(c.Pause, 2)) == "not_now"
    assert names(paper.alone(c.Reopen, 2)) == ["StepOpened"] and at(paper, 2) == (SECOND, "open")
    assert names(paper.alone(c.Back, 2)) == ["StepClosed", "StepOpened"] and at(paper, 2) == (FIRST, "open")
    assert reason(paper.alone(c.Back, 2)) == "first_in_group"
    assert at(paper, 1) == (FIRST, "open")


def test_a_reminder_for_a_group_is_that_group_s() -> None:
    paper = ahead()
    assert names(paper.alone(c.Nudge, 2)) == ["Nudged"]
    assert reason(paper.alone(c.Nudge, 2)) == "nudged_lately"
    assert names(paper.alone(c.Nudge, 1)) == ["Nudged"] and names(paper.course(c.Nudge)) == ["Nudged"]
    assert [(nudge.group, nudge.step) for nudge in paper.w.nudges] == [(2, SECOND), (1, FIRST), (0, FIRST)]


@pytest.mark.parametrize("kind", [c.Pause, c.Close, c.Extend])
def test_what_everybody_s_facilitator_does_is_for_those_without_a_course(kind: type[c.Pause]) -> None:
    paper = ahead()
    paper.do(kind(workshop="w1", by=ANNA, moves=paper.w.moves, **({"minutes": 5} if kind is c.Extend else {})))
    assert at(paper, 2) == (SECOND, "open") and paper.w.for_group(2).closes_at == paper.now + 10 * MINUTE


# ---- together again


@pytest.mark.parametrize(
    ("leave", "at_the_end"),
    [
        (lambda paper: paper.next().next().next(), (AFTER, "open")),
        (lambda paper: paper.course(c.Finish), (FIRST, "finished")),
        (lambda paper: paper.course(c.Cancel), (FIRST, "cancelled")),
        (lambda paper: paper.back(), (OUTSIDE, "open")),
        (lambda paper: paper.grouped(("ivan", "zoe"), ("ola", "eva")), (FIRST, "open")),
        (lambda paper: paper.do(c.DissolveGroups(workshop="w1", by=ANNA)), (FIRST, "open")),
    ],
)
def test_leaving_gathers_everybody(leave: Callable[[Paper], object], at_the_end: tuple[int, str]) -> None:
    paper = ahead()
    paper.alone(c.Extend, 1, minutes=60)
    apart = paper.w
    outcome = leave(paper)
    assert not isinstance(outcome, Refused)
    assert paper.w.courses == {} and (paper.at, paper.status.value) == at_the_end
    assert paper.w.moves > max(course.moves for course in apart.courses.values()) or paper.status is Status.CANCELLED
    for group in (1, 2):
        assert reason(paper.alone(c.Next, group, moves=apart.for_group(group).moves)) in (
            "stale", "no_groups", "not_in_groups", "not_now",
        )  # fmt: skip


def test_what_is_open_closes_when_the_others_leave_and_what_was_given_is_carried() -> None:
    paper = ahead()
    paper.alone(c.Next, 2)
    paper.says("ola", THIRD, T="thought")
    paper.alone(c.Extend, 1, minutes=30)
    paper.course(c.Finish)
    closed = [(event.group, event.number) for event in paper.events if isinstance(event, e.StepClosed)][-3:]
    assert closed == [(0, FIRST), (2, THIRD), (1, FIRST)]
    assert {SECOND, THIRD} <= paper.w.opened
    assert paper.shown("T").result is not None, "what the group did by itself is everybody's now"


def test_what_only_one_group_was_asked_is_not_counted_as_passed_over() -> None:
    paper = grouped()
    paper.says("ola", F=["time"])
    paper.alone(c.Next, 2)
    paper.says("zoe", SECOND, V={item_key("time"): "1"})
    paper.alone(c.Next, 2)
    paper.next()
    assert (paper.at, at(paper, 2)) == (SECOND, (THIRD, "open")), "a vote for all, if only one group has items"


def test_a_member_moved_by_hand_goes_on_where_the_new_group_is() -> None:
    paper = ahead()
    assert not isinstance(paper.moves_to("ivan", 2), Refused)
    assert not isinstance(paper.says("ivan", SECOND, V={item_key("time"): "1"}), Refused)
    paper.moves_to("zoe", 1)
    paper.moves_to("ivan", 1)
    moves = paper.w.for_group(2).moves
    assert names(paper.moves_to("ola", 1)) == ["GroupsJoined", "PersonPlaced"]
    assert paper.w.courses == {} and [group.number for group in paper.w.groups] == [1] and paper.w.moves > moves


# ---- two at once, and who may


def test_two_group_facilitators_who_press_next_at_once_make_one_step() -> None:
    paper = grouped()
    for who in ("ola", "zoe"):
        assert names(paper.leads(who)) == ["GroupFacilitatorNamed"]
        paper.says(who, F=[who])
    shown = paper.w.moves
    assert names(paper.alone(c.Next, 2, by="ola", moves=shown)) == ["StepClosed", "StepOpened"]
    second = paper.alone(c.Next, 2, by="zoe", moves=shown)
    assert reason(second) == "stale" and isinstance(second, Refused) and second.facts["who"] == "Ola"
    assert at(paper, 2) == (SECOND, "open")
    assert names(paper.course(c.Next, moves=shown)) == ["StepClosed", "GroupsJoined", "StepOpened"], "not stale for all"
    typed = paper.later(minutes=1).alone(c.Next, 2, by="ola", moves=None)
    assert names(typed) == ["StepClosed", "StepOpened"]
    assert reason(paper.alone(c.Next, 2, by="zoe", moves=None)) == "repeated"
    assert reason(paper.alone(c.Next, 1, by="zoe")) == "only_group_facilitators"


@pytest.mark.parametrize(
    ("who", "group", "why"),
    [("nobody", 1, "stranger"), ("ola", 7, "unknown_group"), (ANNA, 0, "which_group")],
)
def test_naming_that_is_refused(who: str, group: int, why: str) -> None:
    paper = grouped()
    assert reason(paper.leads(who, group)) == why
    assert all(not group.facilitators for group in paper.w.groups)
    assert reason(paper.leads("ola", 2, by="ivan")) == "only_facilitators"


def test_a_group_has_several_facilitators_of_whom_some_are_no_members() -> None:
    paper = grouped()
    for who, group in (("ola", 0), ("ivan", 2), (ANNA, 2)):
        assert names(paper.leads(who, group)) == ["GroupFacilitatorNamed"]
    assert paper.w.groups[1].facilitators == ("ola", "ivan", ANNA)
    assert paper.leads("ola", 2) == (), "twice is once"
    assert names(paper.leads("ivan", 2, named=False)) == ["GroupFacilitatorNamed"]
    assert paper.leads("ivan", 2, named=False) == ()
    assert paper.w.groups[1].facilitators == ("ola", ANNA) and paper.w.groups[0].facilitators == ()
    paper.moves_to("ola", 1)
    assert paper.w.groups[1].facilitators == ("ola", ANNA), "who leads a group need not work in it"
    paper.grouped(("ivan", "eva"), ("ola", "zoe"))
    assert all(not group.facilitators for group in paper.w.groups), "new groups, named anew"
    none = Paper(paper.plan).opens().joins("ivan")
    assert reason(none.leads("ivan")) == "no_groups"


@pytest.mark.parametrize(
    ("group", "step", "why"),
    [(9, FIRST, "unknown_group"), (2, OUTSIDE, "not_in_groups"), (2, AFTER, "not_in_groups"), (2, -1, "not_now")],
)
def test_where_a_group_has_no_course_of_its_own(group: int, step: int, why: str) -> None:
    paper = Paper(grouped().plan).opens().joins("ivan", "ola").grouped(("ivan",), ("ola",))
    if step >= 0:
        paper.starts()
        while paper.at < step:
            paper.says("ivan", **({"F": ["mud"]} if paper.at == FIRST else {}))
            paper.next()
    before = paper.w
    assert reason(paper.alone(c.Close, group)) == why and paper.w is before
    assert possible_in(paper.w, ANNA, group) == frozenset()


def test_without_groups_there_is_nobody_to_go_ahead() -> None:
    paper = Paper(grouped().plan).opens().joins("ivan").starts().next()
    assert reason(paper.alone(c.Next, 1)) == "no_groups" and possible_in(paper.w, ANNA, 1) == frozenset()


def test_what_a_console_of_a_group_offers() -> None:
    paper = grouped()
    paper.leads("ola")
    open_now = {c.Next, c.Back, c.Close, c.Extend, c.Pause, c.Nudge}
    assert possible_in(paper.w, "ola", 2) == possible_in(paper.w, ANNA, 1) == open_now
    assert possible_in(paper.w, "ola", 1) == possible_in(paper.w, "ivan", 1) == frozenset()


# ---- what needs everybody


def test_what_is_anonymous_waits_for_all_groups() -> None:
    notes = replace(step("first", asks("F", "notes", ONE_COLUMN, anonymous=True)), in_groups=True)
    vote = replace(step("second", asks("V", "vote", DOTS, Source("F"))), in_groups=True)
    paper = Paper(plan_of([notes, vote], [], [], [])).opens().joins("a", "b", "x", "y", "z")
    paper.grouped(("a", "b"), ("x", "y", "z")).starts()
    for who in ("a", "b", "x"):
        paper.says(who, F=[who])
    assert names(paper.alone(c.Next, 2)) == ["StepClosed"], "the others' notes are theirs too, and not there yet"
    assert reason(paper.alone(c.Next, 2)) == "group_waits"
    paper.alone(c.Extend, 1, minutes=5)
    assert names(paper.course(c.Next)) == ["StepClosed", "GroupsJoined", "StepOpened"]
    stands = paper.items("V")
    paper.says("b", 0, F=["more"])
    assert names(paper.alone(c.Next, 1)) == ["StepClosed", "StepOpened"], "now everybody has what there is"
    assert paper.items("V") == [*stands] or len(paper.items("V")) >= len(stands)


def test_what_is_asked_anonymously_stands_once_it_is_asked() -> None:
    notes = replace(step("first", asks("F", "notes", ONE_COLUMN)), in_groups=True)
    vote = replace(step("second", asks("V", "vote", DOTS, Source("F"), anonymous=True)), in_groups=True)
    paper = Paper(plan_of([notes, vote], [], [], [])).opens().joins("a", "x").grouped(("a",), ("x",)).starts()
    paper.says("a", F=["mud"])
    paper.says("x", F=["rain"])
    paper.alone(c.Extend, 1, minutes=5)
    paper.next()
    stands = paper.w.items["V"]
    paper.says("a", 0, F=["other"])
    assert names(paper.alone(c.Next, 1)) == ["StepClosed", "StepOpened"]
    assert paper.w.items["V"] == stands and paper.w.shown_items("V", "a") == stands


def test_too_much_for_a_vote_waits_for_the_facilitator_s_pick() -> None:
    paper = grouped()
    paper.says("ola", F=[f"note {number}" for number in range(20)])
    paper.says("zoe", F=["one more"])
    assert names(paper.alone(c.Next, 2)) == ["StepClosed"]
    assert reason(paper.alone(c.Next, 2)) == "group_waits"


def test_a_step_with_nothing_to_ask_is_passed_over_by_the_group() -> None:
    paper = grouped()
    paper.says("ivan", F=["mud"])
    assert names(paper.alone(c.Next, 2)) == ["StepClosed", "StepOpened"]
    assert at(paper, 2) == (THIRD, "open"), "it gave nothing that could be voted on"


# ---- cases


def cases(most: int = 3) -> Paper:
    """Ivan and Eva are group 1 (mud, money), Ola and Zoe group 2 (time); all agreed, and the first is being told."""
    paper = caseload.voted(caseload.plan(in_groups=True, most=most), (("ivan", "eva"), ("ola", "zoe")))
    paper.says("ola", A7={item_key("time"): "1"})
    paper.next()
    for who, words in (("ivan", "mud"), ("eva", "money"), ("ola", "time")):
        answers_case(paper, who, words)
    return paper.next()


def test_each_group_may_be_at_its_own_case_and_step_of_it() -> None:
    paper = cases()
    for _ in range(3):
        assert names(paper.alone(c.Next, 1)) == ["StepClosed", "StepOpened"]
        if paper.w.for_group(1).at == HELPED:
            paper.says("eva", HELPED, E4=["boots"])
    view = paper.w.for_group(1)
    assert (view.at, view.case_round, paper.at, paper.w.case_round) == (TOLD, 1, TOLD, 0)
    assert labels(paper.w.cases_now) == ["money", "time"] == labels(view.cases_now)
    assert paper.w.case_for("ivan") == paper.w.cases_now[0] == view.case_for("ivan")
    assert not isinstance(paper.says("eva", TOLD, E1="my story"), Refused)
    assert reason(paper.says("ivan", TOLD, E1="not mine")) == "not_your_turn"
    assert not isinstance(paper.says("ola", TOLD, E1="my time"), Refused)
    assert {key[1] for key in paper.kept if key[0] == "E1"} == {item_key("money"), item_key("time")}
    assert labels(view.cases_at(TOLD)) == ["mud", "money", "time"], "each as far as its group has come"
    assert labels(view.cases_at(TAKEN)) == ["mud"]
    assert names(paper.alone(c.Back, 1)) == ["StepClosed", "StepOpened"]
    assert (paper.w.for_group(1).at, paper.w.for_group(1).case_round) == (TAKEN, 0)
    assert names(paper.alone(c.Back, 1)) == ["StepClosed", "StepOpened"] and paper.w.for_group(1).at == HELPED


def test_a_case_is_seen_when_its_group_has_closed_it() -> None:
    paper = cases()
    paper.says("ivan", TOLD, E1="the mud")
    paper.says("ola", TOLD, E1="the time")
    paper.alone(c.Extend, 2, minutes=30)
    paper.next()
    mud, time = (item_key(words) for words in ("mud", "time"))
    assert paper.w.is_shown("E1", mud) and not paper.w.is_shown("E1", time)
    assert paper.w.for_group(2).is_shown("E1", mud) and not paper.w.for_group(2).is_shown("E1", time)
    paper.alone(c.Close, 2)
    assert paper.w.is_shown("E1", time)


def test_a_group_whose_cases_are_through_waits() -> None:
    paper = cases()
    for _ in range(2):
        paper.alone(c.Next, 2)
        paper.says("zoe", HELPED, E4=["a clock"])
    assert at(paper, 2) == (TAKEN, "open")
    assert names(paper.alone(c.Next, 2)) == ["StepClosed"] and reason(paper.alone(c.Next, 2)) == "group_through"
    for _ in range(2):
        paper.next()
        paper.says("eva", HELPED, E4=["boots"])
    assert (paper.at, paper.w.case_round, paper.w.courses) == (TAKEN, 0, {}), "the others have come to where it waits"
    paper.next()
    assert (paper.at, paper.w.case_round) == (TOLD, 1), "group 1 has another"


def test_the_others_leave_when_their_own_cases_are_through() -> None:
    paper = cases()
    for _ in range(3):
        paper.alone(c.Next, 1)
        paper.says("eva", HELPED, E4=["boots"])
    assert paper.w.for_group(1).case_round == 1
    paper.alone(c.Next, 1)
    for _ in range(2):
        paper.next()
        paper.says("zoe", HELPED, E4=["a clock"])
    assert paper.at == TAKEN
    assert names(paper.course(c.Next)) == ["StepClosed", "StepClosed", "GroupsJoined", "StepOpened"]
    assert paper.w.place is not None and paper.w.place.step.id == "after"


def test_cases_that_were_proposed_for_everybody_are_opened_for_everybody() -> None:
    paper = caseload.voted(caseload.plan(in_groups=True)).next()
    answers_case(paper, "ivan", "mud")
    answers_case(paper, "eva", "money")
    caseload.drops(paper)
    paper.next().grouped(("ivan", "eva"), ("ola", "zoe"))
    assert paper.at == TOLD and reason(paper.alone(c.Next, 2)) == "not_in_groups"


def test_where_every_group_has_its_own_way_the_others_step_goes_on_as_if_all_did() -> None:
    paper = cases()
    for group in (1, 2):
        paper.alone(c.Extend, group, minutes=60)
    paper.next()
    assert (paper.at, paper.w.case_round) == (HELPED, 0), "not past the cases, which would end them"


# ---- the clock


def test_the_clock_closes_each_course_on_its_time_once() -> None:
    paper = grouped()
    paper.alone(c.Extend, 2, minutes=5)
    paper.now = paper.w.closes_at or paper.now
    assert paper.later(seconds=59).clock_closes() == ()
    paper.later(seconds=1)
    moves = (paper.w.moves, paper.w.for_group(2).moves)
    assert [(event.group, type(event)) for event in paper.clock_closes() if isinstance(event, e.OnCourse)] == [  # type: ignore[union-attr]
        (0, e.StepClosed)
    ]
    assert (at(paper, 1), at(paper, 2)) == ((FIRST, "closed"), (FIRST, "open"))
    assert paper.clock_closes() == ()
    assert not isinstance(paper.says("ola", FIRST, F=["in time"]), Refused)
    paper.later(minutes=5)
    assert [event.group for event in paper.clock_closes() if isinstance(event, e.OnCourse)] == [2]  # type: ignore[union-attr]
    assert reason(paper.clock_closes()) == "not_now", "nothing is open"
    assert (paper.w.moves, paper.w.for_group(2).moves) == moves, "no button is stale because of the clock"


def test_a_group_s_deadline_that_passed_in_an_outage_moves_and_no_other() -> None:
    paper = grouped()
    paper.alone(c.Extend, 2, minutes=5)
    gone = paper.w.closes_at
    assert gone is not None
    paper.now = gone + GRACE + timedelta(seconds=1)
    away = paper.now
    paper.later(minutes=30)
    outcome = paper.do(c.MoveDeadline(workshop="w1", by=c.SYSTEM, since=away))
    assert [event.group for event in outcome if isinstance(event, e.OnCourse)] == [2]  # type: ignore[union-attr]
    view = paper.w.for_group(2)
    assert (view.closes_at, view.moved_deadline) == (paper.now + AFTER_OUTAGE, True)
    assert not paper.w.moved_deadline
