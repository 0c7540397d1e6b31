"""Choices and votes: what is accepted to the border, how it counts, what it carries over."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.workshop.forms import CHOICE, ITEMS, OWN, VOTE, answers, parse, wrong
from workshop.prompts import kind_of
from workshop.prompts.choice import OWN_LIMIT, ChoiceResult, ChoiceRules
from workshop.prompts.vote import VoteResult
from workshop.refusals import Wrong

# ---- choice


def test_one_or_several_of_the_options() -> None:
    assert parse(CHOICE, _="b") == {"chosen": ["b"], "own": ""}
    assert parse(CHOICE, _=",b,,a,b,") == {"chosen": ["b", "a"], "own": ""}
    assert parse(CHOICE, _=",,") is None
    assert wrong(CHOICE, _="a,b,c") == ("", Wrong.TOO_MANY, 3, 2)


@pytest.mark.parametrize("forged", ["z", "A", "a ", "a;b", "a\x00", "\ud800", "null", "0"])
def test_what_was_not_offered_is_refused(forged: str) -> None:
    assert wrong(CHOICE, _=f"a,{forged}")[:2] == ("", Wrong.NOT_AN_OPTION)


def test_an_own_option_where_the_template_allows_it() -> None:
    assert parse(OWN, _="a", own=" mine\nand so ") == {"chosen": ["a"], "own": "mine and so"}
    assert parse(OWN, own="mine") == {"chosen": [], "own": "mine"}
    assert parse(CHOICE, own="mine") is None
    assert wrong(OWN, _="a,b", own="mine") == ("", Wrong.TOO_MANY, 3, 2)
    assert parse(OWN, own="x" * OWN_LIMIT) == {"chosen": [], "own": "x" * OWN_LIMIT}
    assert wrong(OWN, own="x" * (OWN_LIMIT + 1)) == ("own", Wrong.TOO_LONG, OWN_LIMIT + 1, OWN_LIMIT)


INSTEAD = replace(OWN, rules=ChoiceRules((), 1, True))
"""One of the options, or own words."""


def test_own_words_take_the_place_of_an_option_where_something_else_is_chosen_or_nothing_is() -> None:
    for chosen in ("*", ""):
        assert parse(INSTEAD, _=chosen, own="mine") == {"chosen": [], "own": "mine"}
        assert parse(INSTEAD, _=chosen, own="mine", was="earlier") == {"chosen": [], "own": "mine"}
        assert parse(INSTEAD, _=chosen, own="mine", was="mine") == {"chosen": [], "own": "mine"}
    assert parse(INSTEAD, _="*", own=" ") is None
    assert parse(INSTEAD, _="*", was="mine") is None
    assert wrong(INSTEAD, _="a,*", own="mine")[:2] == ("", Wrong.NOT_AN_OPTION)
    for several in (OWN, replace(OWN, rules=ChoiceRules((), 1, False))):
        assert wrong(several, _="*", own="mine")[:2] == ("", Wrong.NOT_AN_OPTION)


def test_an_option_beside_own_words_is_one_of_both_or_refused() -> None:
    assert wrong(INSTEAD, _="a", own="mine")[:2] == ("own", Wrong.OPTION_AND_OWN)
    assert wrong(INSTEAD, _="a", own="mine too", was="mine")[:2] == ("own", Wrong.OPTION_AND_OWN)
    assert parse(INSTEAD, _="a", own=" mine ", was="mine") == {"chosen": ["a"], "own": ""}, "left over"
    assert parse(INSTEAD, _="a", own="ALPHA") == {"chosen": ["a"], "own": "ALPHA"}, "the same"
    assert wrong(INSTEAD, _="z", own="mine", was="mine")[:2] == ("", Wrong.NOT_AN_OPTION)
    assert wrong(INSTEAD, _="a,b")[:2] == ("", Wrong.TOO_MANY)


@pytest.mark.parametrize("value", [{"chosen": ["a"], "own": ""}, {"chosen": [], "own": "mine"}])
def test_the_form_of_an_own_answer_has_something_else_chosen(value: dict[str, Any]) -> None:
    fields = kind_of(INSTEAD).unparse(INSTEAD, value)
    assert fields[""] == (value["chosen"] or ["*"])[0]
    assert kind_of(INSTEAD).parse(INSTEAD, ITEMS, fields) == value


def test_bars_count_options_and_own_ones_that_are_the_same() -> None:
    given = answers(
        OWN,
        ivan={"chosen": ["b"], "own": "More Time"},
        eva={"chosen": ["b", "a"], "own": ""},
        ola={"chosen": [], "own": "more  time"},
        old={"chosen": ["gone"], "own": "rude"},
    )
    kind = kind_of(OWN)
    rude = kind.entries(OWN, given[3])[0][0]
    assert kind.entries(OWN, given[1]) == ()
    result = kind.tally(OWN, ITEMS, given, {}, frozenset({rude}))
    assert isinstance(result, ChoiceResult)
    assert (result.people, result.size) == (4, 4)
    assert [(bar.label[""], bar.count, bar.own, len(bar.entries)) for bar in result.bars] == [
        ("Alpha", 1, False, 0),
        ("Beta", 2, False, 0),
        ("Gamma", 0, False, 0),
        ("More Time", 2, True, 2),
    ]
    carried = kind.carry(OWN, ITEMS, given, frozenset({rude}))
    assert [(item.label[""], item.weight) for item in carried] == [("Beta", 2), ("More Time", 2), ("Alpha", 1)]
    assert carried[1].entries == result.bars[3].entries


def test_an_own_option_that_is_one_of_the_others_counts_for_that_one_and_once() -> None:
    given = answers(OWN, ivan={"chosen": [], "own": " ALPHA."}, eva={"chosen": ["a"], "own": "alpha"})
    bars = kind_of(OWN).tally(OWN, ITEMS, given, {}, frozenset())
    assert isinstance(bars, ChoiceResult)
    assert [(bar.key, bar.count) for bar in bars.bars] == [("a", 2), ("b", 0), ("c", 0)]


# ---- vote


def test_dots_within_their_limits() -> None:
    assert parse(VOTE, a="2", b=" 1 ") == {"dots": {"a": 2, "b": 1}}
    assert parse(VOTE, a="0", b="", c="  ") is None
    assert parse(VOTE, a="00") is None
    assert wrong(VOTE, a="2", b="2") == ("", Wrong.TOO_MANY_DOTS, 4, 3)
    assert wrong(VOTE, a="3") == ("a", Wrong.TOO_MANY_DOTS_ON_ONE, 3, 2)


@pytest.mark.parametrize(
    "forged", ["-1", "1.0", "1e3", "½", "²", "٣", "1 1", "one", "\x001", "9999", "true", "+1", "0x1"]
)
def test_what_is_no_number_of_dots_is_refused(forged: str) -> None:
    assert wrong(VOTE, a=forged)[:2] == ("a", Wrong.NOT_A_NUMBER)


def test_dots_on_what_was_not_offered_are_refused_and_none_on_it_are_none() -> None:
    assert wrong(VOTE, z="1")[:2] == ("z", Wrong.NOT_AN_OPTION)
    assert parse(VOTE, z="0", a="1") == {"dots": {"a": 1}}


def test_the_strongest_first_and_ties_share_their_place() -> None:
    given = answers(
        VOTE, ivan={"dots": {"b": 2, "a": 1}}, eva={"dots": {"a": 1, "gone": 2}}, ola={"dots": "not a dict"}
    )
    kind = kind_of(VOTE)
    result = kind.tally(VOTE, ITEMS, given, {}, frozenset())
    assert isinstance(result, VoteResult)
    assert result.people == 3
    assert [(dots.key, dots.dots, dots.voters, dots.place) for dots in result.items] == [
        ("a", 2, 2, 1),
        ("b", 2, 1, 1),
        ("c", 0, 0, 3),
    ]
    assert [(item.key, item.weight, item.origin) for item in kind.carry(VOTE, ITEMS, given, frozenset())] == [
        ("a", 2, "V"),
        ("b", 2, "V"),
    ]
    assert kind.entries(VOTE, given[0]) == ()
