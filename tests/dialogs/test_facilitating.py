"""The facilitator's conversation: the console, and every course command by button and typed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.facilitate import what_happened
from dialogs.turn import Show, Tell, Via
from tests.dialogs.talk import ELSEWHERE, PRIVATE, Talk, facts, said, shown, why
from tests.workshop.session import COLLECT, VOTE
from workshop import commands as c
from workshop.model import Status
from workshop.service import Done, NotStored
from workshop.views import Confirm, Console, Opener

COURSE = ("start", "next", "back", "reopen", "close", "extend", "pause", "resume", "finish", "cancel", "nudge")
OTHERS = ("facilitate", "console", "late", "reveal", "takeover", "facilitator", "moderator", "pick", "picked")


# ---- the console


async def test_the_console_shows_who_is_silent_what_comes_and_what_may_be_done() -> None:
    talk = await Talk().starts()
    await talk.turn("ivan", "submit", **{"a.K1.good": "alpha"})
    console = shown(await talk.turn("anna", "facilitate", Via.CARD), Console)
    assert console.silent == ("Eva", "Ola")
    assert not console.show_names and console.sentence is None and console.pick is None
    assert console.upcoming is not None and console.upcoming.number == VOTE
    assert c.Next in console.may and c.Start not in console.may
    assert shown(await talk.turn("anna", "console", names=True), Console).show_names


async def test_nobody_is_named_where_a_prompt_is_anonymous_nor_where_no_step_is() -> None:
    talk = await Talk().opens()
    lobby = shown(await talk.turn("anna", "console"), Console)
    assert lobby.silent is None and lobby.upcoming is not None and lobby.upcoming.number == COLLECT
    await talk.turn("anna", "start")
    await talk.next()
    await talk.next()
    assert shown(await talk.turn("anna", "console"), Console).silent is None


async def test_at_the_end_nothing_comes() -> None:
    talk = await Talk().starts()
    for _ in range(4):
        await talk.next()
    assert talk.w.at == 6
    assert shown(await talk.turn("anna", "console"), Console).upcoming is None


async def test_the_console_refuses_those_who_may_not_and_typed_it_is_a_button() -> None:
    talk = await Talk().starts()
    for who in ("ivan", "stranger"):
        reply = await talk.turn(who, "facilitate")
        assert said(reply) == "only_facilitators"
        assert facts(reply) == {"who": "Anna"}
    assert shown(await talk.types("ivan", "facilitate"), Opener).verb == "facilitate"


async def test_a_vote_that_nobody_has_given_anything_for_yet_is_told() -> None:
    talk = await Talk().starts()
    console = shown(await talk.turn("anna", "facilitate", Via.CARD), Console)
    assert console.may_come is not None and (console.may_come[0].number, console.may_come[1]) == (VOTE, 0)
    await talk.turn("ivan", "submit", **{"a.K1.good": "alpha"})
    assert shown(await talk.turn("anna", "facilitate", Via.CARD), Console).may_come is None


async def test_moderators_and_reserves_see_the_console() -> None:
    talk = await Talk().starts()
    await talk.types("anna", "moderator", mentioned=("ivan",))
    console = shown(await talk.turn("ivan", "facilitate"), Console)
    assert c.HideEntry in console.may and c.Next not in console.may


# ---- the course


@pytest.mark.parametrize(
    ("verb", "status", "sentence"),
    [
        ("close", Status.CLOSED, "step_closed"),
        ("pause", Status.PAUSED, "paused"),
        ("extend", Status.OPEN, "extended"),
        ("nudge", Status.OPEN, "nudged"),
        ("next", Status.OPEN, "step_opened"),
    ],
)
async def test_a_command_by_button_and_the_console_says_what_happened(verb: str, status: Status, sentence: str) -> None:
    talk = await Talk().starts()
    await talk.turn("ivan", "submit", **{"a.K1.good": "alpha"})
    console = shown(await talk.turn("anna", verb, moves=talk.w.moves), Console)
    assert why(console) == sentence
    assert talk.w.status is status
    assert console.board.workshop.status is status


async def test_typed_it_is_a_sentence_in_the_workshop_s_language() -> None:
    talk = await Talk().starts()
    await talk.turn("ivan", "submit", **{"a.K1.good": "alpha"})
    talk.later(minutes=1)
    reply = await talk.types("anna", "next", speaks="pl")
    assert said(reply) == "step_opened"
    assert reply.language == "en"
    assert facts(reply) == {"step": "Vote", "stage": "knowledge", "minutes": 5}
    for verb, sentence in (
        ("pause", "paused"),
        ("resume", "resumed"),
        ("close", "step_closed"),
        ("reopen", "step_opened"),
    ):
        assert said(await talk.types("anna", verb)) == sentence
    assert said(await talk.types("anna", "back")) == "step_opened"
    assert talk.w.at == COLLECT


async def test_extend_by_so_many_minutes_and_by_nonsense() -> None:
    talk = await Talk().starts()
    reply = await talk.types("anna", "extend")
    assert (said(reply), facts(reply)) == ("extended", {"minutes": 5})
    talk.later(minutes=1)
    assert facts(await talk.types("anna", "extend", minutes="7")) == {"minutes": 7}
    talk.later(minutes=1)
    for forged in (0, -5, 121, 10**30, "0", "999999999"):
        assert said(await talk.types("anna", "extend", minutes=forged)) == "wrong_minutes"
    nonsense: tuple[object, ...] = ("-1", "five", "\x00", "٣", "1" * 10, 1.5, True, None, [])
    for unread in nonsense:
        talk.later(minutes=1)
        assert facts(await talk.types("anna", "extend", minutes=unread)) == {"minutes": 5}


async def test_two_facilitators_press_next_and_the_second_learns_of_the_first() -> None:
    talk = await Talk().starts()
    await talk.turn("ivan", "submit", **{"a.K1.good": "alpha"})
    await talk.types("anna", "facilitator", mentioned=("eva",))
    moves = talk.w.moves
    await talk.turn("anna", "next", moves=moves)
    console = shown(await talk.turn("eva", "next", moves=moves), Console)
    assert why(console) == "stale"
    assert facts(Show(console, "en")) == {"who": "Anna", "command": "next"}
    assert talk.w.at == VOTE


async def test_the_same_typed_twice_asks_and_sure_does_it_once() -> None:
    talk = await Talk().starts()
    await talk.types("anna", "extend", minutes=3)
    confirm = shown(await talk.types("anna", "extend", minutes=3), Confirm)
    assert (confirm.verb, confirm.extra, why(confirm)) == ("extend", {"minutes": 3}, "repeated")
    before = talk.w.closes_at
    data = {"moves": confirm.workshop.moves, "sure": True, "minutes": 3}
    assert isinstance(await talk.turn("anna", "extend", Via.CARD, **data), Tell)
    assert talk.w.closes_at != before
    assert why(shown(await talk.turn("anna", "extend", **data), Console)) == "stale"


@pytest.mark.parametrize(("verb", "status"), [("finish", Status.FINISHED), ("cancel", Status.CANCELLED)])
async def test_ending_asks_first(verb: str, status: Status) -> None:
    talk = await Talk().starts()
    for forged in (None, "yes", 7, "True", [True]):
        confirm = shown(await talk.turn("anna", verb, sure=forged), Confirm)
        assert (confirm.verb, confirm.sentence) == (verb, None)
    assert talk.w.status is Status.OPEN
    reply = await talk.turn("anna", verb, sure="true", moves=confirm.workshop.moves)
    assert why(shown(reply, Console)) == ("finished" if verb == "finish" else "cancelled")
    assert talk.w.status is status
    assert why(shown(await talk.turn("anna", verb), Console)) == "not_now", "it is not asked what cannot be"


async def test_who_may_not_is_told_who_may_whatever_the_verb_and_nothing_changes() -> None:
    talk = await Talk().starts()
    before = talk.w
    for verb in COURSE:
        for via in Via:
            reply = await talk.turn("ivan", verb, via, sure=True, moves=talk.w.moves)
            assert (said(reply), facts(reply)) == ("only_facilitators", {"who": "Anna"})
    assert said(await talk.turn("ivan", "late", allowed=True)) == "only_facilitators"
    assert said(await talk.turn("ivan", "reveal", prompt="E1")) == "only_facilitators"
    assert said(await talk.turn("ivan", "takeover")) == "only_reserves"
    assert said(await talk.turn("ivan", "facilitator", mentioned=("ivan",))) == "only_facilitators"
    assert said(await talk.turn("ivan", "picked", prompt="K4", picked="x")) == "only_facilitators"
    assert said(await talk.turn("ivan", "pick", prompt="K4")) == "only_facilitators"
    assert talk.w is before


@pytest.mark.parametrize("verb", [*COURSE, *OTHERS])
async def test_a_verb_in_another_conversation_finds_no_workshop(verb: str) -> None:
    talk = await Talk().starts()
    before = talk.w
    assert said(await talk.turn("anna", verb, where=ELSEWHERE, w=talk.w.id, mentioned=("ivan",))) == "elsewhere"
    assert said(await talk.turn("anna", verb, where=ELSEWHERE, mentioned=("ivan",))) == "no_workshop"
    assert talk.w is before


async def test_in_a_personal_chat_the_facilitator_facilitates_in_her_own_language() -> None:
    talk = await Talk().starts()
    reply = await talk.types("anna", "pause", where=PRIVATE, speaks="pl")
    assert (said(reply), reply.language) == ("paused", "pl")


async def test_what_is_not_stored_is_not_called_done() -> None:
    talk = await Talk().starts()
    talk.memory.fails = NotStored(certain=True)
    assert said(await talk.types("anna", "close")) == "not_stored"
    talk.memory.fails = NotStored(certain=False)
    assert why(shown(await talk.turn("anna", "close"), Console)) == "not_confirmed"
    assert said(await talk.types("anna", "facilitator", mentioned=("ivan",))) == "not_confirmed"


async def test_the_same_delivery_again_happened_already() -> None:
    talk = await Talk().starts()
    await talk.types("anna", "close", delivery="d1")
    assert said(await talk.types("anna", "close", delivery="d1")) == "already_so"
    assert talk.w.status is Status.CLOSED


async def test_a_deadline_that_the_clock_moved_is_said_without_minutes() -> None:
    talk = await Talk().starts()
    talk.later(minutes=30)
    moved = await talk.kolbot.workshops.do(c.MoveDeadline(workshop=talk.w.id, by=c.SYSTEM))
    assert isinstance(moved, Done)
    sentence = what_happened(moved, c.MoveDeadline(workshop=talk.w.id, by=c.SYSTEM), "en")
    assert (sentence.said.value, sentence.facts) == ("extended", {"minutes": 0})
    assert what_happened(replace(moved, events=()), c.Next(workshop="w", by="anna"), "en").said.value == "already_so"
