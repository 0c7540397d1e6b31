"""From one cycle to the next: which workshop a new one goes on from, and what it leaves. It opens none."""

from __future__ import annotations

from dialogs.turn import Kolbot, Turn
from workshop.brought import Brought
from workshop.model import Status, Workshop, channel_of
from workshop.second_cycle import brought_from
from workshop.tally import by_prompt
from workshop.views import Earlier

TEMPLATE = "kolb-second-cycle-60"
"""The template that is proposed for a second cycle."""


async def earlier_here(turn: Turn, kolbot: Kolbot) -> Earlier | None:
    """The workshop that was finished here, or the one that the button names if it was, with what it leaves."""
    named = turn.text("earlier")
    if named:
        found = await kolbot.reader.workshop(named)
    else:
        found = await kolbot.reader.finished_in(turn.where.tenant, turn.where.home)
    if found is None or not _is_of(found, turn):
        return None
    read = await kolbot.reader.answers(found.id)
    brought = brought_from(read[0], by_prompt(read[1])) if read else Brought(found.title)
    return Earlier(found, brought, turn.flag("second"))


def _is_of(w: Workshop, turn: Turn) -> bool:
    """Whether it ended in this conversation, or in this channel: who reads here could read there."""
    here = w.tenant == turn.where.tenant and channel_of(w.home) == channel_of(turn.where.home)
    return here and w.status is Status.FINISHED
