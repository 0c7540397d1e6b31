"""Which answers count, and which are about something that is asked about no more. Pure; it drops nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workshop.model import MINIMUM, Answer, Workshop, case_items_key
from workshop.plan import Item, Prompt, Text
from workshop.prompts import kind_of


@dataclass(frozen=True, slots=True)
class Gone:
    """Something that was asked about and is no more, and how many people's answers are about it. `label` is nothing
    where it is not for everybody to see (any more)."""

    label: Text | None
    people: int


def about(prompt: Prompt, answer: Answer) -> frozenset[str]:
    """The keys of the items that an answer says something about."""
    said = getattr(kind_of(prompt), "about", None)
    return frozenset(said(answer.value)) if said is not None else frozenset()


def standing(w: Workshop, prompt: Prompt, answers: Iterable[Answer]) -> Sequence[Answer]:
    """The answers that count, in the order given: of each author the last one (in each case), unless nothing that it
    is about is asked about any more. Words of their own count always."""
    given = list(answers)
    if not kind_of(prompt).takes_items or not given:
        return given
    last: dict[tuple[str, str], int] = {}
    for answer in given:
        who = answer.author, answer.case
        last[who] = max(last.get(who, 0), answer.round)
    there: dict[str, set[str]] = {}
    for case in {answer.case for answer in given}:
        name = case_items_key(prompt.id, case) if case else prompt.id
        there[case] = {item.key for item in w.items.get(name, ())}
    return [
        answer
        for answer in given
        if answer.round == last[answer.author, answer.case] and _counts(prompt, answer, there[answer.case])
    ]


def _counts(prompt: Prompt, answer: Answer, there: set[str]) -> bool:
    keys = about(prompt, answer)
    return not keys or not keys.isdisjoint(there) or bool(kind_of(prompt).entries(prompt, answer))


def gone(w: Workshop, prompt: Prompt, name: str, answers: Sequence[Answer]) -> tuple[Gone, ...]:
    """What the answers (of every round) are about that is asked about no more, by the name that the items are kept
    under. Of an anonymous prompt nothing below the minimum."""
    found = []
    everybody: set[str] = set()
    for item in w.gone.get(name, ()):
        people = {answer.author for answer in answers if item.key in about(prompt, answer)}
        if people:
            everybody |= people
            found.append(Gone(item.label if _seen(w, item) else None, len(people)))
    return () if prompt.anonymous and len(everybody) < MINIMUM else tuple(found)


def _seen(w: Workshop, item: Item) -> bool:
    return not item.entries or not w.hidden.issuperset(item.entries)
