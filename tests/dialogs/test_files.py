"""Files that people send in a personal chat: templates for themselves, tables for a workshop, and what is neither."""

from __future__ import annotations

import codecs
from typing import Any

import pytest

from cards import draw, title_of
from dialogs.table import LIMIT
from dialogs.turn import Reply, Via
from locales import LANGUAGES, words
from tests.cards.lint import lint
from tests.cards.walk import inputs_of, text_of
from tests.dialogs.talk import ELSEWHERE, PRIVATE, Talk, facts, said, shown, why
from tests.templates.test_editing import CASES, PLAN
from tests.workshop.paper import TENANT
from workshop.drafts import OWN_LIMIT, Draft, Own
from workshop.model import Practice
from workshop.service import NotStored
from workshop.views import NewForm, Notice, TableForm

YAML = CASES.encode()


async def sends(talk: Talk, who: str, name: str, content: object = None, **more: Any) -> Reply:
    given = {"content": content} if content is not None else {}
    return await talk.turn(who, "file", Via.TYPED, where=PRIVATE, file=name, **given, **more)


async def looks(talk: Talk, name: str, content: bytes, **more: Any) -> TableForm:
    return shown(await sends(talk, "anna", name, content, **more), TableForm)


async def puts_in(talk: Talk, form: TableForm, **more: Any) -> Reply:
    given = {"draft": form.draft, "letters": form.letters, "into": form.into} | more
    return await talk.turn("anna", "table_in", where=PRIVATE, **given)


# ---- templates


async def test_a_template_is_kept_for_the_person_and_offered_to_nobody_else() -> None:
    talk = Talk()
    assert said(await sends(talk, "anna", "Session.YAML", YAML)) == "template_sent"
    (own,) = shown(await talk.turn("anna", "new"), NewForm).yours
    assert own.name == PLAN.title["en"] and own.id != PLAN.id
    assert shown(await talk.turn("ivan", "new"), NewForm).yours == ()
    assert why(shown(await talk.turn("ivan", "open", plan=own.id, language="en"), NewForm)) == "unknown_template"
    assert said(await talk.turn("anna", "open", plan=own.id, language="en")) == "opened"
    assert talk.w.plan.stages == PLAN.stages


async def test_the_same_template_sent_again_replaces_it() -> None:
    talk = Talk()
    for _ in range(2):
        assert said(await sends(talk, "anna", "a.yml", YAML)) == "template_sent"
    assert len(shown(await talk.turn("anna", "new"), NewForm).yours) == 1


async def test_it_can_be_removed_again_after_being_asked_by_its_owner_alone() -> None:
    talk = Talk()
    await sends(talk, "anna", "a.yaml", YAML)
    (own,) = shown(await talk.turn("anna", "new"), NewForm).yours
    assert why(shown(await talk.turn("ivan", "template_remove", plan=own.id), NewForm)) == "not_own"
    asked = shown(await talk.turn("anna", "template_remove", plan=own.id), NewForm)
    assert asked.removing == own
    for language in LANGUAGES:
        assert words(language)("Remove this template of yours?") in text_of(draw(asked, language))
        assert not lint(draw(asked, language), user_words=(), edited=False, dialog=True)
    assert why(shown(await talk.turn("anna", "template_remove", remove=own.id), NewForm)) == "template_removed"
    assert not talk.drafts.owned


async def test_what_is_wrong_with_a_template_is_told_with_its_line() -> None:
    reply = await sends(Talk(), "anna", "a.yaml", YAML.replace(b"minutes: 5", b"minutes: five", 1))
    assert said(reply) == "wrong_template" and facts(reply)["at_line"] == 9
    reply = await sends(Talk(), "anna", "a.yaml", "id: ż".encode("cp1250"))
    assert (said(reply), facts(reply)["why"]) == ("wrong_file", "letters")


async def test_who_may_not_open_workshops_keeps_no_templates() -> None:
    talk = Talk(openers=frozenset({"somebody"}))
    assert said(await sends(talk, "anna", "a.yaml", YAML)) == "may_not_open"


async def test_a_template_that_cannot_be_stored_or_is_one_too_many() -> None:
    talk = Talk()
    talk.drafts.away = True
    assert said(await sends(talk, "anna", "a.yaml", YAML)) == "not_stored"
    talk.drafts.away = False
    for number in range(OWN_LIMIT):
        talk.drafts.owned[TENANT, "anna", f"own-{number}"] = (Own(f"own-{number}", f"N{number}", 5, ("en",)), "{}")
    reply = await sends(talk, "anna", "a.yaml", YAML)
    assert said(reply) == "own_full" and facts(reply)["yours"]


# ---- tables


async def test_a_table_is_shown_and_then_put_in() -> None:
    talk = await Talk().opens()
    form = await looks(talk, "practices.csv", b"Title;Country\nOpen days;LV\nOne desk\nA;B\nC;D")
    assert (form.rows, form.shown, form.letters) == (4, (("Open days", "LV"), ("One desk",), ("A", "B")), "utf-8")
    assert form.into == talk.w.id and talk.w.practices == ()
    reply = await puts_in(talk, form)
    assert why(shown(reply, Notice)) == "practices_added" and facts(reply) == {"practices": 4}
    assert talk.w.practices[0] == Practice("Open days", "LV")
    assert facts(await puts_in(talk, form))["why"] == "gone", "it was put in: the table is not kept"


@pytest.mark.parametrize(
    ("speaks", "encoding", "letters"),
    [
        ("pl", "cp1250", "central"),
        ("bg", "cp1251", "cyrillic"),
        ("lv", "cp1257", "baltic"),
        ("en", "cp1252", "western"),
        ("pl", "utf-8", "utf-8"),
        ("pl", "utf-8-sig", "utf-8"),
        ("pl", "utf-16", "central"),
    ],
)
async def test_letters_are_read_as_the_spreadsheets_of_that_country_write_them(
    speaks: str, encoding: str, letters: str
) -> None:
    titles = {"bg": "Дни на отворените врати", "lv": "Atvērto durvju dienas", "en": "Café", "pl": "Dzień żółty"}
    said_there = titles[speaks]
    talk = await Talk().opens()
    form = await looks(talk, "a.csv", said_there.encode(encoding), speaks=speaks)
    assert (form.letters, form.shown) == (letters, ((said_there,),))


async def test_letters_that_were_taken_wrong_are_read_again() -> None:
    talk = await Talk().opens()
    form = await looks(talk, "a.csv", "Żółć;PL".encode("cp1250"))
    assert form.shown != (("Żółć", "PL"),)
    again = await talk.turn("anna", "table_look", where=PRIVATE, draft=form.draft, letters="central", into=form.into)
    form = shown(again, TableForm)
    assert (form.shown, form.into) == ((("Żółć", "PL"),), talk.w.id)
    await puts_in(talk, form)
    assert talk.w.practices == (Practice("Żółć", "PL"),)
    forged = await talk.turn("anna", "table_look", where=PRIVATE, draft=form.draft, letters="rot13")
    assert facts(forged)["why"] == "gone"


async def test_unknown_letters_are_the_usual_ones() -> None:
    talk = await Talk().opens()
    form = await looks(talk, "a.csv", b"Desk")
    again = await talk.turn("anna", "table_look", where=PRIVATE, draft=form.draft, letters="rot13")
    assert shown(again, TableForm).letters == "utf-8"


async def test_of_several_workshops_one_is_chosen() -> None:
    talk = await Talk().opens()
    first = talk.w.id
    opened = await talk.turn("anna", "open", where=ELSEWHERE, plan="session", title="Second", language="en")
    assert said(opened) == "opened"
    form = await looks(talk, "a.csv", b"Desk")
    assert form.into == "" and len(form.workshops) == 2
    for into in ("", "another"):
        reply = await puts_in(talk, form, into=into)
        assert why(shown(reply, TableForm)) == "wrong_file" and facts(reply)["why"] == "which"
    assert why(shown(await puts_in(talk, form, into=first), Notice)) == "practices_added"
    by_id = {one.id: one.practices for one in talk.memory.workshops.values()}
    assert {id for id, practices in by_id.items() if practices} == {first}


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.exe", b"x", "kind"), ("a", b"x", "kind"), ("", b"x", "kind"), ("a.xlsx", b"PK", "kind"),
        ("a.csv", b"", "empty"), ("a.csv", codecs.BOM_UTF8 + b"\r\n;;\n", "empty"),
        ("a.csv", b"x" * (4 * LIMIT + 1), "large"), ("a.csv", None, "away"), ("a.csv", "text", "away"),
    ],
)  # fmt: skip
async def test_what_cannot_be_used_is_said(name: str, content: object, reason: str) -> None:
    talk = await Talk().opens()
    reply = await sends(talk, "anna", name, content)
    assert (said(reply), facts(reply)["why"]) == ("wrong_file", reason)
    assert not talk.drafts.drafts


async def test_why_a_file_did_not_come_is_passed_on() -> None:
    for reason in ("many", "large", "away"):
        assert facts(await sends(Talk(), "anna", "a.csv", why=reason))["why"] == reason


async def test_a_long_name_is_cut_and_nothing_in_it_is_read() -> None:
    reply = await sends(Talk(), "anna", "[x](https://evil.example)" * 9 + ".exe", b"x")
    assert len(str(facts(reply)["name"])) == 80


async def test_only_who_leads_a_workshop_puts_tables_in() -> None:
    talk = await Talk().opens()
    for who in ("ivan", "stranger"):
        assert facts(await sends(talk, who, "a.csv", b"Desk"))["why"] == "no_workshop"
    form = await looks(talk, "a.csv", b"Desk")
    for verb in ("table_in", "table_look"):
        forged = await talk.turn("ivan", verb, where=PRIVATE, draft=form.draft, into=talk.w.id)
        assert facts(forged)["why"] == "no_workshop"
    await talk.turn("anna", "cancel", moves=talk.w.moves)
    await talk.turn("anna", "cancel", moves=talk.w.moves, sure=True)
    for verb in ("table_in", "table_look"):
        over = await talk.turn("anna", verb, where=PRIVATE, draft=form.draft, into=talk.w.id)
        assert facts(over)["why"] == "no_workshop", "the workshop is over by now"


async def test_a_table_with_a_mistake_changes_nothing_and_says_which_row() -> None:
    talk = await Talk().opens()
    for table, reason, row in (
        ("A;B\nC;1;2;3;4;5;6", "cells", 2), ("A|B\nC|D", "separator", 0), ("A;\nB;LV;;;no link", "link", 2),
        ("x" * (LIMIT + 1), "long", 0),
    ):  # fmt: skip
        form = await looks(talk, "a.csv", table.encode())
        reply = await puts_in(talk, form)
        assert why(shown(reply, TableForm)) == "wrong_practices"
        assert (facts(reply)["why"], facts(reply).get("row", 0)) == (reason, row)
        text = text_of(draw(shown(reply, TableForm), "en"))
        assert "what you typed" not in text
    assert talk.w.practices == ()


async def test_where_nothing_can_be_stored_it_is_said_and_the_table_stays() -> None:
    talk = await Talk().opens()
    talk.drafts.away = True
    assert said(await sends(talk, "anna", "a.csv", b"Desk")) == "not_stored"
    talk.drafts.away = False
    form = await looks(talk, "a.csv", b"Desk")
    talk.memory.fails = NotStored(certain=False)
    assert why(shown(await puts_in(talk, form), TableForm)) == "not_confirmed"
    talk.memory.fails = None
    assert why(shown(await puts_in(talk, form), Notice)) == "practices_added"


async def test_a_draft_that_is_no_table_is_none() -> None:
    talk = await Talk().opens()
    await talk.drafts.keep(Draft(TENANT, "anna", "agenda", PLAN.source))
    assert facts(await talk.turn("anna", "table_look", where=PRIVATE, draft="agenda"))["why"] == "gone"
    await talk.drafts.keep(Draft(TENANT, "anna", "spoilt", "", form={"name": "a", "table": "no base64"}))
    assert shown(await talk.turn("anna", "table_look", where=PRIVATE, draft="spoilt"), TableForm).rows == 0


# ---- what is seen


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_card_shows_hostile_words_as_they_are(language: str) -> None:
    talk = await Talk().opens()
    hostile = "**Bold** [x](https://evil.example) <at>Ana</at>"
    form = await looks(talk, f"{hostile}.csv", f"{hostile};LV;;;\n=1+1".encode())
    card = draw(form, language)
    assert not lint(card, user_words=(hostile,), edited=False, dialog=False)
    assert "=1+1" in text_of(card)
    assert set(inputs_of(card)) == {"letters", "into", "what"}
    assert title_of(form, language)

