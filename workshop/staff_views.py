"""What those who lead or moderate a workshop are shown, as plain frozen data. Never how it looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workshop.brought import Brought
from workshop.commands import Command
from workshop.drafts import Own
from workshop.group_views import GroupConsole as GroupConsole, Standing as Standing
from workshop.model import Case, Person, Workshop
from workshop.plan import Item, Place, Plan, Prompt, Step
from workshop.said import Sentence
from workshop.tally import Board
from workshop.themes import Themes
from workshop.theming import Same
from workshop.timing import Timing


@dataclass(frozen=True, slots=True)
class Earlier:
    """A finished workshop that a second cycle can go on from, what it leaves, and whether that is chosen."""

    workshop: Workshop
    brought: Brought
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class NewForm:
    """Which template, title, language, who may take over."""

    plans: tuple[Plan, ...]
    language: str
    title: str = ""
    plan: str = ""
    members: tuple[tuple[str, str], ...] = ()
    """(id, name) of those in the conversation, to choose reserves from."""
    reserves: tuple[str, ...] = ()
    sentence: Sentence | None = None
    own: tuple[Own, ...] = ()
    """The team's own templates."""
    yours: tuple[Own, ...] = ()
    """This person's own."""
    earlier: Earlier | None = None
    removing: Own | None = None
    """One of them: shall it be removed?"""


@dataclass(frozen=True, slots=True)
class AgendaForm:
    """A template's agenda before a workshop is opened with it: what may be changed, as it was changed so far."""

    draft: str
    new: NewForm
    """Language, title and who may take over, with the one template."""
    minutes: Mapping[str, str]
    """By step, as typed; "0": left out."""
    changed: frozenset[str] = frozenset()
    """Steps whose questions were changed."""
    around: bool = False
    """What is around the stages was changed: groups, follow-up."""
    step: str = ""
    name: str = ""
    """Under which the team keeps it."""
    ask: bool = False
    """The team has a template of that name: shall this one replace it?"""
    sentence: Sentence | None = None


@dataclass(frozen=True, slots=True)
class QuestionsForm:
    """A step's questions with their settings, to be changed; `typed` by the fields' ids."""

    draft: str
    plan: Plan
    step: Step
    typed: Mapping[str, str]
    settings: Mapping[str, Mapping[str, int]]
    """Of each prompt: those that are whole numbers, as the template has them."""
    sentence: Sentence | None = None


@dataclass(frozen=True, slots=True)
class AroundForm:
    """How a template forms groups and what follows the session, to be changed; `typed` by the fields' ids."""

    draft: str
    typed: Mapping[str, str]
    sentence: Sentence | None = None


@dataclass(frozen=True, slots=True)
class PasteForm:
    """A template to paste; what was pasted stays, unless a card cannot hold it."""

    text: str = ""
    too_long: bool = False
    """It was longer than a card holds, so that it does not stand there again."""
    sentence: Sentence | None = None


@dataclass(frozen=True, slots=True)
class PracticesForm:
    """What earlier sessions presented: put in one or a table of them, take some out. What was typed stays."""

    workshop: Workshop
    typed: Mapping[str, str] = field(default_factory=dict)
    sentence: Sentence | None = None


@dataclass(frozen=True, slots=True)
class PeopleForm:
    """The organiser's list: a table to put in, which stays where it is wrong; how many are expected."""

    workshop: Workshop
    table: str = ""
    sentence: Sentence | None = None


@dataclass(frozen=True, slots=True)
class TableForm:
    """A table that was sent as a file, before it is put in: its first rows, and how its letters are read."""

    draft: str
    name: str
    """The file's."""
    workshops: tuple[Workshop, ...]
    """Those that this person leads."""
    into: str
    """The id of one of them; empty until one of several is chosen."""
    ways: tuple[str, ...]
    letters: str
    """Which of these ways of writing letters it is read in."""
    rows: int
    shown: tuple[tuple[str, ...], ...]
    what: str = "practices"
    """What the table holds: "practices" or "people"."""
    columns: tuple[str, ...] = ()
    """Of people: the field that each column is taken for; "" for none."""
    sentence: Sentence | None = None


@dataclass(frozen=True, slots=True)
class GroupsForm:
    """How to form the groups, and who is where; what was just typed stays in its fields."""

    workshop: Workshop
    way: str = "size"
    """"size" or "count": what `number` is."""
    number: str = ""
    together: str = ""
    apart: str = ""
    """People for one more rule each, as the fields said."""
    person: str = ""
    group: str = ""
    """Who is to be moved, and where to."""
    speaker: str = ""
    """Who is to answer for the group that they are in."""
    sentence: Sentence | None = None


@dataclass(frozen=True, slots=True)
class BindForm:
    """Whose conversation this shall be: a group of one of the workshops that the person leads."""

    workshops: tuple[Workshop, ...]
    group: int = 0
    """The number of the group, where it is known already."""
    chosen: str = ""
    sentence: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Console:
    """The facilitator's or moderator's view: counts, time, what to read aloud, what may be done now."""

    board: Board
    person: Person
    may: frozenset[type[Command]]
    upcoming: Place | None
    """The step that Next would open, as far as can be told."""
    pick: str | None = None
    """A vote (or another prompt about items) that needs a pick before it can open."""
    silent: tuple[str, ...] | None = None
    """Names of those who have not answered; only where no prompt of the step is anonymous."""
    show_names: bool = False
    sentence: Sentence | None = None
    by_group: tuple[tuple[int, int, int], ...] = ()
    """Number of the group, how many of it have answered, how many it has; only where `silent` may be known."""
    waiting: int = 0
    """Entries that wait for a moderator."""
    proposes: int = 0
    """Next asks the owners of so many cases."""
    before: Place | None = None
    """Where Back leads."""
    built: tuple[Place, ...] = ()
    """The steps that are built on that one already."""
    timing: Timing | None = None
    """Plan against actual time, while it runs."""
    pick_case: str = ""
    """The case (its key) that it is asked in."""
    silent_groups: tuple[int, ...] = ()
    """Numbers of the groups (0: everybody together) that have not answered what each group is asked."""
    leads: tuple[int, ...] = ()
    """Groups that this person may move by themselves now."""
    apart: tuple[Standing, ...] = ()
    """Where every group is, while some go at their own pace."""
    untranslated: Mapping[str, int] = field(default_factory=dict)
    """By language: how many of the things that are (else will be) asked about some readers cannot read."""
    cut_off: tuple[int, ...] = ()
    """Groups whose own way ends, before they are through, if all go on now."""
    may_come: tuple[Place, int] | None = None
    """The step that Next would pass over now and that may come yet; with how many answers it needs, where that says
    it."""


@dataclass(frozen=True, slots=True)
class PickForm:
    """More candidates than a vote takes: which of them?"""

    workshop: Workshop
    prompt: Prompt
    candidates: tuple[Item, ...]
    picked: tuple[str, ...]
    sentence: Sentence | None = None
    case: Case | None = None
    """The case that it is asked in."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """Notes that look alike: one theme more, or more notes of one that is there. Nothing comes of it by itself."""

    notes: tuple[Same, ...]
    called: str
    """The name that is proposed, or that the theme has."""
    theme: str = ""


@dataclass(frozen=True, slots=True)
class ThemesForm:
    """One column of notes, a page at a time, and the themes to put them into; what was ticked and typed stays."""

    workshop: Workshop
    sheets: tuple[tuple[Prompt, str], ...]
    """All columns of notes (prompt, id of the column), the newest first."""
    sheet: int = 0
    """Which of them it is about."""
    themes: Themes = field(default_factory=Themes)
    counts: Mapping[str, int] = field(default_factory=dict)
    """How many notes of each theme (by its id) are there to be seen."""
    notes: tuple[Same, ...] = ()
    page: int = 0
    """From 0."""
    pages: int = 1
    typed: Mapping[str, str] = field(default_factory=dict)
    proposed: tuple[Proposed, ...] | None = None
    """What looks alike, where that was asked for."""
    sentence: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """What the closing picture would have now: so many sentences, and so many that are hidden or wait for a moderator;
    None where nobody is asked for any."""

    sentences: int | None
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Confirm:
    """Are you sure? The button carries the moves that the question was asked at."""

    verb: str
    workshop: Workshop
    sentence: Sentence | None = None
    extra: Mapping[str, str | int] = field(default_factory=dict)
    ending: Ending | None = None
    """Where the workshop would end by going on."""
