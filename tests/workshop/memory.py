"""A store in memory that keeps the store's promises by the rules' own words: for tests of the service and dialogs."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime

from workshop.arriving import CHANGE, Mark, coming
from workshop.events import AnswerSubmitted, AnswerWithdrawn
from workshop.model import LIVE, Answer, Holder, Status, Workshop, channel_of
from workshop.refusals import Refused
from workshop.rules import Facts, needs
from workshop.service import Change, Done, NotStored, Outcome, settle
from workshop.tally import by_prompt

Key = tuple[str, str, int, str]
"""Prompt, case, round, author."""


class Memory:
    """Store, Reader and Heart at once."""

    def __init__(self, openers: frozenset[str] | None = None) -> None:
        self.workshops: dict[str, Workshop] = {}
        self.kept: dict[str, dict[Key, Answer]] = {}
        self.marks: dict[str, Mark] = {}
        self.changes: list[Change] = []
        self.seen: datetime | None = None
        self.beats: list[datetime] = []
        self.openers = openers
        self.fails: NotStored | None = None
        """What every change comes to from now on."""
        self.breaks: Exception | None = None
        """What every change raises from now on."""
        self.gate: asyncio.Event | None = None
        """Changes wait for it."""

    # The store.

    async def change(self, change: Change) -> Outcome:
        self.changes.append(change)
        if self.gate is not None:
            await self.gate.wait()
        if self.breaks is not None:
            raise self.breaks
        if self.fails is not None:
            return self.fails
        workshop = self.workshops.get(change.command.workshop)
        come = coming(change, workshop)
        if come is not None and (found := come.past(self.marks)) is not None:
            return Done(self.workshops[found.workshop], repeated=True)
        settled = settle(workshop, change, self._facts(workshop, change))
        if isinstance(settled, Refused):
            return settled
        events, after = settled
        self.workshops[after.id] = after
        answers = self.kept.setdefault(after.id, {})
        for event in events:
            if isinstance(event, AnswerSubmitted):
                answer = Answer(event.prompt, event.author, event.value, event.case, event.round)
                answers[event.prompt, event.case, event.round, event.author] = answer
            if isinstance(event, AnswerWithdrawn):
                answers.pop((event.prompt, event.case, event.round, event.author), None)
        if come is not None:
            left = come.left(self.marks, after.id)
            self.marks[left.key] = left
        if after.secret is None:
            self._found_by_name(after.id)
        return Done(after, events)

    def _found_by_name(self, ended: str) -> None:
        """The key of the topics is gone."""
        for mark in [mark for mark in self.marks.values() if mark.workshop == ended and mark.activity]:
            del self.marks[mark.key]
            for name in mark.activities:
                self.marks[CHANGE + name] = Mark(CHANGE + name, ended)

    def _facts(self, workshop: Workshop | None, change: Change) -> Facts:
        wanted = needs(workshop, change.command).prompts
        answers = by_prompt(self.kept.get(change.command.workshop, {}).values())
        place = getattr(change.command, "home", "") or getattr(change.command, "place", "")
        live = [w for w in self.workshops.values() if w.tenant == getattr(change.command, "tenant", "")]
        return Facts(
            {prompt: given for prompt, given in answers.items() if wanted is None or prompt in wanted},
            next((holder for w in live if (holder := _holds(w, place))), None),
            self.openers,
        )

    # The reader.

    async def workshop(self, workshop_id: str) -> Workshop | None:
        return self.workshops.get(workshop_id)

    def known(self, workshop_id: str) -> Workshop | None:
        return self.workshops.get(workshop_id)

    async def newest_in(self, tenant: str, home: str) -> Workshop | None:
        same = [w for w in self.workshops.values() if w.tenant == tenant]
        here = [w for w in same if w.home == home or w.group_at(home)]
        return next((w for w in here if w.status in LIVE), here[-1] if here else None)

    async def bound_in(self, tenant: str, conversation: str) -> Sequence[tuple[str, int]]:
        return [
            (w.id, number)
            for w in self.workshops.values()
            for number, one in enumerate(w.bindings)
            if w.tenant == tenant and w.status in LIVE and one.ended is None
            and (one.place == conversation or one.place.startswith(conversation + ";"))
        ]

    async def held_in(self, tenant: str) -> Sequence[tuple[str, str]]:
        return [(w.id, w.home) for w in self.workshops.values() if w.tenant == tenant and w.status in LIVE]

    async def live_around(self, tenant: str, home: str) -> Workshop | None:
        live = [w for w in self.workshops.values() if w.tenant == tenant and w.status in LIVE]
        channel = channel_of(home)
        places = {w.id: [w.home, *(group.place for group in w.groups)] for w in live}
        return next((w for w in reversed(live) if channel in map(channel_of, places[w.id])), None)

    async def finished_in(self, tenant: str, home: str) -> Workshop | None:
        channel = channel_of(home)
        there = [w for w in self.workshops.values() if w.tenant == tenant and channel_of(w.home) == channel]
        ended = [w for w in there if w.status is Status.FINISHED]
        return next((w for w in reversed(ended) if w.home == home), ended[-1] if ended else None)

    async def of_person(self, person: str) -> Sequence[Workshop]:
        return [w for w in reversed(self.workshops.values()) if person in w.people]

    async def answers(self, workshop_id: str) -> tuple[Workshop, tuple[Answer, ...]] | None:
        found = self.workshops.get(workshop_id)
        return (found, tuple(self.kept[workshop_id].values())) if found else None

    async def mine(
        self, workshop_id: str, authors: Mapping[str, str], cases: Mapping[str, str] | None = None
    ) -> Mapping[str, Answer]:
        kept, of = self.kept[workshop_id], cases or {}
        ordered = sorted(kept.values(), key=lambda answer: answer.round)
        return {
            answer.prompt: answer
            for answer in ordered
            if authors.get(answer.prompt) == answer.author and of.get(answer.prompt, "") == answer.case
        }

    async def given(
        self, workshop_id: str, keys: Sequence[tuple[str, str, str]]
    ) -> Mapping[tuple[str, str, str], Answer]:
        kept = self.kept[workshop_id]
        last = {(one.prompt, one.author, one.case): one for one in sorted(kept.values(), key=lambda one: one.round)}
        found = {key: last.get(key) for key in keys}
        return {key: answer for key, answer in found.items() if answer is not None}

    async def due(self, before: datetime) -> Sequence[str]:
        return [
            w.id
            for w in self.workshops.values()
            if any(
                one.status is Status.OPEN and one.closes_at is not None and one.closes_at <= before
                for one in (w, *w.courses.values())
            )
        ]

    async def last_seen(self) -> datetime | None:
        return self.seen

    # The heart.

    async def beat(self, now: datetime) -> None:
        self.seen = now
        self.beats.append(now)


def _holds(w: Workshop, place: str) -> Holder | None:
    """Whether this live workshop, or a group of it, has the conversation."""
    group = w.group_at(place)
    if w.status not in LIVE or (w.home != place and group is None):
        return None
    return Holder(w.id, group.number if group else 0)
