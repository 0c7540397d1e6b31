"""Late answers, reveal, taking over, naming people, and what a vote shall be on."""

from __future__ import annotations

import pytest

from dialogs.turn import Via
from tests.dialogs.talk import Talk, facts, said, shown, why
from tests.workshop.session import BREAK, VOTE
from workshop.prompts.kind import item_key
from workshop.views import Console, PickForm

COURSE = ("start", "next", "back", "reopen", "close", "extend", "pause", "resume", "finish", "cancel", "nudge")
OTHERS = ("facilitate", "console", "late", "reveal", "takeover", "facilitator", "moderator", "pick", "picked")


# ---- late, reveal, take over, names


async def test_late_answers_on_and_off() -> None:
    talk = await Talk().starts()
    assert why(shown(await talk.turn("anna", "late", allowed="true"), Console)) == "late_allowed"
    assert talk.w.late_allowed
    assert said(await talk.turn("anna", "late", Via.CARD)) == "late_not_allowed"
    assert not talk.w.late_allowed


async def test_reveal_what_is_the_facilitator_s_and_nothing_else() -> None:
    talk = await Talk().starts()
    for _ in range(3):
        await talk.next()
    assert why(shown(await talk.turn("anna", "reveal", prompt="E1"), Console)) == "revealed"
    assert talk.w.revealed == {"E1"}
    for forged in ("K1", "nonsense", None, 5, ["E1"]):
        assert why(shown(await talk.turn("anna", "reveal", prompt=forged), Console)) in (
            "not_facilitators_reveal",
            "unknown_prompt",
        )


async def test_a_moderator_takes_over_after_five_silent_minutes() -> None:
    talk = await Talk().starts()
    await talk.types("anna", "moderator", mentioned=("ivan",))
    assert why(shown(await talk.turn("ivan", "takeover"), Console)) == "facilitator_active"
    talk.later(minutes=5)
    assert why(shown(await talk.turn("ivan", "takeover"), Console)) == "took_over"
    assert talk.w.people["ivan"].facilitator


async def crowded() -> Talk:
    """21 different notes, so that the vote needs a pick; Next has closed the step."""
    talk = await Talk().starts()
    for number in range(21):
        await talk.turn(f"p{number}", "joined")
        await talk.turn(f"p{number}", "submit", **{"a.K1.good": f"note {number:02}"})
    return talk


# ---- too many candidates


async def test_next_says_that_a_pick_is_needed_and_the_pick_opens_the_vote() -> None:
    talk = await crowded()
    console = shown(await talk.turn("anna", "next", moves=talk.w.moves), Console)
    assert (why(console), console.pick, console.upcoming) == ("pick_next", "K4", None)
    assert why(shown(await talk.turn("anna", "next", moves=talk.w.moves), Console)) == "pick_first"
    form = shown(await talk.turn("anna", "pick", prompt="K4"), PickForm)
    assert (len(form.candidates), form.picked, form.sentence) == (21, (), None)
    keys = ",".join(item.key for item in form.candidates[:2])
    reply = await talk.turn("anna", "picked", prompt="K4", picked=keys)
    assert why(shown(reply, Console)) == "picked"
    assert facts(reply) == {"items": 2}
    again = shown(await talk.turn("anna", "pick", prompt="K4"), PickForm)
    assert again.picked == (item_key("note 00"), item_key("note 01"))
    await talk.next()
    assert talk.w.at == VOTE and len(talk.w.items["K4"]) == 2


async def test_a_wrong_pick_comes_back_as_it_was_ticked() -> None:
    talk = await crowded()
    await talk.next()
    keys = ",".join(item_key(f"note {number:02}") for number in range(21))
    form = shown(await talk.turn("anna", "picked", prompt="K4", picked=keys), PickForm)
    assert why(form) == "wrong_pick"
    assert len(form.picked) == 21
    assert why(shown(await talk.turn("anna", "picked", prompt="K4"), PickForm)) == "wrong_pick"


@pytest.mark.parametrize("forged", ["nonsense", "K1", "K2", "E3", None, 7])
async def test_a_pick_for_what_takes_none(forged: object) -> None:
    talk = await crowded()
    await talk.next()
    assert said(await talk.turn("anna", "pick", prompt=forged)) == "unknown_prompt"


async def test_picking_is_for_a_closed_step() -> None:
    talk = await crowded()
    assert said(await talk.turn("anna", "pick", prompt="K4")) == "not_now"
    assert said(await talk.turn("anna", "picked", prompt="K4", picked="x")) == "not_now"


async def test_a_break_has_no_prompts_and_no_silent_people() -> None:
    talk = await Talk().starts()
    await talk.next()
    assert talk.w.at == BREAK
    assert shown(await talk.turn("anna", "console"), Console).silent == ("Ivan", "Eva", "Ola")
