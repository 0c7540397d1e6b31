"""A vote on themes: first they, then the notes in none; as it was when the vote opened; in groups and for cases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.workshop import caseload
from tests.workshop.paper import Paper, names
from tests.workshop.session import DOTS, NOTES, ONE_COLUMN, TEXT, asks, plan_of, step
from tests.workshop.test_theming import GOOD, noted
from workshop import commands as c
from workshop.cycle import strongest
from workshop.model import Status
from workshop.plan import Item, Source, in_language
from workshop.prompts.kind import ITEMS_LIMIT
from workshop.prompts.vote import VoteResult


def test_a_vote_on_themes_and_on_what_is_in_none() -> None:
    paper = noted().joins("olga")
    paper.says("olga", K1=["staff", "time is short", "a desk"])
    paper.themes("K1", Time=["no time"], People=["staff", "time is short"]).next()
    assert paper.items("K4") == ["People", "Time", "open days", "a desk"], "themes first, by how many people"
    people, time, days, desk = paper.w.items["K4"]
    assert (people.weight, time.weight, days.weight, desk.weight) == (2, 1, 2, 1)
    assert len(people.entries) == 4 and people.key == paper.theme("K1", "People") and people.origin == "K1"
    paper.says("ivan", K4={people.key: "2"})
    paper.next().next()
    assert paper.items("A1") == ["People"] and paper.w.items["A1"][0].entries == people.entries


def test_what_a_vote_is_on_stays_until_it_is_opened_again() -> None:
    paper = noted().themes("K1", Time=["time is short", "no time"]).next()
    before = paper.w.items["K4"]
    assert paper.items("K4") == ["Time", "open days", "staff"]
    time = paper.theme("K1", "Time")
    paper.says("ivan", K4={time: "2"})
    paper.do(c.RenameTheme(**GOOD, theme=time, called="Hours"))
    paper.themes("K1", People=["staff"])
    assert paper.w.items["K4"] == before
    paper.back()
    assert paper.w.items["K4"] == before, "the vote is not open"
    paper.next()
    assert paper.items("K4") == ["Hours", "People", "open days"]
    votes = paper.shown("K4", everything=True).result
    assert isinstance(votes, VoteResult) and (votes.items[0].label[""], votes.items[0].dots) == ("Hours", 2)
    paper.closes().themes("K1", Days=["open days", "Open days."]).reopens()
    assert paper.items("K4") == ["Hours", "Days", "People"], "reopened it is on what is there now"
    assert paper.back().next().items("K4") == ["Hours", "Days", "People"]


def test_a_theme_of_which_all_is_hidden_is_off_the_vote() -> None:
    paper = noted().themes("K1", Time=["time is short", "no time"]).next()
    paper.hides(paper.entry("K1", "ivan", "time is short"))
    assert [in_language(item.label, "en") for item in paper.w.shown_items("K4")] == ["Time", "open days", "staff"]
    paper.hides(paper.entry("K1", "eva", "no time"))
    assert [in_language(item.label, "en") for item in paper.w.shown_items("K4")] == ["open days", "staff"]


def test_too_many_notes_become_few_themes() -> None:
    plan = plan_of([step("n", asks("N", "notes", ONE_COLUMN)), step("v", asks("V", "vote", DOTS, Source("N")))])
    paper = Paper(plan).opens().joins("ivan", "eva").starts()
    paper.says("ivan", N=[f"note {number:02}" for number in range(20)])
    paper.says("eva", N=["one more"])
    assert paper.next().status is Status.CLOSED, "more than a vote takes"
    paper.themes("N", Half=[f"note {number:02}" for number in range(10)]).next()
    assert paper.at == 1 and len(paper.w.items["V"]) == 12 and paper.items("V")[0] == "Half"


def test_groups_have_the_part_of_a_theme_that_is_theirs() -> None:
    vote = replace(step("v", asks("V", "vote", DOTS, Source("N"))), in_groups=True)
    paper = Paper(plan_of([step("n", asks("N", "notes", ONE_COLUMN)), vote], [], [], []))
    paper.opens().joins("ivan", "eva", "ola").grouped(("ivan",), ("eva", "ola")).starts()
    paper.says("ivan", N=["time", "desk"])
    paper.says("eva", N=["hours"])
    paper.says("ola", N=["minutes"])
    paper.themes("N", Time=["time", "hours", "minutes"]).next()
    assert [in_language(item.label, "en") for item in paper.w.shown_items("V", "ivan")] == ["Time", "desk"]
    assert [(item.weight, len(item.entries)) for item in paper.w.shown_items("V", "eva")] == [(2, 2)]
    (both,) = [item for item in paper.w.items["V"] if item.key.startswith("theme:")]
    assert (both.weight, len(both.entries)) == (3, 3)


def test_a_case_about_a_theme_is_of_whoever_wrote_the_first_note_in_it() -> None:
    paper = Paper(caseload.plan()).opens().joins("ivan", "eva", "ola").starts()
    for who, obstacles in (("ivan", ["rain"]), ("eva", ["snow", "money"]), ("ola", ["ice"])):
        paper.says(who, A5=obstacles)
    paper.themes("A5", Weather=["ice", "snow"]).next()
    paper.dots("ola", "A7", Weather=2, rain=1)
    assert names(paper.course(c.Next)) == ["StepClosed", "CasesProposed"]
    assert [(case.label[""], case.owner) for case in paper.w.cases] == [("Weather", "eva"), ("rain", "ivan")]
    key = paper.theme("A5", "Weather")
    paper.do(c.AnswerCase(workshop="w1", by="eva", case=key, agreed=True))
    caseload.drops(paper)
    paper.next()
    assert [case.key for case in paper.w.cases_now] == [key]
    paper.says("eva", E1="told")
    paper.next()
    paper.says("ivan", E4=["wait", "boots"])
    paper.says("ola", E4=["wait longer"])
    paper.themes("E4", Waiting=["wait", "wait longer"]).next()
    assert [in_language(item.label, "en") for item in paper.w.shown_items("E5", "eva")] == ["Waiting", "boots"]


def item(key: str, weight: int) -> Item:
    return Item(key, {"": key}, "K1", weight)


@pytest.mark.parametrize(
    ("themes", "notes", "top", "kept"),
    [
        ([3, 1], [4, 1, 1], 2, 2),
        ([3, 1], [4, 1, 1], 3, 3),
        ([3, 1], [4, 1, 1], 4, 5),
        ([3, 1, 1], [4, 1], 2, 3),
        ([3, 1, 1], [4, 1], 1, 1),
        ([3], [1] * 19, 2, 20),
        ([3], [1] * 20, 2, 2),
        ([3], [2] + [1] * 20, 3, 2),
        ([1] * 22, [1], 23, 23),
        ([1] * 22, [1, 1], 23, 23),
    ],
)
def test_themes_tie_with_each_other_only(themes: list[int], notes: list[int], top: int, kept: int) -> None:
    items = tuple(item(str(number), weight) for number, weight in enumerate([*themes, *notes]))
    assert strongest(items, top, len(themes)) == items[:kept]
    assert kept <= max(ITEMS_LIMIT, top), "what is more than a vote takes is picked from"


def test_the_first_so_many_of_themes_and_notes() -> None:
    for top, expected in ((1, ["People"]), (2, ["People", "Time"]), (3, ["People", "Time", "open days"])):
        plan = plan_of([step("n", asks("K1", "notes", NOTES)), step("v", asks("V", "vote", DOTS, Source("K1", top)))])
        paper = Paper(plan).opens().joins("ivan", "eva").starts()
        paper.says("ivan", K1=["time", "open days", "staff"])
        paper.says("eva", K1=["open days", "people"])
        paper.themes("K1", Time=["time"], People=["staff", "people"]).next()
        assert paper.items("V") == expected


def test_what_was_voted_on_ties_whether_it_is_a_theme_or_not() -> None:
    plan = plan_of(
        [
            step("n", asks("K1", "notes", NOTES)),
            step("v", asks("V", "vote", DOTS, Source("K1"))),
            step("w", asks("W", "vote", DOTS, Source("V", 1)), asks("T", "text", TEXT)),
        ]
    )
    paper = Paper(plan).opens().joins("ivan", "eva").starts()
    paper.says("ivan", K1=["time", "desk"])
    paper.themes("K1", Time=["time"]).next()
    paper.dots("ivan", "V", Time=1, desk=1)
    assert paper.next().items("W") == ["Time", "desk"]
