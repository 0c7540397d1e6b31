"""Opening and joining: the rules about who is who. Pure; called by `rules.decide`."""

from __future__ import annotations

from datetime import datetime

from workshop import commands as c, events as e
from workshop.expecting import came
from workshop.grouping import latecomer
from workshop.groups import Member
from workshop.model import Holder, Workshop
from workshop.plan import in_language
from workshop.prompts.kind import clean
from workshop.refusals import Reason, Refused
from workshop.roles import may_open

FIELD_LIMIT = 140
CHALLENGE_LIMIT = 280
"""Longest profile field and challenge, in code points."""


def open_workshop(
    command: c.Open, holder: Holder | None, openers: frozenset[str] | None, now: datetime
) -> tuple[e.AnyEvent, ...] | Refused:
    """A workshop in its lobby, the opener its first facilitator; one at a time in a conversation."""
    if not may_open(command.by, openers):
        return Refused(Reason.MAY_NOT_OPEN)
    if holder is not None:
        if holder.group:
            return Refused(Reason.PLACE_TAKEN, {"group": holder.group})
        return Refused(Reason.ALREADY_OPEN)
    title = clean(command.title, lines=False) or in_language(command.plan.title, command.language)
    if len(title) > FIELD_LIMIT:
        return Refused(Reason.TOO_LONG, {"given": len(title), "limit": FIELD_LIMIT})
    if command.language not in command.plan.languages:
        return Refused(Reason.UNKNOWN_LANGUAGE)
    opened = e.Opened(
        by=command.by,
        at=now,
        id=command.workshop,
        tenant=command.tenant,
        home=command.home,
        plan=command.plan,
        title=title,
        language=command.language,
        secret=command.secret,
        brought=command.brought,
    )
    opener = e.PersonChanged(by=command.by, at=now, person=command.by, name=kept_name(command.name), facilitator=True)
    reserves = tuple(
        e.PersonChanged(by=command.by, at=now, person=person, name=kept_name(name), reserve=True)
        for person, name in command.reserves
        if person != command.by
    )
    return (opened, opener, *reserves)


def join(w: Workshop, command: c.Join, now: datetime) -> tuple[e.AnyEvent, ...] | Refused:
    """Somebody takes part, or corrects what they said; twice the same is once."""
    said = {
        "institution": clean(command.institution, lines=False),
        "country": clean(command.country, lines=False),
        "role": clean(command.role, lines=False),
        "challenge": clean(command.challenge, lines=False),
    }
    for name, words in said.items():
        limit = CHALLENGE_LIMIT if name == "challenge" else FIELD_LIMIT
        if len(words) > limit:
            return Refused(Reason.TOO_LONG, {"field": name, "given": len(words), "limit": limit})
    if command.language and command.language not in w.plan.languages:
        return Refused(Reason.UNKNOWN_LANGUAGE)
    joined = e.PersonChanged(
        by=command.by,
        at=now,
        person=command.by,
        name=kept_name(command.name),
        language=command.language or None,
        joined=True,
        institution=said["institution"],
        country=said["country"],
        role=said["role"],
        challenge=said["challenge"],
    )
    member = Member(command.by, said["country"], said["institution"], said["role"])
    known = came(w, command.by, command.expected, now) if command.expected else ()
    return (joined, *known, *latecomer(w, member, command.by, now))


def choose_language(w: Workshop, command: c.ChooseLanguage, now: datetime) -> tuple[e.AnyEvent, ...] | Refused:
    """A person's dialogs are in this language from now on."""
    if command.language not in w.plan.languages:
        return Refused(Reason.UNKNOWN_LANGUAGE)
    return (
        e.PersonChanged(
            by=command.by, at=now, person=command.by, name=kept_name(command.name), language=command.language
        ),
    )


def kept_name(name: str) -> str | None:
    """A display name as it is kept; nothing where nothing is left of it, so that what is known stays."""
    return clean(name, lines=False)[:FIELD_LIMIT] or None
