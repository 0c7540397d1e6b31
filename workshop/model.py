"""A workshop as it stands: stage, step, people, items carried over. Frozen data; it never holds the answers."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from workshop.plan import Item, Place, Plan

MINIMUM = 3
"""From this many answers on an anonymous prompt's results show, and are carried over."""

GRACE = timedelta(seconds=60)
"""How long a step that ends on time still takes answers from whoever is typing."""

Value = Mapping[str, object]
"""One answer as plain JSON data; only the prompt's kind knows its shape."""


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
class Person:
    """Somebody in a workshop. `id` is home tenant and Entra object id; `joined` once they took part themselves."""

    id: str
    name: str
    language: str = ""
    institution: str = ""
    country: str = ""
    role: str = ""
    challenge: str = ""
    joined: bool = False
    facilitator: bool = False
    moderator: bool = False
    reserve: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What one author gave to one prompt. `author` is a person's id, or a pseudonym where the prompt is anonymous."""

    prompt: str
    author: str
    value: Value
    case: str = ""
    round: int = 1


@dataclass(frozen=True, slots=True)
class Move:
    """The last thing that changed the course: who did what and when (UTC)."""

    name: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Nudge:
    """A reminder that was posted: when (UTC), and about which step."""

    at: datetime
    step: int


@dataclass(frozen=True, slots=True)
class Workshop:
    """One session in one home conversation. All instants are UTC; `revision` grows with every change, `moves` only
    with those that change the course (next, extend, close …), so that a button knows whether it is stale."""

    id: str
    tenant: str
    home: str
    title: str
    language: str
    plan: Plan
    opened_by: str
    opened_at: datetime
    secret: str | None
    """Key of the pseudonyms of anonymous prompts (hex); destroyed at the end."""
    revision: int = 0
    moves: int = 0
    status: Status = Status.LOBBY
    at: int = -1
    closes_at: datetime | None = None
    remaining: timedelta | None = None
    """While paused: how much of the step's time is left."""
    late_allowed: bool = False
    people: Mapping[str, Person] = field(default_factory=dict)
    items: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    """What each opened prompt that takes items asks about."""
    picked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Item keys that a facilitator picked where there were too many for a vote."""
    opened: frozenset[int] = frozenset()
    """Numbers of the steps that have been open at some time."""
    skipped: frozenset[int] = frozenset()
    """Numbers of the steps that had nothing to ask about."""
    revealed: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    """Entries that a moderator hid (see `entry_id`)."""
    moved_deadline: bool = False
    """The current step's deadline moved because the server was away."""
    stage_posts: Mapping[str, int] = field(default_factory=dict)
    """How often each stage's card ("lobby" for the lobby's) was posted again below."""
    board_posts: int = 0
    last: Move | None = None
    nudges: tuple[Nudge, ...] = ()
    takeovers: tuple[str, ...] = ()
    """Who took over, in order: it is announced to everybody."""
    posted_at: Mapping[str, datetime] = field(default_factory=dict)
    """When the stage card ("stage") and the board ("board") were last posted again on request."""
    acted_at: datetime | None = None
    """When a facilitator last did anything at all."""

    @property
    def place(self) -> Place | None:
        """Where the workshop is; nothing in the lobby."""
        return self.plan.places[self.at] if self.at >= 0 else None

    @property
    def joined(self) -> tuple[Person, ...]:
        return tuple(person for person in self.people.values() if person.joined)

    @property
    def facilitators(self) -> tuple[Person, ...]:
        return tuple(person for person in self.people.values() if person.facilitator)

    def is_shown(self, prompt_id: str) -> bool:
        """Whether others' answers to this prompt are to be seen by everybody now."""
        prompt, place = self.plan.prompts[prompt_id], self.plan.place_of[prompt_id]
        if place.number not in self.opened:
            return False
        if prompt.reveal == "live" or prompt_id in self.revealed:
            return True
        if prompt.reveal == "by_facilitator":
            return False
        return place.number != self.at or self.status in (Status.CLOSED, Status.FINISHED)

    def shown_items(self, prompt_id: str) -> tuple[Item, ...]:
        """What a prompt asks about, without what a moderator has hidden since."""
        items = self.items.get(prompt_id, ())
        return tuple(item for item in items if not item.entries or not self.hidden.issuperset(item.entries))

    def author(self, prompt_id: str, person: str) -> str | None:
        """Under which name this person's answer to a prompt is kept: the person, or for an anonymous prompt an
        HMAC-SHA-256 pseudonym. Nothing once the key of an ended workshop is destroyed."""
        if not self.plan.prompts[prompt_id].anonymous:
            return person
        if self.secret is None:
            return None
        mark = hmac.new(bytes.fromhex(self.secret), f"{prompt_id}\n{person}".encode(), hashlib.sha256)
        return "anonymous:" + mark.hexdigest()[:32]


def entry_id(answer: Answer, part: str, words: str) -> str:
    """The name of one entry of an answer (one sticky note), by which it is hidden or restored. The same words by the
    same author in the same column keep their name through edits of the rest; other words are another note."""
    seed = "\n".join((answer.prompt, answer.case, str(answer.round), answer.author, part, words))
    return hashlib.sha256(seed.encode()).hexdigest()[:16]
