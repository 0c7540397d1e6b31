"""A group's own conversation in talk: the command, the form that asks whose it is, and every reason why not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.turn import Via, Where
from tests.dialogs.talk import ELSEWHERE, GROUP_CHAT, PRIVATE, STRANGE_TENANT, Talk, facts, said, shown, why
from tests.workshop.paper import TENANT
from workshop import commands as c
from workshop.groupwork import Ended
from workshop.model import Workshop
from workshop.service import NotStored
from workshop.views import AnswerForm, BindForm, BoardPage, GroupsForm, Help, NewForm, Opener

TWO = Where(TENANT, "19:two@thread.v2")
THREE = Where(TENANT, "19:three@thread.v2")


async def grouped(talk: Talk | None = None) -> Talk:
    """Two groups: Ivan and Eva, and Ola."""
    talk = talk or await Talk().opens()
    people = [person.id for person in talk.w.joined]
    command = c.FormGroups(workshop=talk.w.id, by="anna", groups=(tuple(people[:2]), tuple(people[2:])))
    await talk.kolbot.workshops.do(command)
    return talk


async def bound() -> Talk:
    talk = await grouped()
    reply = await talk.types("anna", "group_here", where=TWO, group="2")
    assert said(reply) == "group_bound"
    assert facts(reply) == {"group": 2, "title": "Learning"}
    return talk


async def second(talk: Talk) -> Workshop:
    """Anna opens one more workshop, elsewhere, with one group of Ivan and Eva."""
    await talk.turn("anna", "open", plan="session", title="Second", language="en", where=ELSEWHERE)
    other = talk.w
    for who in ("ivan", "eva"):
        await talk.turn(who, "joined", language="en", where=ELSEWHERE, w=other.id)
    await talk.kolbot.workshops.do(c.FormGroups(workshop=other.id, by="anna", groups=(("ivan",), ("eva",))))
    return talk.memory.workshops[other.id]


async def test_typed_it_is_done_and_twice_is_once() -> None:
    talk = await bound()
    assert talk.w.groups[1].place == TWO.home
    assert said(await talk.types("anna", "group_here", where=TWO, group="2")) == "already_so"
    assert len(talk.w.bindings) == 1


async def test_the_same_delivery_again_is_told_the_same() -> None:
    talk = await grouped()
    for _ in range(2):
        reply = await talk.types("anna", "group_here", where=TWO, group="2", delivery="activity 7")
        assert said(reply) in ("group_bound", "already_so")
    assert len(talk.w.bindings) == 1


async def test_a_conversation_elsewhere_takes_its_place() -> None:
    talk = await bound()
    assert said(await talk.types("anna", "group_here", where=THREE, group="2")) == "group_bound"
    assert [one.ended for one in talk.w.bindings] == [Ended.LEFT, None]
    assert said(await talk.turn("ivan", "board", Via.CARD, where=TWO, w=talk.w.id)) == "elsewhere"
    assert said(await talk.types("ivan", "stage", where=TWO)) == "no_workshop"


@pytest.mark.parametrize(
    ("who", "where", "group", "reason", "told"),
    [
        ("ivan", THREE, "2", "only_facilitators", {"who": "Anna"}),
        ("stranger", THREE, "2", "leads_none", {}),
        ("anna", THREE, "7", "unknown_group", {"groups": "1, 2"}),
        ("anna", THREE, "0", "", {}),
        ("anna", GROUP_CHAT, "1", "place_taken", {"group": 0, "title": "Learning"}),
        ("anna", TWO, "1", "place_taken", {"group": 2, "title": "Learning"}),
        ("ivan", TWO, "2", "place_taken", {"group": 2, "title": "Learning"}),
        ("anna", replace(THREE, tenant="another"), "1", "other_tenant", {}),
        ("anna", STRANGE_TENANT, "1", "other_tenant", {}),
        ("anna", PRIVATE, "1", "place_private", {"group": 1}),
    ],
)
async def test_every_refusal(who: str, where: Where, group: str, reason: str, told: dict[str, object]) -> None:
    talk = await bound()
    before = talk.w
    reply = await talk.types(who, "group_here", where=where, group=group)
    if reason:
        assert said(reply) == reason
        assert facts(reply) == told
    else:
        assert shown(reply, Opener).verb == "group_here", "no number: its dialog asks"
    assert talk.w is before


async def test_before_there_are_groups_and_after_the_end() -> None:
    talk = await Talk().opens()
    assert said(await talk.types("anna", "group_here", where=TWO, group="1")) == "no_groups"
    await grouped(talk)
    await talk.turn("anna", "cancel", sure=True, moves=talk.w.moves)
    assert said(await talk.types("anna", "group_here", where=TWO, group="1")) == "leads_none"


async def test_of_several_workshops_it_asks_which() -> None:
    talk = await grouped()
    first, other = talk.w, await second(talk)
    opener = shown(await talk.types("anna", "group_here", where=TWO, group="2"), Opener)
    assert (opener.verb, opener.group, opener.workshop) == ("group_here", 2, None), "no title before everybody"
    form = shown(await talk.turn("anna", "group_here", where=TWO, group=2), BindForm)
    assert {w.id for w in form.workshops} == {first.id, other.id}
    reply = await talk.turn("anna", "bind", where=TWO, choice=f"{other.id}/2")
    assert facts(reply) == {"group": 2, "title": "Second"}
    assert talk.memory.workshops[other.id].groups[1].place == TWO.home
    assert talk.memory.workshops[first.id].groups[1].place == ""
    # What the other has, this one cannot get.
    assert said(await talk.turn("anna", "bind", where=TWO, choice=f"{first.id}/1")) == "place_taken"


async def test_only_those_with_such_a_group_are_asked_about() -> None:
    talk = await grouped()
    first = talk.w
    await talk.turn("anna", "open", plan="session", title="Second", language="en", where=ELSEWHERE)
    assert said(await talk.types("anna", "group_here", where=TWO, group="2")) == "group_bound"
    assert talk.memory.workshops[first.id].groups[1].place == TWO.home


async def test_the_button_without_a_number_asks_which_group() -> None:
    talk = await grouped()
    form = shown(await talk.turn("anna", "group_here", where=TWO), BindForm)
    assert form.group == 0 and [w.id for w in form.workshops] == [talk.w.id]
    for nonsense in ("", "/", "w/1", f"{talk.w.id}/", f"{talk.w.id}/x", f"{talk.w.id}/99999", "nowhere/1"):
        again = await talk.turn("anna", "bind", where=TWO, choice=nonsense)
        assert why(shown(again, BindForm)) == "unknown_group"
    assert said(await talk.turn("anna", "bind", where=TWO, choice=f"{talk.w.id}/9")) == "unknown_group"
    assert said(await talk.turn("anna", "bind", where=TWO, choice=f"{talk.w.id}/1")) == "group_bound"


async def test_the_form_is_no_way_around_the_rules() -> None:
    talk = await grouped()
    choice = f"{talk.w.id}/1"
    assert said(await talk.turn("ivan", "bind", where=TWO, choice=choice)) == "only_facilitators"
    assert said(await talk.turn("stranger", "bind", where=TWO, choice=choice)) == "leads_none"
    assert said(await talk.turn("anna", "bind", where=PRIVATE, choice=choice)) == "place_private"
    assert said(await talk.turn("anna", "bind", where=GROUP_CHAT, choice=choice)) == "place_taken"
    assert said(await talk.turn("anna", "bind", where=replace(TWO, tenant="x"), choice=choice)) == "other_tenant"
    assert talk.w.bindings == ()


async def test_what_could_not_be_stored_is_said() -> None:
    talk = await grouped()
    talk.memory.fails = NotStored(certain=True)
    assert said(await talk.types("anna", "group_here", where=TWO, group="2")) == "not_stored"


async def test_a_facilitator_ends_it_in_the_groups_dialog() -> None:
    talk = await bound()
    form = shown(await talk.turn("anna", "groups"), GroupsForm)
    assert why(shown(await talk.turn("anna", "unbind", w=talk.w.id), GroupsForm)) == "unknown_group"
    assert said(await talk.turn("ivan", "unbind", w=talk.w.id, unbound="2")) == "only_facilitators"
    form = shown(await talk.turn("anna", "unbind", w=talk.w.id, unbound="2"), GroupsForm)
    assert why(form) == "group_unbound"
    assert talk.w.groups[1].place == ""


async def test_what_is_typed_and_pressed_there_works_there() -> None:
    talk = await bound()
    await talk.turn("anna", "start", moves=talk.w.moves)
    assert shown(await talk.turn("ola", "answer", where=TWO, w=talk.w.id, step=0), AnswerForm)
    assert shown(await talk.types("ola", "answer", where=TWO), Opener).verb == "answer"
    assert said(await talk.types("ola", "stage", where=TWO)) == "posted_again"
    assert said(await talk.types("ola", "board", where=TWO)) == "posted_again"
    assert talk.w.board_posts == 0 and talk.w.stage_posts["g2:0:board"] == 1
    page = shown(await talk.turn("ola", "board", Via.CARD, where=TWO, w=talk.w.id, group=2), BoardPage)
    assert page.board.group == 2
    assert said(await talk.types("anna", "nudge", where=TWO)) == "nudged"
    assert talk.w.nudges[-1].group == 2
    await talk.later(minutes=6).turn("anna", "nudge", where=TWO, w=talk.w.id, moves=talk.w.moves)
    assert talk.w.nudges[-1].group == 0, "the console is the whole workshop's, wherever it is opened"
    assert "stage" in shown(await talk.types("ola", "help", where=TWO), Help).verbs


async def test_nobody_opens_a_workshop_in_a_groups_conversation() -> None:
    talk = await bound()
    for verb in ("new", "open"):
        reply = await talk.turn("eva", verb, where=TWO, plan="session", language="en")
        assert said(reply) == "place_taken"
        assert facts(reply) == {"group": 2, "title": "Learning"}
    await talk.turn("anna", "cancel", sure=True, moves=talk.w.moves)
    assert shown(await talk.turn("eva", "new", where=TWO), NewForm), "once it is over, the conversation is free"


async def test_help_offers_it_where_it_can_be_done() -> None:
    talk = await bound()
    assert "group_here" in shown(await talk.types("anna", "help", where=THREE), Help).verbs
    for who, where in (("ivan", THREE), ("anna", TWO), ("anna", GROUP_CHAT), ("anna", PRIVATE)):
        assert "group_here" not in shown(await talk.types(who, "help", where=where), Help).verbs
