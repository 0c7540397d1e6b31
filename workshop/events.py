"""What happened in a workshop. Past tense, frozen; made only by `rules.decide`, applied only by `evolve`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from workshop.brought import Brought
from workshop.event import Event as Event, OnCourse as OnCourse
from workshop.group_events import (
    ExpectedCame as ExpectedCame,
    GroupAnswered as GroupAnswered,
    GroupBound as GroupBound,
    GroupFacilitatorNamed as GroupFacilitatorNamed,
    GroupsFormed as GroupsFormed,
    GroupsJoined as GroupsJoined,
    GroupUnbound as GroupUnbound,
    ListChanged as ListChanged,
    PersonPlaced as PersonPlaced,
    PlaceLost as PlaceLost,
    PracticesChanged as PracticesChanged,
    SpokespersonChanged as SpokespersonChanged,
)
from workshop.model import Case, Value
from workshop.plan import Item, Plan
from workshop.themes import Themes
from workshop.translations import Whose


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(Event):
    id: str
    tenant: str
    home: str
    plan: Plan
    title: str
    language: str
    secret: str
    brought: Brought | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChanged(Event):
    """Somebody joined, said something else about themselves, or was given a role. Only named fields changed."""

    person: str
    name: str | None = None
    language: str | None = None
    institution: str | None = None
    country: str | None = None
    role: str | None = None
    challenge: str | None = None
    joined: bool | None = None
    facilitator: bool | None = None
    moderator: bool | None = None
    reserve: bool | None = None
    took_over: bool = False
    """They made themselves facilitator, because none was there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepOpened(OnCourse):
    """A step takes answers from now on; `items` is what its prompts ask about, as it was when it opened."""

    number: int
    closes_at: datetime
    items: tuple[tuple[str, tuple[Item, ...]], ...] = ()
    skipped: tuple[int, ...] = ()
    """Steps passed over because an earlier one had given nothing to ask about."""
    way: str = "next"
    """Which command led here: start, next, back or reopen."""
    case_round: int = 0
    """The number of the case that each group is at, from 0, where the step is one of a case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepClosed(OnCourse):
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineChanged(OnCourse):
    """The open step ends at another time; `outage` where the server's absence was the reason."""

    closes_at: datetime
    outage: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused(OnCourse):
    remaining: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(OnCourse):
    closes_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished(Event):
    skipped: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancelled(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSubmitted(Event):
    prompt: str
    author: str
    value: Value
    case: str = ""
    round: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerWithdrawn(Event):
    prompt: str
    author: str
    case: str = ""
    round: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesProposed(Event):
    """The owners of these obstacles are asked whether others may help with them."""

    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAnswered(Event):
    case: str
    agreed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LateAllowed(Event):
    allowed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersRevealed(Event):
    prompt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemsPicked(Event):
    prompt: str
    keys: tuple[str, ...]
    case: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryHidden(Event):
    prompt: str
    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRestored(Event):
    prompt: str
    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryApproved(Event):
    prompt: str
    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySpotlit(Event):
    """Every open board page shows this entry large, and no other."""

    prompt: str
    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpotlightEnded(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryTranslated(Event):
    """These entries (with whose they are) say this in another language; no words: nobody knows what any more."""

    prompt: str
    language: str
    words: str
    entries: Mapping[str, Whose]


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationsLost(Event):
    """Of entries that their author took back, or wrote anew."""

    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemesChanged(Event):
    """The themes of one column of a notes prompt, as they are from now on and as they were."""

    prompt: str
    column: str
    themes: Themes


@dataclass(frozen=True, slots=True, kw_only=True)
class StagePostedAgain(Event):
    group: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardPostedAgain(Event):
    group: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Nudged(OnCourse):
    people: int = 0
    """How many are reminded, each privately; 0: everybody, in the conversation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWarned(OnCourse):
    """The open step is nearly over. `apart`: the groups that it does not concern, as they have time of their own."""

    apart: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NudgeReported(Event):
    """What came of a private reminder, by its place among all."""

    number: int
    reached: int
    unreached: tuple[str, ...]


AnyEvent = (
    Opened
    | PersonChanged
    | StepOpened
    | StepClosed
    | DeadlineChanged
    | Paused
    | Resumed
    | Finished
    | Cancelled
    | AnswerSubmitted
    | AnswerWithdrawn
    | CasesProposed
    | CaseAnswered
    | PracticesChanged
    | ListChanged
    | ExpectedCame
    | GroupsFormed
    | GroupsJoined
    | GroupFacilitatorNamed
    | PersonPlaced
    | GroupBound
    | GroupUnbound
    | PlaceLost
    | SpokespersonChanged
    | GroupAnswered
    | LateAllowed
    | AnswersRevealed
    | ItemsPicked
    | EntryHidden
    | EntryRestored
    | EntryApproved
    | EntrySpotlit
    | SpotlightEnded
    | EntryTranslated
    | TranslationsLost
    | ThemesChanged
    | StagePostedAgain
    | BoardPostedAgain
    | Nudged
    | NudgeReported
    | TimeWarned
)
