"""Choosing the language in which Kolbot speaks to a person."""

from __future__ import annotations

from dialogs.list_of_people import languages_by_name
from dialogs.router import Router
from dialogs.turn import Kolbot, Reply, Show, Tell, Turn, Via
from dialogs.whereabouts import speaks, unless_done, workshop_here
from workshop import commands as c
from workshop.model import Workshop
from workshop.prompts.kind import fold
from workshop.refusals import Reason, Refused
from workshop.said import Said, Sentence, Spoken
from workshop.service import Done
from workshop.views import LanguageForm, Opener

router = Router()


@router.on("language")
async def language(turn: Turn, kolbot: Kolbot) -> Reply:
    """Which languages there are."""
    workshop = await _workshop(turn, kolbot)
    if turn.via is Via.TYPED and turn.text("named"):
        return await chosen(turn.again("chosen", language=_code_of(turn.text("named"))), kolbot)
    if turn.via is Via.TYPED:
        return Show(Opener("language", workshop), speaks(turn, workshop))
    return Show(LanguageForm(kolbot.languages, turn.language, workshop), turn.language)


@router.on("chosen")
async def chosen(turn: Turn, kolbot: Kolbot) -> Reply:
    """Keep the choice, for this workshop and for later ones."""
    workshop = await _workshop(turn, kolbot)
    choice = turn.text("language")
    if choice not in kolbot.languages:
        listed = {"languages": ",".join(kolbot.languages)} if turn.via is Via.TYPED else {}  # the form lists them
        return _again(turn, kolbot, workshop, turn.language, Refused(Reason.UNKNOWN_LANGUAGE, listed))
    if workshop is not None and turn.who.id in workshop.people and choice in workshop.plan.languages:
        command = c.ChooseLanguage(workshop=workshop.id, by=turn.who.id, name=turn.who.name, language=choice)
        outcome = await kolbot.workshops.do(command, turn.delivery)
        sentence = unless_done(outcome)
        if sentence is not None:
            return _again(turn, kolbot, workshop, choice, sentence)
        if isinstance(outcome, Done) and outcome.repeated:  # another one may have been chosen since
            return Tell(Spoken(Said.LANGUAGE_CHOSEN), outcome.workshop.people[turn.who.id].language)
    await kolbot.people.choose_language(turn.who.id, choice)
    return Tell(Spoken(Said.LANGUAGE_CHOSEN), choice)


def _again(turn: Turn, kolbot: Kolbot, workshop: Workshop | None, choice: str, why: Sentence) -> Reply:
    """The form with why it was not kept; just that where the language was typed."""
    if turn.via is Via.TYPED:
        return Tell(why, speaks(turn, workshop))
    return Show(LanguageForm(kolbot.languages, choice, workshop, why), turn.language)


def _code_of(named: str) -> str:
    """The code of a language that is named in whatever language; of one that nobody knows nothing."""
    return languages_by_name().get(fold(named), "")


async def _workshop(turn: Turn, kolbot: Kolbot) -> Workshop | None:
    found = await workshop_here(turn, kolbot)
    return None if isinstance(found, Refused) else found
