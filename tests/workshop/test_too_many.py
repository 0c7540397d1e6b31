"""More than a vote takes: the strongest and their ties, and what the facilitator picks."""

from __future__ import annotations

import pytest

from tests.workshop.paper import Paper, opened, reason
from tests.workshop.session import (
    VOTE,
)
from workshop import commands as c
from workshop.cycle import strongest
from workshop.model import Status
from workshop.plan import Item, Plan
from workshop.prompts.kind import ITEMS_LIMIT, item_key
from workshop.refusals import Refused


def item(key: str, weight: int) -> Item:
    return Item(key, {"": key}, "K1", weight)


@pytest.mark.parametrize(
    ("weights", "top", "kept"),
    [
        ([3, 2, 1], None, 3),
        ([3, 2, 1], 3, 3),
        ([3, 2, 1], 5, 3),
        ([3, 2, 1], 2, 2),
        ([3, 2, 2], 2, 3),
        ([3, 2, 2, 2, 1], 2, 4),
        ([3] + [1] * 19, 2, 20),
        ([3] + [1] * 20, 2, 1),
        ([1] * 21, 5, 5),
        ([2] * 20 + [1], 5, 20),
        ([], 3, 0),
    ],
)
def test_the_first_few_and_those_that_tie_with_the_last_of_them(weights: list[int], top: int | None, kept: int) -> None:
    items = tuple(item(str(number), weight) for number, weight in enumerate(weights))
    assert strongest(items, top) == items[:kept]


def test_ties_at_the_top_go_on_together() -> None:
    paper = opened().starts()
    paper.says("ivan", K1=["a1", "b1", "c1", "d1"])
    paper.next()
    keys = [one.key for one in paper.w.items["K4"]]
    paper.says("ivan", K4={keys[0]: "2", keys[1]: "1"})
    paper.says("eva", K4={keys[2]: "1", keys[3]: "1"})
    paper.next().next()
    assert paper.items("A1") == ["a1", "b1", "c1", "d1"], "the second to fourth tie, so the top three are four"


def crowd(number: int, plan: Plan | None = None) -> Paper:
    """A workshop whose first step got this many different notes, one a person."""
    paper = (Paper(plan).opens() if plan else opened()).starts()
    for person in range(number):
        paper.joins(f"p{person}").says(f"p{person}", K1=[f"note {person:02}"])
    return paper


# ---- too many


def test_twenty_candidates_are_taken_as_they_are() -> None:
    paper = crowd(ITEMS_LIMIT).next()
    assert (paper.at, len(paper.w.items["K4"])) == (VOTE, ITEMS_LIMIT)


def test_twenty_one_need_a_pick_and_next_only_closes_until_then() -> None:
    paper = crowd(ITEMS_LIMIT + 1).next()
    assert (paper.status, paper.at) == (Status.CLOSED, 0)
    again = paper.course(c.Next)
    assert reason(again) == "pick_first"
    assert isinstance(again, Refused)
    assert again.facts == {"candidates": ITEMS_LIMIT + 1, "prompt": "K4", "kind": "vote"}
    wanted = (item_key("note 20"), item_key("note 03"))
    assert not isinstance(paper.picks("K4", *wanted, wanted[0]), Refused)
    assert paper.w.picked["K4"] == wanted, "the same twice is once"
    paper.next()
    assert paper.items("K4") == ["note 03", "note 20"], "in their own order"


@pytest.mark.parametrize("keys", [(), ("nonsense",), ("", "\x00"), (item_key("note 00"), "nonsense")])
def test_a_pick_of_nothing_or_of_something_unknown_is_refused(keys: tuple[str, ...]) -> None:
    paper = crowd(ITEMS_LIMIT + 1).next()
    outcome = paper.picks("K4", *keys)
    assert reason(outcome) == "wrong_pick"
    assert isinstance(outcome, Refused)
    assert outcome.facts["limit"] == ITEMS_LIMIT


def test_twenty_can_be_picked_and_twenty_one_cannot() -> None:
    paper = crowd(ITEMS_LIMIT + 5).next()
    keys = [item_key(f"note {number:02}") for number in range(ITEMS_LIMIT + 1)]
    assert reason(paper.picks("K4", *keys)) == "wrong_pick"
    assert not isinstance(paper.picks("K4", *keys[:ITEMS_LIMIT]), Refused)
    assert len(paper.next().w.items["K4"]) == ITEMS_LIMIT


@pytest.mark.parametrize("prompt", ["K2", "nonsense", ""])
def test_a_pick_for_a_prompt_that_takes_no_items_is_refused(prompt: str) -> None:
    paper = crowd(ITEMS_LIMIT + 1).next()
    assert reason(paper.picks(prompt, item_key("note 00"))) == "unknown_prompt"


def test_a_pick_whose_notes_are_all_hidden_since_is_no_pick() -> None:
    paper = crowd(ITEMS_LIMIT + 2).next()
    paper.picks("K4", item_key("note 00"))
    paper.hides(paper.entry("K1", "p0", "note 00"))
    assert reason(paper.course(c.Next)) == "pick_first"


def test_a_pick_counts_where_it_was_not_needed_too() -> None:
    paper = crowd(5).closes()
    paper.picks("K4", item_key("note 01"), item_key("note 04"))
    assert paper.next().items("K4") == ["note 01", "note 04"]
