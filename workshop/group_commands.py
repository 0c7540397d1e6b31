"""What is asked of a workshop about its groups, cases, practices and themes. Imperative, frozen."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.command import Command
from workshop.model import Expected, Practice


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemesCommand(Command):
    """A command about the themes of one column of a notes prompt."""

    prompt: str
    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PutIntoTheme(ThemesCommand):
    """Put notes (entry ids) into a theme, from wherever they were: into the one with this id, or without one into the
    theme of this name, which begins with them if it is not there yet."""

    notes: tuple[str, ...]
    theme: str = ""
    called: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOutOfTheme(ThemesCommand):
    """Take notes (entry ids) out of whatever theme they are in."""

    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeThemes(ThemesCommand):
    """Put all of one theme into another, which keeps its name."""

    theme: str
    into: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameTheme(ThemesCommand):
    """Give a theme another name; `was`: the name that the person saw, where they say it."""

    theme: str
    called: str
    was: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoTheme(ThemesCommand):
    """Undo the last change of the themes, if they are still as the person saw them (`Themes.mark`)."""

    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCase(Command):
    """The owner of a proposed case lets it be opened, or does not."""

    case: str
    agreed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DropCases(Command):
    """Wait no longer for those who have not said whether their case may be opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPractices(Command):
    """Put in what earlier sessions presented. One with a title that is there already replaces it."""

    practices: tuple[Practice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovePractices(Command):
    """Take practices out again, by their titles."""

    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect(Command):
    """Put people on the list of those who are expected."""

    people: tuple[Expected, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetList(Command):
    """Erase what is noted of those who have not joined."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormGroups(Command):
    """Let those who have joined work in these groups (ids of people; see `grouping.proposed`)."""

    groups: tuple[tuple[str, ...], ...]
    together: tuple[frozenset[str], ...] = ()
    """Ids of people: each set shares a group. The rules are kept for those who come later."""
    apart: tuple[frozenset[str], ...] = ()
    """Ids of people: no two of a set share a group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveToGroup(Command):
    """Put somebody into a group by hand, whatever the rules of forming said; 0 is a new group."""

    person: str
    group: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DissolveGroups(Command):
    """From now on everybody works together again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BindGroup(Command):
    """Let this conversation (of a tenant) be the group's own, instead of the one that it had."""

    tenant: str
    place: str
    group: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnbindGroup(Command):
    """The group has no conversation of its own any more."""

    group: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LosePlace(Command):
    """The publisher's: nothing can be posted in a group's conversation; `ever` where it once could."""

    binding: int
    """Its place among the workshop's bindings."""
    ever: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportNudge(Command):
    """The sender's: how many a private reminder has reached, and whom it has not."""

    number: int
    """Its place among the workshop's reminders."""
    reached: int
    unreached: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakForGroup(Command):
    """Speak for one's own group (its key) from now on. `seen`: how long its record was when somebody took over."""

    group: str
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NameSpokesperson(Command):
    """Let this person speak for the group that they are in."""

    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameGroupFacilitator(Command):
    """Let somebody facilitate a group's steps and time, or (not `named`) no longer. 0 is the group they work in."""

    person: str
    person_name: str
    group: int = 0
    named: bool = True
