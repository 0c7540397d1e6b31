"""What is asked per group: one answer each, by whoever speaks for it; who that is, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.workshop.paper import ANNA, Given, Paper, names, reason
from tests.workshop.session import DOTS, ONE_COLUMN, TEXT, asks, plan_of, step
from workshop import commands as c
from workshop.evolve import evolve
from workshop.groupwork import GroupName
from workshop.model import Workshop
from workshop.plan import Plan, Source, in_language
from workshop.prompts.text import TextResult
from workshop.refusals import Refused
from workshop.spokespeople import record_of, speaker, voices
from workshop.tally import board_of

OUR = replace(asks("G", "text", TEXT), per_group=True)
NOTES = replace(asks("N", "notes", ONE_COLUMN), per_group=True)
MINE = asks("P", "text", TEXT)
TWO_AND_TWO = (("ivan", "eva"), ("ola", "zoe"))


def plan(*prompts: object, after: object = None) -> Plan:
    first = replace(step("one", *(prompts or (OUR,))), in_groups=True)  # type: ignore[arg-type]
    return plan_of([first, step("two", after or asks("L", "text", TEXT))], [], [], [])  # type: ignore[arg-type]


def held(made: Plan | None = None, groups: tuple[tuple[str, ...], ...] = TWO_AND_TWO) -> Paper:
    paper = Paper(made or plan()).opens().joins("ivan", "eva", "ola", "zoe")
    if groups:
        paper.grouped(*groups)
    return paper.starts()


def sends(paper: Paper, who: str, group: str = "", seen: int | None = None, **given: Given) -> object:
    """As `says`, from a form of this group, or taking over from whoever was seen."""
    forms = {prompt: {"": words} for prompt, words in given.items()}
    return paper.do(
        c.SubmitAnswers(workshop="w1", by=who, name=who, step=paper.at, given=forms, group=group, seen=seen)  # type: ignore[arg-type]
    )


def takes_over(paper: Paper, who: str, group: str, seen: int) -> object:
    return paper.do(c.SpeakForGroup(workshop="w1", by=who, group=group, seen=seen))


def named(paper: Paper, who: str, by: str = ANNA) -> object:
    return paper.do(c.NameSpokesperson(workshop="w1", by=by, person=who))


def recorded(paper: Paper, prompt: str = "G") -> dict[str, object]:
    """What is kept, by author."""
    return {answer.author: answer.value.get("text") for answer in paper.answers().get(prompt, ())}


def quotes(paper: Paper, prompt: str = "G", group: int = 0) -> list[tuple[str, int, bool]]:
    """What the board shows: the words, the number of the group, and whether it is an earlier one."""
    board = board_of(paper.w, paper.kept.values(), group=group)
    found = [one for stage in board.stages for step in stage.steps for one in step.prompts if one.prompt.id == prompt]
    result = found[0].result
    assert isinstance(result, TextResult) and all(isinstance(one.who, GroupName) for one in result.quotes)
    return [(one.words, one.who.number, one.who.earlier) for one in result.quotes]  # type: ignore[attr-defined]


def test_who_answers_first_speaks_for_the_group_and_the_answer_is_the_group_s() -> None:
    paper = held()
    assert names(paper.says("ivan", G="ours")) == ["AnswerSubmitted", "GroupAnswered", "SpokespersonChanged"]
    assert recorded(paper) == {"group:1": "ours"}
    assert speaker(paper.w, "group:1") == "ivan" and paper.w.told_by == {"G#@group:1": "ivan"}
    assert names(paper.says("ivan", G="ours, better")) == ["AnswerSubmitted"], "nothing else is new"
    assert names(paper.says("zoe", G="theirs"))[-1] == "SpokespersonChanged", "the other group has its own"
    assert recorded(paper) == {"group:1": "ours, better", "group:2": "theirs"}
    assert (paper.shown("G").answered, paper.shown("G").groups) == (2, 2)
    paper.closes()
    assert quotes(paper) == [("ours, better", 1, False), ("theirs", 2, False)]
    assert quotes(paper, group=2) == [("theirs", 2, False)], "the board of one group"


def test_of_two_at_once_one_is_recorded_and_the_other_told_by_whom() -> None:
    paper = held()
    paper.says("ivan", G="ours")
    refused = sends(paper, "eva", group="group:1", G="mine")
    assert reason(refused) == "spoken_for" and isinstance(refused, Refused)
    assert refused.facts == {"who": "Ivan", "group": 1}
    assert recorded(paper) == {"group:1": "ours"}
    assert reason(sends(paper, "eva", G="x" * 2000)) == "spoken_for", "before what is wrong with the words"
    assert reason(sends(paper, "eva", G="")) == "nothing_given", "an empty field takes nothing back"
    assert recorded(paper) == {"group:1": "ours"}


def test_taking_over_with_an_answer_or_before_it() -> None:
    paper = held()
    paper.says("ivan", G="ours")
    assert names(sends(paper, "eva", seen=1, G="hers")) == [  # type: ignore[arg-type]
        "AnswerSubmitted", "GroupAnswered", "SpokespersonChanged",
    ]  # fmt: skip
    assert (recorded(paper), speaker(paper.w, "group:1")) == ({"group:1": "hers"}, "eva")
    assert reason(takes_over(paper, "ivan", "group:1", 1)) == "spoken_for", "it was Ivan himself whom he saw there"
    assert names(takes_over(paper, "ivan", "group:1", 2)) == ["SpokespersonChanged"]  # type: ignore[arg-type]
    assert takes_over(paper, "ivan", "group:1", 2) == (), "twice is once"
    assert paper.w.told_by == {"G#@group:1": "eva"}, "what is recorded is still hers"
    assert [spoke.person for spoke in record_of(paper.w, "group:1")] == ["ivan", "eva", "ivan"]
    assert reason(sends(paper, "eva", seen=2, G="again")) == "spoken_for", "since then he has taken over"
    assert names(paper.says("ivan", G="his")) == ["AnswerSubmitted", "GroupAnswered"]


def test_a_facilitator_names_who_answers() -> None:
    paper = held()
    assert names(named(paper, "eva")) == ["SpokespersonChanged"]  # type: ignore[arg-type]
    assert named(paper, "eva") == ()
    assert reason(paper.says("ivan", G="mine")) == "spoken_for"
    assert names(paper.says("eva", G="ours")) == ["AnswerSubmitted", "GroupAnswered"]
    assert reason(named(paper, "nobody")) == "not_in_workshop"
    assert reason(named(paper, ANNA)) == "not_in_workshop", "she facilitates, and has not joined"
    assert reason(named(paper, "ola", by="ivan")) == "only_facilitators"
    assert reason(takes_over(paper, ANNA, "group:1", 1)) == "join_first"


def test_who_moves_away_speaks_for_it_no_more_and_the_next_may() -> None:
    paper = held()
    paper.says("ivan", G="ours")
    paper.says("ola", G="theirs")
    paper.moves_to("ivan", 2)
    assert speaker(paper.w, "group:1") == "" and recorded(paper)["group:1"] == "ours", "it stays the group's"
    assert reason(sends(paper, "ivan", group="group:1", G="late")) == "other_group", "a form of the old group"
    assert reason(takes_over(paper, "ivan", "group:1", 1)) == "other_group"
    assert reason(paper.do(c.WithdrawAnswers(workshop="w1", by="ivan", step=0, group="group:1"))) == "other_group"
    assert reason(sends(paper, "ivan", group="group:2", G="late")) == "spoken_for"
    assert not isinstance(paper.says("eva", G="ours still"), Refused)
    assert (speaker(paper.w, "group:1"), recorded(paper)["group:1"]) == ("eva", "ours still")
    paper.moves_to("ivan", 1)
    assert speaker(paper.w, "group:1") == "eva"
    paper.joins("max")
    group = paper.w.voice("max")
    assert reason(sends(paper, "max", group=group, G="a latecomer's")) == "spoken_for"


def test_groups_formed_anew_begin_with_nothing_and_what_the_earlier_gave_stays_theirs() -> None:
    paper = held()
    paper.says("ivan", G="ours")
    paper.grouped(("eva", "ivan"), ("ola", "zoe"))
    assert paper.w.voice("ivan") == "group:1", "the same groups in another order are the same"
    paper.grouped(("ivan", "zoe"), ("ola", "eva"))
    assert (paper.w.voice("ivan"), speaker(paper.w, "group:1/2")) == ("group:1/2", "")
    assert paper.shown("G").groups == 0, "nobody of now has answered"
    paper.says("zoe", G="new")
    assert recorded(paper) == {"group:1": "ours", "group:1/2": "new"}
    assert (paper.shown("G").answered, paper.shown("G").groups) == (2, 1)
    paper.closes()
    assert quotes(paper) == [("ours", 1, True), ("new", 1, False)]
    assert quotes(paper, group=1) == [("new", 1, False)]


def test_a_number_is_never_another_group_s() -> None:
    paper = held(groups=(("ivan",), ("eva",), ("ola", "zoe")))
    paper.says("ola", G="third")
    paper.moves_to("ola", 1)
    paper.moves_to("zoe", 2)
    assert [group.number for group in paper.w.groups] == [1, 2]
    paper.moves_to("zoe", 0)
    assert paper.w.voice("zoe") == "group:4" and recorded(paper) == {"group:3": "third"}


def test_without_groups_everybody_together_gives_one_answer() -> None:
    paper = held(groups=())
    assert voices(paper.w) == ("group:0",)
    paper.says("ivan", G="all of us")
    assert reason(paper.says("zoe", G="no")) == "spoken_for"
    assert (recorded(paper), paper.shown("G").groups) == ({"group:0": "all of us"}, 1)
    paper.closes()
    assert quotes(paper) == [("all of us", 0, False)]
    paper.reopens().grouped(*TWO_AND_TWO)
    assert not isinstance(paper.says("zoe", G="ours"), Refused)
    paper.do(c.DissolveGroups(workshop="w1", by=ANNA))
    assert speaker(paper.w, "group:0") == "ivan"
    paper.closes()
    assert quotes(paper) == [("all of us", 0, False), ("ours", 2, False)]


def test_withdrawing_is_for_who_speaks() -> None:
    paper = held(plan(OUR, MINE))
    paper.says("ivan", G="ours", P="mine")
    paper.says("eva", P="hers")
    assert names(paper.withdraws("eva")) == ["AnswerWithdrawn"], "only her own"
    assert recorded(paper) == {"group:1": "ours"}
    assert names(paper.withdraws("ivan")) == ["AnswerWithdrawn"] * 2
    assert (recorded(paper), speaker(paper.w, "group:1")) == ({}, "ivan")
    alone = held()
    alone.says("ivan", G="ours")
    assert reason(alone.withdraws("eva")) == "spoken_for"
    alone.moves_to("ivan", 2)
    assert names(alone.withdraws("eva")) == ["AnswerWithdrawn"], "nobody speaks for it now"


def test_beside_what_each_is_asked() -> None:
    paper = held(plan(replace(OUR, required=True), MINE))
    assert names(paper.says("eva", P="hers")) == ["AnswerSubmitted"], "the group's is left to somebody else"
    assert not isinstance(paper.says("ivan", G="ours", P="his"), Refused)
    assert names(paper.says("eva", P="hers", G="")) == ["AnswerSubmitted"]
    assert recorded(paper) == {"group:1": "ours"}
    refused = paper.says("ivan", P="his", G="")
    assert isinstance(refused, Refused) and refused.problems[0].prompt == "G", "who speaks has to"
    assert reason(paper.says("eva", P="hers again", G="mine")) == "spoken_for", "all of the form or nothing"
    assert recorded(paper, "P") == {"ivan": "his", "eva": "hers"}
    now = paper.board().now
    assert now is not None and (now.answered, now.groups_answered) == (2, 1)
    assert now.asks_people and now.asks_groups


def test_late_reopened_and_over() -> None:
    paper = held()
    paper.says("ivan", G="ours")
    paper.closes()
    assert reason(paper.says("ivan", G="late")) == "step_over"
    paper.allows_late()
    assert reason(paper.says("eva", G="late")) == "spoken_for"
    assert not isinstance(paper.says("ivan", G="late"), Refused)
    paper.allows_late(False).reopens()
    assert not isinstance(paper.says("ivan", G="again"), Refused)
    paper.finishes()
    assert reason(takes_over(paper, "eva", "group:1", 1)) == "not_now"


def test_a_group_s_notes_are_carried_to_itself_and_to_all() -> None:
    own = replace(step("own", asks("V", "vote", DOTS, Source("N"))), in_groups=True)
    every = step("every", asks("L", "vote", DOTS, Source("N")))
    made = plan_of([replace(step("one", NOTES), in_groups=True), own, every], [], [], [])
    paper = held(made)
    paper.says("ivan", N=["desk", "map"])
    paper.says("zoe", N=["Map", "tea"])
    paper.next()
    assert [in_language(item.label, "en") for item in paper.w.shown_items("V", "eva")] == ["desk", "map"]
    assert [in_language(item.label, "en") for item in paper.w.shown_items("V", "ola")] == ["Map", "tea"]
    paper.next()
    assert paper.items("L") == ["map", "desk", "tea"] and paper.item("L", "map").weight == 2, "of two groups"


def test_entries_are_moderated_and_put_into_themes_as_any() -> None:
    paper = held(plan(replace(NOTES, moderated=True)))
    paper.says("ivan", N=["desk", "map"])
    entry = paper.entry("N", "eva", "desk")
    assert not isinstance(paper.do(c.ApproveEntry(workshop="w1", by=ANNA, entry=entry)), Refused)
    paper.themes("N", Things=["desk", "map"])
    paper.closes()
    column = paper.shown("N").result.columns[0]  # type: ignore[union-attr]
    assert [(one.name, [note.words for note in one.notes]) for one in column.themes] == [("Things", ["desk"])]
    paper.hides(entry)
    assert paper.shown("N").result.columns[0].notes == ()  # type: ignore[union-attr]


def test_a_facilitator_who_answers_for_their_group_has_not_led() -> None:
    paper = Paper(plan()).opens().joins(ANNA, "ivan").grouped((ANNA, "ivan")).starts().later(minutes=1)
    paper.says(ANNA, G="ours")
    paper.later(minutes=1)
    acted = paper.w.acted_at
    paper.says(ANNA, G="ours, better")
    assert paper.w.acted_at == acted


def test_events_alone_make_the_same_workshop() -> None:
    paper = held()
    paper.says("ivan", G="ours")
    named(paper, "eva")
    again: Workshop | None = None
    for event in paper.events:
        again = evolve(again, (event,))
    assert again is not None
    assert (again.spokes, again.told_by, again.forming) == (paper.w.spokes, paper.w.told_by, 1)
    assert [spoke.by for spoke in again.spokes] == ["ivan", ANNA]


@pytest.mark.parametrize(
    ("key", "forming", "number", "earlier"),
    [
        ("group:0", 3, 0, False),
        ("group:2", 1, 2, False),
        ("group:2", 2, 2, True),
        ("group:12/3", 3, 12, False),
        ("group:12/3", 4, 12, True),
    ],
)
def test_a_group_s_name(key: str, forming: int, number: int, earlier: bool) -> None:
    name = GroupName(key, forming)
    assert (str(name), name.number, name.earlier) == (key, number, earlier)
