"""Where a workshop, or one of its groups, is: which step, open or not, until when. Frozen data; it decides nothing."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum
from operator import attrgetter
from typing import Protocol


class Status(StrEnum):
    """Where in its life a workshop is. OPEN, PAUSED and CLOSED are about the current step."""

    LOBBY = "lobby"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"
    FINISHED = "finished"
    CANCELLED = "cancelled"


RUNNING = frozenset({Status.OPEN, Status.PAUSED, Status.CLOSED})
"""Between start and end: there is a current step."""
LIVE = RUNNING | {Status.LOBBY}
"""Not ended yet: in one conversation at most one workshop is live."""


@dataclass(frozen=True, slots=True)
class Move:
    """The last thing that changed the course: who did what and when (UTC)."""

    name: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """A time in which a step was open (UTC); it has no end yet while it is. A step opened again has several."""

    step: int
    opened_at: datetime
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Nudge:
    """A reminder: when (UTC), about which step, and to which group (0: everybody)."""

    at: datetime
    step: int
    group: int = 0
    by: str = ""
    people: int = 0
    """How many it goes to, each privately; 0: it is posted in the conversation, for everybody."""
    reached: int | None = None
    """How many of them were reached; None while it is being sent."""
    unreached: tuple[str, ...] = ()
    """Who were not, and are mentioned in the conversation."""

    @property
    def going(self) -> bool:
        """Whether it is being sent."""
        return self.people > 0 and self.reached is None


@dataclass(frozen=True, slots=True)
class Warned:
    """That a step was nearly over: when this was said (UTC), of which step, and to which group (0: everybody but the
    groups of these numbers, `apart`, that had time of their own)."""

    at: datetime
    step: int
    group: int = 0
    apart: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Lit:
    """The entry (of a prompt) that every open board page shows large, as long as everybody may see it."""

    prompt: str
    entry: str


@dataclass(frozen=True, slots=True)
class Course:
    """Where those are who go through the steps together. The fields are those of the same name of a `Workshop`; `moves`
    goes on from those of all, so that no button of a group is ever taken for a later one."""

    at: int
    status: Status
    closes_at: datetime | None = None
    remaining: timedelta | None = None
    moves: int = 0
    case_round: int = 0
    moved_deadline: bool = False
    last: Move | None = None
    opened: frozenset[int] = frozenset()
    opened_steps: tuple[Held, ...] = ()

    def takes(self, number: int) -> bool:
        """Whether this step is open here (a pause takes answers too)."""
        return self.at == number and self.status in (Status.OPEN, Status.PAUSED)


COURSE = tuple(field.name for field in fields(Course))
"""What a group has of its own where it goes its own way."""
_own = attrgetter(*COURSE)


class Stands(Protocol):
    """All, or a group, as far as it matters whether a step is over."""

    @property
    def at(self) -> int: ...
    @property
    def status(self) -> Status: ...


def is_over(stands: Stands, number: int) -> bool:
    """Whether a step that has been open is not open any more."""
    return stands.at != number or stands.status in (Status.CLOSED, Status.FINISHED)


def course_of(stands: object) -> Course:
    """The same of whatever has all of it."""
    return Course(*_own(stands))
