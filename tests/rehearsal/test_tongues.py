"""Who reads a string of another language is found out; what people typed, numbers and times are nobody's language."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rehearsal.answers import UNREACHABLE, Answer, TaskCard
from rehearsal.server import make_room
from rehearsal.tongues import DOMAIN, Tongues, read_tongues
from rehearsal.witness import Witness, visible
from rehearsal.world import BOT, Message

CATALOGUE = {
    "pl": """
msgid "Send"
msgstr "Wyślij"

msgid "Answered: {some} of {all}"
msgstr "Odpowiedziało: {some} z {all}"

msgid "You have joined “{title}”."
msgstr "Dołączyli Państwo do warsztatu „{title}”."

msgid "{n} person is in."
msgid_plural "{n} people are in."
msgstr[0] "Uczestniczy {n} osoba."
msgstr[1] "Uczestniczą {n} osoby."
msgstr[2] "Uczestniczy {n} osób."

msgid "Group {number}"
msgstr "Grupa {number}"
""",
    "hu": """
msgid "Send"
msgstr "Küldés"
""",
}
TEMPLATE = """
title: {en: A taste, pl: Na próbę, hu: Ízelítő}
stages:
  - say: {en: "Please write alone.\\nTwo minutes.", pl: "Proszę pisać samodzielnie.\\nDwie minuty."}
"""
TODAY = date(2026, 11, 22)


@pytest.fixture
def tongues(tmp_path: Path) -> Tongues:
    for language, sentences in CATALOGUE.items():
        file = tmp_path / "words" / language / DOMAIN
        file.parent.mkdir(parents=True)
        file.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n' + sentences, "utf-8")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "one.yaml").write_text(TEMPLATE, "utf-8")
    return read_tongues(tmp_path / "words", [tmp_path / "templates"], TODAY)


def test_what_can_be_said_in_a_language(tongues: Tongues) -> None:
    for typed in ("Half-hour stand-up, every Monday", "Līga Ozola", "**Bold**\tKraków", "Hi <at>Ana</at>\n= 1"):
        tongues.hears(typed)
    for said in (
        "Wyślij", "✓ wyślij", "12:30", "3 · ×2", "", "Odpowiedziało: 3 z 10", "Uczestniczy 21 osób.",
        "Dołączyli Państwo do warsztatu „Na próbę”. Uczestniczą 2 osoby.", "Proszę pisać samodzielnie.",
        "„Half-hour stand-up, every Monday” — Līga Ozola · Grupa 2", "Half-hour stand-up, ev…", "1. Bold (Kraków)",
        "22 listopada 2026", "3 godziny 30 minut", "Līga Ozola i Kraków", "polski · angielski", "Hi Ana · ×1",
        "10:45 (Warszawa), 11:45 (Ryga, Sofia)",
        "Grupa 1 · do godz. {{TIME(2026-11-22T09:00:00Z)}}".replace("do godz. ", ""),
    ):  # fmt: skip
        assert tongues.in_language(said, "pl"), said


def test_what_cannot(tongues: Tongues) -> None:
    tongues.hears("Half-hour stand-up")
    for said in (
        "Send", "Answered: 3 of 10", "Küldés", "Ízelítő", "Odpowiedziało: three z 10", "Wyślij Send",
        "Dołączyli Państwo do warsztatu „A taste”.", "Uczestniczy 3", "Nobody knows this", "November 22, 2026",
        "Half-hour stand-up soon", "Wyś…",
    ):  # fmt: skip
        assert not tongues.in_language(said, "pl"), said
    assert tongues.in_language("Send · Wyślij · Küldés", "pl"), "in all languages side by side"
    assert not tongues.in_language("Send · Küldés", "pl")
    assert not tongues.in_language("Send · Wyślij · Ízelítő", "pl")
    assert tongues.others("Send", "pl") == ["en"]
    assert tongues.others("Küldés", "pl") == ["hu"]
    assert tongues.others("Nobody knows this", "pl") == []


def test_what_was_no_whole_may_be_cut(tongues: Tongues) -> None:
    tongues.hears("Half-hour stand-up, every Monday")
    assert not tongues.in_language("1. Half-hour stand-up, ev", "pl")
    assert tongues.in_language("1. Half-hour stand-up, ev…", "pl")
    assert tongues.in_language("Grupa −1", "pl")


def test_a_word_that_is_typed_later_counts_from_then_on(tongues: Tongues) -> None:
    assert not tongues.in_language("Grupa 2 · soup", "pl")
    tongues.hears("Soup")
    assert tongues.in_language("Grupa 2 · soup", "pl")


def card(*body: dict[str, Any]) -> dict[str, Any]:
    return {"type": "AdaptiveCard", "body": list(body)}


SEND = card({"type": "TextBlock", "text": "Send"})
FORM = card({"type": "Input.Text", "id": "a", "label": "Wyślij", "value": "not read"})


@pytest.fixture
def witness(tongues: Tongues) -> Witness:
    return Witness(make_room().world, tongues)


def message(**more: Any) -> Message:
    return Message(id="1", root=None, author=BOT, at=0.0, **more)


def test_every_surface_of_ones_own_is_read(witness: Witness) -> None:
    chat = witness.world.chat_with(witness.world.member("guest")).id
    general = witness.world.conversation("General").id
    attached = ({"contentType": "application/vnd.microsoft.card.adaptive", "content": SEND},)
    task = TaskCard("Answered: 1 of 2", FORM, None, "medium", "medium")
    witness.answered("anna", Answer("dialog", task=task))
    witness.answered("anna", Answer("message", text="Group 7"))
    witness.answered("anna", Answer("error", text=UNREACHABLE, code="BotUnreachable"))
    witness.posted(message(conversation=general, text="Group 1"))  # everybody reads it: not of one's own
    witness.posted(message(conversation=general, text="Group 9", only_for="anna"))
    witness.posted(message(conversation=chat, text="Grupa 3"))
    witness.answered("zsofi", Answer("card", card=SEND))
    witness.posted(message(conversation=chat, text="", attachments=attached))
    wrong = witness.wrong()
    assert [line.partition(" is in ")[2] for line in wrong] == [
        "en: 'Answered: 1 of 2'", "en: 'Group 7'", "en: 'Group 9'", "en: 'Send'", "en: 'Send'"
    ]
    assert [line.partition(" of a reader of ")[0] for line in wrong] == [
        "a dialog", "an answer to a click", "a private message", "an answer to a click", "a private message"
    ]
    assert witness.different() == {"pl": 6, "hu": 1}
    assert witness.read == 7


def test_words_and_choices_of_people_are_heard_in_what_they_send(witness: Witness) -> None:
    two = card(*FORM["body"], {"type": "Input.ChoiceSet", "id": "b", "choices": [{"title": "Wyślij", "value": "k1"}]})
    witness.sent("anna", {"verb": "submit", "a": "Soup for all", "b": "k1"}, two)
    witness.sent("anna", {"verb": "open", "language": "hu"}, None)
    witness.answered("anna", Answer("card", card=card({"type": "TextBlock", "text": "Soup for all"})))
    assert witness.wrong() == []
    witness.sent("anna", "nothing", None)
    witness.sent("anna", {"verb": "chosen", "language": "hu"}, None)
    assert witness.language_of("anna") == "hu"
    assert witness.language_of("liga") == "en", "Latvian has no catalogue here"
    witness.answered("anna", Answer("card", card=card({"type": "TextBlock", "text": "Wyślij k1"})))
    assert ["pl" in line or "no language" in line for line in witness.wrong()] == [True]


def test_a_line_may_list_several_who_wrote_it_and_their_groups(witness: Witness) -> None:
    def read(*runs: str) -> dict[str, Any]:
        return card({"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": run} for run in runs]})

    witness.sent("zsofi", {"verb": "submit", "a": "Soup for all"}, FORM)
    names = " — Anna Kowalska, Nagy Zsófia"
    long = "Eight thousand people were sent two letters and nine percent paid " * 3
    witness.sent("zsofi", {"verb": "submit", "a": long}, FORM)
    witness.answered("anna", Answer("card", card=read("• ", f"{long}×2")))
    witness.answered("anna", Answer("card", card=read("• ", "Soup for all ×2", f"{names} · Grupa 3, Grupa 7")))
    assert witness.wrong() == []
    witness.answered("anna", Answer("card", card=read("• ", "Soup for all ×2", f"{names} · Grupa 3, Group 7")))
    assert len(witness.wrong()) == 1


def test_all_that_is_read_or_heard_is_looked_at() -> None:
    found = visible(
        card(
            {"type": "RichTextBlock", "inlines": ["a", {"type": "TextRun", "text": "b"}]},
            {"type": "Image", "url": "https://x", "altText": "c"},
            {"type": "FactSet", "facts": [{"title": "d", "value": "e"}]},
            {"type": "Input.ChoiceSet", "id": "z", "choices": [{"title": "f", "value": "z"}], "errorMessage": "g"},
            {"type": "ActionSet", "actions": [{"type": "Action.Submit", "title": "h", "tooltip": "i", "data": {
                "text": "z"}}]},
        )
    )
    assert sorted("".join(line) for line in found) == ["ab", "c", "d", "e", "f", "g", "h", "i"]
