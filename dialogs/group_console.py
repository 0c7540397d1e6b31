"""The console of one group: for those who lead it, and for facilitators. The commands on it are in `facilitate`."""

from __future__ import annotations

from dialogs.router import Router
from dialogs.standing import silent_in, standing
from dialogs.turn import Kolbot, Reply, Show, Tell, Turn
from dialogs.whereabouts import speaks, workshop_here
from workshop import commands as c
from workshop.model import LIVE, Workshop
from workshop.refusals import Reason, Refused
from workshop.roles import Role, led_by, may, roles_of, why_not
from workshop.rules import possible_in
from workshop.said import Sentence
from workshop.tally import by_prompt
from workshop.upcoming import Opening, coming
from workshop.views import GroupConsole

router = Router()

STAFF = frozenset({Role.FACILITATOR, Role.MODERATOR, Role.RESERVE})
"""Who sees the console of all."""


@router.on("group_console")
async def group_console(turn: Turn, kolbot: Kolbot) -> Reply:
    """The console of a group as it is now."""
    workshop = await workshop_here(turn, kolbot)
    if isinstance(workshop, Refused):
        return Tell(workshop, turn.language)
    number = turn.number("group") or 0
    language = speaks(turn, workshop)
    if not may(workshop, turn.who.id, c.Next, number):
        return Tell(why_not(workshop, c.Next, number), language)
    return await show_group_console(turn, kolbot, workshop, number, None)


def own_group(turn: Turn, workshop: Workshop) -> int:
    """The group that a turn is about: the one that it names; without one that which a group facilitator leads, if it
    is the only one and they lead no more than that. 0: all."""
    named = turn.number("group")
    led = led_by(workshop, turn.who.id)
    if named is not None or Role.FACILITATOR in roles_of(workshop, turn.who.id) or len(led) != 1:
        return named or 0
    return led[0]


def led_now(workshop: Workshop, who: str) -> tuple[int, ...]:
    """The groups whose steps and time this person may move, while there is anything to move."""
    if workshop.status not in LIVE:
        return ()
    return tuple(group.number for group in workshop.groups if may(workshop, who, c.Next, group.number))


async def show_group_console(
    turn: Turn, kolbot: Kolbot, workshop: Workshop, number: int, sentence: Sentence | None
) -> Reply:
    """The console of a group with fresh figures."""
    read = await kolbot.reader.answers(workshop.id)
    assert read is not None, "a workshop that was just found is still there"
    now, answers = read
    group = next((group for group in now.groups if group.number == number), None)
    if group is None:
        return Tell(sentence or Refused(Reason.UNKNOWN_GROUP), speaks(turn, now))
    allowed = possible_in(now, turn.who.id, number)
    follows = coming(now.for_group(number), by_prompt(answers), group) if c.Next in allowed else None
    upcoming = None
    if isinstance(follows, Opening) and follows.number is not None:
        upcoming = now.plan.places[follows.number]
    view = GroupConsole(
        standing(now, number, answers),
        allowed,
        upcoming,
        silent_in(now, number, answers),
        turn.flag("names"),
        bool(roles_of(now, turn.who.id) & STAFF),
        tuple(other for other in led_now(now, turn.who.id) if other != number),
        sentence,
    )
    return Show(view, speaks(turn, now))
