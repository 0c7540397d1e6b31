"""The facilitator's conversation about practices: what earlier sessions presented is put in before this one."""

from __future__ import annotations

from dialogs.router import Router
from dialogs.table import WrongTable, rows_of
from dialogs.turn import Kolbot, Reply, Show, Tell, Turn, Via
from dialogs.whereabouts import speaks, unless_done, workshop_here
from workshop import commands as c
from workshop.model import Practice, Workshop
from workshop.practices import LIMITS, of_rows
from workshop.refusals import Reason, Refused
from workshop.roles import may
from workshop.said import Said, Sentence, Spoken
from workshop.service import Done
from workshop.views import Opener, PracticesForm

router = Router()

HEADINGS = ("title", "practice", "tytuł", "nazwa", "praktyka")
"""First cells of a table that name its columns."""


@router.on("practices")
async def practices(turn: Turn, kolbot: Kolbot) -> Reply:
    """The form; typed in a conversation, a card with a button that opens it."""
    found = await _allowed(turn, kolbot)
    if isinstance(found, Tell):
        return found
    if turn.via is Via.TYPED:
        return Show(Opener("practices", found), speaks(turn, found))
    return Show(PracticesForm(found), speaks(turn, found))


@router.on("add_practices")
async def add(turn: Turn, kolbot: Kolbot) -> Reply:
    """Put in the one of the fields, and all of the table."""
    found = await _allowed(turn, kolbot)
    if isinstance(found, Tell):
        return found
    given = _given(turn)
    if isinstance(given, Refused):
        return _again(turn, found, given)
    command = c.AddPractices(workshop=found.id, by=turn.who.id, practices=given)
    outcome = await kolbot.workshops.do(command, turn.delivery)
    if isinstance(outcome, Done):
        said = Spoken(Said.PRACTICES_ADDED, {"practices": len(outcome.workshop.practices)})
        return Show(PracticesForm(outcome.workshop, sentence=said), speaks(turn, outcome.workshop))
    return _again(turn, found, unless_done(outcome))


@router.on("remove_practices")
async def remove(turn: Turn, kolbot: Kolbot) -> Reply:
    """Take out those that were ticked, by their place in the list that was shown."""
    found = await _allowed(turn, kolbot)
    if isinstance(found, Tell):
        return found
    there = {str(place): practice.title for place, practice in enumerate(found.practices)}
    titles = tuple(there[place] for place in turn.keys("gone") if place in there)
    command = c.RemovePractices(workshop=found.id, by=turn.who.id, titles=titles)
    outcome = await kolbot.workshops.do(command, turn.delivery)
    if isinstance(outcome, Done):
        said = Said.PRACTICES_REMOVED if outcome.events else Said.NOTHING_TO_CHANGE
        return Show(PracticesForm(outcome.workshop, sentence=Spoken(said)), speaks(turn, outcome.workshop))
    return _again(turn, found, unless_done(outcome))


def _given(turn: Turn) -> tuple[Practice, ...] | Refused:
    one = Practice(*(turn.text(field) for field in LIMITS))
    single = (one,) if any(turn.text(field).strip() for field in LIMITS) else ()
    try:
        return single + of_rows(rows_of(turn.text("table"), len(LIMITS), HEADINGS))
    except WrongTable as wrong:
        return Refused(Reason.WRONG_PRACTICES, {"why": wrong.why, "row": wrong.row})


def _again(turn: Turn, workshop: Workshop, sentence: Sentence | None) -> Reply:
    typed = {field: turn.text(field) for field in (*LIMITS, "table")}
    return Show(PracticesForm(workshop, typed, sentence), speaks(turn, workshop))


async def _allowed(turn: Turn, kolbot: Kolbot) -> Workshop | Tell:
    workshop = await workshop_here(turn, kolbot)
    if isinstance(workshop, Refused):
        return Tell(workshop, turn.language)
    if not may(workshop, turn.who.id, c.AddPractices):
        names = ", ".join(person.name for person in workshop.facilitators)
        return Tell(Refused(Reason.ONLY_FACILITATORS, {"who": names}), speaks(turn, workshop))
    return workshop
