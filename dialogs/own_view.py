"""A card of the conversation as one person reads it: the same card, in their language. It changes nothing."""

from __future__ import annotations

from dialogs.router import Router
from dialogs.turn import Kolbot, Reply, Show, Tell, Turn
from dialogs.whereabouts import speaks, workshop_here
from workshop.model import RUNNING, Workshop
from workshop.refusals import Reason, Refused
from workshop.views import Notice, Pointer, Shared, StageCard
from workshop.wall import binding_of, hanging

router = Router()


@router.on("own")
async def own(turn: Turn, kolbot: Kolbot) -> Reply:
    """What hangs in the slot that the card names, as it is now: a refresh may carry the data of an older card. Where
    a client asks by itself, what is wrong is a card too: nobody has pressed anything that a sentence could be about."""
    workshop = await workshop_here(turn, kolbot)
    if isinstance(workshop, Refused):
        return _sorry(turn, workshop, None)
    slot = turn.text("slot")
    if turn.where.home != _place_of(slot, workshop):
        return _sorry(turn, Refused(Reason.ELSEWHERE), workshop)
    zones = await kolbot.people.zones(list(workshop.people))
    view = hanging(slot, workshop, (), zones)
    if isinstance(view, StageCard) and not _is_on(view, workshop):  # only what a stage came to is made of answers
        read = await kolbot.reader.answers(workshop.id)
        assert read is not None, "a workshop that was just found is still there"
        view = hanging(slot, *read, zones)
    if not isinstance(view, Shared | Pointer):
        return _sorry(turn, Refused(Reason.NOT_HERE), workshop)
    return Show(view, speaks(turn, workshop))


def _is_on(view: StageCard, workshop: Workshop) -> bool:
    board = view.board.workshop
    place = board.place
    return place is not None and place.stage_number == view.stage and board.status in RUNNING


def _place_of(slot: str, workshop: Workshop) -> str | None:
    """The conversation that a slot is in."""
    number = binding_of(slot)
    if number is None:
        return workshop.home
    return workshop.bindings[number].place if number < len(workshop.bindings) else None


def _sorry(turn: Turn, refused: Refused, workshop: Workshop | None) -> Reply:
    language = speaks(turn, workshop)
    return Show(Notice(refused, workshop), language) if turn.automatic else Tell(refused, language)
