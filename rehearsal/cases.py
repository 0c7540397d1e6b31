"""The owner of a case: finds their own words on the card, and says whether the others may help. It reads cards only."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Collection, Iterator

from rehearsal.answers import CARD
from rehearsal.hands import Answer, Person
from rehearsal.offers import Offer, data_of
from rehearsal.reading import buttons
from rehearsal.strict import objects
from rehearsal.wording import fold, unmarked
from rehearsal.world import Message, Unknown

NUMBER = re.compile(r"(\d+)\. ")
OF_SEVEN = {2: "no", 3: "nothing"}
"""Of seven owners the second says no and the third nothing at all; the others agree."""


def own_case(message: Message, wrote: Collection[str], asked: Collection[int]) -> int | None:
    """The first case on the card that is in one's own (folded) words and not among those `asked` about already."""
    for number, words in _listed(message):
        cut = fold(words.removesuffix("…"))
        same = fold(words) in wrote or (words.endswith("…") and any(one.startswith(cut) for one in wrote))
        if same and number not in asked:
            return number
    return None


async def consents(
    person: Person, offer: Offer, number: int, waits: Callable[[], Awaitable[None]], presses: int
) -> str:
    """Opens the question and answers it: "yes", "no", or "nothing", where they close it again. "" if it was not theirs
    to answer: somebody else wrote the same before."""
    room = person.room
    answer = Answer("none")
    for _ in range(presses):
        try:
            answer = person.answer(await room.press(person.id, offer.message, offer.button.action, {}))
        except Unknown:
            return ""
        if not answer.unanswered:
            break
        await waits()
    dialog = answer.dialog
    if dialog is None:
        return ""
    said = OF_SEVEN.get((number - 1) % 7 + 1, "yes")
    found = [button for button in buttons(dialog.card) if data_of(button).get("agreed") is (said == "yes")]
    if said == "nothing" or not found:
        await dialog.closes()
        return said
    for _ in range(presses):
        if not (await dialog.presses(found[0].title)).unanswered:
            return said
        await waits()
    return ""


def _listed(message: Message) -> Iterator[tuple[int, str]]:
    """The numbered lines of a card."""
    for part in message.attachments:
        for line in objects(part["content"].get("body")) if part.get("contentType") == CARD else ():
            runs = line.get("inlines") or []
            words = [run if isinstance(run, str) else str(run.get("text", "")) for run in runs]
            match = NUMBER.fullmatch(words[0]) if len(words) > 1 else None
            if match:
                yield int(match[1]), unmarked(words[1])
