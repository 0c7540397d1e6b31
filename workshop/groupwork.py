"""Groups, cases and practices as they stand in a workshop. Frozen data; the rules about them are elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
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
