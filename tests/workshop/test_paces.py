"""Whatever is done in whatever order to the courses of all and of groups: what always holds."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings, strategies as st

from tests.workshop import caseload
from tests.workshop.caseload import answers_case
from tests.workshop.paper import ANNA, Paper
from tests.workshop.test_apart import grouped
from workshop import commands as c
from workshop.model import GRACE, RUNNING, Status
from workshop.own_pace import OfGroup
from workshop.plan import Place
from workshop.prompts.kind import item_key
from workshop.refusals import Refused

KINDS: tuple[type[OfGroup], ...] = (c.Next, c.Next, c.Next, c.Back, c.Reopen, c.Close, c.Extend, c.Pause, c.Resume)
DEEDS = st.one_of(
    st.tuples(st.sampled_from(KINDS), st.integers(0, 3)),
    st.tuples(st.just("minutes"), st.integers(1, 20)),
    st.tuples(st.sampled_from(["ola", "ivan"]), st.integers(1, 3)),
)
PEOPLE = {"ivan": 1, "eva": 1, "ola": 2, "zoe": 2}


def steps() -> Paper:
    paper = grouped()
    for who in PEOPLE:
        paper.says(who, F=[who])
    return paper


def cases() -> Paper:
    paper = caseload.voted(caseload.plan(in_groups=True), (("ivan", "eva"), ("ola", "zoe")))
    paper.says("ola", A7={item_key("time"): "1"})
    paper.next()
    for who, words in (("ivan", "mud"), ("eva", "money"), ("ola", "time")):
        answers_case(paper, who, words)
    return paper.next()


def does(paper: Paper, what: object, number: int) -> None:
    if what == "minutes":
        paper.later(minutes=number)
        paper.clock_closes()
        due = paper.now - GRACE
        for course in (paper.w.main, *paper.w.courses.values()):
            assert course.status is not Status.OPEN or course.closes_at is None or course.closes_at > due
    elif isinstance(what, str):
        paper.moves_to(what, number)
    else:
        assert isinstance(what, type) and issubclass(what, c.GroupCourse)
        more = {"minutes": 5} if what is c.Extend else {}
        moves = paper.w.for_group(number).moves
        paper.do(what(workshop="w1", by=ANNA, moves=moves, group=number, **more))


def holds(paper: Paper, moves: dict[int, int]) -> None:
    w = paper.w
    block = w.plan.block_of(w.at)
    assert not w.courses or (w.status in RUNNING and w.at in block), "outside of the block all are together"
    assert set(w.courses) <= {group.number for group in w.groups}
    assert w.seen_by == 0 and 0 not in w.courses
    for number in (0, *(group.number for group in w.groups)):
        view = w.for_group(number)
        assert view.at == w.at or view.at in block
        assert view.status in (Status.OPEN, Status.PAUSED, Status.CLOSED) or view.status is w.status
        assert view.moves >= moves.get(number, 0), "moves only grow"
        moves[number] = view.moves
        assert (view.status is Status.PAUSED) == (view.remaining is not None)
        assert view.for_group(0) == w
    for prompt, place in w.plan.place_of.items():
        writing = any(course.takes(place.number) for course in (w.main, *w.courses.values()))
        assert not (writing and not place.step.case and w.is_shown(prompt)), "nobody reads what is still being written"


def answers(paper: Paper) -> None:
    """Everybody tries to answer every step; what is taken is what their group's course takes."""
    w, kept, now = paper.w, dict(paper.kept), paper.maybe
    for who in PEOPLE:
        view = w.for_person(who)
        for place in w.plan.places:
            outcome = paper.do(c.SubmitAnswers(workshop="w1", by=who, step=place.number, given=_given(place)))
            in_time = view.closes_at is None or paper.now < view.closes_at + GRACE
            takes = view.main if view is w else view
            open_now = takes.at == place.number and takes.status in (Status.OPEN, Status.PAUSED) and in_time
            if not isinstance(outcome, Refused):
                assert open_now, (who, place.number)
            elif open_now:
                assert outcome.reason not in ("step_over", "step_not_open_yet"), (who, outcome)
    paper.kept, paper.maybe = kept, now


def _given(place: Place) -> dict[str, dict[str, str]]:
    """Something for every prompt of the step that takes any words."""
    parts = {"text": "", "notes": "all"}
    return {prompt.id: {parts[prompt.kind]: "words"} for prompt in place.step.prompts if prompt.kind in parts}


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([steps, cases]), st.lists(DEEDS, max_size=14), st.booleans())
def test_in_whatever_order(begun: object, deeds: list[tuple[object, int]], ends: bool) -> None:
    paper = steps() if begun is steps else cases()
    moves: dict[int, int] = {}
    holds(paper, moves)
    for what, number in deeds:
        before = paper.w
        does(paper, what, number)
        if what == "minutes" or isinstance(what, str):
            moves.clear()  # somebody may have emptied a group, whose number is another's then
        holds(paper, moves)
        assert paper.w.moves >= before.moves
        answers(paper)
    if ends:
        paper.course(c.Finish)
        assert paper.w.courses == {} and not any(
            course.takes(course.at) for course in (paper.w.main, *paper.w.courses.values())
        )


def test_no_time_of_a_group_is_lost_by_waiting() -> None:
    paper = steps()
    paper.alone(c.Pause, 2)
    does(paper, "minutes", 20)
    assert paper.w.for_group(2).remaining == timedelta(minutes=10) and paper.status is Status.CLOSED
