"""What comes next: the step that Next opens, for all or for one group, or who has to be asked first. Pure."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace

from workshop.counting import standing
from workshop.cycle import Answers, Items, TooMany, items_at, outcome
from workshop.model import MINIMUM, Case, Consent, Group, Status, Workshop, items_key
from workshop.pace import along, cases_of
from workshop.plan import Item, Place, Prompt
from workshop.prompts import kind_of


@dataclass(frozen=True, slots=True)
class Proposal:
    """Cases come next: their owners have to be asked first."""

    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """What comes next for a group is made of what all groups give: it waits for them."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What opening the next step means: its number (None where nothing is left), items, the steps passed over, and
    which case each group is at."""

    number: int | None
    items: Mapping[str, tuple[Item, ...]]
    skipped: tuple[int, ...] = ()
    case_round: int = 0


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


def coming(
    workshop: Workshop, answers: Answers, alone: Group | None = None
) -> Opening | TooMany | Proposal | Together:
    """What Next leads to, for all or (in its own view) for one group: the next case, the next step, a pick, or that
    owners are asked."""
    block = workshop.plan.case_places
    if workshop.place in block[-1:]:
        another = replace(workshop, case_round=workshop.case_round + 1)
        if cases_of(another, block[0].number, alone):
            return opening(another, block[0].number, answers, alone)
    return opening(workshop, workshop.at + 1, answers, alone)


def opening(
    workshop: Workshop, number: int, answers: Answers, alone: Group | None = None
) -> Opening | TooMany | Proposal | Together:
    """The first step from `number` on that has something to ask, with its items; or the vote that needs a pick; or the
    cases whose owners have to be asked. For a group `alone` only within the steps where it may go at its own pace."""
    skipped: list[int] = []
    first = next((place.number for place in workshop.plan.case_places), -1)
    begun = any(first in course.opened for course in (workshop.main, *workshop.courses.values()))
    end = workshop.plan.block_of(workshop.at).stop if alone else None
    for place in workshop.plan.places[number:end]:
        if place.number == first and not begun:
            proposed = proposal(workshop, answers)
            if {case.key for case in proposed} != {case.key for case in workshop.cases}:
                return Proposal(proposed)
        if place.step.case and not cases_of(workshop, place.number, alone):
            skipped.append(place.number)
            continue
        if alone and _takes_of_all(workshop, place):
            return Together()
        items: Items = {}
        for prompt in place.step.prompts:
            if kind_of(prompt).takes_items:
                found = items_at(workshop, place, prompt, answers, _opens(workshop, place.number, alone), alone)
                if isinstance(found, TooMany):
                    return found
                items |= found
        asks = [kind_of(prompt).asks(prompt, _asked(workshop, prompt, items, alone)) for prompt in place.step.prompts]
        if asks and not any(asks):
            skipped.append(place.number)
            continue
        return Opening(place.number, items, tuple(skipped), workshop.case_round)
    return Opening(None, {}, tuple(skipped))


def may_come(workshop: Workshop, answers: Answers, follows: object) -> tuple[Place, int] | None:
    """The first step that Next would pass over now, and that the step that is open could still give something to ask
    about; with how many answers it needs for that, where they are anonymous and too few."""
    takes = workshop.status in (Status.OPEN, Status.PAUSED)
    if not isinstance(follows, Opening) or workshop.place is None or not takes:
        return None
    here = {prompt.id: prompt for prompt in workshop.place.step.prompts}
    for place in (workshop.plan.places[number] for number in follows.skipped):
        asked = [prompt.source.prompt for prompt in place.step.prompts if prompt.source]
        sources = [here[name] for name in asked if name in here]
        if sources and not place.step.case:
            given = {one.id: len(standing(workshop, one, answers.get(one.id, ()))) for one in sources if one.anonymous}
            return place, MINIMUM if any(many < MINIMUM for many in given.values()) else 0
    return None


def again(
    workshop: Workshop, number: int, case_round: int, answers: Answers, alone: Group | None = None
) -> Opening:
    """The same step once more: about what is there now. What gives nothing now, or too much without a pick, is asked
    about what it was."""
    place, items, there = workshop.plan.places[number], Items(), replace(workshop, case_round=case_round)
    for prompt in place.step.prompts:
        if prompt.source is not None:
            found = items_at(there, place, prompt, answers, _opens(there, number, alone), alone)
            if not isinstance(found, TooMany) and found.get(prompt.id):
                items |= found
    return Opening(number, items, case_round=case_round)


def _opens(workshop: Workshop, number: int, alone: Group | None) -> frozenset[int]:
    """The groups that a step opens for."""
    return frozenset({alone.number}) if alone else along(workshop, number)


def _asked(workshop: Workshop, prompt: Prompt, items: Items, alone: Group | None) -> tuple[Item, ...]:
    """What a prompt would ask about, of all or of the group that is alone."""
    of_all = items.get(prompt.id, workshop.items.get(prompt.id, ()) if alone else ())
    return items.get(items_key(prompt.id, alone.number), of_all) if alone else of_all


def _takes_of_all(workshop: Workshop, place: Place) -> bool:
    """Whether a step asks about what is anonymous, or anonymously, and was given in steps that others may be at yet:
    that is told apart by no group, so it has to be whole first."""
    if place.number in workshop.main.opened:
        return False
    block = workshop.plan.block_of(place.number)
    prompts = workshop.plan.prompts
    return any(
        prompt.source is not None
        and prompt.source.prompt in prompts
        and workshop.plan.place_of[prompt.source.prompt].number in block
        and (prompt.anonymous or prompts[prompt.source.prompt].anonymous)
        for prompt in place.step.prompts
    )


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
