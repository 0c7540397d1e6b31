"""What a person is shown, as plain frozen data: the same for a card, a page and a picture. Never how it looks."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.answer_views import (
    AnswerForm as AnswerForm,
    GroupVoice as GroupVoice,
    PromptForm as PromptForm,
    Receipt as Receipt,
    Recorded as Recorded,
)
from workshop.model import Case, Person, Workshop
from workshop.moderating_views import (
    Entry as Entry,
    ModerateForm as ModerateForm,
    TranslateForm as TranslateForm,
)
from workshop.role_views import RolesForm as RolesForm
from workshop.said import Sentence
from workshop.staff_views import (
    AgendaForm as AgendaForm,
    AroundForm as AroundForm,
    BindForm as BindForm,
    Confirm as Confirm,
    Console as Console,
    Earlier as Earlier,
    Ending as Ending,
    GroupConsole as GroupConsole,
    GroupsForm as GroupsForm,
    NewForm as NewForm,
    PasteForm as PasteForm,
    PeopleForm as PeopleForm,
    PickForm as PickForm,
    PracticesForm as PracticesForm,
    Proposed as Proposed,
    QuestionsForm as QuestionsForm,
    Standing as Standing,
    TableForm as TableForm,
    ThemesForm as ThemesForm,
)
from workshop.tally import Board, Page


@dataclass(frozen=True, slots=True)
class Opener:
    """A short card in a conversation with one button that opens a dialog for whoever presses it."""

    verb: str
    """"new", "join", "answer", "language", "facilitate", "practices", "groups", "group_here", "themes" or "summary"."""
    workshop: Workshop | None = None
    group: int = 0
    """The group that was named in what was typed."""


@dataclass(frozen=True, slots=True)
class Welcome:
    """What Kolbot says when it is added to a team or chat: what it is and what to type."""


@dataclass(frozen=True, slots=True)
class LobbyCard:
    """The card under which people gather: title, aims, agenda, notice, Join, who is in."""

    workshop: Workshop


@dataclass(frozen=True, slots=True)
class JoinForm:
    """The privacy notice, and what somebody may say about themselves. `step` where an answer waits behind it."""

    workshop: Workshop
    person: Person
    step: int | None = None
    sentence: Sentence | None = None
    listed: bool = False
    """What stands in the fields is from the organiser's list."""


@dataclass(frozen=True, slots=True)
class CasesCard:
    """Which obstacles the groups may help with, and what their owners said; nobody is named before they agree."""

    workshop: Workshop


@dataclass(frozen=True, slots=True)
class CaseForm:
    """One's own proposed case: may it be opened?"""

    workshop: Workshop
    case: Case
    sentence: Sentence | None = None


@dataclass(frozen=True, slots=True)
class GroupsCard:
    """Who works with whom, for everybody; that they work together again, where the groups were dissolved."""

    workshop: Workshop


@dataclass(frozen=True, slots=True)
class GroupPlaceCard:
    """That this conversation is the group's own, and who is in it."""

    workshop: Workshop
    group: int


@dataclass(frozen=True, slots=True)
class StageCard:
    """Where we are: wheel, aim, what was carried over, the step, when it closes, Answer, Facilitate."""

    board: Board
    stage: int
    """Number of the stage that the card is about; earlier stages are shown as done."""


@dataclass(frozen=True, slots=True)
class BoardCard:
    """The shared summary, within what one card can hold."""

    board: Board


@dataclass(frozen=True, slots=True)
class BoardPage:
    """One page of the whole board, in the reader's language: nothing is cut, the rest is a click away."""

    board: Board
    page: Page | None
    """Nothing where nothing was asked yet."""
    number: int
    """From 0."""
    pages: int
    everything: bool = False


@dataclass(frozen=True, slots=True)
class Pointer:
    """What an old card becomes when its successor was posted below: no buttons that act."""

    what: str
    """"stage" or "board"; "group" where the conversation is no longer that group's."""
    workshop: Workshop
    stage: int = 0
    group: int = 0


@dataclass(frozen=True, slots=True)
class NudgeCard:
    """A reminder in the conversation that the step is open: counts, never names. Over when another step is on."""

    board: Board
    step: int
    """The step it is about; -1 once there was a newer reminder."""
    group: int = 0
    """The group that it is for; 0: everybody."""
    unreached: tuple[Person, ...] = ()
    """Who is mentioned, because a private message did not reach them; nobody: it is for everybody."""


@dataclass(frozen=True, slots=True)
class TimeCard:
    """That the step is nearly over, with the way to the form. Over itself when the step is."""

    board: Board
    step: int
    """The step it is about; -1 once there was a newer one."""
    group: int = 0
    """The group whose time it is; 0: everybody's."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """A private message to somebody who has not answered the open step."""

    workshop: Workshop
    """As they see it."""


@dataclass(frozen=True, slots=True)
class LanguageForm:
    """Which language Kolbot speaks to this person."""

    languages: tuple[str, ...]
    language: str
    workshop: Workshop | None = None
    sentence: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Help:
    """The commands that make sense here and now for this person, each with a button where a button can do it."""

    verbs: tuple[str, ...]
    workshop: Workshop | None
    around: str = ""
    """The title of the workshop that runs in another post of this channel, where none is held here."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What was probably meant by a command that is none, with its button."""

    verb: str
    workshop: Workshop | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence as a card, for places that can show only cards."""

    sentence: Sentence
    workshop: Workshop | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """The end: the closing sentences, with a picture (PNG, at most 1024 x 1024 px and 1 MB) and the same as text."""

    board: Board
    picture: bytes | None
    text: str


Shared = StageCard | LobbyCard | GroupsCard | CasesCard
"""Cards of the home conversation (a stage's of a group's own too) that everybody may read in their own language."""


View = (
    Opener
    | Welcome
    | NewForm
    | AgendaForm
    | QuestionsForm
    | AroundForm
    | PasteForm
    | LobbyCard
    | JoinForm
    | PracticesForm
    | PeopleForm
    | RolesForm
    | TableForm
    | CasesCard
    | CaseForm
    | GroupsCard
    | GroupPlaceCard
    | GroupsForm
    | BindForm
    | StageCard
    | BoardCard
    | BoardPage
    | Pointer
    | NudgeCard
    | Reminder
    | TimeCard
    | AnswerForm
    | Receipt
    | Console
    | GroupConsole
    | PickForm
    | ModerateForm
    | TranslateForm
    | ThemesForm
    | LanguageForm
    | Confirm
    | Help
    | Notice
    | Meant
    | Summary
)
"""Everything there is to see."""
