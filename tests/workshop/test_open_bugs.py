"""What is known to be wrong and not mended yet. Empty when all is well."""

from __future__ import annotations

import pytest

from tests.workshop.session import asks
from workshop.prompts import kind_of
from workshop.prompts.words import WordsRules

WORDS = asks("W", "words", WordsRules(3, 10))


@pytest.mark.parametrize("words", ["a,b\nA,B", "a,b\n\u200d", "a, b\na,  b"])
def test_a_form_of_words_sent_again_unchanged_is_the_same_answer(words: str) -> None:
    kind = kind_of(WORDS)
    value = kind.parse(WORDS, (), {"": words})
    assert isinstance(value, dict)
    assert kind.parse(WORDS, (), kind.unparse(WORDS, value)) == value
