"""Forms of the kinds in which people write: text, notes, words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from hypothesis import strategies as st

from tests.workshop.given.case import WORDS, Case
from tests.workshop.session import asks
from workshop.model import Answer
from workshop.prompts.kind import fold
from workshop.prompts.notes import NotesRules
from workshop.prompts.text import TextRules
from workshop.prompts.words import WordsRules

COLUMNS = NotesRules((("x", {"en": "X"}), ("y", {"en": "Y"})), 40, 3)


def _notes(answers: Sequence[Answer]) -> object:
    found = [(column, words) for one in answers for column in ("x", "y") for words in _listed(one, column)]
    return Counter(found)


def _words(answers: Sequence[Answer]) -> object:
    return Counter(words for one in answers for words in {fold(words) for words in _listed(one, "words")})


def _listed(answer: Answer, name: str) -> list[str]:
    words = answer.value.get(name, [])
    assert isinstance(words, list)
    return words


CASES = (
    Case(
        asks("short", "text", TextRules(30, False)),
        st.fixed_dictionaries({"": WORDS}),
        lambda answers: Counter(str(one.value["text"]) for one in answers),
        lambda result: Counter(quote.words for quote in result.quotes),
    ),
    Case(
        asks("columns", "notes", COLUMNS),
        st.fixed_dictionaries({}, optional={"x": WORDS, "y": st.lists(WORDS, max_size=4).map("\n".join)}),
        _notes,
        lambda result: Counter((column.id, note.words) for column in result.columns for note in column.notes),
    ),
    Case(
        asks("cloud", "words", WordsRules(3, 30)),
        st.fixed_dictionaries({"": st.lists(WORDS, max_size=4).map("\n".join)}),
        _words,
        lambda result: Counter({fold(word.words): word.count for word in result.words}),
    ),
)
