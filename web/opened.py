"""One open page, and what is drawn for it and all who see the same. It keeps the newest drawing, and reads nothing."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from typing import Protocol

import orjson

from locales import words
from web.drawing import instant
from web.patches import splices
from web.said import No, no
from workshop.model import Answer, Workshop
from workshop.passes import Pass

Options = Mapping[str, str]
"""What a page wants to see of what it may: whose names, which group."""
Parts = Mapping[str, str]
"""A page's parts in order, by name: their HTML."""


NOTHING: Mapping[str, bytes] = {}
"""What a page that has just opened was sent."""


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
        """All with the same key see the same; None: this person may not see it (any more). It is the same as long as
        only answers come."""

    def draw(self, seen: Seen, given: Pass, options: Options) -> Parts:
        """The parts that such a page has now. In a thread."""


class Pipe(Protocol):
    """A page's connection."""

    @property
    def free(self) -> bool:
        """Whether all that was sent has left this process."""

    def send(self, event: bytes) -> None:
        """Without waiting; what the other end does not take waits in memory."""


class Drawn:
    """One drawing for all who see the same; what most of them have to be sent is put together once."""

    def __init__(self, parts: Parts, revision: int, before: Drawn | None = None) -> None:
        """`before`: the last drawing of the same, which most pages have. In a thread: what differs is found here."""
        self.digests = {name: _digest(html) for name, html in parts.items()}
        self._parts = parts
        self._revision = revision
        had: Parts = before._parts if before else {}
        self._had = before.digests if before else NOTHING
        self._splices = {
            name: found
            for name, html in parts.items()
            if name in had and self._had[name] != self.digests[name] and (found := splices(had[name], html)) is not None
        }
        self._events: dict[int, tuple[Mapping[str, bytes], bytes | None]] = {}

    def since(self, sent: Mapping[str, bytes], clock: Callable[[], datetime]) -> bytes | None:
        """The event for a page that has this; nothing where it has all of it."""
        # Pages that were sent the same hold the same mapping, which is kept here so that its id stays its own.
        if (made := self._events.get(id(sent))) is None:
            made = self._events[id(sent)] = (sent, self._event(sent, clock))
        return made[1]

    def _event(self, sent: Mapping[str, bytes], clock: Callable[[], datetime]) -> bytes | None:
        changed = [name for name in self._parts if sent.get(name) != self.digests[name]]
        if not changed and self.digests.keys() == sent.keys():
            return None
        spliced = {name for name in changed if name in self._splices and sent.get(name) == self._had[name]}
        body: dict[str, object] = {"revision": self._revision, "now": instant(clock()), "order": list(self._parts)}
        body["parts"] = {name: self._parts[name] for name in changed if name not in spliced}
        body["splices"] = {name: self._splices[name] for name in changed if name in spliced}
        return _event("parts", body)


@dataclass(slots=True)
class Figures:
    """What all pages of this process have cost so far."""

    drawings: int = 0
    """How often something was drawn, for all who see the same."""
    seconds: float = 0.0
    """Of CPU, for drawing."""
    events: int = 0
    bytes: int = 0
    """Of the events."""


@dataclass(slots=True, eq=False)
class Open:
    """One open page: the newest drawing waits here for it, never more than one, however slowly it reads."""

    given: Pass
    ticket: str
    page: Page
    options: Options
    figures: Figures
    news: asyncio.Event = field(default_factory=asyncio.Event)
    drawn: Drawn | None = None
    gone: No | None = None
    ended: bool = False
    sent: Mapping[str, bytes] = field(default_factory=lambda: NOTHING)
    """What it was last sent of each part, by its digest."""
    asked: Workshop | None = None
    """The workshop that `key` was asked of."""
    key: Hashable | None = None
    pipe: Pipe | None = None
    """Where it can be sent something without waiting."""

    def shows(self, drawn: Drawn, clock: Callable[[], datetime]) -> None:
        """Send it this at once, where all that it was sent before has gone out; else it waits here."""
        self.drawn = drawn
        if self.pipe is None or self.news.is_set() or not self.pipe.free:
            self.news.set()
        elif (event := self._changed(clock)) is not None:
            self.pipe.send(event)

    def key_in(self, seen: Workshop) -> Hashable | None:
        """What all who see the same have in common, asked anew of a workshop that has changed; None: no right to it."""
        if self.asked is not seen:
            self.asked, self.key = seen, self.page.key(seen, self.given, self.options)
        return self.key

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
        if event is not None:
            self.figures.events += 1
            self.figures.bytes += len(event)
        return event


def draw_all(
    seen: Seen, wanted: Mapping[Hashable, Sequence[Open]], before: Mapping[Hashable, Drawn]
) -> tuple[dict[Hashable, Drawn], float]:
    """The drawings, and the CPU that they took, s."""
    began = time.thread_time()
    made = {
        key: Drawn(one.page.draw(seen, one.given, one.options), seen.workshop.revision, before.get(key))
        for key, (one, *_) in wanted.items()
    }
    return made, time.thread_time() - began


def _digest(html: str) -> bytes:
    """The same in every process, unlike Python's own hash."""
    return blake2b(html.encode(), digest_size=16).digest()


def _event(name: str, body: Mapping[str, object]) -> bytes:
    return b"event: " + name.encode() + b"\ndata: " + orjson.dumps(body) + b"\n\n"
