"""Showing one entry large: by its button and in the moderators' form, at once with another moderator, and too early."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from cards import draw
from tests.cards.walk import inputs_of, text_of
from tests.dialogs.talk import ELSEWHERE, Talk, noted, said, shown, why
from tests.workshop.session import ONE_COLUMN, asks, plan_of, step
from workshop.entries import entries_of
from workshop.service import NotStored
from workshop.views import Console, ModerateForm

SECOND = timedelta(seconds=1)


async def entries(talk: Talk) -> dict[str, str]:
    """What was written, with its id."""
    return {entry.words: entry.id for entry in entries_of(*await talk.memory.answers(talk.w.id))}  # type: ignore[misc]


async def test_by_its_button_too_early_twice_and_when_the_store_is_away() -> None:
    talk = await noted(3)
    ids = await entries(talk)
    early = shown(await talk.turn("anna", "spotlight", entry=ids["alpha"]), Console)
    assert why(early) == "not_seen" and "as soon as everybody may see it" in text_of(draw(early, "en"))
    await talk.turn("anna", "close", moves=talk.w.moves)
    assert said(await talk.turn("ivan", "spotlight", entry=ids["alpha"])) == "only_moderators"
    assert said(await talk.turn("anna", "spotlight", where=ELSEWHERE, entry=ids["alpha"])) == "no_workshop"
    assert why(shown(await talk.turn("anna", "spotlight", entry=ids["alpha"]), Console)) == "spotlit"
    assert why(shown(await talk.turn("anna", "spotlight", entry=ids["alpha"]), Console)) == "already_so"
    assert why(shown(await talk.turn("anna", "spotlight", entry="forged"), Console)) == "unknown_entry"
    await talk.turn("anna", "moderated", shown=[ids["rude"]], hidden=ids["rude"])
    hidden = shown(await talk.turn("anna", "spotlight", entry=ids["rude"]), Console)
    assert "Please restore it first." in text_of(draw(hidden, "en"))
    assert talk.w.lit is not None and talk.w.lit.entry == ids["alpha"]
    assert why(shown(await talk.turn("anna", "end_spotlight", entry=ids["alpha"]), Console)) == "spotlight_ended"
    assert why(shown(await talk.turn("anna", "end_spotlight", entry=ids["alpha"]), Console)) == "already_so"
    talk.memory.fails = NotStored(certain=True)
    assert why(shown(await talk.turn("anna", "spotlight", entry=ids["alpha"]), Console)) == "not_stored"


async def test_in_the_form_with_what_else_is_chosen_there() -> None:
    talk = await noted(3)
    early = await entries(talk)
    form = shown(await talk.turn("anna", "moderate"), ModerateForm)
    assert "large" not in inputs_of(draw(form, "en")), "nobody else sees anything yet"
    await talk.turn("anna", "close", moves=talk.w.moves)
    form = shown(await talk.turn("anna", "moderate"), ModerateForm)
    assert len(inputs_of(draw(form, "en"))["large"]["choices"]) == len(early)

    async def saves(**more: Any) -> str:
        done = shown(await talk.turn("anna", "moderated", shown=list(early.values()), was=[], **more), Console)
        return text_of(draw(done, "en")).split("\n")[0]

    alpha, rude = early["alpha"], early["rude"]
    told = await saves(hidden=rude, large=alpha, lit="")
    assert "1 entry is hidden now. Every open board page shows this entry large now." in told
    assert "nothing to change" in await saves(large=alpha, lit=alpha), "it was so when the form was drawn"
    assert "already" in await saves(large=alpha, lit=""), "another one was faster"
    told = await saves(hidden=early["note 0"], large=rude, lit=alpha)
    assert "1 entry is hidden now. An entry can be shown large" in told
    assert "It is hidden" in told or (talk.w.lit is not None and talk.w.lit.entry == alpha)
    assert "cannot be shown large" in await saves(large=rude, lit=alpha)
    assert "No entry is shown large any more." in await saves(large="none", lit=alpha)
    assert talk.w.lit is None


async def test_what_waits_is_let_through_first() -> None:
    talk = Talk(plan_of([step("notes", replace(asks("N", "notes", ONE_COLUMN), moderated=True))], [], [], []))
    await talk.starts()
    await talk.turn("ivan", "submit", **{"a.N.all": "kind"})
    await talk.turn("anna", "close", moves=talk.w.moves)
    (entry,) = (await entries(talk)).values()
    early = shown(await talk.turn("anna", "spotlight", entry=entry), Console)
    assert "Please let it be seen first." in text_of(draw(early, "en"))


async def test_a_moderator_whose_older_word_comes_late_is_told_that_it_was_changed() -> None:
    """Whatever they asked for is not so: hidden, shown, shown large, or no longer."""
    talk = await noted(3)
    ids = await entries(talk)
    rude, alpha = ids["rude"], ids["alpha"]
    await talk.turn("anna", "close", moves=talk.w.moves)

    async def at(second: int, verb: str, **more: object) -> str:
        when = talk.now + second * SECOND
        return why(shown(await talk.turn("anna", verb, delivery=f"{second}", said=when, **more), Console))

    assert await at(2, "moderated", shown=[rude], was=[], hidden=rude) == "moderated"
    assert await at(1, "moderated", shown=[rude], was=[rude], hidden="") == "came_late" and rude in talk.w.hidden
    assert await at(4, "moderated", shown=[rude], was=[rude], hidden="") == "moderated"
    assert await at(3, "moderated", shown=[rude], was=[], hidden=rude) == "came_late" and not talk.w.hidden
    assert await at(4, "moderated", shown=[rude], was=[rude], hidden="") == "moderated", "the very same again: it is so"
    assert await at(6, "spotlight", entry=alpha) == "spotlit"
    assert await at(5, "spotlight", entry=rude) == "came_late"
    assert await at(5, "moderated", shown=[], was=[], large=rude, lit="") == "came_late"
    assert talk.w.lit is not None and talk.w.lit.entry == alpha
    assert await at(6, "spotlight", entry=alpha) == "spotlit"
    assert await at(5, "end_spotlight", entry=alpha) == "came_late" and talk.w.lit
    assert await at(8, "end_spotlight", entry=alpha) == "spotlight_ended"
    assert await at(7, "spotlight", entry=rude) == "came_late" and not talk.w.lit
    assert await at(8, "end_spotlight", entry=alpha) == "spotlight_ended"


async def test_what_was_let_through_by_the_same_press_again_is_told_so() -> None:
    talk = await noted(3)
    ids = await entries(talk)
    press = {"shown": [ids["rude"]], "was": [], "hidden": "", "approved": ids["rude"]}
    for _ in range(2):
        reply = await talk.turn("anna", "moderated", delivery="d1", said=talk.now, **press)
        assert why(shown(reply, Console)) == "moderated"
