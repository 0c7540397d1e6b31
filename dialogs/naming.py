"""Giving roles to people who are mentioned: facilitators, moderators, and who leads a group."""

from __future__ import annotations

from dialogs.router import Router
from dialogs.turn import Kolbot, Reply, Tell, Turn
from dialogs.whereabouts import speaks, unless_done, workshop_here
from workshop import commands as c, events as e
from workshop.refusals import Refused
from workshop.roles import led_by
from workshop.said import Said, Spoken
from workshop.service import Done

router = Router()


@router.on("facilitator", "moderator")
async def name(turn: Turn, kolbot: Kolbot) -> Reply:
    """Give the mentioned people a role."""
    workshop = await workshop_here(turn, kolbot)
    if isinstance(workshop, Refused):
        return Tell(workshop, turn.language)
    language = speaks(turn, workshop)
    if not turn.mentioned:
        return Tell(Spoken(Said.MENTION_SOMEBODY, {"command": turn.verb}), language)
    naming: type[c.NameFacilitator] | type[c.NameModerator]
    naming = c.NameFacilitator if turn.verb == "facilitator" else c.NameModerator
    said = Said.NAMED_FACILITATOR if turn.verb == "facilitator" else Said.NAMED_MODERATOR
    for number, who in enumerate(turn.mentioned):
        delivery = f"{turn.delivery}#{number}" if turn.delivery else None
        command = naming(workshop=workshop.id, by=turn.who.id, person=who.id, person_name=who.name)
        sentence = unless_done(await kolbot.workshops.do(command, delivery))
        if sentence is not None:
            return Tell(sentence, language)
    return Tell(Spoken(said, {"who": ", ".join(who.name for who in turn.mentioned)}), language)


@router.on("group_facilitator", "no_group_facilitator")
async def lead(turn: Turn, kolbot: Kolbot) -> Reply:
    """Let the mentioned people lead a group (their own, where none is named), or no longer (any, where none is)."""
    workshop = await workshop_here(turn, kolbot)
    if isinstance(workshop, Refused):
        return Tell(workshop, turn.language)
    language, named = speaks(turn, workshop), turn.verb == "group_facilitator"
    if not turn.mentioned:
        return Tell(Spoken(Said.MENTION_SOMEBODY, {"command": turn.verb}), language)
    group = turn.number("group") or 0
    changed: dict[tuple[str, int], None] = {}
    for number, who in enumerate(turn.mentioned):
        for of in (group,) if group or named else led_by(workshop, who.id) or (0,):
            delivery = f"{turn.delivery}#{number}.{of}" if turn.delivery else None
            outcome = await kolbot.workshops.do(
                c.NameGroupFacilitator(
                    workshop=workshop.id, by=turn.who.id, person=who.id, person_name=who.name, group=of, named=named
                ),
                delivery,
            )
            if not isinstance(outcome, Done):
                return Tell(unless_done(outcome) or Spoken(Said.NOT_STORED), language)
            led = {event.group for event in outcome.events if isinstance(event, e.GroupFacilitatorNamed)}
            changed |= {(who.name, one): None for one in led}
    if not changed:
        return Tell(Spoken(Said.ALREADY_SO), language)
    return Tell(spoken_of(named, changed), language)


def spoken_of(named: bool, changed: dict[tuple[str, int], None]) -> Spoken:
    """What was done for these people (by name) and groups."""
    said = Said.GROUP_FACILITATOR_NAMED if named else Said.GROUP_FACILITATOR_DROPPED
    who = dict.fromkeys(name for name, _ in changed)
    groups = dict.fromkeys(group for _, group in changed)
    return Spoken(said, {"who": ", ".join(who), "of": next(iter(groups)) if len(groups) == 1 else 0})
