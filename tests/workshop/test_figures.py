"""Scale, checklist, matrix and rating: what they take, what they refuse, how they count and what they carry over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from tests.workshop.forms import ITEMS, answers, parse, wrong
from tests.workshop.session import asks
from tests.workshop.test_kinds import Fields
from workshop.plan import Item, Prompt
from workshop.prompts import KINDS, kind_of
from workshop.prompts.checklist import ChecklistResult, ChecklistRules
from workshop.prompts.figures import Figures, doubled_median, figures, place_among, whole
from workshop.prompts.matrix import MatrixResult, MatrixRules
from workshop.prompts.rating import RatingRules
from workshop.prompts.scale import ScaleResult, ScaleRules
from workshop.refusals import Wrong

AXES = ({"en": "Effect"}, {"en": "Feasibility"})
SCALE = asks("S", "scale", ScaleRules((), 5))
CHECK = asks("L", "checklist", ChecklistRules(()))
MATRIX = asks("M", "matrix", MatrixRules((), AXES, 5))
RATING = asks("R", "rating", RatingRules(1, 10))
NO_NUMBERS = ("٣", "１", "1e1", "-1", "1.5", "0x1", "+2", "²", "1_0", "3,0", "three", "9" * 5000)
"""What looks like a number and is none, or is none of any scale."""


def rated(prompt: Prompt, *values: Mapping[str, object], part: str = "rows") -> Any:
    """The result of these answers, one author each."""
    given = answers(prompt, **{f"p{n}": {part: value} for n, value in enumerate(values)})
    return kind_of(prompt).tally(prompt, ITEMS, given, {}, frozenset())


def carried(prompt: Prompt, *values: Mapping[str, object], part: str = "rows") -> list[tuple[str, int]]:
    given = answers(prompt, **{f"p{n}": {part: value} for n, value in enumerate(values)})
    found = kind_of(prompt).carry(prompt, ITEMS, given, frozenset())
    assert all(item.origin == prompt.id for item in found)
    return [(item.key, item.weight) for item in found]


def all_wrong(prompt: Prompt, **given: str) -> list[tuple[str, Wrong]]:
    problems = parse(prompt, **given)
    assert isinstance(problems, tuple)
    return [(one.part, one.wrong) for one in problems]


# ---- numbers


@pytest.mark.parametrize(("typed", "number"), [("3", 3), (" 07\u00a0\n", 7), ("0", 0), ("", None), ("1 2", None)])
def test_a_whole_number_is_read_with_spaces_around_it(typed: str, number: int | None) -> None:
    assert whole(typed) == number


@pytest.mark.parametrize("typed", NO_NUMBERS)
def test_what_looks_like_a_number_and_is_none(typed: str) -> None:
    assert whole(typed) is None
    assert wrong(SCALE, a=typed) == ("a", Wrong.NOT_ON_SCALE, 0, 5)
    assert wrong(RATING, _=typed) == ("", Wrong.NOT_ON_SCALE, 0, 10)
    assert all_wrong(MATRIX, **{"a.x": typed, "a.y": "1"}) == [("a.x", Wrong.NOT_ON_SCALE)]
    assert all_wrong(CHECK, a=typed) == [("a", Wrong.NOT_AN_OPTION)]


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ([], (None, None, None)),
        ([5, 1], (None, None, None)),
        ([1, 2, 5], (1.5, 2.0, 3.5)),
        ([4, 4, 4, 4], (4.0, 4.0, 4.0)),
        ([4, 1, 3, 2], (1.75, 2.5, 3.25)),
    ],
)
def test_median_and_quartiles_from_three_numbers_on(numbers: list[int], told: tuple[float | None, ...]) -> None:
    found = figures(numbers, 1, 5)
    assert (found.low, found.median, found.high) == told
    assert found.counts == tuple(numbers.count(number) for number in range(1, 6))
    assert found.count == len(numbers)


def test_weights_are_whole_and_equal_ones_share_a_place() -> None:
    assert [doubled_median(numbers) for numbers in ([4], [3, 4], [1, 5, 2])] == [8, 7, 4]
    assert [place_among(weight, [7, 9, 7, 1]) for weight in (9, 7, 7, 1)] == [1, 2, 2, 4]


# ---- settings


def test_settings_and_what_stands_where_none_is_given() -> None:
    ends = ({"en": "no"}, {"en": "yes"})
    axes = ({"en": "effect"}, {"en": "ease"})
    own = (Item("a", {"en": "a"}), Item("b", {"en": "b"}))
    assert KINDS["scale"].read(Fields()) == ScaleRules((), 5)
    assert KINDS["scale"].read(Fields(rows="a b", high=10, ends="no yes")) == ScaleRules(own, 10, ends)
    assert KINDS["checklist"].read(Fields(rows="a b")) == ChecklistRules(own)
    assert KINDS["matrix"].read(Fields(axes="effect ease")) == MatrixRules((), axes, 5)
    found = KINDS["matrix"].read(Fields(axes="effect ease", options="a b", high=3, ends="no yes"))
    assert found == MatrixRules(own, axes, 3, ends)
    assert KINDS["rating"].read(Fields()) == RatingRules(1, 10)
    assert KINDS["rating"].read(Fields(low=0, high=5, ends="no yes")) == RatingRules(0, 5, ends)


def test_without_items_there_is_nothing_to_ask_but_a_rating() -> None:
    for prompt in (SCALE, CHECK, MATRIX):
        assert kind_of(prompt).asks(prompt, ITEMS) and not kind_of(prompt).asks(prompt, ())
        assert kind_of(prompt).takes_items
    assert kind_of(RATING).asks(RATING, ()) and not kind_of(RATING).takes_items


# ---- what is taken


def test_rows_are_taken_as_far_as_they_are_filled() -> None:
    assert parse(SCALE, a=" 5 ", b="na", c="-") == {"rows": {"a": 5, "b": "na"}}
    assert parse(CHECK, a="in_place", b=" na ", c="") == {"rows": {"a": "in_place", "b": "na"}}
    assert parse(MATRIX, **{"b.x": "1", "b.y": "5", "c.x": "-", "c.y": ""}) == {"points": {"b": [1, 5]}}
    assert parse(RATING, _=" 7") == {"value": 7}
    zero = asks("R", "rating", RatingRules(0, 10))
    assert parse(zero, _="0") == {"value": 0}


@pytest.mark.parametrize("prompt", [SCALE, CHECK, MATRIX, RATING], ids=lambda prompt: prompt.kind)
def test_nothing_is_no_answer_where_it_is_required_too(prompt: Prompt) -> None:
    for asked in (prompt, replace(prompt, required=True)):
        assert parse(asked) is None
        assert parse(asked, **{"_": " ", "a": "-", "b": "", "a.x": "-", "a.y": " "}) is None


def test_numbers_off_the_scale_are_refused_with_its_limits_all_at_once() -> None:
    assert wrong(SCALE, a="6") == ("a", Wrong.NOT_ON_SCALE, 6, 5)
    assert all_wrong(SCALE, a="0", b="3", c="6") == [("a", Wrong.NOT_ON_SCALE), ("c", Wrong.NOT_ON_SCALE)]
    problems: Any = parse(RATING, _="0")
    assert [(one.given, one.least, one.limit) for one in problems] == [(0, 1, 10)]
    assert wrong(RATING, _="11") == ("", Wrong.NOT_ON_SCALE, 11, 10)
    assert all_wrong(MATRIX, **{"a.x": "0", "a.y": "6"}) == [("a.x", Wrong.NOT_ON_SCALE), ("a.y", Wrong.NOT_ON_SCALE)]


def test_a_row_that_is_not_asked_is_refused_unless_it_is_empty() -> None:
    for prompt, part, said in ((SCALE, "z", "3"), (CHECK, "z", "na"), (MATRIX, "z.x", "3"), (MATRIX, "a", "3")):
        assert all_wrong(prompt, **{part: said}) == [(part, Wrong.NOT_AN_OPTION)]
        assert parse(prompt, **{part: " "}) is None
    assert all_wrong(CHECK, a="missing", b="gone") == [("b", Wrong.NOT_AN_OPTION)]


def test_half_a_point_is_refused_where_the_other_half_is_missing() -> None:
    assert wrong(MATRIX, **{"a.x": "3"}) == ("a.y", Wrong.HALF_A_POINT, 0, 0)
    assert all_wrong(MATRIX, **{"a.y": "3", "b.x": "1", "b.y": "1"}) == [("a.x", Wrong.HALF_A_POINT)]
    assert all_wrong(MATRIX, **{"a.x": "x"}) == [("a.x", Wrong.NOT_ON_SCALE), ("a.y", Wrong.HALF_A_POINT)]


def test_required_means_every_row() -> None:
    for prompt, row in ((SCALE, {"a": "na"}), (CHECK, {"a": "na"})):
        must = replace(prompt, required=True)
        assert all_wrong(must, **row) == [("b", Wrong.REQUIRED), ("c", Wrong.REQUIRED)]
    must = replace(MATRIX, required=True)
    missing = all_wrong(must, **{"a.x": "1", "a.y": "2", "b.x": "3"})
    assert missing == [("b.y", Wrong.HALF_A_POINT), ("c.x", Wrong.REQUIRED), ("c.y", Wrong.REQUIRED)]


# ---- how it is counted


def test_a_scale_has_its_rows_by_median_and_what_nobody_rated_last() -> None:
    result = rated(SCALE, {"a": 2, "b": 4, "z": "na"}, {"a": 3, "b": "na"}, {"a": 3, "b": 5, "z": 1})
    assert isinstance(result, ScaleResult)
    assert [(row.key, row.place, row.weight, row.not_applying) for row in result.rows] == [
        ("b", 1, 9, 1),
        ("a", 2, 6, 0),
        ("c", 0, 0, 0),
    ]
    assert result.rows[0].numbers == Figures(1, (0, 0, 0, 1, 1))
    assert result.rows[1].numbers == Figures(1, (0, 1, 2, 0, 0), 3.0, 2.5, 3.0)
    assert (result.people, result.size, result.per_page) == (3, 3, 20)


def test_a_scale_carries_its_rows_by_median_ties_as_ties() -> None:
    assert carried(SCALE, {"a": 3, "b": 4, "c": "na"}, {"a": 5, "b": 4}) == [("a", 8), ("b", 8)]
    assert carried(SCALE, {"c": 1}) == [("c", 2)]


def test_a_checklist_has_what_lacks_most_first_and_carries_only_what_lacks() -> None:
    said: Sequence[Mapping[str, object]] = (
        {"a": "in_place", "b": "partly", "c": "missing"},
        {"a": "na", "b": "partly", "c": "in_place", "z": "missing"},
        {"a": "in_place", "b": "partly"},
    )
    result = rated(CHECK, *said)
    assert isinstance(result, ChecklistResult)
    assert [(one.key, one.in_place, one.partly, one.missing, one.not_applying) for one in result.conditions] == [
        ("b", 0, 3, 0, 0),
        ("c", 1, 0, 1, 0),
        ("a", 2, 0, 0, 1),
    ]
    assert carried(CHECK, *said) == [("b", 3), ("c", 2)]
    assert (result.size, result.per_page) == (3, 20)


def test_a_matrix_has_what_is_high_on_both_axes_first() -> None:
    said: list[Mapping[str, object]] = [{"a": [5, 3], "b": [4, 4], "c": [1, 5]}] * 3
    result = rated(MATRIX, *said, part="points")
    assert isinstance(result, MatrixResult)
    assert [(spot.key, spot.weight, spot.quadrant, spot.place) for spot in result.spots] == [
        ("b", 16 + 20, (True, True), 1),
        ("a", 16, None, 2),
        ("c", 12, (False, True), 3),
    ]
    assert carried(MATRIX, *said, part="points") == [("b", 36), ("a", 16), ("c", 12)]
    assert (result.size, result.per_page) == (3, 20)


def test_the_middle_of_an_axis_counts_to_neither_side_and_dots_come_in_no_order() -> None:
    result = rated(MATRIX, {"a": [4, 3]}, {"a": [5, 1]}, {"a": [2, 5]}, part="points")
    spot = result.spots[0]
    assert (spot.quadrant, spot.weight, spot.dots) == (None, 14, ((2, 5), (4, 3), (5, 1)))
    assert (spot.x.median, spot.y.median) == (4.0, 3.0)
    even = asks("M", "matrix", MatrixRules((), AXES, 4))
    between = rated(even, {"a": [3, 2]}, {"a": [3, 2]}, {"a": [2, 3]}, {"a": [2, 3]}, part="points")
    assert between.spots[0].quadrant is None, "2.5 is the very middle of 1 to 4"
    low = rated(even, {"a": [2, 2]}, {"a": [2, 2]}, {"a": [3, 3]}, part="points")
    assert low.spots[0].quadrant == (False, False)


def test_two_dots_are_no_quadrant_and_are_carried_all_the_same() -> None:
    result = rated(MATRIX, {"a": [5, 5]}, {"a": [5, 5]}, part="points")
    assert (result.spots[0].quadrant, result.spots[0].place, result.spots[1].place) == (None, 1, 0)
    assert carried(MATRIX, {"a": [5, 5], "b": [5, 1]}, {"a": [5, 5]}, part="points") == [("a", 40), ("b", 12)]


def test_a_rating_says_how_its_numbers_spread_and_carries_nothing() -> None:
    given = answers(RATING, ivan={"value": 7}, eva={"value": 10}, ola={"value": 1})
    result: Any = kind_of(RATING).tally(RATING, (), given, {}, frozenset())
    assert (result.people, result.before, result.pairs, result.shift) == (3, None, 0, None)
    assert result.after == Figures(1, (1, 0, 0, 0, 0, 0, 1, 0, 0, 1), 7.0, 4.0, 8.5)
    assert (result.size, result.per_page) == (1, 1)
    assert kind_of(RATING).carry(RATING, (), given, frozenset()) == ()


@pytest.mark.parametrize(
    ("prompt", "value", "left"),
    [
        (SCALE, {"rows": "no rows"}, {}),
        (SCALE, {}, {}),
        (CHECK, {"rows": ["a"]}, {}),
        (MATRIX, {"points": None}, {}),
        (MATRIX, {"points": {"a": [1], "b": "12", "c": [4, 2]}}, {"c.x": "4", "c.y": "2"}),
    ],
)
def test_what_is_stored_in_another_shape_fills_a_form_with_what_is_right_of_it(
    prompt: Prompt, value: Mapping[str, object], left: Mapping[str, str]
) -> None:
    assert kind_of(prompt).unparse(prompt, value) == left


def test_what_is_stored_off_the_scale_is_not_counted() -> None:
    odd: list[Mapping[str, object]] = [{"a": 9, "b": True, "c": "3"}, {"a": 1}]
    assert [(row.key, row.numbers.count) for row in rated(SCALE, *odd).rows] == [("a", 1), ("b", 0), ("c", 0)]
    assert [sum((one.in_place, one.weight)) for one in rated(CHECK, {"a": "gone"}).conditions] == [0, 0, 0]
    assert [spot.dots for spot in rated(MATRIX, {"a": [9, 1], "b": [1, 0]}, part="points").spots] == [(), (), ()]
    given = answers(RATING, ivan={"value": 11}, eva={"value": "7"})
    assert kind_of(RATING).tally(RATING, (), given, {}, frozenset()).after.count == 0  # type: ignore[attr-defined]
