"""Steps that are held in groups: each group asks about what it gave itself, and the board of all has everything."""

from __future__ import annotations

from dataclasses import replace

from tests.workshop.paper import ANNA, Paper
from tests.workshop.session import DOTS, NOTES, ONE_COLUMN, asks, plan_of, step
from workshop import commands as c
from workshop.model import items_key
from workshop.plan import Plan, Source, in_language
from workshop.prompts.kind import item_key
from workshop.refusals import Refused
from workshop.tally import board_of

VOTE = asks("V", "vote", DOTS, Source("N"))
LATER = asks("L", "vote", DOTS, Source("V"))
TWO_AND_TWO = (("ivan", "eva"), ("ola", "zoe"))


def plan(anonymous_notes: bool = False, anonymous_vote: bool = False) -> Plan:
    notes = asks("N", "notes", ONE_COLUMN, anonymous=anonymous_notes)
    vote = replace(VOTE, anonymous=anonymous_vote)
    return plan_of(
        [step("collect", notes), replace(step("vote", vote), in_groups=True), step("all", LATER)],
        [],
        [],
        [],
    )


def held(made: Plan | None = None, groups: tuple[tuple[str, ...], ...] = TWO_AND_TWO) -> Paper:
    """Four people wrote notes, one of them the same; the vote is open."""
    paper = Paper(made or plan()).opens().joins("ivan", "eva", "ola", "zoe")
    if groups:
        paper.grouped(*groups)
    paper.starts()
    for who, notes in (("ivan", ["desk", "shared"]), ("eva", ["buddy"]), ("ola", ["Shared", "map"]), ("zoe", ["map"])):
        paper.says(who, N=notes)
    return paper.next()


def asked(paper: Paper, who: str) -> list[str]:
    return [in_language(item.label, "en") for item in paper.w.shown_items("V", who)]


def test_each_group_votes_on_its_own_and_all_see_all() -> None:
    paper = held()
    assert asked(paper, "ivan") == asked(paper, "eva") == ["desk", "shared", "buddy"]
    assert asked(paper, "ola") == ["map", "Shared"], "the strongest of the group first"
    assert paper.items("V") == ["shared", "map", "desk", "buddy"] == asked(paper, ANNA), "together for who is in none"
    assert {item.key: item.weight for item in paper.w.items["V"]}[item_key("shared")] == 2
    foreign = {item_key("map"): "1"}
    assert isinstance(paper.says("ivan", V=foreign), Refused), "another group's item"
    for who, dots in (("ivan", {"shared": 2, "desk": 1}), ("eva", {"shared": 1}), ("ola", {"shared": 1, "map": 2})):
        assert not isinstance(paper.says(who, V={item_key(words): str(n) for words, n in dots.items()}), Refused)
    paper.next()
    assert paper.items("L") == ["shared", "map", "desk"], "carried on, of all groups together"
    whole = paper.shown("V").result
    assert [(dots.label[""], dots.dots) for dots in whole.items] == [  # type: ignore[union-attr]
        ("shared", 4), ("map", 2), ("desk", 1), ("buddy", 0),
    ]  # fmt: skip


def test_the_board_of_one_group_has_its_people_and_its_items() -> None:
    paper = held()
    paper.says("ivan", V={item_key("shared"): "2"})
    paper.says("ola", V={item_key("shared"): "1"})
    paper.next()
    of_two = board_of(paper.w, paper.kept.values(), group=2)
    notes, vote = (of_two.stages[0].steps[number].prompts[0] for number in (0, 1))
    assert (of_two.group, notes.answered, vote.answered) == (2, 2, 1)
    assert [(dots.label[""], dots.dots) for dots in vote.result.items] == [("Shared", 1), ("map", 0)]  # type: ignore[union-attr]
    nobody = board_of(paper.w, paper.kept.values(), group=9)
    assert (nobody.group, nobody.stages[0].steps[0].prompts[0].answered) == (0, 4), "no such group: all"


def test_without_groups_or_formed_later_everybody_is_asked_about_everything() -> None:
    paper = held(groups=())
    assert asked(paper, "ivan") == paper.items("V") == ["shared", "map", "desk", "buddy"]
    paper.grouped(*TWO_AND_TWO)
    assert asked(paper, "ivan") == paper.items("V"), "the step was opened before"
    paper.course(c.Back)
    paper.next()
    assert asked(paper, "ivan") == ["desk", "shared", "buddy"]
    paper.moves_to("ivan", 2)
    assert asked(paper, "ivan") == ["map", "Shared"], "who moves is asked what their group is"


def test_what_is_anonymous_is_never_told_apart_by_group() -> None:
    secret_vote = held(plan(anonymous_vote=True))
    assert asked(secret_vote, "ola") == secret_vote.items("V") == ["shared", "map", "desk", "buddy"]
    secret_notes = held(plan(anonymous_notes=True))
    assert sorted(asked(secret_notes, "ola")) == sorted(asked(secret_notes, "ivan")) == sorted(secret_notes.items("V"))
    assert {item.weight for item in secret_notes.w.items["V"]} == {1, 2}, "in both groups, and counted once"
    board = board_of(secret_notes.w, secret_notes.kept.values(), group=2).stages[0].steps[0].prompts[0]
    assert (board.pooled, board.answered) == (True, 4)
    few = Paper(plan(anonymous_notes=True)).opens().joins("ivan", "eva").grouped(("ivan",), ("eva",)).starts()
    few.says("ivan", N=["alone"])
    few.closes()
    shown = board_of(few.w, few.kept.values(), group=1).stages[0].steps[0].prompts[0]
    assert (shown.pooled, shown.why_not, shown.result) == (True, "few", None)


def test_a_group_with_too_much_waits_for_a_pick_and_two_groups_with_much_do_not() -> None:
    much = plan_of(
        [step("collect", asks("N", "notes", NOTES)), replace(step("vote", VOTE), in_groups=True)], [], [], []
    )
    paper = Paper(much).opens()
    for number in range(6):
        paper.joins(f"p{number}")
    ids = [f"p{number}" for number in range(6)]
    paper.grouped(tuple(ids[:3]), tuple(ids[3:])).starts()
    for who in ids:
        paper.says(who, N=[f"{who} says {number}" for number in range(5)])
    paper.next()
    assert len(paper.items("V")) == 30 and len(paper.w.shown_items("V", "p0")) == 15
    paper.course(c.Back)
    paper.grouped(tuple(ids)).next()
    assert paper.status == "closed", "one group with thirty"
    assert not isinstance(paper.picks("V", item_key("p0 says 1"), item_key("p5 says 4")), Refused)
    paper.next()
    assert paper.items("V") == asked(paper, "p3") == ["p0 says 1", "p5 says 4"]
    assert items_key("V", 1) in paper.w.items
