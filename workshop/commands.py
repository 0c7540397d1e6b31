"""What somebody asks of a workshop. Imperative, frozen; `by` is who asks. `rules.decide` does the checking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from workshop.brought import Brought
from workshop.command import (
    SYSTEM as SYSTEM,
    Command as Command,
    Course as Course,
    GroupCourse as GroupCourse,
)
from workshop.group_commands import (
    AddPractices as AddPractices,
    AnswerCase as AnswerCase,
    BindGroup as BindGroup,
    DissolveGroups as DissolveGroups,
    DropCases as DropCases,
    Expect as Expect,
    ForgetList as ForgetList,
    FormGroups as FormGroups,
    LosePlace as LosePlace,
    MergeThemes as MergeThemes,
    MoveToGroup as MoveToGroup,
    NameGroupFacilitator as NameGroupFacilitator,
    NameSpokesperson as NameSpokesperson,
    PutIntoTheme as PutIntoTheme,
    RemovePractices as RemovePractices,
    RenameTheme as RenameTheme,
    ReportNudge as ReportNudge,
    SpeakForGroup as SpeakForGroup,
    TakeOutOfTheme as TakeOutOfTheme,
    ThemesCommand as ThemesCommand,
    UnbindGroup as UnbindGroup,
    UndoTheme as UndoTheme,
)
from workshop.moderating_commands import (
    ApproveEntry as ApproveEntry,
    EndSpotlight as EndSpotlight,
    HideEntry as HideEntry,
    RestoreEntry as RestoreEntry,
    SpotlightEntry as SpotlightEntry,
    TranslateEntry as TranslateEntry,
)
from workshop.plan import Plan
from workshop.role_commands import (
    NameFacilitator as NameFacilitator,
    NameModerator as NameModerator,
    NameReserve as NameReserve,
    NameRole as NameRole,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Open(Command):
    """Begin a workshop in a conversation. Id and secret come from outside: here is no randomness."""

    tenant: str
    home: str
    plan: Plan
    title: str
    language: str
    secret: str
    reserves: tuple[tuple[str, str], ...] = ()
    """People (id, name) who may take over."""
    brought: Brought | None = None
    """What the earlier cycle left, where this is a second one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Join(Command):
    """Take part, or change what one said about oneself."""

    language: str = ""
    institution: str = ""
    country: str = ""
    role: str = ""
    challenge: str = ""
    expected: str = ""
    """Who of the organiser's list they are (`Expected.key`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseLanguage(Command):
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitAnswers(Command):
    """Answers to the prompts of one step: prompt id to the raw fields of its form (part to text)."""

    step: int
    given: Mapping[str, Mapping[str, str]]
    case: str = ""
    """The case that the form was about; empty where the form was about none."""
    group: str = ""
    """The key of the group that the form was for; empty where it asked no group."""
    seen: int | None = None
    """They take over from whoever speaks for their group: how long its record was when they said so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawAnswers(Command):
    """Take back one's own answers to a step that is still open."""

    step: int
    case: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start(Course):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Next(GroupCourse):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Back(GroupCourse):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen(GroupCourse):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Close(GroupCourse):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Extend(GroupCourse):
    """More time for the open step: whole minutes, 1 to 120."""

    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause(GroupCourse):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume(GroupCourse):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish(Course):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancel(Course):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseDue(Command):
    """The clock's: close the steps, of all and of single groups, whose time and grace are over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WarnDue(Command):
    """The clock's: say which steps are nearly over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveDeadline(Command):
    """The clock's: the server was away when the step should have ended; give people two minutes."""

    since: datetime | None = None
    """Nobody was there from then on (UTC): what ended before is closed as it should have been, not given more time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowLate(Command):
    """Whether closed steps of this workshop still take answers."""

    allowed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RevealAnswers(Command):
    """Show the answers to a prompt whose reveal is the facilitator's."""

    prompt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PickItems(Command):
    """Choose what a vote is on, where there is more than a vote can hold."""

    prompt: str
    keys: tuple[str, ...]
    case: str = ""
    """The case (its key) that the prompt asks about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOver(Command):
    """A reserve, else a moderator, becomes facilitator because none has acted for five minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostStageAgain(Command):
    """Post the stage card again below; the old one becomes a pointer."""

    group: int = 0
    """In this group's own conversation; 0: where the workshop is held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostBoardAgain(Command):
    """Post the board again below; the old one becomes a pointer."""

    group: int = 0
    """In this group's own conversation; 0: where the workshop is held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nudge(GroupCourse):
    """Remind those who have not answered, of all or of one group, that the step is open."""


AnyCommand = (
    Open
    | Join
    | ChooseLanguage
    | SubmitAnswers
    | WithdrawAnswers
    | Start
    | Next
    | Back
    | Reopen
    | Close
    | Extend
    | Pause
    | Resume
    | Finish
    | Cancel
    | CloseDue
    | MoveDeadline
    | WarnDue
    | AllowLate
    | RevealAnswers
    | PickItems
    | HideEntry
    | RestoreEntry
    | ApproveEntry
    | SpotlightEntry
    | EndSpotlight
    | TranslateEntry
    | PutIntoTheme
    | TakeOutOfTheme
    | MergeThemes
    | RenameTheme
    | UndoTheme
    | NameFacilitator
    | NameModerator
    | NameReserve
    | AnswerCase
    | DropCases
    | Expect
    | ForgetList
    | AddPractices
    | RemovePractices
    | FormGroups
    | MoveToGroup
    | SpeakForGroup
    | NameSpokesperson
    | DissolveGroups
    | BindGroup
    | UnbindGroup
    | LosePlace
    | ReportNudge
    | NameGroupFacilitator
    | TakeOver
    | PostStageAgain
    | PostBoardAgain
    | Nudge
)
