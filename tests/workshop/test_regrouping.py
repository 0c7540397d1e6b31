"""Groups that stand already: who is moved, comes late, leaves; which group becomes too small."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

from workshop.groups import Formed, Groups, Impossible, Member, Mix, Why, Wish, form, in_order
from workshop.regrouping import broken, group_of, left, merge_small, move, place

THREE: Groups = {1: ("ada", "bob"), 2: ("cid", "dan"), 4: ("eve", "fay", "gus")}
MEMBERS = [
    *(Member(name, "pl") for name in ("ada", "cid", "late", "other")),
    *(Member(name, "bg") for name in ("bob", "eve", "fay")),
    *(Member(name, "lv") for name in ("dan", "gus")),
]
WISH = Wish(number=3, mix_by=in_order(Mix.COUNTRY))


def rule(*names: str) -> tuple[frozenset[str], ...]:
    return (frozenset(names),)


# ---- by hand


@pytest.mark.parametrize(
    ("person", "to", "expected"),
    [
        ("gus", 1, {1: ("ada", "bob", "gus"), 2: ("cid", "dan"), 4: ("eve", "fay")}),
        ("ada", 4, {1: ("bob",), 2: ("cid", "dan"), 4: ("ada", "eve", "fay", "gus")}),
        ("ada", 1, THREE),
    ],
)
def test_a_move_changes_two_groups_and_no_number(person: str, to: int, expected: Groups) -> None:
    assert move(THREE, person, to) == expected


def test_a_group_that_empties_is_gone_and_the_others_keep_their_numbers() -> None:
    alone = left(THREE, "ada")
    assert alone == {1: ("bob",), 2: ("cid", "dan"), 4: ("eve", "fay", "gus")}
    assert left(alone, "bob") == {2: ("cid", "dan"), 4: ("eve", "fay", "gus")}
    assert list(move(alone, "bob", 4)) == [2, 4]
    assert move(alone, "bob", 1) == alone, "into their own group: nothing changes"


def test_nobody_moves_who_is_not_there_nor_to_where_nothing_is() -> None:
    for person, to in (("late", 1), ("ada", 3)):
        with pytest.raises(KeyError):
            move(THREE, person, to)
    with pytest.raises(KeyError):
        left(THREE, "late")
    assert group_of(THREE, "late") is None and group_of(THREE, "eve") == 4


def test_which_rules_a_hand_has_broken() -> None:
    wish = replace(WISH, together=(*rule("ada", "bob", "gone"), *rule("cid", "eve")), apart=rule("ada", "fay", "gus"))
    assert broken(THREE, wish) == (*rule("cid", "eve"), *rule("fay", "gus"))
    assert broken(move(THREE, "gus", 2), wish) == rule("cid", "eve")
    assert broken(move(move(THREE, "gus", 2), "eve", 2), wish) == ()


# ---- latecomers


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, 1),  # 1 and 2 are the smallest and both have one from Poland
        ({"apart": rule("late", "ada")}, 2),
        ({"apart": (*rule("late", "ada"), *rule("late", "dan"))}, 4),
        ({"together": rule("late", "fay")}, 4),
        ({"together": rule("late", "gone", "never")}, 1),
        ({"placed": {"late": 4}}, 4),
        ({"placed": {"late": 4}, "together": rule("late", "eve")}, 4),
        ({"most": 3}, 1),
    ],
)
def test_where_a_latecomer_sits(changes: Mapping[str, object], expected: int) -> None:
    assert place(THREE, MEMBERS, "late", replace(WISH, **changes)) == expected  # type: ignore[arg-type]


def test_a_latecomer_sits_where_nobody_is_of_their_country() -> None:
    groups = {1: ("ada", "bob"), 2: ("eve", "dan")}
    assert place(groups, MEMBERS, "late", WISH) == 2
    assert place(groups, MEMBERS, "late", replace(WISH, apart=rule("late", "dan"))) == 1


@pytest.mark.parametrize(
    ("changes", "why", "numbers", "who"),
    [
        ({"placed": {"late": 3}}, Why.NO_SUCH_GROUP, {"group": 3, "groups": 3}, rule("late")),
        ({"together": rule("late", "ada", "cid")}, Why.PLACED_AGAINST_RULES, {}, rule("late", "ada", "cid")),
        (
            {"placed": {"late": 1}, "together": rule("late", "eve")},
            Why.PLACED_AGAINST_RULES, {}, rule("late", "eve"),
        ),
        ({"placed": {"late": 1}, "apart": rule("late", "ada")}, Why.PLACED_AGAINST_RULES, {}, rule("late", "ada")),
        (
            {"together": rule("late", "ada"), "apart": rule("late", "bob", "gone")},
            Why.TOGETHER_AND_APART, {}, rule("late", "bob"),
        ),
        (
            {"apart": rule("late", "ada", "cid", "gus", "gone")},
            Why.APART_TOO_MANY, {"people": 4, "groups": 3}, rule("late", "ada", "cid", "gus"),
        ),
        ({"most": 2}, Why.FULL, {"people": 3, "most": 2}, (frozenset(),)),
    ],
)  # fmt: skip
def test_why_a_latecomer_finds_no_place(
    changes: Mapping[str, object], why: Why, numbers: Mapping[str, int], who: tuple[frozenset[str]]
) -> None:
    found = place(THREE, MEMBERS, "late", replace(WISH, **changes))  # type: ignore[arg-type]
    assert found == Impossible(why, numbers, who[0])


def test_where_there_are_no_groups_there_is_no_place() -> None:
    assert place({}, MEMBERS, "late", WISH) == Impossible(
        Why.NO_SUCH_GROUP, {"group": 1, "groups": 0}, frozenset({"late"})
    )


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from("abc"), min_size=6, max_size=30), st.integers(2, 4))
def test_a_session_to_which_everybody_comes_late(countries: list[str], number: int) -> None:
    """Groups filled one by one stay as even in size, and never worse than what chance would do at its worst."""
    members = [Member(f"p{n:02}", country) for n, country in enumerate(countries)]
    first = form(members[:number], Wish(number=number))
    assert isinstance(first, Formed)
    groups = first.groups
    for member in members[number:]:
        to = place(groups, members, member.id, WISH)
        assert isinstance(to, int)
        groups = {**groups, to: (*groups[to], member.id)}
    sizes = [len(group) for group in groups.values()]
    assert max(sizes) - min(sizes) <= 1 and sum(sizes) == len(members)


# ---- too small


def test_a_group_that_became_too_small_is_proposed_to_the_group_where_it_mixes_best() -> None:
    groups = {1: ("ada",), 2: ("cid", "other"), 4: ("eve", "fay", "gus")}
    proposal = merge_small(groups, MEMBERS, replace(WISH, least=2))
    assert proposal is not None
    assert (proposal.group, proposal.into) == (1, 4)
    assert proposal.groups == {2: ("cid", "other"), 4: ("ada", "eve", "fay", "gus")}
    assert proposal.spread.measure == Fraction(1, 3), "of four pairs at most and one at least there are two"
    assert groups[1] == ("ada",), "nothing is done yet"


@pytest.mark.parametrize(
    ("groups", "changes", "expected"),
    [
        (THREE, {"least": 2}, None),
        ({}, {"least": 2}, None),
        ({3: ("ada",)}, {"least": 2}, None),
        ({1: ("ada",), 2: ("cid", "dan"), 3: ("eve", "fay")}, {"least": 2, "most": 2}, None),
        ({1: ("ada",), 2: ("cid", "dan"), 3: ("eve", "fay")}, {"least": 2, "apart": rule("ada", "fay")}, (1, 2)),
        ({1: ("ada",), 2: ("bob",), 3: ("dan",)}, {"least": 2}, (1, 2)),
        ({1: ("ada",), 2: ("bob", "dan"), 3: ("eve",)}, {"least": 2}, (1, 3)),
        ({1: ("ada", "gus"), 2: ("bob",)}, {"least": 3, "most": 3, "apart": rule("ada", "gus")}, (2, 1)),
        # The smallest cannot go anywhere, but the next can.
        (
            {1: ("ada",), 2: ("bob", "dan"), 3: ("cid", "gus", "fay")},
            {"least": 3, "apart": (*rule("ada", "bob"), *rule("ada", "cid"))}, (2, 3),
        ),
    ],
)  # fmt: skip
def test_what_is_proposed_for_the_smallest_group(
    groups: Groups, changes: Mapping[str, object], expected: tuple[int, int] | None
) -> None:
    found = merge_small(groups, MEMBERS, replace(WISH, **changes))  # type: ignore[arg-type]
    assert (found and (found.group, found.into)) == expected
