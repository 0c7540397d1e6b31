"""Giving and taking back answers: the rules of what is recorded, and when. Pure; called by `rules.decide`."""

from __future__ import annotations

from datetime import datetime

from workshop import commands as c, events as e
from workshop.cases import is_asked
from workshop.model import GRACE, Status, Workshop
from workshop.plan import Step
from workshop.prompts import kind_of
from workshop.refusals import Problem, Reason, Refused, Wrong
from workshop.spokespeople import begins, may_speak, other_group, speaker, spoken_for, tells
from workshop.translating import lost

Outcome = tuple[e.AnyEvent, ...] | Refused


def takes_answers(w: Workshop, number: int, now: datetime) -> Refused | Step:
    """The step, if it takes answers now (of those whose view this is): it is open (or in its minute of grace), or late
    answers are allowed."""
    if not 0 <= number < len(w.plan.places):
        return Refused(Reason.UNKNOWN_PROMPT)
    if number not in w.opened:
        return Refused(Reason.STEP_NOT_OPEN_YET)
    step = w.plan.places[number].step
    if step.is_break:
        return Refused(Reason.IS_BREAK)
    open_now = number == w.at and w.status in (Status.OPEN, Status.PAUSED)
    in_time = w.closes_at is None or now < w.closes_at + GRACE
    if (open_now and in_time) or w.late_allowed:
        return step
    return Refused(Reason.STEP_OVER)


def submit(w: Workshop, command: c.SubmitAnswers, now: datetime) -> Outcome:
    """Record all of a form or nothing of it. A field left empty takes back what was there before; giving the same
    twice is once."""
    w = w.for_person(command.by)
    step = takes_answers(w, command.step, now)
    if isinstance(step, Refused):
        return step
    if set(command.given) - {prompt.id for prompt in step.prompts}:
        return Refused(Reason.UNKNOWN_PROMPT)
    case = case_of(w, step, command)
    if isinstance(case, Refused):
        return case
    happened: list[e.AnyEvent] = []
    problems: list[Problem] = []
    spoke = False
    for prompt in step.prompts:
        if not is_asked(w, prompt, command.by):
            if any(words.strip() for words in command.given.get(prompt.id, {}).values()):
                return Refused(Reason.NOT_YOUR_TURN)
            continue
        author, turn = w.author(prompt.id, command.by, case), w.round_of(prompt.id)
        assert author is not None, "a live workshop has its key"
        kind, items = kind_of(prompt), w.shown_items(prompt.id, command.by)
        value = kind.parse(prompt, items, command.given.get(prompt.id, {}))
        if prompt.per_group and not _speaks(w, command, value):
            if value is not None:
                return other_group(w, command.by, command.group) or spoken_for(w, command.by)
            continue  # it is another's to answer, or whoever speaks first
        if isinstance(value, tuple):
            problems.extend(value)
        elif value is None and prompt.required and kind.asks(prompt, items):
            problems.append(Problem(prompt.id, "", Wrong.REQUIRED))
        elif value is None:
            happened += _taken_back(w, prompt.id, author, case, now)
        else:
            happened.append(
                e.AnswerSubmitted(
                    by=author, at=now, prompt=prompt.id, author=author, value=value, case=case, round=turn
                )
            )
            if prompt.per_group:
                spoke = True
                happened += tells(w, command.by, prompt, case, now)
    if problems:
        return Refused(Reason.WRONG_ANSWERS, problems=tuple(problems))
    if not any(isinstance(event, e.AnswerSubmitted) for event in happened):
        return Refused(Reason.NOTHING_GIVEN)
    happened += lost(w, happened, now)
    return (*happened, *begins(w, command.by, now)) if spoke else tuple(happened)


def _speaks(w: Workshop, command: c.SubmitAnswers, value: object) -> bool:
    """Whether this is an answer for a group, by somebody who may give it. A field left empty by who does not speak for
    the group takes nothing back."""
    if value is None:
        return speaker(w, w.voice(command.by)) == command.by
    return may_speak(w, command.by, command.seen) and other_group(w, command.by, command.group) is None


def withdraw(w: Workshop, command: c.WithdrawAnswers, now: datetime) -> Outcome:
    """Take back one's own answers to a step, as long as it takes answers; and its group's, if one may speak for it."""
    w = w.for_person(command.by)
    step = takes_answers(w, command.step, now)
    if isinstance(step, Refused):
        return step
    case = case_of(w, step, command)
    if isinstance(case, Refused):
        return case
    theirs = step.prompts
    if any(prompt.per_group for prompt in theirs):
        moved = other_group(w, command.by, command.group)
        if moved is not None:
            return moved
        if not may_speak(w, command.by, None):
            theirs = tuple(prompt for prompt in theirs if not prompt.per_group)
            if not theirs:
                return spoken_for(w, command.by)
    authors = [(prompt.id, w.author(prompt.id, command.by, case) or "") for prompt in theirs]
    back = [event for prompt, author in authors for event in _taken_back(w, prompt, author, case, now)]
    return (*back, *lost(w, back, now))


def _taken_back(w: Workshop, prompt: str, author: str, case: str, now: datetime) -> list[e.AnswerWithdrawn]:
    """What somebody gave to a prompt, in every round of it."""
    return [
        e.AnswerWithdrawn(by=author, at=now, prompt=prompt, author=author, case=case, round=turn)
        for turn in range(1, w.round_of(prompt) + 1)
    ]


def case_of(w: Workshop, step: Step, command: c.SubmitAnswers | c.WithdrawAnswers) -> str | Refused:
    """The key of the case that an answer is about; "" where the step is of no case. A form that was opened in an
    earlier case is never taken for this one."""
    if not step.case:
        return ""
    case = w.case_for(command.by)
    if case is None:
        return Refused(Reason.NO_CASE_NOW)
    return case.key if command.case in ("", case.key) else Refused(Reason.OTHER_CASE)
