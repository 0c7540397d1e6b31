"""The facilitator's conversation about the organiser's list: who is expected, put in as a table before the session."""

from __future__ import annotations

from dialogs.list_of_people import people_of
from dialogs.router import Router
from dialogs.table import WrongTable
from dialogs.turn import Kolbot, Reply, Show, Tell, Turn
from dialogs.whereabouts import speaks, unless_done, workshop_here
from workshop import commands as c
from workshop.model import Workshop
from workshop.refusals import Reason, Refused
from workshop.roles import may
from workshop.said import Said, Sentence, Spoken
from workshop.service import Done
from workshop.views import PeopleForm

router = Router()


@router.on("people")
async def people(turn: Turn, kolbot: Kolbot) -> Reply:
    """The form: a table to paste, and who has not joined yet."""
    found = await _allowed(turn, kolbot)
    return found if isinstance(found, Tell) else Show(PeopleForm(found), speaks(turn, found))


@router.on("expect")
async def expect(turn: Turn, kolbot: Kolbot) -> Reply:
    """Put in all of the table, or nothing."""
    found = await _allowed(turn, kolbot)
    if isinstance(found, Tell):
        return found
    try:
        command = c.Expect(workshop=found.id, by=turn.who.id, people=people_of(turn.text("table")))
    except WrongTable as wrong:
        return _again(turn, found, wrong_list(wrong))
    outcome = await kolbot.workshops.do(command, turn.delivery)
    if isinstance(outcome, Done):
        return Show(PeopleForm(outcome.workshop, sentence=on_the_list(outcome.workshop)), speaks(turn, found))
    return _again(turn, found, unless_done(outcome))


@router.on("forget_list")
async def forget(turn: Turn, kolbot: Kolbot) -> Reply:
    """Erase what is noted of those who have not joined."""
    found = await _allowed(turn, kolbot)
    if isinstance(found, Tell):
        return found
    outcome = await kolbot.workshops.do(c.ForgetList(workshop=found.id, by=turn.who.id), turn.delivery)
    if isinstance(outcome, Done):
        said = Said.LIST_FORGOTTEN if outcome.events else Said.NOTHING_TO_CHANGE
        return Show(PeopleForm(outcome.workshop, sentence=Spoken(said)), speaks(turn, found))
    return _again(turn, found, unless_done(outcome))


def on_the_list(workshop: Workshop) -> Spoken:
    """The list was put in."""
    return Spoken(Said.LIST_CHANGED, {"people": len(workshop.expected)})


def wrong_list(wrong: WrongTable) -> Refused:
    """The table is none."""
    return Refused(Reason.WRONG_LIST, {"why": wrong.why, "row": wrong.row})


def _again(turn: Turn, workshop: Workshop, sentence: Sentence | None) -> Reply:
    return Show(PeopleForm(workshop, turn.text("table"), sentence), speaks(turn, workshop))


async def _allowed(turn: Turn, kolbot: Kolbot) -> Workshop | Tell:
    workshop = await workshop_here(turn, kolbot)
    if isinstance(workshop, Refused):
        return Tell(workshop, turn.language)
    if not may(workshop, turn.who.id, c.Expect):
        names = ", ".join(person.name for person in workshop.facilitators)
        return Tell(Refused(Reason.ONLY_FACILITATORS, {"who": names}), speaks(turn, workshop))
    return workshop
