"""The facilitator's conversation about groups: form them, move somebody by hand, work together again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from dialogs.router import Router
from dialogs.turn import Kolbot, Reply, Show, Tell, Turn, Via
from dialogs.whereabouts import speaks, unless_done, workshop_here
from workshop import commands as c
from workshop.expecting import seated_as_listed
from workshop.grouping import proposed
from workshop.groups import Impossible
from workshop.groupwork import GroupName
from workshop.model import Workshop
from workshop.prompts.kind import fold
from workshop.refusals import Reason, Refused
from workshop.roles import led_by, may
from workshop.said import Said, Sentence, Spoken
from workshop.service import Done
from workshop.views import GroupsForm, Opener

router = Router()

Make = Callable[[Turn, Workshop], c.AnyCommand | Refused]


@router.on("groups")
async def groups(turn: Turn, kolbot: Kolbot) -> Reply:
    """The form; typed in a conversation, a card with a button that opens it."""
    workshop = await workshop_here(turn, kolbot)
    if isinstance(workshop, Refused):
        return Tell(workshop, turn.language)
    language = speaks(turn, workshop)
    if not may(workshop, turn.who.id, c.FormGroups):
        names = ", ".join(person.name for person in workshop.facilitators)
        return Tell(Refused(Reason.ONLY_FACILITATORS, {"who": names}), language)
    if turn.via is Via.TYPED:
        return Show(Opener("groups", workshop), language)
    return Show(_form(turn, workshop, None), language)


@router.on("form_groups")
async def form_groups(turn: Turn, kolbot: Kolbot) -> Reply:
    """Spread people over groups; the form comes back with who is where, or why not."""
    return await _do(
        turn, kolbot, _forming, lambda was, w: Spoken(Said.GROUPS_FORMED, {"groups": len(w.groups), **_lost(was)})
    )


@router.on("move_to_group")
async def move_to_group(turn: Turn, kolbot: Kolbot) -> Reply:
    """Put somebody into another group by hand."""
    return await _do(turn, kolbot, _moving, lambda was, w: _moved(turn, w))


@router.on("lead_group", "unlead_group")
async def lead_group(turn: Turn, kolbot: Kolbot) -> Reply:
    """Let somebody lead a group's steps and time, or no longer."""
    named = turn.verb == "lead_group"
    said = Said.GROUP_FACILITATOR_NAMED if named else Said.GROUP_FACILITATOR_DROPPED

    def make(turn: Turn, workshop: Workshop) -> c.AnyCommand | Refused:
        found = _moving(turn, workshop)
        if not isinstance(found, c.MoveToGroup):
            return found
        if not found.group:  # a group that is not there yet
            return Refused(Reason.UNKNOWN_GROUP)
        return c.NameGroupFacilitator(
            workshop=workshop.id, by=turn.who.id, person=found.person, person_name="", group=found.group, named=named
        )

    def done(was: Workshop, w: Workshop) -> Sentence:
        people = _people(turn.text("person"), w)
        who = w.people[people[0]].name if not isinstance(people, Refused) else ""
        return Spoken(said, {"who": who, "of": turn.number("group") or 0})

    return await _do(turn, kolbot, make, done)


@router.on("name_speaks")
async def name_spokesperson(turn: Turn, kolbot: Kolbot) -> Reply:
    """Say who answers for the group that they are in."""
    named = _named(turn)
    return await _do(turn, kolbot, _naming, lambda was, w: named(w))


@router.on("dissolve_groups")
async def dissolve(turn: Turn, kolbot: Kolbot) -> Reply:
    """Everybody works together again."""
    return await _do(
        turn,
        kolbot,
        lambda turn, w: c.DissolveGroups(workshop=w.id, by=turn.who.id),
        lambda was, w: Spoken(Said.GROUPS_DISSOLVED, _lost(was)),
    )


@router.on("unbind")
async def unbind(turn: Turn, kolbot: Kolbot) -> Reply:
    """A group has no conversation of its own any more."""

    def make(turn: Turn, workshop: Workshop) -> c.AnyCommand | Refused:
        number = turn.number("unbound")
        if number is None:
            return Refused(Reason.UNKNOWN_GROUP)
        return c.UnbindGroup(workshop=workshop.id, by=turn.who.id, group=number)

    return await _do(turn, kolbot, make, lambda was, w: Spoken(Said.GROUP_UNBOUND))


async def _do(turn: Turn, kolbot: Kolbot, make: Make, done: Callable[[Workshop, Workshop], Sentence]) -> Reply:
    """`done` makes the sentence, of the workshop as it was and as it is then."""
    workshop = await workshop_here(turn, kolbot)
    if isinstance(workshop, Refused):
        return Tell(workshop, turn.language)
    language = speaks(turn, workshop)
    if not may(workshop, turn.who.id, c.FormGroups):
        names = ", ".join(person.name for person in workshop.facilitators)
        return Tell(Refused(Reason.ONLY_FACILITATORS, {"who": names}), language)
    # Looking for even groups computes for up to a second: not on the loop, and not under the lock.
    command = await asyncio.to_thread(make, turn, workshop)
    if isinstance(command, Refused):
        return Show(_form(turn, workshop, command), language)
    outcome = await kolbot.workshops.do(command, turn.delivery)
    if isinstance(outcome, Done):
        return Show(GroupsForm(outcome.workshop, sentence=done(workshop, outcome.workshop)), language)
    return Show(_form(turn, workshop, unless_done(outcome)), language)


def _lost(was: Workshop) -> dict[str, str | int]:
    """What went with the groups that were there before, and has to be said: whom they went their own ways with, and who
    led them."""
    return {"apart": len(was.courses), "leaders": sum(len(group.facilitators) for group in was.groups)}


def _moved(turn: Turn, w: Workshop) -> Spoken:
    """Who was moved; a group that they lead they lead still, wherever they work."""
    people = _people(turn.text("person"), w)
    person = "" if isinstance(people, Refused) else people[0]
    own = w.group_of(person)
    led = [number for number in led_by(w, person) if own is None or number != own.number]
    return Spoken(Said.MOVED_TO_GROUP, {"who": w.people[person].name, "of": led[0]} if led else {})


def _form(turn: Turn, workshop: Workshop, sentence: Sentence | None) -> GroupsForm:
    """The form with whatever was typed still in it."""
    return GroupsForm(
        workshop,
        turn.text("way") if turn.text("way") in ("count", "list") else "size",
        turn.text("number"),
        turn.text("together"),
        turn.text("apart"),
        turn.text("person"),
        turn.text("group"),
        turn.text("speaker"),
        sentence,
    )


def _forming(turn: Turn, workshop: Workshop) -> c.AnyCommand | Refused:
    if turn.text("way") == "list":
        groups = seated_as_listed(workshop)
        if not groups:
            return Refused(Reason.WRONG_GROUPS, {"why": "list"})
        return c.FormGroups(workshop=workshop.id, by=turn.who.id, groups=groups)
    given = turn.text("number").strip()
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 5 else 0
    as_the_template_says = not given and workshop.plan.forming is not None
    if not number and not as_the_template_says:
        return Refused(Reason.WRONG_GROUPS, {"why": "number"})
    rules: dict[str, tuple[frozenset[str], ...]] = {}
    for field, before in (("together", workshop.together), ("apart", workshop.apart)):
        people = _people(turn.text(field), workshop)
        if isinstance(people, Refused):
            return people
        kept = () if turn.flag("forget") else before
        added = (frozenset(people),) if len(people) > 1 and frozenset(people) not in kept else ()
        rules[field] = (*kept, *added)
    counted = turn.text("way") == "count"
    found = proposed(
        workshop, number if counted else 0, 0 if counted else number, rules["together"], rules["apart"]
    )
    if isinstance(found, Impossible):
        names = [person.name for person in workshop.joined if person.id in found.who]
        facts: dict[str, str | int] = {"why": str(found.why), "who": ", ".join(names), **found.numbers}
        return Refused(Reason.WRONG_GROUPS, facts)
    return c.FormGroups(
        workshop=workshop.id,
        by=turn.who.id,
        groups=tuple(found.groups.values()),
        together=rules["together"],
        apart=rules["apart"],
    )


def _moving(turn: Turn, workshop: Workshop) -> c.AnyCommand | Refused:
    people = _people(turn.text("person"), workshop)
    if isinstance(people, Refused):
        return people
    if len(people) != 1:
        return Refused(Reason.NOT_IN_WORKSHOP)
    group = turn.text("group")
    if group == "new":
        number = 0
    elif group.isascii() and group.isdigit() and len(group) < 5:
        number = int(group)
    else:
        return Refused(Reason.UNKNOWN_GROUP)
    return c.MoveToGroup(workshop=workshop.id, by=turn.who.id, person=people[0], group=number)


def _naming(turn: Turn, workshop: Workshop) -> c.AnyCommand | Refused:
    people = _people(turn.text("speaker"), workshop)
    if isinstance(people, Refused):
        return people
    if len(people) != 1:
        return Refused(Reason.NOT_IN_WORKSHOP)
    return c.NameSpokesperson(workshop=workshop.id, by=turn.who.id, person=people[0])


def _named(turn: Turn) -> Callable[[Workshop], Sentence]:
    def told(workshop: Workshop) -> Sentence:
        people = _people(turn.text("speaker"), workshop)
        assert not isinstance(people, Refused), "it was done"
        group = GroupName(workshop.voice(people[0]), workshop.forming).number
        return Spoken(Said.SPOKESPERSON_NAMED, {"who": workshop.people[people[0]].name, "group": group})

    return told


def _people(given: str, workshop: Workshop) -> list[str] | Refused:
    """Ids of the people that a field names: by their place in the workshop, or by (the beginning of) their name."""
    everybody = list(workshop.people.values())
    found: list[str] = []
    for said in (part.strip() for part in given.split(",")):
        if not said:
            continue
        if said.isascii() and said.isdigit() and len(said) < 6:
            one = everybody[int(said)] if int(said) < len(everybody) else None
        else:
            meant = fold(said)
            same = [person for person in workshop.joined if fold(person.name) == meant]
            same = same or [person for person in workshop.joined if fold(person.name).startswith(meant)]
            one = same[0] if len(same) == 1 else None
        if one is None or not one.joined:
            return Refused(Reason.NOT_IN_WORKSHOP, {"who": said[:60]})
        found.append(one.id)
    return list(dict.fromkeys(found))
