"""Rows into the domain's frozen data and back. Knows shapes, not statements; decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy.engine import RowMapping

from store.course_rows import course, course_data, held, held_data, instant, move, move_data
from store.theme_rows import themes_data, themes_from
from workshop.brought import Brought, Promise
from workshop.events import AnswerSubmitted
from workshop.model import (
    LIVE,
    Answer,
    Binding,
    Case,
    Consent,
    Ended,
    Expected,
    Group,
    Lit,
    Nudge,
    Person,
    Practice,
    Spoke,
    Status,
    Warned,
    Workshop,
)
from workshop.plan import Item, Plan

ReadPlan = Callable[[str], Plan]
"""Turns a stored plan's JSON back into the plan."""

Row = dict[str, Any]

_REMINDED = tuple(field.name for field in fields(Nudge) if field.name != "at")
_LISTED = tuple(field.name for field in fields(Expected))
_PROFILE = tuple(field.name for field in fields(Person) if field.name != "id")
_COLUMNS = (
    "id",
    "tenant",
    "home",
    "title",
    "language",
    "opened_by",
    "opened_at",
    "secret",
    "revision",
    "moves",
)


def course_row(w: Workshop, shape: int) -> Row:
    """The columns of a workshop that a change of course can touch. `shape`: the revision of that change."""
    return {
        "secret": w.secret,
        "revision": w.revision,
        "shape": shape,
        "moves": w.moves,
        "status": str(w.status),
        "at": w.at,
        "closes_at": w.closes_at,
        "due_at": _due(w),
        "remaining": w.remaining,
        "ended_at": w.last.at if w.last and w.status not in LIVE else None,
        "state": _state(w),
    }


def workshop_row(w: Workshop) -> Row:
    """A new workshop's whole row."""
    return {
        "id": w.id,
        "tenant": w.tenant,
        "home": w.home,
        "title": w.title,
        "language": w.language,
        "plan": w.plan.source,
        "opened_by": w.opened_by,
        "opened_at": w.opened_at,
        "brought": _brought_data(w.brought) if w.brought else None,
        **course_row(w, w.revision),
    }


def workshop_from(row: RowMapping, people: Iterable[RowMapping], read_plan: ReadPlan) -> Workshop:
    """A workshop as it was when its row and its people's were written. `people` in the order of their number."""
    state = orjson.loads(row["state"])
    return Workshop(
        **{name: row[name] for name in _COLUMNS},
        plan=read_plan(row["plan"]),
        status=Status(row["status"]),
        at=row["at"],
        closes_at=row["closes_at"],
        remaining=row["remaining"],
        people={person["person"]: _person(person) for person in people},
        late_allowed=state["late_allowed"],
        items={prompt: tuple(map(_item, items)) for prompt, items in state["items"].items()},
        gone={name: tuple(map(_item, items)) for name, items in state.get("gone", {}).items()},
        rounds=state.get("rounds", {}),
        picked={prompt: tuple(keys) for prompt, keys in state["picked"].items()},
        opened=frozenset(state["opened"]),
        skipped=frozenset(state["skipped"]),
        revealed=frozenset(state["revealed"]),
        hidden=frozenset(state["hidden"]),
        approved=frozenset(state.get("approved", ())),
        lit=Lit(*state["lit"]) if state.get("lit") else None,
        moved_deadline=state["moved_deadline"],
        stage_posts=state["stage_posts"],
        board_posts=state["board_posts"],
        last=move(state["last"]),
        nudges=tuple(map(_nudge, state["nudges"])),
        warnings=tuple(
            Warned(datetime.fromisoformat(at), step, group, tuple(apart))
            for at, step, group, apart in state.get("warnings", ())
        ),
        takeovers=tuple(state["takeovers"]),
        posted_at={card: datetime.fromisoformat(at) for card, at in state["posted_at"].items()},
        acted_at=instant(state["acted_at"]),
        cases=tuple(
            Case(key, label, owner, group, Consent(said)) for key, label, owner, group, said in state.get("cases", ())
        ),
        queue=tuple(state.get("queue", ())),
        case_round=state.get("case_round", 0),
        brought=_brought(orjson.loads(row["brought"])) if row["brought"] else None,
        practices=tuple(Practice(*words) for words in state.get("practices", ())),
        expected=tuple(Expected(*words) for words in state.get("expected", ())),
        seats=state.get("seats", {}),
        groups=tuple(map(_group, state.get("groups", ()))),
        bindings=tuple(map(_binding, state.get("bindings", ()))),
        grouped=state.get("grouped", False),
        together=tuple(map(frozenset, state.get("together", ()))),
        apart=tuple(map(frozenset, state.get("apart", ()))),
        forming=state.get("forming", int(state.get("grouped", False))),
        numbered=state.get("numbered", 0),
        spokes=tuple(
            Spoke(group, person, by, datetime.fromisoformat(at)) for group, person, by, at in state.get("spokes", ())
        ),
        told_by=state.get("told_by", {}),
        themes={column: themes_from(data) for column, data in state.get("themes", {}).items()},
        opened_steps=held(state.get("opened_steps", ())),
        courses={int(group): course(data) for group, data in state.get("courses", {}).items()},
    )


def person_row(workshop_id: str, number: int, person: Person) -> Row:
    """`number`: where the person stands among the workshop's people; kept from the first time on."""
    profile = {name: getattr(person, name) for name in _PROFILE}
    return {"workshop": workshop_id, "person": person.id, "number": number, **profile}


def place_rows(w: Workshop) -> list[Row]:
    """The conversations of a workshop: its home, and those that are its groups' own."""
    common = {"workshop": w.id, "tenant": w.tenant, "live": w.status in LIVE}
    home = {**common, "number": 0, "place": w.home, "group": 0}
    own = [
        {**common, "number": number, "place": each.place, "group": each.group}
        for number, each in enumerate(w.bindings, 1)
        if each.ended is None
    ]
    return [home, *own]


def answer_row(w: Workshop, event: AnswerSubmitted) -> Row:
    """An answer that was given with the change that led to `w`. Of an anonymous one no order is kept."""
    return {
        "workshop": w.id,
        "prompt": event.prompt,
        "case": event.case,
        "round": event.round,
        "author": event.author,
        "given": 0 if w.plan.prompts[event.prompt].anonymous else w.revision,
        "value": orjson.dumps(dict(event.value)).decode(),
    }


def answer_from(row: Mapping[str, Any] | RowMapping) -> Answer:
    """An answer, from its row as stored or as about to be."""
    return Answer(row["prompt"], row["author"], orjson.loads(row["value"]), row["case"], row["round"])


def _state(w: Workshop) -> str:
    kept = {
        "items": {prompt: [_item_data(item) for item in items] for prompt, items in w.items.items()},
        "gone": {name: [_item_data(item) for item in items] for name, items in w.gone.items()},
        "rounds": dict(w.rounds),
        "picked": {prompt: list(keys) for prompt, keys in w.picked.items()},
        "opened": sorted(w.opened),
        "skipped": sorted(w.skipped),
        "revealed": sorted(w.revealed),
        "hidden": sorted(w.hidden),
        "approved": sorted(w.approved),
        "late_allowed": w.late_allowed,
        "lit": (w.lit.prompt, w.lit.entry) if w.lit else None,
        "moved_deadline": w.moved_deadline,
        "stage_posts": w.stage_posts,
        "board_posts": w.board_posts,
        "last": move_data(w.last),
        "nudges": [(one.at.isoformat(), *map(one.__getattribute__, _REMINDED)) for one in w.nudges],
        "warnings": [(one.at.isoformat(), one.step, one.group, one.apart) for one in w.warnings],
        "takeovers": list(w.takeovers),
        "posted_at": {card: at.isoformat() for card, at in w.posted_at.items()},
        "acted_at": w.acted_at.isoformat() if w.acted_at else None,
        "cases": [(case.key, dict(case.label), case.owner, case.group, case.consent) for case in w.cases],
        "queue": list(w.queue),
        "case_round": w.case_round,
        "practices": [(p.title, p.country, p.whose, p.core, p.link) for p in w.practices],
        "expected": [list(map(one.__getattribute__, _LISTED)) for one in w.expected],
        "seats": dict(w.seats),
        "groups": [(g.number, list(g.members), g.place, list(g.facilitators)) for g in w.groups],
        "bindings": [(b.group, b.place, b.at.isoformat(), b.step, b.ended) for b in w.bindings],
        "grouped": w.grouped,
        "together": [sorted(rule) for rule in w.together],
        "apart": [sorted(rule) for rule in w.apart],
        "forming": w.forming,
        "numbered": w.numbered,
        "spokes": [(spoke.group, spoke.person, spoke.by, spoke.at.isoformat()) for spoke in w.spokes],
        "told_by": dict(w.told_by),
        "themes": {column: themes_data(themes) for column, themes in w.themes.items()},
        "opened_steps": held_data(w.opened_steps),
        "courses": {str(group): course_data(own) for group, own in w.courses.items()},
    }
    return orjson.dumps(kept).decode()


def _due(w: Workshop) -> datetime | None:
    """When the first open step ends, of all or of a group."""
    courses = (w.main, *w.courses.values())
    return min((one.closes_at for one in courses if one.status is Status.OPEN and one.closes_at), default=None)


def _group(data: Sequence[Any]) -> Group:
    """What an earlier release knew nothing of is missing at the end."""
    number, members, *more = data
    place, facilitators = more[0] if more else "", more[1] if len(more) > 1 else ()
    return Group(number, tuple(members), place, tuple(facilitators))


def _binding(data: Sequence[Any]) -> Binding:
    group, place, at, step, ended = data
    return Binding(group, place, datetime.fromisoformat(at), step, Ended(ended) if ended else None)


def _nudge(data: list[Any]) -> Nudge:
    at, *known = data
    named = dict(zip(_REMINDED, known, strict=False))  # earlier releases knew less of one
    return Nudge(datetime.fromisoformat(at), **{**named, "unreached": tuple(named.get("unreached", ()))})


def _item_data(item: Item) -> Row:
    return {
        "key": item.key,
        "label": dict(item.label),
        "origin": item.origin,
        "weight": item.weight,
        "entries": list(item.entries),
    }


def _item(data: Row) -> Item:
    return Item(data["key"], data["label"], data["origin"], data["weight"], tuple(data["entries"]))


def _brought_data(brought: Brought) -> str:
    kept = {
        "title": brought.title,
        "commitments": [_item_data(item) for item in brought.commitments],
        "questions": [_item_data(item) for item in brought.questions],
        "promises": {
            person: [(one.what, one.by, one.with_whom, one.sign) for one in promises]
            for person, promises in brought.promises.items()
        },
        "profiles": {person: dict(profile) for person, profile in brought.profiles.items()},
        "together": [sorted(rule) for rule in brought.together],
        "apart": [sorted(rule) for rule in brought.apart],
    }
    return orjson.dumps(kept).decode()


def _brought(data: Row) -> Brought:
    return Brought(
        title=data["title"],
        commitments=tuple(map(_item, data["commitments"])),
        questions=tuple(map(_item, data["questions"])),
        promises={person: tuple(Promise(*one) for one in some) for person, some in data["promises"].items()},
        profiles=data["profiles"],
        together=tuple(map(frozenset, data["together"])),
        apart=tuple(map(frozenset, data["apart"])),
    )


def _person(row: RowMapping) -> Person:
    return Person(row["person"], **{name: row[name] for name in _PROFILE})
