"""What is said of files that people send: something of its own in each case, in every language; it names the file."""

from __future__ import annotations

import pytest

from cards.sentences import sentence
from locales import LANGUAGES, words
from workshop.refusals import Reason, Refused
from workshop.said import Said, Spoken

WHY = ("kind", "many", "large", "empty", "letters", "no_workshop", "gone", "which", "away")
NAMED = ("kind", "large", "empty", "letters")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_its_own_sentence(language: str) -> None:
    say = words(language)
    told = {why: sentence(Refused(Reason.WRONG_FILE, {"why": why, "name": "a.csv"}), say) for why in WHY}
    assert len(set(told.values())) == len(WHY)
    for why in WHY:
        assert ("a.csv" in told[why]) == (why in NAMED)
    assert sentence(Refused(Reason.WRONG_FILE), say) == told["away"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_that_was_kept_is_named(language: str) -> None:
    say = words(language)
    named = sentence(Spoken(Said.TEMPLATE_SENT, {"name": "Mine"}), say)
    nameless = sentence(Spoken(Said.TEMPLATE_SENT), say)
    assert "Mine" in named and named != nameless


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_a_file_nobody_says_that_it_was_typed(language: str) -> None:
    say = words(language)
    facts: dict[str, str | int] = {"why": "cells", "row": 2}
    typed, sent = (sentence(Refused(Reason.WRONG_PRACTICES, {**facts, **more}), say) for more in ({}, {"file": 1}))
    assert typed != sent and say("Nothing was recorded. Please mend the file and send it again.") in sent
    limit: dict[str, str | int] = {"limit": 50}
    teams, yours = (sentence(Refused(Reason.OWN_FULL, {**limit, **more}), say) for more in ({}, {"yours": 1}))
    assert teams != yours and "50" in yours
