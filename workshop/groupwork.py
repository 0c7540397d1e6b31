"""Groups, cases and practices as they stand in a workshop. Frozen data; the rules about them are elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from workshop.plan import Text


@dataclass(frozen=True, slots=True)
class Practice:
    """What an earlier session presented: its name, where from, whose, the part that must not be lost, and where to
    read of it (http or https, or nothing)."""

    title: str
    country: str = ""
    whose: str = ""
    core: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody on the organiser's list who has not joined yet: known by an address, else by a name."""

    name: str
    address: str = ""
    institution: str = ""
    country: str = ""
    role: str = ""
    group: str = ""
    """The group they were meant for, as the list calls it."""
    challenge: str = ""
    language: str = ""

    @property
    def key(self) -> str:
        """What tells two of them apart."""
        return (self.address or f"name:{self.name}").casefold()


class Consent(StrEnum):
    """What the owner of a case said to its being opened."""

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Case:
    """One person's obstacle that others help with. `key` is the obstacle's as an item; `group` 0 is everybody."""

    key: str
    label: Text
    owner: str
    group: int = 0
    consent: Consent = Consent.ASKED


@dataclass(frozen=True, slots=True)
class Group:
    """A workshop group: those who work together. Its number is its name for ever; no other group gets it again."""

    number: int
    members: tuple[str, ...] = ()
    """Ids of people, in the order in which they came into it."""
    place: str = ""
    """The conversation that is its own, as `Workshop.home`; empty where it has none."""
    facilitators: tuple[str, ...] = ()
    """Ids of the people who lead its steps and time, members or not, in the order in which they were named."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose a conversation is: a live workshop's home (group 0), or one of its groups'."""

    workshop: str
    group: int = 0


class Ended(StrEnum):
    """How it came that a conversation is a group's no more."""

    LEFT = "left"
    """The group has another one, or none, or is no group any more."""
    REFUSED = "refused"
    """Nothing could ever be posted there."""
    GONE = "gone"
    """Nothing can be posted there any more."""
    OVER = "over"
    """Nothing could be posted there when the workshop had ended."""


@dataclass(frozen=True, slots=True)
class Binding:
    """A conversation that is, or was, a group's. Its place among all of the workshop's is its name for ever: what is
    posted there is found by it."""

    group: int
    place: str
    at: datetime
    """Since when (UTC)."""
    step: int
    """The step that the workshop was at; -1 in the lobby."""
    ended: Ended | None = None


@dataclass(frozen=True, slots=True)
class Spoke:
    """From this instant (UTC) on a person spoke for a group (its key): they answered, took over, or `by` named them."""

    group: str
    person: str
    by: str
    at: datetime


class GroupName(str):
    """A group where the name of a person would stand: as the author of what was asked per group. It is the group's
    key; cards say it in words."""

    __slots__ = ("earlier", "number")

    number: int
    """0: everybody together."""
    earlier: bool
    """Groups were formed anew since."""

    def __new__(cls, key: str, forming: int) -> GroupName:
        """`forming`: how often groups have been formed by now."""
        self = super().__new__(cls, key)
        number, _, of = key.removeprefix("group:").partition("/")
        self.number = int(number)
        self.earlier = self.number > 0 and int(of or 1) < forming
        return self
