"""Who has which role: named by mention and by the form, removed again, and everything that is refused in words."""

from __future__ import annotations

import pytest

from dialogs.turn import Via, Who
from tests.dialogs.talk import PRIVATE, Talk, facts, said, shown, why
from workshop.model import Workshop
from workshop.service import NotStored
from workshop.views import Opener, RolesForm

ROLES = ("facilitator", "moderator", "reserve")


def holders(w: Workshop, role: str) -> list[str]:
    return [person.id for person in w.people.values() if getattr(person, role)]


@pytest.mark.parametrize("role", ROLES)
async def test_several_by_mention_and_redelivered_and_removed_again(role: str) -> None:
    talk = await Talk().starts()
    had = holders(talk.w, role)
    reply = await talk.types("anna", role, mentioned=("ivan", "zoe"), delivery="d1")
    assert (said(reply), facts(reply)) == ("role_given", {"role": role, "who": "Ivan, Zoe", "already": ""})
    revision = talk.w.revision
    reply = await talk.types("anna", role, mentioned=("ivan", "zoe"), delivery="d1")
    assert (said(reply), facts(reply)["who"], talk.w.revision) == ("role_given", "Ivan, Zoe", revision)
    assert holders(talk.w, role) == [*had, "ivan", "zoe"] and not talk.w.people["zoe"].joined
    reply = await talk.types("anna", role, mentioned=("ivan", "eva"))
    assert facts(reply) == {"role": role, "who": "Eva", "already": "Ivan"}
    reply = await talk.types("anna", f"no_{role}", mentioned=("ivan", "ola"))
    assert (said(reply), facts(reply)) == ("role_taken", {"role": role, "who": "Ivan", "already": "Ola"})
    reply = await talk.types("anna", f"no_{role}", mentioned=("nobody",))
    assert facts(reply) == {"role": role, "who": "", "already": "Nobody"}


async def test_what_is_not_done_is_said() -> None:
    talk = await Talk().starts()
    before = talk.w
    for verb in (*ROLES, *(f"no_{role}" for role in ROLES), "group_facilitator", "no_group_facilitator"):
        reply = await talk.types("anna", verb)
        assert (said(reply), facts(reply)) == ("mention_somebody", {"command": verb})
        assert said(await talk.types("anna", verb, kolbot=True)) == "not_kolbot"
        assert said(await talk.types("ivan", verb, mentioned=("ivan",))) == "only_facilitators"
        talk.outside, talk.unseen = {"max"}, {"una"}
        reply = await talk.types("anna", verb, mentioned=("eva", "max"))
        assert (said(reply), facts(reply)["who"]) == ("outside", "Max")
        assert facts(reply)["named"] == (0 if verb.startswith("no_") else 1)
        reply = await talk.types("anna", verb, mentioned=("eva", "una"))
        assert (said(reply), facts(reply)["who"]) == ("not_looked_up", "Una")
    assert said(await talk.types("anna", "no_facilitator", mentioned=("anna",))) == "last_facilitator"
    assert talk.w == before
    talk.memory.fails = NotStored(certain=True)
    assert said(await talk.types("anna", "moderator", mentioned=("eva",))) == "not_stored"


async def test_where_there_is_no_workshop_and_where_it_is_over() -> None:
    talk = Talk()
    for verb in (*ROLES, "roles", "named", "unnamed", "group_facilitator"):
        assert said(await talk.turn("anna", verb)) == "no_workshop"
    await talk.opens()
    await talk.turn("anna", "cancel", sure=True)
    assert said(await talk.types("anna", "facilitator", mentioned=("eva",))) == "not_now"


# ---- the form


async def test_the_form_offers_who_joined_and_who_is_there() -> None:
    talk = await Talk().opens()
    assert shown(await talk.types("anna", "roles"), Opener).verb == "roles"
    talk.roster = [Who("ivan", "Ivan K."), Who("max", "Max")]
    form = shown(await talk.turn("anna", "roles"), RolesForm)
    assert form.offered == (("ivan", "Ivan"), ("eva", "Eva"), ("ola", "Ola"), ("anna", "Anna"), ("max", "Max"))
    assert said(await talk.turn("ivan", "roles")) == "only_facilitators"
    talk.roster = [Who(f"p{number}", "P") for number in range(101)]
    assert len(shown(await talk.turn("anna", "roles"), RolesForm).offered) == 4, "Teams finds them by their names"
    private = shown(await talk.turn("anna", "roles", where=PRIVATE), RolesForm)
    assert len(private.offered) == 4


async def test_named_and_removed_by_the_form() -> None:
    talk = await Talk().starts()
    form = shown(await talk.turn("anna", "named", role="facilitator", person="ivan,tenant:max"), RolesForm)
    assert (why(form), form.chosen) == ("role_given", ())
    assert holders(talk.w, "facilitator") == ["anna", "ivan", "max"], "by what the conversation knows them by"
    form = shown(await talk.turn("ivan", "unnamed", role="facilitator", person="max"), RolesForm)
    assert why(form) == "role_taken"
    assert said(await talk.turn("ivan", "unnamed", role="facilitator", person="ivan")) == "role_taken", "no form"
    assert said(await talk.turn("ivan", "unnamed", role="facilitator", person="anna")) == "only_facilitators"
    form = shown(await talk.turn("anna", "unnamed", role="facilitator", person="anna"), RolesForm)
    assert why(form) == "last_facilitator"
    assert holders(talk.w, "facilitator") == ["anna"]


async def test_many_at_once_are_found_among_the_members() -> None:
    talk = await Talk().starts()
    many = [f"tenant:p{number}" for number in range(8)]
    talk.roster = [Who(one, one.upper()) for one in many[:7]]
    form = shown(await talk.turn("anna", "named", role="moderator", person=",".join(["ivan", *many[:7]])), RolesForm)
    assert why(form) == "role_given" and holders(talk.w, "moderator") == ["ivan", *many[:7]]
    talk.outside = {"p7"}
    form = shown(await talk.turn("anna", "named", role="reserve", person=",".join(many)), RolesForm)
    assert why(form) == "outside" and not holders(talk.w, "reserve")
    talk.roster = []
    others = ",".join(f"q{number}" for number in range(7))
    form = shown(await talk.turn("anna", "named", role="reserve", person=others), RolesForm)
    assert why(form) == "not_looked_up", "the members cannot be read, and that is too many to ask for"


async def test_removed_while_their_dialog_is_open() -> None:
    talk = await Talk().starts()
    await talk.types("anna", "facilitator", mentioned=("ivan",))
    await talk.types("anna", "moderator", mentioned=("eva",))
    await talk.types("anna", "no_facilitator", mentioned=("ivan",))
    await talk.types("anna", "no_moderator", mentioned=("eva",))
    before = talk.w
    for verb in ("next", "close", "named", "unnamed", "roles", "console", "groups", "people"):
        reply = await talk.turn("ivan", verb, moves=before.moves, role="facilitator", person="anna")
        assert (said(reply), facts(reply)["who"]) == ("only_facilitators", "Anna"), verb
    for verb in ("moderate", "summary"):
        reply = await talk.turn("eva", verb)
        assert (said(reply), facts(reply)["who"]) == ("only_moderators", "Anna"), verb
    assert talk.w == before


async def test_the_form_refuses_and_keeps_what_was_chosen() -> None:
    talk = await Talk().starts()
    talk.outside = {"max"}
    form = shown(await talk.turn("anna", "named", role="moderator", person="max,ivan"), RolesForm)
    assert (why(form), form.chosen, form.role) == ("outside", ("max", "ivan"), "moderator")
    assert why(shown(await talk.turn("anna", "named", role="moderator"), RolesForm)) == "nobody_chosen"
    for role in ("", "king", "1", "99999999"):
        assert why(shown(await talk.turn("anna", "named", role=role, person="ivan"), RolesForm)) == "no_groups"
    assert not holders(talk.w, "moderator")


async def test_a_group_is_led_by_the_form() -> None:
    talk = await Talk().opens()
    await talk.turn("anna", "form_groups", way="count", number="2")
    form = shown(await talk.turn("anna", "named", role="1", person="ivan"), RolesForm)
    assert why(form) == "group_facilitator_named"
    assert talk.w.groups[0].facilitators == ("ivan",)
    assert why(shown(await talk.turn("anna", "named", role="7", person="ivan"), RolesForm)) == "unknown_group"
    assert why(shown(await talk.turn("anna", "named", role="1", person="max"), RolesForm)) == "stranger"
    form = shown(await talk.turn("anna", "unnamed", role="1", person="ivan"), RolesForm)
    assert why(form) == "group_facilitator_dropped" and talk.w.groups[0].facilitators == ()


async def test_by_a_button_of_a_card_it_is_the_same() -> None:
    talk = await Talk().starts()
    assert shown(await talk.turn("anna", "roles", Via.CARD), RolesForm)
