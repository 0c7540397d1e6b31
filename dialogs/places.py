"""The conversation about a group's own conversation: which group of which workshop it is to belong to."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.router import Router
from dialogs.turn import Kolbot, Reply, Show, Tell, Turn, Via
from dialogs.whereabouts import speaks, unless_done
from workshop import commands as c
from workshop.model import LIVE, Workshop
from workshop.refusals import Reason, Refused
from workshop.roles import may
from workshop.said import Said, Spoken
from workshop.service import Done
from workshop.views import BindForm, Opener

router = Router()


@router.on("group_here")
async def group_here(turn: Turn, kolbot: Kolbot) -> Reply:
    """Let this conversation be a group's own; where it is not clear whose, ask."""
    number = turn.number("group") or 0
    taken = await not_free(turn, kolbot, number)
    if taken is not None:
        return taken
    found = await led(turn, kolbot, number)
    if isinstance(found, Refused):
        return Tell(found, turn.language)
    if number and len(found) == 1:
        return await _bind(turn, kolbot, found[0], number)
    if turn.via is Via.TYPED:
        return Show(Opener("group_here", group=number), turn.language)
    return Show(BindForm(found, number), turn.language)


@router.on("bind")
async def bind(turn: Turn, kolbot: Kolbot) -> Reply:
    """What was chosen in the form."""
    if not turn.where.shared:
        return Tell(Refused(Reason.PLACE_PRIVATE), turn.language)
    id, _, said = turn.text("choice").partition("/")
    workshop = await kolbot.reader.workshop(id) if id else None
    number = int(said) if said.isascii() and said.isdigit() and len(said) < 5 else 0
    if workshop is not None and may(workshop, turn.who.id, c.BindGroup) and number:
        return await _bind(turn, kolbot, workshop, number)
    found = await led(turn, kolbot, 0)
    if isinstance(found, Refused):
        return Tell(found, turn.language)
    return Show(BindForm(found, sentence=Refused(Reason.UNKNOWN_GROUP)), turn.language)


async def led(turn: Turn, kolbot: Kolbot, number: int) -> tuple[Workshop, ...] | Refused:
    """The live workshops here that this person facilitates and that have such a group (0: any), the newest first; why
    there are none."""
    live = [w for w in await kolbot.reader.of_person(turn.who.id) if w.status in LIVE]
    mine = [w for w in live if may(w, turn.who.id, c.BindGroup)]
    here = [w for w in mine if w.tenant == turn.where.tenant]
    grouped = [w for w in here if w.groups]
    fitting = tuple(w for w in grouped if number in (0, *(group.number for group in w.groups)))
    if fitting:
        return fitting
    if grouped:
        return Refused(Reason.UNKNOWN_GROUP, {"groups": _numbers(grouped)})
    if here:
        return Refused(Reason.NO_GROUPS)
    if mine:
        return Refused(Reason.OTHER_TENANT)
    leading = [person.name for w in live if w.tenant == turn.where.tenant for person in w.facilitators]
    if leading:
        return Refused(Reason.ONLY_FACILITATORS, {"who": ", ".join(dict.fromkeys(leading))})
    return Refused(Reason.LEADS_NONE)


async def not_free(turn: Turn, kolbot: Kolbot, number: int = 0) -> Tell | None:
    """Why this conversation can be no group's (or not this one's); nothing where it can."""
    if not turn.where.shared:
        return Tell(Refused(Reason.PLACE_PRIVATE, {"group": number}), turn.language)
    here = await kolbot.reader.newest_in(turn.where.tenant, turn.where.home)
    if here is None or here.status not in LIVE:
        return None
    group = here.group_at(turn.where.home)
    if group is not None and group.number == number and may(here, turn.who.id, c.BindGroup):
        return Tell(Spoken(Said.ALREADY_SO), speaks(turn, here))
    language = speaks(turn, here)
    return Tell(taken_by(here, turn.where.home, language), language)


def taken_by(workshop: Workshop, place: str, language: str) -> Refused:
    """The refusal that says whose a conversation is: the workshop's own, or a group's of it."""
    group = workshop.group_at(place)
    return Refused(Reason.PLACE_TAKEN, {"group": group.number if group else 0, "title": workshop.title_in(language)})


async def _bind(turn: Turn, kolbot: Kolbot, workshop: Workshop, number: int) -> Reply:
    command = c.BindGroup(
        workshop=workshop.id, by=turn.who.id, tenant=turn.where.tenant, place=turn.where.home, group=number
    )
    outcome = await kolbot.workshops.do(command, turn.delivery)
    language = speaks(turn, workshop)
    if isinstance(outcome, Done) and (outcome.events or outcome.repeated):
        return Tell(Spoken(Said.GROUP_BOUND, {"group": number, "title": workshop.title_in(language)}), language)
    return Tell(unless_done(outcome) or Spoken(Said.ALREADY_SO), language)


def _numbers(workshops: Sequence[Workshop]) -> str:
    """The groups that there are, all workshops together."""
    numbers = sorted({group.number for w in workshops for group in w.groups})
    return ", ".join(map(str, numbers))
