"""From one stage to the next: what a group produced in one step becomes what a later prompt asks about. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from workshop.brought import Brought
from workshop.cases import is_asked
from workshop.counting import standing
from workshop.keys import items_key_of
from workshop.model import MINIMUM, Answer, Case, Group, Workshop, case_items_key, items_key
from workshop.pace import cases_of
from workshop.plan import PRACTICES, SEEDED, Item, Place, Prompt, Source
from workshop.practices import items_of_practices
from workshop.prompts import kind_of
from workshop.prompts.kind import ITEMS_LIMIT
from workshop.spokespeople import authors_of
from workshop.strongest import strongest as strongest
from workshop.theming import carried, themes_among

Items = dict[str, tuple[Item, ...]]
"""By the name that they are kept under: of everybody, of a group, of a case."""

Answers = Mapping[str, Sequence[Answer]]
"""Answers by prompt id."""


@dataclass(frozen=True, slots=True)
class TooMany:
    """More candidates than a vote takes: the facilitator has to pick."""

    prompt: str
    candidates: tuple[Item, ...]
    case: str = ""
    """The case (its key) that has too many."""


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
    brought = (workshop.brought or Brought("")).of(source)
    return tuple(item for item in brought if not workshop.hidden.issuperset(item.entries))


def items_of(
    workshop: Workshop, prompt: Prompt, answers: Answers, group: Group | None = None, case: str = ""
) -> tuple[Item, ...] | TooMany:
    """What the prompt will ask about (one group, or in one case) if its step opens now."""
    found = candidates(workshop, prompt, answers, group)
    picked = set(workshop.picked.get(items_key_of(prompt.id, case), ()))
    if chosen := tuple(item for item in found if item.key in picked):
        return chosen
    return found if len(found) <= ITEMS_LIMIT else TooMany(prompt.id, found, case)


def items_at(
    workshop: Workshop, place: Place, prompt: Prompt, answers: Answers, opens: frozenset[int], alone: Group | None
) -> Items | TooMany:
    """The items of a prompt, by the name they are kept under: of everybody, and where the step is one in groups, of
    each group that `opens` it (numbers; perhaps one `alone`), while the others keep theirs; then those of everybody are
    the groups' together, and no group's are too many because of another's."""
    if place.step.case:
        return _items_of_cases(workshop, place, prompt, answers, alone)
    # What is asked anonymously is asked of all about all: items of a small group would tell whose the votes are.
    groups = workshop.groups if place.step.in_groups and prompt.source and not prompt.anonymous else ()
    if not groups:
        if alone and place.number in workshop.main.opened:
            return {}  # they stand: others are being asked about them
        found = items_of(workshop, prompt, answers)
        return found if isinstance(found, TooMany) else {prompt.id: found}
    keys = {items_key(prompt.id, group.number): group for group in groups}
    own = {key: workshop.items[key] for key in keys if key in workshop.items and keys[key].number not in opens}
    for key, group in keys.items():
        if group.number in opens:
            items = items_of(workshop, prompt, answers, group)
            if isinstance(items, TooMany):
                return TooMany(prompt.id, candidates(workshop, prompt, answers))
            own[key] = items
    return {prompt.id: _together(own.values()), **own}


def _items_of_cases(
    workshop: Workshop, place: Place, prompt: Prompt, answers: Answers, alone: Group | None
) -> Items | TooMany:
    """As `items_at`, of each case: what was given in the same case, or before the cases by the same group."""
    own: Items = {}
    for case in cases_of(workshop, place.number, alone):
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
    workshop: Workshop, place: Place, prompt: Prompt, answers: Answers, group: int = 0, case: Case | None = None
) -> Items | TooMany:
    """What a prompt would ask about if its step opened now, by the names that items are kept under: of those who go
    together, or of a group at its own pace; of a case, only what it would ask in this one."""
    if case is None:
        alone = next((one for one in workshop.groups if one.number == group and group in workshop.courses), None)
        together = frozenset(one.number for one in workshop.groups if one.number not in workshop.courses)
        return items_at(workshop, place, prompt, answers, frozenset({group}) if alone else together, alone)
    found = _items_of_case(workshop, prompt, answers, case)
    return found if isinstance(found, TooMany) else {case_items_key(prompt.id, case.key): found}


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


def asked(workshop: Workshop, place: Place, person: str = "") -> tuple[Prompt, ...]:
    """The prompts of a step that there is anything to answer to (for this person)."""
    return tuple([prompt for prompt, _ in asked_about(workshop, place, person)])


def asked_about(workshop: Workshop, place: Place, person: str = "") -> Sequence[tuple[Prompt, tuple[Item, ...]]]:
    """The same, each with what it asks about."""
    return [
        (prompt, items)
        for prompt in place.step.prompts
        if (not person or is_asked(workshop, prompt, person))
        and kind_of(prompt).asks(prompt, items := workshop.shown_items(prompt.id, person))
    ]
