"""The form of a step as one person gets it: what is asked of them, what stands in its fields, what it quotes. It
records nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dialogs.turn import Kolbot, Turn
from dialogs.voices import answers_it, gave, name_of, spoken
from dialogs.whereabouts import me
from workshop.brought import Promise
from workshop.cycle import asked
from workshop.model import Answer, Case, Workshop
from workshop.plan import COMMITMENTS, Place, Prompt
from workshop.prompts import kind_of
from workshop.refusals import Problem
from workshop.spokespeople import record_of
from workshop.translating import in_all_languages
from workshop.views import AnswerForm, PromptForm, Recorded

KEPT = 20_000
"""Code points of a field that a refused form gives back: far above any limit, far below what a dialog holds."""


async def form_of(
    turn: Turn,
    kolbot: Kolbot,
    workshop: Workshop,
    place: Place,
    given: Mapping[str, Mapping[str, str]],
    before: Mapping[str, str],
    answers: Mapping[str, Answer] | None,
    problems: tuple[Problem, ...] = (),
) -> AnswerForm:
    """The form with these fields. `answers`: what is stored, where that was read already."""
    who, of_group = turn.who.id, any(prompt.per_group for prompt in place.step.prompts)
    forms = await _forms(turn, kolbot, workshop, place, given, before, problems)
    if of_group and answers is None:
        answers = await mine(turn, kolbot, workshop, place)
    there = answers or {}
    group = workshop.voice(who) if of_group else ""
    return AnswerForm(
        workshop,
        place,
        me(turn, workshop),
        tuple(spoken(workshop, form, there.get(form.prompt.id), who) for form in forms),
        answered=gave(workshop, place, there, who),
        case=case_of(workshop, place, who),
        group=group,
        seen=len(record_of(workshop, group)) if group else 0,
    )


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
    person = turn.who.id
    prompts = asked(workshop, place, person)
    quoted = await _quoted(kolbot, workshop, prompts, person)
    return tuple(
        PromptForm(
            prompt,
            in_all_languages(workshop, workshop.shown_items(prompt.id, person)),
            {part: words[:KEPT] for part, words in given[prompt.id].items()},
            tuple(problem for problem in problems if problem.prompt == prompt.id),
            before.get(prompt.id, ""),
            tuple(recorded for id in prompt.quotes for recorded in quoted.get(id, ())),
            _promises(workshop, prompt, person),
        )
        for prompt in prompts
    )


def _promises(workshop: Workshop, prompt: Prompt, person: str) -> tuple[Promise, ...]:
    """The person's own commitments of the earlier cycle, where the prompt quotes them."""
    if COMMITMENTS not in prompt.quotes or workshop.brought is None:
        return ()
    return workshop.brought.promises.get(person, ())


def _cases_of(workshop: Workshop, place: Place) -> Sequence[Case | None]:
    """Each case that a step has been open for; nothing, once, for a step of no case."""
    return workshop.cases_at(place.number) if place.step.case else (None,)


async def _quoted(
    kolbot: Kolbot, workshop: Workshop, prompts: Sequence[Prompt], person: str
) -> Mapping[str, Sequence[Recorded]]:
    """What this person (or their group) gave to the prompts that these quote, by prompt; in each case that there was,
    one after the other."""
    quoted = dict.fromkeys(id for prompt in prompts for id in prompt.quotes if id in workshop.plan.prompts)
    wanted = {
        (id, author, case.key if case else ""): case
        for id in quoted
        for case in _cases_of(workshop, workshop.plan.place_of[id])
        if (author := workshop.author(id, person, case.key if case else "")) is not None
    }
    answers = await kolbot.reader.given(workshop.id, list(wanted)) if wanted else {}
    found: dict[str, list[Recorded]] = {}
    for (id, author, key), case in wanted.items():
        answer = answers.get((id, author, key))
        if answer is not None:
            prompt = workshop.plan.prompts[id]
            items = workshop.items_in(id, key) if case else workshop.shown_items(id, person)
            items = in_all_languages(workshop, items)
            recorded = Recorded(prompt, items, answer.value, case, name_of(workshop, prompt, person))
            found.setdefault(id, []).append(recorded)
    return found


async def mine(turn: Turn, kolbot: Kolbot, workshop: Workshop, place: Place) -> Mapping[str, Answer]:
    """What is stored of this person (or their group) of a step; of one of a case, in the case that they are at."""
    case = case_of(workshop, place, turn.who.id)
    key = case.key if case else ""
    authors = {prompt.id: workshop.author(prompt.id, turn.who.id, key) for prompt in place.step.prompts}
    known = {prompt: author for prompt, author in authors.items() if author is not None}
    return await kolbot.reader.mine(workshop.id, known, dict.fromkeys(known, key))


async def before_of(turn: Turn, kolbot: Kolbot, workshop: Workshop, place: Place) -> Mapping[str, str]:
    """What the person gave to the prompts that the step's ask again, by the id of the one that asks again."""
    authors = {prompt.again: workshop.author(prompt.id, turn.who.id) for prompt in place.step.prompts if prompt.again}
    known = {prompt: author for prompt, author in authors.items() if author is not None}
    answers = await kolbot.reader.mine(workshop.id, known) if known else {}
    return {
        prompt.id: _refill(workshop.plan.prompts[prompt.again], answers).get("", "")
        for prompt in place.step.prompts
        if prompt.again in answers
    }


def filled(
    workshop: Workshop, place: Place, answers: Mapping[str, Answer], person: str
) -> Mapping[str, Mapping[str, str]]:
    """What the fields of a form begin with: what is stored, if it is this person's to change."""
    return {p.id: _refill(p, answers) if answers_it(workshop, p, person) else {} for p in place.step.prompts}


def _refill(prompt: Prompt, answers: Mapping[str, Answer]) -> Mapping[str, str]:
    answer = answers.get(prompt.id)
    return kind_of(prompt).unparse(prompt, answer.value) if answer else {}


def case_of(workshop: Workshop, place: Place, person: str) -> Case | None:
    """The case that a step is about for this person."""
    return workshop.case_for(person) if place.step.case else None
