"""The budgets before a room that counts as Teams does: nothing beyond them, and what there is is used."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from heapq import heappop, heappush
from itertools import count

import aiohttp
import pytest

from bot.budgets import Budgets, Priority
from bot.clouds import cloud_named
from bot.teams import Address, Retry, Teams
from bot.token import own_token
from rehearsal.budgets import Budgets as RoomBudgets
from rehearsal.faults import Faults, Rates
from rehearsal.keys import APP_ID
from rehearsal.people import GENERAL, PEER_LEARNING
from rehearsal.server import Room, make_room
from rehearsal.world import BOT
from tests.bot.fake_teams import Clock, Reply
from tests.bot.line import connected

IDLE = 20
"""Rounds of the loop in which nobody is on the way: then all that is left is waiting."""


class Time:
    """The time of bot and room: it goes on when nothing is on its way, to whatever is waited for next. So an hour takes
    no time, and a busy machine makes nobody late."""

    def __init__(self) -> None:
        self.now = 0.0
        self.flying = 0
        self._waiting: list[tuple[float, int, asyncio.Event]] = []
        self._numbers = count()

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        due = asyncio.Event()
        heappush(self._waiting, (self.now + seconds, next(self._numbers), due))
        await due.wait()

    def watching(self) -> aiohttp.TraceConfig:
        """What tells of every request that it is on its way, and that it has come back."""
        trace = aiohttp.TraceConfig()

        async def leaves(*_: object) -> None:
            self.flying += 1

        async def returns(*_: object) -> None:
            self.flying -= 1

        trace.on_request_start.append(leaves)
        trace.on_request_end.append(returns)
        trace.on_request_exception.append(returns)
        return trace

    async def runs(self) -> None:
        idle = 0
        while True:
            await asyncio.sleep(0)
            idle = 0 if self.flying else idle + 1
            if idle >= IDLE and self._waiting:
                self.now, _, due = heappop(self._waiting)
                due.set()
                idle = 0


@pytest.fixture
async def hours() -> AsyncIterator[Time]:
    """Time that goes by as fast as can be."""
    made = Time()
    running = asyncio.create_task(made.runs())
    yield made
    running.cancel()


@asynccontextmanager
async def bot_in(
    room: Room, hours: Time, budgets: Budgets | None = None
) -> AsyncIterator[tuple[Teams, Address]]:
    """The Connector before this room; both go by the same clock. Teams' budgets, if none are given."""
    room.budgets.clock = hours
    cloud = cloud_named("rehearsal", room.url)
    async with aiohttp.ClientSession(trace_configs=[hours.watching()]) as session:
        token = own_token(cloud, session, APP_ID)
        teams = Teams(cloud, session, token, clock=hours, sleep=hours.sleep, attempt=600, budgets=budgets)
        yield teams, Address(f"{room.url}/connector/", PEER_LEARNING.id, room.world.tenant, BOT)


async def test_five_hundred_replies_and_boards_never_go_beyond_what_the_room_takes(hours: Time) -> None:
    async with make_room() as room, bot_in(room, hours) as (teams, here):
        there = replace(here, conversation_id=GENERAL.id)
        board = await teams.send(there, {"text": "board"})
        ended: list[str] = []

        async def replies(number: int) -> None:
            thread = here if number % 2 else there
            await teams.send(thread, {"text": str(number)}, deadline=3600)
            ended.append("reply")

        async def edits(number: int) -> None:
            await teams.edit(there, board, {"text": f"board {number}"}, deadline=3600, priority=Priority.BOARD)
            ended.append("board")

        work = [edits(number) for number in range(20)] + [replies(number) for number in range(250)]
        await asyncio.gather(*work)
        assert not room.world.violations
        assert not [refusal for refusal in room.world.refusals if not refusal.warning]
        assert room.budgets.asked == 271, "nothing was asked twice"
        assert "board" not in ended[20:200], "boards wait for replies"
        assert room.budgets.most["messages", 30.0] > 40, "and what there is is used"


async def test_two_bots_that_know_of_each_other_keep_the_budgets_together(hours: Time) -> None:
    async with make_room() as room, bot_in(room, hours) as (one, here), bot_in(room, hours) as (other, _):
        for teams in (one, other):
            teams.budgets.shared_by(2)
        both = [teams.send(here, {"text": "x"}, deadline=3600) for teams in (one, other) for _ in range(60)]
        await asyncio.gather(*both)
        assert not room.world.violations
        assert room.budgets.asked == 120, "nothing was asked twice"
        assert room.budgets.most["messages", 30.0] > 40, "and what there is is used"


async def test_a_bot_without_budgets_is_throttled_and_counted(hours: Time) -> None:
    none = Budgets(messages=(), roster=(), tenant=(), clock=hours, sleep=hours.sleep)
    async with make_room() as room, bot_in(room, hours, none) as (teams, here):
        sends = [teams.send(here, {"text": str(number)}, deadline=1.9) for number in range(20)]
        came = await asyncio.gather(*sends, return_exceptions=True)
        assert sum(isinstance(one, str) for one in came) == 7
        assert sum(isinstance(one, Retry) for one in came) == 13
        assert room.world.violations.total() == 13
        assert "429" in next(refusal for refusal in room.world.refusals if not refusal.warning).why


async def test_everything_arrives_through_throttling_and_conflicts(hours: Time) -> None:
    faults = Faults(5, Rates(conflict=0.1, throttled=0.1))
    async with make_room(faults=faults) as room, bot_in(room, hours) as (teams, here):
        await asyncio.gather(*(teams.send(here, {"text": str(number)}, deadline=3600) for number in range(60)))
        texts = [message.text for message in room.world.since(here.conversation_id, "")]
        assert sorted(texts, key=int) == [str(number) for number in range(60)]
        assert faults.counted["412"] and faults.counted["429 out of the blue"]
        assert not room.world.violations


async def test_no_turn_in_time_is_retry_and_nothing_is_asked() -> None:
    async with connected() as line:
        line.fake.replies = [Reply() for _ in range(60)]
        for _ in range(55):
            await line.teams.send(line.here, {"text": "x"}, deadline=60)
        with pytest.raises(Retry) as said:
            await line.teams.send(line.here, {"text": "x"}, deadline=4)
        assert 1 <= said.value.after <= 10
        assert said.value.by_budget and not said.value.by_teams
        assert len(line.fake.asked) == 55


def test_the_room_counts_as_teams_does() -> None:
    clock = Clock()
    budgets = RoomBudgets(clock)
    assert [budgets.asks("send", "a", "t") for _ in range(7)] == [None] * 7
    excess = budgets.asks("edit", "a", "t")
    assert excess is not None
    assert (excess.why, excess.after) == ("more than 7 messages within 1 s", 2)
    assert budgets.asks("delete", "b", "t") is None
    assert budgets.asks("members", "a", "t") is None
    clock.now += 1
    assert budgets.asks("send", "a", "t") is None
    excess = budgets.asks("send", "a", "t")
    assert excess is not None and "8 messages within 2 s" in excess.why
    for number in range(50):
        budgets.asks("create", "", "u")
        assert (budgets.asks("create", "", "u") is None) is (2 * number + 1 < 50)
    assert "7 of 7" not in budgets.peaks()
