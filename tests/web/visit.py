"""Somebody's browser, as far as the server sees it: links, tickets, presses, a stream. It draws nothing."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import aiohttp

from rehearsal.hands import Dialog
from web.patches import put_in

_IDS = count(1)


@dataclass(frozen=True, slots=True)
class Came:
    """An answer of the server."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def said(self) -> Any:
        return json.loads(self.text)


@dataclass
class Stream:
    """What has come of a page's stream so far: the page as it would stand there."""

    response: aiohttp.ClientResponse
    parts: dict[str, str] = field(default_factory=dict)
    revision: int = -1
    gone: str = ""
    bytes: bytearray = field(default_factory=bytearray)
    _left: str = ""

    @property
    def words(self) -> str:
        return "\n".join(self.parts.values())

    async def next(self) -> str:
        """The next event's name; "" where the stream ends."""
        while True:
            while "\n\n" in self._left:
                event, _, self._left = self._left.partition("\n\n")
                if name := self._takes(event):
                    return name
            chunk = await asyncio.wait_for(self.response.content.readany(), 8)
            if not chunk:
                return ""
            self.bytes += chunk
            self._left += chunk.decode()

    async def until(self, words: str) -> None:
        """Read on until the page says this."""
        while words not in self.words:
            assert await self.next() == "parts", (words, self.gone, self.words)

    def _takes(self, event: str) -> str:
        name = next((line[7:] for line in event.splitlines() if line.startswith("event: ")), "")
        if not name:
            return ""
        data = json.loads(next(line[6:] for line in event.splitlines() if line.startswith("data: ")))
        if name == "gone":
            self.gone = data["said"]
        else:
            self.revision = data["revision"]
            changed = {name: put_in(self.parts[name], found) for name, found in data["splices"].items()}
            changed |= data["parts"]
            self.parts = {part: changed.get(part, self.parts.get(part, "")) for part in data["order"]}
        return name


class Browser:
    """Asks the server; keeps a ticket as the page's script does."""

    def __init__(self, session: aiohttp.ClientSession, link: str) -> None:
        self.session = session
        self.link = link
        self.pages = link.partition("/open/")[0]
        self.ticket = ""
        self.page = "console"

    async def asks(self, method: str, url: str, **more: Any) -> Came:
        async with self.session.request(method, url, **more) as response:
            return Came(response.status, dict(response.headers), await response.text())

    async def looks(self) -> Came:
        return await self.asks("GET", self.link, headers={"Accept": "text/html"})

    async def enters(self) -> Came:
        came = await self.asks("POST", self.link)
        if came.status == 200:
            self.ticket = came.said["ticket"]
        return came

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.ticket}"}

    async def presses(self, verb: str, *, id: str = "", names: bool = False, **data: object) -> Came:
        """A button of the page."""
        body = {"data": {"verb": verb, **data}, "id": id or f"press-{next(_IDS):08}", "names": names}
        return await self.asks("POST", f"{self.pages}/{self.page}/act", json=body, headers=self.bearer)

    async def leaves(self) -> Came:
        return await self.asks("POST", f"{self.pages}/leave", headers=self.bearer)

    async def tries(self, query: str = "") -> Came:
        """Ask for the stream where it is refused."""
        return await self.asks("GET", f"{self.pages}/{self.page}/stream{query}", headers=self.bearer)

    @asynccontextmanager
    async def streams(self, query: str = "", page: str = "") -> AsyncIterator[Stream]:
        url = f"{self.pages}/{page or self.page}/stream{query}"
        async with self.session.get(url, headers=self.bearer) as response:
            assert response.status == 200, await response.text()
            yield Stream(response)


@asynccontextmanager
async def browser(dialog: Dialog | str | None) -> AsyncIterator[Browser]:
    """The browser in which a dialog hosts a page."""
    link = dialog if isinstance(dialog, str) else dialog.url if dialog else None
    assert link is not None, "this dialog hosts no page"
    async with aiohttp.ClientSession() as session:
        yield Browser(session, link)
