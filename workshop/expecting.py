"""The organiser's list of participants: put in before the session, so that nobody types what is known. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from workshop import commands as c, events as e
from workshop.model import Expected, Workshop
from workshop.plan import LANGUAGE_CODES
from workshop.prompts.kind import clean, fold
from workshop.refusals import Reason, Refused

LIMITS = {
    "name": 140, "address": 320, "institution": 140, "country": 140, "role": 140, "group": 60, "challenge": 280,
    "language": 10,
}  # fmt: skip
"""Longest words of each field, in code points; those that the person can change are as long as in the form of Join."""
MOST = 1_000
"""People on a list: twice as many as a workshop is made for."""

Outcome = tuple[e.AnyEvent, ...] | Refused


def expect(w: Workshop, command: c.Expect, now: datetime) -> Outcome:
    """All of the list or nothing of it. Who is on it already gets the new words."""
    known = {one.key: one for one in w.expected}
    if not command.people:
        return _wrong(1, "name", "missing")
    for number, given in enumerate(command.people, 1):
        one = _cleaned(given)
        if not one.name and not one.address:
            return _wrong(number, "name", "missing")
        for field, limit in LIMITS.items():
            if len(getattr(one, field)) > limit:
                return _wrong(number, field, "long")
        if one.address and not is_address(one.address):
            return _wrong(number, "address", "address")
        # One that the template does not have is none to refuse: such a person is spoken to in the workshop's.
        if one.language and one.language not in LANGUAGE_CODES:
            spoken = ",".join(LANGUAGE_CODES)
            return Refused(
                Reason.WRONG_LIST, {"row": number, "why": "language", "language": one.language, "known": spoken}
            )
        known[one.key] = one
    if len(known) > MOST:
        return Refused(Reason.WRONG_LIST, {"why": "many", "given": len(known), "limit": MOST})
    everybody = tuple(known.values())
    return () if everybody == w.expected else (e.ListChanged(by=command.by, at=now, people=everybody),)


def forget_list(w: Workshop, command: c.ForgetList, now: datetime) -> Outcome:
    """Who has not joined is not expected any more. Twice is once."""
    return (e.ListChanged(by=command.by, at=now, people=()),) if w.expected else ()


def is_address(words: str) -> bool:
    """Whether this may be a mail address or a user principal name; which one is nobody's business here."""
    local, at, domain = words.rpartition("@")
    return bool(at and local and "." in domain.strip(".")) and not any(sign.isspace() for sign in words)


def on_list(w: Workshop, addresses: Iterable[str], name: str) -> Expected | None:
    """Who of the list somebody is: by one of their addresses; by their name only where the list has no address for it,
    and once, so that nobody is shown what was noted about another of the same name."""
    if not w.expected:
        return None
    theirs = {address.casefold() for address in addresses if address}
    by_address = [one for one in w.expected if one.address and one.address.casefold() in theirs]
    if by_address:
        return by_address[0]
    same = [one for one in w.expected if fold(one.name) == fold(name)]
    return same[0] if len(same) == 1 and not same[0].address else None


def came(w: Workshop, person: str, key: str, now: datetime) -> tuple[e.AnyEvent, ...]:
    """Somebody of the list has joined: what was noted is theirs from now on."""
    one = next((one for one in w.expected if one.key == key), None)
    return () if one is None else (e.ExpectedCame(by=person, at=now, person=person, key=key, group=one.group),)


def seated_as_listed(w: Workshop) -> tuple[tuple[str, ...], ...]:
    """The groups that the list means, those of a number by their number, then by name; who is in none of them is left
    out."""
    joined = {person.id for person in w.joined}
    groups: dict[str, list[str]] = {}
    for person, group in w.seats.items():
        if person in joined:
            groups.setdefault(fold(group), []).append(person)
    return tuple(tuple(groups[group]) for group in sorted(groups, key=_in_order))


def _in_order(group: str) -> tuple[int, int, str]:
    digits = "".join(sign for sign in group if sign in "0123456789")
    return (0, int(digits), group) if digits and len(digits) < 6 else (1, 0, group)


def _cleaned(given: Expected) -> Expected:
    return replace(given, **{field: clean(getattr(given, field), lines=False) for field in LIMITS})


def _wrong(row: int, field: str, why: str) -> Refused:
    return Refused(Reason.WRONG_LIST, {"row": row, "field": field, "why": why, "limit": LIMITS[field]})
