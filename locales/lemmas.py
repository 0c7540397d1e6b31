"""Words in their basic form, so that notes about the same thing are seen to be alike. It keeps nothing that it reads.

The dictionaries come with simplemma and are read when a language is first asked for, Polish in two seconds: ask in a
thread. A language without a dictionary has its words as they are.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simplemma import Lemmatizer

DICTIONARIES = frozenset({"en", "pl", "bg", "lv", "hu"})
"""Languages with a dictionary here."""
BEGINNING = 5
"""Letters at the beginning of a word that count as a word too, for the forms that a dictionary lacks."""

_WORD = re.compile(r"[^\W\d_]{2,}")

# What joins words and says nothing of a note's matter, in its basic form.
_JOINING = {
    "en": "a an the and or but of in on at to for from with by as it this that these those be have do can will not no "
    "we our you your they their he his she her i my there who which what when where how all more most too very so if "
    "than then some any one must should would could",
    "pl": "a i oraz lub ale w we na z ze do od dla po przez przy o u za pod nad się to ten ta tamten być mieć móc nie "
    "tak jak że by aby który co kto gdy gdzie czy my nasz wy ja on ona oni jego jej ich już tylko bardzo zbyt więcej "
    "musieć powinien każdy wszystek jeden swój zostać ma są",
    "bg": "а и или но в във на с със за от до по при през о у се това този тази тези съм бъда имам нямам мога не да "
    "че който какво кой когато къде как ние наш вие ваш той тя те негов неин техен вече само много твърде повече "
    "трябва всеки един свой няма има сме са е беше го ги ни ще",
    "lv": "un vai bet uz ar no pie par pēc pa ap caur lai ka kas kurš kad kur kā tas šis tā būt nav ir nebūt varēt ne "
    "jā mēs mūsu mūs mums jūs jūsu viņš viņa viņi jau tikai ļoti pārāk vairāk katrs viss viens savs tikt ja tam",
    "hu": "a az és vagy de ban ben nak nek hogy nem ne is csak már még ez ezek azok van lesz volt nincs kell tud aki "
    "ami amely mi mit ki mikor hol hogyan mi mienk ti ők ő én te túl nagyon több minden egy saját ha mint vesz jut",
}
_SAYS_NOTHING = {language: frozenset(words.split()) for language, words in _JOINING.items()}



def words_of(texts: Iterable[tuple[str, str]]) -> list[Mapping[str, float]]:
    """For each (text, language) its words with a weight each; nothing for a text that says nothing.

    A word is its basic form, and the beginning of that (with "…"). Blocks for as long as reading a dictionary
    takes."""
    known: dict[tuple[str, str], str] = {}
    found: list[Mapping[str, float]] = []
    for text, language in texts:
        words: dict[str, float] = {}
        for written in _WORD.findall(text.casefold()):
            basic = known.get((written, language))
            if basic is None:
                basic = known[written, language] = basic_form(written, language)
            nothing = _SAYS_NOTHING.get(language, frozenset())
            if basic in nothing or written in nothing:
                continue
            words[basic] = 1.0
            words[basic[:BEGINNING] + "…"] = 1.0
        found.append(words)
    return found


def basic_form(word: str, language: str) -> str:
    """A word as a dictionary lists it, in small letters; as it is where there is no dictionary."""
    if language not in DICTIONARIES:
        return word
    return _lemmatizer().lemmatize(word, language).casefold()


@functools.cache
def _lemmatizer() -> Lemmatizer:
    """Without a cache of words: what people wrote stays out of this process's memory once it is answered. The
    dictionaries stay packed: together 77 MiB instead of 640, for a look-up of 30 microseconds instead of 5."""
    from simplemma import Lemmatizer  # loads the rules of fifty languages: only where themes are proposed
    from simplemma.strategies import DefaultStrategy

    return Lemmatizer(cache_max_size=0, lemmatization_strategy=DefaultStrategy(low_memory=True))
