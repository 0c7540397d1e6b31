"""Changing a template before a workshop is opened with it, page by page in a draft; nothing that was typed is lost."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace

from dialogs.changes import asked_of, minutes_of, written
from dialogs.lobby import beside, chosen, form, may_not_open_here, opened, stored_plan
from dialogs.router import Router
from dialogs.turn import Kolbot, Reply, Show, Tell, Turn
from templates import WrongTemplate, read
from templates.editing import StillNeeded, edited, named, settings_of
from templates.nodes import SIZE_LIMIT
from templates.wrong import Fault
from workshop.drafts import OWN_LIMIT, Changes, Draft, Own
from workshop.plan import Plan, Step, in_language
from workshop.prompts.kind import clean, fold
from workshop.refusals import Reason, Refused
from workshop.said import Said, Sentence, Spoken
from workshop.views import AgendaForm, PasteForm, QuestionsForm

router = Router()

FORM = ("language", "title", "reserves", "second", "earlier")
"""What the agenda's page asks beside the template."""
HELD = 70 * 1024
"""Longest pasted text that stands in its field again when it was wrong, in bytes of JSON as UTF-16: so Teams counts,
and a card is 80 KB at most."""
FIELD_LIMIT = 5000
"""Most that is kept, or given back, of a field, in code points: what is longer was not typed in a form of ours."""


@router.on("agenda")
async def agenda(turn: Turn, kolbot: Kolbot) -> Reply:
    """The agenda of the chosen template, as a new draft."""
    refused = await may_not_open_here(turn, kolbot)
    if refused is not None:
        return refused
    plan = await chosen(turn, kolbot)
    if plan is None:
        return Show(await form(turn, kolbot, Refused(Reason.UNKNOWN_TEMPLATE)), turn.language)
    return await _begin(turn, kolbot, plan, None)


@router.on("paste")
async def paste(turn: Turn, kolbot: Kolbot) -> Reply:
    """A field for a template of one's own."""
    return await may_not_open_here(turn, kolbot) or Show(PasteForm(), turn.language)


@router.on("pasted")
async def pasted(turn: Turn, kolbot: Kolbot) -> Reply:
    """Check what was pasted; where it is right, show its agenda as a new draft."""
    refused = await may_not_open_here(turn, kolbot)
    if refused is not None:
        return refused
    text = turn.text("yaml")
    # It may compute for seconds.
    plan = await asyncio.to_thread(_read, text)
    if isinstance(plan, Refused):
        held = len(json.dumps(text, ensure_ascii=False).encode("utf-16-le")) <= HELD
        return Show(PasteForm(text if held else "", not held, plan), turn.language)
    return await _begin(turn, kolbot, plan, Spoken(Said.TEMPLATE_READ))


def _read(text: str) -> Plan | Refused:
    try:
        return read(text, "")
    except WrongTemplate as wrong:
        return why_wrong(wrong, wrong.line)


async def _begin(turn: Turn, kolbot: Kolbot, plan: Plan, sentence: Sentence | None) -> Reply:
    asked = {name: turn.text(name)[:FIELD_LIMIT] for name in FORM}
    draft = Draft(turn.where.tenant, turn.who.id, kolbot.fresh()[:16], plan.source, form=asked)
    if not await kolbot.drafts.keep(draft):
        return Show(await form(turn, kolbot, Spoken(Said.NOT_STORED)), turn.language)
    return Show(await agenda_of(turn, kolbot, draft, plan, sentence), turn.language)


@router.on("questions")
async def questions(turn: Turn, kolbot: Kolbot) -> Reply:
    """Keep the agenda's page, and go on to the questions of a step."""
    found = await page_of(turn, kolbot)
    if not isinstance(found, tuple):
        return found
    draft, plan, _ = found
    step = _step(plan, turn)
    if step is None:
        return Show(await agenda_of(turn, kolbot, draft, plan, Refused(Reason.UNKNOWN_PROMPT)), turn.language)
    settings = await asyncio.to_thread(settings_of, plan)
    typed = written(plan, step, draft.changes, settings)
    return Show(QuestionsForm(draft.id, plan, step, typed, settings), turn.language)


@router.on("questions_kept")
async def questions_kept(turn: Turn, kolbot: Kolbot) -> Reply:
    """Keep the changed questions of a step, and go back to the agenda."""
    kept = await draft_of(turn, kolbot)
    if not isinstance(kept, tuple):
        return kept
    draft, plan = kept
    step = _step(plan, turn)
    if step is None:
        return Show(await agenda_of(turn, kolbot, draft, plan, Refused(Reason.UNKNOWN_PROMPT)), turn.language)
    settings = await asyncio.to_thread(settings_of, plan)
    changed = replace(draft, changes=asked_of(turn, plan, step, draft.changes, settings))
    sentence: Sentence | None = None
    tried = await with_changes(turn, changed)
    if not isinstance(tried, Plan):
        sentence = tried
    elif not await kolbot.drafts.keep(changed):
        sentence = Spoken(Said.NOT_STORED)
    if sentence is not None:
        typed = {name: turn.text(name)[:FIELD_LIMIT] for name in written(plan, step, Changes(), settings)}
        return Show(QuestionsForm(draft.id, plan, step, typed, settings, sentence), turn.language)
    said = Spoken(Said.QUESTIONS_KEPT if changed != draft else Said.NOTHING_TO_CHANGE)
    return Show(await agenda_of(as_kept(turn, changed), kolbot, changed, plan, said), turn.language)


@router.on("agenda_open")
async def agenda_open(turn: Turn, kolbot: Kolbot) -> Reply:
    """Open a workshop with the changed template."""
    found = await page_of(turn, kolbot)
    if not isinstance(found, tuple):
        return found
    draft, plan, now = found
    refused = await may_not_open_here(turn, kolbot)
    sentence = refused.sentence if refused is not None else await opened(turn, kolbot, now)
    if sentence is not None:
        return Show(await agenda_of(turn, kolbot, draft, plan, sentence), turn.language)
    await kolbot.drafts.drop(draft)  # where that fails, it goes by itself after some days
    return Tell(Spoken(Said.OPENED), turn.language)


@router.on("template_keep")
async def template_keep(turn: Turn, kolbot: Kolbot) -> Reply:
    """Keep the changed template among the team's own; one of the same name is replaced after asking."""
    found = await page_of(turn, kolbot)
    if not isinstance(found, tuple):
        return found
    draft, plan, now = found
    refused = await may_not_open_here(turn, kolbot)
    sentence = refused.sentence if refused is not None else await _keep_own(turn, kolbot, now)
    view = await agenda_of(turn, kolbot, draft, plan, sentence)
    ask = isinstance(sentence, Refused) and sentence.reason is Reason.OWN_EXISTS
    return Show(replace(view, ask=ask), turn.language)


async def _keep_own(turn: Turn, kolbot: Kolbot, plan: Plan) -> Sentence:
    name, where = clean(turn.text("name"), lines=False), turn.where
    if not name:
        return Refused(Reason.NO_NAME)
    there = await kolbot.drafts.own(where.tenant, where.owner)
    same = next((own for own in there if fold(own.name) == fold(name)), None)
    if same is not None and not turn.flag("replace"):
        return Refused(Reason.OWN_EXISTS, {"name": same.name})
    if same is None and len(there) >= OWN_LIMIT:
        return Refused(Reason.OWN_FULL, {"limit": OWN_LIMIT})
    made = await asyncio.to_thread(_named, plan, same.id if same else f"own-{kolbot.fresh()[:16]}", name)
    if isinstance(made, Refused):
        return made
    own = Own(made.id, name, made.minutes, made.languages)
    done = await kolbot.drafts.keep_own(where.tenant, where.owner, own, made.source, turn.who.id)
    return Spoken(Said.TEMPLATE_KEPT if done else Said.NOT_STORED)


def _named(plan: Plan, id: str, name: str) -> Plan | Refused:
    try:
        made = named(plan, id, name)
        size = len(made.source.encode())
        if size > SIZE_LIMIT:
            raise WrongTemplate("", 1, Fault.TOO_BIG, {"size": size, "most": SIZE_LIMIT})
    except WrongTemplate as wrong:
        return why_wrong(wrong)
    return made


async def draft_of(turn: Turn, kolbot: Kolbot) -> tuple[Draft, Plan] | Reply:
    """The draft that the page is about, with its template: this person's, or none."""
    found = await kolbot.drafts.draft(turn.where.tenant, turn.who.id, turn.text("draft"))
    plan = await asyncio.to_thread(stored_plan, found.source if found else None)
    if found is not None and plan is not None:
        return found, plan
    refused = await may_not_open_here(turn, kolbot)
    return refused or Show(await form(turn, kolbot, Refused(Reason.NO_DRAFT)), turn.language)


async def page_of(turn: Turn, kolbot: Kolbot) -> tuple[Draft, Plan, Plan] | Reply:
    """What the agenda's page says, kept: the draft, the template, and the template with all changes. Else the page,
    with why it was not kept."""
    kept = await draft_of(turn, kolbot)
    if not isinstance(kept, tuple):
        return kept
    draft, plan = kept
    minutes = minutes_of(turn, plan)
    if isinstance(minutes, Refused):
        return Show(await agenda_of(turn, kolbot, draft, plan, minutes), turn.language)
    asked = {name: turn.text(name)[:FIELD_LIMIT] for name in FORM}
    changed = replace(draft, changes=replace(draft.changes, minutes=minutes), form=asked)
    tried = await with_changes(turn, changed)
    if not isinstance(tried, Plan):
        return Show(await agenda_of(turn, kolbot, draft, plan, tried), turn.language)
    if not await kolbot.drafts.keep(changed):
        return Show(await agenda_of(turn, kolbot, draft, plan, Spoken(Said.NOT_STORED)), turn.language)
    return changed, plan, tried


async def with_changes(turn: Turn, draft: Draft) -> Plan | Refused:
    """The template with all changes; why it cannot be so."""
    return await asyncio.to_thread(_edited, draft, turn.language)


def _edited(draft: Draft, language: str) -> Plan | Refused:
    try:
        return edited(draft.source, draft.changes)
    except StillNeeded as needed:
        if needed.by is None:
            return Refused(Reason.STAGE_EMPTY)
        facts = {"step": in_language(needed.step, language), "by": in_language(needed.by, language)}
        return Refused(Reason.STEP_NEEDED, facts)
    except WrongTemplate as wrong:
        return why_wrong(wrong)


def why_wrong(wrong: WrongTemplate, line: int = 0) -> Refused:
    """What is wrong with a template and what would be right; `line` from 1, 0 where there is none."""
    of_it = {f"of_{name}": fact for name, fact in wrong.params.items()}
    facts = {"what": wrong.what, "right": wrong.right, "at_line": line, "fault": str(wrong.code), **of_it}
    return Refused(Reason.WRONG_TEMPLATE, facts)


async def agenda_of(turn: Turn, kolbot: Kolbot, draft: Draft, plan: Plan, sentence: Sentence | None) -> AgendaForm:
    """The agenda's page: what was just typed there, else what the draft has."""
    typed = {step: str(minutes) for step, minutes in draft.changes.minutes.items()}
    for step in (place.step.id for place in plan.places):
        if f"m.{step}" in turn.data:
            typed[step] = turn.text(f"m.{step}")[:FIELD_LIMIT]
    changed = {
        place.step.id
        for place in plan.places
        if place.step.id in (*draft.changes.together, *draft.changes.titles)
        or any(prompt.id in (*draft.changes.texts, *draft.changes.settings) for prompt in place.step.prompts)
    }
    return AgendaForm(
        draft.id,
        await beside(turn, kolbot, (plan,)),
        typed,
        frozenset(changed),
        bool(draft.changes.around),
        turn.text("step"),
        turn.text("name")[:FIELD_LIMIT],
        sentence=sentence,
    )


def as_kept(turn: Turn, draft: Draft) -> Turn:
    """The turn as if the agenda's page had been sent, as it was last."""
    return turn.again(turn.verb, **draft.form)


def _step(plan: Plan, turn: Turn) -> Step | None:
    id = turn.text("step")
    return next((place.step for place in plan.places if place.step.id == id and place.step.prompts), None)
