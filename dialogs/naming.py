"""Giving roles to people, and taking them back: by mention, and by the form that lists who has which role."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from dialogs.lobby import ROSTER
from dialogs.router import Router
from dialogs.turn import Kolbot, Reply, Show, Tell, Turn, Via, Who
from dialogs.whereabouts import speaks, unless_done, workshop_here
from workshop import commands as c, events as e
from workshop.model import Workshop
from workshop.naming import holds
from workshop.refusals import Reason, Refused
from workshop.roles import led_by, may, why_not
from workshop.said import Said, Sentence, Spoken
from workshop.service import Done
from workshop.views import Opener, RolesForm

router = Router()

_ROLES: Mapping[str, type[c.NameFacilitator] | type[c.NameModerator] | type[c.NameReserve]] = {
    "facilitator": c.NameFacilitator,
    "moderator": c.NameModerator,
    "reserve": c.NameReserve,
}
_NOT = "no_"
FEW = 5
"""People who are looked up one by one; of more, the conversation's members are read."""


@router.on("facilitator", "moderator", "reserve", "no_facilitator", "no_moderator", "no_reserve")
async def name(turn: Turn, kolbot: Kolbot) -> Reply:
    """Give the mentioned people a role, or take it from them."""
    workshop = await workshop_here(turn, kolbot)
    if isinstance(workshop, Refused):
        return Tell(workshop, turn.language)
    role, named = turn.verb.removeprefix(_NOT), not turn.verb.startswith(_NOT)
    if not may(workshop, turn.who.id, _ROLES[role]):
        return Tell(why_not(workshop, _ROLES[role]), speaks(turn, workshop))
    sentence = _nobody_to_name(turn, named) or (await _change(turn, kolbot, workshop, role, turn.mentioned, named))[0]
    return Tell(sentence, speaks(turn, workshop))


@router.on("group_facilitator", "no_group_facilitator")
async def lead(turn: Turn, kolbot: Kolbot) -> Reply:
    """Let the mentioned people lead a group (their own, where none is named), or no longer (any, where none is)."""
    workshop = await workshop_here(turn, kolbot)
    if isinstance(workshop, Refused):
        return Tell(workshop, turn.language)
    if not may(workshop, turn.who.id, c.NameGroupFacilitator):
        return Tell(why_not(workshop, c.NameGroupFacilitator), speaks(turn, workshop))
    named, group = not turn.verb.startswith(_NOT), turn.number("group") or 0
    sentence = _nobody_to_name(turn, named) or (await _lead(turn, kolbot, workshop, turn.mentioned, group, named))[0]
    return Tell(sentence, speaks(turn, workshop))


@router.on("roles")
async def roles(turn: Turn, kolbot: Kolbot) -> Reply:
    """Who has which role; typed, put a card there whose button opens it."""
    workshop = await workshop_here(turn, kolbot)
    if isinstance(workshop, Refused):
        return Tell(workshop, turn.language)
    if turn.via is Via.TYPED:
        return Show(Opener("roles", workshop), speaks(turn, workshop))
    return await _form(turn, workshop, None)


@router.on("named")
async def named(turn: Turn, kolbot: Kolbot) -> Reply:
    """Give the chosen people the chosen role."""
    return await _by_form(turn, kolbot, True)


@router.on("unnamed")
async def unnamed(turn: Turn, kolbot: Kolbot) -> Reply:
    """Take a role from one of those who are listed."""
    return await _by_form(turn, kolbot, False)


async def _by_form(turn: Turn, kolbot: Kolbot, named: bool) -> Reply:
    workshop = await workshop_here(turn, kolbot)
    if isinstance(workshop, Refused):
        return Tell(workshop, turn.language)
    if not may(workshop, turn.who.id, c.NameModerator):
        return Tell(why_not(workshop, c.NameModerator), speaks(turn, workshop))
    role, chosen = turn.text("role"), turn.keys("person")
    if not chosen:
        return await _form(turn, workshop, Refused(Reason.NOBODY_CHOSEN))
    people = await _people(turn, workshop, chosen[:ROSTER])
    if role in _ROLES:
        sentence, workshop = await _change(turn, kolbot, workshop, role, people, named)
    else:
        group = int(role) if role.isascii() and role.isdigit() and len(role) < 6 else -1
        sentence, workshop = await _lead(turn, kolbot, workshop, people, group, named)
    return await _form(turn, workshop, sentence)


async def _people(turn: Turn, workshop: Workshop, chosen: Sequence[str]) -> list[Who]:
    """Whom choices mean: those the workshop knows, else members of the conversation by their Entra object ids. Teams
    allows few questions about single people, so that for many all are asked for at once."""
    people = {one: Who(one, workshop.people[one].name) for one in chosen if one in workshop.people}
    left = {one: one.rpartition(":")[2] for one in chosen if one not in people}
    if len(left) > FEW:
        members = {who.id.rpartition(":")[2]: who for who in await turn.roster()}
        people |= {one: members[id] for one, id in left.items() if id in members}
    asked = [one for one in left if one not in people][:FEW]
    people |= dict(zip(asked, await asyncio.gather(*(turn.member(left[one]) for one in asked)), strict=True))
    return [people.get(one) or Who(one, "", None) for one in chosen]


def _nobody_to_name(turn: Turn, named: bool) -> Sentence | None:
    """Why nobody can be named by this message."""
    if turn.mentioned:
        return None
    if turn.flag("kolbot"):
        return Refused(Reason.NOT_KOLBOT)
    return Spoken(Said.MENTION_SOMEBODY, {"command": turn.verb})


def _not_there(people: Sequence[Who], named: bool) -> Refused | None:
    """Who of these is not in the conversation, or cannot be looked up now: then nobody is named."""
    for there, reason in ((False, Reason.OUTSIDE), (None, Reason.NOT_LOOKED_UP)):
        if missing := [who.name for who in people if who.there is there]:
            return Refused(reason, {"who": ", ".join(filter(None, missing)), "named": int(named)})
    return None


async def _change(
    turn: Turn, kolbot: Kolbot, workshop: Workshop, role: str, people: Sequence[Who], named: bool
) -> tuple[Sentence, Workshop]:
    """Give these people a role or take it: what came of it, and the workshop then."""
    if refused := _not_there(people, named):
        return refused, workshop
    command = _ROLES[role](
        workshop=workshop.id, by=turn.who.id, people=tuple((who.id, who.name) for who in people), named=named
    )
    outcome = await kolbot.workshops.do(command, turn.delivery)
    if not isinstance(outcome, Done):
        return unless_done(outcome) or Spoken(Said.NOT_STORED), workshop
    changed = {event.person for event in outcome.events if isinstance(event, e.PersonChanged)}
    now = outcome.workshop
    names = {who.id: now.people[who.id].name if who.id in now.people else who.name for who in people}
    facts = {
        "role": role,
        "who": ", ".join(name for id, name in names.items() if id in changed or outcome.repeated),
        "already": ", ".join(name for id, name in names.items() if id not in changed and not outcome.repeated),
    }
    assert all(holds(now, id, role) is named for id in changed), "it was done"
    return Spoken(Said.ROLE_GIVEN if named else Said.ROLE_TAKEN, facts), now


async def _lead(
    turn: Turn, kolbot: Kolbot, workshop: Workshop, people: Sequence[Who], group: int, named: bool
) -> tuple[Sentence, Workshop]:
    """Let people lead a group (0: their own), or no longer (0: any): what came of it, and the workshop then."""
    if refused := _not_there(people, named):
        return refused, workshop
    changed: dict[tuple[str, int], None] = {}
    now = workshop
    for number, who in enumerate(people):
        for of in (group,) if group or named else led_by(workshop, who.id) or (0,):
            outcome = await kolbot.workshops.do(
                c.NameGroupFacilitator(
                    workshop=workshop.id, by=turn.who.id, person=who.id, person_name=who.name, group=of, named=named
                ),
                turn.part(f"{number}.{of}"),
            )
            if not isinstance(outcome, Done):
                return unless_done(outcome) or Spoken(Said.NOT_STORED), now
            now = outcome.workshop
            led = {event.group for event in outcome.events if isinstance(event, e.GroupFacilitatorNamed)}
            changed |= {(who.name, one): None for one in led}
    return spoken_of(named, changed) if changed else Spoken(Said.ALREADY_SO), now


def spoken_of(named: bool, changed: dict[tuple[str, int], None]) -> Spoken:
    """What was done for these people (by name) and groups."""
    said = Said.GROUP_FACILITATOR_NAMED if named else Said.GROUP_FACILITATOR_DROPPED
    who = dict.fromkeys(name for name, _ in changed)
    groups = dict.fromkeys(group for _, group in changed)
    return Spoken(said, {"who": ", ".join(who), "of": next(iter(groups)) if len(groups) == 1 else 0})


async def _form(turn: Turn, workshop: Workshop, sentence: Sentence | None) -> Reply:
    """Who has which role, for those who may change it; for whoever may not any more, just the sentence."""
    language = speaks(turn, workshop)
    if not may(workshop, turn.who.id, c.NameModerator):
        return Tell(sentence or why_not(workshop, c.NameModerator), language)
    offered = {person.id: person.name for person in (*workshop.joined, *workshop.people.values())}
    members = await turn.roster() if turn.where.shared else ()
    offered |= {who.id: who.name for who in members if who.id not in offered} if len(members) <= ROSTER else {}
    chosen = turn.keys("person") if isinstance(sentence, Refused) else ()
    return Show(RolesForm(workshop, tuple(offered.items())[:ROSTER], chosen, turn.text("role"), sentence), language)
