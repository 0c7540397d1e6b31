"""The conversation with the owner of an obstacle: may the others help with it? And the facilitator's, who waits."""

from __future__ import annotations

from dialogs.facilitate import answer_staff
from dialogs.router import Router
from dialogs.turn import Kolbot, Reply, Show, Tell, Turn
from dialogs.whereabouts import speaks, unless_done, workshop_here
from workshop import commands as c
from workshop.model import Consent
from workshop.refusals import Reason, Refused
from workshop.said import Said, Spoken
from workshop.service import Done
from workshop.views import CaseForm

router = Router()


@router.on("my_case")
async def my_case(turn: Turn, kolbot: Kolbot) -> Reply:
    """One's own proposed case; who has none is told so, and nothing about whose they are."""
    workshop = await workshop_here(turn, kolbot)
    if isinstance(workshop, Refused):
        return Tell(workshop, turn.language)
    language = speaks(turn, workshop)
    mine = next((case for case in workshop.cases if case.owner == turn.who.id), None)
    if mine is None:
        return Tell(Refused(Reason.NOT_YOUR_CASE), language)
    return Show(CaseForm(workshop, mine), language)


@router.on("answer_case")
async def answer_case(turn: Turn, kolbot: Kolbot) -> Reply:
    """The owner lets it be opened, or does not."""
    workshop = await workshop_here(turn, kolbot)
    if isinstance(workshop, Refused):
        return Tell(workshop, turn.language)
    agreed = turn.flag("agreed")
    command = c.AnswerCase(workshop=workshop.id, by=turn.who.id, case=turn.text("case"), agreed=agreed)
    outcome = await kolbot.workshops.do(command, turn.delivery)
    if isinstance(outcome, Done) and outcome.repeated:  # they may have said otherwise since
        stands = [case.consent for case in outcome.workshop.cases if case.key == command.case]
        agreed = Consent.AGREED in stands or (agreed and Consent.DECLINED not in stands)
    said = Spoken(Said.CASE_AGREED if agreed else Said.CASE_DECLINED)
    return Tell(unless_done(outcome) or said, speaks(turn, workshop))


@router.on("drop_cases")
async def drop(turn: Turn, kolbot: Kolbot) -> Reply:
    """Wait no longer for those who have said nothing."""
    workshop = await workshop_here(turn, kolbot)
    if isinstance(workshop, Refused):
        return Tell(workshop, turn.language)
    outcome = await kolbot.workshops.do(c.DropCases(workshop=workshop.id, by=turn.who.id), turn.delivery)
    if isinstance(outcome, Done):
        workshop = outcome.workshop
    return await answer_staff(turn, kolbot, workshop, unless_done(outcome) or Spoken(Said.CASES_DROPPED))
