"""The console of one group: for those who lead it, and for facilitators. The commands on it are in `facilitate`."""

from __future__ import annotations

from dialogs.console_now import group_console_of
from dialogs.router import Router
from dialogs.turn import Kolbot, Reply, Show, Tell, Turn
from dialogs.whereabouts import speaks, workshop_here
from workshop import commands as c
from workshop.model import Workshop
from workshop.refusals import Reason, Refused
from workshop.roles import Role, led_by, may, roles_of, why_not
from workshop.said import Sentence

router = Router()

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


async def show_group_console(
    turn: Turn, kolbot: Kolbot, workshop: Workshop, number: int, sentence: Sentence | None
) -> Reply:
    """The console of a group with fresh figures."""
    read = await kolbot.reader.answers(workshop.id)
    assert read is not None, "a workshop that was just found is still there"
    now, answers = read
    view = group_console_of(turn, now, answers, number, sentence)
    if view is None:
        return Tell(sentence or Refused(Reason.UNKNOWN_GROUP), speaks(turn, now))
    return Show(view, speaks(turn, now))
