"""A workshop played on paper: commands in, what hangs on the wall out. No store, no clock but this one, no async."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tests.workshop.session import SESSION
from workshop import commands as c, events as e
from workshop.model import Answer, Holder, Practice, Status, Workshop
from workshop.own_pace import OfGroup
from workshop.plan import Item, Plan, in_language
from workshop.prompts import kind_of
from workshop.prompts.notes import notes_rules, written
from workshop.refusals import Refused
from workshop.rules import Facts, needs
from workshop.service import Change, settle
from workshop.tally import Board, PromptBoard as Shown, board_of
from workshop.theming import themes_in
from workshop.wall import wall, walls

START = datetime(2025, 11, 22, 9, 0, tzinfo=UTC)
SECRET = "5e" * 32
TENANT = "tenant"
HOME = "19:home@thread.tacv2"
ANNA = "anna"
"""The facilitator who opens."""

Given = str | Sequence[str] | Mapping[str, str]
"""What is written into a prompt's form: one field, a list of notes for the first column, or the fields by part."""
AnyCourse = c.Start | c.Next | c.Back | c.Reopen | c.Close | c.Pause | c.Resume | c.Finish | c.Cancel | c.Nudge
"""A course command that says nothing but itself."""
FRESH = -1
"""The button is as fresh as can be."""


class Paper:
    """One workshop in memory. Every verb gives the events, or the refusal."""

    def __init__(self, plan: Plan = SESSION) -> None:
        self.plan = plan
        self.now = START
        self.maybe: Workshop | None = None
        self.kept: dict[tuple[str, str, int, str], Answer] = {}
        self.events: list[e.AnyEvent] = []

    @property
    def w(self) -> Workshop:
        assert self.maybe is not None, "it was opened"
        return self.maybe

    @property
    def status(self) -> Status:
        return self.w.status

    @property
    def at(self) -> int:
        return self.w.at

    def later(self, seconds: float = 0, minutes: float = 0) -> Paper:
        """Time passes."""
        self.now += timedelta(seconds=seconds, minutes=minutes)
        return self

    def facts(self, command: c.AnyCommand) -> Facts:
        """What a store would read for this command: just what the rules say they need."""
        wanted = needs(self.maybe, command).prompts
        given = {prompt: given for prompt, given in self.answers().items() if wanted is None or prompt in wanted}
        return Facts(given, self._holder(command))

    def _holder(self, command: c.AnyCommand) -> Holder | None:
        """Whose the conversation is that a group is to have."""
        place = command.place if isinstance(command, c.BindGroup) else ""
        if self.maybe is None or not place:
            return None
        group = self.w.group_at(place)
        if group is not None:
            return Holder(self.w.id, group.number)
        return Holder(self.w.id) if place == HOME else None

    def binds(self, group: int, place: str, by: str = ANNA) -> tuple[e.AnyEvent, ...] | Refused:
        return self.do(c.BindGroup(workshop="w1", by=by, tenant=TENANT, place=place, group=group))

    def unbinds(self, group: int, by: str = ANNA) -> tuple[e.AnyEvent, ...] | Refused:
        return self.do(c.UnbindGroup(workshop="w1", by=by, group=group))

    def loses(self, binding: int, ever: bool = True, by: str = c.SYSTEM) -> tuple[e.AnyEvent, ...] | Refused:
        return self.do(c.LosePlace(workshop="w1", by=by, binding=binding, ever=ever))

    def walls(self) -> dict[str, dict[str, str]]:
        """What hangs in each conversation: slot to the name of its view, in order."""
        return {
            each.place: {hung.slot: type(hung.view).__name__ for hung in each.hung}
            for each in walls(self.w, tuple(self.kept.values()))
        }

    def do(self, command: c.AnyCommand) -> tuple[e.AnyEvent, ...] | Refused:
        """Carry out any command, and write down what it did."""
        settled = settle(self.maybe, Change(command, self.now), self.facts(command))
        if isinstance(settled, Refused):
            return settled
        happened, self.maybe = settled
        for event in happened:
            if isinstance(event, e.AnswerSubmitted):
                answer = Answer(event.prompt, event.author, event.value, event.case, event.round)
                self.kept[event.prompt, event.case, event.round, event.author] = answer
            if isinstance(event, e.AnswerWithdrawn):
                self.kept.pop((event.prompt, event.case, event.round, event.author), None)
        self.events += happened
        return happened

    def answers(self) -> dict[str, tuple[Answer, ...]]:
        """All answers by prompt, in the order they were first given."""
        found: dict[str, tuple[Answer, ...]] = {}
        for answer in self.kept.values():
            found[answer.prompt] = (*found.get(answer.prompt, ()), answer)
        return found

    def board(self, everything: bool = False) -> Board:
        return board_of(self.w, self.kept.values(), everything)

    def shown(self, prompt: str, everything: bool = False) -> Shown:
        """What the board shows of one prompt."""
        place = self.plan.place_of[prompt]
        found = self.board(everything).stages[place.stage_number].steps[place.step_number].prompts
        return next(one for one in found if one.prompt.id == prompt)

    def hung(self) -> dict[str, str]:
        """What hangs in the conversation: slot to the name of its view, in order."""
        return {hung.slot: type(hung.view).__name__ for hung in wall(self.board())}

    def items(self, prompt: str) -> list[str]:
        """The words of what a prompt asks about."""
        return [in_language(item.label, "en") for item in self.w.items.get(prompt, ())]

    def item(self, prompt: str, words: str) -> Item:
        return next(item for item in self.w.items[prompt] if in_language(item.label, "en") == words)

    # Verbs, as people say them.

    def opens(self, by: str = ANNA, title: str = "Learning", language: str = "en", **more: object) -> Paper:
        """Somebody opens the workshop; it must work."""
        command = c.Open(
            workshop="w1",
            by=by,
            name=by.title(),
            tenant=TENANT,
            home=HOME,
            plan=self.plan,
            title=title,
            language=language,
            secret=SECRET,
        )
        assert not isinstance(self.do(replace(command, **more)), Refused)  # type: ignore[arg-type]
        return self

    def joins(self, *people: str, language: str = "en", challenge: str = "") -> Paper:
        """People join; it must work."""
        for who in people:
            joined = c.Join(workshop="w1", by=who, name=who.title(), language=language, challenge=challenge)
            assert not isinstance(self.do(joined), Refused)
        return self

    def says(self, who: str, step: int | None = None, **given: Given) -> tuple[e.AnyEvent, ...] | Refused:
        """Somebody sends the form of the current step (or of another)."""
        number = self.at if step is None else step
        forms = {prompt: self._fields(prompt, words) for prompt, words in given.items()}
        return self.do(c.SubmitAnswers(workshop="w1", by=who, name=who.title(), step=number, given=forms))

    def dots(self, who: str, prompt: str, **dots: int) -> tuple[e.AnyEvent, ...] | Refused:
        """Somebody votes, naming items by their words."""
        given = {self.item(prompt, words).key: str(number) for words, number in dots.items()}
        return self.do(c.SubmitAnswers(workshop="w1", by=who, name=who.title(), step=self.at, given={prompt: given}))

    def withdraws(self, who: str, step: int | None = None) -> tuple[e.AnyEvent, ...] | Refused:
        return self.do(c.WithdrawAnswers(workshop="w1", by=who, step=self.at if step is None else step))

    def _fields(self, prompt: str, given: Given) -> Mapping[str, str]:
        if isinstance(given, str):
            return {"": given}
        if isinstance(given, Mapping):
            return given
        rules = self.plan.prompts[prompt].rules
        return {rules.columns[0][0]: "\n".join(given)}  # type: ignore[attr-defined]

    def course(
        self, kind: type[AnyCourse], by: str = ANNA, moves: int | None = FRESH
    ) -> tuple[e.AnyEvent, ...] | Refused:
        """A course command: by a fresh button, by one with these `moves`, or typed (None)."""
        return self.do(kind(workshop="w1", by=by, moves=self.w.moves if moves == FRESH else moves))

    def alone(
        self, kind: type[OfGroup], group: int, by: str = ANNA, moves: int | None = FRESH, **more: object
    ) -> tuple[e.AnyEvent, ...] | Refused:
        """A course command about one group, by a button as fresh as can be."""
        fresh = self.w.for_group(group).moves if moves == FRESH else moves
        return self.do(kind(workshop="w1", by=by, moves=fresh, group=group, **more))  # type: ignore[arg-type]

    def leads(self, who: str, group: int = 0, named: bool = True, by: str = ANNA) -> tuple[e.AnyEvent, ...] | Refused:
        """Somebody is named to facilitate a group, or no longer."""
        return self.do(
            c.NameGroupFacilitator(
                workshop="w1", by=by, person=who, person_name=who.title(), group=group, named=named
            )
        )

    def starts(self, by: str = ANNA) -> Paper:
        return self._surely(self.course(c.Start, by))

    def next(self, by: str = ANNA) -> Paper:
        return self._surely(self.course(c.Next, by))

    def back(self, by: str = ANNA) -> Paper:
        return self._surely(self.course(c.Back, by))

    def reopens(self, by: str = ANNA) -> Paper:
        return self._surely(self.course(c.Reopen, by))

    def closes(self, by: str = ANNA) -> Paper:
        return self._surely(self.course(c.Close, by))

    def pauses(self, by: str = ANNA) -> Paper:
        return self._surely(self.course(c.Pause, by))

    def resumes(self, by: str = ANNA) -> Paper:
        return self._surely(self.course(c.Resume, by))

    def finishes(self, by: str = ANNA) -> Paper:
        return self._surely(self.course(c.Finish, by))

    def cancels(self, by: str = ANNA) -> Paper:
        return self._surely(self.course(c.Cancel, by))

    def extends(self, minutes: int, by: str = ANNA, moves: int | None = FRESH) -> tuple[e.AnyEvent, ...] | Refused:
        fresh = self.w.moves if moves == FRESH else moves
        return self.do(c.Extend(workshop="w1", by=by, moves=fresh, minutes=minutes))

    def clock_closes(self) -> tuple[e.AnyEvent, ...] | Refused:
        return self.do(c.CloseDue(workshop="w1", by=c.SYSTEM))

    def clock_returns(self) -> tuple[e.AnyEvent, ...] | Refused:
        return self.do(c.MoveDeadline(workshop="w1", by=c.SYSTEM))

    def allows_late(self, allowed: bool = True, by: str = ANNA) -> Paper:
        return self._surely(self.do(c.AllowLate(workshop="w1", by=by, allowed=allowed)))

    def entry(self, prompt: str, who: str, words: str) -> str:
        """The name of somebody's note."""
        asked = self.plan.prompts[prompt]
        author = self.w.author(prompt, who) or ""
        known = kind_of(asked).entries(asked, self.kept[prompt, "", 1, author])
        return next(entry for entry, said in known if said == words)

    def hides(self, entry: str, by: str = ANNA) -> tuple[e.AnyEvent, ...] | Refused:
        return self.do(c.HideEntry(workshop="w1", by=by, entry=entry))

    def restores(self, entry: str, by: str = ANNA) -> tuple[e.AnyEvent, ...] | Refused:
        return self.do(c.RestoreEntry(workshop="w1", by=by, entry=entry))

    def puts(
        self, prompt: str, notes: Sequence[str], called: str = "", theme: str = "", column: str = "", by: str = ANNA
    ) -> tuple[e.AnyEvent, ...] | Refused:
        """Put notes, by their words, into a theme of a column (else the first)."""
        asked = self.plan.prompts[prompt]
        column = column or notes_rules(asked).columns[0][0]
        entries = tuple(
            entry
            for answer in self.answers().get(prompt, ())
            for there, entry, words in written(asked, answer)
            if there == column and words in notes
        )
        return self.do(
            c.PutIntoTheme(
                workshop="w1", by=by, prompt=prompt, column=column, notes=entries, called=called, theme=theme
            )
        )

    def themes(self, prompt: str, **themes: Sequence[str]) -> Paper:
        """These notes of the first column are together; it must work."""
        for called, notes in themes.items():
            self._surely(self.puts(prompt, notes, called))
        return self

    def theme(self, prompt: str, called: str) -> str:
        """The id of a theme of the first column; empty where there is none of this name."""
        column = notes_rules(self.plan.prompts[prompt]).columns[0][0]
        return next((theme.id for theme in themes_in(self.w, prompt, column).now if theme.name == called), "")

    def picks(self, prompt: str, *keys: str, by: str = ANNA, case: str = "") -> tuple[e.AnyEvent, ...] | Refused:
        return self.do(c.PickItems(workshop="w1", by=by, prompt=prompt, keys=keys, case=case))

    def reveals(self, prompt: str, by: str = ANNA) -> tuple[e.AnyEvent, ...] | Refused:
        return self.do(c.RevealAnswers(workshop="w1", by=by, prompt=prompt))

    def names_moderator(self, who: str) -> Paper:
        return self._surely(self.do(c.NameModerator(workshop="w1", by=ANNA, people=((who, who.title()),))))

    def names_facilitator(self, who: str) -> Paper:
        return self._surely(self.do(c.NameFacilitator(workshop="w1", by=ANNA, people=((who, who.title()),))))

    def grouped(
        self,
        *groups: tuple[str, ...],
        together: tuple[frozenset[str], ...] = (),
        apart: tuple[frozenset[str], ...] = (),
    ) -> Paper:
        """These people work together."""
        return self._surely(
            self.do(c.FormGroups(workshop="w1", by=ANNA, groups=groups, together=together, apart=apart))
        )

    def practices(self, *practices: Practice) -> Paper:
        """These were presented earlier."""
        return self._surely(self.do(c.AddPractices(workshop="w1", by=ANNA, practices=practices)))

    def moves_to(self, who: str, group: int, by: str = ANNA) -> tuple[e.AnyEvent, ...] | Refused:
        return self.do(c.MoveToGroup(workshop="w1", by=by, person=who, group=group))

    def to_step(self, number: int) -> Paper:
        """Go on until this step is open, giving what the next steps need."""
        if self.status is Status.LOBBY:
            self.starts()
        while self.at < number:
            if self.at == 0 and "K1" in self.plan.prompts and not self.answers().get("K1"):
                self.says("ivan", K1=["alpha", "beta", "gamma"])
            if self.plan.places[self.at].step.id == "story" and not self.answers().get("E2"):
                for who in ("ivan", "eva", "ola"):
                    self.says(who, E2=["mud"])
            self.next()
        return self

    def _surely(self, outcome: tuple[e.AnyEvent, ...] | Refused) -> Paper:
        assert not isinstance(outcome, Refused), outcome
        return self


def opened(plan: Plan = SESSION) -> Paper:
    """A workshop in its lobby; Anna facilitates, Ivan, Eva and Ola have joined."""
    return Paper(plan).opens().joins("ivan", "eva", "ola")


def reason(outcome: object) -> str:
    """Why it was refused."""
    assert isinstance(outcome, Refused), outcome
    return outcome.reason.value


def names(outcome: tuple[e.AnyEvent, ...] | Refused) -> list[str]:
    """What happened, by name."""
    assert not isinstance(outcome, Refused), outcome
    return [type(event).__name__ for event in outcome]
