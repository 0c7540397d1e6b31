"""The bot with faults, as a program of its own: started, told what happens next, killed, started again."""

from __future__ import annotations

import asyncio
import atexit
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import aiohttp

from locales import LANGUAGES
from rehearsal.bot_process import NOT_FOR_REHEARSAL, ROOT, free_port
from rehearsal.hands import Answer, Dialog, Person
from rehearsal.server import Room, make_room
from settings import REHEARSAL_APP_ID
from templates import shipped
from tests.chat import CHANNEL, called, label
from tests.faults.points import QUEUED
from tests.stories.acts import fields

SEND = ("Send", "Replace my answer")


@cache
def nursery() -> subprocess.Popen[str]:
    """The process that forks every bot of this one, one after the other; it ends with us."""
    made = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.points"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    atexit.register(made.communicate)  # closes what it reads from, and waits for its end
    return made


@dataclass
class Program:
    """A room, the bot's process, and the thread of one workshop with its first step open."""

    room: Room
    folder: Path
    url: str = field(default_factory=lambda: f"http://127.0.0.1:{free_port()}")
    pid: int = 0
    root: str | None = None
    ending: asyncio.Task[str] | None = None
    """The line with its exit code."""

    @property
    def plan(self) -> Path:
        """The file that says what happens next."""
        return self.folder / "plan"

    @property
    def log(self) -> str:
        return (self.folder / "bot.log").read_text(encoding="utf-8")

    def errors(self) -> list[dict[str, Any]]:
        """The log's lines about what went wrong, in order; every line is JSON."""
        return [line for line in map(json.loads, self.log.splitlines()) if line["level"] in ("ERROR", "CRITICAL")]

    def plans(self, what: str = "") -> None:
        self.plan.write_text(what, encoding="utf-8")

    async def start(self, **more: str) -> None:
        settings = {
            "CLOUD": "rehearsal", "REHEARSAL_URL": self.room.url, "MICROSOFT_APP_ID": REHEARSAL_APP_ID,
            "HOST": "127.0.0.1", "PORT": self.url.rpartition(":")[2], "PUBLIC_URL": self.url, "LOG_LEVEL": "DEBUG",
            "DATABASE_URL": f"sqlite:///{self.folder / 'kolbot.db'}", **dict.fromkeys(NOT_FOR_REHEARSAL, ""),
            "PLAN": str(self.plan), "LOG": str(self.folder / "bot.log"),
        }
        self.plans()
        parent = await asyncio.to_thread(nursery)
        assert parent.stdin is not None and parent.stdout is not None
        parent.stdin.write(json.dumps(settings | more) + "\n")
        parent.stdin.flush()
        self.pid = int(await asyncio.to_thread(parent.stdout.readline))
        self.ending = ending = asyncio.create_task(asyncio.to_thread(parent.stdout.readline))
        async with aiohttp.ClientSession() as session:

            async def healthy() -> bool:
                assert not ending.done(), self.log
                with suppress(aiohttp.ClientError):
                    async with session.get(f"{self.url}/healthz") as answer:
                        return answer.status == 200
                return False

            await comes_true(healthy)

    async def queues(self, count: int) -> None:
        """Wait until so many answers in all have come to the store's queue."""

        async def have_come() -> bool:
            return (self.folder / QUEUED).stat().st_size >= count

        await comes_true(have_come)

    async def closes_its_door(self) -> None:
        """Wait until it takes no new connections."""

        async def refuses() -> bool:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", int(self.url.rpartition(":")[2]))
            except OSError:
                return True
            writer.close()
            return False

        await comes_true(refuses)

    async def gone(self) -> int:
        """Its exit code, below zero for a signal, as soon as it has ended."""
        assert self.ending is not None, "it was started"
        return int(await asyncio.shield(self.ending))

    def signals(self, number: int) -> None:
        os.kill(self.pid, number)

    async def end(self) -> None:
        """Whatever is left of it."""
        if self.ending is not None:
            if not self.ending.done():
                os.killpg(self.pid, signal.SIGKILL)
            await self.ending

    async def waits_for(self, who: str, title: str) -> Dialog:
        """The dialog behind a button, as soon as there is a card that has it."""
        person = self.room_person(who)
        await self.room.until(lambda: person.find(title, root=self.root), 20, f"a card with {title!r}")
        card = person.find(title, root=self.root)
        assert card is not None
        answer = await person.clicks(card, title)
        assert answer.dialog is not None, answer
        return answer.dialog

    def room_person(self, who: str) -> Person:
        return Person(self.room, who, CHANNEL)

    async def begins(self, *who: str) -> None:
        """Anna opens a workshop, these people join, and its first step is open."""
        anna = self.room_person("anna")
        self.root = (await anna.says("@Kolbot new")).id
        opening = await self.waits_for("anna", label("Open a workshop", "pl"))
        await opening.fills(plan="kolb-taster-15", language="en").presses(label("Open the workshop", "pl"))
        spoken = [code for code in shipped()["kolb-taster-15"].languages if code in LANGUAGES]
        join = " · ".join(label("Join", code) for code in spoken)
        for name in who:
            joining = await self.waits_for(name, join)
            await joining.presses(called(joining, "Join"))
        await anna.says("@Kolbot start", root=self.root)

    def stored(self) -> list[str]:
        """The answers to the first question, as they are on the disk."""
        with closing(sqlite3.connect(self.folder / "kolbot.db")) as database:
            return [row[0] for row in database.execute("SELECT value FROM answers WHERE prompt = 'K1'")]


async def presses(dialog: Dialog, text: str) -> Answer:
    """Write this as the answer to the first question and send it."""
    return await dialog.fills(fields(dialog, {"K1": text})).presses(called(dialog, *SEND))


async def comes_true(fact: Callable[[], Awaitable[bool]], seconds: float = 60.0) -> None:
    """Ask again and again, for a fact about a process that tells nobody of it. Raises TimeoutError after so long."""
    async with asyncio.timeout(seconds):
        while not await fact():  # noqa: ASYNC110 - there is nobody who could set an event
            await asyncio.sleep(0.01)


@asynccontextmanager
async def program(folder: Path, **more: str) -> AsyncIterator[Program]:
    """A room with the bot in it, as a process; `more` of its settings. PATIENCE: seconds that people wait there."""
    async with make_room() as room:
        made = Program(room, folder)
        try:
            await made.start(**more)
            await room.meet(f"{made.url}/api/messages")
            yield made
        finally:
            await made.end()
