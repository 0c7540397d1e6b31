"""From one stage to the next: what a group produced in one step becomes what a later prompt asks about. Pure."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from workshop.brought import Brought
from workshop.cases import is_asked
from workshop.counting import standing
from workshop.keys import items_key_of
from workshop.model import MINIMUM, Answer, Case, Consent, Group, Workshop, case_items_key, items_key
from workshop.plan import COMMITMENTS, PRACTICES, SEEDED, Item, Place, Prompt, Source
from workshop.practices import items_of_practices
from workshop.prompts import kind_of
from workshop.prompts.kind import ITEMS_LIMIT
from workshop.spokespeople import authors_of
from workshop.strongest import strongest as strongest
from workshop.theming import carried, themes_among

Answers = Mapping[str, Sequence[Answer]]
"""Answers by prompt id."""


@dataclass(frozen=True, slots=True)
class TooMany:
    """More candidates than a vote takes: the facilitator has to pick."""

    prompt: str
    candidates: tuple[Item, ...]
    case: str = ""
    """The case (its key) that has too many."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Cases come next: their owners have to be asked first."""

    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """What opening the next step means: its number (None where nothing is left), items, the steps passed over, and
    which case each group is at."""

    number: int | None
    items: Mapping[str, tuple[Item, ...]]
    skipped: tuple[int, ...] = ()
    case_round: int = 0


def outcome(
    workshop: Workshop, prompt_id: str, answers: Answers, group: Group | None = None
) -> tuple[Item, ...]:
    """What a prompt gave, the strongest first: to everybody, or to one group. Anonymous answers give nothing below the
    minimum, and come in the order of their pseudonyms: the order of arrival would tell who wrote first. Nobody knows
    whose they are, so they are every group's."""
    prompt = workshop.plan.prompts[prompt_id]
    given = standing(workshop, prompt, answers.get(prompt_id, ()))
    if prompt.anonymous:
        given = sorted(given, key=lambda answer: answer.author) if len(given) >= MINIMUM else ()
    elif group is not None:
        theirs = authors_of(workshop, prompt, group)
        given = [answer for answer in given if answer.author in theirs]
    return carried(workshop, prompt, workshop.shown_items(prompt_id), given, unseen(workshop, prompt, given))


def unseen(workshop: Workshop, prompt: Prompt, answers: Iterable[Answer]) -> frozenset[str]:
    """The entries that others must not see: hidden by a moderator, or not let through by one yet."""
    if not prompt.moderated:
        return workshop.hidden
    kind = kind_of(prompt)
    given = {entry for answer in answers for entry, _ in kind.entries(prompt, answer)}
    return workshop.hidden | (given - workshop.approved)


def candidates(
    workshop: Workshop, prompt: Prompt, answers: Answers, group: Group | None = None
) -> tuple[Item, ...]:
    """What the prompt could ask about: the template's options, or what its source gave (to one group)."""
    if prompt.source is None:
        options: tuple[Item, ...] = getattr(prompt.rules, "options", ())
        return options
    if prompt.source.prompt in SEEDED and prompt.source.prompt not in workshop.plan.prompts:
        return _seeded(workshop, prompt.source.prompt)[: prompt.source.top]
    found = outcome(workshop, prompt.source.prompt, answers, group)
    return strongest(found, prompt.source.top, themes_among(workshop, prompt.source.prompt, found))


def _seeded(workshop: Workshop, source: str) -> tuple[Item, ...]:
    """What was there before the first question."""
    if source == PRACTICES:
        return items_of_practices(workshop)
    brought = workshop.brought or Brought("")
    return brought.commitments if source == COMMITMENTS else brought.questions


def items_of(
    workshop: Workshop, prompt: Prompt, answers: Answers, group: Group | None = None, case: str = ""
) -> tuple[Item, ...] | TooMany:
    """What the prompt will ask about (one group, or in one case) if its step opens now."""
    found = candidates(workshop, prompt, answers, group)
    picked = set(workshop.picked.get(items_key_of(prompt.id, case), ()))
    if chosen := tuple(item for item in found if item.key in picked):
        return chosen
    return found if len(found) <= ITEMS_LIMIT else TooMany(prompt.id, found, case)


def _items(workshop: Workshop, place: Place, prompt: Prompt, answers: Answers) -> dict[str, tuple[Item, ...]] | TooMany:
    """The items of a prompt, by the name they are kept under: of everybody, and where the step is one in groups, of
    each group; then those of everybody are the groups' together, and no group's are too many because of another's."""
    if place.step.case:
        return _items_of_cases(workshop, prompt, answers)
    # What is asked anonymously is asked of all about all: items of a small group would tell whose the votes are.
    groups = workshop.groups if place.step.in_groups and prompt.source and not prompt.anonymous else ()
    if not groups:
        found = items_of(workshop, prompt, answers)
        return found if isinstance(found, TooMany) else {prompt.id: found}
    own: dict[str, tuple[Item, ...]] = {}
    for group in groups:
        items = items_of(workshop, prompt, answers, group)
        if isinstance(items, TooMany):
            return TooMany(prompt.id, candidates(workshop, prompt, answers))
        own[items_key(prompt.id, group.number)] = items
    return {prompt.id: _together(own.values()), **own}


def _items_of_cases(workshop: Workshop, prompt: Prompt, answers: Answers) -> dict[str, tuple[Item, ...]] | TooMany:
    """As `_items`, of each case: what was given in the same case, or before the cases by the same group."""
    own: dict[str, tuple[Item, ...]] = {}
    for case in workshop.cases_now:
        items = _items_of_case(workshop, prompt, answers, case)
        if isinstance(items, TooMany):
            return items
        own[case_items_key(prompt.id, case.key)] = items
    before = [items for key, items in workshop.items.items() if key.startswith(f"{prompt.id}#") and key not in own]
    return {prompt.id: _together([*before, *own.values()]), **own}


def _items_of_case(workshop: Workshop, prompt: Prompt, answers: Answers, case: Case) -> tuple[Item, ...] | TooMany:
    given, group = given_in(workshop, prompt, case, answers)
    return items_of(workshop, prompt, given, group, case.key)


def given_in(workshop: Workshop, prompt: Prompt, case: Case, answers: Answers) -> tuple[Answers, Group | None]:
    """What a prompt of a case builds on, and whose that is: what was given in the same case, or before the cases by the
    case's group."""
    if prompt.source and _asked_in_case(workshop, prompt.source):
        id = prompt.source.prompt
        return {id: [answer for answer in answers.get(id, ()) if answer.case == case.key]}, None
    return answers, next((group for group in workshop.groups if group.number == case.group), None)


def _asked_in_case(workshop: Workshop, source: Source) -> bool:
    return source.prompt in workshop.plan.place_of and workshop.plan.place_of[source.prompt].step.case


def as_of_now(
    workshop: Workshop, place: Place, prompt: Prompt, answers: Answers, case: Case | None = None
) -> dict[str, tuple[Item, ...]] | TooMany:
    """What a prompt would ask about if its step opened now, by the names that items are kept under; of a case, only
    what it would ask in this one."""
    if case is None:
        return _items(workshop, place, prompt, answers)
    found = _items_of_case(workshop, prompt, answers, case)
    return found if isinstance(found, TooMany) else {case_items_key(prompt.id, case.key): found}


def again(workshop: Workshop, number: int, case_round: int, answers: Answers) -> Opening:
    """The same step once more: about what is there now. What gives nothing now, or too much without a pick, is asked
    about what it was."""
    place, items = workshop.plan.places[number], dict[str, tuple[Item, ...]]()
    there = replace(workshop, case_round=case_round)
    for prompt in place.step.prompts:
        if prompt.source is not None:
            found = _items(there, place, prompt, answers)
            if not isinstance(found, TooMany) and found[prompt.id]:
                items |= found
    return Opening(number, items, case_round=case_round)


def _together(many: Iterable[tuple[Item, ...]]) -> tuple[Item, ...]:
    found: dict[str, Item] = {}
    for item in chain.from_iterable(many):
        before = found.get(item.key)
        found[item.key] = _joined(before, item) if before else item
    return tuple(sorted(found.values(), key=lambda item: -item.weight))


def _joined(one: Item, other: Item) -> Item:
    """The same item of two groups; what everybody wrote without a name is in both, and counts once."""
    if one.entries and one.entries == other.entries:
        return one
    return replace(one, weight=one.weight + other.weight, entries=(*one.entries, *other.entries))


def proposal(workshop: Workshop, answers: Answers) -> tuple[Case, ...]:
    """The cases that come of what was given, the strongest obstacle first; what their owners said already counts. An
    owner is whoever wrote the obstacle first; nobody has two cases."""
    place = workshop.plan.case_places[0]
    cases = place.stage.cases
    assert cases is not None, "a template with case steps says what they are about"
    root = workshop.plan.prompts[workshop.plan.case_root]
    wrote = {
        entry: answer.author for answer in answers.get(root.id, ()) for entry, _ in kind_of(root).entries(root, answer)
    }
    known = {case.key: case for case in workshop.cases}
    found: dict[str, Case] = {}
    for group in (workshop.groups if place.step.in_groups else ()) or (None,):
        owners: set[str] = set()
        for item in outcome(workshop, cases.source.prompt, answers, group):
            owner = next((wrote[entry] for entry in item.entries if wrote.get(entry, "") in _of(workshop, group)), "")
            if not owner or owner in owners or item.key in found or len(owners) == cases.most:
                continue
            owners.add(owner)
            before = known.get(item.key)
            consent = before.consent if before and before.owner == owner else Consent.ASKED
            found[item.key] = Case(item.key, item.label, owner, group.number if group else 0, consent)
    return tuple(found.values())


def _of(workshop: Workshop, group: Group | None) -> Container[str]:
    return group.members if group else workshop.people


def coming(workshop: Workshop, answers: Answers) -> Opening | TooMany | Proposal:
    """What Next leads to: the next case, the next step, a pick, or that owners are asked."""
    block = workshop.plan.case_places
    if workshop.place in block[-1:] and workshop.case_round + 1 < workshop.case_rounds:
        another = replace(workshop, case_round=workshop.case_round + 1)
        return opening(another, block[0].number, answers)
    return opening(workshop, workshop.at + 1, answers)


def opening(workshop: Workshop, number: int, answers: Answers) -> Opening | TooMany | Proposal:
    """The first step from `number` on that has something to ask, with its items; or the vote that needs a pick; or the
    cases whose owners have to be asked."""
    skipped: list[int] = []
    first = next((place.number for place in workshop.plan.case_places), -1)
    for place in workshop.plan.places[number:]:
        if place.number == first and first not in workshop.opened:
            proposed = proposal(workshop, answers)
            if {case.key for case in proposed} != {case.key for case in workshop.cases}:
                return Proposal(proposed)
        if place.step.case and not workshop.cases_now:
            skipped.append(place.number)
            continue
        items: dict[str, tuple[Item, ...]] = {}
        for prompt in place.step.prompts:
            if kind_of(prompt).takes_items:
                found = _items(workshop, place, prompt, answers)
                if isinstance(found, TooMany):
                    return found
                items |= found
        asks = [kind_of(prompt).asks(prompt, items.get(prompt.id, ())) for prompt in place.step.prompts]
        if asks and not any(asks):
            skipped.append(place.number)
            continue
        return Opening(place.number, items, tuple(skipped), workshop.case_round)
    return Opening(None, {}, tuple(skipped))


def sources_from(workshop: Workshop, number: int) -> frozenset[str]:
    """The prompts whose answers `opening` may look at: those that the step, and the ones after it that could be
    reached by passing over, carry over from."""
    needed: set[str] = set()
    block = workshop.plan.case_places
    if workshop.place in block:  # the next case may begin
        needed |= {prompt.source.prompt for place in block for prompt in place.step.prompts if prompt.source}
    for place in workshop.plan.places[max(number, 0) :]:
        needed |= {prompt.source.prompt for prompt in place.step.prompts if prompt.source}
        if place in block and place.stage.cases:
            needed |= {place.stage.cases.source.prompt, workshop.plan.case_root}
            continue  # a case may be passed over
        if place.step.is_break or any(kind_of(prompt).asks(prompt, ()) for prompt in place.step.prompts):
            break
    return frozenset(needed)


def sources_up_to(workshop: Workshop, number: int) -> frozenset[str]:
    """The prompts whose answers `again` may look at for any step up to this one."""
    places = workshop.plan.places[: number + 1]
    return frozenset(prompt.source.prompt for place in places for prompt in place.step.prompts if prompt.source)


def asked(workshop: Workshop, place: Place, person: str = "") -> tuple[Prompt, ...]:
    """The prompts of a step that there is anything to answer to (for this person)."""
    return tuple(
        prompt
        for prompt in place.step.prompts
        if (not person or is_asked(workshop, prompt, person))
        and kind_of(prompt).asks(prompt, workshop.shown_items(prompt.id, person))
    )
