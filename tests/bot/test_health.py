"""Whether the process lives and can serve: each check by name, in words, and nothing that is nobody's business."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from bot.health import KEPT, LATE, Check, Health, TickingHeart, Ticks, is_local
from bot.metrics import Metrics
from store.database import open_database
from store.failures import NotRead, NotWritten
from store.pulse import Pulse
from store.reader import Reader
from store.tables import heartbeat
from store.writer import Writer
from templates import from_source
from tests.chat import Session, session

ALL = {"database read", "database write", "signing keys", "own token", "publisher", "clock"}


@dataclass
class FakeStore:
    """A database whose count of workshops takes as long as it is told."""

    count: Callable[[], Awaitable[int]]

    async def can_read(self) -> None:
        """It can."""

    async def can_write(self) -> None:
        """It can."""

    async def live(self) -> int:
        return await self.count()


async def three() -> int:
    return 3


@dataclass
class Served:
    """Health on loopback."""

    url: str
    web: aiohttp.ClientSession
    seconds: list[float]

    async def asks(self, path: str = "/readyz", **headers: str) -> tuple[int, str]:
        async with self.web.get(self.url + path, headers=headers) as answer:
            return answer.status, await answer.text()


@asynccontextmanager
async def served(checks: dict[str, Check], count: Callable[[], Awaitable[int]] = three) -> AsyncIterator[Served]:
    seconds = [0.0]
    app = web.Application()
    app.add_routes(Health(checks, FakeStore(count), Metrics(), lambda: seconds[0]).routes())
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        async with aiohttp.ClientSession() as client:
            yield Served(f"http://127.0.0.1:{runner.addresses[0][1]}", client, seconds)
    finally:
        await runner.cleanup()


async def asked(room: Session, path: str) -> tuple[int, dict[str, Any]]:
    assert room.room.link.url is not None
    base = room.room.link.url.removesuffix("/api/messages")
    async with aiohttp.ClientSession() as client, client.get(base + path) as answer:
        assert answer.content_type == "application/json"
        return answer.status, json.loads(await answer.text())


@contextmanager
def away(folder: Path) -> Iterator[None]:
    """The database's files are elsewhere, and where they were is nothing that could be opened."""
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    for file in list(folder.glob("kolbot.db*")):
        file.rename(elsewhere / file.name)
    (folder / "kolbot.db").mkdir()
    yield
    (folder / "kolbot.db").rmdir()
    for file in list(elsewhere.iterdir()):
        file.rename(folder / file.name)


# The whole bot


async def test_a_bot_that_runs_is_alive_and_ready(tmp_path: Path) -> None:
    async with session(tmp_path) as room:
        await room.ticks()
        assert await asked(room, "/healthz") == (200, {"status": "ok"})
        assert await asked(room, "/readyz") == (200, {"status": "ready", "checks": dict.fromkeys(ALL, "ok")})


async def test_before_the_first_round_it_is_alive_but_not_ready(tmp_path: Path) -> None:
    async with session(tmp_path) as room:
        assert (await asked(room, "/healthz"))[0] == 200
        status, said = await asked(room, "/readyz")
        assert status == 503
        assert said["status"] == "not ready"
        assert said["checks"] == {**dict.fromkeys(ALL, "ok"), "publisher": "it has not done a round yet"}


async def test_without_its_database_it_is_not_ready_and_shows_nothing_of_it(tmp_path: Path) -> None:
    async with session(tmp_path) as room:
        await room.ticks()
        with away(tmp_path):
            room.bot.reader._engine.dispose()
            status, said = await asked(room, "/readyz")
        assert status == 503
        assert said["checks"]["database read"] == "it fails (NotRead)"
        assert said["checks"]["database write"] == "it fails (NotWritten)"
        assert str(tmp_path) not in json.dumps(said) and "kolbot.db" not in json.dumps(said)
        await asyncio.sleep(KEPT)
        status, said = await asked(room, "/readyz")
        assert status == 200, said


async def test_the_figures_are_for_this_machine_alone(tmp_path: Path) -> None:
    async with served({}) as health:
        assert (await health.asks("/metrics"))[0] == 200
        for header in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"):
            status, text = await health.asks("/metrics", **{header: "203.0.113.7"})
            assert (status, text) == (403, "Only from this machine.\n")


@pytest.mark.parametrize(
    ("remote", "local"),
    [
        ("127.0.0.1", True), ("127.8.9.1", True), ("::1", True), ("::ffff:127.0.0.1", True),
        ("10.0.0.5", False), ("0.0.0.0", False), ("::ffff:10.0.0.5", False), ("fe80::1%eth0", False), ("", False),
        ("localhost.example.org", False), (None, False),
    ],
)
def test_who_is_local(remote: str | None, local: bool) -> None:
    request = make_mocked_request("GET", "/metrics").clone(remote=remote) if remote else make_mocked_request("GET", "/")
    assert is_local(request) is local


# The checks themselves


def says(words: str, calls: list[str] | None = None) -> Check:
    async def check() -> str:
        if calls is not None:
            calls.append(words)
        return words

    return check


async def test_each_check_says_what_is_wrong_in_words() -> None:
    async def fails() -> str:
        raise ConnectionError("postgresql://kolbot:secret@db.internal/kolbot")

    async with served({"a": says(""), "b": says("it is tired"), "c": fails}) as health:
        status, text = await health.asks()
    assert status == 503
    assert json.loads(text)["checks"] == {"a": "ok", "b": "it is tired", "c": "it fails (ConnectionError)"}
    assert "secret" not in text and "internal" not in text


async def test_a_check_that_hangs_costs_a_second_and_is_not_begun_twice() -> None:
    begun, go = [], asyncio.Event()

    async def hangs() -> str:
        begun.append(1)
        await go.wait()
        return ""

    async with served({"database": hangs, "keys": says("")}) as health:
        for _ in range(2):
            since = time.monotonic()
            status, text = await health.asks()
            assert 0.9 < time.monotonic() - since < 2.5
            assert status == 503
            assert json.loads(text)["checks"] == {"database": "no answer within 1 s", "keys": "ok"}
            health.seconds[0] += KEPT
        assert begun == [1]
        go.set()
        assert (await health.asks())[0] == 200
        assert begun == [1]
        health.seconds[0] += KEPT
        assert (await health.asks())[0] == 200
        assert begun == [1, 1]


async def test_what_fails_is_one_line_in_the_log_when_it_changes(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "kolbot.health")
    words = ["it is tired"]

    async def check() -> str:
        return words[0]

    async with served({"a": check}) as health:
        for words[0] in ("it is tired", "it is asleep", "", ""):
            await health.asks()
            health.seconds[0] += KEPT
    assert [each.getMessage() for each in caplog.records] == ["not ready: a", "ready again"]


async def test_however_many_ask_the_checks_run_once_a_second() -> None:
    calls: list[str] = []
    async with served({"a": says("", calls)}) as health:
        assert {status for status, _ in await asyncio.gather(*(health.asks() for _ in range(50)))} == {200}
        assert len(calls) == 1
        health.seconds[0] += KEPT - 0.01
        await health.asks()
        assert len(calls) == 1
        health.seconds[0] += 0.02
        await health.asks()
        assert len(calls) == 2


async def test_figures_come_without_the_database() -> None:
    async def never() -> int:
        await asyncio.Event().wait()
        return 0

    async def broken() -> int:
        raise NotRead

    for count, shown in ((three, "3.0"), (never, "NaN"), (broken, "NaN")):
        async with served({}, count) as health:
            status, text = await health.asks("/metrics")
            assert status == 200
            assert f"kolbot_workshops_live {shown}\n" in text


async def test_a_loop_that_is_stuck_is_told() -> None:
    seconds = [100.0]
    ticks = Ticks(lambda: seconds[0])
    assert await ticks.check() == "it has not done a round yet"
    ticks.ticked()
    seconds[0] += LATE
    assert await ticks.check() == ""
    seconds[0] += 7
    assert await ticks.check() == "its last round was 22 s ago"


async def test_a_beat_that_was_not_stored_is_no_round() -> None:
    class Failing:
        async def beat(self, now: datetime) -> None:
            raise NotWritten(certain=True)

    ticks = Ticks()
    with pytest.raises(NotWritten):
        await TickingHeart(Failing(), ticks).beat(datetime.now(UTC))
    assert await ticks.check() != ""


# The database


async def test_trying_to_write_leaves_nothing_behind(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'kolbot.db'}")
    writer, reader = Writer(engine, from_source), Reader(engine, from_source)
    try:
        pulse = Pulse(writer, reader, "one")
        await asyncio.gather(*(pulse.can_write() for _ in range(20)), pulse.can_read())
        assert await reader.read(lambda connection: connection.execute(heartbeat.select()).all()) == []
        assert await reader.last_seen() is None
        assert await pulse.live() == 0
    finally:
        await writer.close()
        reader.close()
        engine.dispose()
    with pytest.raises(NotWritten):
        await pulse.can_write()
