"""What commands are about, where only what was said last counts; and that nobody can read there who said it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import combinations

from tests.workshop.caseload import answers_case, drops, voted
from tests.workshop.paper import ANNA, START, Paper
from workshop import commands as c
from workshop.arriving import AHEAD, REMEMBERED, Coming, Mark, coming
from workshop.delivery import Delivery, topic_of
from workshop.service import Change

SAME: list[list[c.AnyCommand]] = [
    [
        c.SubmitAnswers(workshop="w1", by="ivan", step=0, given={}),
        c.SubmitAnswers(workshop="w1", by="ivan", step=0, given={"K2": {"": "words"}}, case="one"),
        c.WithdrawAnswers(workshop="w1", by="ivan", step=0),
    ],
    [c.SubmitAnswers(workshop="w1", by="ivan", step=1, given={})],
    [c.SubmitAnswers(workshop="w1", by="zoe", step=0, given={})],
    [c.Join(workshop="w1", by="ivan", role="one"), c.Join(workshop="w1", by="ivan", role="two")],
    [c.ChooseLanguage(workshop="w1", by="ivan", language="pl")],
    [
        c.HideEntry(workshop="w1", by="ivan", entry="e1"),
        c.RestoreEntry(workshop="w1", by="zoe", entry="e1"),
        c.ApproveEntry(workshop="w1", by="zoe", entry="e1"),
    ],
    [c.HideEntry(workshop="w1", by="ivan", entry="e2")],
    [c.SpotlightEntry(workshop="w1", by="ivan", entry="e1"), c.EndSpotlight(workshop="w1", by="zoe", entry="e2")],
    [
        c.AnswerCase(workshop="w1", by="ivan", case="one", agreed=True),
        c.AnswerCase(workshop="w1", by="ivan", case="one", agreed=False),
    ],
    [c.AnswerCase(workshop="w1", by="ivan", case="two", agreed=True)],
]
"""About the same in a line; about something else in each."""


def begun() -> Paper:
    """Ivan's case is open."""
    paper = voted().next()
    answers_case(paper, "ivan", "mud")
    drops(paper)
    return paper.next()


def test_what_is_about_the_same() -> None:
    workshop = Paper().opens().w
    topics = [{topic_of(workshop, command) for command in same} for same in SAME]
    assert all(len(topic) == 1 and None not in topic for topic in topics)
    assert not any(one & other for one, other in combinations(topics, 2))


def test_another_workshop_is_something_else() -> None:
    workshop = Paper().opens().w
    other = replace(workshop, id="another")
    assert topic_of(workshop, SAME[0][0]) != topic_of(other, SAME[0][0])


def test_the_course_has_other_means() -> None:
    workshop = Paper().opens().w
    assert topic_of(workshop, c.Next(workshop="w1", by=ANNA)) is None
    assert topic_of(workshop, c.Pause(workshop="w1", by=ANNA)) is None


def test_without_the_key_nobody_can_tell() -> None:
    """Another key, another name for the same; and none once it is destroyed."""
    workshop = Paper().opens().w
    topic = topic_of(workshop, SAME[0][0])
    assert topic is not None and "ivan" not in topic
    assert topic_of(replace(workshop, secret="00" * 32), SAME[0][0]) != topic
    assert topic_of(replace(workshop, secret=None), SAME[0][0]) is None


def test_each_case_is_something_else_and_the_form_says_which() -> None:
    """Answers to two cases of one step are two. Where the form says none, it is the one that they are at."""
    paper = begun()
    step = paper.w.at
    assert paper.w.place is not None and paper.w.place.step.case
    now = paper.w.case_for("ola")
    assert now is not None
    bare_one = c.SubmitAnswers(workshop="w1", by="ola", step=step, given={})
    here, there = replace(bare_one, case=now.key), replace(bare_one, case="other")
    bare = c.WithdrawAnswers(workshop="w1", by="ola", step=step)
    assert topic_of(paper.w, here) == topic_of(paper.w, bare) != topic_of(paper.w, there)


def test_a_case_is_nothing_where_a_step_has_none() -> None:
    workshop = Paper().opens().w
    said = [c.SubmitAnswers(workshop="w1", by="ivan", step=step, given={}, case="x") for step in (0, 99, -1)]
    bare = [replace(command, case="") for command in said]
    assert [topic_of(workshop, one) for one in said] == [topic_of(workshop, one) for one in bare]


def test_a_part_was_said_when_the_whole_was() -> None:
    whole = Delivery("activity", START)
    assert whole.part(1) == Delivery("activity#1", START) and whole.part("a") != whole.part("b")


# ---- what is left, and what is past


def comes(name: str, second: float, now: float = 0, command: c.AnyCommand = SAME[0][0]) -> Coming:
    change = Change(command, START + timedelta(seconds=now), Delivery(name, START + timedelta(seconds=second)))
    found = coming(change, Paper().opens().w)
    assert found is not None
    return found


def test_what_is_older_is_past_and_what_is_newer_moves_the_mark() -> None:
    marks: dict[str, Mark] = {}
    said = [("b", 2, False), ("a", 1, True), ("b", 2, True), ("c", 2, False), ("b", 2, True), ("d", 3, False)]
    for name, second, past in said:
        one = comes(name, second)
        assert (one.past(marks) is not None) is past, name
        if not past:
            left = one.left(marks, "w1")
            marks[left.key] = left
    (mark,) = marks.values()
    assert mark.activities == ["d"] and comes("a", 1).late(mark) == 2.0 and comes("d", 3).late(mark) == 0.0


def test_of_one_instant_a_few_are_told_apart() -> None:
    marks: dict[str, Mark] = {}
    for number in range(REMEMBERED + 1):
        left = comes(f"{number}", 1).left(marks, "w1")
        marks[left.key] = left
    assert len(marks[left.key].activities) == REMEMBERED
    assert comes("0", 1).past(marks) is None and comes("1", 1).past(marks) is not None


def test_what_was_said_too_far_ahead_leaves_its_name_and_is_still_compared() -> None:
    ahead = comes("a", AHEAD.total_seconds() + 1)
    assert ahead.left({}, "w1") == Mark("change:a", "w1")
    later = comes("b", AHEAD.total_seconds() + 2, now=5)
    left = later.left({}, "w1")
    assert left.said is not None and ahead.past({left.key: left}) == left
    assert ahead.past({"change:a": Mark("change:a", "w1")}) is not None and ahead.late(Mark("change:a", "w1")) == 0.0


def test_by_its_name_alone_where_nobody_says_when_or_it_is_about_nothing() -> None:
    nameless = Change(SAME[0][0], START)
    assert coming(nameless, Paper().opens().w) is None
    at_no_time = Change(SAME[0][0], START, Delivery("a"))
    in_no_workshop = Change(SAME[0][0], START, Delivery("a", START))
    of_the_course = Change(c.Next(workshop="w1", by=ANNA), START, Delivery("a", START))
    in_two_lines = Change(SAME[0][0], START, Delivery("a\nb", START))
    workshop = Paper().opens().w
    given = [(at_no_time, workshop), (in_no_workshop, None), (of_the_course, workshop), (in_two_lines, workshop)]
    for change, where in given:
        one = coming(change, where)
        assert one is not None and list(one.keys) == [f"change:{one.activity}"] and one.topic is None
        assert one.left({}, "w1") == Mark(f"change:{one.activity}", "w1")
