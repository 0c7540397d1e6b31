"""One turn of a conversation: who did what, where, in what language; and what may come back. Knows no edge."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol

from dialogs.alike import Comparison
from workshop.delivery import Delivery
from workshop.drafts import Drafts
from workshop.plan import Plan
from workshop.said import Sentence
from workshop.service import Reader, Workshops
from workshop.views import View


class Via(StrEnum):
    """How somebody spoke: typed a command, pressed a button of a card, or acted in a dialog or a page of their own."""

    TYPED = "typed"
    CARD = "card"
    DIALOG = "dialog"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Who:
    """A person: `id` is home tenant and Entra object id, checked by the edge; never taken from a button's data."""

    id: str
    name: str
    there: bool | None = True
    """Whether they are in the conversation, for people who are named by others; None where that cannot be told now."""


@dataclass(frozen=True, slots=True)
class Where:
    """A conversation. `shared` is false for a personal chat; `team` is the team that a channel belongs to."""

    tenant: str
    home: str
    shared: bool = True
    team: str = ""

    @property
    def owner(self) -> str:
        """Whose templates are offered here: the team's; outside of teams the conversation's."""
        return self.team or self.home


async def nobody() -> Sequence[Who]:
    """The roster of a conversation whose members cannot be listed."""
    return ()


async def unknown() -> Sequence[str]:
    """The addresses of somebody of whom nobody knows any."""
    return ()


async def unseen(person: str) -> Who:
    """Somebody of a conversation whose members cannot be looked up."""
    return Who(person, "", None)


_NO_TEXT = re.compile("[\x00\ud800-\udfff]")
"""Characters that no database keeps."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What a person did. `data` holds a button's data and the inputs; all of it may have been forged."""

    verb: str
    who: Who
    where: Where
    language: str
    via: Via
    data: Mapping[str, object] = field(default_factory=dict)
    mentioned: tuple[Who, ...] = ()
    delivery: Delivery | None = None
    roster: Callable[[], Awaitable[Sequence[Who]]] = nobody
    addresses: Callable[[], Awaitable[Sequence[str]]] = unknown
    """Mail address and principal name of who does it, as Teams tells them."""
    guessed: bool = False
    """Nobody has said which language this person speaks: `language` is only a guess."""
    automatic: bool = False
    """Nobody pressed anything: a client refreshes a card that it shows."""
    member: Callable[[str], Awaitable[Who]] = unseen
    """Somebody by their Entra object id, as the conversation knows them."""

    @property
    def in_dialog(self) -> bool:
        """Whether what comes back is for this person alone, and is drawn where they acted."""
        return self.via in (Via.DIALOG, Via.PAGE)

    def text(self, name: str) -> str:
        """A field of the data as text; empty where it is missing, something else, or no text that can be kept."""
        value = self.data.get(name)
        return value if isinstance(value, str) and not _NO_TEXT.search(value) else ""

    def number(self, name: str) -> int | None:
        """A field of the data as a whole number; None where it is missing or something else."""
        value = self.data.get(name)
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
            return int(value)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def flag(self, name: str) -> bool:
        """A field of the data as yes or no."""
        return self.data.get(name) in (True, "true")

    def keys(self, name: str) -> tuple[str, ...]:
        """A field of several choices, as Teams sends it: joined by commas."""
        return tuple(key for key in self.text(name).split(",") if key)

    def part(self, which: object) -> Delivery | None:
        """One of several commands that somebody gives at once."""
        return self.delivery.part(which) if self.delivery is not None else None

    def again(self, verb: str, **data: object) -> Turn:
        """The same person's next turn, without a second delivery."""
        return replace(self, verb=verb, data={**self.data, **data})


@dataclass(frozen=True, slots=True)
class Show:
    """Show a view, drawn in this language: in the dialog where there is one, else as a card."""

    view: View
    language: str


@dataclass(frozen=True, slots=True)
class Tell:
    """Say one sentence in this language."""

    sentence: Sentence
    language: str


Reply = Show | Tell


class People(Protocol):
    """What is known of people across workshops."""

    async def choose_language(self, person: str, language: str) -> None: ...
    async def zones(self, people: Sequence[str]) -> Mapping[str, str]:
        """The time zones of these people's Teams, as far as they are known."""


@dataclass(frozen=True, slots=True)
class Kolbot:
    """What a dialog can reach."""

    workshops: Workshops
    reader: Reader
    people: People
    plans: Mapping[str, Plan]
    languages: tuple[str, ...]
    fresh: Callable[[], str]
    """A new secret: 32 random bytes as hex."""
    drafts: Drafts
    openers: frozenset[str] | None = None
    alike: Comparison = field(default_factory=Comparison)
    """How notes that could be one theme are found."""


Handler = Callable[[Turn, Kolbot], Awaitable[Reply]]
