"""Nothing goes out beyond Teams' budgets, and what people wait for goes first."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import aiohttp
import pytest

from bot.budgets import BOARD_EVERY, Budgets, Lane, NoTurn, Priority
from bot.clouds import cloud_named
from bot.teams import Address, Retry, Teams
from bot.token import own_token
from bot.windows import LATENCY, MESSAGES
from rehearsal.budgets import Budgets as RoomBudgets
from rehearsal.faults import Faults, Rates
from rehearsal.keys import APP_ID
from rehearsal.people import GENERAL, PEER_LEARNING
from rehearsal.server import Room, make_room
from rehearsal.world import BOT
from tests.bot.fake_teams import Clock, Reply
from tests.bot.line import connected

HERE = Lane("t", "19:a@thread.tacv2")
HURRY = 60.0
"""How much faster time goes in the tests that speak to a room."""


def hurried() -> float:
    return time.monotonic() * HURRY


async def hurried_sleep(seconds: float) -> None:
    await asyncio.sleep(seconds / HURRY)


class Patient(Clock):
    """A clock that goes on only when everybody else has done what they can do now."""

    async def sleep(self, seconds: float) -> None:
        for _ in range(5):
            await asyncio.sleep(0)
        await super().sleep(seconds)


class Desk:
    """Budgets with a clock by hand; notes who went, and when."""

    def __init__(self, instances: int = 1) -> None:
        self.clock = Patient()
        self.budgets = Budgets(clock=self.clock, sleep=self.clock.sleep, instances=instances)
        self.began = self.clock.now
        self.went: list[tuple[float, Priority, Lane]] = []
        self.refused: list[float] = []

    async def goes(self, priority: Priority, lane: Lane = HERE, within: float = 10_000.0, holds: float = 0.0) -> None:
        try:
            turn = await self.budgets.enter(lane, priority, self.clock() + within)
        except NoTurn as no:
            self.refused.append(no.after)
            return
        self.went.append((self.clock() - self.began, priority, lane))
        await asyncio.sleep(holds)
        self.budgets.leave(turn)

    async def all_go(self, *priorities: Priority) -> list[Priority]:
        await asyncio.gather(*(self.goes(priority) for priority in priorities))
        return [priority for _, priority, _ in self.went]


async def test_a_turn_is_had_at_once_while_there_is_room() -> None:
    desk = Desk()
    await desk.all_go(*[Priority.REPLY] * 6)
    assert desk.clock.slept == []


async def test_the_windows_are_kept_one_by_one() -> None:
    desk = Desk()
    await desk.all_go(*[Priority.REPLY] * 60)
    at = [when for when, _, _ in desk.went]
    for window in MESSAGES:
        assert max(sum(0 <= other - one < window.seconds for other in at) for one in at) <= window.most
    assert at[6] >= 1
    assert at[7] >= 2
    assert 25 < at[55] < 40


async def test_replies_go_before_stage_cards_before_private_messages_before_boards() -> None:
    desk = Desk()
    await desk.all_go(*[Priority.REPLY] * 7)
    desk.went.clear()
    order = await desk.all_go(*sorted(list(Priority) * 3, reverse=True))
    assert order == sorted(order)


async def test_a_reply_overtakes_waiting_boards() -> None:
    desk = Desk()
    boards = [asyncio.create_task(desk.goes(Priority.BOARD)) for _ in range(40)]
    await asyncio.sleep(0)
    assert len(desk.went) == 4, "boards leave room for what is urgent"
    await asyncio.gather(desk.goes(Priority.REPLY), desk.goes(Priority.STAGE))
    assert {priority for _, priority, _ in desk.went[4:6]} == {Priority.REPLY, Priority.STAGE}
    assert desk.went[4][0] == 0.0
    await asyncio.gather(*boards)
    assert len(desk.went) == 42


async def test_a_full_conversation_holds_up_no_other() -> None:
    desk = Desk()
    waiting = [asyncio.create_task(desk.goes(Priority.REPLY)) for _ in range(30)]
    await asyncio.sleep(0)
    await desk.goes(Priority.BOARD, replace(HERE, conversation="19:b@thread.tacv2"))
    await desk.goes(Priority.REPLY, replace(HERE, roster=True))
    assert [lane for when, _, lane in desk.went if when == 0.0 and lane != HERE] == [
        replace(HERE, conversation="19:b@thread.tacv2"), replace(HERE, roster=True),
    ]
    await asyncio.gather(*waiting)


async def test_a_tenant_has_a_budget_of_its_own() -> None:
    desk = Desk()
    lanes = [Lane("t", f"19:{number}@thread.v2") for number in range(100)]
    await asyncio.gather(*(desk.goes(Priority.REPLY, lane) for lane in lanes), desk.goes(Priority.REPLY, Lane("u")))
    assert sum(when == 0 and lane.tenant == "t" for when, _, lane in desk.went) == 45
    assert max(when for when, _, _ in desk.went) == pytest.approx(2, abs=0.01)


async def test_no_turn_before_the_deadline_is_said_then() -> None:
    desk = Desk()
    await desk.all_go(*[Priority.REPLY] * 55)
    at = desk.clock()
    await desk.goes(Priority.REPLY, within=5.0)
    assert desk.refused == [10.0]
    assert desk.clock() - at <= 5.001
    assert desk.budgets.waiting("t") == 0
    assert desk.budgets.waiting("nobody") == 0


async def test_somebody_who_goes_away_leaves_the_queue() -> None:
    desk = Desk()
    await desk.all_go(*[Priority.REPLY] * 6)
    budgets = Budgets(clock=desk.clock)
    held = [await budgets.enter(HERE, Priority.REPLY, desk.clock() + 9) for _ in range(6)]
    waits = asyncio.create_task(budgets.enter(HERE, Priority.REPLY, desk.clock() + 9))
    await asyncio.sleep(0)
    assert budgets.waiting("t") == 1
    waits.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waits
    for turn in held:
        budgets.leave(turn)
    assert budgets.waiting("t") == 0


async def test_a_turn_granted_to_somebody_who_goes_away_is_given_back() -> None:
    clock = Clock()
    budgets = Budgets(clock=clock)
    held = [await budgets.enter(HERE, Priority.REPLY, clock() + 99) for _ in range(6)]
    waits = asyncio.create_task(budgets.enter(HERE, Priority.REPLY, clock() + 99))
    await asyncio.sleep(0)
    for turn in held[:5]:
        budgets.leave(turn)
    clock.now += 3
    budgets.leave(held[5])
    assert budgets.waiting("t") == 0, "it is granted"
    waits.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waits
    clock.now += 3
    for _ in range(6):
        await asyncio.wait_for(budgets.enter(HERE, Priority.REPLY, clock() + 9), 1)


async def test_a_call_under_way_counts_until_teams_has_surely_counted_it() -> None:
    clock = Clock()
    budgets = Budgets(clock=clock)
    for _ in range(6):
        await budgets.enter(HERE, Priority.REPLY, clock() + 99)
    seventh = asyncio.create_task(budgets.enter(HERE, Priority.REPLY, clock() + 99))
    for seconds in (1.5, LATENCY):
        clock.now += seconds
        budgets.leave(await budgets.enter(Lane("t"), Priority.REPLY, clock() + 9))
        await asyncio.sleep(0)
        assert seventh.done() is (seconds == LATENCY)


async def test_throttled_conversations_rest_and_three_at_once_mean_the_tenant() -> None:
    desk = Desk()
    budgets, until = desk.budgets, desk.clock() + 99
    lanes = [Lane("t", f"19:{number}") for number in range(3)]
    turns = [await budgets.enter(lane, Priority.REPLY, until) for lane in lanes]
    budgets.throttled(turns[0], 7)
    budgets.leave(turns[0])
    await asyncio.gather(desk.goes(Priority.REPLY, lanes[0]), desk.goes(Priority.REPLY, Lane("t", "19:other")))
    assert sorted(when for when, _, _ in desk.went) == [0.0, 7.0]
    for turn in turns:
        budgets.throttled(turn, 5)
    await desk.goes(Priority.REPLY, Lane("t", "19:another"))
    assert desk.went[-1][0] == 12.0
    await desk.goes(Priority.REPLY, Lane("u", "19:elsewhere"), within=1)
    assert not desk.refused
    budgets.throttled(turns[0], 60)
    await desk.goes(Priority.REPLY, lanes[0], within=30)
    assert desk.refused == [10.0], "said at once, not after 30 s"
    assert desk.went[-1][0] == 12.0


async def test_many_boards_of_a_tenant_are_edited_less_often() -> None:
    desk = Desk()
    assert desk.budgets.board_interval("t") == BOARD_EVERY
    lanes = [Lane("t", f"19:{number}@thread.v2") for number in range(100)]
    for _ in range(4):
        await asyncio.gather(*(desk.goes(Priority.BOARD, lane) for lane in lanes))
    assert desk.budgets.board_interval("t") == 5.0
    of_one = [when for when, _, lane in desk.went if lane == lanes[0]]
    assert of_one[3] - of_one[2] >= 4.5
    assert len(desk.went) == 400


async def test_a_board_at_its_usual_pace_never_uses_up_the_hour() -> None:
    desk = Desk()
    longest = 0.0
    while desk.clock() - desk.began < 3 * 3600:
        asked = desk.clock()
        await desk.goes(Priority.BOARD)
        longest = max(longest, desk.clock() - asked)
        desk.clock.now += 2
    assert longest <= 12
    assert not desk.refused


async def test_several_bots_take_a_part_each() -> None:
    desk = Desk(instances=2)
    await desk.all_go(*[Priority.REPLY] * 4)
    assert [when for when, _, _ in desk.went] == [0.0, 0.0, 0.0, pytest.approx(2.0, abs=0.01)]


async def test_conversations_long_silent_are_forgotten() -> None:
    desk = Desk()
    for number in range(1500):
        await desk.goes(Priority.REPLY, Lane("t", str(number)))
        desk.clock.now += 10
    assert len(desk.budgets._conversations) < 1000


async def test_a_queue_of_five_hundred_is_no_work_to_speak_of() -> None:
    desk = Desk()
    began = time.process_time()
    await desk.all_go(*[Priority.REPLY] * 500)
    assert time.process_time() - began < 5
    assert len(desk.went) == 500


# Before a room that counts as Teams does


@asynccontextmanager
async def bot_in(room: Room) -> AsyncIterator[tuple[Teams, Address]]:
    """The Connector before this room, in a hurry: the clocks of both are fast."""
    room.budgets.clock = hurried
    cloud = cloud_named("rehearsal", room.url)
    async with aiohttp.ClientSession() as session:
        token = own_token(cloud, session, APP_ID)
        teams = Teams(cloud, session, token, clock=hurried, sleep=hurried_sleep, attempt=600)
        yield teams, Address(f"{room.url}/connector/", PEER_LEARNING.id, room.world.tenant, BOT)


async def test_five_hundred_replies_and_boards_never_go_beyond_what_the_room_takes() -> None:
    async with make_room() as room, bot_in(room) as (teams, here):
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


async def test_a_bot_without_budgets_is_throttled_and_counted() -> None:
    async with make_room() as room, aiohttp.ClientSession() as session:
        cloud, none = cloud_named("rehearsal", room.url), Budgets(messages=(), roster=(), tenant=())
        teams = Teams(cloud, session, own_token(cloud, session, APP_ID), budgets=none)
        here = Address(f"{room.url}/connector/", PEER_LEARNING.id, room.world.tenant, BOT)
        sends = [teams.send(here, {"text": str(number)}, deadline=0.5) for number in range(20)]
        came = await asyncio.gather(*sends, return_exceptions=True)
        assert sum(isinstance(one, str) for one in came) == 7
        assert sum(isinstance(one, Retry) for one in came) == 13
        assert room.world.violations.total() == 13
        assert "429" in next(refusal for refusal in room.world.refusals if not refusal.warning).why


async def test_everything_arrives_through_throttling_and_conflicts() -> None:
    faults = Faults(5, Rates(conflict=0.1, throttled=0.1))
    async with make_room(faults=faults) as room, bot_in(room) as (teams, here):
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
