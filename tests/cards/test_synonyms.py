"""What people type beside a command's word, and what numbers of groups are called."""

from __future__ import annotations

import pytest

from cards.synonyms import SYNONYMS, number_words, synonyms
from locales import LANGUAGES, words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_listed_verb_has_words_and_none_is_empty(language: str) -> None:
    say = words(language)
    for verb in SYNONYMS:
        listed = synonyms(verb, say)
        assert listed and all(word == word.strip() != "" for word in listed), verb
    assert synonyms("no such verb", say) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_twelve_numbers_in_every_language(language: str) -> None:
    numbers = number_words(words(language))
    assert len(numbers) == 12
    every = [word for number in numbers for word in number]
    assert all(every) and len(set(every)) == len(every), "no word stands for two numbers"


def test_two_in_english_and_in_polish() -> None:
    assert number_words(words("en"))[1] == ["two", "second"]
    assert {"dwa", "druga"} <= set(number_words(words("pl"))[1])
    assert "remind" in synonyms("nudge", words("en"))
    assert "więcej czasu" in synonyms("extend", words("pl"))
