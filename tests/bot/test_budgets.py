"""Nothing goes out beyond Teams' budgets, and what people wait for goes first."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

import pytest

from bot.budgets import BOARD_EVERY, Budgets, Lane, NoTurn, Priority
from bot.windows import LATENCY, MESSAGES
from tests.bot.fake_teams import Clock

HERE = Lane("t", "19:a@thread.tacv2")

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


async def test_how_long_a_call_would_wait_is_known_beforehand() -> None:
    desk = Desk()
    assert desk.budgets.wait(HERE, Priority.BOARD) == 0.0, "nothing was sent yet"
    await desk.all_go(*[Priority.REPLY] * 6)
    assert desk.budgets.wait(HERE, Priority.REPLY) == pytest.approx(1.0, abs=0.01)
    assert desk.budgets.wait(HERE, Priority.BOARD) == pytest.approx(2.0, abs=0.01)
    assert desk.budgets.wait(replace(HERE, conversation="19:b@thread.tacv2"), Priority.BOARD) == 0.0
    desk.clock.now += 2
    assert desk.budgets.wait(HERE, Priority.BOARD) == 0.0


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


async def test_a_bot_that_is_alone_again_has_all_of_it() -> None:
    desk = Desk(instances=2)
    desk.budgets.shared_by(0)
    await desk.all_go(*[Priority.REPLY] * 6)
    assert desk.clock.slept == []
