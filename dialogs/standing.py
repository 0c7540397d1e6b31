"""Who of which group has answered its step: the figures of the consoles. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterable

from workshop.counting import standing as counting
from workshop.model import Answer, Status, Workshop
from workshop.tally import by_prompt
from workshop.upcoming import Opening
from workshop.views import Standing


def authors_of(view: Workshop, answers: Iterable[Answer], case: str = "") -> frozenset[str]:
    """Who has answered the step that is on in this view, with anything that counts, in this case where it is one of a
    case."""
    step, given = view.place.step if view.place else None, by_prompt(answers)
    about = case if step and step.case else ""
    return frozenset(
        answer.author
        for prompt in (step.prompts if step else ())
        for answer in counting(view, prompt, given.get(prompt.id, ()))
        if about in ("", answer.case)
    )


def asks_people(view: Workshop) -> bool:
    """Whether any prompt of the step asks each person, and not one for the whole group; or nothing asks anybody."""
    prompts = view.place.step.prompts if view.place else ()
    return not prompts or any(not prompt.per_group for prompt in prompts)


def is_nameless(view: Workshop) -> bool:
    """Whether it stays unknown who has answered."""
    return view.place is None or any(prompt.anonymous for prompt in view.place.step.prompts)


def standing(w: Workshop, number: int, answers: Iterable[Answer]) -> Standing:
    """Where a group is, and how many of it have answered there."""
    view = w.for_group(number)
    members = next((group.members for group in w.groups if group.number == number), ())
    known = view.place is not None and not view.place.step.is_break and not is_nameless(view)
    answered = len(_answered(view, members, answers)) if known else None
    return Standing(number, view, answered, len(members))


def silent_in(w: Workshop, number: int, answers: Iterable[Answer]) -> tuple[str, ...] | None:
    """The names of those of a group who have not answered; nothing where a prompt of its step is anonymous."""
    view = w.for_group(number)
    if is_nameless(view):
        return None
    members = next((group.members for group in w.groups if group.number == number), ())
    there = _answered(view, members, answers)
    return tuple(w.people[person].name for person in members if person not in there)


def _answered(view: Workshop, members: tuple[str, ...], answers: Iterable[Answer]) -> frozenset[str]:
    case = view.case_for(members[0]) if members else None
    return authors_of(view, answers, case.key if case else "").intersection(members)


def apart(w: Workshop, answers: Iterable[Answer]) -> tuple[Standing, ...]:
    """Where every group is; nothing while all go together."""
    given = tuple(answers)
    return tuple(standing(w, group.number, given) for group in w.groups) if w.courses else ()


def cut_off(w: Workshop, follows: object) -> tuple[int, ...]:
    """The groups whose own way would end, before they are through, if all went on to what follows."""
    block = w.plan.block_of(w.at)
    if not isinstance(follows, Opening) or follows.number in block:
        return ()
    return tuple(number for number in sorted(w.courses) if not _is_through(w.for_group(number), block.stop - 1))


def _is_through(view: Workshop, last: int) -> bool:
    """Whether a group is done with the last step of its own way, and with its last case."""
    more = view.plan.places[last].step.case and len(view.queue_of(view.seen_by)) > view.case_round + 1
    return view.at == last and view.status is Status.CLOSED and not more
