"""What a template says a workshop asks: stages, steps, prompts. Frozen data; never what anybody answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from workshop.around import MIXED_BY as MIXED_BY, FollowUp as FollowUp, Forming as Forming

Text = Mapping[str, str]
"""A sentence in several languages (ISO 639-1 code to text); what a person wrote stands under the empty code."""

STAGES = ("knowledge", "action", "experience", "conclusions")
"""The four stages of the Kolb cycle, in the order of a peer-learning session (entered at the concept)."""


LANGUAGE_CODES = ("en", "pl", "bg", "lv", "hu")
"""The languages that a template can have."""


def in_language(text: Text, language: str, otherwise: str = "en") -> str:
    """The text in that language; else as a person wrote it; else in the other language; else whatever there is."""
    for code in (language, "", otherwise):
        if code in text:
            return text[code]
    return next(iter(text.values()), "")


def as_written(words: str) -> Text:
    """A person's own words as a `Text`: shown the same in every language."""
    return {"": words}


class Reveal(StrEnum):
    """When others' answers to a prompt are shown."""

    ON_CLOSE = "on_close"
    BY_FACILITATOR = "by_facilitator"
    LIVE = "live"


@dataclass(frozen=True, slots=True)
class Item:
    """Something a prompt asks about: an option of the template, or what a group produced in an earlier step."""

    key: str
    label: Text
    origin: str = ""
    """The prompt it was carried over from; empty for an option of the template."""
    weight: int = 0
    """How much it gathered there: votes, dots, people who wrote it."""
    entries: tuple[str, ...] = ()
    """The entries that it was carried over from: when all of them are hidden, so is it."""


PRACTICES = "practices"
"""A `Source` that is no prompt: the practices that were put in before the session."""
COMMITMENTS, QUESTIONS = "commitments", "questions"
"""Two more: what a second cycle brings along from the earlier one, open commitments and unanswered questions."""
SEEDED = (PRACTICES, COMMITMENTS, QUESTIONS)
"""What is there before the first question."""


@dataclass(frozen=True, slots=True)
class Source:
    """Carry-over: the items of a prompt are the outcome of an earlier one (`from: K4`, `top: 5`), or `PRACTICES`."""

    prompt: str
    top: int | None = None
    output: str = ""
    """How the template calls it, where it names the outcome instead of the prompt."""


class OutputType(StrEnum):
    """What kind of thing an outcome with a name is. Questions and commitments go on to a second cycle."""

    ITEMS = "items"
    QUESTIONS = "questions"
    COMMITMENTS = "commitments"


@dataclass(frozen=True, slots=True)
class Output:
    """The outcome of a stage under a name: later questions can take it by that."""

    name: str
    source: Source
    type: OutputType = OutputType.ITEMS


class Asked(StrEnum):
    """Whom a prompt of a case asks: everybody, the case's owner, or all but the owner."""

    ALL = "all"
    OWNER = "owner"
    PEERS = "peers"


class WriteIn(StrEnum):
    """In which language people are asked to write an answer."""

    OWN = "own"
    WORKSHOP = "workshop"


@dataclass(frozen=True, slots=True)
class Cases:
    """Whose obstacles are helped with, one after the other (peer assist): the strongest of what an earlier prompt gave,
    at most so many in each group."""

    source: Source
    most: int


@dataclass(frozen=True, slots=True)
class Prompt:
    """One thing asked in a step, of one kind. `rules` is the kind's own settings (see `workshop.prompts`)."""

    id: str
    kind: str
    text: Text
    rules: object
    hint: Text | None = None
    reveal: Reveal = Reveal.ON_CLOSE
    anonymous: bool = False
    required: bool = False
    moderated: bool = False
    """Others see an entry only once a moderator has approved it."""
    source: Source | None = None
    quotes_challenge: bool = False
    """The form shows the person's own challenge above the question."""
    quotes: tuple[str, ...] = ()
    """Earlier prompts: the form shows what this person gave to them, for nobody else."""
    on_summary: bool = False
    """Its answers are the sentences of the closing picture."""
    by: Asked = Asked.ALL
    """Whom it asks; other than all only within a case."""
    headline: bool = False
    """Its outcome is what its stage came to: on the stage card that is over, and on the closing picture."""
    per_group: bool = False
    """Each group gives one answer, by whoever speaks for it; only in steps in groups."""
    write_in: WriteIn = WriteIn.OWN
    again: str = ""
    """The earlier prompt of the same kind that it asks once more: both are shown together, before and after."""


@dataclass(frozen=True, slots=True)
class Step:
    """One to three prompts that open, reveal and close together; or a break (no prompts). Minutes are whole."""

    id: str
    title: Text
    minutes: int
    prompts: tuple[Prompt, ...] = ()
    say: Text | None = None
    """What the facilitator reads aloud."""
    case: bool = False
    """It is held once for every case, together with the case steps around it."""
    in_groups: bool = False
    """Each group asks about what it gave itself; without groups everybody asks about everything."""
    cut: int = 0
    """When time is short the step with the lowest of these is given up first; 0: it is kept."""

    @property
    def is_break(self) -> bool:
        return not self.prompts


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the four stages of the cycle, made of steps in order."""

    id: str
    aim: Text
    steps: tuple[Step, ...]
    cases: Cases | None = None
    """What its case steps are held about."""
    outputs: tuple[Output, ...] = ()

    @property
    def minutes(self) -> int:
        """As planned: the steps of the cases as often as there may be cases."""
        cases = self.cases.most if self.cases else 1
        return sum(step.minutes * (cases if step.case else 1) for step in self.steps)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a step stands in the whole plan: its number from 0, its stage, and its number within the stage."""

    number: int
    stage_number: int
    stage: Stage
    step_number: int
    step: Step


@dataclass(frozen=True)
class Plan:
    """A template, read and found right. `source` is the same as JSON, so that a stored workshop keeps what it asked."""

    id: str
    title: Text
    about: Text
    languages: tuple[str, ...]
    stages: tuple[Stage, ...]
    source: str
    lobby_minutes: int = 0
    retention_days: int = 60
    forming: Forming | None = None
    follow_up: FollowUp | None = None

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """All steps in order, with where they stand."""
        found: list[Place] = []
        for stage_number, stage in enumerate(self.stages):
            for step_number, step in enumerate(stage.steps):
                found.append(Place(len(found), stage_number, stage, step_number, step))
        return tuple(found)

    @cached_property
    def case_places(self) -> tuple[Place, ...]:
        """The steps that are held once for every case, in order; they stand together."""
        return tuple(place for place in self.places if place.step.case)

    @cached_property
    def blocks(self) -> tuple[range, ...]:
        """Numbers of steps that stand together in a stage and are all held in groups: in such a block each group may go
        at its own pace. Steps of cases are in one only where all of them are held in groups."""
        together = all(place.step.in_groups for place in self.case_places)
        found: list[range] = []
        for place in self.places:
            if not place.step.in_groups or (place.step.case and not together):
                continue
            follows = place.step_number > 0 and found and found[-1].stop == place.number
            if follows:
                found[-1] = range(found[-1].start, place.number + 1)
            else:
                found.append(range(place.number, place.number + 1))
        return tuple(found)

    def block_of(self, number: int) -> range:
        """The block that a step is in; an empty one where all go together."""
        return next((block for block in self.blocks if number in block), range(0))

    @cached_property
    def case_root(self) -> str:
        """The prompt in which the obstacles were written that the cases are about; empty where there are no cases."""
        if not self.case_places:
            return ""
        cases = self.case_places[0].stage.cases
        source: Source | None = cases.source if cases else None
        root = ""
        while source is not None:
            root = source.prompt
            source = self.prompts[root].source
        return root

    @cached_property
    def prompts(self) -> Mapping[str, Prompt]:
        """Every prompt by its id (ids are unique in a template)."""
        return {prompt.id: prompt for place in self.places for prompt in place.step.prompts}

    @cached_property
    def place_of(self) -> Mapping[str, Place]:
        """Where each prompt is asked."""
        return {prompt.id: place for place in self.places for prompt in place.step.prompts}

    @property
    def outputs(self) -> tuple[Output, ...]:
        """The outcomes that have a name, of all stages."""
        return tuple(output for stage in self.stages for output in stage.outputs)

    @property
    def minutes(self) -> int:
        return self.lobby_minutes + sum(stage.minutes for stage in self.stages)

    @cached_property
    def asks_groups(self) -> bool:
        """Whether anything is asked per group, so that somebody has to speak for each."""
        return any(prompt.per_group for prompt in self.prompts.values())

    def summary_prompts(self) -> Iterator[Prompt]:
        """The prompts whose answers are the sentences of the closing picture."""
        return (prompt for prompt in self.prompts.values() if prompt.on_summary)
