"""What every command has: which workshop, and who asks. The commands themselves are in `workshop.commands`."""

from __future__ import annotations

from dataclasses import dataclass

SYSTEM = "system"
"""Who asks when the clock does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One request to one workshop. `moves` is what the button was shown with; None for a typed command."""

    workshop: str
    by: str
    name: str = ""
    """The person's display name, kept with the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course(Command):
    """A command that changes the course of the workshop."""

    moves: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCourse(Course):
    """A command that changes the course of all, or of one group that goes at its own pace from then on."""

    group: int = 0
    """Its number; 0: of all who have no course of their own."""
