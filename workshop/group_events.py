"""What happened to groups, and to what was put in beforehand. Past tense, frozen; `workshop.events` has them all."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.event import Event
from workshop.model import Ended, Expected, Group, Practice


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticesChanged(Event):
    """All practices as they are from now on."""

    practices: tuple[Practice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListChanged(Event):
    """All who are expected from now on."""

    people: tuple[Expected, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedCame(Event):
    """Somebody of the list has joined; `group` is what it calls the one they were meant for."""

    person: str
    key: str
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupsFormed(Event):
    """Who works with whom from now on, everybody at once; no groups where they were dissolved."""

    groups: tuple[Group, ...]
    together: tuple[frozenset[str], ...] = ()
    apart: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupsJoined(Event):
    """These groups have no course of their own any more: they are where all are."""

    groups: tuple[int, ...]
    opened: frozenset[int] = frozenset()
    """Numbers of the steps that have been open for one of them, and count as open for all now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFacilitatorNamed(Event):
    """Somebody leads a group's steps and time now, or (not `named`) no longer."""

    group: int
    person: str
    named: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPlaced(Event):
    """Somebody works in this group now; a group that nobody is left in is none any more."""

    person: str
    group: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupBound(Event):
    """A conversation is the group's own from now on."""

    group: int
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupUnbound(Event):
    """The group has no conversation of its own any more."""

    group: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLost(Event):
    """Nothing can be posted in the conversation of this binding."""

    binding: int
    ended: Ended


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
