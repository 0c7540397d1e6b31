"""Reveal, pick, hide and restore: the rules of what the others see. Pure; called by `rules.decide`."""

from __future__ import annotations

from datetime import datetime

from workshop import commands as c, events as e
from workshop.cycle import Answers, candidates, given_in
from workshop.model import Workshop
from workshop.plan import Item, Prompt, Reveal
from workshop.prompts import kind_of
from workshop.prompts.kind import ITEMS_LIMIT
from workshop.refusals import Reason, Refused
from workshop.spotlight import why_unseen
from workshop.still_asked import still_asked

Outcome = tuple[e.AnyEvent, ...] | Refused


def reveal(w: Workshop, command: c.RevealAnswers, now: datetime) -> Outcome:
    """Show a prompt whose reveal is the facilitator's; twice is once."""
    prompt = w.plan.prompts.get(command.prompt)
    if prompt is None or w.plan.place_of[prompt.id].number not in w.opened:
        return Refused(Reason.UNKNOWN_PROMPT)
    if prompt.reveal is not Reveal.BY_FACILITATOR:
        return Refused(Reason.NOT_FACILITATORS_REVEAL)
    if prompt.id in w.revealed:
        return ()
    return (e.AnswersRevealed(by=command.by, at=now, prompt=prompt.id),)


def pick(w: Workshop, command: c.PickItems, answers: Answers, now: datetime) -> Outcome:
    """Which of the candidates the vote is on: at least one, at most twenty, all of them known."""
    prompt = w.plan.prompts.get(command.prompt)
    if prompt is None or not kind_of(prompt).takes_items:
        return Refused(Reason.UNKNOWN_PROMPT)
    found = pickable(w, prompt, answers, command.case)
    if found is None:
        return Refused(Reason.OTHER_CASE)
    known = {item.key for item in found}
    keys = tuple(dict.fromkeys(command.keys))
    if not 1 <= len(keys) <= ITEMS_LIMIT or not set(keys) <= known:
        return Refused(Reason.WRONG_PICK, {"given": len(keys), "limit": ITEMS_LIMIT})
    return (e.ItemsPicked(by=command.by, at=now, prompt=prompt.id, keys=keys, case=command.case),)


def pickable(workshop: Workshop, prompt: Prompt, answers: Answers, case: str = "") -> tuple[Item, ...] | None:
    """Among what a facilitator may pick: of everybody, or of one case (its key). Nothing where there is no such case,
    or the prompt is asked in each case and none is named."""
    if not workshop.plan.place_of[prompt.id].step.case:
        return None if case else candidates(workshop, prompt, answers)
    found = next((one for one in workshop.cases if one.key == case and case in workshop.queue), None)
    return candidates(workshop, prompt, *given_in(workshop, prompt, found, answers)) if found else None


def hide(w: Workshop, command: c.HideEntry, answers: Answers, now: datetime) -> Outcome:
    """Take one entry off the board, the picture and what is carried over; it stays in the store."""
    prompt = _prompt_of(w, command.entry, answers) or _asked_by(w, command.entry)
    if prompt is None:
        return Refused(Reason.UNKNOWN_ENTRY)
    if command.entry in w.hidden:
        return ()
    return (e.EntryHidden(by=command.by, at=now, prompt=prompt, entry=command.entry),)


def restore(w: Workshop, command: c.RestoreEntry, answers: Answers, now: datetime) -> Outcome:
    """Put a hidden entry back."""
    prompt = _prompt_of(w, command.entry, answers) or _asked_by(w, command.entry)
    if prompt is None:
        return Refused(Reason.UNKNOWN_ENTRY)
    if command.entry not in w.hidden:
        return ()
    return (e.EntryRestored(by=command.by, at=now, prompt=prompt, entry=command.entry),)


def approve(w: Workshop, command: c.ApproveEntry, answers: Answers, now: datetime) -> Outcome:
    """Let one entry of a moderated prompt be seen; twice is once. Other words of the same person wait again."""
    prompt = _prompt_of(w, command.entry, answers)
    if prompt is None:
        return Refused(Reason.UNKNOWN_ENTRY)
    if command.entry in w.approved:
        return ()
    return (e.EntryApproved(by=command.by, at=now, prompt=prompt, entry=command.entry),)


def spotlight_entry(w: Workshop, command: c.SpotlightEntry, answers: Answers, now: datetime) -> Outcome:
    """Let everybody see one entry large. Only what everybody may see anyway; what was shown large before is not any
    more."""
    prompt = _prompt_of(w, command.entry, answers)
    if prompt is None:
        return Refused(Reason.UNKNOWN_ENTRY)
    if why := why_unseen(w, w.plan.prompts[prompt], command.entry, answers[prompt]):
        return Refused(Reason.NOT_SEEN, {"why": why})
    if w.lit is not None and w.lit.entry == command.entry:
        return ()
    return (e.EntrySpotlit(by=command.by, at=now, prompt=prompt, entry=command.entry),)


def end_spotlight(w: Workshop, command: c.EndSpotlight, now: datetime) -> Outcome:
    """Show an entry large no longer; twice is once, and one that another moderator put there meanwhile stays."""
    if w.lit is None or w.lit.entry != command.entry:
        return ()
    return (e.SpotlightEnded(by=command.by, at=now),)


def _prompt_of(w: Workshop, entry: str, answers: Answers) -> str | None:
    """The prompt that an entry was given to; None where nobody gave it."""
    found = (
        prompt
        for prompt, given in answers.items()
        for answer in given
        for known, _ in kind_of(w.plan.prompts[prompt]).entries(w.plan.prompts[prompt], answer)
        if entry == known
    )
    return next(found, None)


def _asked_by(w: Workshop, entry: str) -> str | None:
    """The prompt that it came from, where it is asked about though nobody's answer has it (any more)."""
    found = still_asked(w).get(entry)
    return found[1].id if found else None
