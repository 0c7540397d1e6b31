"""No finished catalogue leaves a sentence in English, but for words that both languages have."""

from __future__ import annotations

import pytest
from babel.messages.pofile import read_po

from locales import LANGUAGES, catalogue_file

NO_WORDS = {"{low} = {first}, {high} = {last}", "Unicode (UTF-8)", "{group}: {told}", "{group} …"}
SAME = {"pl": {"Link", "Start", "moderator", "start"}, "hu": {"Workshop"}}
"""Words that are the same in English."""


def forms(said: object) -> tuple[str, ...]:
    return tuple(map(str, said)) if isinstance(said, tuple | list) else (str(said),)


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_nothing_is_left_in_english(language: str) -> None:
    with catalogue_file(language).open("rb") as file:
        said = [(forms(message.id), forms(message.string)) for message in read_po(file, locale=language) if message.id]
    same = {english[0] for english, own in said if set(english) & set(own)}
    assert same - NO_WORDS == SAME.get(language, set())
