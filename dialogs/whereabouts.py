"""Which workshop a turn is about, and which language to answer in. Never trusts a button on where it was pressed."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from dialogs.turn import Kolbot, Turn, Via
from workshop.model import Person, Workshop
from workshop.refusals import Reason, Refused
from workshop.said import Said, Sentence, Spoken
from workshop.service import Done, NotStored, Outcome


async def workshop_here(turn: Turn, kolbot: Kolbot) -> Workshop | Refused:
    """The workshop that the button names, if it is this conversation's, or a group's whose own it is (or, in a personal
    chat, one that the person is in); without a button the newest one here. Where there is none, the one that runs in
    another post of this channel is named."""
    named = turn.text("w")
    if named:
        found = await kolbot.reader.workshop(named)
    elif turn.where.shared:
        found = await kolbot.reader.newest_in(turn.where.tenant, turn.where.home)
        if found is None:
            around = await kolbot.reader.live_around(turn.where.tenant, turn.where.home)
            if around is not None:
                return Refused(Reason.OTHER_POST, {"title": around.title_in(turn.language)})
    else:
        theirs = await kolbot.reader.of_person(turn.who.id)
        found = theirs[0] if theirs else None
    return of_turn(turn, found)


def of_turn(turn: Turn, found: Workshop | None) -> Workshop | Refused:
    """The workshop, if the turn may be about it."""
    if found is None or found.tenant != turn.where.tenant:
        return Refused(Reason.NO_WORKSHOP)
    where = turn.where.home
    at_home = found.home == where or found.group_at(where) is not None
    return found if (at_home if turn.where.shared else turn.who.id in found.people) else Refused(Reason.ELSEWHERE)


def group_here(turn: Turn, workshop: Workshop) -> int:
    """The number of the group whose own conversation this is; 0 where it is none's."""
    group = workshop.group_at(turn.where.home) if turn.where.shared else None
    return group.number if group else 0


def me(turn: Turn, workshop: Workshop) -> Person:
    """The person as the workshop knows them; where it does not, a stranger with a name and a language, and with what
    they said of themselves in the earlier cycle, where this is a second one."""
    known = workshop.people.get(turn.who.id)
    before = workshop.brought.profiles.get(turn.who.id) if workshop.brought else None
    if before is None or (known is not None and known.joined):
        return known or _stranger(turn, workshop)
    said = {name: words for name, words in before.items() if words}
    return replace(known or _stranger(turn, workshop), **said)  # type: ignore[arg-type]


def _stranger(turn: Turn, workshop: Workshop) -> Person:
    """Somebody new to the workshop; of whom nobody knows what they speak, they are taken to speak its language."""
    return Person(turn.who.id, turn.who.name, workshop.language if turn.guessed else turn.language)


def speaks(turn: Turn, workshop: Workshop | None) -> str:
    """The language of the answer: what everybody reads is in the workshop's, what one person reads in theirs. Where
    the template does not have theirs, all of it is in the workshop's, so that nothing is half translated."""
    if workshop is None:
        return turn.language
    if turn.via is Via.TYPED and turn.where.shared:
        return workshop.language
    chosen = me(turn, workshop).language or turn.language
    return chosen if chosen in workshop.plan.languages else workshop.language


def unless_done(outcome: Outcome) -> Sentence | None:
    """The sentence for an outcome that is not Done; nothing for one that is."""
    match outcome:
        case Done():
            return None
        case Refused():
            return outcome
        case NotStored():
            return Spoken(Said.NOT_STORED if outcome.certain else Said.NOT_CONFIRMED)
        case _:
            assert_never(outcome)
