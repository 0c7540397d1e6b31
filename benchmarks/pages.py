"""Open pages as a browser's fetch has them: a ticket for a link, and a stream that is read to its end."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks import load
from benchmarks.scene import HOST

FOLDER = "/pages"
STARTS = b'event: parts\ndata: {"revision":'
ENDS = b"\n\n"
AT_ONCE = 16
"""Connections that spend links, and pages that are opened at a time."""


@dataclass
class Crowd:
    """All open pages together: for each revision of the workshop, when pages had it (seconds of `perf_counter`)."""

    pages: list[Page] = field(default_factory=list)
    bytes: int = 0
    lost: list[str] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def behind(self, revision: int) -> int:
        """How many pages do not show this revision, nor a later one."""
        return sum(page.revision < revision for page in self.pages)

    async def until(self, revision: int, patience: float) -> None:
        """Wait until all show it. Raises `TimeoutError` after so many seconds, `RuntimeError` where a page is lost."""
        async with asyncio.timeout(patience):
            while self.behind(revision):
                if self.lost:
                    raise RuntimeError(f"{len(self.lost)} pages are lost, first: {self.lost[0]}")
                self.changed.clear()
                await self.changed.wait()

    def close(self) -> None:
        for page in self.pages:
            page.close()


class Page(asyncio.Protocol):
    """One open page."""

    def __init__(self, crowd: Crowd, ticket: str) -> None:
        self.revision = -1
        self.times: list[tuple[int, float]] = []
        """What it showed, and since when."""
        self._crowd, self._ticket = crowd, ticket
        self._began = b""
        self._tail = b""
        self._coming = -1
        self._transport: asyncio.Transport | None = None
        self._closed = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        head = f"GET {FOLDER}/board/stream HTTP/1.1\r\nHost: {HOST}\r\nAccept: text/event-stream\r\n"
        transport.write(f"{head}Authorization: Bearer {self._ticket}\r\n\r\n".encode())

    def data_received(self, data: bytes) -> None:
        self._crowd.bytes += len(data)
        if len(self._began) < 20:
            self._began += data[:20]
            if len(self._began) >= 12 and not self._began.startswith(b"HTTP/1.1 200"):
                self._goes(data[:400].decode("latin-1"))
        seen, at = self._tail + data, 0
        while True:
            if self._coming < 0:
                at = seen.find(STARTS, at)
                comma = seen.find(b",", at) if at >= 0 else -1
                if comma < 0:
                    break
                self._coming, at = int(seen[at + len(STARTS) : comma]), comma
            at = seen.find(ENDS, at)
            if at < 0:
                break
            self._shows(self._coming)
            self._coming = -1
        self._tail = seen[-(len(STARTS) + 20) :] if self._coming < 0 and at < 0 else seen[-1:]

    def connection_lost(self, error: Exception | None) -> None:
        if not self._closed:
            self._goes(f"the stream ended: {error}")

    def close(self) -> None:
        self._closed = True
        if self._transport is not None:
            self._transport.close()

    def _shows(self, revision: int) -> None:
        self.revision = revision
        self.times.append((revision, time.perf_counter()))
        self._crowd.changed.set()

    def _goes(self, why: str) -> None:
        self._crowd.lost.append(why)
        self._crowd.changed.set()


async def tickets(port: int, links: Sequence[str]) -> list[str]:
    """Press the button of each link."""
    lines = await load.lines(port, min(AT_ONCE, len(links)))
    found: list[str] = [""] * len(links)

    async def some(first: int, line: load.Line) -> None:
        for number in range(first, len(links), len(lines)):
            path = links[number].partition(FOLDER)[2]
            answer = await line.ask(
                f"POST {FOLDER}{path} HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 0\r\n\r\n".encode()
            )
            if not answer.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(f"a link was refused: {answer[:400].decode('latin-1')}")
            found[number] = json.loads(answer.partition(b"\r\n\r\n")[2])["ticket"]

    await asyncio.gather(*(some(first, line) for first, line in enumerate(lines)))
    for line in lines:
        line.close()
    return found


async def opened(port: int, given: Sequence[str], patience: float) -> Crowd:
    """A page for each ticket, all with something on them."""
    crowd, loop = Crowd(), asyncio.get_running_loop()
    for first in range(0, len(given), AT_ONCE):
        await asyncio.gather(*(_one(loop, port, crowd, ticket) for ticket in given[first : first + AT_ONCE]))
    await crowd.until(0, patience)
    return crowd


async def _one(loop: asyncio.AbstractEventLoop, port: int, crowd: Crowd, ticket: str) -> None:
    page = Page(crowd, ticket)
    crowd.pages.append(page)
    await loop.create_connection(lambda: page, HOST, port)


def reached(crowd: Crowd, revision: int, since: float) -> list[float]:
    """Of each page, the seconds from an instant until it showed this revision or a later one, in order."""
    return sorted(max(0.0, next(at for shown, at in page.times if shown >= revision) - since) for page in crowd.pages)
