"""What can be said in a language: catalogues and templates, read as files, as patterns. It judges no surface.

A visible string is in a language if it is made of that language's sentences and texts, of what people typed, and of
what has no language (numbers, times, signs).
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml
from babel import Locale
from babel.dates import format_date, format_skeleton, get_timezone_location
from babel.lists import format_list
from babel.messages.pofile import read_po
from babel.units import format_unit

from rehearsal.people import ZONES
from rehearsal.wording import cleaned

DOMAIN = "LC_MESSAGES/kolbot.po"
SOURCE = "en"
"""The language of the message ids."""
DAYS = 400
"""Around today, whose names in a sentence are known."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
TRIES = 24
"""Places at which a string is divided, at most: longer ones are divided at line breaks first."""

_PLACE = re.compile(r"\{[a-z_]+\}")
_MACRO = re.compile(r"\{\{(?:DATE|TIME)\([^)]*\)\}\}")
_MENTION = re.compile(r"</?\s*at\b[^>]*>?", re.IGNORECASE)
_SIGNS = re.compile(r"[*_\[\]()\\`~<>‹›#|{}\u2060]")
_EDGES = " \t\n.,;:!?…·•–—-+±−/×=⚠✓★☆●○„“”\"'’«»→←%"
_NEUTRAL = re.compile(r"(?:[\d\s.,:;/+±−×%½–-]|\b(?:am|pm|kolbot|ok|utc|cet|cest)\b|@)*")
_DIVIDES = re.compile(
    r"\n+|\s+[·—–/|→]\s+|(?<=[.!?:…”\"»%])\s+|(?<=[,;])\s+|\s+(?=[\d@„“\"«•×✓⚠])|(?<=\d)\s+|(?<=@kolbot)\s+|\s"
)


def plain(text: str) -> str:
    """A string as it is compared: no case, no markdown, spaces folded, no signs at its ends."""
    return " ".join(_SIGNS.sub(" ", _MACRO.sub(" 12:00 ", text)).casefold().split()).strip(_EDGES)


@lru_cache(maxsize=100_000)
def bare(words: str) -> str:
    """People's words as they are compared: letters and digits only, whatever a card leaves out or puts between."""
    return "".join(sign for sign in cleaned(words).casefold() if sign.isalnum())


@dataclass(frozen=True, slots=True)
class Pattern:
    """A sentence with places to fill between its parts; `solid` is the longest of them."""

    solid: str
    parts: tuple[str, ...]

    def fillings(self, said: str) -> Iterator[Sequence[str]]:
        """What fills the places if this is the sentence, in two ways of reading it."""
        for many in ("*?", "*"):
            found = _compiled(self.parts, many).fullmatch(said)
            if found is None:
                return  # nor is there another way
            yield found.groups()


@dataclass(slots=True)
class Tongue:
    """All that can be said in one language, `whole` sentences in the order of letters, too."""

    language: str
    whole: set[str] = field(default_factory=set)
    ordered: list[str] = field(default_factory=list)
    patterns: list[Pattern] = field(default_factory=list)

    def learns(self, sentences: Iterable[str]) -> None:
        """Takes sentences in, with or without places to fill."""
        for sentence in sentences:
            parts = [plain(part) if part.strip(_EDGES) else "" for part in _PLACE.split(sentence)]
            solid = max(parts, key=len)
            if len(parts) == 1:
                self.whole.add(solid)
            elif solid:
                self.patterns.append(Pattern(solid, tuple(parts)))
        self.ordered = sorted(self.whole)


@cache
def _compiled(parts: Sequence[str], many: str) -> re.Pattern[str]:
    """Places that take as little (`*?`), or as much (`*`) as there is; signs and spaces around them are as may be. Only
    for sentences that something looks like: to compile all of them takes ten seconds."""
    edge, solid = f"[{re.escape(_EDGES)}]*", [re.escape(part) for part in parts]
    return re.compile(f"{edge}(.{many}){edge}".join(solid), re.DOTALL)


class Tongues:
    """Every language's sentences, and the words of people, which belong to all of them."""

    def __init__(self, tongues: Mapping[str, Tongue], same: Mapping[str, set[str]]) -> None:
        """`same`: for a sentence in any language, what it is in English."""
        self.tongues = tongues
        self._same = same
        self._typed: set[str] = set()
        self._in_order: list[str] = []
        self._judged: dict[tuple[str, str, bool], bool] = {}

    def hears(self, words: str) -> None:
        """Somebody typed this, or is called so: it may be shown to everybody as it is, whole, in parts, cut, or without
        what looks like a mention."""
        parts = {words, *words.splitlines(), *re.split(r"[,;\t\n]", words)}
        for text in parts | {_MENTION.sub("", part) for part in parts}:
            said = bare(text)
            if said and said not in self._typed:
                self._typed.add(said)
                insort(self._in_order, said)
                self._judged.clear()

    def in_language(self, text: str, language: str) -> bool:
        """Whether all of it can be said in this language."""
        said = plain(text)
        return self._is(said, self.tongues[language], "…" in text) or self._everywhere(said.split(" · "), language)

    def _everywhere(self, parts: Sequence[str], language: str) -> bool:
        """Whether it is one sentence in several languages side by side, this one among them."""
        meant = [self._same.get(part, set()) for part in parts]
        return any(part in self.tongues[language].whole for part in parts) and bool(set.intersection(*meant))

    def others(self, text: str, language: str) -> list[str]:
        """The other languages in which it can be said."""
        return [other for other in self.tongues if other != language and self.in_language(text, other)]

    def _is(self, said: str, tongue: Tongue, cut: bool) -> bool:
        said = said.strip(_EDGES)
        key = (tongue.language, said, cut)
        known = self._judged.get(key)
        if known is None:
            if not said or _NEUTRAL.fullmatch(said) or said in tongue.whole or bare(said) in self._typed:
                return True
            self._judged[key] = False  # while it is being judged: nothing is made of itself
            known = self._judged[key] = self._made(said, tongue, cut)
        return known

    def _made(self, said: str, tongue: Tongue, cut: bool) -> bool:
        if cut and len(said) > 8 and (_begins(bare(said), self._in_order) or _begins(said, tongue.ordered)):
            return True
        for pattern in [each for each in tongue.patterns if each.solid in said]:
            for fillings in pattern.fillings(said):
                if all(self._is(filling, tongue, cut) for filling in fillings):
                    return True
        for place in _places(said):
            before, after = said[: place.start()], said[place.end() :]
            if self._is(before, tongue, cut) and self._is(after, tongue, cut):
                return True
        return False


def _places(said: str) -> Sequence[re.Match[str]]:
    """Where it may be divided, at the strongest signs first; how often something was said stands behind all of it."""

    def weak(place: re.Match[str]) -> bool:
        return place[0] == " " and not said.startswith("×", place.end())

    return sorted(_DIVIDES.finditer(said), key=lambda place: (weak(place), place.start()))[:TRIES]


def _begins(said: str, ordered: Sequence[str]) -> bool:
    """Whether something known begins so."""
    at = bisect_left(ordered, said)
    return at < len(ordered) and ordered[at].startswith(said)


def languages_of(catalogues: Path) -> list[str]:
    """English, and every language that has a catalogue (`CODE/LC_MESSAGES/kolbot.po`) in the folder."""
    return [SOURCE, *sorted(path.parent.parent.name for path in catalogues.glob(f"*/{DOMAIN}"))]


def read_tongues(catalogues: Path, templates: Sequence[Path], today: date) -> Tongues:
    """All languages of a folder's catalogues, English being that of the ids, and the texts of every template (`*.yaml`:
    mappings from languages to texts) in these folders."""
    said: dict[str, list[str]] = {language: [] for language in languages_of(catalogues)}
    same: dict[str, set[str]] = {}
    for language in list(said)[1:]:
        with (catalogues / language / DOMAIN).open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id:
                    meant, here = _forms(message.id), _forms(message.string)
                    said[SOURCE] += meant
                    said[language] += here
                    for form in (*meant, *here):
                        same.setdefault(plain(form), set()).add(meant[0])
    for folder in templates:
        for path in sorted(folder.glob("*.yaml")):
            written = yaml.load(path.read_text("utf-8"), _LOADER)  # noqa: S506 - a safe one, in C where there is one
            for language, text in _texts(written, frozenset(said)):
                said[language] += [text, *text.splitlines()]
    tongues = {language: Tongue(language) for language in said}
    for language, tongue in tongues.items():
        tongue.learns([*said[language], *_usual(language, said, today)])
    return Tongues(tongues, same)


def _forms(message: Any) -> list[str]:
    return [message] if isinstance(message, str) else list(message)


def _texts(node: Any, languages: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The language and the text of everything that is said in several."""
    if isinstance(node, dict):
        for name, value in node.items():
            if name in languages and isinstance(value, str):
                yield name, value
            else:
                yield from _texts(value, languages)
    elif isinstance(node, list):
        for part in node:
            yield from _texts(part, languages)


def _usual(language: str, languages: Iterable[str], today: date) -> Iterator[str]:
    """Days, lengths of time, words of lists, names of languages and of time zones, as CLDR has them."""
    locale = Locale.parse(language)
    for number in range(-DAYS, DAYS):
        yield format_date(today + timedelta(number), "long", locale)
        yield format_date(today + timedelta(number), "short", locale)
    for unit, most in (("minute", 120), ("hour", 48), ("day", 100)):
        for number in range(most):
            yield format_unit(number, f"duration-{unit}", "long", locale=locale)
    yield from (word for word in format_list(["1", "2", "3"], locale=locale).split() if not word[:1].isdigit())
    yield from (get_timezone_location(zone, locale=locale, return_city=True) for zone in ZONES.values())
    for number in range(7):
        yield format_skeleton("MMMd", today + timedelta(number), locale=locale)
    for other in languages:
        yield Locale.parse(other).get_display_name(locale) or other
        yield Locale.parse(other).get_display_name() or other
