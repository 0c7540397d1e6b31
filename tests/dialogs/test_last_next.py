"""Going on after the last step ends the workshop: it asks first, by whatever way it is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.facilitate import ending_of
from dialogs.turn import Via
from tests.dialogs.talk import Talk, said, shown, why
from workshop.entries import entries_of
from workshop.model import Answer, Status
from workshop.views import Confirm, Console, Ending


async def at_the_end() -> Talk:
    """The last step is open; two have said what they take home."""
    talk = await Talk().starts()
    while talk.w.at + 1 < len(talk.w.plan.places):
        await talk.next()
    for who in ("ivan", "eva"):
        await talk.turn(who, "submit", **{"a.C1.": f"{who} takes a list home"})
    return talk


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("via", [Via.TYPED, Via.CARD, Via.DIALOG, Via.PAGE])
async def test_going_on_after_the_last_step_asks_first(via: Via, closed: bool) -> None:
    talk = await at_the_end()
    if closed:
        await talk.later(minutes=1).turn("anna", "close", moves=talk.w.moves)
    hidden = next(entry for entry in entries_of(talk.w, await given(talk)) if entry.words.startswith("eva"))
    await talk.turn("anna", "moderated", shown=[hidden.id], was=[], hidden=hidden.id)
    talk.later(minutes=1)
    moves = None if via is Via.TYPED else talk.w.moves
    confirm = shown(await talk.turn("anna", "next", via, moves=moves), Confirm)
    assert (confirm.verb, confirm.sentence, confirm.ending) == ("next", None, Ending(1, 1))
    assert talk.w.status is (Status.CLOSED if closed else Status.OPEN)
    assert confirm.workshop.moves == talk.w.moves
    await talk.turn("anna", "next", via, moves=confirm.workshop.moves, sure=True)
    assert talk.w.status is Status.FINISHED


async def test_only_who_may_end_it_is_asked_and_whoever_was_faster_is_told() -> None:
    talk = await at_the_end()
    assert said(await talk.types("ivan", "next")) == "only_facilitators"
    before = talk.w.moves
    confirm = shown(await talk.turn("anna", "next", moves=before), Confirm)
    await talk.turn("eva", "submit", **{"a.C1.": "another"})
    await talk.turn("anna", "extend", moves=before, minutes=5)
    assert why(shown(await talk.turn("anna", "next", moves=before), Console)) == "stale", "that button is old"
    assert why(shown(await talk.turn("anna", "next", moves=confirm.workshop.moves, sure=True), Console)) == "stale"
    assert talk.w.status is Status.OPEN


async def test_where_nobody_is_asked_for_a_sentence_the_picture_is_without() -> None:
    talk = await at_the_end()
    plan = talk.w.plan
    silent = tuple(
        replace(stage, steps=tuple(
            replace(step, prompts=tuple(replace(prompt, on_summary=False) for prompt in step.prompts))
            for step in stage.steps
        ))
        for stage in plan.stages
    )  # fmt: skip
    assert ending_of(replace(talk.w, plan=replace(plan, stages=silent)), await given(talk)) == Ending(None)


async def given(talk: Talk) -> tuple[Answer, ...]:
    read = await talk.memory.answers(talk.w.id)
    assert read is not None
    return read[1]
