"""Requests that are none: too large, too slow, too many, of other kinds. Each has its status; people are served."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from rehearsal.keys import APP_ID
from tests.chat import Session, label, session
from tests.stories.acts import element, form_of, leads, practices, sends

IDLE = 1_000


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Session]:
    """A workshop at its first step."""
    async with session(tmp_path) as opened:
        await opened.opens()
        await opened.joins("james")
        await leads(opened, label("Start", "pl"))
        yield opened


def door(room: Session) -> tuple[str, int, str]:
    """Host and port, and the header with a good token."""
    url = room.room.link.url
    assert url is not None
    token = room.room.keys.for_bot(APP_ID, room.room.activities.service_url)
    return "127.0.0.1", int(url.split(":")[2].split("/")[0]), f"Authorization: Bearer {token}\r\n"


async def said(room: Session, request: bytes) -> bytes:
    """The first line of what comes back for these bytes."""
    host, port, _ = door(room)
    reader, writer = await asyncio.open_connection(host, port)
    try:
        writer.write(request)
        async with asyncio.timeout(5):
            return await reader.readline()
    finally:
        writer.close()


async def works(room: Session, words: str) -> float:
    """Somebody's answer counts all the same; how long it took."""
    began = time.monotonic()
    answer = await sends(await form_of(room, "james"), K1=words)
    assert element(answer.dialog, "receipt"), answer.texts()
    assert await practices(room) == [[words]]
    return time.monotonic() - began


@pytest.mark.parametrize("chunked", [False, True])
async def test_two_megabytes(room: Session, chunked: bool) -> None:
    _, _, header = door(room)
    submit = room.room.sent[-1].activity
    large = b'{"text": "' + b"x" * 2_000_000 + b'"}'

    async def parts() -> AsyncIterator[bytes]:
        for start in range(0, len(large), 50_000):
            yield large[start : start + 50_000]

    headers = {"Authorization": header.strip().partition(": ")[2], "Content-Type": "application/json"}
    assert submit and room.room.link.url is not None
    async with aiohttp.ClientSession() as http, http.post(
        room.room.link.url, data=parts() if chunked else large, headers=headers
    ) as response:
        assert (response.status, await response.text()) == (413, "")
    await works(room, "After it")


OTHERS = (
    (b"GET /api/messages HTTP/1.1", b"405"), (b"PUT /api/messages HTTP/1.1", b"405"),
    (b"DELETE /api/messages HTTP/1.1", b"405"), (b"OPTIONS /api/messages HTTP/1.1", b"405"),
    (b"GET / HTTP/1.1", b"404"), (b"GET /.env HTTP/1.1", b"404"), (b"GET /kolbot.db HTTP/1.1", b"404"),
    (b"GET /../../etc/passwd HTTP/1.1", b"404"), (b"POST /api/messages/../x HTTP/1.1", b"404"),
    (b"POST /api/messages/x HTTP/1.1", b"404"), (b"POST / HTTP/1.1", b"404"), (b"GET /%00 HTTP/1.1", b"404"),
    (b"POST /API/MESSAGES HTTP/1.1", b"404"), (b"GET //api/messages HTTP/1.1", b"404"),
)
"""Requests for something else, and how they end."""


async def test_other_ways_and_other_paths(room: Session) -> None:
    for line, status in OTHERS:
        answer = await said(room, line + b"\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
        assert answer.split(b" ")[1] == status, (line, answer)
    await works(room, "After it")


async def test_a_thousand_idle_connections_and_fifty_slow_ones(room: Session) -> None:
    """None of them keeps anybody waiting; what is sent too slowly is ended with 408."""
    host, port, header = door(room)
    kind = "Content-Type: application/json\r\nContent-Length: 900\r\n\r\n"
    head = f"POST /api/messages HTTP/1.1\r\nHost: x\r\n{header}{kind}"
    idle = [await asyncio.open_connection(host, port) for _ in range(IDLE)]
    slow = [await asyncio.open_connection(host, port) for _ in range(50)]
    try:
        for _, writer in slow:
            writer.write(head.encode() + b'{"text": "')
        for number in range(4):
            for _, writer in slow:
                writer.write(b"x")
            assert await works(room, f"Meanwhile {number}") < 5
        async with asyncio.timeout(20):
            answers = await asyncio.gather(*(reader.readline() for reader, _ in slow))
        assert {answer.split(b" ")[1] for answer in answers} == {b"408"}
    finally:
        for _, writer in (*idle, *slow):
            writer.close()
    await works(room, "After it")
