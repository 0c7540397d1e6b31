"""The moderator's conversation: read everything, hide and restore single entries."""

from __future__ import annotations

from dialogs.facilitate import answer_staff
from dialogs.router import Router
from dialogs.turn import Kolbot, Reply, Show, Tell, Turn
from dialogs.whereabouts import speaks, unless_done, workshop_here
from workshop import commands as c
from workshop.entries import entries_of
from workshop.model import Workshop
from workshop.refusals import Reason, Refused
from workshop.roles import may
from workshop.said import Said, Spoken
from workshop.views import ModerateForm

router = Router()

PAGE = 20
"""Entries on one page of the form."""


@router.on("moderate")
async def moderate(turn: Turn, kolbot: Kolbot) -> Reply:
    """A page of what people wrote, the newest step first."""
    found = await _allowed(turn, kolbot)
    if isinstance(found, Tell):
        return found
    return await _page(turn, kolbot, found)


@router.on("moderated")
async def moderated(turn: Turn, kolbot: Kolbot) -> Reply:
    """Hide what was ticked and restore what was unticked on the page: only what this moderator changed, because another
    one may have changed something else since."""
    found = await _allowed(turn, kolbot)
    if isinstance(found, Tell):
        return found
    hide, was, changed = set(turn.keys("hidden")), set(_entries(turn, "was")), 0
    approve = set(turn.keys("approved")) - hide
    commands: list[c.AnyCommand] = []
    for entry in _entries(turn, "shown")[:PAGE]:
        if entry in approve:
            commands.append(c.ApproveEntry(workshop=found.id, by=turn.who.id, entry=entry))
        if entry in hide - was:
            commands.append(c.HideEntry(workshop=found.id, by=turn.who.id, entry=entry))
        if entry in was - hide:
            commands.append(c.RestoreEntry(workshop=found.id, by=turn.who.id, entry=entry))
    for number, command in enumerate(commands):
        sentence = unless_done(
            await kolbot.workshops.do(command, f"{turn.delivery}#{number}" if turn.delivery else None)
        )
        if sentence is not None:
            return await answer_staff(turn, kolbot, found, sentence)
        changed += 1
    said = Spoken(Said.MODERATED, {"entries": changed}) if changed else Spoken(Said.NOTHING_TO_CHANGE)
    return await answer_staff(turn, kolbot, found, said)


def _entries(turn: Turn, name: str) -> list[str]:
    given = turn.data.get(name)
    return [entry for entry in given if isinstance(entry, str)] if isinstance(given, list) else []


async def _allowed(turn: Turn, kolbot: Kolbot) -> Workshop | Tell:
    workshop = await workshop_here(turn, kolbot)
    if isinstance(workshop, Refused):
        return Tell(workshop, turn.language)
    if not may(workshop, turn.who.id, c.HideEntry):
        names = ", ".join(person.name for person in workshop.facilitators)
        return Tell(Refused(Reason.ONLY_MODERATORS, {"who": names}), speaks(turn, workshop))
    return workshop


async def _page(turn: Turn, kolbot: Kolbot, workshop: Workshop) -> Reply:
    read = await kolbot.reader.answers(workshop.id)
    assert read is not None, "a workshop that was just found is still there"
    entries = entries_of(*read)
    pages = max(1, -(-len(entries) // PAGE))
    page = min(max(turn.number("page") or 0, 0), pages - 1)
    view = ModerateForm(read[0], entries[page * PAGE : (page + 1) * PAGE], page, pages)
    return Show(view, speaks(turn, workshop))
