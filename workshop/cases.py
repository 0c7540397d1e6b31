"""Peer-assist cases: whose obstacle is opened, and only with their consent. Pure; `cycle` says when they are held."""

from __future__ import annotations

from datetime import datetime

from workshop import commands as c, events as e
from workshop.model import Case, Consent, Workshop
from workshop.plan import Asked, Prompt
from workshop.refusals import Reason, Refused

Outcome = tuple[e.AnyEvent, ...] | Refused


def answer_case(w: Workshop, command: c.AnswerCase, now: datetime) -> Outcome:
    """Only the owner says yes or no, and may say otherwise until the case has begun. Twice is once."""
    case = next((case for case in w.cases if case.key == command.case), None)
    if case is None or case.owner != command.by:
        return Refused(Reason.NOT_YOUR_CASE)
    if case.consent is (Consent.AGREED if command.agreed else Consent.DECLINED):
        return ()
    if has_begun(w, case):
        return Refused(Reason.CASE_BEGUN)
    return (e.CaseAnswered(by=command.by, at=now, case=case.key, agreed=command.agreed),)


def drop_cases(w: Workshop, command: c.DropCases, now: datetime) -> Outcome:
    """Those who have said nothing count as having declined; they can still agree until the cases are over."""
    waiting = [case for case in w.cases if case.consent is Consent.ASKED]
    return tuple(e.CaseAnswered(by=command.by, at=now, case=case.key, agreed=False) for case in waiting)


def has_begun(w: Workshop, case: Case) -> bool:
    """Whether the case has been opened."""
    return any(case.key == begun.key for place in w.plan.case_places for begun in w.cases_at(place.number))


def is_asked(w: Workshop, prompt: Prompt, person: str) -> bool:
    """Whether a prompt asks this person: within a case some ask its owner, some all others."""
    if prompt.by is Asked.ALL:
        return True
    case = w.case_for(person)
    return case is not None and (case.owner == person) == (prompt.by is Asked.OWNER)
