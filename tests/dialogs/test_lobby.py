"""Opening and joining: by whom, where, twice, with which forged data."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dialogs.lobby import ROSTER
from dialogs.turn import Tell, Via, Who
from tests.dialogs.talk import ELSEWHERE, PRIVATE, STRANGE_TENANT, Talk, said, shown, why
from tests.workshop.paper import TENANT
from workshop.model import Status
from workshop.service import NotStored
from workshop.views import JoinForm, NewForm, Opener

# ---- new


async def test_typed_new_puts_a_button_there_and_the_button_opens_the_form() -> None:
    talk = Talk()
    talk.roster = [Who("anna", "Anna"), Who("rasa", "Rasa")]
    assert shown(await talk.types("anna", "new"), Opener).verb == "new"
    form = shown(await talk.turn("anna", "new", Via.CARD, speaks="pl"), NewForm)
    assert [plan.id for plan in form.plans] == ["session"]
    assert (form.language, form.members, form.sentence) == ("pl", (("rasa", "Rasa"),), None)


async def test_in_a_conversation_whose_members_cannot_be_listed_or_are_too_many_nobody_is_offered() -> None:
    talk = Talk()
    assert shown(await talk.turn("anna", "new", unlisted=True), NewForm).members == ()
    talk.roster = [Who(f"p{number}", "P") for number in range(ROSTER + 1)]
    assert shown(await talk.turn("anna", "new"), NewForm).members == ()
    assert len(shown(await talk.turn("p0", "new"), NewForm).members) == ROSTER


async def test_what_was_typed_becomes_the_workshop() -> None:
    talk = Talk()
    talk.roster = [Who("rasa", "Rasa")]
    reply = await talk.turn(
        "anna", "open", plan="session", title=" Ucząc się ", language="pl", reserves="rasa,stranger,,\x01"
    )
    assert said(reply) == "opened"
    w = talk.w
    assert (w.title, w.language, w.tenant, w.status) == ("Ucząc się", "pl", TENANT, Status.LOBBY)
    assert {person.id for person in w.people.values() if person.reserve} == {"rasa"}, "only who is in the conversation"
    assert len(w.id) == 16 and w.secret is not None and len(w.secret) == 64
    assert w.secret[:16] != w.id, "two different secrets"


async def test_without_title_or_language_the_template_s_and_one_s_own() -> None:
    talk = Talk()
    assert said(await talk.turn("anna", "open", plan="session", title="  ", language="pl")) == "opened"
    assert (talk.w.title, talk.w.language) == ("Sesja", "pl")
    talk = Talk()
    await talk.turn("anna", "open", plan="session", title="\u200e", language=7)
    assert (talk.w.title, talk.w.language) == ("Session", "en")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"plan": "nonsense"}, "unknown_template"),
        ({"plan": None}, "unknown_template"),
        ({"plan": ["session"]}, "unknown_template"),
        ({}, "unknown_template"),
        ({"plan": "session", "language": "hu"}, "unknown_language"),
        ({"plan": "session", "title": "x" * 141}, "too_long"),
    ],
)
async def test_a_wrong_form_comes_back_with_what_was_typed(data: dict[str, object], reason: str) -> None:
    talk = Talk()
    reply = await talk.turn("anna", "open", **{"title": "Mine", **data})
    form = shown(reply, NewForm)
    assert why(form) == reason
    assert form.title == data.get("title", "Mine")
    assert not talk.memory.workshops


async def test_one_at_a_time_in_a_conversation_and_several_in_several() -> None:
    talk = await Talk().opens()
    for verb in ("new", "open"):
        assert said(await talk.turn("eva", verb, plan="session")) == "already_open"
    assert said(await talk.turn("eva", "open", where=ELSEWHERE, plan="session")) == "opened"
    assert said(await talk.turn("eva", "open", where=STRANGE_TENANT, plan="session")) == "opened"
    assert len(talk.memory.workshops) == 3


async def test_after_the_end_a_new_one_can_be_opened_there() -> None:
    talk = await Talk().opens()
    await talk.turn("anna", "cancel", sure=True)
    assert said(await talk.turn("eva", "open", plan="session")) == "opened"


@pytest.mark.parametrize("verb", ["new", "open"])
async def test_not_in_a_personal_chat_and_not_by_everybody(verb: str) -> None:
    assert said(await Talk().turn("anna", verb, where=PRIVATE, plan="session")) == "not_here"
    talk = Talk(openers=frozenset({"anna"}))
    assert said(await talk.turn("eva", verb, plan="session")) == "may_not_open"
    assert not isinstance(await talk.turn("anna", "new"), Tell)


async def test_two_who_open_at_once_and_the_store_says_who_was_first() -> None:
    talk = Talk()
    talk.memory.fails = NotStored(certain=False)
    form = shown(await talk.turn("anna", "open", plan="session", title="Mine"), NewForm)
    assert (why(form), form.title, form.plan) == ("not_confirmed", "Mine", "session")


async def test_the_same_delivery_opens_one_workshop() -> None:
    talk = Talk()
    await talk.turn("anna", "open", plan="session", delivery="d1")
    await talk.turn("anna", "cancel", sure=True)
    await talk.turn("anna", "open", plan="session", delivery="d1")
    assert len(talk.memory.workshops) == 1


# ---- join


async def test_the_notice_is_filled_with_what_was_said_before() -> None:
    talk = await Talk().opens()
    await talk.turn("ivan", "joined", country="BG", institution="City", role="clerk", challenge="Queues")
    form = shown(await talk.turn("ivan", "join", Via.CARD), JoinForm)
    assert (form.person.country, form.person.challenge, form.step) == ("BG", "Queues", None)
    fresh = shown(await talk.turn("zoe", "join", speaks="pl"), JoinForm)
    assert (fresh.person.name, fresh.person.language, fresh.person.joined) == ("Zoe", "pl", False)
    assert shown(await talk.types("ivan", "join"), Opener).verb == "join"


async def test_joining_counts_people_and_twice_is_once() -> None:
    talk = await Talk().opens()
    for _ in range(2):
        reply = await talk.turn("zoe", "joined", language="pl")
        assert isinstance(reply, Tell) and dict(getattr(reply.sentence, "facts", {})) == {
            "title": "Learning",
            "people": 4,
            "waits": 1,
        }
    assert talk.people.languages["zoe"] == "pl"
    await talk.turn("anna", "start")
    reply = await talk.turn("eva", "joined", language="pl")
    assert isinstance(reply, Tell) and dict(getattr(reply.sentence, "facts", {}))["waits"] == 0


async def test_joining_that_comes_late_undoes_nothing_that_was_said_since() -> None:
    talk = await Talk().opens()
    newer = {"language": "pl", "institution": "The new one"}
    await talk.turn("zoe", "joined", delivery="d2", said=talk.now + timedelta(seconds=1), **newer)
    late = await talk.turn("zoe", "joined", delivery="d1", said=talk.now, language="en", institution="The old one")
    assert said(late) == "joined" and late.language == "pl"
    assert talk.w.people["zoe"].institution == "The new one" and talk.people.languages["zoe"] == "pl"


async def test_what_is_too_long_comes_back() -> None:
    talk = await Talk().opens()
    form = shown(await talk.turn("zoe", "joined", challenge="x" * 281, country="LV", step=0), JoinForm)
    assert (why(form), form.person.challenge, form.person.country, form.step) == ("too_long", "x" * 281, "LV", 0)
    assert "zoe" not in talk.w.people and "zoe" not in talk.people.languages


async def test_a_language_that_there_is_not_is_refused() -> None:
    talk = await Talk().opens()
    assert why(shown(await talk.turn("zoe", "joined", language="xx"), JoinForm)) == "unknown_language"
    assert "zoe" not in talk.people.languages


async def test_after_the_end_nobody_joins() -> None:
    talk = await Talk().opens()
    await talk.turn("anna", "cancel", sure=True)
    for via in Via:
        assert said(await talk.turn("zoe", "join", via)) == "not_now"
    assert why(shown(await talk.turn("zoe", "joined"), JoinForm)) == "not_now"


@pytest.mark.parametrize("verb", ["join", "joined", "board", "stage", "summary", "moderate", "moderated"])
async def test_where_there_is_no_workshop(verb: str) -> None:
    talk = await Talk().opens()
    for via in Via:
        assert said(await talk.turn("ivan", verb, via, where=ELSEWHERE)) == "no_workshop"
        assert said(await talk.turn("ivan", verb, via, where=ELSEWHERE, w=talk.w.id)) == "elsewhere"
