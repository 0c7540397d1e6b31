"""The activity that a command came in, and what the command is about where only what somebody said last counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from workshop import commands as c
from workshop.model import Workshop
from workshop.pseudonyms import of_topic


class Delivery(NamedTuple):
    """An activity: a name that no other one has, and when it was said (UTC, by the clock of Teams; None where nobody
    told, and on a page)."""

    key: str
    said: datetime | None = None

    def part(self, which: object) -> Delivery:
        """One of several commands that came in it."""
        return Delivery(f"{self.key}#{which}", self.said)


def topic_of(w: Workshop, command: c.AnyCommand) -> str | None:
    """What it is about, where of several commands about the same only the one that was said last counts, in whatever
    order they arrive; None for all others, and once the key of an ended workshop is destroyed.

    It tells nobody who the person is: a pseudonym under the workshop's key, like the authors of anonymous answers."""
    about = _ABOUT.get(type(command))
    if about is None or w.secret is None:
        return None
    return of_topic(w.secret, w.id, *about(w, command))


def _answers(w: Workshop, command: c.SubmitAnswers | c.WithdrawAnswers) -> tuple[str, ...]:
    places = w.plan.places
    if not (0 <= command.step < len(places) and places[command.step].step.case):
        return "answers", str(command.step), command.by
    now = None if command.case else w.for_person(command.by).case_for(command.by)
    return "answers", str(command.step), now.key if now else command.case, command.by


def _entry(w: Workshop, command: c.HideEntry | c.RestoreEntry | c.ApproveEntry) -> tuple[str, ...]:
    return "entry", command.entry


def _lit(w: Workshop, command: c.SpotlightEntry | c.EndSpotlight) -> tuple[str, ...]:
    return ("lit",)


def _profile(w: Workshop, command: c.Join) -> tuple[str, ...]:
    return "profile", command.by


def _language(w: Workshop, command: c.ChooseLanguage) -> tuple[str, ...]:
    return "language", command.by


def _consent(w: Workshop, command: c.AnswerCase) -> tuple[str, ...]:
    return "case", command.case, command.by


_ABOUT: Mapping[type, Callable[[Workshop, Any], tuple[str, ...]]] = {
    c.SubmitAnswers: _answers,
    c.WithdrawAnswers: _answers,
    c.HideEntry: _entry,
    c.RestoreEntry: _entry,
    c.ApproveEntry: _entry,
    c.SpotlightEntry: _lit,
    c.EndSpotlight: _lit,
    c.Join: _profile,
    c.ChooseLanguage: _language,
    c.AnswerCase: _consent,
}
"""Commands of the course are not here: each carries the number of moves that its button was drawn at. Nor are those
that name people, form groups or pick: of these several can be about the same in part."""
