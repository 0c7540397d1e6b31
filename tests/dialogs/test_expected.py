"""The organiser's list as people put it in, and what comes of it when those on it join."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from typing import Any

import pytest

from cards import draw, title_of
from cards.list_words import FIELDS
from dialogs import ALL
from dialogs.list_of_people import columns_of, people_of
from dialogs.turn import Reply, Turn, Via, Who
from locales import LANGUAGES, words
from tests.cards.lint import lint
from tests.cards.walk import buttons_of, inputs_of, text_of
from tests.dialogs.talk import GROUP_CHAT, PRIVATE, Talk, facts, said, shown, why
from workshop.model import Expected
from workshop.service import NotStored
from workshop.views import Console, GroupsForm, JoinForm, Notice, PeopleForm, TableForm

TABLE = "Imię i nazwisko;Adres e-mail;Urząd;Kraj;Grupa;Język;Uwagi\nEwa Nowak;ewa@um.pl;Urząd Miasta;PL;2;polski;x"
EWA = Expected("Ewa Nowak", "ewa@um.pl", "Urząd Miasta", "PL", "", "2", "", "pl")
EVIL = "**Bold** [x](https://evil.example) <at>Ana</at>"


async def comes(talk: Talk, verb: str, *addresses: str, name: str = "Eva", **more: Any) -> Reply:
    """Somebody whose addresses Teams tells presses something."""

    async def told() -> Sequence[str]:
        return addresses

    turn = Turn(verb, Who("eva", name), GROUP_CHAT, "en", Via.DIALOG, more, addresses=told)
    return await ALL.answer(turn, talk.kolbot)


async def opened() -> Talk:
    talk = Talk()
    assert said(await talk.turn("anna", "open", plan="session", title="Learning", language="en")) == "opened"
    return talk


async def test_who_may() -> None:
    talk = await Talk().opens()
    assert shown(await talk.turn("anna", "people"), PeopleForm).table == ""
    for verb in ("people", "expect", "forget_list"):
        assert said(await talk.turn("ivan", verb, table=TABLE)) == "only_facilitators"
        assert said(await Talk().turn("anna", verb)) == "no_workshop"


async def test_it_is_put_in_and_forgotten_again() -> None:
    talk = await opened()
    reply = await talk.turn("anna", "expect", table=TABLE)
    assert why(shown(reply, PeopleForm)) == "list_changed" and facts(reply) == {"people": 1}
    assert talk.w.expected == (EWA,)
    assert why(shown(await talk.turn("anna", "forget_list"), PeopleForm)) == "list_forgotten"
    assert why(shown(await talk.turn("anna", "forget_list"), PeopleForm)) == "nothing_to_change"
    assert talk.w.expected == ()


async def test_what_is_wrong_stays_in_its_field() -> None:
    talk = await opened()
    for table, reason in ((TABLE.replace("polski", "de"), "language"), ("a|b\nc|d", "separator"), ("x;" * 99, "cells")):
        reply = await talk.turn("anna", "expect", table=table)
        form = shown(reply, PeopleForm)
        assert (why(form), facts(reply)["why"], form.table) == ("wrong_list", reason, table)
    talk.memory.fails = NotStored(certain=True)
    for verb in ("expect", "forget_list"):
        assert why(shown(await talk.turn("anna", verb, table=TABLE), PeopleForm)) == "not_stored"
    assert talk.w.expected == ()


async def test_who_is_on_it_finds_the_fields_filled_in_their_language() -> None:
    talk = await opened()
    await talk.turn("anna", "expect", table=TABLE)
    reply = await comes(talk, "join", "EWA@um.pl")
    form = shown(reply, JoinForm)
    assert form.listed and (form.person.institution, form.person.country) == ("Urząd Miasta", "PL")
    card = draw(form, "en")
    assert "noted by the organisers" in text_of(card) and "optional" in text_of(card)
    assert inputs_of(card)["institution"]["value"] == "Urząd Miasta"
    assert getattr(reply, "language", "") == "pl"
    await comes(talk, "joined", "ewa@um.pl", institution="Another", language="en")
    assert talk.w.people["eva"].institution == "Another", "what the person says counts"
    assert (talk.w.expected, talk.w.seats) == ((), {"eva": "2"})
    assert not shown(await comes(talk, "join", "ewa@um.pl"), JoinForm).listed


async def test_nobody_else_is_shown_it_whatever_they_say() -> None:
    talk = await opened()
    await talk.turn("anna", "expect", table=TABLE)
    assert not shown(await talk.turn("eva", "join"), JoinForm).listed, "Teams tells no address"
    for address in ("", "other@um.pl"):
        form = shown(await comes(talk, "join", address, name="Ewa Nowak", address="ewa@um.pl"), JoinForm)
        assert not form.listed and form.person.institution == ""
    await comes(talk, "joined", expected=EWA.key)
    assert talk.w.expected == (EWA,), "the form's data say nothing of who somebody is"


async def test_a_language_that_the_template_does_not_have_is_not_spoken() -> None:
    talk = await opened()
    await talk.turn("anna", "expect", table="Name;Language\nEva;")
    assert getattr(await comes(talk, "join"), "language", "") == "en"


async def test_the_console_and_the_groups_know_the_list() -> None:
    talk = await opened()
    await talk.turn("anna", "expect", table=TABLE)
    console = draw(shown(await talk.turn("anna", "console"), Console), "en")
    assert "1 person has not joined yet." in text_of(console) and "people" in buttons_of(console)
    reply = await talk.turn("anna", "form_groups", way="list")
    assert why(shown(reply, GroupsForm)) == "wrong_groups" and facts(reply)["why"] == "list"
    assert "list" not in str(inputs_of(draw(shown(reply, GroupsForm), "en"))["way"]["choices"])
    await comes(talk, "joined", "ewa@um.pl")
    form = shown(await talk.turn("anna", "groups"), GroupsForm)
    assert "list" in str(inputs_of(draw(form, "en"))["way"]["choices"])
    assert why(shown(await talk.turn("anna", "form_groups", way="list"), GroupsForm)) == "groups_formed"
    assert [group.members for group in talk.w.groups] == [("eva",)]


# ---- tables


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        (["Name", "E-Mail"], ["name", "address"]),
        (["Vārds, uzvārds", "Iestāde", "Loma"], ["name", "institution", "role"]),
        (["Име", "Имейл", "Държава", "?"], ["name", "address", "country", ""]),
        (["Név", "Nyelv", "Csoport", "Kihívás"], ["name", "language", "group", "challenge"]),
        (["name"], ["name"]),
        (["Name", "x"], None),
        (["Country", "Group"], None),
        (["Name", "Full name"], None),
        (["Ewa Nowak", "ewa@um.pl"], None),
    ],
)
def test_headings_in_any_language(row: list[str], columns: list[str] | None) -> None:
    assert columns_of(row) == columns


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_columns_that_the_form_names_are_known_as_headings(language: str) -> None:
    headings = [heading(words(language)) for heading in FIELDS.values()]
    assert columns_of(headings) == list(FIELDS), "what stands under a heading copied from the form is not dropped"
    assert not [heading for heading in headings if "," in heading], "the form lists them with commas between"


def test_without_headings_the_columns_have_their_order() -> None:
    assert people_of("Ewa Nowak;ewa@um.pl;Urząd;PL;;2;Too few;lettisch") == (
        Expected("Ewa Nowak", "ewa@um.pl", "Urząd", "PL", "", "2", "Too few", "lettisch"),
    )
    assert people_of("E-mail\na@b.pl") == (Expected("", "a@b.pl"),)
    assert people_of("") == ()


@pytest.mark.parametrize(
    ("language", "code"),
    [("PL", "pl"), ("Polish", "pl"), ("polski", "pl"), ("български", "bg"), ("Latvian", "lv"), ("hu", "hu"), ("", "")],
)
def test_languages_by_code_and_by_name(language: str, code: str) -> None:
    assert people_of(f"Name;Language\nA;{language}")[0].language == code


async def test_a_list_sent_as_a_file() -> None:
    talk = await opened()
    content = TABLE.encode("cp1250")
    sent = await talk.turn("anna", "file", Via.TYPED, where=PRIVATE, file="a.csv", content=content, speaks="pl")
    form = shown(sent, TableForm)
    assert (form.what, form.rows, form.letters) == ("people", 1, "central")
    text = text_of(draw(form, "pl"))
    assert "Instytucja: Urząd Miasta" in text and "x" not in [line.strip() for line in text.splitlines()]
    given = {"draft": form.draft, "letters": form.letters, "into": form.into, "what": form.what}
    assert why(shown(await talk.turn("anna", "table_in", where=PRIVATE, **given), Notice)) == "list_changed"
    assert talk.w.expected == (EWA,)


async def test_a_file_may_be_taken_for_the_other_kind() -> None:
    talk = await opened()
    content = codecs.BOM_UTF8 + b"Ewa Nowak;ewa@um.pl;1;2;3;4;5;6;7"
    form = shown(await talk.turn("anna", "file", Via.TYPED, where=PRIVATE, file="a.csv", content=content), TableForm)
    assert form.what == "practices"
    given = {"draft": form.draft, "letters": form.letters, "into": form.into, "what": "people"}
    again = shown(await talk.turn("anna", "table_look", where=PRIVATE, **given), TableForm)
    assert (again.what, again.columns[:2], again.rows) == ("people", ("name", "address"), 1)
    reply = await talk.turn("anna", "table_in", where=PRIVATE, **given)
    assert why(shown(reply, TableForm)) == "wrong_list" and facts(reply)["file"] == 1


# ---- what is seen


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_cards_show_hostile_words_as_they_are(language: str) -> None:
    talk = await opened()
    await talk.turn("anna", "expect", table=f"{EVIL};;{EVIL}")
    for view in (
        shown(await talk.turn("anna", "expect", table=f"{EVIL};{EVIL}"), PeopleForm),
        PeopleForm(talk.w),
        shown(await comes(talk, "join", name=EVIL), JoinForm),
    ):
        assert lint(draw(view, language), user_words=(EVIL,), edited=False, dialog=True) == []
        assert title_of(view, language)
