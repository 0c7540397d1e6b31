"""Words on cards: the field, the cloud, the receipt."""

from __future__ import annotations

import json

from cards.elements import card
from cards.prompts import PROMPT_CARDS
from locales import words
from tests.cards.lint import lint
from workshop.plan import Prompt
from workshop.prompts.words import Word, WordsResult, WordsRules
from workshop.refusals import Problem, Wrong
from workshop.tally import PromptBoard
from workshop.views import PromptForm, Recorded

EN = words("en")
CARD = PROMPT_CARDS["words"]
PROMPT = Prompt("K1", "words", {"en": "Which practices?"}, WordsRules(3, 60), required=True)
EVIL = "[x](https://evil.example) **b** <at>Ana</at>"


def drawn(elements: list[object]) -> str:
    return json.dumps(card(elements), ensure_ascii=False)  # type: ignore[arg-type]


def test_one_field_with_its_limits_filled() -> None:
    form = PromptForm(PROMPT, (), {"": f"trust\n{EVIL}"}, (Problem("K1", "", Wrong.TOO_MANY, 4, 3),))
    made = card([*CARD.inputs(form, EN, "en")])
    field = made["body"][-1]
    assert (field["id"], field["isMultiline"], field["value"]) == ("a.K1.", True, f"trust\n{EVIL}")
    assert field["label"] == "One word or short phrase per line, at most 3 (each at most 60 characters)"
    assert "These are 4 entries; at most 3 are taken." in drawn([*CARD.inputs(form, EN, "en")])
    assert not lint(made, user_words=("evil.example",), edited=False, dialog=True)


def test_one_word_has_one_line_and_may_be_left_out() -> None:
    one = Prompt("mood", "words", {"en": "Your mood?"}, WordsRules(1, 20))
    field = card([*CARD.inputs(PromptForm(one, (), {}), EN, "en")])["body"][-1]
    assert field["label"] == "A word or short phrase (at most 20 characters)"
    assert not field.get("isMultiline")
    assert "isRequired" not in field
    assert CARD.hints(one) == {"max_entries": 1, "max_chars": 20}


def test_the_cloud_says_its_sizes_as_numbers() -> None:
    cloud = (Word("a", "trust", 8), Word("b", "data", 4), Word("c", "desk", 2), Word("d", EVIL, 1), Word("e", "x", 1))
    board = PromptBoard(PROMPT, (), 9, WordsResult(9, cloud))
    made = card([*CARD.result(board, EN, "en", 4)])
    runs = made["body"][0]["inlines"]
    sizes = {run["text"]: run.get("size") for run in runs}
    assert [sizes[word] for word in ("trust ×8", "data ×4", "desk ×2")] == ["ExtraLarge", "Large", "Medium"]
    assert "… and 1 more" in json.dumps(made, ensure_ascii=False)
    assert not lint(made, user_words=("evil.example",), edited=True, dialog=False)


def test_an_empty_cloud_says_so() -> None:
    board = PromptBoard(PROMPT, (), 0, WordsResult(0, ()))
    assert "No words here." in drawn([*CARD.result(board, EN, "en", 4)])


def test_the_receipt_has_them_word_for_word() -> None:
    assert "open data" in drawn([*CARD.recorded(Recorded(PROMPT, (), {"words": ["trust", "open data"]}), EN, "en")])
    assert not CARD.recorded(Recorded(PROMPT, (), {"words": "damaged"}), EN, "en")
