"""Which questions people write words of their own to, so that there is something to moderate."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.workshop.session import DOTS, ONE_COLUMN, OPTIONS, TEXT, asks
from workshop.entries import takes_words
from workshop.plan import Prompt, Source

VOTE = asks("V", "vote", DOTS, Source("N"))


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        (asks("N", "notes", ONE_COLUMN), True),
        (asks("T", "text", TEXT), True),
        (VOTE, False),
        (asks("C", "choice", OPTIONS), False),
        (asks("O", "choice", replace(OPTIONS, own=True)), True),
    ],
)
def test_who_votes_writes_nothing(prompt: Prompt, words: bool) -> None:
    assert takes_words(prompt) is words
