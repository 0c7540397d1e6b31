"""Notes as people write them, in five languages: what is about the same thing is found to be alike."""

from __future__ import annotations

import re

import pytest

from locales.lemmas import BEGINNING, DICTIONARIES, basic_form, words_of
from workshop.themes import Noted, suggest

NOTES = {
    "en": """
        We have no time to train new employees / Training takes employees too much time
        / Too little time for staff training
        No support from the management / Management does not support the change
        / The head of the office has to support it
        Residents want digital services / Digital service for every resident
        The budget was cut / No money in the municipal budget / Budgets are planned a year ahead
        The law changes too often""",
    "pl": """
        Nie mamy czasu na szkolenie nowych pracowników / Szkolenia zajmują pracownikom zbyt wiele czasu
        Kierownictwo nie wspiera zmian / Kierownik urzędu musi to wspierać
        Mieszkańcy chcą usług cyfrowych / Cyfrowa usługa dla każdego mieszkańca
        / Nasze e-usługi dla starszych mieszkańców
        Budżet został obcięty / Nie ma pieniędzy w budżecie gminy / Budżety planuje się z rocznym wyprzedzeniem
        Przepisy są niejasne""",
    "bg": """
        Нямаме време да обучаваме новите служители / Обучението отнема твърде много време на служителите
        Ръководството не подкрепя промяната / Ръководителят на общината трябва да го подкрепи
        Жителите искат дигитални услуги / Дигитална услуга за всеки жител
        / Нашите електронни услуги за възрастните жители
        Бюджетът беше намален / Няма пари в бюджета на общината / Бюджетите се планират една година напред
        Законите се променят прекалено често""",
    "lv": """
        Mums nav laika apmācīt jaunos darbiniekus / Apmācības aizņem darbiniekiem pārāk daudz laika
        Iknedēļas sanāksme visām nodaļām / Īsas sanāksmes starp nodaļām
        Iedzīvotāji vēlas digitālos pakalpojumus / Digitāls pakalpojums katram iedzīvotājam
        Budžets tika samazināts / Pašvaldības budžetā nav naudas
        Likumi mainās pārāk bieži""",
    "hu": """
        Nincs időnk az új munkatársak képzésére / A képzések túl sok időt vesznek el a munkatársaktól
        A vezetők nem támogatják a változást / A hivatal vezetőjének támogatnia kell
        A lakosok digitális szolgáltatásokat akarnak / Digitális szolgáltatás minden lakosnak
        Csökkentették a költségvetést / Nincs pénz az önkormányzat költségvetésében / A költségvetéseket előre tervezik
        A jogszabályok túl gyakran módosulnak""",
}  # fmt: skip
"""A line is a theme, and goes on where the next begins with a stroke; the last is like no other."""


@pytest.mark.parametrize("language", sorted(NOTES))
def test_real_notes_are_proposed_as_the_themes_that_a_person_would_make(language: str) -> None:
    themes = re.sub(r"\n\s*/", "/", NOTES[language].strip()).splitlines()
    lines = [[note.strip() for note in theme.split("/")] for theme in themes]
    texts = [text for line in lines for text in line]
    words = words_of((text, language) for text in texts)
    notes = [Noted(text, each) for text, each in zip(texts, words, strict=True)]
    assert sorted(each.notes for each in suggest(notes)) == sorted(tuple(line) for line in lines[:-1])
    plain = [Noted(text, dict.fromkeys(text.casefold().split(), 1.0)) for text in texts]
    assert suggest(plain) != suggest(notes), "the words as they are written would not do"


def test_there_is_a_dictionary_for_every_language_of_these_notes() -> None:
    assert set(NOTES) == DICTIONARIES


@pytest.mark.parametrize(
    ("language", "written", "basic"),
    [
        ("en", "municipalities", "municipality"),
        ("en", "offices", "office"),
        ("pl", "urzędów", "urząd"),
        ("pl", "mieszkańców", "mieszkaniec"),
        ("bg", "общините", "община"),
        ("bg", "служителите", "служител"),
        ("lv", "darbiniekiem", "darbinieks"),
        ("lv", "pašvaldību", "pašvaldība"),
        ("hu", "munkatársaknak", "munkatárs"),
        ("hu", "önkormányzatok", "önkormányzat"),
        ("uk", "громади", "громади"),
        ("", "offices", "offices"),
    ],
)
def test_a_word_as_a_dictionary_lists_it(language: str, written: str, basic: str) -> None:
    assert basic_form(written, language) == basic


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", "en"), ("   ", "en"), ("😀 👍🏽", "en"), ("12 345", "pl"), ("a 1 b", "en"), ("The and of", "en"),
        ("Nie ma", "pl"), ("\x00\u202e\ud800", "en"), ("_ __ ___", "hu"),
    ],
)  # fmt: skip
def test_a_text_that_says_nothing_has_no_words(text: str, language: str) -> None:
    assert words_of([(text, language)]) == [{}]


def test_a_word_counts_once_however_it_is_written_and_how_often() -> None:
    assert words_of([("Offices OFFICE, office!", "en")]) == [{"office": 1.0, "offic…": 1.0}]


def test_a_language_without_a_dictionary_has_its_words_in_small_letters() -> None:
    assert words_of([("ГРОМАДИ", "uk")]) == [{"громади": 1.0, "грома…": 1.0}]


def test_each_note_is_read_in_its_own_language() -> None:
    english, polish = words_of([("Data sale", "en"), ("Data sale", "pl")])
    assert english != polish


def test_what_is_far_too_long_for_a_word_is_there_as_it_is() -> None:
    endless = "ж" * 100_000
    (words,) = words_of([(endless, "bg")])
    assert set(words) == {endless, endless[:BEGINNING] + "…"}


def test_hostile_text_is_only_words() -> None:
    (words,) = words_of([("<at>everyone</at> '; DROP TABLE answers; -- {{DATE()}} [x](https://evil)", "en")])
    assert {"drop", "table", "answer", "evil"} <= set(words)
    assert all(word.rstrip("…").isalpha() for word in words)


def test_nothing_that_was_read_is_kept() -> None:
    from locales.lemmas import _lemmatizer

    words_of([("Secrets of the municipality", "en")])
    assert _lemmatizer()._cached_lemmatize.cache_info().currsize == 0
