"""Giving an answer, in whatever stage: open the form, record it, show the receipt, give the text back when refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import replace

from dialogs.router import Router
from dialogs.turn import Kolbot, Reply, Show, Tell, Turn, Via
from dialogs.whereabouts import me, of_turn, speaks, unless_done, workshop_here
from workshop import commands as c, events as e
from workshop.answering import takes_answers
from workshop.brought import Promise
from workshop.cycle import asked
from workshop.model import Answer, Case, Status, Workshop
from workshop.plan import COMMITMENTS, Place, Prompt, in_language
from workshop.prompts import kind_of
from workshop.refusals import Problem, Reason, Refused
from workshop.said import Said, Sentence, Spoken
from workshop.service import Done
from workshop.views import AnswerForm, JoinForm, Opener, PromptForm, Receipt, Recorded

FIELD = "a."
"""Inputs of an answer form are named `a.<prompt>.<part>`."""
router = Router()

KEPT = 20_000
"""Code points of a field that a refused form gives back: far above any limit, far below what a dialog holds."""


def fields(prompt: Prompt, data: Mapping[str, object]) -> Mapping[str, str]:
    """The raw fields of one prompt out of a submitted form: part to text."""
    start = f"{FIELD}{prompt.id}."
    return {
        name.removeprefix(start): value
        for name, value in data.items()
        if name.startswith(start) and isinstance(value, str)
    }


@router.on("answer", "change")
async def ask(turn: Turn, kolbot: Kolbot) -> Reply:
    """The form of the step that the button was about, filled with what the person already gave."""
    found = await _step(turn, kolbot)
    if isinstance(found, Tell):
        return found
    workshop, place, language = found
    if turn.via is Via.TYPED:
        return Show(Opener("answer", workshop), language)
    person = me(turn, workshop)
    refused = takes_answers(workshop, place.number, kolbot.workshops.clock())
    if isinstance(refused, Refused) or workshop.status in (Status.FINISHED, Status.CANCELLED):
        return Tell(_now(workshop, refused, language), language)
    if not person.joined:
        return Show(JoinForm(workshop, person, place.number), language)
    answers = await _mine(turn, kolbot, workshop, place)
    given = {prompt.id: _refill(prompt, answers) for prompt in place.step.prompts}
    before = await _before(turn, kolbot, workshop, place)
    forms = await _forms(turn, kolbot, workshop, place, given, before)
    case = _case(workshop, place, turn.who.id)
    return Show(AnswerForm(workshop, place, person, forms, answered=bool(answers), case=case), language)


@router.on("submit")
async def record(turn: Turn, kolbot: Kolbot) -> Reply:
    """Store what was typed, and only then say so; a refusal gives the form back with the text still in it."""
    # What is needed of the workshop before it is locked never changes in it: no reading where it is known.
    known = kolbot.reader.known(turn.text("w")) if turn.number("step") is not None else None
    found = _step_of(turn, of_turn(turn, known))
    if isinstance(found, Tell):
        found = await _step(turn, kolbot)
    if isinstance(found, Tell):
        return found
    workshop, place, _ = found
    given = {prompt.id: fields(prompt, turn.data) for prompt in place.step.prompts}
    outcome = await kolbot.workshops.do(
        c.SubmitAnswers(
            workshop=workshop.id,
            by=turn.who.id,
            name=turn.who.name,
            step=place.number,
            given=given,
            case=turn.text("case"),
        ),
        turn.delivery,
    )
    if isinstance(outcome, Done):
        answers = _given(outcome) if outcome.events else await _mine(turn, kolbot, outcome.workshop, place)
        return Show(_receipt(outcome.workshop, place, answers, turn.who.id), speaks(turn, outcome.workshop))
    again = await _step(turn, kolbot)  # as things are now: the refusal says so
    workshop, place, language = found if isinstance(again, Tell) else again
    problems = outcome.problems if isinstance(outcome, Refused) else ()
    sentence = unless_done(outcome)
    if isinstance(sentence, Refused):
        sentence = _now(workshop, sentence, language)
    sent = turn.data.get("before")
    before = {str(key): str(said)[:KEPT] for key, said in sent.items()} if isinstance(sent, Mapping) else {}
    forms = await _forms(turn, kolbot, workshop, place, given, before, problems)
    case = _case(workshop, place, turn.who.id)
    return Show(AnswerForm(workshop, place, me(turn, workshop), forms, sentence=sentence, case=case), language)


@router.on("withdraw")
async def take_back(turn: Turn, kolbot: Kolbot) -> Reply:
    """Withdraw one's own answers to a step."""
    found = await _step(turn, kolbot)
    if isinstance(found, Tell):
        return found
    workshop, place, language = found
    gave = await _mine(turn, kolbot, workshop, place)
    outcome = await kolbot.workshops.do(
        c.WithdrawAnswers(workshop=workshop.id, by=turn.who.id, step=place.number, case=turn.text("case")),
        turn.delivery,
    )
    if isinstance(outcome, Done) and not gave and not outcome.repeated:
        return Tell(Refused(Reason.NOTHING_TO_WITHDRAW), language)
    return Tell(unless_done(outcome) or Spoken(Said.WITHDRAWN), language)


async def _step(turn: Turn, kolbot: Kolbot) -> tuple[Workshop, Place, str] | Tell:
    """The workshop and step that the button was about; a typed command is about the current step."""
    return _step_of(turn, await workshop_here(turn, kolbot))


def _step_of(turn: Turn, workshop: Workshop | Refused) -> tuple[Workshop, Place, str] | Tell:
    if isinstance(workshop, Refused):
        return Tell(workshop, turn.language)
    language = speaks(turn, workshop)
    number = turn.number("step")
    if number is None:
        number = workshop.at
    if not 0 <= number < len(workshop.plan.places):
        return Tell(_now(workshop, Refused(Reason.STEP_NOT_OPEN_YET), language), language)
    return workshop, workshop.plan.places[number], language


async def _forms(
    turn: Turn,
    kolbot: Kolbot,
    workshop: Workshop,
    place: Place,
    given: Mapping[str, Mapping[str, str]],
    before: Mapping[str, str],
    problems: tuple[Problem, ...] = (),
) -> tuple[PromptForm, ...]:
    """The prompts as they are asked of this person, with what stands in their fields, and above them what the person
    gave to the earlier prompts that they build on."""
    me = turn.who.id
    prompts = asked(workshop, place, me)
    quoted = await _given_to(turn, kolbot, workshop, _quoted_in(workshop, prompts))
    return tuple(
        PromptForm(
            prompt,
            workshop.shown_items(prompt.id, me),
            {part: words[:KEPT] for part, words in given[prompt.id].items()},
            tuple(problem for problem in problems if problem.prompt == prompt.id),
            before.get(prompt.id, ""),
            tuple(
                Recorded(workshop.plan.prompts[id], workshop.shown_items(id, me), quoted[id].value)
                for id in prompt.quotes
                if id in quoted
            ),
            _promises(workshop, prompt, me),
        )
        for prompt in prompts
    )


def _quoted_in(workshop: Workshop, prompts: Iterable[Prompt]) -> set[str]:
    return {id for prompt in prompts for id in prompt.quotes if id in workshop.plan.prompts}


def _promises(workshop: Workshop, prompt: Prompt, person: str) -> tuple[Promise, ...]:
    """The person's own commitments of the earlier cycle, where the prompt quotes them."""
    if COMMITMENTS not in prompt.quotes or workshop.brought is None:
        return ()
    return workshop.brought.promises.get(person, ())


async def _mine(turn: Turn, kolbot: Kolbot, workshop: Workshop, place: Place) -> Mapping[str, Answer]:
    return await _given_to(turn, kolbot, workshop, {prompt.id for prompt in place.step.prompts})


async def _given_to(turn: Turn, kolbot: Kolbot, workshop: Workshop, prompts: Set[str]) -> Mapping[str, Answer]:
    """What this person gave to these prompts; to those of a case, in the case they are at."""
    if not prompts:
        return {}
    case = workshop.case_for(turn.who.id)
    key = case.key if case else ""
    cases = {prompt: key for prompt in prompts if workshop.plan.place_of[prompt].step.case}
    authors = {prompt: workshop.author(prompt, turn.who.id, cases.get(prompt, "")) for prompt in prompts}
    known = {prompt: author for prompt, author in authors.items() if author is not None}
    return await kolbot.reader.mine(workshop.id, known, cases)


async def _before(turn: Turn, kolbot: Kolbot, workshop: Workshop, place: Place) -> Mapping[str, str]:
    """What the person gave to the prompts that the step's ask again, by the id of the one that asks again."""
    authors = {prompt.again: workshop.author(prompt.id, turn.who.id) for prompt in place.step.prompts if prompt.again}
    known = {prompt: author for prompt, author in authors.items() if author is not None}
    answers = await kolbot.reader.mine(workshop.id, known) if known else {}
    return {
        prompt.id: _refill(workshop.plan.prompts[prompt.again], answers).get("", "")
        for prompt in place.step.prompts
        if prompt.again in answers
    }


def _refill(prompt: Prompt, answers: Mapping[str, Answer]) -> Mapping[str, str]:
    answer = answers.get(prompt.id)
    return kind_of(prompt).unparse(prompt, answer.value) if answer else {}


def _given(done: Done) -> Mapping[str, Answer]:
    return {
        event.prompt: Answer(event.prompt, event.author, event.value, event.case)
        for event in done.events
        if isinstance(event, e.AnswerSubmitted)
    }


def _receipt(workshop: Workshop, place: Place, answers: Mapping[str, Answer], person: str) -> Receipt:
    recorded = []
    for prompt in asked(workshop, place, person):
        answer = answers.get(prompt.id)
        recorded.append(Recorded(prompt, workshop.shown_items(prompt.id, person), answer.value if answer else None))
    return Receipt(workshop, place, tuple(recorded), _case(workshop, place, person))


def _case(workshop: Workshop, place: Place, person: str) -> Case | None:
    return workshop.case_for(person) if place.step.case else None


def _now(workshop: Workshop, refused: object, language: str) -> Sentence:
    """The refusal with what is true now: which step is open instead, or that the workshop is over."""
    if not isinstance(refused, Refused) or workshop.status in (Status.FINISHED, Status.CANCELLED):
        return Refused(Reason.NOT_NOW, {"command": "SubmitAnswers", "status": workshop.status})
    here = workshop.place
    open_now = here is not None and workshop.status in (Status.OPEN, Status.PAUSED) and not here.step.is_break
    title = in_language(here.step.title, language, workshop.language) if here and open_now else ""
    return replace(refused, facts={**refused.facts, "open": title})
