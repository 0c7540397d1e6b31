"""The facilitator of a headless session: opens it, leads it to its end, reads the board. She only clicks buttons."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from rehearsal.console import button_of, is_closed, moves_of, part_of, step_on, words_on
from rehearsal.facilitator import PATIENCE, PAUSE, TRIES, Facilitator, Stuck
from rehearsal.hands import Answer, Dialog
from rehearsal.offers import Key, data_of
from rehearsal.reading import Value
from rehearsal.record import Submitted
from rehearsal.server import Room
from rehearsal.shown import in_case
from rehearsal.simulated import Simulation
from rehearsal.world import Message

__all__ = ["Director", "Stuck", "Went"]

STEP_LIMIT = 900.0
"""Seconds that people may take for a step."""
CARRIED = 160
"""Characters that are told of what was carried over."""
SECOND_STAGE = "action"
ON_A_VOTE = 20
"""Candidates that a vote takes."""


@dataclass(frozen=True, slots=True)
class Went:
    """A step that is over: its number (with the round of the cases), its title, receipts, what was carried to it."""

    step: str
    title: str
    answers: int
    carried: list[str]

    def told(self, acknowledged: Sequence[Submitted], compared: Mapping[str, int]) -> str:
        """The step in a line: receipts, entries of each prompt (of all cases together), what was carried over."""
        names = {in_case(name, one.case) for one in acknowledged if one.step == self.step for name in one.prompts}
        counted: Counter[str] = Counter()
        for name in names:
            counted[name.partition("#")[0]] += compared.get(name, 0)
        entries = ", ".join(f"{name} {number}" for name, number in sorted(counted.items()))
        carried = f"; carried to it: {' / '.join(self.carried)[:CARRIED]}" if self.carried else ""
        return f"{self.step:>4} {self.title}: {self.answers} answers, {entries or 'nothing'}{carried}"


class Director(Facilitator):
    """Anna, who leads the session in `place`. `tell` gets a line for each thing that happens. If she speaks several
    `languages`, she takes another one for each step."""

    def __init__(
        self, room: Room, place: str, seed: int, tell: Callable[[str], None], after: str = "",
        languages: Sequence[str] = (),
    ) -> None:
        super().__init__(room, place, tell, after)
        self._languages = languages
        self._nudged = False
        self._dice = Random(f"director {seed}")
        self._past: list[Key] = []
        self.went: list[Went] = []
        """The steps that asked something, in order."""

    # To the lobby

    async def opens(self, plan: str, language: str, second: bool = False) -> Message:
        """A new workshop: from the typed command (a second cycle: from the button of the record) to the lobby card,
        which is returned."""
        if not second:
            await self.anna.says("@Kolbot new")
        await self._appears("new")
        form = await self.fetches("new", self.anna)
        for _ in range(TRIES):
            answer = await self._presses(form, "open", plan=plan, language=language)
            if answer.kind != "error":
                break
            await asyncio.sleep(PAUSE)
        if answer.dialog is not None:
            raise Stuck(f"the workshop was not opened: {' / '.join(answer.texts())[:300]}")
        found = await self.room.until(self._lobby, PATIENCE, "a card that offers 'join'")
        assert found is not None
        return found

    def _lobby(self) -> Message | None:
        offer = self._newest("join")
        return self.room.world.messages[offer.message] if offer and offer.message > self._after else None

    async def counts(self, lobby: Message, people: int) -> None:
        """Waits until the lobby card says how many people are in. Raises Stuck if it says something else."""
        before = set(words_on(lobby))

        def said() -> bool:
            changed = [words for words in words_on(self.room.world.messages[lobby.id]) if words not in before]
            return any(str(people) in words.replace("\u00a0", "").split() for words in changed)

        try:
            await self.room.until(said, PATIENCE, "the lobby card counts everybody")
        except TimeoutError:
            changed = [words for words in words_on(self.room.world.messages[lobby.id]) if words not in before]
            raise Stuck(f"{people} people have joined, and the lobby card says: {changed}") from None

    async def prepares(self, practices: Sequence[str], size: int) -> None:
        """Puts in practices, if any, and forms groups of about so many people, if more than none."""
        if practices:
            await self._through("practices", "add_practices", "remove_practices", table="\n".join(practices))
            self._tell(f"{len(practices)} practices are put in")
        if size:
            await self._through("groups", "form_groups", "dissolve_groups", way="size", number=str(size))
            self._tell(f"groups of about {size} are formed")

    async def _through(self, door: str, verb: str, then: str, **inputs: Value) -> None:
        """Fills in a form behind the console, until it offers what is there only once that was done."""
        said: list[str] = []
        for _ in range(TRIES):
            console = await self.fetches("facilitate", self.anna)
            form = (await self._presses(console, door)).dialog
            answer = await self._presses(form, verb, **inputs) if form is not None else Answer("none")
            self._leave(answer.dialog or form or console)
            if answer.dialog is not None and button_of(answer.dialog, then) is not None:
                return
            said = answer.texts() or said
            await asyncio.sleep(PAUSE)
        raise Stuck(f"{verb!r} was never done: {' / '.join(said)[:300]}")

    # Through the steps

    async def leads(self, simulation: Simulation, settled: Callable[[], Awaitable[None]]) -> int:
        """From start to finish; returns how many steps asked something, in every case anew. `settled` is awaited after
        each."""
        console = await self._moves("start")
        while moves_of(console) is not None:
            asks = part_of(console, "answered") is not None
            at = await self._opened() if asks else None
            if self._languages:
                await self._nudges()
            began = len(simulation.acknowledged)
            await simulation.settled(STEP_LIMIT)
            while asks and self._open_step() != at:
                # An edit that landed late shows an earlier step, which people have dealt with; the bot puts that right.
                await self._appears_again(at)
                await simulation.settled(STEP_LIMIT)
            if self._languages:
                await self._all_look(simulation)
            await settled()
            answers = len(simulation.acknowledged) - began
            self._tell(f"step {at[1] if at else '(break)'}: {answers} answers")
            if at is not None:
                self.went.append(self._went(at, answers))
            if self._languages:
                await self._speaks(self._languages[len(self.went) % len(self._languages)])
            console = await self._goes_on(simulation)
        return len(self.went)

    async def _all_look(self, simulation: Simulation) -> None:
        """Everybody asks for their own view of the newest card of a step, as its menu offers."""
        if (offer := self._newest("answer")) is not None:
            for one in simulation.participants:
                await self.room.talking.refresh(one.hands.id, offer.message)

    async def _nudges(self) -> None:
        """Reminds everybody, privately, when the second stage opens: its answers have names in all our templates."""
        offer = self._newest("answer")
        if self._nudged or offer is None or data_of(offer.button).get("stage") != SECOND_STAGE:
            return
        console = await self.fetches("facilitate", self.anna)
        self._nudged = button_of(console, "nudge") is not None
        if self._nudged:
            console = (await self._presses(console, "nudge")).dialog or console
        self._leave(console)

    async def _speaks(self, language: str) -> None:
        """Chooses a language for herself."""
        if self._newest("language") is None:
            await self.anna.says("@Kolbot language")
            await self._appears("language")
        form = await self.fetches("language", self.anna)
        self._leave((await self._presses(form, "chosen", language=language)).dialog or form)

    async def _goes_on(self, simulation: Simulation) -> Dialog:
        """On to what is next: what a vote is on is picked, owners of cases are waited for, until a step is open."""
        console = await self._reveals()
        while button_of(console, "next") is not None or button_of(console, "pick") is not None:
            next = button_of(console, "next") is not None
            console = await (self._moves("next") if next else self._picks())
            if not is_closed(console):
                break
            if button_of(console, "drop_cases") is not None:
                console = await self._waits_for_owners(simulation)
        return console

    async def _waits_for_owners(self, simulation: Simulation) -> Dialog:
        """Until the owners of the cases have said what they have to say; then she waits for no more."""
        await self._appears("my_case")
        await simulation.settled(STEP_LIMIT)
        for _ in range(TRIES):
            console = await self.fetches("facilitate", self.anna)
            if button_of(console, "drop_cases") is None:
                break
            await self._presses(console, "drop_cases")
            self._leave(console)
        self._leave(console)
        said = sorted(simulation.record.consents.items())
        self._tell(f"owners asked: {', '.join(f'{number} {what}' for number, what in said) or 'nobody answered'}")
        return console

    def _went(self, at: Key, answers: int) -> Went:
        offer = self._newest("answer")
        title, carried = step_on(self.room.world.messages[offer.message]) if offer is not None else ("", [])
        return Went(at[1], title, answers, carried)

    # Her hands

    async def _moves(self, verb: str) -> Dialog:
        """Presses a button that changes the course, until the console shows that the course has changed. Where she is
        asked whether she is sure, the button that says yes does the same: it is pressed next."""
        console = await self.fetches("facilitate", self.anna)
        before = moves_of(console)
        said: list[str] = []
        for _ in range(TRIES):
            if button_of(console, verb) is None:
                raise Stuck(f"the console offers no {verb!r}: {' / '.join(console.texts())[:300]}")
            answer = await self._presses(console, verb)
            said = answer.texts()
            console = answer.dialog or await self._anew(console)
            if moves_of(console) != before:
                self._leave(console)
                return console
            await asyncio.sleep(PAUSE)
        raise Stuck(f"{verb!r} changed nothing: {' / '.join(said)[:300]}")

    async def _anew(self, console: Dialog) -> Dialog:
        self._leave(console)
        return await self.fetches("facilitate", self.anna)

    async def _reveals(self) -> Dialog:
        """Shows everybody what waits for it; returns the console then."""
        console = await self.fetches("facilitate", self.anna)
        for _ in range(TRIES):
            if button_of(console, "reveal") is None:
                self._leave(console)
                return console
            answer = await self._presses(console, "reveal")
            if answer.dialog is None:
                await asyncio.sleep(PAUSE)
            console = answer.dialog or await self._anew(console)
        raise Stuck("answers cannot be revealed")

    async def _picks(self) -> Dialog:
        """Chooses what the vote is on, then goes on to it."""
        console = await self.fetches("facilitate", self.anna)
        for _ in range(TRIES):
            if button_of(console, "next") is not None:
                self._leave(console)
                return await self._moves("next")
            answer = await self._presses(console, "pick")
            if answer.dialog is not None and (fields := answer.dialog.inputs()):
                keys = [value for _, value in fields[0].choices]
                chosen = self._dice.sample(keys, min(ON_A_VOTE, len(keys)))
                self._tell(f"picks {len(chosen)} of {len(keys)} for the vote")
                answer = await self._presses(answer.dialog, "picked", picked=chosen)
            if answer.dialog is None:
                await asyncio.sleep(PAUSE)
            console = answer.dialog or await self._anew(console)
        raise Stuck("nothing can be picked for the vote")

    async def _opened(self) -> Key:
        """Waits until the card of a step that has not been before can be answered; returns which."""
        began, past = self.room.world.clock(), self._past
        what = f"the card of a step after {sorted(past)[-1:]}"
        await self.room.until(lambda: self._open_step() not in (None, *past), PATIENCE, what)
        self._tell(f"the card of the step came after {self.room.world.clock() - began:.2f} s")
        at = self._open_step()
        assert at is not None
        past.append(at)
        return at

    async def _appears_again(self, step: Key | None) -> None:
        what = f"the card of step {step} instead of an earlier one"
        await self.room.until(lambda: self._open_step() == step, PATIENCE, what)

    def _open_step(self) -> Key | None:
        """The step that the newest card asks to answer."""
        return offer.key if (offer := self._newest("answer")) is not None else None
