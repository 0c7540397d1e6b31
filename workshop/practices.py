"""The practices that earlier sessions presented: put in before this one, asked about where the template says. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from workshop import commands as c, events as e
from workshop.model import Practice, Workshop
from workshop.plan import PRACTICES, Item, as_written
from workshop.prompts.kind import ITEMS_LIMIT, clean, fold, item_key
from workshop.refusals import Reason, Refused

LIMITS = {"title": 120, "country": 60, "whose": 140, "core": 280, "link": 500}
"""Longest words of each field, in code points."""
MOST = ITEMS_LIMIT
"""Practices in a workshop: as many as a prompt can ask about."""

Outcome = tuple[e.AnyEvent, ...] | Refused


def cleaned(practice: Practice) -> Practice:
    """The words as they are kept: each in one line."""
    fields = (practice.title, practice.country, practice.whose, practice.core, practice.link)
    return Practice(*(clean(words, lines=False) for words in fields))


def wrong_with(practice: Practice) -> tuple[str, str] | None:
    """Which field of a cleaned practice cannot be taken, and why: "missing", "long" or "link"."""
    if not practice.title:
        return "title", "missing"
    for field, limit in LIMITS.items():
        if len(getattr(practice, field)) > limit:
            return field, "long"
    return None if not practice.link or is_link(practice.link) else ("link", "link")


def is_link(words: str) -> bool:
    """Whether this is an address that a browser opens: http or https, a host, nothing but visible ASCII signs."""
    try:
        parts = urlsplit(words)
        host = parts.hostname
    except ValueError:
        return False
    plain = words.isascii() and words.isprintable() and not any(sign in words for sign in " <>\"'`\\()[]{}|")
    return plain and parts.scheme in ("http", "https") and bool(host) and "@" not in parts.netloc


def add_practices(w: Workshop, command: c.AddPractices, now: datetime) -> Outcome:
    """All of them or none. A title that is there already is the same practice with other words."""
    known = {fold(practice.title): practice for practice in w.practices}
    for number, given in enumerate(command.practices, 1):
        practice = cleaned(given)
        if wrong := wrong_with(practice):
            field, why = wrong
            facts: dict[str, str | int] = {"row": number, "field": field, "why": why, "limit": LIMITS[field]}
            return Refused(Reason.WRONG_PRACTICES, facts)
        known[fold(practice.title)] = practice
    if not command.practices:
        return Refused(Reason.WRONG_PRACTICES, {"row": 1, "field": "title", "why": "missing"})
    if len(known) > MOST:
        return Refused(Reason.WRONG_PRACTICES, {"why": "many", "given": len(known), "limit": MOST})
    return _changed(w, tuple(known.values()), command.by, now)


def remove_practices(w: Workshop, command: c.RemovePractices, now: datetime) -> Outcome:
    """What is not there is removed already."""
    gone = {fold(title) for title in command.titles}
    kept = tuple(practice for practice in w.practices if fold(practice.title) not in gone)
    return _changed(w, kept, command.by, now)


def _changed(w: Workshop, practices: tuple[Practice, ...], by: str, now: datetime) -> Outcome:
    return () if practices == w.practices else (e.PracticesChanged(by=by, at=now, practices=practices),)


def items_of_practices(w: Workshop) -> tuple[Item, ...]:
    """What a prompt asks about that takes its items from the practices, in the order in which they were put in."""
    return tuple(Item(item_key(practice.title), as_written(_named(practice)), PRACTICES) for practice in w.practices)


def _named(practice: Practice) -> str:
    return f"{practice.title} ({practice.country})" if practice.country else practice.title


def of_rows(rows: Sequence[Sequence[str]]) -> tuple[Practice, ...]:
    """Practices out of a table: title, country, whose, core, link, as far as a row goes. Errors: `ValueError` with the
    number of a row (from 1) that has more cells than that, or fewer than one."""
    found = []
    for number, row in enumerate(rows, 1):
        if not 1 <= len(row) <= len(LIMITS):
            raise ValueError(number)
        found.append(Practice(*row))
    return tuple(found)
