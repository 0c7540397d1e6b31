"""What every event says; the events themselves are in `workshop.events`. It never says what happened."""

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
