"""Where a step asks anything anonymously, nobody is told who has answered: in the console, the board, the reminder."""

from __future__ import annotations

import pytest

from cards import draw
from tests.cards.walk import text_of
from tests.dialogs.talk import Talk, shown
from tests.workshop.session import NOTES, TEXT, asks, plan_of, step
from workshop.entries import entries_of
from workshop.plan import Plan
from workshop.tally import board_of
from workshop.views import Console
from workshop.wall import wall

SECRET = asks("T", "text", TEXT, anonymous=True)
BOTH = plan_of([step("both", asks("N", "notes", NOTES), SECRET)], [], [], [])
NAMED = plan_of([step("named", asks("N", "notes", NOTES))], [], [], [])
NAMES = {"Ivan", "Eva", "Ola"}


async def answered(plan: Plan) -> Talk:
    """Ivan gives both answers, Eva the one with her name, Ola none."""
    talk = await Talk(plan).starts()
    await talk.turn("ivan", "submit", **{"a.N.good": "desk", "a.T.": "a secret"})
    await talk.turn("eva", "submit", **{"a.N.good": "map"})
    return talk


async def told(talk: Talk) -> str:
    """All that the facilitator is shown, who asks for the names too, and all that hangs in the room."""
    await talk.turn("anna", "nudge", moves=talk.w.moves)
    assert talk.w.nudges
    cards = [draw(shown(await talk.turn("anna", "console", names=True), Console), "en")]
    found = await talk.memory.answers(talk.w.id)
    assert found is not None
    cards += [draw(hung.view, "en") for hung in wall(board_of(*found)) if not hung.slot.startswith("stage:lobby")]
    return "\n".join(text_of(card) for card in cards)


@pytest.mark.parametrize(("plan", "named"), [(BOTH, set[str]()), (NAMED, {"Ola"})])
async def test_nothing_says_who_has_answered(plan: Plan, named: set[str]) -> None:
    words = await told(await answered(plan))
    assert {name for name in NAMES if name in words} == named
    assert ("this step is anonymous" in words) == (plan is BOTH)
    assert "2 of 3" in words, "how many is told"


async def test_nor_does_the_console_tell_it_by_group() -> None:
    for plan, counted in ((BOTH, 0), (NAMED, 3)):
        talk = await answered(plan)
        await talk.turn("anna", "form_groups", way="count", number="3")
        assert len(shown(await talk.turn("anna", "console"), Console).by_group) == counted


async def test_below_three_moderators_see_nothing_of_it() -> None:
    talk = await answered(BOTH)
    for who, seen in (("eva", 0), ("ola", 3)):
        await talk.turn(who, "submit", **{"a.N.good": "x", "a.T.": f"of {who}"})
        found = await talk.memory.answers(talk.w.id)
        assert found is not None
        entries = [entry for entry in entries_of(*found) if entry.prompt.id == "T"]
        assert len(entries) == seen
