"""The board, the stage card, the summary, and moderation: who sees what, page by page."""

from __future__ import annotations

import pytest

from dialogs.turn import Via
from tests.dialogs.talk import Talk, noted, said, shown
from workshop.service import NotStored
from workshop.views import BoardPage, ModerateForm, Opener

# ---- the board, the stage card, the summary


async def test_typed_the_board_and_the_stage_card_are_posted_again() -> None:
    talk = await Talk().starts()
    assert said(await talk.types("ivan", "board")) == "posted_again"
    assert talk.w.board_posts == 1
    talk.later(minutes=1)
    assert said(await talk.types("ivan", "stage")) == "posted_again"
    assert talk.w.stage_posts == {"knowledge": 1}
    talk.memory.fails = NotStored(certain=True)
    assert said(await talk.types("ivan", "stage")) == "not_stored"


async def test_in_the_lobby_there_is_no_board_to_post() -> None:
    talk = await Talk().opens()
    assert said(await talk.types("ivan", "board")) == "not_now"
    empty = shown(await talk.turn("ivan", "board"), BoardPage)
    assert (empty.page, empty.pages) == (None, 0) or empty.page is None


async def test_a_look_at_the_board_shows_what_is_shown_and_the_summary_everything_to_those_who_may() -> None:
    talk = await Talk().starts()
    await talk.turn("ivan", "submit", **{"a.K2.": "not yet shown"})
    look = shown(await talk.turn("eva", "board"), BoardPage)
    assert "not yet shown" not in repr(look)
    assert said(await talk.turn("eva", "summary")) == "only_moderators"
    assert "not yet shown" in repr(shown(await talk.turn("anna", "summary"), BoardPage))
    typed = await talk.types("anna", "summary")
    assert shown(typed, Opener).verb == "summary" and "not yet shown" not in repr(typed)


@pytest.mark.no_cover
@pytest.mark.parametrize("page", [-1, 0, 1, 99, 10**30, "1", "nonsense", None, True, 1.5])
async def test_any_page_number_is_a_page(page: object) -> None:
    talk = await Talk().starts()
    await talk.turn("ivan", "submit", **{"a.K2.": "words"})
    look = shown(await talk.turn("anna", "summary", page=page), BoardPage)
    assert look.page is not None and look.pages == 2


# ---- moderation


async def test_a_moderator_sees_nameless_entries_page_by_page() -> None:
    talk = await noted(24)
    form = shown(await talk.turn("anna", "moderate"), ModerateForm)
    assert (form.page, form.pages, len(form.entries)) == (0, 2, 20)
    assert [entry.id for entry in form.entries] == sorted(entry.id for entry in form.entries)
    for page in (1, "1", 99):
        assert len(shown(await talk.turn("anna", "moderate", page=page), ModerateForm).entries) == 5
    assert shown(await talk.turn("anna", "moderate", page=-5), ModerateForm).page == 0
    for verb in ("moderate", "moderated"):
        assert (
            said(await talk.turn("ivan", verb, shown=[form.entries[0].id], hidden=form.entries[0].id))
            == "only_moderators"
        )


async def test_below_three_anonymous_answers_a_moderator_sees_none_either() -> None:
    talk = await Talk().starts()
    for _ in range(3):
        await talk.next()
    for number, who in enumerate(("ivan", "eva", "ola"), 1):
        await talk.turn(who, "submit", **{"a.E2.all": f"mud {number}"})
        entries = shown(await talk.turn("anna", "moderate"), ModerateForm).entries
        assert len(entries) == (3 if number == 3 else 0)


async def test_hide_and_restore_only_what_this_moderator_changed() -> None:
    talk = await noted()
    entries = {entry.words: entry.id for entry in shown(await talk.turn("anna", "moderate"), ModerateForm).entries}
    page = list(entries.values())
    await talk.turn("anna", "moderated", shown=page, was=[], hidden=entries["rude"], delivery="d1")
    assert talk.w.hidden == {entries["rude"]}
    reply = await talk.turn("anna", "moderated", shown=page, was=[], hidden=entries["words"])
    assert talk.w.hidden == {entries["rude"], entries["words"]}, "the other one's stays hidden"
    assert "moderated" in repr(reply).lower()
    await talk.turn("anna", "moderated", Via.CARD, shown=page, was=[entries["rude"]], hidden="")
    assert talk.w.hidden == {entries["words"]}
    assert said(await talk.turn("anna", "moderated", Via.CARD, shown=page, was=[], hidden="")) == "nothing_to_change"


@pytest.mark.parametrize("forged", [None, "x", 5, {"a": 1}, [5, None, ["x"]]])
async def test_a_forged_page_of_entries_is_an_empty_one(forged: object) -> None:
    talk = await noted()
    assert (
        said(await talk.turn("anna", "moderated", Via.CARD, shown=forged, was=forged, hidden="")) == "nothing_to_change"
    )


async def test_an_entry_that_there_is_not_is_refused() -> None:
    talk = await noted()
    reply = await talk.turn("anna", "moderated", Via.CARD, shown=["nonsense"], was=[], hidden="nonsense")
    assert said(reply) == "unknown_entry"
