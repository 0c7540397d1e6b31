"""The lobby's conversation: open a workshop, join it."""

from __future__ import annotations

from dialogs.answering import ask
from dialogs.router import Router
from dialogs.turn import Kolbot, Reply, Show, Tell, Turn, Via
from dialogs.whereabouts import me, speaks, unless_done, workshop_here
from workshop import commands as c
from workshop.model import LIVE, Person, Workshop
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
    refused = await _may_not_open_here(turn, kolbot)
    if refused is not None:
        return refused
    if turn.via is Via.TYPED:
        return Show(Opener("new"), turn.language)
    return Show(await _form(turn, kolbot, None), turn.language)


@router.on("open")
async def open_(turn: Turn, kolbot: Kolbot) -> Reply:
    """Open the workshop that the form describes."""
    refused = await _may_not_open_here(turn, kolbot)
    if refused is not None:
        return refused
    plan = kolbot.plans.get(turn.text("plan"))
    if plan is None:
        return Show(await _form(turn, kolbot, Refused(Reason.UNKNOWN_TEMPLATE)), turn.language)
    language = turn.text("language") or turn.language
    known = {who.id: who.name for who in await turn.roster()}
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
    )
    outcome = await kolbot.workshops.do(command, turn.delivery)
    sentence = unless_done(outcome)
    if sentence is None:
        return Tell(Spoken(Said.OPENED), turn.language)
    return Show(await _form(turn, kolbot, sentence), turn.language)


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
    return Show(JoinForm(workshop, me(turn, workshop), turn.number("step")), language)


@router.on("joined")
async def joined(turn: Turn, kolbot: Kolbot) -> Reply:
    """Take part; where an answer was waiting behind the notice, go on to it."""
    workshop = await workshop_here(turn, kolbot)
    if isinstance(workshop, Refused):
        return Tell(workshop, turn.language)
    command = c.Join(
        workshop=workshop.id,
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
    if command.language:
        await kolbot.people.choose_language(turn.who.id, command.language)
    if turn.number("step") is not None:
        return await ask(turn.again("answer"), kolbot)
    return Tell(_welcome(outcome.workshop), speaks(turn, outcome.workshop))


def _welcome(workshop: Workshop) -> Spoken:
    return Spoken(Said.JOINED, {"title": workshop.title, "people": len(workshop.joined)})


async def _may_not_open_here(turn: Turn, kolbot: Kolbot) -> Tell | None:
    if not turn.where.shared:
        return Tell(Refused(Reason.NOT_HERE), turn.language)
    here = await kolbot.reader.newest_in(turn.where.tenant, turn.where.home)
    if not may_open(turn.who.id, kolbot.openers):
        return Tell(Refused(Reason.MAY_NOT_OPEN), speaks(turn, here))
    if here is not None and here.status in LIVE:
        return Tell(Refused(Reason.ALREADY_OPEN, {"title": here.title}), speaks(turn, here))
    return None


async def _form(turn: Turn, kolbot: Kolbot, sentence: Sentence | None) -> NewForm:
    members = [who for who in await turn.roster() if who.id != turn.who.id]
    offered = tuple((who.id, who.name) for who in members) if len(members) <= ROSTER else ()
    return NewForm(
        _offered(kolbot),
        turn.text("language") or turn.language,
        turn.text("title"),
        turn.text("plan"),
        offered,
        turn.keys("reserves"),
        sentence,
    )


def _offered(kolbot: Kolbot) -> tuple[Plan, ...]:
    return tuple(kolbot.plans.values())
