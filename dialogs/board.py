"""Asking for the board, the stage card or the summary of everything."""

from __future__ import annotations

from dialogs.router import Router
from dialogs.turn import Kolbot, Reply, Show, Tell, Turn, Via
from dialogs.whereabouts import group_here, speaks, unless_done, workshop_here
from workshop import commands as c
from workshop.model import RUNNING
from workshop.refusals import Reason, Refused
from workshop.roles import may
from workshop.said import Said, Spoken
from workshop.service import Done
from workshop.tally import Page, board_of, pages
from workshop.views import BoardPage, Opener

router = Router()


@router.on("board")
async def board(turn: Turn, kolbot: Kolbot) -> Reply:
    """Typed: the board is posted again below. By button: one's own look at it, in one's own language."""
    if turn.via is Via.TYPED:
        return await _post_again(turn, kolbot, c.PostBoardAgain)
    return await _look(turn, kolbot, everything=False)


@router.on("stage")
async def stage(turn: Turn, kolbot: Kolbot) -> Reply:
    """The stage card is posted again below; the old one becomes a pointer."""
    return await _post_again(turn, kolbot, c.PostStageAgain)


@router.on("summary")
async def summary(turn: Turn, kolbot: Kolbot) -> Reply:
    """All groups and everything not revealed yet, for facilitators and moderators; never into the conversation."""
    if turn.via is Via.TYPED:
        workshop = await workshop_here(turn, kolbot)
        if isinstance(workshop, Refused):
            return Tell(workshop, turn.language)
        return Show(Opener("summary", workshop), speaks(turn, workshop))
    return await _look(turn, kolbot, everything=True)


async def _look(turn: Turn, kolbot: Kolbot, everything: bool) -> Reply:
    workshop = await workshop_here(turn, kolbot)
    if isinstance(workshop, Refused):
        return Tell(workshop, turn.language)
    language = speaks(turn, workshop)
    if everything and not may(workshop, turn.who.id, c.HideEntry):
        names = ", ".join(person.name for person in workshop.facilitators)
        return Tell(Refused(Reason.ONLY_MODERATORS, {"who": names}), language)
    read = await kolbot.reader.answers(workshop.id)
    assert read is not None, "a workshop that was just found is still there"
    group = turn.number("group") or 0
    now = read[0]
    own = now.group_of(turn.who.id)
    if everything or (own is not None and own.number == group):
        now = now.for_group(group)
    board = board_of(now, read[1], everything=everything, group=group)
    found = pages(board)
    number = turn.number("page")
    if number is None:
        number = _newest(found) if board.workshop.status in RUNNING else 0
    number = max(0, min(number, len(found) - 1))
    return Show(BoardPage(board, found[number] if found else None, number, len(found), everything), language)


def _newest(found: tuple[Page, ...]) -> int:
    """The first page of the newest prompt that there is something to read of."""
    shown = [number for number, page in enumerate(found) if page.prompt.result and page.start == 0]
    return shown[-1] if shown else 0


async def _post_again(turn: Turn, kolbot: Kolbot, command: type[c.PostBoardAgain] | type[c.PostStageAgain]) -> Reply:
    workshop = await workshop_here(turn, kolbot)
    if isinstance(workshop, Refused):
        return Tell(workshop, turn.language)
    outcome = await kolbot.workshops.do(
        command(workshop=workshop.id, by=turn.who.id, group=group_here(turn, workshop)), turn.delivery
    )
    said = Said.POSTED_AGAIN if isinstance(outcome, Done) and outcome.events else Said.ALREADY_SO
    return Tell(unless_done(outcome) or Spoken(said), speaks(turn, workshop))
