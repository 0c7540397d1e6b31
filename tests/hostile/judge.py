"""Whether what one activity has changed in the database was its sender's to change. It never asks `workshop.rules`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.hostile.sense import BOOK, Sense
from workshop.arriving import REMEMBERED
from workshop.model import Workshop
from workshop.prompts import kind_of

Row = dict[str, Any]
Key = tuple[Any, ...]
Tables = dict[str, dict[Key, Row]]

KEYS = {
    "workshops": ("id",), "people": ("workshop", "person"), "audit": ("id",), "deliveries": ("key",),
    "answers": ("workshop", "prompt", "case", "round", "author"), "posts": ("workshop", "conversation", "slot"),
    "published": ("workshop",), "conversations": ("key",), "persons": ("id",),
    "reminders": ("workshop", "nudge", "person"), "translations": ("workshop", "entry", "language"),
    "drafts": ("tenant", "person", "id"), "own_templates": ("tenant", "team", "id"),
}  # fmt: skip
"""Every table that a turn could reach, and what its rows are told apart by."""
CORE = ("workshops", "people", "answers", "audit")
"""What a workshop is made of; who was met where, and what was delivered, is not."""
COUNTED = {"submit": {"revision"}, "withdraw": {"revision"}}
"""What an answer moves of its workshop's row; whatever else has no line in the trail moves the shape too."""
ROLES = ("facilitator", "moderator", "reserve")
OPENS = ("open", "agenda_open")
NAMES = ("facilitator", "moderator", "reserve", "no_facilitator", "no_moderator", "no_reserve")
GIVES_ROLES = (*OPENS, *NAMES, "named", "unnamed", "takeover")


ENDED = ("finished", "cancelled")


@dataclass
class Stored:
    """What is stored. A table in which nothing has changed is the same object as when it was read before."""

    database: sqlite3.Connection
    _read: dict[str, tuple[list[Key], dict[Key, Row]]] = field(default_factory=dict)

    def rows(self) -> Tables:
        """All rows as they are now."""
        return {table: self._table(table, keys) for table, keys in KEYS.items()}

    def _table(self, table: str, keys: Key) -> dict[Key, Row]:
        asked = self.database.execute(f"SELECT * FROM {table}")
        rows, names = asked.fetchall(), [column[0] for column in asked.description]
        old, found = self._read.get(table, ([], {}))
        if rows != old:
            listed = [dict(zip(names, row, strict=True)) for row in rows]
            found = {tuple(row[key] for key in keys): row for row in listed}
        self._read[table] = rows, found
        return found


@dataclass(frozen=True)
class Change:
    """One row before and after; None where there is none."""

    key: Key
    old: Row | None
    new: Row | None

    @property
    def names(self) -> set[str]:
        """The columns that differ."""
        old, new = self.old or {}, self.new or {}
        if "state" in new and old:
            old, new = _spread(old), _spread(new)
        return {name for name in old | new if old.get(name) != new.get(name)}


def _spread(workshop: Row) -> Row:
    """A workshop's row with the parts of its state as columns; when a facilitator was last seen is no part of it."""
    state = {f"state {name}": value for name, value in json.loads(workshop["state"]).items() if name != "acted_at"}
    return {**workshop, "state": "", **state}


def changes(before: Tables, after: Tables) -> dict[str, list[Change]]:
    found: dict[str, list[Change]] = {table: [] for table in KEYS}
    for table in KEYS:
        old, new = before[table], after[table]
        if old is new:
            continue
        found[table] = [Change(key, old.get(key), new.get(key)) for key in old | new if old.get(key) != new.get(key)]
    return found


def has_effect(changed: Mapping[str, list[Change]]) -> bool:
    return any(changed[table] for table in CORE)


@dataclass(frozen=True)
class Judge:
    """The state before an activity, and how to find people by the ids that Teams gives them."""

    before: Tables
    workshops: Mapping[str, Workshop]
    known_as: Callable[[str, str], set[str]]
    """(tenant, id in Teams) to what the person may be called in the database."""

    def judges(self, sense: Sense, changed: Mapping[str, list[Change]]) -> None:
        """AssertionError where something has changed that the sender may not change, or not in this way."""
        self._beside(sense, changed)
        if not has_effect(changed):
            return
        assert sense.verb in BOOK, ("this asks for nothing", sense)
        marks = [change.key[0] for change in changed["deliveries"] if change.key[0].startswith(("change:", "said:"))]
        assert bool(marks) == bool(sense.delivery), ("an effect comes with its mark, so that it comes once", marks)
        touched = {change.key[0] for table in ("workshops", "people", "answers") for change in changed[table]}
        touched |= {change.new["workshop"] for change in changed["audit"] if change.new}
        assert len(touched) == 1, ("one workshop at a time", touched)
        workshop = touched.pop()
        self._here(sense, workshop, changed)
        self._may(sense, workshop)
        self._audit(sense, workshop, changed)
        self._people(sense, workshop, changed)
        self._answers(sense, workshop, changed)

    def _beside(self, sense: Sense, changed: Mapping[str, list[Change]]) -> None:
        """What may change besides: where this conversation and this person are, and the mark of this delivery."""
        assert not changed["posts"], "only the publisher posts, and it is at rest"
        assert not changed["published"]
        assert not changed["translations"] or sense.verb in ("translated", "submit", "withdraw"), "no words by the way"
        assert not changed["reminders"] or sense.verb == "nudge", "nobody is reminded by the way"
        assert {change.key[0] for change in changed["conversations"]} <= {sense.home}, "another conversation"
        assert {change.key[0] for change in changed["persons"]} <= {sense.who}, "another person"
        assert {change.key[:2] for change in changed["drafts"]} <= {(sense.tenant, sense.who)}, "another's draft"
        assert {change.key[0] for change in changed["own_templates"]} <= {sense.tenant}, "another tenant's template"
        assert not changed["own_templates"] or sense.verb in ("template_keep", "template_remove")
        self._marks(sense, changed)

    def _marks(self, sense: Sense, changed: Mapping[str, list[Change]]) -> None:
        """The mark of this delivery, and of no other. Where a workshop ends, what it has left is kept by name."""
        over = {change.key[0] for change in changed["workshops"] if change.new and change.new["status"] in ENDED}
        gone = [change.old for change in changed["deliveries"] if change.new is None and change.old is not None]
        assert {mark["workshop"] for mark in gone} <= over, ("a mark stays", gone)
        kept = {name for mark in gone for name in mark["activity"].split("\n")}
        names = set()
        for change in changed["deliveries"]:
            if change.new is None:
                continue
            sort, _, name = change.key[0].partition(":")
            if sort == "said":
                name = change.new["activity"].split("\n")[-1]
                was = change.old or {"said": 0, "activity": ""}
                assert was["said"] <= change.new["said"], ("what was said last counts", change)
                same = set(was["activity"].split("\n")) if was["said"] == change.new["said"] else set()
                assert len(same) >= REMEMBERED or same <= set(change.new["activity"].split("\n")), "none is forgotten"
            else:
                assert change.old is None, ("a mark stays as it is", change)
            names.add(name)
            assert name in kept or (sense.delivery and name.partition("#")[0] == sense.delivery), ("another's", change)
        assert kept <= names, ("what was done is known after the end", kept - names)

    def _here(self, sense: Sense, workshop: str, changed: Mapping[str, list[Change]]) -> None:
        row = self.before["workshops"].get((workshop,))
        if row is None:
            (new,) = [change.new for change in changed["workshops"]]
            assert new is not None and sense.verb in OPENS, "only opening opens"
            assert not sense.personal
            row = new
        assert row["tenant"] == sense.tenant, "another tenant's workshop"
        if sense.personal:
            assert (workshop, sense.who) in self.before["people"], "a stranger, in a chat of their own"
        else:
            assert row["home"] == sense.home, "another conversation's workshop"

    def _may(self, sense: Sense, workshop: str) -> None:
        roles = BOOK[sense.verb].roles
        person = self.before["people"].get((workshop, sense.who))
        assert not roles or (person and any(person[role] for role in roles)), ("not theirs to do", sense.verb, person)

    def _audit(self, sense: Sense, workshop: str, changed: Mapping[str, list[Change]]) -> None:
        for change in changed["audit"]:
            line = change.new
            assert change.old is None and line is not None, ("the trail is only ever added to", change)
            assert (line["workshop"], line["by"]) == (workshop, sense.who), ("in somebody else's name", line)
            assert line["action"] in BOOK[sense.verb].audit, ("not what was asked for", sense.verb, line)
        moved = {name for change in changed["workshops"] for name in change.names}
        lost = {"shape"} if changed["translations"] else set[str]()  # with the words that they were of
        if moved - COUNTED.get(sense.verb, {"revision", "shape"}) - lost:
            assert BOOK[sense.verb].audit, ("the course is not theirs", sense.verb, moved)
            assert changed["audit"], ("no line in the trail", sense.verb, moved)

    def _people(self, sense: Sense, workshop: str, changed: Mapping[str, list[Change]]) -> None:
        named = sense.names | {name for id_ in sense.names for name in self.known_as(sense.tenant, id_)}
        for change in changed["people"]:
            assert change.key[0] == workshop and change.new is not None, ("nobody is struck out", change)
            roles = change.names & set(ROLES) if change.old else {role for role in ROLES if change.new[role]}
            person = change.key[1]
            assert not roles or sense.verb in GIVES_ROLES, ("no role is given by", sense.verb, change)
            assert not roles or changed["audit"], ("a role without a line in the trail", sense.verb, change)
            if sense.verb in NAMES:
                role = sense.verb.removeprefix("no_")
                assert person in named and roles <= {role}, ("only those who were mentioned", change)
            elif sense.verb in ("named", "unnamed"):
                assert person in named and len(roles) <= 1, ("only those who were chosen", change)
            elif sense.verb in OPENS and person != sense.who:
                assert roles == {"reserve"}, ("beside themselves, only reserves", change)
            else:
                assert person == sense.who, ("another person's row", change)
            joined = change.new["joined"] != (change.old or {"joined": False})["joined"]
            assert not joined or sense.verb == "joined", ("nobody joins by", sense.verb)

    def _answers(self, sense: Sense, workshop: str, changed: Mapping[str, list[Change]]) -> None:
        if not changed["answers"]:
            return
        assert sense.verb in ("submit", "withdraw"), ("no answer changes by", sense.verb)
        before = self.workshops[workshop]
        for change in changed["answers"]:
            _, prompt, case, _, author = change.key
            assert author == before.author(prompt, sense.who, case), ("another person's answer", change)
            if change.new is not None:
                assert sense.verb == "submit"
                asked = before.plan.prompts[prompt]
                numbers = before.opened if before.late_allowed else {before.at}
                places = [place for place in before.plan.places if place.number in numbers]
                assert any(asked in place.step.prompts for place in places), ("not asked now", change)
                valid(before, prompt, json.loads(change.new["value"]))


def valid(workshop: Workshop, prompt: str, value: Any) -> None:
    """What is stored would be accepted again, and come out the same."""
    asked = workshop.plan.prompts[prompt]
    kind, items = kind_of(asked), workshop.shown_items(prompt)
    assert kind.parse(asked, items, kind.unparse(asked, value)) == value, (prompt, value)
