"""One open page, and what is drawn for it and all who see the same. It keeps the newest drawing, and reads nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import orjson

from locales import words
from web.drawing import instant
from web.said import No, no
from workshop.model import Answer, Workshop
from workshop.passes import Pass

Options = Mapping[str, str]
"""What a page wants to see of what it may: whose names, which group."""
Parts = Mapping[str, str]
"""A page's parts in order, by name: their HTML."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A workshop with its answers, read together."""

    workshop: Workshop
    answers: tuple[Answer, ...]
    at: datetime


class Page(Protocol):
    """A sort of page. Both are asked with what is stored now, before each drawing."""

    @property
    def tells_time(self) -> bool:
        """Whether it has to be drawn again now and then though nothing has changed."""

    def key(self, seen: Workshop, given: Pass, options: Options) -> Hashable | None:
        """All with the same key see the same; None: this person may not see it (any more)."""

    def draw(self, seen: Seen, given: Pass, options: Options) -> Parts:
        """The parts that such a page has now. In a thread."""


class Drawn:
    """One drawing for all who see the same; what most of them have to be sent is put together once."""

    def __init__(self, parts: Parts, revision: int) -> None:
        self.digests = {name: hash(html) for name, html in parts.items()}
        self._parts = parts
        self._revision = revision
        self._events: dict[frozenset[tuple[str, int]], bytes | None] = {}

    def since(self, sent: Mapping[str, int], clock: Callable[[], datetime]) -> bytes | None:
        """The event for a page that has this; nothing where it has all of it."""
        key = frozenset(sent.items())
        if key not in self._events:
            self._events[key] = self._event(sent, clock)
        return self._events[key]

    def _event(self, sent: Mapping[str, int], clock: Callable[[], datetime]) -> bytes | None:
        changed = {name: html for name, html in self._parts.items() if sent.get(name) != self.digests[name]}
        if not changed and self.digests.keys() == sent.keys():
            return None
        body = {"revision": self._revision, "now": instant(clock()), "order": list(self._parts), "parts": changed}
        return _event("parts", body)


@dataclass(slots=True, eq=False)
class Open:
    """One open page: the newest drawing waits here for it, never more than one, however slowly it reads."""

    given: Pass
    ticket: str
    page: Page
    options: Options
    news: asyncio.Event = field(default_factory=asyncio.Event)
    drawn: Drawn | None = None
    gone: No | None = None
    ended: bool = False
    sent: Mapping[str, int] = field(default_factory=dict)
    """What it was last sent of each part, by its hash."""

    def shows(self, drawn: Drawn) -> None:
        self.drawn = drawn
        self.news.set()

    def goes(self, why: No | None) -> None:
        """It is over: for a reason that the page shall tell, or (None) the page may come again."""
        self.gone, self.ended = why, True
        self.news.set()

    async def next(self, clock: Callable[[], datetime]) -> bytes | None:
        """Wait for what the page has to be sent next; None: nothing ever again."""
        while True:
            await self.news.wait()
            self.news.clear()
            if self.ended:
                if self.gone is None:
                    return None
                why, self.gone = self.gone, None
                self.news.set()
                said = no(why, words(self.given.language))
                return _event("gone", {"said": said, "kind": "alert", "why": why.value})
            if (event := self._changed(clock)) is not None:
                return event

    def _changed(self, clock: Callable[[], datetime]) -> bytes | None:
        drawn, self.drawn = self.drawn, None
        if drawn is None:
            return None
        event, self.sent = drawn.since(self.sent, clock), drawn.digests
        return event


def _event(name: str, body: Mapping[str, object]) -> bytes:
    return b"event: " + name.encode() + b"\ndata: " + orjson.dumps(body) + b"\n\n"
