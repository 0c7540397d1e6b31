"""What was built on something that has changed since: which steps, and on what. Pure; it changes nothing."""

from __future__ import annotations

from workshop.cycle import Answers, TooMany, as_of_now, outcome
from workshop.model import Case, Workshop, case_items_key, items_key
from workshop.plan import Item, Place, Plan, Prompt
from workshop.prompts.kind import fold


def changed(w: Workshop, prompt: Prompt, answers: Answers, group: int = 0, case: Case | None = None) -> str:
    """The prompt (or `PRACTICES`) whose outcome is not any more what this one asked about: of everybody, of one group,
    or in a case; "" where it is, and where nothing was asked yet. Answers that changed count, and those that were
    withdrawn or hidden; how strong an item is does not."""
    place = w.plan.place_of[prompt.id]
    if place.number not in w.opened:
        return ""
    if case is not None and (of := _case_changed(w, place, answers, case)):
        return of
    if prompt.source is None:
        return ""
    own = items_key(prompt.id, group)
    name = case_items_key(prompt.id, case.key) if case else own if group and own in w.items else prompt.id
    now = as_of_now(w, place, prompt, answers, group, case)
    same = not isinstance(now, TooMany) and _said(now.get(name, ())) == _said(w.items.get(name, ()))
    return "" if same else prompt.source.prompt


def _case_changed(w: Workshop, place: Place, answers: Answers, case: Case) -> str:
    """The prompt in which the obstacle of a case is found no more: where it was written, or where it came first."""
    cases = place.stage.cases
    assert cases is not None, "a step of a case stands in a stage that has cases"
    group = next((group for group in w.groups if group.number == case.group), None)
    for id in (w.plan.case_root, cases.source.prompt):
        if all(item.key != case.key for item in outcome(w, id, answers, group)):
            return id
    return ""


def _said(items: tuple[Item, ...]) -> set[tuple[str, str]]:
    """Items by what they are and how they are called: a theme can have another name."""
    return {(item.key, fold(next(iter(item.label.values()), ""))) for item in items}


def built_on(w: Workshop, number: int) -> tuple[Place, ...]:
    """The steps after this one that were open already and take something from it, directly or by one between."""
    prompts = {prompt.id for prompt in w.plan.places[number].step.prompts}
    found = []
    for place in w.plan.places[number + 1 :]:
        if not prompts.isdisjoint(_takes_from(w.plan, place)):
            prompts |= {prompt.id for prompt in place.step.prompts}
            if place.number in w.opened:
                found.append(place)
    return tuple(found)


def _takes_from(plan: Plan, place: Place) -> set[str]:
    taken = {prompt.source.prompt for prompt in place.step.prompts if prompt.source}
    taken |= {id for prompt in place.step.prompts for id in (*prompt.quotes, prompt.again)}
    if place.step.case and place.stage.cases is not None:
        taken |= {place.stage.cases.source.prompt, plan.case_root}
    return taken
