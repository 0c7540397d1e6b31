"""The words of Kolbot in every language it speaks: catalogues, plurals, dates, numbers. Holds no sentence itself."""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_timezone_location
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

from locales.directions import isolated

LANGUAGES = ("en", "pl", "bg", "lv", "hu")
"""The languages whose catalogues are complete. English sentences are the message ids."""

LONG = 120
"""From so many minutes on a length of time is said in hours."""

KEPT = 4096
"""Numbers, lengths of time and names of languages that are kept as they are said."""

_FOLDER = Path(__file__).parent
_PLACE = re.compile(r"\{([a-z_]+)\}")

Fact = str | int


class Words:
    """One language. Called `say` wherever it is used: that is what Babel looks for when it collects the sentences."""

    def __init__(self, language: str, translations: gettext.NullTranslations) -> None:
        self.language = language
        self._translations = translations
        self._locale = Locale.parse(language)

    def __call__(self, sentence: str, **facts: Fact) -> str:
        """The sentence in this language, its {places} filled. What fills a place is never read again."""
        return _filled(self._translations.gettext(sentence), facts)

    def plural(self, one: str, many: str, n: int, **facts: Fact) -> str:
        """The form of the sentence that fits the number; {n} is the number as this language writes it."""
        return _filled(self._translations.ngettext(one, many, n), {"n": self.number(n), **facts})

    def minutes(self, n: int) -> str:
        """A length of time: "5 minutes"; from two hours on as `duration` says it."""
        if n >= LONG:
            return self.duration(n)
        return _length(n, "minute", self.language)

    def duration(self, minutes: int) -> str:
        """A longer time, in days, hours and minutes: "3 hours 30 minutes"."""
        hours, left = divmod(minutes, 60)
        parts = zip(("day", "hour"), divmod(hours, 24), strict=True)
        said = [_length(n, unit, self.language) for unit, n in parts if n]
        return " ".join([*said, self.minutes(left)] if left or not said else said)

    def date(self, at: date) -> str:
        """A day as people here write it: "22 November 2026"."""
        return format_date(at, format="long", locale=self._locale)

    def time(self, at: datetime) -> str:
        """A time of day, in the zone of `at`."""
        return format_time(at, format="short", locale=self._locale)

    def clock(self, at: datetime, with_day: bool = False) -> str:
        """A time of day from 0 to 24 hours, in the zone of `at`; with its day: "27 lis 10:45"."""
        time = format_time(at, "HH:mm", locale=self._locale)
        return f"{format_skeleton('MMMd', at, locale=self._locale)} {time}" if with_day else time

    def city(self, zone: str) -> str:
        """What a time zone (IANA) is called by here: the city it is named after."""
        return get_timezone_location(zone, locale=self._locale, return_city=True).rpartition("/")[2]

    def number(self, n: float) -> str:
        """A number as it is written here, with at most three decimals."""
        return _whole(n, self.language) if type(n) is int else format_decimal(n, locale=self._locale)

    def percent(self, share: float) -> str:
        """A share from 0 to 1 as whole percents."""
        return format_percent(share, locale=self._locale)

    def list(self, words: Sequence[str]) -> str:
        """ "A, B and C"."""
        return format_list([isolated(one) for one in words], locale=self._locale) if words else ""

    def name_of_language(self, code: str) -> str:
        """A language's name in this language; its code where there is none."""
        return _name(code, self.language)


# Every card has some of these, and most have the same: each takes longer to be put into words than a sentence.


@lru_cache(KEPT)
def _whole(n: int, language: str) -> str:
    return format_decimal(n, locale=language)


@lru_cache(KEPT)
def _length(n: int, unit: str, language: str) -> str:
    return format_unit(n, f"duration-{unit}", length="long", locale=language)


@lru_cache(KEPT)
def _name(code: str, language: str) -> str:
    return Locale.parse(code).get_display_name(language) or code


@cache
def words(language: str) -> Words:
    """The words of a language; of English where there is no catalogue for it."""
    if language not in LANGUAGES:
        language = "en"
    if language == "en":
        return Words("en", gettext.NullTranslations())
    return Words(language, _catalogue(language))


def _catalogue(language: str) -> gettext.GNUTranslations:
    with catalogue_file(language).open("rb") as file:
        catalogue = read_po(file, locale=language, abort_invalid=True)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def catalogue_file(language: str) -> Path:
    """Where a language's sentences stand."""
    return _FOLDER / language / "LC_MESSAGES" / "kolbot.po"


def _filled(sentence: str, facts: dict[str, Fact]) -> str:
    """Only the places that have a fact are filled, each once: braces in a person's name stay what they are. What is
    written from the right turns nothing around it."""
    return _PLACE.sub(lambda place: isolated(str(facts.get(place[1], place[0]))), sentence)
