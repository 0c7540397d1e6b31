"""Choosing the language in which Kolbot speaks to a person."""

from __future__ import annotations

from dialogs.router import Router
from dialogs.turn import Kolbot, Reply, Show, Tell, Turn, Via
from dialogs.whereabouts import speaks, unless_done, workshop_here
from workshop import commands as c
from workshop.model import Workshop
from workshop.refusals import Reason, Refused
from workshop.said import Said, Spoken
from workshop.views import LanguageForm, Opener

router = Router()


@router.on("language")
async def language(turn: Turn, kolbot: Kolbot) -> Reply:
    """Which languages there are."""
    workshop = await _workshop(turn, kolbot)
    if turn.via is Via.TYPED:
        return Show(Opener("language", workshop), speaks(turn, workshop))
    return Show(LanguageForm(kolbot.languages, turn.language, workshop), turn.language)


@router.on("chosen")
async def chosen(turn: Turn, kolbot: Kolbot) -> Reply:
    """Keep the choice, for this workshop and for later ones."""
    workshop = await _workshop(turn, kolbot)
    choice = turn.text("language")
    if choice not in kolbot.languages:
        refused = Refused(Reason.UNKNOWN_LANGUAGE)
        return Show(LanguageForm(kolbot.languages, turn.language, workshop, refused), turn.language)
    if workshop is not None and turn.who.id in workshop.people and choice in workshop.plan.languages:
        command = c.ChooseLanguage(workshop=workshop.id, by=turn.who.id, name=turn.who.name, language=choice)
        sentence = unless_done(await kolbot.workshops.do(command, turn.delivery))
        if sentence is not None:
            return Show(LanguageForm(kolbot.languages, choice, workshop, sentence), turn.language)
    await kolbot.people.choose_language(turn.who.id, choice)
    return Tell(Spoken(Said.LANGUAGE_CHOSEN), choice)


async def _workshop(turn: Turn, kolbot: Kolbot) -> Workshop | None:
    found = await workshop_here(turn, kolbot)
    return None if isinstance(found, Refused) else found
