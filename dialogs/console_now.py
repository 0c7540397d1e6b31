"""The consoles as they are now, of one read of a workshop: who may see which, and what stands in it. Reads nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from dialogs.standing import apart, asks_people, authors_of, cut_off, is_nameless, silent_in, standing
from dialogs.turn import Turn
from dialogs.whereabouts import me
from workshop import commands as c
from workshop.course import step_before
from workshop.cycle import TooMany
from workshop.entries import entries_of
from workshop.groupwork import GroupName
from workshop.keys import prompt_of
from workshop.marks import built_on
from workshop.model import LIVE, RUNNING, Answer, Status, Workshop
from workshop.plan import Item
from workshop.roles import Role, led_by, may, roles_of
from workshop.rules import possible_in, possible_now
from workshop.said import Sentence
from workshop.spokespeople import voices
from workshop.tally import board_of, by_prompt
from workshop.timing import timing
from workshop.translating import lacking
from workshop.upcoming import Opening, Proposal, Together, coming, may_come
from workshop.views import Console, GroupConsole

STAFF = frozenset({Role.FACILITATOR, Role.MODERATOR, Role.RESERVE})
"""Who sees the console of all."""


def console_of(
    turn: Turn, now: Workshop, answers: tuple[Answer, ...], at: datetime, sentence: Sentence | None = None
) -> Console:
    """The console of all for whoever's turn it is, at an instant (UTC)."""
    board = board_of(now, answers, everything=True)
    follows = coming(now, by_prompt(answers))
    upcoming = None
    if isinstance(follows, Opening) and follows.number is not None:
        upcoming = now.plan.places[follows.number]
    authors = authors_of(now, answers)
    allowed = possible_now(now, turn.who.id)
    before = step_before(now) if c.Back in allowed else None
    people = board.now is not None and board.now.asks_people
    silent = _silent(now, authors)
    return Console(
        board,
        me(turn, now),
        allowed,
        upcoming,
        follows.prompt if isinstance(follows, TooMany) and now.status is Status.CLOSED else None,
        silent,
        turn.flag("names"),
        sentence,
        _by_group(now, authors) if silent is not None and people and not now.courses else (),
        sum(entry.waiting for entry in entries_of(now, answers)),
        len(follows.cases) if isinstance(follows, Proposal) else 0,
        now.plan.places[before[0]] if before else None,
        built_on(now, before[0]) if before else (),
        timing(now, at),
        follows.case if isinstance(follows, TooMany) else "",
        tuple(GroupName(voice, now.forming).number for voice in voices(now) if voice not in authors),
        led_now(now, turn.who.id),
        apart(now, answers),
        lacking(now, _asked_about(now, follows), answers),
        cut_off(now, follows),
        may_come(now, by_prompt(answers), follows),
    )


def _asked_about(w: Workshop, follows: Opening | TooMany | Proposal | Together) -> Iterable[Item]:
    """What the step that is open asks about; where it asks about nothing, what the next one will."""
    prompts = {prompt.id for prompt in w.place.step.prompts} if w.place and w.status in RUNNING else set()
    now = [item for name, items in w.items.items() if prompt_of(name) in prompts for item in items]
    if now and w.status is not Status.CLOSED:
        return {item.key: item for item in now}.values()
    if isinstance(follows, TooMany):
        return follows.candidates
    coming = follows.items.values() if isinstance(follows, Opening) else ()
    return {item.key: item for items in coming for item in items}.values()


def group_console_of(
    turn: Turn, now: Workshop, answers: Iterable[Answer], number: int, sentence: Sentence | None = None
) -> GroupConsole | None:
    """The console of a group; nothing where there is no such group."""
    given = tuple(answers)
    group = next((group for group in now.groups if group.number == number), None)
    if group is None:
        return None
    allowed = possible_in(now, turn.who.id, number)
    follows = coming(now.for_group(number), by_prompt(given), group) if c.Next in allowed else None
    upcoming = None
    if isinstance(follows, Opening) and follows.number is not None:
        upcoming = now.plan.places[follows.number]
    return GroupConsole(
        standing(now, number, given),
        allowed,
        upcoming,
        silent_in(now, number, given),
        turn.flag("names"),
        bool(roles_of(now, turn.who.id) & STAFF),
        tuple(other for other in led_now(now, turn.who.id) if other != number),
        sentence,
    )


def own_console_of(
    turn: Turn, now: Workshop, answers: tuple[Answer, ...], at: datetime
) -> Console | GroupConsole | None:
    """The console of whoever's turn it is: of all, or of the group that they lead and have named, or else lead first;
    nothing where they may see none (any more)."""
    if roles_of(now, turn.who.id) & STAFF:
        return console_of(turn, now, answers, at)
    led = led_by(now, turn.who.id)
    named = turn.number("group")
    return group_console_of(turn, now, answers, named if named in led else led[0]) if led else None


def led_now(workshop: Workshop, who: str) -> tuple[int, ...]:
    """The groups whose steps and time this person may move, while there is anything to move."""
    if workshop.status not in LIVE:
        return ()
    return tuple(group.number for group in workshop.groups if may(workshop, who, c.Next, group.number))


def _silent(w: Workshop, authors: frozenset[str]) -> tuple[str, ...] | None:
    """Who has not answered, of those who are at the step of all and are asked themselves; nobody's name where a prompt
    of it is anonymous."""
    if is_nameless(w):
        return None
    elsewhere = {person for group in w.groups if group.number in w.courses for person in group.members}
    people = w.joined if asks_people(w) else ()
    return tuple(person.name for person in people if person.id not in authors and person.id not in elsewhere)


def _by_group(w: Workshop, authors: frozenset[str]) -> tuple[tuple[int, int, int], ...]:
    return tuple((g.number, len(authors.intersection(g.members)), len(g.members)) for g in w.groups)
