"""Words: a few a person, one a line or between commas; how they are counted, hidden and carried over."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from tests.workshop.forms import answers, parse, wrong
from tests.workshop.paper import Paper
from tests.workshop.session import DOTS, asks, plan_of, step
from tests.workshop.test_hostile import TEXTS, fits
from workshop.model import MINIMUM
from workshop.plan import Source
from workshop.prompts import KINDS, kind_of
from workshop.prompts.words import Word, WordsResult, WordsRules
from workshop.refusals import Wrong

WORDS = asks("W", "words", WordsRules(3, 20))
ONE = asks("W", "words", WordsRules(1, 20))


class Default:
    """A template that says nothing."""

    def integer(self, name: str, default: int, low: int, high: int) -> int:
        assert low <= default <= high
        return default

    def flag(self, name: str, default: bool) -> bool:
        return default

    def labelled(self, name: str, low: int, high: int) -> tuple[()]:
        return ()

    def pair(self, name: str, first: str, second: str, needed: bool = False) -> None:
        return None

    def named(self, name: str, low: int, high: int, settings: tuple[str, ...]) -> tuple[()]:
        return ()


def test_settings_where_a_template_says_nothing() -> None:
    assert KINDS["words"].read(Default()) == WordsRules(3, 60)
    assert kind_of(WORDS).asks(WORDS, ()) and not kind_of(WORDS).takes_items


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("trust", ["trust"]),
        (" Trust \n\n courage\n", ["Trust", "courage"]),
        ("trust, courage,,time", ["trust", "courage", "time"]),
        ("trust, in others\ntime", ["trust, in others", "time"]),
        ("Trust\n TRUST \ntrust.", ["Trust"]),
        ("wiedza\nwiedzą", ["wiedza", "wiedzą"]),
        ("x" * 20, ["x" * 20]),
    ],
)
def test_words_as_they_are_kept(words: str, kept: list[str]) -> None:
    assert parse(WORDS, _=words) == {"words": kept}


@pytest.mark.parametrize("words", ["", " \n ", ",,,", " , ", "\u200d\n\u2800", "\x00"])
def test_nothing_is_no_word(words: str) -> None:
    assert parse(WORDS, _=words) is None


def test_the_limits() -> None:
    assert wrong(WORDS, _="a\nb\nc\nd") == ("", Wrong.TOO_MANY, 4, 3)
    assert wrong(WORDS, _="x" * 21) == ("", Wrong.TOO_LONG, 21, 20)
    assert parse(ONE, _="a, b") == {"words": ["a, b"]}, "where there is one, a comma is a comma"
    assert wrong(ONE, _="a\nb") == ("", Wrong.TOO_MANY, 2, 1)


def test_a_cloud_counts_people_and_not_how_often_and_leaves_out_what_is_hidden() -> None:
    given = answers(
        WORDS, ivan={"words": ["Trust", "time"]}, eva={"words": ["trust!"]}, ola={"words": ["rude", "TIME"]}
    )
    kind = kind_of(WORDS)
    (rude, _), _ = kind.entries(WORDS, given[2])
    result = kind.tally(WORDS, (), given, {}, frozenset({rude}))
    assert isinstance(result, WordsResult)
    assert [(word.words, word.count) for word in result.words] == [("Trust", 2), ("time", 2)]
    assert (result.people, result.size) == (3, 2)
    assert isinstance(result.words[0], Word)
    carried = kind.carry(WORDS, (), given, frozenset())
    assert [(item.label[""], item.weight, item.origin) for item in carried] == [
        ("Trust", 2, "W"),
        ("time", 2, "W"),
        ("rude", 1, "W"),
    ]
    assert len(carried[0].entries) == 2


def test_a_form_filled_with_words_gives_them_again_and_another_shape_nothing() -> None:
    kind = kind_of(WORDS)
    value = {"words": ["trust, in others", "time"]}
    assert kind.parse(WORDS, (), kind.unparse(WORDS, value)) == value
    assert kind.unparse(WORDS, {"words": "no list"}) == {"": ""}


@pytest.mark.parametrize("words", ["a,b\nA,B", "a,b\n\u200d", "a, b\na,  b"])
def test_a_form_of_words_sent_again_unchanged_is_the_same_answer(words: str) -> None:
    kind = kind_of(WORDS)
    value = kind.parse(WORDS, (), {"": words})
    assert isinstance(value, dict)
    assert kind.parse(WORDS, (), kind.unparse(WORDS, value)) == value


@pytest.mark.no_cover
@settings(max_examples=150, deadline=None)
@given(st.lists(TEXTS, max_size=3).map("\n".join))
def test_hostile_words_can_be_kept_anywhere(words: str) -> None:
    kind = kind_of(WORDS)
    value = kind.parse(WORDS, (), {"": words})
    if isinstance(value, dict):
        entries = value["words"]
        assert kind.parse(WORDS, (), kind.unparse(WORDS, value)) == value
        assert fits(entries) and 1 <= len(entries) <= 3


def test_from_words_to_a_vote() -> None:
    plan = plan_of(
        [step("one", asks("W", "words", WordsRules(3, 60)), minutes=3)],
        [step("two", asks("V", "vote", DOTS, Source("W")))],
    )
    paper = Paper(plan).opens().joins("ivan", "eva").starts()
    paper.says("ivan", W="trust, time")
    paper.says("eva", W="Time")
    assert paper.next().items("V") == ["time", "trust"]


def test_anonymous_words_show_from_three_people_on() -> None:
    plan = plan_of([step("one", asks("W", "words", WordsRules(3, 60), anonymous=True))])
    paper = Paper(plan).opens().joins("ivan", "eva", "ola").starts()
    for number, who in enumerate(("ivan", "eva", "ola"), 1):
        paper.says(who, W="trust")
        paper.closes()
        assert (paper.shown("W").result is None) == (number < MINIMUM)
        paper.reopens()
