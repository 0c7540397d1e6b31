"""Who works with whom, on the card for all and in the facilitator's form: any size, hostile names."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cards import draw, title_of
from cards.elements import weight_of
from locales import LANGUAGES
from tests.cards.lint import LARGEST, lint
from tests.cards.sample import CLOSES, NAME, TYPED, person, place, workshop
from tests.cards.walk import buttons_of, inputs_of, text_of
from workshop.model import Group, Status, Workshop
from workshop.plan import Forming
from workshop.refusals import Reason, Refused
from workshop.said import Said, Spoken
from workshop.views import AnswerForm, GroupsCard, GroupsForm, View

WHYS = ("nobody", "changed", "empty_groups", "apart_too_many", "together_and_apart", "rules_clash", "number")


def grouped(people: int, groups: int, status: Status = Status.LOBBY) -> Workshop:
    w = workshop(status, people=people)
    ids = list(w.people)
    made = tuple(Group(n + 1, tuple(ids[n::groups])) for n in range(groups))
    return replace(w, groups=made, together=(frozenset(ids[:2]),), apart=(frozenset(ids[:3]),))


def lobby() -> Workshop:
    return workshop(people=3)


def formed(*settings: Any) -> Workshop:
    w = lobby()
    return replace(w, plan=replace(w.plan, forming=Forming(*settings)))


def test_the_form_says_what_the_template_says_of_groups() -> None:
    field = inputs_of(draw(GroupsForm(formed(6, 4, 8)), "en"))["number"]
    assert field["placeholder"] == "Empty: as in the template, about 6 in a group, from 4 to 8"
    field = inputs_of(draw(GroupsForm(formed(6, 4)), "en"))["number"]
    assert field["placeholder"] == "Empty: as in the template, about 6 in a group, at least 4"
    assert "placeholder" not in inputs_of(draw(GroupsForm(lobby()), "en"))["number"]
    assert "Spread over the groups as evenly as can be: role and country." in text_of(
        draw(GroupsForm(formed(6, 1, None, ("role", "country"))), "en")
    )
    assert "The template mixes the groups by nothing" in text_of(draw(GroupsForm(formed(6, 1, None, ())), "en"))


VIEWS: list[View] = [
    GroupsCard(grouped(3, 2)),
    GroupsCard(grouped(500, 60, Status.FINISHED)),
    GroupsCard(lobby()),
    GroupsForm(lobby()),
    GroupsForm(grouped(7, 2), "count", "x" * 12, "0,1", "2,9", "1", "2", Refused(Reason.NO_GROUPS)),
    GroupsForm(grouped(80, 9), number="9"),
    GroupsForm(grouped(500, 60), together=NAME, person=NAME, sentence=Spoken(Said.GROUPS_FORMED, {"groups": 60})),
]


@pytest.mark.no_cover
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", VIEWS)
def test_every_state_is_a_card_that_teams_takes(view: View, language: str) -> None:
    card = draw(view, language)
    dialog = isinstance(view, GroupsForm)
    assert lint(card, user_words=TYPED, edited=not dialog, dialog=dialog) == []
    assert weight_of(card) < LARGEST
    assert title_of(view, language)


def test_the_card_says_who_is_where_and_that_it_is_over() -> None:
    words = text_of(draw(GroupsCard(grouped(3, 2)), "en"))
    assert "Group 1 · 2 people" in words and "Group 2 · 1 person" in words
    assert f"{NAME} 0 and {NAME} 2"[:40] in words.replace("…", "")
    assert "facilitate" in buttons_of(draw(GroupsCard(grouped(3, 2)), "en"))
    assert not buttons_of(draw(GroupsCard(grouped(3, 2, Status.FINISHED)), "en"))
    assert "everybody works together" in text_of(draw(GroupsCard(lobby()), "en"))


def test_of_many_people_names_are_typed_and_of_few_chosen() -> None:
    few, many = draw(GroupsForm(grouped(80, 8)), "en"), draw(GroupsForm(grouped(81, 8), person=NAME), "en")
    assert inputs_of(few)["person"]["type"] == "Input.ChoiceSet" and inputs_of(many)["person"]["type"] == "Input.Text"
    assert len(inputs_of(few)["together"]["choices"]) == 80 and inputs_of(many)["person"]["value"] == NAME


def test_only_groups_that_are_there_can_be_changed() -> None:
    assert set(buttons_of(draw(GroupsForm(lobby()), "en"))) == {"form_groups", "console"}
    there = draw(GroupsForm(grouped(3, 2)), "en")
    assert set(buttons_of(there)) == {"form_groups", "console", "move_to_group", "lead_group", "dissolve_groups"}
    assert [choice["value"] for choice in inputs_of(there)["group"]["choices"]] == ["1", "2", "new"]


@pytest.mark.parametrize("why", WHYS)
def test_every_reason_has_its_own_sentence(why: str) -> None:
    def said(facts: dict[str, str | int]) -> str:
        return text_of(draw(GroupsForm(lobby(), sentence=Refused(Reason.WRONG_GROUPS, facts)), "en"))

    full = said({"why": why, "people": 3, "who": "Anna"})
    others = {said({"why": other, "people": 3, "who": "Anna"}) for other in WHYS if other != why}
    assert full not in others and said({"why": why})


@pytest.mark.parametrize("number", [1, 5])
def test_the_sentences_count(number: int) -> None:
    done = text_of(draw(GroupsForm(lobby(), sentence=Spoken(Said.GROUPS_FORMED, {"groups": number})), "en"))
    assert f"{number} group" in done
    assert "formed" in text_of(draw(GroupsForm(lobby(), sentence=Spoken(Said.GROUPS_FORMED)), "en"))


def test_the_answer_form_says_whom_one_works_with() -> None:
    w = replace(grouped(40, 2, Status.OPEN), at=0, closes_at=CLOSES)
    mine = text_of(draw(AnswerForm(w, place(0), person(0), ()), "en"))
    assert "Group 1: " in mine and "and 7 more" in mine and f"{NAME} 1," not in mine
    alone = replace(w, groups=(Group(3, ("t/p0",)),))
    assert "Group 3" in text_of(draw(AnswerForm(alone, place(0), person(0), ()), "en"))
    assert "Group" not in text_of(draw(AnswerForm(alone, place(0), person(1), ()), "en"))


def test_a_group_that_there_is_not_is_said_with_those_that_are() -> None:
    def said(**facts: str) -> str:
        return text_of(draw(GroupsForm(lobby(), sentence=Refused(Reason.UNKNOWN_GROUP, facts)), "en"))

    assert "There is no such group. Groups here: 1, 3." in said(groups="1, 3")
    assert "Please say which group." in said()
