"""The lobby's conversation: open a workshop, join it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace

from dialogs.answering import ask
from dialogs.places import taken_by
from dialogs.router import Router
from dialogs.second import TEMPLATE, earlier_here
from dialogs.turn import Kolbot, Reply, Show, Tell, Turn, Via
from dialogs.whereabouts import me, speaks, unless_done, workshop_here
from templates import WrongTemplate, from_source
from workshop import commands as c
from workshop.expecting import on_list
from workshop.model import LIVE, Expected, Person, Status, Workshop
from workshop.plan import Plan, in_language
from workshop.refusals import Reason, Refused
from workshop.roles import may_open
from workshop.said import Said, Sentence, Spoken
from workshop.service import Done
from workshop.views import JoinForm, NewForm, Opener

router = Router()

ROSTER = 100
"""Members of a conversation offered as reserves; in a larger one they are named later, by mention."""


@router.on("new")
async def new(turn: Turn, kolbot: Kolbot) -> Reply:
    """Ask what the new workshop shall be; typed, put a card there whose button opens the form."""
    refused = await may_not_open_here(turn, kolbot)
    if refused is not None:
        return refused
    if turn.via is Via.TYPED:
        return Show(Opener("new"), turn.language)
    return Show(await form(turn, kolbot, None), turn.language)


@router.on("open")
async def open_(turn: Turn, kolbot: Kolbot) -> Reply:
    """Open the workshop that the form describes."""
    refused = await may_not_open_here(turn, kolbot)
    if refused is not None:
        return refused
    plan = await chosen(turn, kolbot)
    if plan is None:
        return Show(await form(turn, kolbot, Refused(Reason.UNKNOWN_TEMPLATE)), turn.language)
    sentence = await opened(turn, kolbot, plan)
    if sentence is None:
        return Tell(Spoken(Said.OPENED), turn.language)
    return Show(await form(turn, kolbot, sentence), turn.language)


async def opened(turn: Turn, kolbot: Kolbot, plan: Plan) -> Sentence | None:
    """Open a workshop with this plan and what the form says beside it; why not, where it was not opened."""
    language = turn.text("language") or turn.language
    known = {who.id: who.name for who in await turn.roster()}
    earlier = await earlier_here(turn, kolbot) if turn.flag("second") else None
    command = c.Open(
        workshop=kolbot.fresh()[:16],
        by=turn.who.id,
        name=turn.who.name,
        tenant=turn.where.tenant,
        home=turn.where.home,
        plan=plan,
        title=turn.text("title").strip() or in_language(plan.title, language),
        language=language,
        secret=kolbot.fresh(),
        reserves=tuple((person, known[person]) for person in turn.keys("reserves") if person in known),
        brought=earlier.brought if earlier else None,
    )
    return unless_done(await kolbot.workshops.do(command, turn.delivery))


async def chosen(turn: Turn, kolbot: Kolbot) -> Plan | None:
    """The template that the form names: a shipped one, or one of the team's own."""
    id = turn.text("plan")
    if id in kolbot.plans:
        return kolbot.plans[id]
    source = None
    for owner in owners(turn):
        source = source or await kolbot.drafts.own_source(turn.where.tenant, owner, id)
    return await asyncio.to_thread(stored_plan, source)


def owners(turn: Turn) -> tuple[str, str]:
    """Whose own templates are offered: the team's, and the person's."""
    return turn.where.owner, turn.who.id


def stored_plan(source: str | None) -> Plan | None:
    """The plan that was kept, where there is one. Another release of Kolbot may have kept what this one cannot read.
    Some milliseconds of computing: not on an event loop."""
    with suppress(WrongTemplate):
        return from_source(source) if source is not None else None
    return None


@router.on("template_remove")
async def remove(turn: Turn, kolbot: Kolbot) -> Reply:
    """Ask whether one of the team's own templates shall go; asked, remove it."""
    refused = await may_not_open_here(turn, kolbot)
    if refused is not None:
        return refused
    tenant, id = turn.where.tenant, turn.text("remove") or turn.text("plan")
    theirs = {owner: await kolbot.drafts.own(tenant, owner) for owner in owners(turn)}
    found = next(((owner, own) for owner, kept in theirs.items() for own in kept if own.id == id), None)
    if found is None:
        return Show(await form(turn, kolbot, Refused(Reason.NOT_OWN)), turn.language)
    if not turn.text("remove"):
        return Show(replace(await form(turn, kolbot, None), removing=found[1]), turn.language)
    done = await kolbot.drafts.drop_own(tenant, found[0], id)
    said = Said.TEMPLATE_REMOVED if done else Said.NOT_STORED
    return Show(await form(turn, kolbot, Spoken(said)), turn.language)


@router.on("join")
async def join(turn: Turn, kolbot: Kolbot) -> Reply:
    """The notice, and what one may say about oneself, filled with what was said before."""
    workshop = await workshop_here(turn, kolbot)
    if isinstance(workshop, Refused):
        return Tell(workshop, turn.language)
    language = speaks(turn, workshop)
    if workshop.status not in LIVE:
        return Tell(Refused(Reason.NOT_NOW, {"command": "Join", "status": workshop.status}), language)
    if turn.via is Via.TYPED:
        return Show(Opener("join", workshop), language)
    person, listed = me(turn, workshop), await _listed(turn, workshop)
    if listed is not None:
        person = _as_listed(person, listed)
        language = person.language if person.language in workshop.plan.languages else language
    return Show(JoinForm(workshop, person, turn.number("step"), listed=listed is not None), language)


async def _listed(turn: Turn, workshop: Workshop) -> Expected | None:
    """Who of the organiser's list somebody is who has not joined yet; as Teams knows them, never as they say."""
    if not workshop.expected or me(turn, workshop).joined:
        return None
    return on_list(workshop, await turn.addresses(), turn.who.name)


def _as_listed(person: Person, listed: Expected) -> Person:
    """What the list says, where the person has said nothing themselves; its language before that of their Teams."""
    return replace(
        person,
        language=listed.language or person.language,
        institution=person.institution or listed.institution,
        country=person.country or listed.country,
        role=person.role or listed.role,
        challenge=person.challenge or listed.challenge,
    )


@router.on("joined")
async def joined(turn: Turn, kolbot: Kolbot) -> Reply:
    """Take part; where an answer was waiting behind the notice, go on to it."""
    workshop = await workshop_here(turn, kolbot)
    if isinstance(workshop, Refused):
        return Tell(workshop, turn.language)
    listed = await _listed(turn, workshop)
    command = c.Join(
        workshop=workshop.id,
        expected=listed.key if listed else "",
        by=turn.who.id,
        name=turn.who.name,
        language=turn.text("language"),
        institution=turn.text("institution"),
        country=turn.text("country"),
        role=turn.text("role"),
        challenge=turn.text("challenge"),
    )
    outcome = await kolbot.workshops.do(command, turn.delivery)
    if not isinstance(outcome, Done):
        typed = Person(
            turn.who.id,
            turn.who.name,
            command.language,
            command.institution,
            command.country,
            command.role,
            command.challenge,
        )
        form = JoinForm(workshop, typed, turn.number("step"), unless_done(outcome))
        return Show(form, speaks(turn, workshop))
    if command.language and not outcome.repeated:  # else another one may have been chosen since
        await kolbot.people.choose_language(turn.who.id, command.language)
    if turn.number("step") is not None:
        return await ask(turn.again("answer"), kolbot)
    language = speaks(turn, outcome.workshop)
    return Tell(_welcome(outcome.workshop, language), language)


def _welcome(workshop: Workshop, language: str) -> Spoken:
    waits = int(workshop.status is Status.LOBBY)
    return Spoken(
        Said.JOINED, {"title": workshop.title_in(language), "people": len(workshop.joined), "waits": waits}
    )


async def may_not_open_here(turn: Turn, kolbot: Kolbot) -> Tell | None:
    """Why this person cannot open a workshop in this place now; nothing where they can."""
    if not turn.where.shared:
        return Tell(Refused(Reason.NOT_HERE), turn.language)
    here = await kolbot.reader.newest_in(turn.where.tenant, turn.where.home)
    if not may_open(turn.who.id, kolbot.openers):
        return Tell(Refused(Reason.MAY_NOT_OPEN), speaks(turn, here))
    if here is not None and here.status in LIVE:
        language = speaks(turn, here)
        if here.group_at(turn.where.home) is not None:
            return Tell(taken_by(here, turn.where.home, language), language)
        return Tell(Refused(Reason.ALREADY_OPEN, {"title": here.title_in(language)}), language)
    return None


async def form(turn: Turn, kolbot: Kolbot, sentence: Sentence | None) -> NewForm:
    """The form with all templates, filled with what was typed."""
    teams, yours = [tuple(await kolbot.drafts.own(turn.where.tenant, owner)) for owner in owners(turn)]
    filled = await beside(turn, kolbot, _offered(kolbot))
    proposed = TEMPLATE if filled.earlier and filled.earlier.chosen else ""
    return replace(filled, plan=turn.text("plan") or proposed, sentence=sentence, own=teams, yours=yours)


async def beside(turn: Turn, kolbot: Kolbot, plans: tuple[Plan, ...]) -> NewForm:
    """What is said beside a template: language, title, who may take over; of a second cycle as in the first, until
    something else is said."""
    earlier = await earlier_here(turn, kolbot)
    before = earlier.workshop if earlier and earlier.chosen and "language" not in turn.data else None
    led = [who.id for who in before.people.values() if who.facilitator or who.reserve] if before else []
    members = [who for who in await turn.roster() if who.id != turn.who.id]
    offered = tuple((who.id, who.name) for who in members) if len(members) <= ROSTER else ()
    return NewForm(
        plans,
        turn.text("language") or (before.language if before else turn.language),
        turn.text("title") or (before.title if before else ""),
        members=offered,
        reserves=turn.keys("reserves") or tuple(led),
        earlier=earlier,
    )


def _offered(kolbot: Kolbot) -> tuple[Plan, ...]:
    return tuple(kolbot.plans.values())
