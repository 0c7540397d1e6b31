"""What those who lead one group are shown, as plain frozen data. Never how it looks."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.command import Command
from workshop.model import Workshop
from workshop.plan import Place
from workshop.said import Sentence


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one group is; `workshop` is as that group sees it."""

    number: int
    workshop: Workshop
    answered: int | None
    """How many of it have answered its step; nothing where that is not known, or nothing is asked."""
    people: int


@dataclass(frozen=True, slots=True)
class GroupConsole:
    """The view of those who lead one group: how it stands, and what may be done for it now."""

    stands: Standing
    may: frozenset[type[Command]]
    upcoming: Place | None
    """The step that the group's Next would open; nothing where it would have to wait for the others."""
    silent: tuple[str, ...] | None = None
    """Names of those of the group who have not answered; only where no prompt of the step is anonymous."""
    show_names: bool = False
    whole: bool = False
    """They may see the console of all too."""
    others: tuple[int, ...] = ()
    """Other groups that they lead."""
    sentence: Sentence | None = None
