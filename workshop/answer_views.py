"""What somebody is shown who answers: the form, what stands in its fields, and what was recorded. Data only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workshop.brought import Promise
from workshop.groupwork import GroupName
from workshop.model import Case, Person, Value, Workshop
from workshop.plan import Item, Place, Prompt
from workshop.refusals import Problem
from workshop.said import Sentence


@dataclass(frozen=True, slots=True)
class Recorded:
    """What one person (or one group) gave to one prompt."""

    prompt: Prompt
    items: tuple[Item, ...]
    value: Value | None
    case: Case | None = None
    """The case that it was given in, where there may be several."""
    group: GroupName | None = None
    """The group that it was given for."""


@dataclass(frozen=True, slots=True)
class GroupVoice:
    """How an answer of a group stands: who speaks for it, what is recorded, and from whose hand."""

    group: GroupName
    speaks: str = ""
    """The name of who speaks for it; empty where nobody does yet."""
    mine: bool = False
    """It is the person themselves."""
    before: tuple[str, ...] = ()
    """Who spoke for it earlier, in order."""
    recorded: Recorded | None = None
    told_by: str = ""
    """From whose hand that is."""


@dataclass(frozen=True, slots=True)
class PromptForm:
    """One prompt as it is asked of one person: its items, what stands in its fields, what is wrong with them."""

    prompt: Prompt
    items: tuple[Item, ...]
    given: Mapping[str, str]
    problems: tuple[Problem, ...] = ()
    before: str = ""
    """What they gave when this was asked for the first time, where it is asked again."""
    quoted: tuple[Recorded, ...] = ()
    """What the same person gave to earlier prompts, carried over for them alone."""
    promises: tuple[Promise, ...] = ()
    """Their own commitments of the earlier cycle, for them alone."""
    voice: GroupVoice | None = None
    """Where it is asked per group."""
    read_only: bool = False
    """Somebody else answers for the group: it is shown, not asked."""


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """The open step's prompts in the person's language, filled with what they already gave or just typed."""

    workshop: Workshop
    place: Place
    person: Person
    forms: tuple[PromptForm, ...]
    answered: bool = False
    """They have answered before: what they send now replaces it, and they can withdraw it."""
    sentence: Sentence | None = None
    case: Case | None = None
    """The case that the step is about for this person."""
    group: str = ""
    """The key of the group that something is asked of in it."""
    seen: int = 0
    """How long the record of that group is."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was recorded, word for word; shown only after the commit."""

    workshop: Workshop
    place: Place
    recorded: tuple[Recorded, ...]
    case: Case | None = None
