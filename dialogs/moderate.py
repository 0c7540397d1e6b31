"""The moderator's conversation: read everything, hide and restore single entries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import assert_never

from dialogs.facilitate import answer_staff
from dialogs.router import Router
from dialogs.turn import Kolbot, Reply, Show, Tell, Turn
from dialogs.whereabouts import speaks, unless_done, workshop_here
from workshop import commands as c
from workshop.entries import entries_of
from workshop.model import Workshop
from workshop.refusals import Reason, Refused
from workshop.roles import may
from workshop.said import Said, Sentence, Spoken
from workshop.service import Done
from workshop.views import ModerateForm

router = Router()

PAGE = 20
"""Entries on one page of the form."""
NONE = "none"
"""Chosen where nothing shall be shown large any more."""
_DONE = ("approved", "hidden", "restored", "spotlit", "dimmed")
MOST = 500
"""Entries that one press changes at most."""

Moderating = c.HideEntry | c.RestoreEntry | c.ApproveEntry | c.SpotlightEntry | c.EndSpotlight


@router.on("moderate")
async def moderate(turn: Turn, kolbot: Kolbot) -> Reply:
    """A page of what people wrote, the newest step first."""
    found = await allowed(turn, kolbot)
    if isinstance(found, Tell):
        return found
    return await _page(turn, kolbot, found)


@router.on("spotlight", "end_spotlight")
async def spotlight(turn: Turn, kolbot: Kolbot) -> Reply:
    """Let everybody see one entry large, or no longer."""
    workshop = await workshop_here(turn, kolbot)
    if isinstance(workshop, Refused):
        return Tell(workshop, turn.language)
    kind, said = (
        (c.SpotlightEntry, Said.SPOTLIT) if turn.verb == "spotlight" else (c.EndSpotlight, Said.SPOTLIGHT_ENDED)
    )
    command = kind(workshop=workshop.id, by=turn.who.id, entry=turn.text("entry"))
    outcome = await kolbot.workshops.do(command, turn.delivery)
    sentence = unless_done(outcome)
    if isinstance(outcome, Done):
        repeated = said if _is_so(outcome.workshop, command) else Said.CAME_LATE
        sentence = Spoken(said if outcome.events else repeated if outcome.repeated else Said.ALREADY_SO)
    assert sentence is not None
    return await answer_staff(turn, kolbot, workshop, sentence)


@router.on("moderated")
async def moderated(turn: Turn, kolbot: Kolbot) -> Reply:
    """Hide what was ticked and restore what was unticked on the page, and show large what was chosen: only what this
    moderator changed, because another one may have changed something else since."""
    found = await allowed(turn, kolbot)
    if isinstance(found, Tell):
        return found
    done: Counter[str] = Counter()
    for number, (what, command) in enumerate(_wanted(turn, found)):
        if command is None:
            done[what] += 1
            continue
        outcome = await kolbot.workshops.do(command, turn.part(number))
        sentence = unless_done(outcome)
        if isinstance(outcome, Done):
            repeated = what if _is_so(outcome.workshop, command) else "since"
            done[what if outcome.events else repeated if outcome.repeated else "already"] += 1
        elif isinstance(outcome, Refused) and outcome.reason is Reason.NOT_SEEN and any(done.values()):
            done["unseen"] += 1  # what else was chosen is done
        elif isinstance(outcome, Refused) and outcome.reason is Reason.UNKNOWN_ENTRY:
            done["gone"] += 1  # withdrawn, or written anew: the others that were chosen are there still
        else:
            assert sentence is not None
            return await answer_staff(turn, kolbot, found, sentence)
    return await answer_staff(turn, kolbot, found, _told(done))


def _wanted(turn: Turn, w: Workshop) -> Iterator[tuple[str, Moderating | None]]:
    """What is asked for, entry by entry; no command where somebody else has hidden meanwhile what shall be seen."""
    hide, was = set(turn.keys("hidden")), set(entries_in(turn, "was"))
    approve = set(turn.keys("approved")) - hide
    for entry in entries_in(turn, "shown")[:MOST]:
        if entry in approve - was and entry in w.hidden:
            yield "stale", None
        elif entry in approve:
            yield "approved", c.ApproveEntry(workshop=w.id, by=turn.who.id, entry=entry)
        if entry in hide - was:
            yield "hidden", c.HideEntry(workshop=w.id, by=turn.who.id, entry=entry)
        if entry in was - hide:
            yield "restored", c.RestoreEntry(workshop=w.id, by=turn.who.id, entry=entry)
    large, lit = turn.text("large"), turn.text("lit")
    if large == NONE:
        yield "dimmed", c.EndSpotlight(workshop=w.id, by=turn.who.id, entry=lit)
    elif large and large != lit:
        yield "spotlit", c.SpotlightEntry(workshop=w.id, by=turn.who.id, entry=large)


def _is_so(w: Workshop, command: Moderating) -> bool:
    """Whether it is as the command asked."""
    match command:
        case c.HideEntry():
            return command.entry in w.hidden
        case c.RestoreEntry():
            return command.entry not in w.hidden
        case c.ApproveEntry():
            return command.entry in w.approved
        case c.SpotlightEntry():
            return w.lit is not None and w.lit.entry == command.entry
        case c.EndSpotlight():
            return w.lit is None or w.lit.entry != command.entry
        case _:
            assert_never(command)


def _told(done: Mapping[str, int]) -> Sentence:
    """What came of it: what was done, and what not because somebody else was faster."""
    if any(done.get(what) for what in _DONE):
        return Spoken(Said.MODERATED, done)
    if done.get("since"):
        return Spoken(Said.CAME_LATE)
    if done.get("stale"):
        return Refused(Reason.HIDDEN_MEANWHILE, done)
    if done.get("gone"):
        return Refused(Reason.UNKNOWN_ENTRY)
    return Spoken(Said.ALREADY_SO if done.get("already") else Said.NOTHING_TO_CHANGE)


def entries_in(turn: Turn, name: str) -> list[str]:
    """The names of entries in a list of the data."""
    given = turn.data.get(name)
    return [entry for entry in given if isinstance(entry, str)] if isinstance(given, list) else []


async def allowed(turn: Turn, kolbot: Kolbot) -> Workshop | Tell:
    """The workshop that they moderate here; else why not."""
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
