"""Somebody's tab in Teams, as far as the server sees it: what Teams says of who they are, and where the tab is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from tests.chat import CHANNEL, Session
from tests.web.visit import Browser, Came


def token(room: Session, name: str, **changed: Any) -> str:
    """What single sign-on gives a tab that this person opens."""
    who = room.room.world.people[name]
    return room.room.keys.for_tab(room.room.url, who.tenant, who.object_id, **changed)


class Tab(Browser):
    """Asks the server as the tab's script does."""

    room: Session
    name: str
    language = ""

    async def asks_as(self, what: str, header: str | None, **asked: str) -> Came:
        """POST with this Authorization header."""
        headers = {} if header is None else {"Authorization": header}
        return await self.asks("POST", f"{self.pages}/tab/{what}", json=asked, headers=headers)

    async def chooses(self, place: str = CHANNEL, **asked: str) -> Came:
        """What there is to choose from, in a conversation or (place "") in the tab of one's own."""
        where = self.room.room.world.conversation(place).id if place else ""
        return await self.asks_as("enter", f"Bearer {token(self.room, self.name)}", conversation=where, **asked)

    async def opens(self, workshop: str, page: str = "board", **asked: str) -> Came:
        """A page of a workshop; its ticket is used from then on."""
        header = f"Bearer {token(self.room, self.name)}"
        came = await self.asks_as("open", header, workshop=workshop, page=page, **asked)
        if came.status == 200:
            self.ticket, self.page = came.said["ticket"], came.said["page"]
        return came


@asynccontextmanager
async def tab(room: Session, name: str) -> AsyncIterator[Tab]:
    """The tab that somebody has open."""
    async with aiohttp.ClientSession() as session:
        opened = Tab(session, str(room.room.link.url).replace("/api/messages", "/pages/open/"))
        opened.room, opened.name = room, name
        yield opened
