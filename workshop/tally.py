"""Answers into the board: the view that everybody is shown. What is hidden, unrevealed or too few never enters it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from workshop.counting import Gone, gone, standing
from workshop.cycle import unseen
from workshop.groupwork import GroupName
from workshop.marks import changed
from workshop.model import MINIMUM, Answer, Case, Group, Status, Workshop, case_items_key
from workshop.plan import Item, Place, Prompt, Stage
from workshop.prompts import kind_of
from workshop.prompts.kind import Kind, Result, Signed
from workshop.spokespeople import authors_of, voices
from workshop.theming import carried, tallied
from workshop.translating import in_all_languages, result_in_all_languages


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
    case: Case | None = None
    """The case that the answers were given in."""
    current: bool = True
    """Whether that is a case which a group is at."""
    gone: tuple[Gone, ...] = ()
    """What people's answers are about that is asked about no more; not counted in the result."""
    changed: str = ""
    """The prompt (or `PRACTICES`) whose outcome is not any more what this one asked about."""
    groups: int = 0
    """How many of the groups that there are now have answered, where each group is asked."""
    pooled: bool = False
    """One group was asked for, but this is of all: what is anonymous is not told apart by group."""


@dataclass(frozen=True, slots=True)
class StepBoard:
    place: Place
    progress: Progress
    prompts: tuple[PromptBoard, ...]

    @property
    def answered(self) -> int:
        """People who answered at least the best answered prompt (anonymous answers cannot be joined), in the cases that
        the groups are at."""
        return self._most({prompt.prompt.id: 0 for prompt in self.prompts if not prompt.prompt.per_group})

    @property
    def groups_answered(self) -> int:
        """As `answered`, groups, of the prompts that each group is asked."""
        return self._most({prompt.prompt.id: 0 for prompt in self.prompts if prompt.prompt.per_group})

    def _most(self, counts: dict[str, int]) -> int:
        for prompt in self.prompts:
            if prompt.current and prompt.prompt.id in counts:
                counts[prompt.prompt.id] += prompt.groups if prompt.prompt.per_group else prompt.answered
        return max(counts.values(), default=0)

    @property
    def asks_people(self) -> bool:
        """Whether it is (not only) groups that are asked."""
        return not all(prompt.per_group for prompt in self.place.step.prompts) or self.place.step.is_break

    @property
    def asks_groups(self) -> bool:
        """Whether any prompt is asked of each group."""
        return any(prompt.per_group for prompt in self.place.step.prompts)


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
    group: int = 0
    """The number of the group whose answers these are; 0 for all."""
    zones: Mapping[str, str] = field(default_factory=dict)
    """The time zones of people's Teams (IANA), by their id, as far as they are known."""

    @property
    def revision(self) -> int:
        return self.workshop.revision

    @property
    def people(self) -> int:
        """How many are in: in all, or in the group."""
        members = next((group.members for group in self.workshop.groups if group.number == self.group), None)
        return len(self.workshop.joined if members is None else members)

    @property
    def groups(self) -> int:
        """How many groups are asked where each is asked once: all of them (everybody together is one), or the one."""
        return 1 if self.group else len(voices(self.workshop))

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
    decided = [prompt for prompt in gave if _decides(kind_of(prompt.prompt))]
    chosen = named or decided[-1:] or gave[:1]
    return chosen[0].strongest[:most] if chosen else ()


def _decides(kind: Kind) -> bool:
    """Whether what a prompt of this kind gave is a decision between items, unless the kind says so itself."""
    return bool(getattr(kind, "decides", kind.takes_items))


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


def board_of(workshop: Workshop, answers: Iterable[Answer], everything: bool = False, group: int = 0) -> Board:
    """The board at the workshop's revision, of all or of one group; in a group's own view (`Workshop.for_group`) its
    people's answers are shown as soon as it has closed the step. With `everything`, what a moderator sees before the
    reveal too; below the minimum of an anonymous prompt nobody sees anything."""
    given = by_prompt(answers)
    only = next((one for one in workshop.groups if one.number == group), None)
    groups = {} if only else {member: one.number for one in workshop.groups for member in one.members}
    names = {person.id: Signed(person.name, groups.get(person.id, 0)) for person in workshop.people.values()}
    # Another group's answers, and what is told apart by no group, are shown as soon as everybody may see them.
    shared = workshop.for_group(0)
    own = workshop if only and only.number == workshop.seen_by else shared

    def of(prompt: Prompt) -> Workshop:
        return shared if prompt.anonymous else own

    stages: dict[int, list[StepBoard]] = {}
    for place in workshop.plan.places:
        prompts = tuple(
            _prompt_board(own if case else of(prompt), prompt, given, names, everything, only, case)
            for case in (_cases_at(workshop, place, only) if place.step.case else (None,))
            for prompt in place.step.prompts
        )
        stages.setdefault(place.stage_number, []).append(StepBoard(place, _step_progress(workshop, place), prompts))
    return Board(
        workshop,
        tuple(
            StageBoard(workshop.plan.stages[number], _stage_progress(workshop, number), tuple(steps))
            for number, steps in stages.items()
        ),
        only.number if only else 0,
    )


def _prompt_board(
    w: Workshop,
    prompt: Prompt,
    given: Mapping[str, Sequence[Answer]],
    names: Mapping[str, str],
    everything: bool,
    group: Group | None,
    case: Case | None,
) -> PromptBoard:
    if case is not None:
        both = [id for id in (prompt.id, prompt.again) if id in given]
        of_case = {id: tuple(answer for answer in given[id] if answer.case == case.key) for id in both}
        board = _shown(w, prompt, w.items_in(prompt.id, case.key), of_case, names, everything, case.key)
        since = changed(w, prompt, given, case=case)
        return replace(board, case=case, current=case in w.cases_now, changed=since)
    items, pooled = w.shown_items(prompt.id), group is not None and prompt.anonymous
    since = changed(w, prompt, given, group.number if group and not pooled else 0)
    if group is not None and not pooled:
        items = w.shown_items(prompt.id, group.members[0])
        both = [id for id in (prompt.id, prompt.again) if id in given]
        theirs = authors_of(w, prompt, group)
        given = {id: tuple(answer for answer in given[id] if answer.author in theirs) for id in both}
    return replace(_shown(w, prompt, items, given, names, everything), pooled=pooled, changed=since)


def _cases_at(w: Workshop, place: Place, group: Group | None) -> tuple[Case, ...]:
    return tuple(case for case in w.cases_at(place.number) if group is None or case.group in (0, group.number))


def _shown(
    w: Workshop,
    prompt: Prompt,
    items: tuple[Item, ...],
    given: Mapping[str, Sequence[Answer]],
    names: Mapping[str, str],
    everything: bool,
    case: str = "",
) -> PromptBoard:
    items = in_all_languages(w, items)
    every = given.get(prompt.id, ())
    answers = standing(w, prompt, every)
    groups = len({answer.author for answer in answers}.intersection(voices(w))) if prompt.per_group else 0
    if not (everything or w.is_shown(prompt.id, case)):
        return PromptBoard(prompt, (), len(answers), None, "unrevealed", groups=groups)
    left = gone(w, prompt, case_items_key(prompt.id, case) if case else prompt.id, every)
    if prompt.anonymous and len(answers) < MINIMUM:
        return PromptBoard(prompt, items, len(answers), None, "few", gone=left)
    if prompt.per_group:
        names = {answer.author: GroupName(answer.author, w.forming) for answer in answers}
    shown_names = {} if prompt.anonymous else names
    # An anonymous prompt's answers come in the order of their pseudonyms: the order of arrival tells who wrote first.
    ordered = sorted(answers, key=lambda answer: answer.author) if prompt.anonymous else answers
    hidden = w.hidden if everything else unseen(w, prompt, ordered)
    counted = tallied(w, prompt, items, [*_earlier(w, prompt, given, everything), *ordered], shown_names, hidden)
    result = result_in_all_languages(w, prompt, counted)
    strongest = in_all_languages(w, carried(w, prompt, items, ordered, hidden))
    return PromptBoard(prompt, items, len(answers), result, strongest=strongest, gone=left, groups=groups)


def _earlier(w: Workshop, prompt: Prompt, given: Mapping[str, Sequence[Answer]], everything: bool) -> Sequence[Answer]:
    """The answers to the prompt that this one asks again, where they may be seen by themselves too."""
    answers = given.get(prompt.again, ())
    if not answers or not (everything or w.is_shown(prompt.again)):
        return ()
    if prompt.anonymous:
        return sorted(answers, key=lambda answer: answer.author) if len(answers) >= MINIMUM else ()
    return answers


def _step_progress(w: Workshop, place: Place) -> Progress:
    if place.number == w.at and w.status is not Status.FINISHED:
        return Progress.NOW
    if place.number in w.skipped:
        return Progress.SKIPPED
    return Progress.DONE if place.number in w.opened else Progress.AHEAD


def _stage_progress(w: Workshop, number: int) -> Progress:
    if w.place is None or number > w.place.stage_number:
        return Progress.AHEAD
    if number < w.place.stage_number or w.status is Status.FINISHED:
        return Progress.DONE
    return Progress.NOW
