"""What was built on something that has changed since: kept, marked, asked anew; in every kind that asks about items."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from tests.workshop.memory import Memory
from tests.workshop.paper import Paper
from tests.workshop.session import CARRIED, DOTS, NOTES, asks, plan_of, step
from workshop import commands as c
from workshop.counting import Gone, about
from workshop.marks import built_on
from workshop.model import MINIMUM, Practice
from workshop.plan import PRACTICES, Source
from workshop.prompts import KINDS
from workshop.prompts.checklist import ChecklistRules
from workshop.prompts.matrix import MatrixRules
from workshop.prompts.points import PointsRules
from workshop.prompts.ranking import RankingRules
from workshop.prompts.scale import ScaleRules
from workshop.refusals import Refused
from workshop.tally import PromptBoard, board_of

RULES: dict[str, object] = {
    "vote": DOTS,
    "choice": CARRIED,
    "choices": CARRIED,
    "scale": ScaleRules((), 5),
    "checklist": ChecklistRules(()),
    "matrix": MatrixRules((), ({"en": "x"}, {"en": "y"}), 5),
    "ranking": RankingRules((), 20, 0),
    "points": PointsRules((), 100),
}


def given(kind: str, keys: list[str]) -> dict[str, str]:
    """A form about these items, of each the first the strongest."""
    match kind:
        case "choice":
            return {"": keys[0]}
        case "choices":
            return {"": ",".join(keys)}
        case "checklist":
            return dict.fromkeys(keys, "missing")
        case "matrix":
            return {f"{key}.{axis}": "4" for key in keys for axis in "xy"}
        case "ranking":
            return {key: str(place) for place, key in enumerate(keys, 1)}
        case "points":
            return dict.fromkeys(keys[1:], "0") | {keys[0]: "100"}
        case _:
            return dict.fromkeys(keys, "1")


def session(kind: str, anonymous: bool = False) -> Paper:
    """Ivan wrote alpha and beta; then it was asked about them."""
    plan = plan_of(
        [
            step("write", asks("K", "notes", NOTES)),
            step("ask", asks("V", kind, RULES[kind], Source("K"), anonymous=anonymous)),
        ],
        [step("more", asks("W", "vote", DOTS, Source("V")))],
    )
    paper = Paper(plan).opens().joins("ivan", "eva", "ola").starts()
    paper.says("ivan", K=["alpha", "beta"])
    return paper.next()


def labels(shown: PromptBoard) -> list[tuple[str, int]]:
    return [(one.label[""] if one.label else "", one.people) for one in shown.gone]


def test_every_kind_that_takes_items_is_here_and_says_what_an_answer_is_about() -> None:
    assert set(RULES) == {name for name, kind in KINDS.items() if kind.takes_items}


@pytest.mark.parametrize("kind", RULES)
def test_answers_about_what_is_gone_are_kept_marked_and_not_counted(kind: str) -> None:
    paper = session(kind)
    alpha, beta = (paper.item("V", words).key for words in ("alpha", "beta"))
    assert not isinstance(paper.says("ivan", V=given(kind, [alpha])), Refused)
    assert not isinstance(paper.says("eva", V=given(kind, [beta])), Refused)
    assert (paper.shown("V", True).changed, paper.shown("V", True).gone) == ("", ())
    before = {key: answer for key, answer in paper.kept.items() if answer.prompt == "V"}
    paper.later(minutes=1).back()
    paper.says("ivan", K=["gamma", "beta"])
    shown = paper.shown("V")
    assert shown.changed == "K" and shown.answered == 2, "what it asked about stands until it is asked anew"
    paper.later(minutes=1).next()
    assert sorted(paper.items("V")) == ["beta", "gamma"]
    shown = paper.shown("V", True)
    assert (shown.changed, labels(shown), shown.answered) == ("", [("alpha", 1)], 1)
    assert shown.result is not None and shown.result.people == 1
    assert [item.key for item in shown.strongest] == [beta]
    assert all(paper.kept[key] == answer for key, answer in before.items()), "nothing is lost"
    gamma = paper.item("V", "gamma").key
    assert not isinstance(paper.says("ivan", V=given(kind, [gamma])), Refused)
    assert isinstance(paper.says("ola", V=given(kind, [alpha])), Refused), "nobody can answer about what is gone"
    shown = paper.shown("V", True)
    assert (labels(shown), shown.answered) == ([("alpha", 1)], 2), "who answers anew keeps what they said before"
    assert {item.key for item in shown.strongest} == {beta, gamma}
    paper.withdraws("ivan")
    shown = paper.shown("V", True)
    assert (labels(shown), shown.answered) == ([], 1), "what is withdrawn is withdrawn in every round"


@pytest.mark.no_cover
@pytest.mark.parametrize("kind", RULES)
def test_the_tally_is_a_recount_of_what_stands(kind: str) -> None:
    """Whatever is changed and asked anew: each author counts once, with their last answer about what is there."""
    for seed in range(12):
        dice = random.Random(seed)
        paper = session(kind)
        paper.later(minutes=1)
        for _ in range(4):
            for who in ("ivan", "eva", "ola"):
                keys = [item.key for item in paper.w.items["V"]]
                if dice.random() < 0.7:
                    assert not isinstance(paper.says(who, V=given(kind, dice.sample(keys, 1))), Refused)
            paper.later(minutes=1).back()
            paper.says("ivan", K=dice.sample(["alpha", "beta", "gamma", "delta"], dice.randint(1, 3)))
            paper.later(minutes=1).next()
        prompt, there = paper.plan.prompts["V"], {item.key for item in paper.w.items["V"]}
        last = {
            answer.author: answer
            for answer in sorted(paper.kept.values(), key=lambda one: one.round)
            if answer.prompt == "V"
        }
        counted = [answer for answer in last.values() if about(prompt, answer) & there]
        shown = paper.shown("V", True)
        assert shown.answered == len(counted)
        assert shown.result is not None and shown.result.people == len(counted)
        said = [
            (key, who) for (_, _, _, who), one in paper.kept.items() if one.prompt == "V" for key in about(prompt, one)
        ]
        gone = {key: len({who for other, who in said if other == key}) for key, _ in said if key not in there}
        assert sum(one.people for one in shown.gone) == sum(gone.values())


def test_what_is_there_again_counts_again() -> None:
    paper = session("vote")
    paper.dots("eva", "V", alpha=1)
    for notes, counted in ((["beta"], 0), (["alpha", "beta"], 1)):
        paper.later(minutes=1).back().says("ivan", K=notes)
        paper.later(minutes=1).next()
        assert paper.shown("V", True).answered == counted
    assert paper.shown("V", True).gone == ()


def test_a_later_step_is_marked_once_what_it_asked_about_is_other() -> None:
    paper = session("vote")
    paper.dots("eva", "V", alpha=1)
    paper.next()
    assert paper.items("W") == ["alpha"]
    paper.dots("eva", "W", alpha=1)
    paper.later(minutes=1).back()
    assert [place.step.id for place in built_on(paper.w, 0)] == ["ask", "more"]
    assert [place.step.id for place in built_on(paper.w, 1)] == ["more"]
    paper.dots("eva", "V", beta=1)
    assert (paper.shown("V", True).changed, paper.shown("W", True).changed) == ("", "V")
    paper.dots("eva", "V", alpha=2)
    assert paper.shown("W", True).changed == "", "only how strong it is has changed"


def test_hiding_and_restoring_marks_and_unmarks() -> None:
    paper = session("vote")
    paper.dots("eva", "V", alpha=1)
    [entry] = paper.item("V", "alpha").entries
    paper.do(c.HideEntry(workshop="w1", by="anna", entry=entry))
    assert paper.shown("V", True).changed == "K"
    paper.later(minutes=1).closes().later(minutes=1).reopens()
    assert paper.items("V") == ["beta"], "opened again, it asks about what is there"
    assert paper.shown("V", True).gone == (Gone(None, 1),), "what is hidden is not named"
    paper.do(c.RestoreEntry(workshop="w1", by="anna", entry=entry))
    assert labels(paper.shown("V", True)) == [("alpha", 1)]


def test_an_anonymous_question_says_nothing_of_few() -> None:
    paper = session("vote", anonymous=True)
    people = ("ivan", "eva", "ola")
    for who in people[: MINIMUM - 1]:
        paper.dots(who, "V", alpha=1)
    paper.dots("ola", "V", beta=1)
    paper.later(minutes=1).back().says("ivan", K=["beta"])
    paper.later(minutes=1).next()
    shown = paper.shown("V", True)
    assert (shown.gone, shown.result, shown.answered) == ((), None, 1)
    for who in people:
        paper.dots(who, "V", beta=1)
    shown = paper.shown("V", True)
    assert (shown.gone, shown.answered) == ((), 3)


def test_nothing_to_ask_any_more_and_too_much_keep_what_was_asked() -> None:
    paper = session("vote")
    paper.dots("eva", "V", alpha=1)
    paper.closes().do(c.AllowLate(workshop="w1", by="anna", allowed=True))
    paper.withdraws("ivan", 0)
    assert paper.shown("V").changed == "K"
    paper.later(minutes=1).reopens()
    assert sorted(paper.items("V")) == ["alpha", "beta"]
    for number in range(6):
        paper.joins(f"p{number}")
        paper.says(f"p{number}", 0, K=[f"note {number} {each}" for each in range(5)])
    assert paper.shown("V", True).changed == "K"
    paper.later(minutes=1).closes().later(minutes=1).reopens()
    assert sorted(paper.items("V")) == ["alpha", "beta"]


def test_a_word_of_ones_own_counts_whatever_became_of_the_rest() -> None:
    own = plan_of(
        [
            step("write", asks("K", "notes", NOTES)),
            step("ask", asks("V", "choices", replace(CARRIED, own=True, most=3), Source("K"))),
        ]
    )
    paper = Paper(own).opens().joins("ivan", "eva").starts()
    paper.says("ivan", K=["alpha", "beta"])
    paper.next().says("eva", V={"": paper.item("V", "alpha").key, "own": "mine"})
    paper.later(minutes=1).back().says("ivan", K=["beta"])
    paper.later(minutes=1).next()
    shown = paper.shown("V", True)
    assert (shown.answered, labels(shown)) == (1, [("alpha", 1)])


def test_practices_are_something_to_be_built_on_too() -> None:
    plan = plan_of([step("ask", asks("V", "vote", DOTS, Source(PRACTICES)))])
    paper = Paper(plan).opens().joins("ivan").practices(Practice("One desk")).starts()
    assert paper.shown("V", True).changed == ""
    paper.practices(Practice("Open data"))
    assert paper.shown("V", True).changed == PRACTICES
    assert paper.later(minutes=1).closes().later(minutes=1).reopens().items("V") == ["One desk", "Open data"]


def test_a_group_is_marked_by_what_it_gave_itself() -> None:
    plan = plan_of(
        [
            step("write", asks("K", "notes", NOTES)),
            replace(step("ask", asks("V", "vote", DOTS, Source("K"))), in_groups=True),
        ]
    )
    paper = Paper(plan).opens().joins("ivan", "eva").grouped(("ivan",), ("eva",)).starts()
    paper.says("ivan", K=["alpha"])
    paper.says("eva", K=["beta"])
    paper.next().later(minutes=1).back().says("ivan", K=["gamma"])
    boards = [board_of(paper.w, paper.kept.values(), True, group) for group in (0, 1, 2)]
    assert [board.stages[0].steps[1].prompts[0].changed for board in boards] == ["K", "K", ""]


async def test_a_form_is_filled_with_the_last_round() -> None:
    paper = session("vote")
    paper.dots("eva", "V", alpha=1)
    paper.later(minutes=1).back().says("ivan", K=["beta"])
    paper.later(minutes=1).next().dots("eva", "V", beta=2)
    memory = Memory()
    memory.workshops["w1"], memory.kept["w1"] = paper.w, paper.kept
    mine = await memory.mine("w1", {"V": "eva"})
    assert mine["V"].round == 2 and about(paper.plan.prompts["V"], mine["V"]) == {paper.item("V", "beta").key}
