"""Answers into the board: the view that everybody is shown. What is hidden, unrevealed or too few never enters it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from workshop.model import MINIMUM, Answer, Status, Workshop
from workshop.plan import Item, Place, Prompt, Stage
from workshop.prompts import kind_of
from workshop.prompts.kind import Result


class Progress(StrEnum):
    """Where a stage or step stands."""

    AHEAD = "ahead"
    NOW = "now"
    DONE = "done"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class PromptBoard:
    """One prompt: how many have answered, and its result where that may be seen (`why_not` says why it may not)."""

    prompt: Prompt
    items: tuple[Item, ...]
    answered: int
    result: Result | None
    why_not: str = ""
    """Not revealed yet: "unrevealed"; an anonymous prompt with fewer than `MINIMUM` answers: "few"."""
    strongest: tuple[Item, ...] = ()
    """What it would carry over, the strongest first."""


@dataclass(frozen=True, slots=True)
class StepBoard:
    place: Place
    progress: Progress
    prompts: tuple[PromptBoard, ...]

    @property
    def answered(self) -> int:
        """People who answered at least the best answered prompt (anonymous answers cannot be joined)."""
        return max((prompt.answered for prompt in self.prompts), default=0)


@dataclass(frozen=True, slots=True)
class StageBoard:
    stage: Stage
    progress: Progress
    steps: tuple[StepBoard, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """Everything that everybody may see of a workshop at one revision."""

    workshop: Workshop
    stages: tuple[StageBoard, ...]

    @property
    def revision(self) -> int:
        return self.workshop.revision

    @property
    def people(self) -> int:
        return len(self.workshop.joined)

    @property
    def now(self) -> StepBoard | None:
        """The current step."""
        place = self.workshop.place
        return self.stages[place.stage_number].steps[place.step_number] if place else None


def highlights(stage: StageBoard, most: int) -> tuple[Item, ...]:
    """The few things that a stage came to: the outcome of the prompt that the template calls its headline, else of its
    last vote or choice, else of its first prompt that gave anything. The closing sentences are not among them."""
    prompts = [prompt for step in stage.steps for prompt in step.prompts if not prompt.prompt.on_summary]
    gave = [prompt for prompt in prompts if prompt.strongest]
    named = [prompt for prompt in gave if prompt.prompt.headline]
    decided = [prompt for prompt in gave if kind_of(prompt.prompt).takes_items]
    chosen = named or decided[-1:] or gave[:1]
    return chosen[0].strongest[:most] if chosen else ()


@dataclass(frozen=True, slots=True)
class Page:
    """A part of the board that fits one card: one prompt, its entries from `start` on, at most `most`."""

    step: StepBoard
    prompt: PromptBoard
    start: int
    most: int


def pages(board: Board) -> tuple[Page, ...]:
    """The whole board, page by page: every prompt that was ever asked, in order, however much was said."""
    found = []
    for stage in board.stages:
        for step in stage.steps:
            if step.progress in (Progress.AHEAD, Progress.SKIPPED):
                continue
            for prompt in step.prompts:
                size, most = (prompt.result.size, prompt.result.per_page) if prompt.result else (0, 1)
                found += [Page(step, prompt, start, most) for start in range(0, max(size, 1), most)]
    return tuple(found)


def by_prompt(answers: Iterable[Answer]) -> Mapping[str, tuple[Answer, ...]]:
    """Answers grouped by prompt, in the order given."""
    grouped: dict[str, list[Answer]] = {}
    for answer in answers:
        grouped.setdefault(answer.prompt, []).append(answer)
    return {prompt: tuple(found) for prompt, found in grouped.items()}


def board_of(workshop: Workshop, answers: Iterable[Answer], everything: bool = False) -> Board:
    """The board at the workshop's revision. With `everything`, what a moderator sees before the reveal too; below
    the minimum of an anonymous prompt nobody sees anything."""
    given = by_prompt(answers)
    names = {person.id: person.name for person in workshop.people.values()}
    stages: dict[int, list[StepBoard]] = {}
    for place in workshop.plan.places:
        prompts = tuple(
            _prompt_board(workshop, prompt, given.get(prompt.id, ()), names, everything)
            for prompt in place.step.prompts
        )
        stages.setdefault(place.stage_number, []).append(StepBoard(place, _step_progress(workshop, place), prompts))
    return Board(
        workshop,
        tuple(
            StageBoard(workshop.plan.stages[number], _stage_progress(workshop, number), tuple(steps))
            for number, steps in stages.items()
        ),
    )


def _prompt_board(
    w: Workshop, prompt: Prompt, answers: Sequence[Answer], names: Mapping[str, str], everything: bool
) -> PromptBoard:
    items = w.shown_items(prompt.id)
    if not (everything or w.is_shown(prompt.id)):
        return PromptBoard(prompt, (), len(answers), None, "unrevealed")
    if prompt.anonymous and len(answers) < MINIMUM:
        return PromptBoard(prompt, items, len(answers), None, "few")
    shown_names = {} if prompt.anonymous else names
    # An anonymous prompt's answers come in the order of their pseudonyms: the order of arrival tells who wrote first.
    ordered = sorted(answers, key=lambda answer: answer.author) if prompt.anonymous else answers
    kind = kind_of(prompt)
    result = kind.tally(prompt, items, ordered, shown_names, w.hidden)
    return PromptBoard(prompt, items, len(answers), result, strongest=kind.carry(prompt, items, ordered, w.hidden))


def _step_progress(w: Workshop, place: Place) -> Progress:
    if place.number in w.skipped:
        return Progress.SKIPPED
    if place.number == w.at and w.status is not Status.FINISHED:
        return Progress.NOW
    return Progress.DONE if place.number in w.opened else Progress.AHEAD


def _stage_progress(w: Workshop, number: int) -> Progress:
    if w.place is None or number > w.place.stage_number:
        return Progress.AHEAD
    if number < w.place.stage_number or w.status is Status.FINISHED:
        return Progress.DONE
    return Progress.NOW
