"""Which activities have had their effect, and what was said last of the same: what is left, and what is past. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from workshop.delivery import topic_of
from workshop.model import Workshop
from workshop.service import Change

_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)

CHANGE, TOPIC = "change:", "said:"
"""Marks of commands have name spaces of their own."""
AHEAD = timedelta(minutes=5)
"""So far Teams' clock may be ahead of ours for what it says to be kept: else one wrong time would silence what comes
until then."""
REMEMBERED = 20
"""Activities of the very same instant that are told apart."""


class Mark(NamedTuple):
    """What a command has left. One whose time counts: a mark for all that are about the same, which moves, with when it
    was said (microseconds since 1970) and the names of the activities of that instant. Every other: one by itself."""

    key: str
    workshop: str
    said: int | None = None
    activity: str | None = None

    @property
    def activities(self) -> Sequence[str]:
        """The names of its activities."""
        return (self.activity or "").split("\n")


class Coming(NamedTuple):
    """A command before it is done, by what may be found of it. `topic` is None where its time does not count; `kept`:
    whether its time can be kept."""

    activity: str
    topic: str | None = None
    said: int = 0
    kept: bool = False

    @property
    def keys(self) -> Iterable[str]:
        """Under which keys it, or what was said later, may have left something. A mark by name is there where the time
        did not count when it was done: with another clock, before the release that counts it, or after the end."""
        return (CHANGE + self.activity,) if self.topic is None else (self.topic, CHANGE + self.activity)

    def past(self, marks: Mapping[str, Mark]) -> Mark | None:
        """Of what is the reason that nothing is to be done any more: it was done already, or something about the same
        was said later."""
        found = marks.get(self.topic) if self.topic is not None else None
        if found is not None and found.said is not None and found.said >= self.said and (
            found.said > self.said or self.activity in found.activities
        ):
            return found
        return marks.get(CHANGE + self.activity)

    def late(self, found: Mark) -> float:
        """How many seconds before the one that left `found` this was said; 0 where it was not."""
        return max(found.said - self.said, 0) / 1_000_000 if found.said is not None else 0.0

    def left(self, marks: Mapping[str, Mark], workshop: str) -> Mark:
        """What is left of it once it is done."""
        if self.topic is None or not self.kept:
            return Mark(CHANGE + self.activity, workshop)
        found = marks.get(self.topic)
        if found is None or found.said != self.said:
            return Mark(self.topic, workshop, self.said, self.activity)
        return Mark(self.topic, workshop, self.said, "\n".join((*found.activities, self.activity)[-REMEMBERED:]))


def coming(change: Change, workshop: Workshop | None) -> Coming | None:
    """What a change may have left, and will; nothing where it came in no activity."""
    delivery = change.delivery
    if delivery is None:
        return None
    said, name = delivery.said, delivery.key
    if said is not None and workshop is not None and "\n" not in name:
        topic = topic_of(workshop, change.command)
        if topic is not None:
            return Coming(name, TOPIC + topic, (said - _EPOCH) // _MICROSECOND, said - change.now <= AHEAD)
    return Coming(name)
