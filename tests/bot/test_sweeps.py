"""When the publisher looks: when nudged at once, and at every sweep what nobody told it of."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.leases import Alone
from bot.publisher import SWEEP
from tests.bot.publishing import Wall
from tests.bot.wall_in_memory import Memory


@pytest.fixture
def wall() -> Wall:
    return Wall()


async def test_an_answer_is_no_reason_to_ask_the_database(wall: Wall) -> None:
    """Only the sweep asks which boards are behind; what changed here is known."""
    asked = 0

    class Counting(Memory):
        async def behind(self, since: object = None) -> list[str]:
            nonlocal asked
            asked += 1
            return []

    wall.memory = Counting(wall.paper)
    wall.starts_again()
    running = asyncio.create_task(wall.publisher.run())
    loop = asyncio.get_running_loop()
    began = loop.time()
    while not wall.teams.messages:
        wall.publisher.nudge("w1", False)
        await asyncio.sleep(0)
    for _ in range(200):
        wall.publisher.nudge("w1", False)
        await asyncio.sleep(0)
    took = loop.time() - began
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert wall.reader.reads > 0 and len(wall.teams.messages) == 1
    assert asked <= 1 + took / SWEEP


async def test_the_first_news_of_a_board_wakes_and_more_of_the_same_does_not(wall: Wall) -> None:
    wake = wall.publisher._wake
    wall.publisher.nudge("w1", False)
    assert wake.is_set()
    wall.publisher.look()
    await wall.publisher.settle()
    wall.publisher.look()
    wall.publisher.nudge("w1", False)
    assert wake.is_set(), "so that it is known when the pace is over"
    wall.publisher.look()
    for _ in range(3):
        wall.publisher.nudge("w1", False)
    assert not wake.is_set()
    assert 1 < wall.publisher._soonest() <= 2
    wall.publisher.nudge("w1", True)
    assert wake.is_set()


async def test_the_loop_sees_what_nobody_said(wall: Wall) -> None:
    """Another instance changed it: the sweep finds it; and a sweep that fails is not the last."""
    class Failing(Memory):
        failed = False

        async def behind(self, since: Any = None) -> Any:
            if not self.failed:
                self.failed = True
                raise OSError("the database is away")
            return await super().behind(since)

    wall.memory = Failing(wall.paper)
    wall.starts_again()
    running = asyncio.create_task(wall.publisher.run())
    while not wall.teams.messages:  # noqa: ASYNC110 - until it hangs there
        await asyncio.sleep(0.01)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await wall.publisher.close()
    assert wall.memory.shown == wall.paper.w.revision


async def test_what_another_instance_is_at_is_left_to_it_for_a_second(wall: Wall) -> None:
    class Others(Alone):
        had = True

        async def follow(self, name: str, holder: str, now: datetime, seconds: float) -> str | None:
            return None if self.had else ""

    leases = Others()
    wall.publisher = wall.instance(leases=leases)
    await wall.ticks()
    leases.had = False
    await wall.ticks(seconds=0.5)
    assert wall.teams.calls == []
    await wall.ticks(seconds=0.5)
    assert wall.teams.calls == [("send", "")]


async def test_a_lease_that_cannot_be_given_back_runs_out(wall: Wall, caplog: pytest.LogCaptureFixture) -> None:
    class Kept(Alone):
        async def give_back(self, name: str, holder: str, at: datetime) -> None:
            raise OSError("the database is away")

    wall.publisher = wall.instance(leases=Kept())
    await wall.ticks()
    assert wall.memory.shown == wall.paper.w.revision
    assert "OSError" in caplog.text


async def test_ended_long_ago_it_is_left_in_peace(wall: Wall) -> None:
    """The sweep asks for what ended within a day only."""
    asked: list[object] = []

    class Asking(Memory):
        async def behind(self, since: object = None) -> list[str]:
            asked.append(since)
            return []

    wall.memory = Asking(wall.paper)
    wall.starts_again()
    await wall.ticks()
    assert asked == [wall.clock.now - timedelta(days=1)]
