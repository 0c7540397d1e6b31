"""A ranking: places without a gap, each once; what Borda makes of them; shared places; what is carried over."""

from __future__ import annotations

import pytest

from tests.workshop.forms import ITEMS, answers, parse, wrong
from tests.workshop.paper import Paper
from tests.workshop.session import DOTS, asks, plan_of, step
from tests.workshop.test_kinds import Fields
from workshop.plan import Item, Source
from workshop.prompts import KINDS, kind_of
from workshop.prompts.ranking import RankingResult, RankingRules
from workshop.refusals import Problem, Wrong

ALL = asks("R", "ranking", RankingRules((), 20, 0))
TWO = asks("R", "ranking", RankingRules((), 2, 2))
NUMBERLESS = ["٣", "１", "1e1", "-1", "1.5", "0x1", "²", "1 2", "first", "9" * 5000, "0", "4", "+1"]


def test_settings_and_what_stands_where_none_is_given() -> None:
    assert KINDS["ranking"].read(Fields()) == RankingRules((), 20, 0)
    read = KINDS["ranking"].read(Fields(options="a b", most=2, least=1))
    assert read == RankingRules((Item("a", {"en": "a"}), Item("b", {"en": "b"})), 2, 1)
    fields = Fields(most=3)
    KINDS["ranking"].read(fields)
    assert fields.limits["least"] == (0, 3), "nobody has to place more than there are places"
    assert kind_of(ALL).asks(ALL, ITEMS) and not kind_of(ALL).asks(ALL, ())


@pytest.mark.parametrize(
    ("given", "order"),
    [
        ({"a": "2", "b": " 1 ", "c": "3"}, ["b", "a", "c"]),
        ({"c": "1"}, ["c"]),
        ({"c": "2", "a": "1", "b": "-"}, ["a", "c"]),
        ({"a": "01"}, ["a"]),
    ],
)
def test_an_order_whole_or_of_the_first_few(given: dict[str, str], order: list[str]) -> None:
    assert parse(ALL, **given) == {"order": order}


@pytest.mark.parametrize("given", [{}, {"a": "", "b": " ", "c": "-"}])
def test_no_place_is_no_answer_even_where_some_are_needed(given: dict[str, str]) -> None:
    assert parse(ALL, **given) is None
    assert parse(TWO, **given) is None


@pytest.mark.parametrize("typed", NUMBERLESS)
def test_what_is_no_place_is_refused_at_its_field(typed: str) -> None:
    problems = parse(ALL, a="1", b=typed)
    assert isinstance(problems, tuple)
    (one,) = problems
    assert (one.part, one.wrong, one.limit, one.least) == ("b", Wrong.NOT_ON_SCALE, 3, 1)


def test_only_so_many_places_as_the_template_or_the_items_give() -> None:
    assert wrong(TWO, a="1", b="3") == ("b", Wrong.NOT_ON_SCALE, 3, 2)
    assert wrong(ALL, z="1") == ("z", Wrong.NOT_AN_OPTION, 0, 0)


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"a": "1", "b": "1"}, [("b", Wrong.PLACE_TAKEN, 1, 0)]),
        ({"a": "1", "b": "2", "c": "2"}, [("c", Wrong.PLACE_TAKEN, 2, 0)]),
        ({"a": "1", "b": "3"}, [("b", Wrong.PLACE_LEFT_OUT, 3, 2)]),
        ({"a": "3", "b": "2"}, [("b", Wrong.PLACE_LEFT_OUT, 2, 1)]),
        ({"a": "2", "b": "2"}, [("b", Wrong.PLACE_TAKEN, 2, 0), ("a", Wrong.PLACE_LEFT_OUT, 2, 1)]),
        ({"a": "3", "b": "3", "c": "1"}, [("b", Wrong.PLACE_TAKEN, 3, 0), ("a", Wrong.PLACE_LEFT_OUT, 3, 2)]),
    ],
)
def test_gaps_and_shared_places_are_refused_where_they_stand(
    given: dict[str, str], found: list[tuple[str, Wrong, int, int]]
) -> None:
    problems = parse(ALL, **given)
    assert isinstance(problems, tuple)
    assert [(one.part, one.wrong, one.given, one.limit) for one in problems] == found


def test_fewer_places_than_needed_are_refused_but_never_more_than_there_are_items() -> None:
    assert wrong(TWO, b="1") == ("", Wrong.TOO_FEW, 1, 2)
    assert kind_of(TWO).parse(TWO, ITEMS[:1], {"a": "1"}) == {"order": ["a"]}
    assert kind_of(TWO).parse(TWO, ITEMS[:1], {"a": "2"}) == (Problem("R", "a", Wrong.NOT_ON_SCALE, 2, 1, 1),)


@pytest.mark.parametrize(
    ("orders", "points", "places"),
    [
        ([["a", "b", "c"]], [4, 2, 0], [1, 2, 3]),
        ([["a"]], [4, 1, 1], [1, 2, 2]),
        ([["a", "b"]], [4, 2, 0], [1, 2, 3]),
        ([["a", "b", "c"], ["b", "a", "c"]], [6, 6, 0], [1, 1, 3]),
        ([["b"], ["c", "a"], ["a", "gone", "c"]], [1 + 2 + 4, 4 + 0 + 0, 1 + 4 + 2], [1, 3, 1]),
        ([], [0, 0, 0], [1, 1, 1]),
    ],
)
def test_borda_by_hand(orders: list[list[str]], points: list[int], places: list[int]) -> None:
    given = answers(ALL, **{f"p{n}": {"order": order} for n, order in enumerate(orders)})
    result = kind_of(ALL).tally(ALL, ITEMS, given, {}, frozenset())
    assert isinstance(result, RankingResult)
    found = sorted((item.key, item.points, item.place) for item in result.items)
    assert found == list(zip("abc", points, places, strict=True))
    assert sum(points) == len(orders) * 6, "everybody gives the same number of points"
    assert [item.points for item in result.items] == sorted(points, reverse=True)
    assert (result.people, result.size, result.per_page) == (len(orders), 3, 30)


def test_what_was_hidden_since_is_as_if_it_had_never_been_there() -> None:
    given = answers(ALL, ivan={"order": ["a", "b", "c"]}, eva={"order": ["b"]})
    result = kind_of(ALL).tally(ALL, (ITEMS[0], ITEMS[2]), given, {}, frozenset())
    assert isinstance(result, RankingResult)
    assert [(item.key, item.points, item.placed) for item in result.items] == [("a", 3, 1), ("c", 1, 1)]


def test_carried_is_what_anybody_placed_and_the_last_of_all_still_weighs_something() -> None:
    kind = kind_of(ALL)
    whole = kind.carry(ALL, ITEMS, answers(ALL, ivan={"order": ["b", "c", "a"]}), frozenset())
    assert [(item.key, item.weight, item.origin) for item in whole] == [("b", 4, "R"), ("c", 2, "R"), ("a", 1, "R")]
    part = kind.carry(ALL, ITEMS, answers(ALL, ivan={"order": ["c"]}), frozenset())
    assert [item.key for item in part] == ["c"]


def test_what_is_stored_in_another_shape_is_no_order() -> None:
    assert kind_of(ALL).unparse(ALL, {"order": "abc"}) == {}
    assert kind_of(ALL).entries(ALL, answers(ALL, ivan={"order": ["a"]})[0]) == ()


def test_from_words_to_a_ranking_to_a_vote() -> None:
    plan = plan_of(
        [step("one", asks("W", "words", KINDS["words"].read(Fields())), minutes=3)],
        [step("two", asks("R", "ranking", RankingRules((), 20, 0), Source("W")))],
        [step("three", asks("V", "vote", DOTS, Source("R", 1)))],
    )
    paper = Paper(plan).opens().joins("ivan", "eva").starts()
    paper.says("ivan", W="trust, time, tea")
    paper.next()
    places = {paper.item("R", words).key: place for words, place in (("time", "1"), ("tea", "2"))}
    paper.says("eva", R=places)
    assert paper.next().items("V") == ["time"]
