"""Forming groups and moving people in the dialog: what is refused keeps what was typed."""

from __future__ import annotations

import pytest

from cards import draw
from dialogs.turn import Via
from tests.cards.walk import text_of
from tests.dialogs.talk import Talk, facts, said, shown, why
from workshop.service import NotStored
from workshop.views import Console, GroupsForm, Opener


def where(talk: Talk) -> list[tuple[str, ...]]:
    return [group.members for group in talk.w.groups]


def place_of(talk: Talk, who: str) -> str:
    """By what the lists of the form name somebody."""
    return str(list(talk.w.people).index(who))


async def test_the_form_opens_from_the_console_and_typed_with_a_button() -> None:
    talk = await Talk().opens()
    assert shown(await talk.types("anna", "groups"), Opener).verb == "groups"
    assert shown(await talk.turn("anna", "groups"), GroupsForm).way == "size"
    assert said(await talk.turn("ivan", "groups")) == "only_facilitators"
    assert said(await talk.turn("ivan", "form_groups", number="2")) == "only_facilitators"
    assert said(await Talk().turn("anna", "groups")) == "no_workshop"
    assert said(await Talk().turn("anna", "move_to_group")) == "no_workshop"


async def test_groups_by_number_and_by_size() -> None:
    talk = await Talk().opens()
    form = shown(await talk.turn("anna", "form_groups", way="count", number=" 3 "), GroupsForm)
    assert why(form) == "groups_formed" and form.number == ""
    assert sorted(map(len, where(talk))) == [1, 1, 1]
    await talk.turn("anna", "form_groups", way="size", number="3")
    assert list(map(sorted, where(talk))) == [["eva", "ivan", "ola"]]
    form = shown(await talk.turn("anna", "dissolve_groups"), GroupsForm)
    assert why(form) == "groups_dissolved" and not talk.w.groups


@pytest.mark.parametrize("number", ["", "0", "six", "2.5", "-1", "٣", "99999", "1e1"])
async def test_what_is_no_number_of_groups(number: str) -> None:
    talk = await Talk().opens()
    form = shown(await talk.turn("anna", "form_groups", way="count", number=number, together="Ivan, Eva"), GroupsForm)
    assert why(form) == "wrong_groups" and not talk.w.groups
    assert (form.way, form.number, form.together) == ("count", number, "Ivan, Eva"), "what was typed is still there"


async def test_more_groups_than_people_and_rules_that_cannot_hold() -> None:
    talk = await Talk().opens()
    reply = await talk.turn("anna", "form_groups", way="count", number="4")
    assert facts(reply)["why"] == "empty_groups"
    both = ",".join(place_of(talk, who) for who in ("ivan", "eva"))
    reply = await talk.turn("anna", "form_groups", way="count", number="2", together=both, apart=both)
    assert facts(reply)["why"] == "together_and_apart" and facts(reply)["who"] == "Ivan, Eva"
    reply = await talk.turn("anna", "form_groups", way="size", number="9", apart="ivan, EVA , ")
    assert facts(reply)["why"] == "apart_too_many"


async def test_rules_add_up_until_they_are_forgotten() -> None:
    talk = await Talk().opens()
    await talk.turn("anna", "form_groups", way="count", number="2", apart="ivan, eva")
    await talk.turn("anna", "form_groups", way="count", number="2", together="eva, ola", apart="eva, ivan")
    assert talk.w.apart == (frozenset({"ivan", "eva"}),), "the same rule once"
    assert sorted(map(sorted, where(talk))) == [["eva", "ola"], ["ivan"]]
    await talk.turn("anna", "form_groups", way="count", number="1", apart="ivan", forget="true")
    assert not talk.w.apart and not talk.w.together, "one person alone is no rule"


async def test_moving_somebody_and_naming_nobody() -> None:
    talk = await Talk().opens()
    form = shown(await talk.turn("anna", "move_to_group", person=place_of(talk, "ivan"), group="1"), GroupsForm)
    assert why(form) == "no_groups"
    await talk.turn("anna", "form_groups", way="size", number="3")
    form = shown(await talk.turn("anna", "move_to_group", person=place_of(talk, "ivan"), group="new"), GroupsForm)
    assert why(form) == "moved_to_group" and where(talk) == [("eva", "ola"), ("ivan",)]
    for who, group, reason in (
        ("ola", "2", "moved_to_group"),
        ("", "2", "not_in_workshop"),
        ("ivan, ola", "2", "not_in_workshop"),
        ("Zoe", "2", "not_in_workshop"),
        (place_of(talk, "anna"), "2", "not_in_workshop"),
        ("777", "2", "not_in_workshop"),
        ("ivan", "7", "unknown_group"),
        ("ivan", "", "unknown_group"),
        ("ivan", "²", "unknown_group"),
    ):
        form = shown(await talk.turn("anna", "move_to_group", person=who, group=group), GroupsForm)
        assert why(form) == reason, (who, group)
        assert form.person == ("" if reason == "moved_to_group" else who)


async def test_the_beginning_of_a_name_is_enough_where_only_one_begins_so() -> None:
    talk = await Talk().opens()
    await talk.turn("eve", "joined")
    reply = await talk.turn("anna", "form_groups", way="count", number="2", together="ev, ol")
    assert facts(reply) == {"who": "ev"}
    reply = await talk.turn("anna", "form_groups", way="count", number="2", together="eve, ol")
    assert why(shown(reply, GroupsForm)) == "groups_formed"
    assert any({"eve", "ola"} <= set(group) for group in where(talk))


async def test_the_console_counts_each_group_but_not_where_the_step_is_anonymous() -> None:
    talk = await Talk().starts()
    await talk.turn("anna", "form_groups", way="count", number="3")
    await talk.turn("ivan", "submit", **{"a.K1.good": "alpha"})
    by_group = shown(await talk.turn("anna", "console"), Console).by_group
    assert sorted(by_group) == [(number, "ivan" in members, 1) for number, members in enumerate(where(talk), 1)]
    words = text_of(draw(shown(await talk.turn("anna", "console"), Console), "en"))
    assert " · ".join(f"Group {number}: {answered} of 1" for number, answered, _ in by_group) in words
    while not any(prompt.anonymous for prompt in talk.w.plan.places[talk.w.at].step.prompts):
        await talk.next()
    assert shown(await talk.turn("anna", "console"), Console).by_group == ()


async def test_what_could_not_be_stored_keeps_what_was_typed() -> None:
    talk = await Talk().opens()
    talk.memory.fails = NotStored(certain=True)
    form = shown(await talk.turn("anna", "form_groups", Via.DIALOG, way="count", number="2"), GroupsForm)
    assert why(form) == "not_stored" and form.number == "2"
