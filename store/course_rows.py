"""Courses into JSON data and back: everybody's last move and open times, and the whole of a group's own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from workshop.model import Course, Held, Move, Status

Row = dict[str, Any]


def course_data(of: Course) -> Row:
    """A group's own course as JSON data."""
    return {
        "at": of.at,
        "status": str(of.status),
        "closes_at": of.closes_at.isoformat() if of.closes_at else None,
        "remaining": None if of.remaining is None else of.remaining.total_seconds(),
        "moves": of.moves,
        "case_round": of.case_round,
        "moved_deadline": of.moved_deadline,
        "last": move_data(of.last),
        "opened": sorted(of.opened),
        "opened_steps": held_data(of.opened_steps),
    }


def course(data: Row) -> Course:
    """And back."""
    return Course(
        at=data["at"],
        status=Status(data["status"]),
        closes_at=instant(data["closes_at"]),
        remaining=None if data["remaining"] is None else timedelta(seconds=data["remaining"]),
        moves=data["moves"],
        case_round=data["case_round"],
        moved_deadline=data["moved_deadline"],
        last=move(data["last"]),
        opened=frozenset(data["opened"]),
        opened_steps=held(data["opened_steps"]),
    )


def move_data(last: Move | None) -> Row | None:
    """The last change of a course as JSON data."""
    return {"name": last.name, "by": last.by, "at": last.at.isoformat()} if last else None


def move(data: Row | None) -> Move | None:
    """And back."""
    return Move(data["name"], data["by"], datetime.fromisoformat(data["at"])) if data else None


def held_data(steps: Iterable[Held]) -> list[Any]:
    """When steps were open as JSON data."""
    return [
        (one.step, one.opened_at.isoformat(), one.closed_at.isoformat() if one.closed_at else None)
        for one in steps
    ]


def held(data: Iterable[Any]) -> tuple[Held, ...]:
    """And back."""
    return tuple(Held(step, datetime.fromisoformat(at), instant(to)) for step, at, to in data)


def instant(written: str | None) -> datetime | None:
    """An instant as it is written, where there is one."""
    return datetime.fromisoformat(written) if written else None
