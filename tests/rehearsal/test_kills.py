"""Who is killed and when, how long the database is held, and what the bot's loop makes people wait. Bots are fakes."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web

from rehearsal.bot_process import free_port
from rehearsal.grip import Grip, holds_sqlite
from rehearsal.kills import Kills
from rehearsal.pulse import Pulse


class FakeBot:
    """Remembers what is done to it; its process is there at once, and it answers as soon as `back` is set."""

    def __init__(self, name: str) -> None:
        self.log = Path(f"{name}.log")
        self.running = True
        self.killed = 0
        self.back = asyncio.Event()
        self.back.set()

    def kill(self) -> None:
        self.killed += self.running
        self.running = False

    async def gone(self) -> None:
        assert not self.running

    async def start(self) -> None:
        self.running = True
        await self.back.wait()


async def answers(kills: Kills, number: int) -> None:
    for _ in range(number):
        kills.sent()
        kills.taken()
        await kills.over()


async def test_kills_are_spread_over_both_and_each_is_started_again() -> None:
    bots = [FakeBot("one"), FakeBot("two")]
    told: list[str] = []
    kills = Kills(bots, 20, 200, 1, told.append, gave=lambda: len(told) // 2 % 2)
    await answers(kills, 200)
    assert (kills.done, kills.died, kills.left) == (20, 0, 0)
    assert sum(bot.killed for bot in bots) == 20
    assert min(bot.killed for bot in bots) >= 5
    assert all(bot.running for bot in bots)
    assert told[0].startswith("kill -9 number 1 (one) after ")


async def test_the_one_that_gave_the_receipt_is_killed_and_what_dies_for_good_stays_dead() -> None:
    bots = [FakeBot("one"), FakeBot("two")]
    told: list[str] = []
    kills = Kills(bots, 0, 10, 1, told.append, for_good=1, gave=lambda: 1)
    await answers(kills, 10)
    assert (kills.done, kills.died, kills.left) == (0, 1, 0)
    assert [bot.running for bot in bots] == [True, False]
    assert told == [told[0]]
    assert told[0].startswith("two is dead for good")


async def test_nobody_is_killed_while_another_is_away_or_the_database_is_held() -> None:
    bot, busy = FakeBot("one"), [True]
    kills = Kills([bot], 10, 10, 1, lambda _: None, busy=lambda: busy[0])
    await answers(kills, 10)
    assert bot.killed == 0
    busy[0] = False
    await answers(kills, 1)
    assert bot.killed == 1, "at the receipt"
    busy[0] = True
    await answers(kills, 10)
    assert bot.killed == 1
    busy[0] = False
    bot.back.clear()
    for _ in range(5):
        kills.sent()
        kills.taken()
        await asyncio.sleep(0.06)  # longer than a kill waits
    assert bot.killed == 2
    assert kills.striking
    assert kills.left == 8
    bot.back.set()
    await kills.over()
    assert bot.running


async def test_one_may_die_while_the_other_is_away_and_none_twice_at_once() -> None:
    bots = [FakeBot("one"), FakeBot("two")]
    kills = Kills(bots, 10, 10, 1, lambda _: None, gave=lambda: 0)
    for bot in bots:
        bot.back.clear()
    for _ in range(10):
        kills.sent()
        kills.taken()
        await asyncio.sleep(0.06)  # longer than a kill waits
    assert [bot.killed for bot in bots] == [1, 1]
    assert kills.left == 8
    for bot in bots:
        bot.back.set()
    await kills.over()
    assert [bot.running for bot in bots] == [True, True]


async def test_the_same_seed_kills_at_the_same_answers() -> None:
    async def told(seed: int) -> list[str]:
        lines: list[str] = []
        await answers(Kills([FakeBot("one"), FakeBot("two")], 5, 50, seed, lines.append), 50)
        return [line.partition(";")[0] for line in lines]

    assert await told(1) == await told(1) != await told(2)


async def test_the_database_is_held_so_often_and_never_while_somebody_is_killed() -> None:
    held: list[float] = []
    busy = [True]
    grip = Grip(held.append, 3, 30, 1, lambda _: None, busy=lambda: busy[0])
    for number in range(40):
        busy[0] = number < 12
        grip.sent()
        assert not (busy[0] and held)
        grip.taken()
        await grip.over()
    assert grip.done == len(held) == 3
    assert not grip.holding
    assert all(3 <= seconds <= 4.5 for seconds in held)


async def test_a_held_file_can_be_read_and_not_written(tmp_path: Path) -> None:
    path = str(tmp_path / "some.db")
    other = sqlite3.connect(path, timeout=0, isolation_level=None)
    other.execute("PRAGMA journal_mode = WAL")
    other.execute("CREATE TABLE answers (words)")
    holding, let_go = threading.Event(), threading.Event()

    def pause(seconds: float) -> None:
        holding.set()
        let_go.wait(20)

    hold = asyncio.create_task(asyncio.to_thread(holds_sqlite(path, pause), 5.0))
    await asyncio.to_thread(holding.wait, 20)
    assert other.execute("SELECT count(*) FROM answers").fetchone() == (0,)
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("INSERT INTO answers VALUES ('soup')")
    let_go.set()
    await hold
    other.execute("INSERT INTO answers VALUES ('soup')")
    other.close()


@pytest_asyncio.fixture
async def stuck() -> AsyncIterator[str]:
    """The address of something that never says how it is."""
    never = asyncio.Event()

    async def keeps_waiting(request: web.Request) -> web.Response:
        await never.wait()
        return web.Response()

    application = web.Application()
    application.router.add_get("/healthz", keeps_waiting)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    never.set()
    await runner.cleanup()


async def test_a_loop_that_keeps_people_waiting_is_seen_and_a_dead_one_does_not_count(stuck: str) -> None:
    dead = Pulse([f"http://127.0.0.1:{free_port()}"])
    pulse = Pulse([stuck], limit=0.3)
    work = [asyncio.create_task(each.run()) for each in (dead, pulse)]
    while not pulse.asked:  # noqa: ASYNC110 - it tells nobody else
        await asyncio.sleep(0.05)
    for task in work:
        task.cancel()
    await asyncio.gather(*work, return_exceptions=True)
    assert pulse.longest >= 0.3
    assert (dead.asked, dead.longest) == (0, 0.0)
