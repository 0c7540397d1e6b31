"""A moderator's translation on cards: first for its readers, marked, with the original beside it or a click away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from cards import draw
from cards.elements import card
from cards.prompts import PROMPT_CARDS
from cards.summary import sentences
from locales import words
from tests.cards import sample as s
from tests.cards.lint import lint
from tests.cards.test_board_page import every_page
from tests.cards.test_themed_notes import SOME, gave
from tests.cards.walk import text_of
from workshop.model import Status, Workshop
from workshop.prompts.commitment import Commitment, CommitmentResult, Shown
from workshop.prompts.form import Block, Filled, FormResult
from workshop.prompts.notes import KIND
from workshop.prompts.text import Quote, TextResult
from workshop.tally import PromptBoard, board_of
from workshop.translations import Translated, Translation, Whose
from workshop.views import BoardCard, BoardPage

HOSTILE = "[x](https://evil.example) {{DATE()}} <at>all</at>"


def translated(**into: str) -> Workshop:
    """The sample's workshop, in which "Money" says this in these languages."""
    entries = {words: entry for answer in SOME for entry, words in KIND.entries(s.PRACTICES, answer)}
    said = {language: Translation(words, "t/p9") for language, words in into.items()}
    whose = {entries["Money"]: Translated("practices", Whose("t/p2"), said)}
    return replace(s.workshop(Status.CLOSED, 0), translations=whose)


def page(w: Workshop, language: str) -> str:
    board = board_of(w, SOME)
    (view,) = [one for one in every_page(board) if one.page and one.page.prompt.prompt.id == "practices"]
    assert isinstance(view, BoardPage)
    drawn = draw(view, language)
    assert lint(drawn, user_words=(HOSTILE,), edited=False, dialog=True) == []
    return text_of(drawn)


def test_its_readers_see_it_first_and_all_others_what_was_written() -> None:
    w = translated(lv=HOSTILE)
    told = "moderatora tulkojums; oriģinālā: Money"
    assert [line for line in page(w, "lv").splitlines() if told in line] == [f"• {HOSTILE} — {s.NAME} 2 · {told}"]
    assert HOSTILE not in page(w, "pl") and f"• Money — {s.NAME} 2\n" in page(w, "pl") + "\n"


def test_the_shared_card_is_in_the_workshops_language() -> None:
    w = translated(en="Means", lv="Nauda")
    drawn = draw(BoardCard(board_of(w, SOME)), w.language)
    assert lint(drawn, user_words=(), edited=True, dialog=False) == []
    assert f"• Means — {s.NAME} 2 · translated by a moderator" in text_of(drawn) and "Nauda" not in text_of(drawn)


def test_the_same_words_by_others_are_translated_with_it() -> None:
    w = translated(lv="Nauda")
    board = board_of(w, [*SOME, gave("p7", "money")])
    drawn = [draw(one, "lv") for one in every_page(board) if one.page and one.page.prompt.prompt.id == "practices"]
    assert "• Nauda ×2" in text_of(drawn)


def test_forms_and_commitments_too() -> None:
    say, into = words("lv"), {"lv": "latviski"}
    forms = FormResult(1, (("f", {"en": "Field"}),), (Block("Ana", (Filled("f", "e", "Words", into),)),))
    made = Shown("e", Commitment("Ask", date(2026, 1, 2)), "Ana", into)
    for kind, result, told in (
        ("form", forms, "Field: latviski · moderatora tulkojums; oriģinālā: Words"),
        ("commitment", CommitmentResult(1, 1, (made,)), "latviski · moderatora tulkojums"),
    ):
        board = PromptBoard(replace(s.PRACTICES, kind=kind), (), 1, result)
        lines = PROMPT_CARDS[kind].result(board, say, "en", 9, 0, 4000)
        assert told in text_of(card([*lines], [], "lv")), kind


def test_closing_sentences_too() -> None:
    asked = replace(s.PRACTICES, id="say", kind="text", on_summary=True)
    quotes = (Quote("e", "Iesākšu rīt", "Ana", {"en": "I begin tomorrow"}), Quote("f", "Tak", "Ben"))
    board = board_of(s.workshop(Status.FINISHED, 0), SOME)
    stage = board.stages[0]
    step = replace(stage.steps[0], prompts=(PromptBoard(asked, (), 2, TextResult(2, quotes)),))
    shown = replace(board, stages=(replace(stage, steps=(step,)),))
    told = text_of(card([*sentences(shown, words("en"))], [], "en")).splitlines()
    assert told == ["• I begin tomorrow — Ana · translated by a moderator; as written: Iesākšu rīt", "• Tak — Ben"]
