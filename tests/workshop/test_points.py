"""Points: whole numbers that add up to the total, exactly; totals, medians, shared places; what is carried over."""

from __future__ import annotations

import pytest

from tests.workshop.forms import ITEMS, answers, parse, wrong
from tests.workshop.session import asks
from tests.workshop.test_kinds import Fields
from workshop.plan import Item
from workshop.prompts import KINDS, kind_of
from workshop.prompts.points import PointsResult, PointsRules
from workshop.refusals import Wrong

POINTS = asks("P", "points", PointsRules((), 100))


def test_settings_and_what_stands_where_none_is_given() -> None:
    fields = Fields(options="a b", total=10)
    assert KINDS["points"].read(fields) == PointsRules((Item("a", {"en": "a"}), Item("b", {"en": "b"})), 10)
    assert fields.limits["total"] == (10, 1000)
    assert KINDS["points"].read(Fields()) == PointsRules((), 100)
    assert kind_of(POINTS).asks(POINTS, ITEMS) and not kind_of(POINTS).asks(POINTS, ())


@pytest.mark.parametrize(
    ("given", "points"),
    [
        ({"a": "60", "b": " 40 "}, {"a": 60, "b": 40}),
        ({"a": "100", "b": "0", "c": ""}, {"a": 100}),
        ({"a": "033", "b": "33", "c": "34"}, {"a": 33, "b": 33, "c": 34}),
    ],
)
def test_points_that_add_up(given: dict[str, str], points: dict[str, int]) -> None:
    assert parse(POINTS, **given) == {"points": points}


def test_empty_fields_are_no_answer() -> None:
    assert parse(POINTS) is None
    assert parse(POINTS, a=" ", b="") is None


@pytest.mark.parametrize(
    ("given", "sum_of_it"),
    [({"a": "99"}, 99), ({"a": "100", "b": "1"}, 101), ({"a": "0", "c": "0"}, 0), ({"a": "100", "c": "100"}, 200)],
)
def test_what_does_not_add_up_says_what_it_comes_to(given: dict[str, str], sum_of_it: int) -> None:
    assert wrong(POINTS, **given) == ("", Wrong.WRONG_SUM, sum_of_it, 100)


@pytest.mark.parametrize("typed", ["٣", "１00", "1e2", "-1", "+5", "1.5", "0x10", "²", "-", "ten", "101", "9" * 5000])
def test_what_is_no_number_of_points_is_refused_at_its_field_and_the_sum_not_spoken_of(typed: str) -> None:
    part, what, _, limit = wrong(POINTS, a="5", b=typed)
    assert (part, what, limit) == ("b", Wrong.NOT_ON_SCALE, 100)


def test_an_item_that_there_is_not_is_refused() -> None:
    assert wrong(POINTS, z="100") == ("z", Wrong.NOT_AN_OPTION, 0, 0)
    assert parse(POINTS, z=" ", a="100") == {"points": {"a": 100}}


def tallied(*points: dict[str, int]) -> PointsResult:
    given = answers(POINTS, **{f"p{n}": {"points": one} for n, one in enumerate(points)})
    result = kind_of(POINTS).tally(POINTS, ITEMS, given, {}, frozenset())
    assert isinstance(result, PointsResult)
    return result


def test_totals_medians_and_shared_places() -> None:
    result = tallied({"a": 50, "b": 50}, {"a": 20, "c": 80}, {"b": 20, "c": 80}, {"a": 90, "b": 10})
    assert [(item.key, item.points, item.givers, item.median, item.place) for item in result.items] == [
        ("a", 160, 3, 35.0, 1),
        ("c", 160, 2, 40.0, 1),
        ("b", 80, 3, 15.0, 3),
    ]
    assert (result.people, result.size, result.per_page, result.points) == (4, 3, 30, 400)


def test_no_median_of_fewer_than_three() -> None:
    assert {item.median for item in tallied({"a": 100}, {"b": 100}).items} == {None}
    assert [item.median for item in tallied({"a": 100}, {"a": 100}, {"b": 100}).items] == [100.0, 0.0, 0.0]


def test_what_went_to_something_hidden_since_counts_nowhere_and_what_got_nothing_is_not_carried() -> None:
    given = answers(POINTS, ivan={"points": {"a": 30, "b": 70}})
    kind = kind_of(POINTS)
    result = kind.tally(POINTS, (ITEMS[0], ITEMS[2]), given, {}, frozenset())
    assert isinstance(result, PointsResult)
    assert result.points == 30
    carried = kind.carry(POINTS, ITEMS, given, frozenset())
    assert [(item.key, item.weight, item.origin) for item in carried] == [("b", 70, "P"), ("a", 30, "P")]


def test_what_is_stored_in_another_shape_is_no_points() -> None:
    assert kind_of(POINTS).unparse(POINTS, {"points": "many"}) == {}
    assert kind_of(POINTS).entries(POINTS, answers(POINTS, ivan={"points": {"a": 100}})[0]) == ()
