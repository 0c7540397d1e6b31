"""From one cycle to the next (Kolb's is a spiral): what a workshop leaves for the one that follows it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from workshop.brought import Brought, Promise
from workshop.counting import standing
from workshop.cycle import Answers, outcome, strongest
from workshop.model import Answer, Workshop
from workshop.plan import COMMITMENTS, QUESTIONS, Item, OutputType
from workshop.prompts import kind_of
from workshop.prompts.commitment import CommitmentKind, commitments

MOST = 200
"""Commitments, and questions, that come along at most: the strongest."""
PROFILE = ("language", "institution", "country", "role", "challenge")
"""What people said of themselves that they need not say again."""


def brought_from(w: Workshop, answers: Answers) -> Brought:
    """What a finished workshop leaves. What is hidden, or waits for a moderator, stays behind; of an anonymous question
    nothing comes along below the minimum, and never whose it was."""
    committed = [prompt for prompt in w.plan.prompts.values() if isinstance(kind_of(prompt), CommitmentKind)]
    shared = [outcome(w, prompt.id, answers) for prompt in committed]
    asked = [output.source for output in w.plan.outputs if output.type is OutputType.QUESTIONS]
    questions = [strongest(outcome(w, source.prompt, answers), source.top) for source in asked]
    promises: dict[str, tuple[Promise, ...]] = {}
    for prompt in committed:
        for answer in () if prompt.anonymous else standing(w, prompt, answers.get(prompt.id, ())):
            promises[answer.author] = (*promises.get(answer.author, ()), *_promised(answer))
    return Brought(
        title=w.title,
        commitments=_from(shared, COMMITMENTS),
        questions=_from(questions, QUESTIONS),
        promises=promises,
        profiles={person.id: {name: getattr(person, name) for name in PROFILE} for person in w.joined},
        together=w.together,
        apart=w.apart,
    )


def _promised(answer: Answer) -> Iterable[Promise]:
    return (Promise(one.what, one.by.isoformat(), one.with_whom, one.sign) for one in commitments(answer.value))


def _from(many: Iterable[tuple[Item, ...]], origin: str) -> tuple[Item, ...]:
    """As items of the next workshop: the same words once; the entries that they came from are not known there."""
    found: dict[str, Item] = {}
    for item in (item for items in many for item in items):
        found.setdefault(item.key, replace(item, origin=origin, entries=()))
    return tuple(found.values())[:MOST]

