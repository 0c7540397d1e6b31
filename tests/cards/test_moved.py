"""A card that takes the place of one further up, whose posting was never answered, says so."""

from __future__ import annotations

import pytest

from cards.elements import card, line
from cards.moved import taking_over
from locales import LANGUAGES, words
from tests.cards.walk import text_of


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_so_first_and_is_otherwise_as_it_was(language: str) -> None:
    before = card([line("Step 1")], [], language)
    after = taking_over(before, language)
    said = words(language)("This card takes the place of one further up.")
    assert text_of(after).startswith(said)
    assert {**after, "body": after["body"][1:]} == before
    assert len(before["body"]) == 1, "the card itself is left alone"
