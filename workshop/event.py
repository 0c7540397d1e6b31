"""What every event says, and those about who speaks for a group; the others are in `workshop.events`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened at an instant (UTC), by somebody."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OnCourse(Event):
    """The course changed: that of all, or of one group that goes at its own pace."""

    group: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokespersonChanged(Event):
    """Somebody speaks for a group (its key) from now on: they answered, took over, or were named."""

    group: str
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupAnswered(Event):
    """What is recorded for a group (its key) is from this person's hand now, and was not before."""

    group: str
    prompt: str
    case: str = ""
