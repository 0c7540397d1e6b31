"""The organiser's list: put in, mended, found again when people join, forgotten; and groups as it means them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.workshop.paper import ANNA, Paper, names, opened, reason
from workshop import commands as c
from workshop.expecting import LIMITS, MOST, is_address, on_list, seated_as_listed
from workshop.model import Expected, Workshop
from workshop.refusals import Reason, Refused

EVA = Expected("Ewa Nowak", "ewa@um.pl", "Urząd Miasta", "PL", "inspector", "Group 2", "Too few people", "pl")
OLA = Expected("Ola Lis", group="1")


def puts(paper: Paper, *people: Expected, by: str = ANNA) -> object:
    return paper.do(c.Expect(workshop="w1", by=by, people=people))


def comes(paper: Paper, who: str, key: str = "") -> object:
    return paper.do(c.Join(workshop="w1", by=who, name=who, expected=key))


def test_the_list_is_kept_until_people_come() -> None:
    paper = opened()
    assert names(puts(paper, EVA, OLA)) == ["ListChanged"]  # type: ignore[arg-type]
    assert puts(paper, EVA) == (), "twice is once"
    comes(paper, "eva", EVA.key)
    assert paper.w.expected == (OLA,)
    assert paper.w.seats == {"eva": "Group 2"}
    comes(paper, "eva", EVA.key)
    assert paper.w.seats == {"eva": "Group 2"} and "eva" in paper.w.people


def test_who_was_meant_for_no_group_has_no_seat() -> None:
    paper = opened()
    puts(paper, Expected("Jan"))
    comes(paper, "jan", Expected("JAN").key)
    assert (paper.w.expected, paper.w.seats) == ((), {})


def test_the_same_address_is_the_same_person_with_new_words() -> None:
    paper = opened()
    puts(paper, EVA, OLA)
    puts(paper, Expected(" Ewa\nN. ", "EWA@um.pl"))
    assert paper.w.expected == (Expected("Ewa N.", "EWA@um.pl"), OLA)


@pytest.mark.parametrize(
    ("person", "facts"),
    [
        (Expected(" "), {"row": 2, "field": "name", "why": "missing"}),
        (Expected("x" * 141), {"row": 2, "field": "name", "why": "long"}),
        (Expected("x", challenge="x" * 281), {"row": 2, "field": "challenge", "why": "long"}),
        (Expected("x", "no address"), {"row": 2, "field": "address", "why": "address"}),
        (Expected("x", language="de"), {"row": 2, "why": "language", "language": "de", "known": "en,pl,bg,lv,hu"}),
    ],
)
def test_one_wrong_row_and_nothing_is_put_in(person: Expected, facts: dict[str, object]) -> None:
    paper = opened()
    refused = puts(paper, EVA, person)
    assert isinstance(refused, Refused) and refused.reason is Reason.WRONG_LIST
    assert refused.facts.items() >= facts.items()
    assert paper.w.expected == ()


def test_an_empty_list_and_too_long_a_one() -> None:
    paper = opened()
    assert reason(puts(paper)) == Reason.WRONG_LIST
    assert reason(puts(paper, *(Expected(f"P{n}") for n in range(MOST + 1)))) == Reason.WRONG_LIST
    puts(paper, *(Expected(f"P{n}") for n in range(MOST)))
    assert len(paper.w.expected) == MOST
    assert reason(puts(paper, EVA)) == Reason.WRONG_LIST


def test_it_is_forgotten_on_request_and_at_the_end() -> None:
    for end in (c.ForgetList(workshop="w1", by=ANNA), c.Cancel(workshop="w1", by=ANNA)):
        paper = opened()
        puts(paper, EVA, OLA)
        comes(paper, "eva", EVA.key)
        paper.do(end)
        assert paper.w.expected == ()
        assert "um.pl" not in repr(paper.w)
    assert paper.w.seats == {}
    fresh = opened()
    assert fresh.do(c.ForgetList(workshop="w1", by=ANNA)) == ()


@pytest.mark.parametrize(
    ("addresses", "name", "expected"),
    [
        (["EWA@UM.PL"], "Somebody", EVA),
        (["x@y.lv", "ewa@um.pl"], "Ola Lis", EVA),
        ([], "Ola LIS", OLA),
        ([""], "Ewa Nowak", None),
        (["other@um.pl"], "Ewa Nowak", None),
        ([], "Twin", None),
        ([], "Nobody", None),
    ],
)
def test_who_of_the_list_somebody_is(addresses: list[str], name: str, expected: Expected | None) -> None:
    """By address; by name only where the list has none for it, and once: else they would read of another."""
    paper = opened()
    puts(paper, EVA, OLA, Expected("Twin", "one@um.pl"), Expected("Twin"))
    assert on_list(paper.w, addresses, name) == expected
    assert on_list(opened().w, addresses, name) is None


@pytest.mark.parametrize(
    ("words", "right"),
    [
        ("a@b.pl", True), ("ewa.nowak_x#EXT#@contoso.onmicrosoft.com", True), ("a@b", False), ("@b.pl", False),
        ("a b@c.pl", False), ("a@.", False), ("", False), ("ż@ż.pl", True),
    ],
)  # fmt: skip
def test_what_may_be_an_address(words: str, right: bool) -> None:
    assert is_address(words) is right


def test_groups_as_the_list_means_them() -> None:
    paper = opened()
    meant = {"ada": "10", "bo": "Group 2", "cy": "group 2", "di": "North", "ed": "2a", "fe": ""}
    puts(paper, *(Expected(who, group=group) for who, group in meant.items()))
    for who in meant:
        comes(paper, who, Expected(who).key)
    gone = opened()
    puts(gone, OLA)
    comes(gone, "ola", OLA.key)
    assert seated_as_listed(replace(gone.w, people={})) == ()
    assert seated_as_listed(paper.w) == (("ed",), ("bo", "cy"), ("ada",), ("di",))
    paper.do(c.FormGroups(workshop="w1", by=ANNA, groups=seated_as_listed(paper.w)))
    assert {who for group in paper.w.groups for who in group.members} >= set(meant), "fe is placed too"
    assert len(seated_as_listed(opened().w)) == 0


def test_fields_are_as_long_as_the_form_of_join_takes() -> None:
    paper = opened()
    full = Expected(**{field: "x" * limit for field, limit in LIMITS.items() if field not in ("address", "language")})
    assert not isinstance(puts(paper, full), Refused)
    joined = paper.do(
        c.Join(
            workshop="w1", by="x", name=full.name, institution=full.institution, country=full.country, role=full.role,
            challenge=full.challenge, expected=full.key,
        )
    )  # fmt: skip
    assert not isinstance(joined, Refused)
    assert isinstance(paper.w, Workshop) and paper.w.expected == ()
