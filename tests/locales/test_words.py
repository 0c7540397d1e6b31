"""Sentences in a language: facts that fill them are never read again, and numbers are said as people say them."""

from __future__ import annotations

from datetime import UTC, datetime

from locales import words


def test_what_fills_a_place_is_never_read_again() -> None:
    say = words("en")
    assert say("{who} is in {where}", who="{where} {n}", where="x") == "{where} {n} is in x"
    assert say("{gone} stays", who="a") == "{gone} stays"
    assert say.plural("{n} answer of {who}", "{n} answers of {who}", 2, who="{n}") == "2 answers of {n}"


def test_numbers_times_and_lists_are_said_as_the_language_does() -> None:
    at = datetime(2026, 11, 22, 9, 5, tzinfo=UTC)
    en, pl = words("en"), words("pl")
    assert (en.minutes(1), en.minutes(5)) == ("1 minute", "5 minutes")
    assert (pl.minutes(1), pl.minutes(3), pl.minutes(5)) == ("1 minuta", "3 minuty", "5 minut")
    assert (en.duration(210), en.duration(60), en.duration(0)) == ("3 hours 30 minutes", "1 hour", "0 minutes")
    assert pl.duration(45) == "45 minut"
    assert (en.minutes(119), en.minutes(120), pl.minutes(135)) == ("119 minutes", "2 hours", "2 godziny 15 minut")
    assert (en.duration(4320), pl.duration(1530)) == ("3 days", "1 dzień 1 godzina 30 minut")
    assert (en.date(at), pl.date(at)) == ("November 22, 2026", "22 listopada 2026")
    assert pl.time(at) == "09:05"
    assert (en.percent(0.333), en.number(12345)) == ("33%", "12,345")
    assert (en.list(["A", "B"]), en.list([]), pl.list(["A", "B", "C"])) == ("A and B", "", "A, B i C")


def test_hungarian_lengths_of_time_and_dates() -> None:
    say = words("hu")
    assert (say.minutes(1), say.minutes(45), say.duration(210)) == ("1 perc", "45 perc", "3 óra 30 perc")
    assert say.date(datetime(2026, 11, 22, tzinfo=UTC)) == "2026. november 22."


def test_languages_have_names_and_an_unknown_one_is_english() -> None:
    assert words("pl").name_of_language("en") == "angielski"
    assert words("xx").language == "en"
    assert words("pl") is words("pl")
