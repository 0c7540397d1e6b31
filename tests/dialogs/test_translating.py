"""Translating an entry: the form, what is kept of it, at once with another moderator, and what stays typed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cards import draw
from tests.cards.lint import lint
from tests.cards.walk import buttons_of, inputs_of, text_of
from tests.dialogs.talk import ELSEWHERE, Talk, said, shown, why
from tests.stories.acts import elements
from tests.workshop.session import DOTS, ONE_COLUMN, TEXT, asks, plan_of, step
from workshop.entries import entries_of
from workshop.plan import Source
from workshop.prompts.words import WordsRules
from workshop.service import NotStored
from workshop.views import AnswerForm, Console, ModerateForm, Receipt, TranslateForm

PLAN = replace(
    plan_of(
        [
            step(
                "notes",
                asks("N", "notes", ONE_COLUMN),
                asks("T", "text", TEXT),
                asks("W", "words", WordsRules(3, 60)),
            ),
            step("vote", asks("V", "vote", DOTS, Source("N"))),
        ],
        [],
        [],
        [],
    ),
    languages=("en", "lv", "pl"),
)


async def written() -> tuple[Talk, dict[str, str]]:
    """Two have written; the entries by their words."""
    talk = await Talk(PLAN).starts()
    talk.roster = []
    await talk.turn("ivan", "submit", **{"a.N.all": "open days\nmentors", "a.T.": "ab" * 300, "a.W.": "cloud"})
    await talk.turn("eva", "submit", **{"a.N.all": "Open days"})
    read = await talk.memory.answers(talk.w.id)
    assert read is not None
    return talk, {entry.words: entry.id for entry in entries_of(*read)}


async def saves(talk: Talk, form: TranslateForm, /, who: str = "anna", **into: str) -> Any:
    """The form's own button, with these fields; the others as they stood."""
    card = draw(form, "en")
    fields = {id: field.get("value", "") for id, field in inputs_of(card).items()}
    data = buttons_of(card)["translated"]
    typed = {f"to.{language}": words for language, words in into.items()}
    more = {name: value for name, value in data.items() if name not in ("verb", "msteams", "w")}
    return await talk.turn(who, "translated", **{**fields, **typed, **more})


async def test_a_form_with_a_field_for_each_language_keeps_what_was_changed() -> None:
    talk, ids = await written()
    page = shown(await talk.turn("anna", "moderate"), ModerateForm)
    offered = [one["value"] for one in inputs_of(draw(page, "en"))["chosen"]["choices"]]
    assert ids["mentors"] in offered and ids["cloud"] not in offered
    form = shown(await talk.turn("anna", "translate", chosen=ids["mentors"]), TranslateForm)
    card = draw(form, "en")
    assert lint(card, user_words=(), edited=False, dialog=True) == []
    assert [*inputs_of(card)] == ["to.en", "to.lv", "to.pl"] and "mentors" in text_of(card)
    assert why(shown(await saves(talk, form, lv="mentori", pl="opiekunowie"), Console)) == "translated"
    again = shown(await talk.turn("anna", "translate", entries=[ids["mentors"]]), TranslateForm)
    assert again.was == {"lv": "mentori", "pl": "opiekunowie"}
    assert why(shown(await saves(talk, again), Console)) == "nothing_to_change"
    assert why(shown(await saves(talk, again, pl=""), Console)) == "translated"
    assert {language for one in talk.w.translations.values() for language in one.into} == {"lv"}
    long = shown(await talk.turn("anna", "translate", chosen=ids["ab" * 300]), TranslateForm)
    assert inputs_of(draw(long, "en"))["to.lv"]["maxLength"] == 900


async def test_who_was_faster_is_told_and_what_was_typed_stays() -> None:
    talk, ids = await written()
    form = shown(await talk.turn("anna", "translate", chosen=ids["mentors"]), TranslateForm)
    await saves(talk, form, lv="mentori")
    late = shown(await saves(talk, form, lv="padomdevēji"), TranslateForm)
    text, fields = text_of(draw(late, "en")), inputs_of(draw(late, "en"))
    assert "Latvian: somebody else wrote this meanwhile: “mentori”." in text
    assert fields["to.lv"]["value"] == "padomdevēji"
    assert why(shown(await saves(talk, late), Console)) == "translated", "pressed again it takes its place"
    again = shown(await talk.turn("anna", "translate", chosen=ids["mentors"]), TranslateForm)
    await saves(talk, again, lv="")
    assert talk.w.translations == {}
    gone = shown(await saves(talk, again, lv="vēl cits"), TranslateForm)
    assert "took the translation away meanwhile" in text_of(draw(gone, "en"))
    too_long = shown(await saves(talk, gone, lv="ā" * 281), TranslateForm)
    assert "Latvian: this has 281 characters; at most 280 fit." in text_of(draw(too_long, "en"))
    assert too_long.typed["lv"] == "ā" * 281


async def test_who_may_not_what_is_gone_and_a_store_that_is_away() -> None:
    talk, ids = await written()
    assert said(await talk.turn("ivan", "translate", chosen=ids["mentors"])) == "only_moderators"
    assert said(await talk.turn("ivan", "translated", entries=[ids["mentors"]], **{"to.lv": "x"})) == "only_moderators"
    assert said(await talk.turn("anna", "translated", where=ELSEWHERE, entries=[ids["mentors"]])) == "no_workshop"
    for entry in ("forged", "", ids["cloud"]):
        assert why(shown(await talk.turn("anna", "translate", chosen=entry), Console)) == "unknown_entry"
    form = shown(await talk.turn("anna", "translate", chosen=ids["mentors"]), TranslateForm)
    talk.memory.fails = NotStored(certain=True)
    away = shown(await saves(talk, form, lv="mentori"), TranslateForm)
    assert (why(away), away.typed["lv"]) == ("not_stored", "mentori")
    talk.memory.fails = None
    await talk.turn("ivan", "submit", **{"a.N.all": "open days"})
    assert why(shown(await saves(talk, form, lv="mentori"), Console)) == "unknown_entry"


async def test_who_votes_reads_it_in_their_language() -> None:
    talk, ids = await written()
    both = [entry for words, entry in ids.items() if words.casefold() == "open days"]
    form = shown(await talk.turn("anna", "translate", entries=both), TranslateForm)
    assert len(form.entries) == 2
    await saves(talk, form, lv="atvērtās durvis")
    await talk.next()
    await talk.turn("eva", "joined", language="lv")
    asked = shown(await talk.turn("eva", "answer", speaks="lv"), AnswerForm)
    assert "atvērtās durvis (open days)" in str(draw(asked, "lv")).casefold()
    assert "atvērtās" not in str(draw(shown(await talk.turn("ivan", "answer"), AnswerForm), "en"))
    key = talk.w.items["V"][0].key
    done = shown(await talk.turn("eva", "submit", speaks="lv", **{f"a.V.{key}": "1"}), Receipt)
    assert done


async def test_the_console_says_what_not_everybody_can_read() -> None:
    """Before the vote opens and while it is open; no more once it is translated, closed, or over."""
    talk, ids = await written()
    told = "Without a translation: Latvian"

    async def console() -> str:
        return text_of(draw(shown(await talk.turn("anna", "console"), Console), "en"))

    assert told not in await console(), "all read English"
    await talk.turn("eva", "joined", language="lv")
    assert f"{told} 1." in await console(), "what Eva wrote too is in her language"
    card = draw(shown(await talk.turn("anna", "console"), Console), "en")
    (quiet,) = [one for one in elements(card) if told in one.get("text", "")]
    assert quiet["isSubtle"] and not quiet.get("color"), "it is no alarm"
    assert not [one for one in elements(card) if one.get("style") in ("warning", "attention")]
    await talk.next()
    assert f"{told} 1." in await console()
    form = shown(await talk.turn("anna", "translate", chosen=ids["mentors"]), TranslateForm)
    await saves(talk, form, lv="mentori")
    assert told not in await console()
    await saves(talk, shown(await talk.turn("anna", "translate", chosen=ids["mentors"]), TranslateForm), lv="")
    assert told in await console()
    await talk.turn("anna", "finish", moves=talk.w.moves, sure=True)
    assert told not in await console()


async def test_more_than_a_vote_takes_are_counted_too() -> None:
    talk = await Talk(PLAN).starts()
    await talk.turn("eva", "joined", language="lv")
    for who in ("ivan", "ola"):
        await talk.turn(who, "submit", **{"a.N.all": "\n".join(f"{who} {n}" for n in range(12))})
    await talk.turn("anna", "close", moves=talk.w.moves)
    assert shown(await talk.turn("anna", "console"), Console).untranslated == {"lv": 24}
