"""What is known to be wrong and not mended yet. Empty when all is well."""

from __future__ import annotations

from tests.dialogs.talk import Talk, said


async def test_a_withdrawal_delivered_twice_is_a_withdrawal_both_times() -> None:
    talk = await Talk().starts()
    await talk.turn("ivan", "submit", **{"a.K2.": "words"})
    assert said(await talk.turn("ivan", "withdraw", step=0, delivery="d1")) == "withdrawn"
    assert said(await talk.turn("ivan", "withdraw", step=0, delivery="d1")) == "withdrawn"


async def test_a_withdrawal_of_nothing_from_a_closed_step_says_that_it_is_closed() -> None:
    talk = await Talk().starts()
    await talk.next()
    assert said(await talk.turn("ivan", "withdraw", step=0)) == "step_over"
