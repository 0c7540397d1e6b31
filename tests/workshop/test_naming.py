"""Naming people and taking it back: twice, several at once, the last facilitator, each other, after a take-over."""

from __future__ import annotations

import pytest

from tests.workshop.paper import ANNA, Paper, names, opened, reason
from workshop import commands as c, events as e
from workshop.naming import ROLE_OF, holds
from workshop.refusals import Reason, Refused

ROLES = tuple(ROLE_OF)


def named(kind: type[c.NameRole], *people: str, by: str = ANNA, still: bool = True) -> c.AnyCommand:
    command = kind(workshop="w1", by=by, people=tuple((who, who.title()) for who in people), named=still)
    assert isinstance(command, c.NameFacilitator | c.NameModerator | c.NameReserve)
    return command


@pytest.mark.parametrize("kind", ROLES)
def test_a_role_is_given_and_taken_and_twice_is_once(kind: type[c.NameRole]) -> None:
    paper, role = opened(), ROLE_OF[kind]
    assert names(paper.do(named(kind, "ivan", "zoe", "ivan"))) == ["PersonChanged"] * 2
    assert holds(paper.w, "ivan", role) and holds(paper.w, "zoe", role) and not paper.w.people["zoe"].joined
    assert paper.do(named(kind, "ivan")) == ()
    both = paper.do(named(kind, "ivan", "eva"))
    assert [event.person for event in both if isinstance(event, e.PersonChanged)] == ["eva"]  # type: ignore[union-attr]
    assert names(paper.do(named(kind, "ivan", "eva", still=False))) == ["PersonChanged"] * 2
    assert not holds(paper.w, "ivan", role) and holds(paper.w, "zoe", role)
    assert paper.do(named(kind, "ivan", "nobody", still=False)) == ()
    assert paper.w.people["ivan"].joined, "who has joined stays in"
    assert "nobody" not in paper.w.people


def test_the_last_facilitator_stays_whoever_takes_it_from_whom() -> None:
    paper = opened()
    assert reason(paper.do(named(c.NameFacilitator, ANNA, still=False))) == "last_facilitator"
    paper.names_facilitator("eva")
    both = named(c.NameFacilitator, ANNA, "eva", "ivan", still=False)
    assert reason(paper.do(both)) == "last_facilitator"
    assert [one.id for one in paper.w.facilitators] == [ANNA, "eva"], "all of them, or nobody"
    assert names(paper.do(named(c.NameFacilitator, ANNA, still=False))) == ["PersonChanged"]
    assert reason(paper.do(named(c.NameFacilitator, ANNA, by=ANNA))) == "only_facilitators"
    assert reason(paper.do(named(c.NameFacilitator, "eva", by="eva", still=False))) == "last_facilitator"


def test_two_who_remove_each_other_leave_one() -> None:
    paper = opened().names_facilitator("eva")
    assert names(paper.do(named(c.NameFacilitator, "eva", still=False))) == ["PersonChanged"]
    assert reason(paper.do(named(c.NameFacilitator, ANNA, by="eva", still=False))) == "only_facilitators"
    assert [one.id for one in paper.w.facilitators] == [ANNA]


def test_whoever_took_over_and_lost_it_again_may_take_over_again() -> None:
    paper = Paper().opens(reserves=(("rasa", "Rasa"),)).later(minutes=6)
    paper.do(c.TakeOver(workshop="w1", by="rasa"))
    assert paper.later(minutes=6).do(c.TakeOver(workshop="w1", by="rasa")) == (), "she leads already"
    assert names(paper.do(named(c.NameFacilitator, "rasa", still=False))) == ["PersonChanged"]
    assert reason(paper.do(c.TakeOver(workshop="w1", by="rasa"))) == "facilitator_active"
    assert names(paper.later(minutes=6).do(c.TakeOver(workshop="w1", by="rasa"))) == ["PersonChanged"]
    assert paper.w.takeovers == ("rasa", "rasa")


def test_without_reserves_any_more_a_moderator_takes_over() -> None:
    paper = Paper().opens(reserves=(("rasa", "Rasa"),)).names_moderator("moni")
    paper.do(named(c.NameReserve, "rasa", still=False))
    refused = paper.later(minutes=6).do(c.TakeOver(workshop="w1", by="rasa"))
    assert isinstance(refused, Refused)
    assert (refused.reason, refused.facts["moderators"]) == (Reason.ONLY_RESERVES, "Moni"), "it says who may"
    assert names(paper.do(c.TakeOver(workshop="w1", by="moni"))) == ["PersonChanged"]
