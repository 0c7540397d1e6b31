"""A workshop as it stands: stage, step, people, items carried over. Frozen data; it never holds the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from workshop.answer import Answer as Answer, Value as Value, entry_id as entry_id
from workshop.brought import Brought
from workshop.groupwork import (
    Binding as Binding,
    Case as Case,
    Consent as Consent,
    Ended as Ended,
    Expected as Expected,
    Group as Group,
    Holder as Holder,
    Practice as Practice,
    Spoke as Spoke,
)
from workshop.keys import (
    case_items_key as case_items_key,
    channel_of as channel_of,
    group_key,
    items_key as items_key,
    prompt_of as prompt_of,
    themes_key as themes_key,
)
from workshop.person import Person as Person
from workshop.plan import Item, Place, Plan, in_language
from workshop.pseudonyms import of_author
from workshop.standing import (
    COURSE as COURSE,
    LIVE as LIVE,
    RUNNING as RUNNING,
    Course as Course,
    Held as Held,
    Lit as Lit,
    Move as Move,
    Nudge as Nudge,
    Status as Status,
    Warned as Warned,
    course_of,
    is_over,
)
from workshop.themes import Themes
from workshop.translations import Translated

MINIMUM = 3
"""From this many answers on an anonymous prompt's results show, and are carried over."""

GRACE = timedelta(seconds=60)
"""How long a step that ends on time still takes answers from whoever is typing."""


@dataclass(frozen=True)
class Workshop:
    """One session in one home conversation. All instants are UTC; `revision` grows with every change, `moves` only
    with those that change the course (next, extend, close …), so that a button knows whether it is stale."""

    id: str
    tenant: str
    home: str
    title: str
    language: str
    plan: Plan
    opened_by: str
    opened_at: datetime
    secret: str | None
    """Key of the pseudonyms of anonymous prompts (hex); destroyed at the end."""
    revision: int = 0
    moves: int = 0
    status: Status = Status.LOBBY
    at: int = -1
    closes_at: datetime | None = None
    remaining: timedelta | None = None
    """While paused: how much of the step's time is left."""
    late_allowed: bool = False
    people: Mapping[str, Person] = field(default_factory=dict)
    items: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    """What each opened prompt that takes items asks about."""
    gone: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    """What such a prompt asked about earlier and does no more, because what it came from has changed; by the same
    names as `items`."""
    rounds: Mapping[str, int] = field(default_factory=dict)
    """The round in which answers to a prompt are kept from now on, where it is not the first: another one begins when
    something is asked about no more, so that what was answered about it stays."""
    picked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Item keys that a facilitator picked where there were too many, by `keys.items_key_of`."""
    opened: frozenset[int] = frozenset()
    """Numbers of the steps that have been open at some time."""
    skipped: frozenset[int] = frozenset()
    """Numbers of the steps that had nothing to ask about."""
    revealed: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    """Entries that a moderator hid (see `entry_id`)."""
    approved: frozenset[str] = frozenset()
    """Entries of moderated prompts that a moderator let through."""
    lit: Lit | None = None
    """What is in the spotlight: nothing where another step is open than when it was put there."""
    moved_deadline: bool = False
    """The current step's deadline moved because the server was away."""
    stage_posts: Mapping[str, int] = field(default_factory=dict)
    """How often each stage's card ("lobby" for the lobby's) was posted again below."""
    board_posts: int = 0
    last: Move | None = None
    nudges: tuple[Nudge, ...] = ()
    warnings: tuple[Warned, ...] = ()
    takeovers: tuple[str, ...] = ()
    """Who took over, in order: it is announced to everybody."""
    posted_at: Mapping[str, datetime] = field(default_factory=dict)
    """When the stage card ("stage") and the board ("board") were last posted again on request."""
    acted_at: datetime | None = None
    """When a facilitator last did anything at all."""
    cases: tuple[Case, ...] = ()
    """Proposed, the strongest obstacle first."""
    queue: tuple[str, ...] = ()
    """Keys of the cases that are opened one after the other: their owners have agreed."""
    case_round: int = 0
    """Each group is at its case of this number, from 0."""
    practices: tuple[Practice, ...] = ()
    """In the order in which they were put in; no two have the same title."""
    expected: tuple[Expected, ...] = ()
    """Those of the organiser's list who have not joined yet; nobody after the end."""
    seats: Mapping[str, str] = field(default_factory=dict)
    """Of those who came from the list, by their id: which group it meant them for."""
    brought: Brought | None = None
    """What the earlier cycle left, where this is a second one."""
    groups: tuple[Group, ...] = ()
    """By number; none until a facilitator forms them."""
    grouped: bool = False
    """Groups were formed at some time, and their card posted."""
    together: tuple[frozenset[str], ...] = ()
    apart: tuple[frozenset[str], ...] = ()
    """Who must share a group, and who must not, as a facilitator last said."""
    bindings: tuple[Binding, ...] = ()
    """Every conversation that was ever a group's own, in the order in which they were bound."""
    forming: int = 0
    """How often groups were formed: what earlier ones gave stays theirs (see `groupwork.group_key`)."""
    numbered: int = 0
    """The highest number that a group of this forming has had."""
    spokes: tuple[Spoke, ...] = ()
    """Who spoke for which group, in order: the groups' record."""
    told_by: Mapping[str, str] = field(default_factory=dict)
    """From whose hand each answer of a group is, by `groupwork.told_key`."""
    themes: Mapping[str, Themes] = field(default_factory=dict)
    """What moderators put together of each column of notes, by `themes_key`."""
    translations: Mapping[str, Translated] = field(default_factory=dict)
    """What moderators wrote of entries in other languages, by the entry."""
    opened_steps: tuple[Held, ...] = ()
    """When steps were open, in order."""
    courses: Mapping[int, Course] = field(default_factory=dict)
    """By their number the groups that are elsewhere than all, or have time of their own. In a group's view 0 is all."""
    seen_by: int = 0
    """The group whose view this is (`for_group`); such a view is never stored."""

    @property
    def place(self) -> Place | None:
        """Where the workshop is; nothing in the lobby."""
        return self.plan.places[self.at] if self.at >= 0 else None

    def title_in(self, language: str) -> str:
        """The title in a language, where it is the template's; one that a person typed stays as it is."""
        own = self.title in self.plan.title.values()
        return in_language(self.plan.title, language, self.language) if own else self.title

    @property
    def joined(self) -> tuple[Person, ...]:
        return tuple(person for person in self.people.values() if person.joined)

    @property
    def facilitators(self) -> tuple[Person, ...]:
        return tuple(person for person in self.people.values() if person.facilitator)

    def group_of(self, person: str) -> Group | None:
        """The group that somebody works in."""
        return next((group for group in self.groups if person in group.members), None) if self.groups else None

    @property
    def main(self) -> Course:
        """The course of all who have none of their own."""
        return self.courses.get(0) or course_of(self)

    def for_group(self, number: int) -> Workshop:
        """The workshop as a group sees it: its step, status and time in place of everybody's; 0 is everybody. Where all
        go together that is the workshop itself."""
        if not self.courses or number == self.seen_by:
            return self
        main = self.main
        apart = {group: course for group, course in self.courses.items() if group}
        seen = apart.get(number, main)
        courses = {**apart, 0: main} if number else apart
        own = {name: getattr(seen, name) for name in COURSE}
        return replace(self, courses=courses, seen_by=number, **own)

    def for_person(self, person: str) -> Workshop:
        """The workshop as somebody's group sees it."""
        if not self.courses:
            return self
        group = self.group_of(person)
        return self.for_group(group.number if group else 0)

    def stands(self, group: int) -> Course | Workshop:
        """Where a group (0: everybody) is, whoever's view this is."""
        if group == self.seen_by:
            return self
        return self.courses.get(group) or self.courses.get(0) or self

    def group_at(self, place: str) -> Group | None:
        """The group whose own conversation this is."""
        return next((group for group in self.groups if place and group.place == place), None)

    def voice(self, person: str) -> str:
        """The key of the group that somebody works in, as the author of what it gives; without groups, everybody's."""
        group = self.group_of(person)
        return group_key(group.number if group else 0, self.forming)

    def queue_of(self, group: int) -> tuple[Case, ...]:
        """The cases of a group (0: of everybody) that are opened, in order."""
        by_key = {case.key: case for case in self.cases}
        return tuple(by_key[key] for key in self.queue if by_key[key].group == group)

    @property
    def cases_now(self) -> tuple[Case, ...]:
        """The case that each group is at."""
        numbers = sorted({case.group for case in self.cases})
        found = ((self.queue_of(number), self.stands(number).case_round) for number in numbers)
        return tuple(queue[at] for queue, at in found if len(queue) > at)

    def case_for(self, person: str) -> Case | None:
        """The case that somebody helps with (or that is theirs) now: their group's, or everybody's."""
        group = self.group_of(person)
        number = group.number if group else 0
        return next((case for case in self.cases_now if case.group in (0, number)), None)

    def cases_at(self, number: int) -> tuple[Case, ...]:
        """The cases that this step has been open for."""
        found: list[Case] = []
        for group in sorted({case.group for case in self.cases}):
            stands = self.stands(group)
            begun = stands.case_round + (number <= stands.at) if number in stands.opened else 0
            found += self.queue_of(group)[:begun]
        return tuple(found)

    def is_shown(self, prompt_id: str, case: str = "") -> bool:
        """Whether others' answers to this prompt (in this case) are to be seen by everybody now; in a group's view, by
        the group. Everybody sees nothing that a group may still be writing to."""
        prompt, place = self.plan.prompts[prompt_id], self.plan.place_of[prompt_id]
        if place.number not in self.opened:
            return False
        if prompt.reveal == "live" or prompt_id in self.revealed:
            return True
        if prompt.reveal == "by_facilitator":
            return False
        if case:
            now = next((one for one in self.cases_now if one.key == case), None)
            return now is None or is_over(self.stands(now.group), place.number)
        writing = () if self.seen_by else self.courses.values()
        return is_over(self, place.number) and not any(course.takes(place.number) for course in writing)

    def shown_items(self, prompt_id: str, person: str = "") -> tuple[Item, ...]:
        """What a prompt asks about, without what a moderator has hidden since: of everybody, or of this person, whose
        group may have items of its own."""
        if not self.items:
            return ()
        if self.plan.place_of[prompt_id].step.case:
            now = self.case_for(person) if person else None
            return self.items_in(prompt_id, now.key if now else "")
        group = self.group_of(person) if person else None
        own = self.items.get(items_key(prompt_id, group.number)) if group else None
        return self._not_hidden(self.items.get(prompt_id, ()) if own is None else own)

    def items_in(self, prompt_id: str, case: str) -> tuple[Item, ...]:
        """What a prompt asks about in a case; without one, in all of them together."""
        return self._not_hidden(self.items.get(case_items_key(prompt_id, case) if case else prompt_id, ()))

    def round_of(self, prompt_id: str) -> int:
        """The round that answers to a prompt are given in now, from 1."""
        return self.rounds.get(prompt_id, 1)

    def _not_hidden(self, items: tuple[Item, ...]) -> tuple[Item, ...]:
        if not self.hidden:
            return items
        return tuple(item for item in items if not item.entries or not self.hidden.issuperset(item.entries))

    def author(self, prompt_id: str, person: str, case: str = "") -> str | None:
        """Under which name this person's answer to a prompt (in a case) is kept: the person, their group where it is
        asked per group, or for an anonymous prompt a pseudonym, another one in each case: whoever is missing in one
        would be its owner. Nothing once the key of an ended workshop is destroyed. What is asked again is kept under
        the name of the first time, so that before and after can be joined."""
        prompt = self.plan.prompts[prompt_id]
        if not prompt.anonymous:
            return self.voice(person) if prompt.per_group else person
        if self.secret is None:
            return None
        about = f"{prompt.again or prompt_id}\n{case}" if case else prompt.again or prompt_id
        return of_author(self.secret, about, person)
