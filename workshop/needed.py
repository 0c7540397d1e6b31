"""What a command needs to know of what people gave, beyond the workshop itself. It reads nothing: the store does."""

from __future__ import annotations

from dataclasses import dataclass, field

from workshop import commands as c
from workshop.cycle import Answers
from workshop.model import Holder, Workshop
from workshop.upcoming import sources_from, sources_up_to


@dataclass(frozen=True, slots=True)
class Facts:
    """What a command needs to know beyond the workshop; the store reads just what `needs` names."""

    answers: Answers = field(default_factory=dict)
    holder: Holder | None = None
    """Whose the conversation is in which a workshop is to be opened, or a group to have its own."""
    openers: frozenset[str] | None = None
    """Who may open workshops; None for anybody."""


@dataclass(frozen=True, slots=True)
class Needs:
    """Which facts a command needs: the answers of these prompts (None for all)."""

    prompts: frozenset[str] | None = frozenset()


def needs(workshop: Workshop | None, command: c.AnyCommand) -> Needs:
    """What `decide` will want to know of the answers for this command."""
    if workshop is None or isinstance(command, _GIVING):
        return _NOTHING
    if isinstance(command, c.GroupCourse) and command.group:
        workshop = workshop.for_group(command.group)
    match command:
        case c.Start() | c.Next():
            return Needs(sources_from(workshop, workshop.at + 1))
        case c.Back() | c.Reopen():
            return Needs(sources_up_to(workshop, workshop.at))
        case c.Nudge():
            prompts = workshop.place.step.prompts if workshop.place else ()
            return Needs(frozenset(prompt.id for prompt in prompts))
        case c.PickItems():
            prompt = workshop.plan.prompts.get(command.prompt)
            return Needs(frozenset({prompt.source.prompt}) if prompt and prompt.source else frozenset())
        case c.HideEntry() | c.RestoreEntry() | c.ApproveEntry() | c.SpotlightEntry() | c.TranslateEntry():
            return Needs(None)
        case c.PutIntoTheme():
            return Needs(frozenset({command.prompt}) & workshop.plan.prompts.keys())
        case _:
            return _NOTHING


_NOTHING = Needs()
_GIVING = (c.SubmitAnswers, c.WithdrawAnswers)
"""Asked far more often than all others."""
