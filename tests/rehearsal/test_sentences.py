"""What simulated people say is complete, short enough, and as varied as it is meant to be."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from rehearsal.persona import POOLS, SENTENCES, as_said, people, voice

TODAY = date(2026, 11, 22)
TALKING = ("en", "pl", "bg", "lv", "hu")
"""The languages that have sentences of their own."""
FEWEST = {"institutions": 20, "roles": 10, "countries": 1}
MOST = {"board": 140, "practices": 80, "institutions": 80, "roles": 80, "countries": 40}
NEVER_TWICE = {"countries", "roles", "institutions", "challenges", "experience", "commitments"}


@cache
def listed(language: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((SENTENCES / f"{language}.yaml").read_text("utf-8"))
    return found


def folded(sentence: str) -> str:
    return re.sub(r"[\s.!?]+$", "", " ".join(sentence.split())).casefold()


@pytest.mark.parametrize("language", TALKING)
@pytest.mark.parametrize("pool", POOLS)
def test_there_are_enough_sentences_of_every_kind_and_none_is_too_long(language: str, pool: str) -> None:
    sentences = listed(language)[pool]

    assert len(set(sentences)) >= FEWEST.get(pool, 40)
    for sentence in sentences:
        for woman in (False, True):
            said = as_said(sentence, woman)
            assert 0 < len(said) <= MOST.get(pool, 280), said
            assert said == said.strip()
            assert "\n" not in said
            assert not set("{}|") & set(said), said
            assert said == unicodedata.normalize("NFC", said)


@pytest.mark.parametrize("language", TALKING)
def test_a_few_notes_fold_together_and_no_story_is_told_twice(language: str) -> None:
    voices = listed(language)
    for pool in POOLS:
        again = sum(number - 1 for number in Counter(folded(sentence) for sentence in voices[pool]).values())
        assert again <= (0 if pool in NEVER_TWICE else 4), pool
    for pool in ("words", "practices", "questions", "conditions", "obstacles", "board"):
        assert len({folded(sentence) for sentence in voices[pool]}) < len(voices[pool]), pool


@pytest.mark.parametrize("language", TALKING)
def test_words_are_one_to_three_words(language: str) -> None:
    for words in listed(language)["words"]:
        assert 1 <= len(words.split()) <= 3 or re.search(r"\d", words), words


@pytest.mark.parametrize(
    ("language", "pool", "beginning"),
    [
        ("en", "board", "I take home "),
        ("pl", "board", "Zabieram ze sobą "),
        ("en", "suggestions", "If I were in your place tomorrow, I would "),
        ("pl", "suggestions", "Na Twoim miejscu jutro "),
        ("bg", "board", "Отнасям със себе си "),
        ("bg", "suggestions", "Ако бях на Ваше място, утре бих "),
        ("lv", "board", "Es ņemu līdzi "),
        ("lv", "suggestions", "Jūsu vietā es rīt "),
        ("hu", "board", "Magammal viszem"),
        ("hu", "suggestions", "Ha holnap a helyében lennék, "),
    ],
)
def test_sentences_that_go_on_from_a_beginning_have_it(language: str, pool: str, beginning: str) -> None:
    assert all(sentence.startswith(beginning) for sentence in listed(language)[pool])


@pytest.mark.parametrize("path", sorted(SENTENCES.glob("*.yaml")), ids=lambda path: str(path.stem))
def test_every_language_has_sixty_names_and_twenty_institutions(path: Path) -> None:
    own = voice(path.stem)

    assert len({*own.women.first, *own.men.first}) >= 60
    for names in (own.women, own.men):
        assert len(set(names.first)) == len(names.first) >= 30
        assert len(set(names.last)) == len(names.last) >= 30
    assert len(set(own.pools["institutions"])) >= 20


def test_a_language_without_a_file_speaks_english() -> None:
    assert voice("xx").pools == voice("en").pools
    assert voice("xx").women == voice("en").women
    assert voice("bg").pools["countries"] == ("България",)


def test_endings_follow_the_person() -> None:
    assert as_said("Zrobił{em|am} to {sam|sama}.", woman=False) == "Zrobiłem to sam."
    assert as_said("Zrobił{em|am} to {sam|sama}.", woman=True) == "Zrobiłam to sama."
    assert as_said("Не бих го повторил{|а}.", woman=False) == "Не бих го повторил."
    assert as_said("Не бих го повторил{|а}.", woman=True) == "Не бих го повторила."


@pytest.mark.parametrize("language", ["en", "pl", "bg", "lv", "hu", None])
def test_five_hundred_people_have_five_hundred_names(language: str | None) -> None:
    taken = {person.name for person in people(20, language, 2, TODAY)}

    crowd = people(500, language, 1, TODAY, taken)

    names = {person.name for person in crowd}
    assert len(names) == 500
    assert not names & taken
    assert crowd == people(500, language, 1, TODAY, taken)
    assert {person.language for person in crowd} == ({language} if language else {"en", "pl", "bg", "lv", "hu"})


def test_a_hungarian_name_begins_with_the_family() -> None:
    own = voice("hu")
    for person in people(20, "hu", 1, TODAY):
        last, first = person.name.split()
        assert last.split("-")[0] in own.women.last
        assert first in own.women.first + own.men.first
