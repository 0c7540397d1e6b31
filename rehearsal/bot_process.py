"""The bot as a program of its own, started, killed and started again. It knows the bot only by its settings."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path

import aiohttp

from rehearsal.keys import APP_ID

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
START_LIMIT = 60.0
"""Seconds that the bot may take until it answers."""
STOP_LIMIT = 10.0
"""Seconds that it may take to end tidily."""
LOOKS_EVERY = 0.05
SERIOUS = re.compile(r'^Traceback|"level": ?"(ERROR|CRITICAL)"')
"""What a line of the log begins with or holds that reports an error."""
NOT_FOR_REHEARSAL = ("MICROSOFT_APP_PASSWORD", "MICROSOFT_APP_TENANT_ID", "ALLOWED_TENANTS", "MAY_OPEN")
"""Settings of a real tenant, perhaps in .env or in the shell; empty here, which goes before both."""


class BotFailed(Exception):
    """The bot ended by itself or did not come up; the message has the end of its log."""


class BotProcess:
    """One bot for the room at `room_url`. Port, database and log stay the same however often it is killed.

    `name` is that of its log in `folder`; `database` is a DATABASE_URL, by default a file in `folder`;
    `templates` is a folder of one's own.
    """

    def __init__(
        self, folder: Path, room_url: str, name: str = "bot", database: str = "", templates: str = ""
    ) -> None:
        self.log = folder / f"{name}.log"
        self.file = folder / "kolbot.db"
        self.url = f"http://{HOST}:{free_port()}"
        self._settings = {
            "CLOUD": "rehearsal", "REHEARSAL_URL": room_url, "MICROSOFT_APP_ID": APP_ID, "HOST": HOST,
            "PORT": self.url.rpartition(":")[2], "PUBLIC_URL": self.url,
            "DATABASE_URL": database or f"sqlite:///{self.file.as_posix()}",
            "TEMPLATES": templates, "PAGES": "off", "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1",
        } | dict.fromkeys(NOT_FOR_REHEARSAL, "")
        self._process: asyncio.subprocess.Process | None = None
        self._groups: list[int] = []

    @property
    def running(self) -> bool:
        """Whether the process is there; it may not answer yet."""
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        """Starts it and waits until it answers. Raises BotFailed."""
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "app.py", cwd=ROOT, env=os.environ | self._settings, stdin=asyncio.subprocess.DEVNULL,
                stdout=log, stderr=asyncio.subprocess.STDOUT, start_new_session=True,
            )
        self._groups.append(self._process.pid)
        loop = asyncio.get_running_loop()
        ends = loop.time() + START_LIMIT
        async with aiohttp.ClientSession() as session:
            while not await _healthy(session, self.url):
                if not self.running:
                    raise BotFailed(f"The bot ended with code {self._process.returncode}.\n{self.tail()}")
                if loop.time() > ends:
                    raise BotFailed(f"The bot did not answer within {START_LIMIT:g} s.\n{self.tail()}")
                await asyncio.sleep(LOOKS_EVERY)

    def kill(self) -> None:
        """Kill -9, at once: nothing in it gets another instruction."""
        self._signals("SIGKILL")

    def freeze(self) -> None:
        """It stands still, as on a machine that is suspended; where the system cannot do that, nothing happens."""
        self._signals("SIGSTOP")

    def thaw(self) -> None:
        """It goes on, if it is still there."""
        self._signals("SIGCONT")

    def _signals(self, name: str) -> None:
        if self._process is not None and self.running and hasattr(signal, name):
            # Not by the process's own method: that would take its exit code away from whoever waits for it.
            with suppress(ProcessLookupError):
                os.kill(self._process.pid, getattr(signal, name))

    async def gone(self) -> None:
        """Waits until the killed process is no more."""
        if self._process is not None:
            await self._process.wait()

    async def stop(self) -> None:
        """Ends it tidily, or not, and with it everything that it left behind."""
        if self._process is not None and self.running:
            with suppress(ProcessLookupError):
                self._process.terminate()
            try:
                async with asyncio.timeout(STOP_LIMIT):
                    await self._process.wait()
            except TimeoutError:
                self.kill()
                await self._process.wait()
        if hasattr(os, "killpg"):
            for group in self._groups:
                with suppress(ProcessLookupError, PermissionError):
                    os.killpg(group, signal.SIGKILL)

    def tail(self, count: int = 25) -> str:
        """The last lines of the log."""
        return "\n".join(f"    {line}" for line in self._lines()[-count:]) or "    (it wrote nothing)"

    def errors(self) -> list[str]:
        """The lines of the log that report an error."""
        return [line for line in self._lines() if SERIOUS.search(line)]

    def late(self) -> int:
        """How often something came after what was said later."""
        return sum("s before what counts" in line for line in self._lines())

    def _lines(self) -> list[str]:
        return self.log.read_text(encoding="utf-8", errors="replace").splitlines() if self.log.exists() else []


async def _healthy(session: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with session.get(f"{url}/healthz", timeout=aiohttp.ClientTimeout(total=5)) as answer:
            return answer.status == 200
    except (aiohttp.ClientError, OSError, TimeoutError):
        return False


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
