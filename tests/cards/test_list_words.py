"""What is said of the organiser's list: something of its own in each case, in every language, with row and field."""

from __future__ import annotations

import pytest

from cards import draw
from cards.sentences import sentence
from locales import LANGUAGES, words
from tests.cards.sample import workshop
from tests.cards.walk import text_of
from workshop.refusals import Reason, Refused
from workshop.said import Said, Spoken
from workshop.views import PeopleForm

WHY = ("missing", "long", "address", "language", "many", "separator", "cells", "length")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_its_own_sentence(language: str) -> None:
    say = words(language)
    facts: dict[str, str | int] = {"row": 7, "field": "country", "limit": 140, "language": "de", "known": "en,pl"}
    told = {why: sentence(Refused(Reason.WRONG_LIST, {**facts, "why": why}), say) for why in WHY}
    assert len(set(told.values())) == len(WHY)
    for why in ("missing", "long", "address", "language", "cells"):
        assert "7" in told[why]
        sent = sentence(Refused(Reason.WRONG_LIST, {**facts, "why": why, "file": 1}), say)
        assert say("Nothing was recorded. Please mend the file and send it again.") in sent != told[why]
    assert say("Country") in told["long"] and "140" in told["long"]
    assert "de" in told["language"] and say.name_of_language("pl") in told["language"]
    assert sentence(Refused(Reason.WRONG_LIST, {"why": "long"}), say) == told["length"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_many_are_expected(language: str) -> None:
    say = words(language)
    assert "12" in sentence(Spoken(Said.LIST_CHANGED, {"people": 12}), say)
    assert sentence(Spoken(Said.LIST_CHANGED), say) == say("The list is recorded.")


def test_without_a_list_there_is_none_to_forget() -> None:
    assert "Forget" not in text_of(draw(PeopleForm(workshop()), "en"))
