"""A crowd of simulated participants in a conversation of the room. It reacts to the world's events and never polls."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from rehearsal.awkward import awkward
from rehearsal.feed import Event, Feed, Stream
from rehearsal.hands import Person
from rehearsal.offers import Nearest, Offers
from rehearsal.participant import Participant, Record, Submitted
from rehearsal.persona import people

if TYPE_CHECKING:
    from rehearsal.server import Room

__all__ = ["Simulation", "Submitted"]

NEWS_EVERY = 0.5
"""Seconds between two reports to open pages: a crowd that answers at once is one report."""


class Simulation:
    """`count` people who join the workshop of a conversation (or of its thread `root`) and answer its steps.

    `language` is two letters, several for several in turn, or None for all.
    `speed` is "human" (5 to 60 s a step) or "fast" (0 to 0.3 s).
    The first `strange` of them write what nobody expects. The same seed and the same forms give the same answers,
    whatever the order in which people get to them. `same` are those who were in an earlier workshop: they come again.
    """

    def __init__(
        self, room: Room, conversation: str, root: str | None, count: int,
        language: str | Sequence[str] | None, speed: str, seed: int, *, strange: int = 0,
        same: Sequence[Participant] = (),
    ) -> None:
        if speed not in ("human", "fast"):
            raise ValueError(f'speed is "human" or "fast", not {speed!r}')
        self.record = Record()
        self.participants: list[Participant] = []
        self._room = room
        self._conversation = room.world.conversation(conversation).id
        self._count = count
        self._language = language
        self._speed = speed
        self._seed = seed
        self._strange = strange
        self._same = same
        self._offers = Offers(room.world, self._conversation, root, ("join", "answer", "my_case"))
        self._own: list[Offers] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._progress = Feed()
        self._report: asyncio.TimerHandle | None = None
        self._stream: Stream | None = None

    @property
    def acknowledged(self) -> list[Submitted]:
        """Every submit that the bot answered with a receipt, in that order; a person's later one replaces theirs."""
        return self.record.acknowledged

    @property
    def unsure(self) -> list[Submitted]:
        """Submits that nobody answered and no later receipt covers: on the board or not, both are right."""
        return [submitted for several in self.record.unsure.values() for submitted in several]

    def works_in(self, conversation: str, members: Collection[str]) -> None:
        """These people (ids of the room) answer from a conversation of their own from now on."""
        own = Offers(self._room.world, conversation, None, ("answer",))
        own.look_back()
        self._own.append(own)
        for one in self.participants:
            if one.hands.id in members:
                one.offers = Nearest(self._offers, own)

    def state(self) -> dict[str, Any]:
        """How it goes: people, how many have joined, steps answered, and whether they are at it."""
        return {
            "running": any(not task.done() for task in self._tasks),
            "people": len(self.participants),
            "joined": sum(bool(one.joined) for one in self.participants),
            "answered": sum(len(one.answered) for one in self.participants),
            "skipped": self.record.skipped,
            "refused": self.record.refused,
            "gave_up": self.record.gave_up,
        }

    async def start(self) -> None:
        """They come into the room and begin; what already stands in the conversation counts."""
        world = self._room.world
        today = datetime.fromtimestamp(world.clock(), UTC).date()
        names = [member.name for member in world.people.values()]
        if self._same:
            personas, ids = [one.persona for one in self._same], [one.hands.id for one in self._same]
        else:
            personas = people(self._count, self._language, self._seed, today, names)
            personas = [awkward(one) for one in personas[: self._strange]] + personas[self._strange :]
            ids = list(await self._room.add_people([(one.name, one.language) for one in personas], simulated=True))
        self.participants = [
            Participant(
                persona, Person(self._room, name, self._conversation), self._offers, self.record, self._speed,
                self._told,
            )
            for persona, name in zip(personas, ids, strict=True)
        ]
        self._stream = world.feed.open()
        self._offers.look_back()
        self._tasks = [asyncio.create_task(one.live()) for one in self.participants]
        self._tasks.append(asyncio.create_task(self._listen()))

    async def stop(self) -> None:
        """They stop; nothing of theirs is on its way afterwards."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._stream is not None:
            self._room.world.feed.leave(self._stream)
        if self._report is not None:
            self._report.cancel()
            self._report = None

    async def settled(self, seconds: float) -> None:
        """Waits until everybody has dealt with all that is asked now. Raises TimeoutError, or what went wrong."""
        self._look_back()
        for one in self.participants:
            one.news.set()
        await self._progress.until(self._all_settled, seconds, "the simulated people are done")

    def _hears(self, event: Event) -> bool:
        """Whether anything that is offered is different now."""
        different = [each.hear(event) for each in (self._offers, *self._own)]
        return any(different)

    def _look_back(self) -> None:
        for each in (self._offers, *self._own):
            each.look_back()

    def _all_settled(self) -> bool:
        for task in self._tasks:
            if task.done() and not task.cancelled():
                task.result()
        return all(one.settled for one in self.participants)

    async def _listen(self) -> None:
        """Wakes people when what the cards offer is different."""
        while self._stream is not None:
            event: Event | None = await self._stream.next()
            if event is None:  # fell behind: read everything anew
                self._room.world.feed.leave(self._stream)
                self._stream = self._room.world.feed.open()
                self._look_back()
            elif not self._hears(event):
                continue
            for one in self.participants:
                one.news.set()

    def _told(self) -> None:
        """Somebody did something: those who wait for it look again, open pages hear of it soon."""
        self._progress.tell(Event("room"))
        if self._report is None:
            self._report = asyncio.get_running_loop().call_later(NEWS_EVERY, self._reports)

    def _reports(self) -> None:
        self._report = None
        self._room.world.feed.tell_room()
