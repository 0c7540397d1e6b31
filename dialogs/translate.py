"""The moderator's conversation about one entry in other languages: read it, write what it says, keep that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cards.translate import FIELD, WAS
from dialogs.facilitate import answer_staff
from dialogs.moderate import allowed, entries_in
from dialogs.router import Router
from dialogs.turn import Kolbot, Reply, Show, Tell, Turn
from dialogs.whereabouts import speaks, unless_done
from workshop import commands as c
from workshop.entries import entries_of, is_translatable
from workshop.model import Workshop
from workshop.refusals import Reason, Refused
from workshop.said import Said, Sentence, Spoken
from workshop.translations import told_by
from workshop.views import TranslateForm

router = Router()


@router.on("translate")
async def translate(turn: Turn, kolbot: Kolbot) -> Reply:
    """The form for the entries that were named, or for the one that was chosen from a list."""
    workshop = await allowed(turn, kolbot)
    if isinstance(workshop, Tell):
        return workshop
    form = await _form(kolbot, workshop, entries_in(turn, "entries") or [turn.text("chosen")])
    if form is None:
        return await answer_staff(turn, kolbot, workshop, Refused(Reason.UNKNOWN_ENTRY))
    return Show(form, speaks(turn, form.workshop))


@router.on("translated")
async def translated(turn: Turn, kolbot: Kolbot) -> Reply:
    """Keep what was changed, language by language. What cannot be kept stays in its field."""
    workshop = await allowed(turn, kolbot)
    if isinstance(workshop, Tell):
        return workshop
    entries = entries_in(turn, "entries")
    typed = {language: turn.text(f"{FIELD}{language}") for language in workshop.plan.languages}
    was = {language: turn.text(f"{WAS}{language}") for language in workshop.plan.languages}
    changed = [language for language in typed if typed[language] != was[language]]  # an empty field may not be sent
    for language in changed:
        command = c.TranslateEntry(
            workshop=workshop.id,
            by=turn.who.id,
            entries=tuple(entries),
            language=language,
            words=typed[language],
            was=was[language],
        )
        outcome = await kolbot.workshops.do(command, turn.part(language))
        sentence = unless_done(outcome)
        if sentence is not None:
            return await _again(turn, kolbot, workshop, entries, typed, sentence)
    return await answer_staff(turn, kolbot, workshop, Spoken(Said.TRANSLATED if changed else Said.NOTHING_TO_CHANGE))


async def _again(
    turn: Turn, kolbot: Kolbot, workshop: Workshop, entries: Sequence[str], typed: Mapping[str, str], sentence: Sentence
) -> Reply:
    """The form with what was typed, beside what stands there now; where the entry is gone, that it is."""
    form = await _form(kolbot, workshop, entries)
    if form is None:
        return await answer_staff(turn, kolbot, workshop, sentence)
    return Show(replace(form, typed=typed, sentence=sentence), speaks(turn, workshop))


async def _form(kolbot: Kolbot, workshop: Workshop, entries: Sequence[str]) -> TranslateForm | None:
    read = await kolbot.reader.answers(workshop.id)
    assert read is not None, "a workshop that was just found is still there"
    known = [one for one in entries_of(*read) if one.id in entries and is_translatable(read[0], one)]
    if not known:
        return None
    told, was = told_by(read[0].translations), dict[str, str]()
    for entry in known:
        was = {**(told(entry.id) or {}), **was}
    return TranslateForm(read[0], known[0].prompt, tuple(one.id for one in known), known[0].words, was)
