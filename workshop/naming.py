"""Who facilitates, moderates and may take over: naming, taking it back, taking over. Pure; called by `rules.decide`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from workshop import commands as c, events as e
from workshop.model import Workshop
from workshop.people import kept_name
from workshop.refusals import Reason, Refused
from workshop.roles import stand_ins

SILENCE = timedelta(minutes=5)
"""After this long without a facilitator's action a reserve may take over."""

ROLE_OF: Mapping[type[c.NameRole], str] = {
    c.NameFacilitator: "facilitator",
    c.NameModerator: "moderator",
    c.NameReserve: "reserve",
}
"""Which role a command is about, as the field of a person is called."""


def name_role(w: Workshop, command: c.NameRole, now: datetime) -> tuple[e.AnyEvent, ...] | Refused:
    """These people have the role from now on, or no longer; joined or not. Who has it already is left as they are.
    Whoever decides second where two facilitators remove each other is none any more: one of them stays."""
    role, people = ROLE_OF[type(command)], dict(command.people)
    if role == "facilitator" and not command.named and all(one.id in people for one in w.facilitators):
        return Refused(Reason.LAST_FACILITATOR)
    return tuple(
        e.PersonChanged(
            by=command.by,
            at=now,
            person=person,
            name=kept_name(name) if command.named else None,
            **{role: command.named},  # type: ignore[arg-type]
        )
        for person, name in people.items()
        if holds(w, person, role) is not command.named
    )


def holds(w: Workshop, person: str, role: str) -> bool:
    """Whether somebody has this role (facilitator, moderator or reserve)."""
    return person in w.people and bool(getattr(w.people[person], role))


def take_over(w: Workshop, command: c.TakeOver, now: datetime) -> tuple[e.AnyEvent, ...] | Refused:
    """A reserve, else (where none was named) a moderator, becomes facilitator after five silent minutes. Whoever
    facilitates already has nothing to take over."""
    person = w.people[command.by]
    if person.facilitator:
        return ()
    if not person.reserve and any(other.reserve for other in w.people.values()):
        return Refused(Reason.ONLY_RESERVES, stand_ins(w))
    acted = w.acted_at or w.opened_at
    if now - acted < SILENCE:
        names = ", ".join(other.name for other in w.facilitators)
        return Refused(Reason.FACILITATOR_ACTIVE, {"who": names, "minutes": int(SILENCE.total_seconds() // 60)})
    return (e.PersonChanged(by=command.by, at=now, person=command.by, facilitator=True, took_over=True),)
