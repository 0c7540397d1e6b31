"""Groups' own conversations in a headless session: bound by the facilitator, answered from by the groups, compared."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rehearsal.comparison import compare, posted
from rehearsal.console import cards_of, words_on
from rehearsal.facilitator import PATIENCE, Facilitator
from rehearsal.hands import Person
from rehearsal.offers import data_of
from rehearsal.people import GROUP_CHANNELS, Conversation
from rehearsal.question import Asked
from rehearsal.reading import buttons
from rehearsal.record import Submitted
from rehearsal.server import Room
from rehearsal.shown import Shown, in_case, read_board
from rehearsal.simulated import Simulation
from rehearsal.world import BOT, Message

BOUND = 2
"""So many groups get a conversation of their own; the others work at home."""


@dataclass
class OwnPlace:
    """A group's own conversation, and who is in the group."""

    number: int
    place: Conversation
    facilitator: Facilitator
    members: frozenset[str] = field(default_factory=frozenset)
    """The room's ids of those who take part as simulated people."""

    def board(self) -> list[dict[str, Any]]:
        """The board card as it hangs there now."""
        cards = self.facilitator.newest_cards()
        return [card for card in cards if any(":board:" in slot for slot in _slots(card))][:1]


async def binds(room: Room, simulation: Simulation, tell: Callable[[str], None], count: int = BOUND) -> list[OwnPlace]:
    """Anna types the command in the channels of the first groups, and waits for the first card there; from then on the
    groups' people answer from there. Raises TimeoutError."""
    found: list[OwnPlace] = []
    for number, place in enumerate(GROUP_CHANNELS[:count], 1):
        said = await Person(room, "anna", place.id).says(f"@Kolbot group {number} here")
        first = await room.until(lambda: _first(room, place, said.id), PATIENCE, f"the first card in {place.name}")  # noqa: B023
        assert first is not None
        words = " ".join(words_on(first))
        members = frozenset(one.hands.id for one in simulation.participants if one.hands.name in words)
        own = OwnPlace(number, place, Facilitator(room, place.id, tell), members)
        simulation.works_in(place.id, members)
        tell(f"group {number} has {place.name!r} of its own: {len(members)} people")
        found.append(own)
    return found


async def wrong_in(
    own: OwnPlace, acknowledged: Sequence[Submitted], unsure: Sequence[Submitted], names: Mapping[str, str]
) -> tuple[list[str], int]:
    """What is wrong with the group's own board, page by page and as it is posted; and how much was compared. What is
    anonymous is told apart by no group, so only the whole board can be compared with it."""
    reader = Person(own.facilitator.room, _reader(own, acknowledged), own.place.id)
    shown = read_board(await own.facilitator.pages(reader))
    mine = [_named(one) for one in acknowledged if one.person in own.members]
    maybe = [_named(one) for one in unsure if one.person in own.members]
    everything = [(one.case, asked) for one in (*acknowledged, *unsure) for asked in one.asked]
    nameless = {in_case(asked.prompt, case) for case, asked in everything if asked.anonymous}
    called: dict[str, list[Asked]] = {}
    for case, asked in everything:
        called.setdefault(in_case(asked.prompt, case), []).append(asked)
    verdict = compare(mine, maybe, _without(shown, nameless), names, called)
    cards = own.board()
    wrong = list(verdict.wrong) + [why for card in cards for why in posted(card, shown)]
    if not cards:
        wrong.append("there is no board card")
    return [f"group {own.number}: {why}" for why in wrong], sum(verdict.compared.values())


async def wrong_within(
    own: OwnPlace, acknowledged: Sequence[Submitted], unsure: Sequence[Submitted], names: Mapping[str, str],
    seconds: float,
) -> tuple[list[str], int]:
    """The same at the latest after so many seconds."""
    ends = time.monotonic() + seconds
    while True:
        wrong, compared = await wrong_in(own, acknowledged, unsure, names)
        if not wrong or time.monotonic() > ends:
            return wrong, compared
        await asyncio.sleep(0.5)


def _reader(own: OwnPlace, acknowledged: Sequence[Submitted]) -> str:
    """The member who reads the group's board: what items are called is known from the forms in their language, so it is
    one whose language was written in most."""
    people = own.facilitator.room.world.people
    wrote = Counter(people[one.person].language for one in acknowledged if one.person in own.members)
    return max(sorted(own.members), key=lambda member: wrote[people[member].language])


def _first(room: Room, place: Conversation, after: str) -> Message | None:
    """The message that says whose conversation it is."""
    by_bot = [message for message in room.world.since(place.id, after) if message.author == BOT]
    cards = [(message, card) for message in by_bot for card in cards_of(message)]
    return next((message for message, card in cards if any(slot.endswith(":here") for slot in _slots(card))), None)


def _slots(card: dict[str, Any]) -> Iterable[str]:
    """Where a card's buttons say that it hangs."""
    return (str(data_of(button).get("slot", "")) for button in buttons(card))


def _named(one: Submitted) -> Submitted:
    """What somebody submitted with their name."""
    asked = tuple(field for field in one.asked if not field.anonymous)
    prompts = {field.prompt for field in asked}
    return replace(one, asked=asked, prompts=tuple(prompt for prompt in one.prompts if prompt in prompts))


def _without(shown: Mapping[str, Shown], names: set[str]) -> dict[str, Shown]:
    return {name: one for name, one in shown.items() if name not in names}
