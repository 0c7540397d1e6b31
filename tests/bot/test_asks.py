"""After whatever happens to a stage card everybody has it in their own language, as soon as their Teams asks again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.asks import AGAIN, IN_A_ROW, REMEMBERED, Asks
from bot.teams import Retry, Unknown
from tests.bot.clients import CARD, SLOT, Client, Readers
from tests.bot.publishing import Wall
from tests.bot.wall_in_memory import Hand, ScriptedTeams
from tests.workshop.paper import START, opened


async def on(room: Readers, quiet: float = 70) -> Readers:
    """A bot that has been there for a while, and a step that has just been opened."""
    await room.passes(quiet)
    room.wall.paper.starts()
    await room.passes(1)
    assert not room.without()
    return room


async def changes(room: Readers) -> None:
    """Something is another on the card."""
    room.wall.paper.pauses() if room.wall.paper.w.status.value != "paused" else room.wall.paper.resumes()
    await room.passes(1)


async def rests(room: Readers) -> None:
    """Nothing more is put, and nobody loses anything."""
    before = room.edits
    await room.passes(300)
    assert not room.without(), "stuck in the workshop's language"
    assert room.edits == before and "~" not in room.wall.memory.rows[SLOT].digest


async def test_who_asked_lately_has_the_card_a_minute_after_that_and_not_after_the_edit() -> None:
    room = await on(Readers())
    await room.passes(23)
    await changes(room)
    assert room.without() == ["29:ivan", "29:liga"]
    assert await room.until_all_read(39) >= 36
    assert room.edits == 2
    await rests(room)


@pytest.mark.parametrize("chance", range(6))
async def test_after_any_row_of_changes_all_have_it_in_the_end(chance: int) -> None:
    """Closed, reopened, a minute more, closed, reopened: an edit at which they ask comes a minute before the last."""
    room = await on(Readers(chance=chance))
    for quiet in (24, 35, 59, 3, 20):
        await room.passes(quiet)
        await changes(room)
    await room.until_all_read(63)
    await rests(room)


@pytest.mark.parametrize("quiet", range(54, 68))
async def test_at_the_edge_of_the_minute_nobody_is_left_out(quiet: int) -> None:
    for chance in (1, 2, 3):
        room = await on(Readers(chance=chance))
        await room.passes(24)
        await changes(room)
        await room.passes(quiet)
        await changes(room)
        await room.until_all_read(66)
        await rests(room)


async def test_where_nobody_asked_nothing_is_put_again() -> None:
    room = Readers(clients=[Client("29:ivan", here=False)])
    await on(room)
    await changes(room)
    await changes(room)
    edits = room.edits
    await room.passes(200)
    assert room.edits == edits


async def test_who_is_named_later_takes_nobody_s_view_for_long() -> None:
    room = await on(Readers())
    await room.passes(50)
    phone = Client("29:ivan", here=False)
    room.clients.append(phone)
    room.opens(phone)
    room.names.append("29:eva")
    room.clients.append(Client("29:eva"))
    room.bots[0].nudge(room.wall.paper.w.id, False)
    await room.until_all_read(64)
    assert room.edits == 1
    await rests(room)


async def test_who_opens_the_conversation_meanwhile_is_put_right_once_more_and_all_stay_so() -> None:
    room = await on(Readers())
    await room.passes(50)
    phone, laptop = Client("29:liga", here=False), Client("29:ivan", here=False)
    room.clients += [phone, laptop]
    await changes(room)
    await room.passes(2)
    room.opens(phone)
    await room.passes(50)
    room.opens(laptop)
    await room.passes(14)
    await room.until_all_read(66)
    await rests(room)


async def test_who_opens_it_again_and_again_keeps_no_card_in_motion() -> None:
    room = await on(Readers())
    await room.passes(20)
    await changes(room)
    edits = room.edits
    for _ in range(600):
        room.bots[0].pressed(room.wall.paper.w.id, SLOT, CARD, room.wall.paper.w.home, True)
        await room.passes(1)
    assert room.edits == edits + IN_A_ROW
    await changes(room)
    await room.until_all_read(64)


async def test_a_restart_forgets_nobody() -> None:
    room = await on(Readers())
    await room.passes(20)
    await changes(room)
    room.starts_again()
    await room.until_all_read(64)
    await room.passes(10)
    await changes(room)
    await room.until_all_read(64)
    await rests(room)


async def test_an_edit_right_after_a_start_is_put_again_whoever_asked_before() -> None:
    room = await on(Readers())
    await room.passes(30)
    phone = Client("29:ivan", here=False)
    room.clients.append(phone)
    room.opens(phone)
    await room.passes(20)
    room.starts_again()
    await changes(room)
    await room.until_all_read(66)
    await rests(room)


@pytest.mark.parametrize("many", [2, 3])
async def test_what_one_instance_hears_another_edits(many: int) -> None:
    room = await on(Readers(many=many))
    phone = Client("29:ivan", here=False)
    room.clients.append(phone)
    for quiet in (40, 24, 35, 61, 3):
        await room.passes(quiet)
        room.opens(phone)
        await room.passes(1)
        await changes(room)
    await room.until_all_read(130)
    await room.passes(140)
    await rests(room)


@pytest.mark.parametrize("trouble", ["no turn", Retry(1.5), Unknown("lost")])
async def test_what_cannot_be_put_just_then_is_put_after_that(trouble: object) -> None:
    room = await on(Readers())
    await room.passes(20)
    await changes(room)
    await room.passes(36)
    assert room.without()
    if isinstance(trouble, BaseException):
        room.wall.teams.troubles += [trouble]
    else:
        room.wall.teams.waits = 1.6
    await room.passes(8)
    room.wall.teams.waits = 0.0
    assert room.without() or isinstance(trouble, BaseException)
    await room.until_all_read(120)


async def test_who_could_not_be_named_just_then_is_named_after_that() -> None:
    room = await on(Readers())
    room.names.append("29:eva")
    room.clients.append(Client("29:eva"))
    room.bots[0].nudge(room.wall.paper.w.id, False)
    await room.passes(58)
    room.wall.teams.waits = 1.6
    await room.passes(8)
    room.wall.teams.waits = 0.0
    assert room.without() == ["29:eva"]
    await room.until_all_read(4)


async def test_an_edit_that_is_put_again_because_of_a_doubt_is_none_of_the_five() -> None:
    room = await on(Readers())
    await room.passes(20)
    room.wall.teams.troubles += [False]
    await changes(room)
    for _ in range(60):
        await room.passes(1)
        assert "!" not in room.wall.memory.rows[SLOT].digest
    await room.until_all_read(66)
    await rests(room)


async def test_the_instance_that_hears_looks_to_it_where_another_edits() -> None:
    room = await on(Readers(many=2, ear=1))
    await room.passes(20)
    await changes(room)
    await room.until_all_read(66)
    await rests(room)


class Slow(ScriptedTeams):
    """Everybody sees a message three seconds before Teams says that it is there."""

    room: Readers

    async def send(self, *args: Any, **more: Any) -> str:
        name = await super().send(*args, **more)
        self._seen()
        return name

    async def edit(self, *args: Any, **more: Any) -> bool:
        sure = await super().edit(*args, **more)
        self._seen()
        return sure

    def _seen(self) -> None:
        self.room.wall.clock.passes(seconds=0.5)
        self.room.shows()
        self.room.wall.clock.passes(seconds=2.5)


async def test_who_asks_before_teams_has_answered_is_no_reason_to_put_it_again() -> None:
    room = Readers()
    room.wall.teams = slow = Slow()
    slow.room = room
    room.starts_again()
    await on(room)
    await room.passes(100)
    assert room.edits == 0
    await changes(room)
    await room.passes(100)
    assert room.edits == 1
    await rests(room)


async def test_what_another_instance_edits_may_have_been_seen_a_little_before() -> None:
    clock = Hand(START)
    w, asks = opened().starts().w, Asks(clock)
    asks.heard(w, SLOT)
    clock.passes(seconds=0.6)
    assert asks.due((w.id, SLOT), clock(), "", differs=False) is None
    clock.passes(seconds=0.6)
    due = asks.due((w.id, SLOT), clock(), "", differs=False)
    assert due is not None and due > START + timedelta(seconds=60)
    asks.anew((w.id, SLOT))
    assert asks.due((w.id, SLOT), clock(), "", differs=False) is None, "of another message"


async def test_only_asks_for_stage_cards_where_they_hang_are_believed() -> None:
    wall = Wall()
    w = wall.paper.w
    wall.publisher.pressed(w.id, "stage:lobby:0", "1", w.home, True)
    wall.publisher.pressed(w.id, SLOT, "1", "elsewhere", True)
    wall.publisher.pressed(w.id, "stage:made up:0", "1", w.home, True)
    wall.publisher.pressed("made up", SLOT, "1", w.home, True)
    assert wall.publisher._asks.waiting() == []
    wall.paper.starts()
    wall.publisher.pressed(w.id, SLOT, "1", w.home, True)
    assert wall.publisher._asks.waiting() == [wall.clock() + AGAIN], "whoever edits it"


async def test_what_is_kept_in_memory_has_an_end_and_a_clock_put_back_ends_no_wait() -> None:
    clock = Hand(START)
    asks = Asks(clock)
    w = opened().starts().w
    for number in range(REMEMBERED + 5):
        asks.heard(replace(w, id=f"w{number}"), SLOT)
        asks.heard(replace(w, id="w0"), SLOT)
    clock.passes(seconds=70)
    assert asks.due(("w0", SLOT), START.replace(second=5), "", differs=False) is not None
    assert asks.due(("w1", SLOT), START.replace(second=5), "", differs=False) is None
    assert asks.left(clock())
    assert not asks.left(clock())
    clock.passes(seconds=-600)
    assert asks.left(clock())
    assert asks.due(("w0", SLOT), START.replace(second=5), "", differs=False) is None, "of a time to come"
