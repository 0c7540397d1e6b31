"""Balanced groups: everybody sits once, rules hold or it is said why not, and values are spread evenly."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

from tests.workshop.sitting import MIX, formed, ids, people, sizes
from workshop.groups import Impossible, Member, Mix, Why, Wish, form, in_order, spread


@pytest.mark.no_cover
@settings(max_examples=40, deadline=None)
@given(st.data())
def test_the_same_people_sit_the_same_whatever_their_order(data: st.DataObject) -> None:
    values = st.sampled_from(["", "a", "b", "c", "d"])
    members = [Member(f"p{n:03}", data.draw(values), data.draw(values)) for n in range(data.draw(st.integers(2, 25)))]
    size = data.draw(st.integers(2, 6))
    wish = Wish(size=size, together=(ids(0, 1),), placed={"p000": 1})
    found = formed(members, wish)
    assert form(data.draw(st.permutations(members)), wish) == found
    assert abs(len(members) / len(found.groups) - size) <= abs(len(members) / (len(found.groups) + 1) - size)


@pytest.mark.no_cover
@settings(max_examples=40, deadline=None)
@given(st.integers(2, 6), st.integers(2, 6), st.integers(1, 3), st.permutations("abcdef"))
def test_what_divides_evenly_is_divided_evenly(groups: int, each: int, values: int, letters: list[str]) -> None:
    country = "".join(letters[:each]) * groups * values
    found = formed(people(country, country.upper(), "r" * len(country)), Wish(number=groups))
    assert found.spread.measure == 0 and found.best
    assert set(sizes(found)) == {each * values}
    assert {mix: share.pairs - share.least for mix, share in found.spread.shares.items()} == dict.fromkeys(Mix, 0)


# ---- sizes


@pytest.mark.parametrize(
    ("count", "wish", "expected"),
    [
        (1, Wish(number=1), [1]),
        (1, Wish(size=6, least=4), [1]),
        (3, Wish(size=6, least=4, most=8), [3]),
        (7, Wish(number=7), [1] * 7),
        (7, Wish(number=2), [4, 3]),
        (12, Wish(size=6), [6, 6]),
        (14, Wish(size=4), [4, 4, 3, 3]),
        (15, Wish(size=10), [8, 7]),
        (18, Wish(size=12), [9, 9]),
        (17, Wish(size=6, least=4, most=8), [6, 6, 5]),
        (9, Wish(size=6, least=4, most=5), [5, 4]),
        (13, Wish(size=100), [13]),
        (81, Wish(number=10), [9] + [8] * 9),
        (80, Wish(size=6, least=5, most=8), [7, 7] + [6] * 11),
    ],
)
def test_sizes_differ_by_one_at_most(count: int, wish: Wish, expected: list[int]) -> None:
    assert sizes(formed(people("abcd" * 20 + "a")[:count], wish)) == expected


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("count", "wish", "expected"),
    [
        (12, Wish(number=3, together=(ids(0, 1, 2, 3, 4, 5),)), [6, 3, 3]),
        (12, Wish(size=4, together=(ids(*range(10)),)), [10, 1, 1]),
        (12, Wish(size=4, together=(ids(*range(11)),)), [11, 1]),
        (12, Wish(number=2, together=(ids(0, 1, 2), ids(3, 4, 5), ids(6, 7), ids(8, 9), ids(10, 11))), [6, 6]),
        (10, Wish(number=3, placed=dict.fromkeys(ids(0, 1, 2, 3, 4, 5), 2)), [6, 2, 2]),
        (9, Wish(number=3, least=3, together=(ids(0, 1, 2, 3, 4),)), [5, 2, 2]),
        (5, Wish(number=2, together=(ids(0, 1, 2),), apart=(ids(3, 4),)), [4, 1]),
    ],
)
def test_rules_make_sizes_differ_as_little_as_possible(count: int, wish: Wish, expected: list[int]) -> None:
    assert sizes(formed(people("ab" * 6)[:count], wish)) == expected


def test_a_group_chosen_by_hand_keeps_its_number() -> None:
    found = formed(people("aabbccdd"), Wish(number=4, placed={"p000": 3, "p001": 4, "p007": 3}))
    assert found.groups[3] == ("p000", "p007") and "p001" in found.groups[4]


# ---- rules


def test_who_stays_together_and_who_sits_apart_among_many() -> None:
    members = people("abcd" * 20 + "a", "x" * 40 + "yz" * 20)
    together = tuple(ids(n, n + 1, n + 2) for n in range(0, 30, 5))
    apart = (ids(*range(41, 51)), ids(0, 40, 60))
    at = {
        id: number
        for number, group in formed(members, Wish(number=10, together=together, apart=apart)).groups.items()
        for id in group
    }
    assert all(len({at[id] for id in rule}) == 1 for rule in together)
    assert all(len({at[id] for id in rule}) == len(rule) for rule in apart)


def test_teams_of_one_institution_that_stay_together_are_proved_to_sit_as_evenly_as_they_can() -> None:
    letters = "abcdefghijklmnopqrst"
    members = people("abcd" * 15, "".join(letter * 3 for letter in letters))
    wish = Wish(number=10, together=tuple(ids(n, n + 1, n + 2) for n in range(0, 60, 3)))
    found = formed(members, wish)
    assert found.spread.shares[Mix.INSTITUTION].measure == 1, "a team is together, as was asked for"
    assert found.spread.shares[Mix.COUNTRY].measure == 0
    assert found.best


def test_rules_that_share_a_person_are_one() -> None:
    found = formed(people("abcdef"), Wish(number=2, together=(ids(0, 1), ids(4, 5), ids(1, 5))))
    assert found.groups == {1: ("p000", "p001", "p004", "p005"), 2: ("p002", "p003")}


def test_rules_about_people_who_are_gone_count_for_nothing() -> None:
    rules = Wish(number=2, together=(ids(0, 9),), apart=(ids(1, 8, 9),), placed={"p009": 77})
    members = people("abcd")
    assert formed(members, rules) == formed(members, Wish(number=2))


@pytest.mark.parametrize(
    ("count", "wish", "why", "numbers", "who"),
    [
        (0, Wish(number=2), Why.NOBODY, {}, ids()),
        (4, Wish(), Why.WRONG_WISH, {"number": 0, "size": 0, "least": 1, "most": 0}, ids()),
        (4, Wish(number=2, size=2), Why.WRONG_WISH, {"number": 2, "size": 2, "least": 1, "most": 0}, ids()),
        (4, Wish(number=0), Why.WRONG_WISH, {"number": 0, "size": 0, "least": 1, "most": 0}, ids()),
        (4, Wish(size=-3), Why.WRONG_WISH, {"number": 0, "size": -3, "least": 1, "most": 0}, ids()),
        (4, Wish(size=3, least=5, most=4), Why.WRONG_WISH, {"number": 0, "size": 3, "least": 5, "most": 4}, ids()),
        (4, Wish(number=7), Why.EMPTY_GROUPS, {"groups": 7, "people": 4, "empty": 3}, ids()),
        (4, Wish(number=3, together=(ids(0, 1, 2),)), Why.EMPTY_GROUPS, {"groups": 3, "people": 4, "empty": 1}, ids()),
        (4, Wish(number=3, placed={"p000": 1, "p001": 1, "p002": 2, "p003": 2}),
         Why.EMPTY_GROUPS, {"groups": 3, "people": 4, "empty": 1}, ids()),
        (9, Wish(size=6, least=5, most=8), Why.NO_SIZE_FITS, {"people": 9, "least": 5, "most": 8}, ids()),
        (9, Wish(number=4, least=3), Why.NO_SIZE_FITS, {"people": 9, "least": 3, "most": 0}, ids()),
        (9, Wish(size=4, most=4, together=(ids(0, 1, 2), ids(2, 3, 4))),
         Why.TOGETHER_TOO_MANY, {"people": 5, "most": 4}, ids(0, 1, 2, 3, 4)),
        (9, Wish(number=3, apart=(ids(0, 1, 2, 3),)), Why.APART_TOO_MANY, {"people": 4, "groups": 3}, ids(0, 1, 2, 3)),
        (9, Wish(number=3, together=(ids(0, 1), ids(1, 2)), apart=(ids(0, 2),)),
         Why.TOGETHER_AND_APART, {}, ids(0, 2)),
        (9, Wish(number=3, together=(ids(0, 1),), placed={"p000": 1, "p001": 2}),
         Why.PLACED_AGAINST_RULES, {}, ids(0, 1)),
        (9, Wish(number=3, apart=(ids(0, 1),), placed={"p000": 1, "p001": 1}), Why.PLACED_AGAINST_RULES, {}, ids(0, 1)),
        (9, Wish(number=3, placed={"p000": 4}), Why.NO_SUCH_GROUP, {"group": 4, "groups": 3}, ids(0)),
        (9, Wish(number=3, placed={"p000": 0}), Why.NO_SUCH_GROUP, {"group": 0, "groups": 3}, ids(0)),
        (9, Wish(number=2, most=5, together=(ids(0, 1, 2), ids(3, 4, 5), ids(6, 7, 8))),
         Why.FULL, {"people": 6, "most": 5}, ids()),
        (6, Wish(number=2, apart=(ids(0, 1), ids(1, 2), ids(2, 0))), Why.RULES_CLASH, {}, ids(0, 2)),
    ],
)  # fmt: skip
def test_why_groups_cannot_be_formed(
    count: int, wish: Wish, why: Why, numbers: Mapping[str, int], who: frozenset[str]
) -> None:
    found = form(people("abcabcabc")[:count], wish)
    assert isinstance(found, Impossible)
    assert (found.why, dict(found.numbers)) == (why, numbers)
    assert found.who == who


def test_every_reason_is_in_the_table_above() -> None:
    table = test_why_groups_cannot_be_formed.pytestmark[0].args[1]  # type: ignore[attr-defined]
    assert {row[2] for row in table} == set(Why)


@pytest.mark.parametrize(
    ("members", "mix_by"),
    [
        ([Member("same"), Member("same")], MIX),
        ([Member("one")], ((Mix.COUNTRY, 0),)),
        ([Member("one")], ((Mix.COUNTRY, 2), (Mix.COUNTRY, 1))),
    ],
)
def test_a_mistake_of_the_caller_is_no_groups(members: list[Member], mix_by: tuple[tuple[Mix, int], ...]) -> None:
    with pytest.raises(ValueError, match="twice"):
        form(members, Wish(number=1, mix_by=mix_by))


# ---- what is mixed


def test_an_unknown_value_counts_to_nothing() -> None:
    found = formed(people("........"), Wish(number=3))
    assert found.spread.measure == 0 and found.best
    assert {share.most for share in found.spread.shares.values()} == {0}


def test_one_value_for_everybody_cannot_be_uneven() -> None:
    found = formed(people("a" * 20, "x" * 20), Wish(number=6))
    assert found.spread.measure == 0 and sizes(found) == [4, 4, 3, 3, 3, 3]


def test_values_are_the_same_whatever_their_case_and_spaces() -> None:
    members = [Member("1", "Latvia"), Member("2", " LATVIA "), Member("3", "latvia."), Member("4", "Bulgaria")]
    shares = spread({1: ("1", "2"), 2: ("3", "4")}, members, MIX).shares
    assert (shares[Mix.COUNTRY].pairs, shares[Mix.COUNTRY].least, shares[Mix.COUNTRY].most) == (1, 1, 3)


def test_the_weights_say_which_attribute_goes_first() -> None:
    members = people("aabb", "xyxy", "rssr")  # two groups of two: one of the three always sits together
    for first in Mix:
        others = tuple(mix for mix in Mix if mix is not first)
        found = formed(members, Wish(number=2, mix_by=in_order(first, *others)))
        assert found.spread.shares[first].measure == 0
        assert found.spread.measure == Fraction(1, 6), "the last of three, with weight 1 of 6, is as uneven as can be"


def test_the_measure_of_the_worst_and_of_groups_with_an_absent_person() -> None:
    members = people("aabb")
    assert spread({1: ("p000", "p001"), 2: ("p002", "p003")}, members, MIX).measure == 1
    assert spread({1: ("p000", "gone"), 2: ("p002",)}, members, MIX).measure == 0


def test_eighty_one_people_of_whom_forty_are_of_one_institution() -> None:
    members = people("abcd" * 20 + "a", "x" * 40 + "." * 41)
    found = formed(members, Wish(number=10))
    home = {member.id for member in members if member.institution}
    assert sorted(len(home.intersection(group)) for group in found.groups.values()) == [4] * 10
    assert sizes(found) == [9] + [8] * 9 and found.spread.measure == 0


@pytest.mark.no_cover
def test_five_hundred_people() -> None:
    members = people("abcde" * 100, "abcdefghijklmnopqrst" * 25, "rs.t" * 125)
    found = formed(members, Wish(size=6, least=5, most=7))
    assert sizes(found) == [7, 7] + [6] * 81 and found.spread.measure < Fraction(1, 1000)


@pytest.mark.no_cover
def test_many_people_with_a_rule_that_no_even_spread_allows() -> None:
    members = people("a" * 30 + "bcde" * 13, "x" * 41 + "y" * 41)
    wish = Wish(number=10, together=(ids(*range(30)),))
    found = formed(members, wish)
    assert ids(*range(30)) in set(map(frozenset, found.groups.values())), "nobody else has to sit with them"
    assert found.spread.shares[Mix.COUNTRY].pairs - 30 * 29 // 2 <= 9 * 4, "the others' countries hardly meet"
    assert not found.best, "it is not proved, and not said"
