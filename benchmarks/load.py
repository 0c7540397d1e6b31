"""Sends prepared requests over raw sockets and times the answers. It prepares nothing."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from benchmarks.scene import HOST, WHEN

Request = tuple[bytes, ...]
"""A request's bytes in parts, with the activity's id between them."""


@dataclass(slots=True)
class Result:
    """What came of a load: seconds of each answer, how many were as expected, and what the others were."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    def at(self, share: float) -> float:
        """The latency that this share of the answers did not exceed, in ms."""
        ordered = sorted(self.latencies)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000 if ordered else 0.0


class Line(asyncio.Protocol):
    """One keep-alive connection: one request at a time."""

    def __init__(self) -> None:
        self._got = bytearray()
        self._need = -1
        self._head = 0
        self._answer: asyncio.Future[bytes] | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._got += data
        if self._need < 0:
            end = self._got.find(b"\r\n\r\n")
            if end < 0:
                return
            _, found, rest = bytes(self._got[:end]).lower().partition(b"content-length:")
            self._head = end + 4
            self._need = self._head + (int(rest.split(b"\r\n", 1)[0]) if found else 0)
        if len(self._got) >= self._need and self._answer is not None:
            answer, self._answer = self._answer, None
            if not answer.done():
                answer.set_result(bytes(self._got[: self._need]))

    def connection_lost(self, error: Exception | None) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionResetError())

    async def ask(self, request: bytes) -> bytes:
        """Send one request; its whole answer."""
        assert self._transport is not None
        self._got.clear()
        self._need = -1
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


class Numbers:
    """Activity ids that never come twice."""

    def __init__(self) -> None:
        self._next = 0

    def __call__(self) -> bytes:
        self._next += 1
        return b"%014d" % self._next


async def lines(port: int, count: int) -> list[Line]:
    """So many open connections."""
    loop = asyncio.get_running_loop()
    return [(await loop.create_connection(Line, HOST, port))[1] for _ in range(count)]


async def steadily(
    port: int,
    requests: Sequence[Request],
    name: Callable[[], bytes],
    expect: bytes,
    *,
    connections: int,
    seconds: float,
) -> Result:
    """As many as can be answered, on so many connections, for so long."""
    result, opened = Result(), await lines(port, connections)
    following = _endlessly(requests)
    began = time.perf_counter()
    ends = began + seconds

    async def one(line: Line) -> None:
        while time.perf_counter() < ends:
            await _ask(line, following(), name, expect, result)

    await asyncio.gather(*(one(line) for line in opened))
    result.seconds = time.perf_counter() - began
    for line in opened:
        line.close()
    return result


async def at_once(
    port: int, requests: Sequence[Request], name: Callable[[], bytes], expect: bytes, *, within: float
) -> Result:
    """Each request on a connection of its own, at random moments within so many seconds (0: all together)."""
    result, opened = Result(), await lines(port, len(requests))
    chance = random.Random(7)
    began = time.perf_counter()

    async def one(line: Line, request: Request, wait: float) -> None:
        if wait:
            await asyncio.sleep(wait)
        await _ask(line, request, name, expect, result)

    asked = zip(opened, requests, strict=True)
    await asyncio.gather(*(one(line, request, chance.random() * within) for line, request in asked))
    result.seconds = time.perf_counter() - began
    for line in opened:
        line.close()
    return result


async def _ask(line: Line, request: Request, name: Callable[[], bytes], expect: bytes, result: Result) -> None:
    whole = told(request, name())
    began = time.perf_counter()
    answer = await line.ask(whole)
    took = time.perf_counter() - began
    if answer.startswith(b"HTTP/1.1 200") and expect in answer:
        result.latencies.append(took)
    else:
        result.wrong.append(answer[:400].decode("latin-1"))


def told(request: Request, name: bytes) -> bytes:
    """The whole request with this name, said now, in the way Teams says a time."""
    seconds, fraction = divmod(time.time(), 1)
    now = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds)).encode() + b".%03dZ" % int(fraction * 1000)
    return name.join(request).replace(WHEN, now)


def _endlessly(requests: Sequence[Request]) -> Callable[[], Request]:
    number = -1

    def following() -> Request:
        nonlocal number
        number += 1
        return requests[number % len(requests)]

    return following
