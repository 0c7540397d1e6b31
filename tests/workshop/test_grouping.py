"""Groups in a workshop: formed, changed by hand, joined late, dissolved; and by whom not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.workshop.paper import ANNA, Paper, names, opened, reason
from tests.workshop.session import SESSION
from workshop import commands as c
from workshop.grouping import proposed
from workshop.groups import Formed, Impossible, Why
from workshop.plan import Forming
from workshop.refusals import Reason


def where(paper: Paper) -> dict[int, tuple[str, ...]]:
    return {group.number: group.members for group in paper.w.groups}


def test_groups_are_proposed_from_those_who_have_joined_and_mixed_by_what_they_said() -> None:
    paper = Paper().opens()
    for number, country in enumerate(("PL", "PL", "LV", "LV")):
        joined = c.Join(workshop="w1", by=f"p{number}", name=f"P{number}", country=country)
        assert names(paper.do(joined)) == ["PersonChanged"]
    found = proposed(paper.w, count=2)
    assert isinstance(found, Formed)
    assert all({"p0", "p1"} & set(group) and {"p2", "p3"} & set(group) for group in found.groups.values())
    by_size = proposed(paper.w, size=4)
    assert isinstance(by_size, Formed) and len(by_size.groups) == 1
    apart = proposed(paper.w, count=2, apart=(frozenset({"p0", "p2"}),), together=(frozenset({"p0", "p1"}),))
    assert isinstance(apart, Formed) and set(apart.groups.values()) == {("p0", "p1"), ("p2", "p3")}
    assert isinstance(none := proposed(Paper().opens().w, size=3), Impossible) and none.why is Why.NOBODY


def test_everybody_who_joined_since_the_proposal_is_placed_too() -> None:
    paper = opened().grouped(("ivan", "eva"), ("ola",))
    assert where(paper) == {1: ("ivan", "eva"), 2: ("ola",)}
    paper.joins("zoe")
    assert where(paper) == {1: ("ivan", "eva"), 2: ("ola", "zoe")}, "the smaller one"
    paper.joins("zoe")
    assert where(paper)[2] == ("ola", "zoe"), "who corrects what they said stays where they are"
    assert where(opened().grouped(("ivan",), ("eva",)))[1] == ("ivan", "ola"), "ola joined after the proposal"


def test_a_latecomer_goes_where_the_rules_and_the_mix_say() -> None:
    apart, together = (frozenset({"ivan", "zoe"}),), (frozenset({"eva", "max"}),)
    paper = opened().grouped(("ivan",), ("eva", "ola"), apart=apart, together=together).joins("zoe")
    assert where(paper)[2] == ("eva", "ola", "zoe"), "apart from Ivan, though his group is smaller"
    assert where(paper.joins("max"))[2][-1] == "max", "with Eva"
    crowded = opened().grouped(("ivan",), ("eva", "ola"), apart=(frozenset({"ivan", "eva", "zoe"}),)).joins("zoe")
    assert where(crowded)[1] == ("ivan", "zoe"), "where the rules leave no group it is the smallest"


@pytest.mark.parametrize(
    "groups",
    [(), ((),), (("ivan", "ivan"),), (("ivan",), ("ivan", "eva")), (("ivan", "nobody"),), (("ivan", ANNA),)],
)
def test_groups_that_are_none_are_refused(groups: tuple[tuple[str, ...], ...]) -> None:
    paper = opened()
    assert reason(paper.do(c.FormGroups(workshop="w1", by=ANNA, groups=groups))) == Reason.WRONG_GROUPS
    assert not paper.w.groups


def test_moving_by_hand_into_a_group_a_new_one_and_out_of_one_that_ends() -> None:
    paper = opened()
    assert reason(paper.moves_to("ivan", 1)) == Reason.NO_GROUPS
    paper.grouped(("ivan", "eva"), ("ola",))
    assert names(paper.moves_to("eva", 2)) == ["PersonPlaced"]
    assert where(paper) == {1: ("ivan",), 2: ("ola", "eva")}
    assert paper.moves_to("eva", 2) == () == paper.moves_to("ivan", 0), "so already"
    assert names(paper.moves_to("eva", 0)) == ["PersonPlaced"]
    assert where(paper) == {1: ("ivan",), 2: ("ola",), 3: ("eva",)}
    paper.moves_to("ola", 3)
    assert where(paper) == {1: ("ivan",), 3: ("eva", "ola")}, "an empty group is none; the others keep their numbers"
    assert reason(paper.moves_to("ivan", 2)) == Reason.UNKNOWN_GROUP
    for who in ("nobody", ANNA):
        assert reason(paper.moves_to(who, 1)) == Reason.NOT_IN_WORKSHOP
    assert paper.w.group_of("eva") == paper.w.group_of("ola") != paper.w.group_of("ivan")
    assert paper.w.group_of("nobody") is None


def test_somebody_in_no_group_can_be_put_into_one() -> None:
    paper = opened().grouped(("ivan", "eva", "ola"))
    paper.do(c.DissolveGroups(workshop="w1", by=ANNA))
    assert not paper.w.groups and paper.w.grouped
    assert paper.do(c.DissolveGroups(workshop="w1", by=ANNA)) == (), "twice is once"
    paper.joins("zoe")
    assert not paper.w.groups, "nobody is placed where there are no groups"


def test_the_card_of_who_is_where_hangs_from_the_first_forming_on() -> None:
    paper = opened()
    assert "groups" not in paper.hung()
    paper.grouped(("ivan", "eva", "ola"))
    assert paper.hung()["groups"] == "GroupsCard"
    paper.do(c.DissolveGroups(workshop="w1", by=ANNA))
    assert paper.hung()["groups"] == "GroupsCard", "it says that all work together"


def test_only_facilitators_form_and_move() -> None:
    paper = opened().grouped(("ivan", "eva", "ola"))
    assert reason(paper.moves_to("ola", 0, by="ivan")) == Reason.ONLY_FACILITATORS
    assert reason(paper.do(c.FormGroups(workshop="w1", by="ivan", groups=(("ivan",),)))) == Reason.ONLY_FACILITATORS
    assert reason(paper.do(c.DissolveGroups(workshop="w1", by="ivan"))) == Reason.ONLY_FACILITATORS


def test_without_a_number_groups_are_as_the_template_says() -> None:
    paper = Paper(replace(SESSION, forming=Forming(3, 2, 3, ("role",)))).opens()
    for number in range(8):
        paper.do(c.Join(workshop="w1", by=f"p{number}", name=f"P{number}", country="PL", role=f"R{number % 3}"))
    found = proposed(paper.w)
    assert isinstance(found, Formed)
    assert sorted(map(len, found.groups.values())) == [2, 3, 3]
    roles = [{paper.w.people[id].role for id in members} for members in found.groups.values()]
    assert [len(some) for some in roles] == [len(members) for members in found.groups.values()], "mixed by role alone"
    by_nothing = replace(paper.w, plan=replace(SESSION, forming=Forming(4, mix_by=())))
    found = proposed(by_nothing)
    assert isinstance(found, Formed) and len(found.groups) == 2
    with pytest.raises(ValueError, match="how many"):
        proposed(replace(paper.w, plan=SESSION))
