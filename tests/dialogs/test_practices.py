"""Putting practices in by fields and by a pasted table, with everything that people paste; and what comes of it."""

from __future__ import annotations

import pytest

from cards import draw, title_of
from cards.elements import weight_of
from locales import LANGUAGES
from tests.cards.lint import LARGEST, lint
from tests.cards.walk import inputs_of, text_of
from tests.dialogs.talk import Talk, facts, said, shown, why
from workshop.model import Practice
from workshop.practices import LIMITS
from workshop.service import NotStored
from workshop.views import Opener, PracticesForm

EVIL = "**Bold** [click](https://evil.example) <at>Ana</at> =1+1"


def titles(talk: Talk) -> list[str]:
    return [practice.title for practice in talk.w.practices]


async def test_who_may_and_how_it_opens() -> None:
    talk = await Talk().opens()
    assert shown(await talk.types("anna", "practices"), Opener).verb == "practices"
    assert shown(await talk.turn("anna", "practices"), PracticesForm).typed == {}
    for verb in ("practices", "add_practices", "remove_practices"):
        assert said(await talk.turn("ivan", verb, title="x")) == "only_facilitators"
        assert said(await Talk().turn("anna", verb)) == "no_workshop"


async def test_one_by_its_fields_and_out_again() -> None:
    talk = await Talk().opens()
    reply = await talk.turn("anna", "add_practices", title="Open days", country="LV", link="https://a.example")
    assert why(shown(reply, PracticesForm)) == "practices_added" and facts(reply) == {"practices": 1}
    assert talk.w.practices == (Practice("Open days", "LV", link="https://a.example"),)
    assert why(shown(await talk.turn("anna", "remove_practices", gone="7,x"), PracticesForm)) == "nothing_to_change"
    assert why(shown(await talk.turn("anna", "remove_practices", gone="0"), PracticesForm)) == "practices_removed"
    assert titles(talk) == []


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("Open days;LV\nOne desk", ["Open days", "One desk"]),
        ("Open days\tLV\r\nDesk, one\tPL\r\n\r\n", ["Open days", "Desk, one"]),
        ("Tytuł;Kraj\nDni otwarte;PL", ["Dni otwarte"]),
        ("\ufefftitle,country\n\"Days, open\",LV", ["Days, open"]),
        ("The \"best\" desk;LV", ['The "best" desk']),
        ("\"Unclosed;LV\nOther;PL", ['"Unclosed', "Other"]),
        ("=HYPERLINK(\"x\");LV", ['=HYPERLINK("x")']),
        (";;;\n ; \nDesk;;;;", ["Desk"]),
        ("Ławka żółć;Łotwa", ["Ławka żółć"]),
    ],
)
async def test_tables_as_people_paste_them(table: str, expected: list[str]) -> None:
    talk = await Talk().opens()
    assert why(shown(await talk.turn("anna", "add_practices", table=table), PracticesForm)) == "practices_added"
    assert titles(talk) == expected


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("Open days | LV\nDesk | PL", "separator"),
        ("a;b;c;d;e\na;b;c;d;e;f", "cells"),
        ("x" * 50_001, "long"),
        ("", "missing"),
        ("Desk;LV\n;PL", "missing"),
        ("Desk;LV;;;not a link", "link"),
        ("\n".join(f"Practice {n}" for n in range(21)), "many"),
        ("x" * 121, "long"),
    ],
)
async def test_what_is_no_table_of_practices_comes_back_with_the_reason(table: str, reason: str) -> None:
    talk = await Talk().opens()
    reply = await talk.turn("anna", "add_practices", table=table)
    assert (why(shown(reply, PracticesForm)), facts(reply)["why"]) == ("wrong_practices", reason)
    assert shown(reply, PracticesForm).typed["table"] == table and titles(talk) == []
    for language in LANGUAGES:
        sentence = text_of(draw(shown(reply, PracticesForm), language)).split("\n")[0]
        assert len(sentence) > 20


async def test_a_practice_that_is_only_a_name_has_no_more_lines() -> None:
    talk = await Talk().opens()
    await talk.turn("anna", "add_practices", title="Desk")
    words = text_of(draw(PracticesForm(talk.w), "en")).split("\n")
    assert words[1:3] == ["1. Desk", "One more practice"]


async def test_what_could_not_be_stored_keeps_what_was_typed() -> None:
    talk = await Talk().opens()
    await talk.turn("anna", "add_practices", title="There")
    talk.memory.fails = NotStored(certain=True)
    form = shown(await talk.turn("anna", "add_practices", title="Desk"), PracticesForm)
    assert why(form) == "not_stored" and form.typed["title"] == "Desk"
    assert why(shown(await talk.turn("anna", "remove_practices", gone="0"), PracticesForm)) == "not_stored"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_form_is_a_card_that_teams_takes_however_much_is_there(language: str) -> None:
    talk = await Talk().opens()
    table = "\n".join(f"{n} {EVIL};{EVIL[:40]};{EVIL};{EVIL * 4};https://a.example/{n}" for n in range(20))
    full = shown(await talk.turn("anna", "add_practices", table=table.replace("=1+1", "")), PracticesForm)
    assert why(full) == "practices_added"
    for view in (full, PracticesForm(talk.w, dict.fromkeys((*LIMITS, "table"), EVIL))):
        card = draw(view, language)
        assert lint(card, user_words=("https://evil.example", "<at>"), edited=False, dialog=True) == []
        assert weight_of(card) < LARGEST and title_of(view, language)
    assert inputs_of(draw(PracticesForm(talk.w, {"core": "x" * 9000}), "en"))["core"]["maxLength"] == 9000
