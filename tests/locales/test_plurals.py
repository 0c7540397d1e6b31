"""Each language counts as CLDR has it: Babel and the catalogue put the same whole numbers together."""

from __future__ import annotations

import pytest
from babel import Locale

from locales import LANGUAGES, words

ANSWERS = {
    "en": {0: "0 answers", 1: "1 answer", 2: "2 answers", 21: "21 answers"},
    "pl": {0: "0 odpowiedzi", 1: "1 odpowiedź", 2: "2 odpowiedzi", 21: "21 odpowiedzi"},
    "bg": {0: "0 отговора", 1: "1 отговор", 2: "2 отговора", 21: "21 отговора", 101: "101 отговора"},
    "lv": {
        0: "0 atbilžu",
        1: "1 atbilde",
        2: "2 atbildes",
        10: "10 atbilžu",
        11: "11 atbilžu",
        21: "21 atbilde",
        100: "100 atbilžu",
        101: "101 atbilde",
        111: "111 atbilžu",
    },
    "hu": {0: "0 válasz", 1: "1 válasz", 2: "2 válasz", 21: "21 válasz", 101: "101 válasz"},
}


@pytest.mark.parametrize(("language", "n"), [(language, n) for language, said in ANSWERS.items() for n in said])
def test_answers_are_counted_as_people_count_them(language: str, n: int) -> None:
    assert words(language).plural("{n} answer", "{n} answers", n) == ANSWERS[language][n]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cldr_tells_apart_the_catalogue_may_tell_apart_and_no_more(language: str) -> None:
    rule = Locale.parse(language).plural_form
    say = words(language)
    said: dict[str, str] = {}
    for n in range(201):
        form = say.plural("{n} person", "{n} people", n).replace(say.number(n), "{n}")
        assert said.setdefault(rule(n), form) == form, n
