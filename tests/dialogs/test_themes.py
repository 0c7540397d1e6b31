"""Putting notes into themes: pages, proposals, two at once, everything that does not go, and the cards of all that."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cards import draw, title_of
from cards.elements import weight_of
from cards.themes import NEW, NONE
from dialogs.alike import PROPOSALS, TOGETHER
from dialogs.themes import PAGE
from dialogs.turn import Via
from locales import LANGUAGES
from tests.cards.lint import LARGEST, lint
from tests.cards.walk import inputs_of, text_of
from tests.dialogs.talk import Talk, facts, said, shown, why
from tests.workshop.session import ONE_COLUMN, asks, plan_of, step
from workshop.refusals import Reason, Refused
from workshop.service import NotStored
from workshop.themes import LONGEST, MOST
from workshop.theming import Same, themes_in
from workshop.views import Console, Help, Opener, Proposed, ThemesForm

GOOD = "K1/good"
EVIL = "**Bold** [click](https://evil.example) <at>Ana</at> {{DATE(2026-01-01T00:00:00Z)}}"


async def noted(**more: str) -> Talk:
    """Ivan and Eva wrote what works at the open step."""
    talk = await Talk().starts()
    await talk.turn("ivan", "submit", **{"a.K1.good": "Staff time is short\nOpen days\nTime for the staff"})
    await talk.turn("eva", "submit", **{"a.K1.good": "open days\nShort of staff time", **more})
    return talk


async def form(talk: Talk, verb: str = "themes", who: str = "anna", /, **more: Any) -> ThemesForm:
    return shown(await talk.turn(who, verb, w=talk.w.id, **{"of": GOOD, **more}), ThemesForm)


def now(talk: Talk) -> dict[str, int]:
    """The themes with how many notes each has."""
    return {theme.name: len(theme.notes) for theme in themes_in(talk.w, "K1", "good").now}


def tick(view: ThemesForm, *words: str) -> str:
    """The ticks of these notes."""
    found = [note.tick for note in view.notes if note.words.casefold() in words]
    assert len(found) == len(words), [note.words for note in view.notes]
    return ",".join(found)


def theme(talk: Talk, name: str) -> str:
    return next(theme.id for theme in themes_in(talk.w, "K1", "good").now if theme.name == name)


VERBS = (
    "themes", "suggest_themes", "put_into_theme", "accept_theme", "rename_theme", "merge_themes", "undo_theme",
)  # fmt: skip


async def test_who_may_and_how_it_opens() -> None:
    talk = await noted()
    assert shown(await talk.types("anna", "themes"), Opener).verb == "themes"
    assert "Themes" in str(draw(shown(await talk.types("anna", "themes"), Opener), "en"))
    await talk.turn("anna", "moderator", Via.TYPED, mentioned=("eva",))
    assert (await form(talk, "themes", "eva")).notes
    assert why(await form(talk, "put_into_theme", "eva", into=NEW, called="x", notes="")) == "wrong_theme"
    for verb in VERBS:
        assert said(await talk.turn("ivan", verb, w=talk.w.id)) == "only_moderators"
        assert said(await Talk().turn("anna", verb)) == "no_workshop"


async def test_it_is_offered_once_there_are_notes_to_put_together() -> None:
    talk = await Talk().opens()
    for offered in (False, True):
        console = str(draw(shown(await talk.turn("anna", "console"), Console), "en"))
        assert ("Themes …" in console) is offered
        assert ("themes" in shown(await talk.turn("anna", "help", Via.CARD), Help).verbs) is offered
        await talk.turn("anna", "start", moves=talk.w.moves)
    lobby = await Talk().opens()
    empty = shown(await lobby.turn("anna", "themes"), ThemesForm)
    assert "Nobody has been asked for notes yet." in text_of(draw(empty, "en"))
    put = shown(await lobby.turn("anna", "put_into_theme", into=NEW, called="x", notes="y"), ThemesForm)
    assert why(put) == "unknown_prompt"


async def test_the_same_words_are_one_tick_and_go_together() -> None:
    talk = await noted()
    view = await form(talk)
    assert [(note.words.casefold(), len(note.entries)) for note in view.notes] == [
        ("open days", 2), ("short of staff time", 1), ("staff time is short", 1), ("time for the staff", 1),
    ]  # fmt: skip
    reply = await talk.turn(
        "anna", "put_into_theme", w=talk.w.id, of=GOOD, into=NEW, called=" Days ",
        notes=tick(view, "open days", "staff time is short"),
    )  # fmt: skip
    assert why(shown(reply, ThemesForm)) == "put_into_theme" and facts(reply) == {"notes": 3}
    assert now(talk) == {"Days": 3}
    after = await form(talk)
    assert [note.theme for note in after.notes] == ["", "", *[theme(talk, "Days")] * 2], "what is in none comes first"
    card = draw(after, "en")
    assert "open days ×2 — Days" in text_of(card).replace("Open", "open")
    assert inputs_of(card)["into"]["choices"][0]["title"] == "Days · 3 notes"
    out = await form(talk, "put_into_theme", into=NONE, notes=tick(after, "open days"))
    assert why(out) == "taken_out_of_theme" and now(talk) == {"Days": 1}
    assert why(await form(talk, "put_into_theme", into=NONE, notes=tick(out, "open days"))) == "nothing_to_change"
    into = await form(talk, "put_into_theme", into=theme(talk, "Days"), called="ignored", notes=tick(out, "open days"))
    assert why(into) == "put_into_theme" and now(talk) == {"Days": 3} and into.typed == {}
    named = await form(talk, "put_into_theme", into="", called="Time", notes=tick(into, "time for the staff"))
    assert why(named) == "put_into_theme" and now(talk) == {"Days": 3, "Time": 1}, "a name says that it is a new one"


async def test_rename_merge_and_undo() -> None:
    talk = await noted()
    view = await form(talk)
    await form(talk, "put_into_theme", into=NEW, called="Days", notes=tick(view, "open days"))
    await form(talk, "put_into_theme", into=NEW, called="Time", notes=tick(view, "short of staff time"))
    days, time = theme(talk, "Days"), theme(talk, "Time")
    assert why(await form(talk, "rename_theme", theme=days, name="Open days")) == "theme_renamed"
    merged = await form(talk, "merge_themes", theme=time, target=days)
    assert why(merged) == "themes_merged" and now(talk) == {"Open days": 3}
    undo = next(one for one in draw(merged, "en")["actions"] if one["data"]["verb"] == "undo_theme")["data"]
    assert why(await form(talk, "undo_theme", mark=undo["mark"])) == "themes_undone"
    assert now(talk) == {"Open days": 2, "Time": 1}
    again = await form(talk, "undo_theme", mark=undo["mark"])
    assert (why(again), facts_of(again)["why"]) == ("wrong_theme", "changed"), "somebody was faster"


def facts_of(view: ThemesForm) -> Any:
    assert view.sentence is not None
    return view.sentence.facts


async def test_a_refusal_gives_back_all_that_was_ticked_and_typed() -> None:
    talk = await noted()
    view = await form(talk)
    ticks = tick(view, "open days")
    await form(talk, "put_into_theme", into=NEW, called="Time", notes=tick(view, "short of staff time"))
    for given, reason in (
        ({"into": NEW, "called": "", "notes": ticks}, "missing"),
        ({"into": NEW, "called": "x" * 61, "notes": ticks}, "long"),
        ({"into": NEW, "called": "Days", "notes": ""}, "nothing"),
        ({"into": "", "called": " ", "notes": ticks}, "where"),
        ({"into": "theme:0", "called": "kept", "notes": ticks}, "gone"),
    ):
        back = await form(talk, "put_into_theme", **given)
        assert (why(back), facts_of(back)["why"]) == ("wrong_theme", reason)
        card = inputs_of(draw(back, "en"))
        assert card["called"].get("value", "") == given["called"]
        assert card["notes"].get("value", "") == given["notes"]
        assert card["into"].get("value", "") == ("" if reason in ("where", "gone") else NEW)
    taken = await form(talk, "rename_theme", theme=theme(talk, "Time"), name="x" * 70)
    card = inputs_of(draw(taken, "en"))
    assert (card["name"]["value"], card["name"]["maxLength"]) == ("x" * 70, 70)
    assert now(talk) == {"Time": 1}
    talk.memory.fails = NotStored(certain=False)
    lost = await form(talk, "put_into_theme", into=NEW, called="Days", notes=ticks)
    assert why(lost) == "not_confirmed" and inputs_of(draw(lost, "en"))["notes"]["value"] == ticks


@pytest.mark.parametrize(
    "reason", ["nothing", "where", "missing", "long", "many", "taken", "gone", "changed", "renamed", ""]
)
async def test_every_refusal_has_its_sentence(reason: str) -> None:
    talk = await noted()
    view = replace(await form(talk), sentence=Refused(Reason.WRONG_THEME, {"why": reason, "given": 61, "limit": 60}))
    told = {language: text_of(draw(view, language)).split("\n")[0] for language in LANGUAGES}
    assert all(len(sentence) > 20 for sentence in told.values()) and told["en"] != told["pl"]


async def test_a_name_that_somebody_else_has_changed_meanwhile() -> None:
    """It is said, and what was typed stays; pressed again, it counts. Notes can be named by their entries too."""
    talk = await noted()
    view = await form(talk)
    entries = [entry for note in view.notes if note.words.casefold() == "open days" for entry in note.entries]
    await form(talk, "put_into_theme", into=NEW, called="Days", notes="", entries=[*entries, 7])
    assert now(talk) == {"Days": 2}
    days = theme(talk, "Days")
    await form(talk, "rename_theme", theme=days, name="Open doors", was="Days")
    late = await form(talk, "rename_theme", theme=days, name="Visits", was="Days")
    assert (why(late), facts_of(late)) == ("wrong_theme", {"why": "renamed", "now": "Open doors"})
    assert inputs_of(draw(late, "en"))["name"]["value"] == "Visits" and now(talk) == {"Open doors": 2}
    assert why(await form(talk, "rename_theme", theme=days, name="Open doors", was="Days")) == "nothing_to_change"
    await form(talk, "rename_theme", theme=days, name="Visits", was="Open doors")
    assert now(talk) == {"Visits": 2}


async def test_two_at_once_change_only_what_each_ticked() -> None:
    """Both have the same page open: the second to save moves what they ticked, and leaves the first one's alone."""
    talk = await noted()
    view = await form(talk)
    await form(talk, "put_into_theme", into=NEW, called="Time", notes=tick(view, "short of staff time", "open days"))
    await form(talk, "put_into_theme", into=NEW, called="Days", notes=tick(view, "open days"))
    assert now(talk) == {"Time": 1, "Days": 2}, "per note the last one counts"


async def test_what_was_withdrawn_meanwhile() -> None:
    talk = await noted()
    view = await form(talk)
    ticks = tick(view, "short of staff time")
    await talk.turn("eva", "withdraw", step=0)
    assert why(await form(talk, "put_into_theme", into=NEW, called="Time", notes=ticks)) == "unknown_entry"
    both = await form(talk, "put_into_theme", into=NEW, called="Days", notes=f"{ticks},{tick(view, 'open days')}")
    assert why(both) == "put_into_theme" and facts_of(both) == {"notes": 1}, "Ivan's is there"


async def test_the_same_words_in_two_themes_are_ticked_each_for_itself() -> None:
    talk = await noted()
    view = await form(talk)
    await form(talk, "put_into_theme", into=NEW, called="Days", notes=tick(view, "open days"))
    await talk.turn("ola", "submit", **{"a.K1.good": "OPEN DAYS"})
    loose, themed = [note for note in (await form(talk)).notes if note.words.casefold() == "open days"]
    assert (len(loose.entries), len(themed.entries), loose.tick != themed.tick) == (1, 2, True)
    await form(talk, "put_into_theme", into=NEW, called="Doors", notes=loose.tick)
    assert now(talk) == {"Days": 2, "Doors": 1}
    await form(talk, "put_into_theme", into=NONE, notes=themed.tick)
    assert now(talk) == {"Doors": 1}
    await form(talk, "put_into_theme", into=theme(talk, "Doors"), notes=themed.tick)
    assert now(talk) == {"Doors": 3}, "where it is now does not matter to who ticked it"


async def test_what_is_delivered_again_counts_once_and_says_the_same() -> None:
    talk = await noted()
    ticks = tick(await form(talk), "open days")
    for _ in range(2):
        view = await form(talk, "put_into_theme", into=NEW, called="Days", notes=ticks, delivery="one")
        assert why(view) == "put_into_theme"
    assert len(themes_in(talk.w, "K1", "good").before) == 1


async def crowd(notes: int) -> Talk:
    """So many notes in one column, by as many people as it takes."""
    talk = await Talk(plan_of([step("notes", asks("N", "notes", ONE_COLUMN))], [], [], [])).starts()
    lines = [f"staff number {n:03}" for n in range(notes)]
    for number in range(0, notes, 20):
        await talk.turn(f"p{number}", "joined", language="en")
        await talk.turn(f"p{number}", "submit", **{"a.N.all": "\n".join(lines[number : number + 20])})
    return talk


# ---- pages, columns, and the card


async def test_pages() -> None:
    talk = await crowd(PAGE + 3)
    first = await form(talk, of="N/all")
    assert (len(first.notes), first.page, first.pages) == (PAGE, 0, 2)
    assert "More notes" in str(draw(first, "en")) and "Previous notes" not in str(draw(first, "en"))
    for page in (1, 99):
        last = await form(talk, of="N/all", page=page)
        assert (len(last.notes), last.page) == (3, 1)
        assert "More notes" not in str(draw(last, "en")) and "Previous notes" in str(draw(last, "en"))
    done = await form(talk, "put_into_theme", of="N/all", page=1, into=NEW, called="Staff", notes=last.notes[0].tick)
    assert (done.page, done.pages) == (1, 2), "it stays on its page"


async def test_columns_are_chosen_from_a_list() -> None:
    talk = await noted(**{"a.K1.hard": "law"})
    view = await form(talk, of="")
    assert view.sheet == 0 and inputs_of(draw(view, "en"))["sheet"]["value"] == GOOD
    assert "A vote on these notes" in text_of(draw(view, "en"))
    hard = await form(talk, look=True, sheet="K1/hard")
    assert [note.words for note in hard.notes] == ["law"] and "K1? · What is hard" in text_of(draw(hard, "en"))
    assert "A vote on these notes" not in text_of(draw(hard, "en")), "only the first column is carried over"
    assert (await form(talk, of="nonsense")).sheet == 0
    one = await crowd(1)
    assert "sheet" not in inputs_of(draw(await form(one, of="N/all"), "en"))


async def test_an_empty_column_has_nothing_to_tick() -> None:
    talk = await Talk().starts()
    view = await form(talk)
    card = draw(view, "en")
    assert "There are no notes here" in text_of(card) and "notes" not in inputs_of(card)
    assert [one["data"]["verb"] for one in card["actions"]] == ["console"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sign", ["x", '"', "\U0001f468", EVIL])
async def test_the_card_goes_through_however_much_is_there(language: str, sign: str) -> None:
    talk = await crowd(60)
    for number in range(MOST):
        page = await form(talk, of="N/all")
        name = f"{number:02} {sign * LONGEST}"[:LONGEST]
        done = await form(talk, "put_into_theme", of="N/all", into=NEW, called=name, notes=page.notes[0].tick)
        assert why(done) == "put_into_theme"
    full = await form(talk, of="N/all", page=2)
    words = (sign * 280)[:280]
    notes = tuple(replace(note, words=words) for note in full.notes)
    assert len(notes) == PAGE and notes[0].theme
    proposed = tuple(
        Proposed(tuple(Same(("e",), f"{words[5:]}{number}-{n}") for n in range(TOGETHER)), full.themes.now[0].name)
        for number in range(PROPOSALS)
    )
    typed = {"called": sign * 70, "name": sign * 70}
    for view in (replace(full, notes=notes, typed=typed), replace(full, proposed=proposed)):
        card = draw(view, language)
        found = lint(card, user_words=("https://evil.example", "<at>", "**Bold"), edited=False, dialog=True)
        assert found == []
        assert weight_of(card) < LARGEST and len(title_of(view, language)) <= 60
