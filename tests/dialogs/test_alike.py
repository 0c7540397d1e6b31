"""What looks alike is proposed, named and accepted by a person; nothing comes of it by itself, and nothing unread."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pytest

from cards import draw
from cards.themes import NEW
from dialogs.alike import PROPOSALS, TOGETHER, Comparison
from locales.lemmas import words_of
from tests.cards.walk import inputs_of, text_of
from tests.dialogs.talk import Talk, why
from tests.dialogs.test_themes import crowd, facts_of, form, noted, now, theme
from tests.workshop.session import ONE_COLUMN, asks, plan_of, step


async def test_what_looks_alike_is_proposed_named_and_accepted() -> None:
    talk = await noted()
    view = await form(talk, "suggest_themes")
    assert view.proposed is not None and now(talk) == {}, "nothing is put together by itself"
    (one,) = view.proposed
    assert [note.words for note in one.notes] == ["Short of staff time", "Staff time is short", "Time for the staff"]
    card = draw(view, "en")
    field = f"called.{one.notes[0].tick}"
    assert inputs_of(card)[field]["value"] == one.called and "Proposal 1: these look alike" in text_of(card)
    entries = [note.tick for note in one.notes]
    long = await form(talk, "accept_theme", notes=entries, **{field: "y" * 61})
    assert facts_of(long)["why"] == "long" and inputs_of(draw(long, "en"))[field]["value"] == "y" * 61
    done = await form(talk, "accept_theme", notes=entries, **{field: "Working time"})
    assert why(done) == "put_into_theme" and now(talk) == {"Working time": 3} and done.proposed == ()
    assert "Nothing else looks alike." in text_of(draw(done, "en"))
    await talk.turn("ola", "submit", **{"a.K1.good": "Staff have no time"})
    again = await form(talk, "suggest_themes")
    assert again.proposed is not None
    (more,) = again.proposed
    assert (more.called, more.theme) == ("Working time", theme(talk, "Working time"))
    assert "Proposal 1: these could belong to the theme" in text_of(draw(again, "en"))
    await form(talk, "accept_theme", notes=[more.notes[0].tick], theme=more.theme)
    assert now(talk) == {"Working time": 4}


@pytest.mark.no_cover
@pytest.mark.parametrize("notes", [None, [], "x", [7, None], ["\x00"], ["0" * 16]])
async def test_a_forged_acceptance_puts_nothing_together(notes: object) -> None:
    talk = await noted()
    view = await form(talk, "accept_theme", notes=notes, **{f"called.{'0' * 16}": "x"})
    assert why(view) in ("wrong_theme", "unknown_entry") and now(talk) == {}
    assert why(await form(talk, "put_into_theme", of="K2/x", into=NEW, called="x", notes="y")) == "unknown_prompt"


async def test_what_waits_for_a_moderator_is_in_no_proposal() -> None:
    """Accepted in one click, its words would be a name that everybody reads."""
    moderated = replace(asks("N", "notes", ONE_COLUMN), moderated=True)
    talk = await Talk(plan_of([step("notes", moderated)], [], [], [])).starts()
    await talk.turn("ivan", "submit", **{"a.N.all": "staff time\ntime of staff"})
    view = await form(talk, "suggest_themes", of="N/all")
    assert view.proposed == ()
    page = await form(talk, of="N/all")
    assert text_of(draw(page, "en")).count("waits for a moderator") == 2


async def test_no_more_is_proposed_than_was_read() -> None:
    talk = await crowd(TOGETHER + 5)
    view = await form(talk, "suggest_themes", of="N/all")
    assert view.proposed is not None and [len(one.notes) for one in view.proposed] == [TOGETHER]
    (one,) = view.proposed
    ticks = [note.tick for note in one.notes]
    done = await form(talk, "accept_theme", of="N/all", notes=ticks, **{f"called.{ticks[0]}": "Staff"})
    assert done.proposed is not None
    (rest,) = done.proposed
    assert (rest.called, len(rest.notes)) == ("Staff", 5), "the others are proposed for it"


async def test_so_many_proposals_at_once_and_then_the_others() -> None:
    talk = await noted()
    pairs = ["law court", "budget money", "citizen letter", "training course", "data protection", "plain language"]
    for who, ends in (("ola", ""), ("ivan", " too")):
        await talk.turn(who, "submit", **{"a.K1.good": "\n".join(pair + ends for pair in pairs[:5])})
    await talk.turn("anna", "joined")
    await talk.turn("anna", "submit", **{"a.K1.good": f"{pairs[5]}\nsays {pairs[5]}"})
    view = await form(talk, "suggest_themes")
    assert view.proposed is not None and len(view.proposed) == PROPOSALS
    ticks = [note.tick for note in view.proposed[0].notes]
    more = await form(talk, "accept_theme", notes=ticks, **{f"called.{ticks[0]}": "One"})
    assert more.proposed is not None and len(more.proposed) == PROPOSALS, "the sixth"


async def test_who_waits_for_a_dictionary_is_told_and_finds_it_read_the_next_time() -> None:
    talk, read = await noted(), threading.Event()

    def slow(texts: Iterable[tuple[str, str]]) -> Sequence[Mapping[str, float]]:
        assert read.wait(60)
        return words_of(texts)

    talk.kolbot = replace(talk.kolbot, alike=Comparison(slow, patience=0.01))
    view = await form(talk, "suggest_themes")
    assert why(view) == "still_comparing" and view.proposed is None
    assert "Kolbot is still comparing" in text_of(draw(view, "en")).split("\n")[0] and view.notes, "the notes are there"
    ticks = [note.tick for note in view.notes[1:]]
    done = await form(talk, "accept_theme", notes=ticks, **{f"called.{ticks[0]}": "Time"})
    assert why(done) == "put_into_theme" and now(talk) == {"Time": 3}, "what was done is what is told"
    read.set()
    talk.kolbot = replace(talk.kolbot, alike=Comparison(slow, patience=60))
    assert (await form(talk, "suggest_themes")).proposed == ()
