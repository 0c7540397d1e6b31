"""News of the world: who waits for a change, and the streams of open pages. It never decides what is true."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

T = TypeVar("T")

PATIENCE = 2000
"""Events that a stream may be behind before it is closed; the page then loads anew."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something happened. `person` is the only one who may know of it, or None for everybody in the conversation."""

    kind: Literal["message", "room", "toast", "refused", "typing"]
    message: str | None = None
    conversation: str | None = None
    person: str | None = None
    text: str = ""
    refusal: dict[str, Any] | None = None


class Stream:
    """The events for one reader. `next()` gives None when the reader fell too far behind and has to start over."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Event | None] = asyncio.Queue()
        self.closed = False
        self._room_told = False

    def put(self, event: Event) -> None:
        """Adds an event; a reader that does not read is cut off. Of several unread `room` events one is enough."""
        if self.closed or (event.kind == "room" and self._room_told):
            return
        if event.kind == "room":
            self._room_told = True
        if self._queue.qsize() >= PATIENCE:
            self.close()
            return
        self._queue.put_nowait(event)

    def close(self) -> None:
        """Ends the stream after what it still holds."""
        self.closed = True
        self._queue.put_nowait(None)

    async def next(self) -> Event | None:
        """The next event, waiting for it; None at the end."""
        event = await self._queue.get()
        if event is not None and event.kind == "room":
            self._room_told = False
        return event


class Feed:
    """Tells every listener, and wakes those who wait for something to become true."""

    def __init__(self) -> None:
        self._streams: set[Stream] = set()
        self._listeners: list[Callable[[Event], None]] = []
        self._waiting: set[asyncio.Future[None]] = set()

    def tell(self, event: Event) -> None:
        """Called by the world after each change."""
        for stream in tuple(self._streams):
            stream.put(event)
        for listener in tuple(self._listeners):
            listener(event)
        self.wake()

    def wake(self) -> None:
        """Lets everybody who waits look again."""
        waiting, self._waiting = self._waiting, set()
        for future in waiting:
            if not future.done():
                future.set_result(None)

    def tell_room(self) -> None:
        """The room itself is different now: its people, its bot, its simulation."""
        self.tell(Event("room"))

    def listen(self, listener: Callable[[Event], None]) -> None:
        """Calls back for each event, at once, on the event loop."""
        self._listeners.append(listener)

    def open(self) -> Stream:
        """A stream of all events from now on; end it with `leave`."""
        stream = Stream()
        self._streams.add(stream)
        return stream

    def leave(self, stream: Stream) -> None:
        """Forgets a stream."""
        self._streams.discard(stream)

    def close(self) -> None:
        """Ends every stream, so that a stopping server does not wait for its readers."""
        for stream in tuple(self._streams):
            stream.close()

    async def until(self, predicate: Callable[[], T], seconds: float, what: str) -> T:
        """Waits until `predicate` gives something true and returns it. Raises TimeoutError(what) after `seconds`.

        It is asked again after each change, many changes at once counting as one; there is no polling.
        """
        deadline = asyncio.get_running_loop().time() + seconds
        while not (value := predicate()):
            changed = asyncio.get_running_loop().create_future()
            self._waiting.add(changed)
            try:
                async with asyncio.timeout_at(deadline):
                    await changed
            except TimeoutError:
                raise TimeoutError(f"not within {seconds:g} s: {what}") from None
            finally:
                self._waiting.discard(changed)
        return value
