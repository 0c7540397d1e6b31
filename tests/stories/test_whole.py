"""Whole workshops, from the lobby to the picture, by people who click labels and read words."""

from __future__ import annotations

import pytest

from tests.chat import Session, label
from tests.stories.acts import board
from tests.stories.script import Step, images, picture, plays, shows
from tests.stories.sessions import LONG, SHORT

PEOPLE = ("ivan", "james", "liga")


async def opened(room: Session, plan: str, language: str) -> None:
    """A lobby in which three people have joined, one after the other, and are counted."""
    await room.opens(plan=plan, language=language)
    lobby = label("Nobody is in yet.", language)
    assert lobby in room.words()
    await room.joins("ivan", institution="Sofia", language=language)
    assert "Иван Петров" in room.words()
    await room.joins("james", "liga", language=language)
    assert "Иван Петров, James Carter, Līga Ozola" in room.words()
    assert lobby not in room.words()


async def ends_well(room: Session, language: str, steps: list[Step], sentences: list[str]) -> None:
    """The picture is posted, within Teams' limits, with everything it says as text; the final board hangs below it."""
    cards = room.person("anna").cards(root=room.root)
    pictures = [seen for seen in cards if images(seen)]
    assert len(pictures) == 1
    assert pictures[0].texts()[0] == label("What we take home", language)
    data, width, height = picture(pictures[0])
    assert 0 < width <= 1024 and 0 < height <= 1024
    assert len(data) <= 1024 * 1024
    for sentence in sentences:
        assert sentence in images(pictures[0])[0]["altText"]
    below = cards[cards.index(pictures[0]) + 1 :]
    assert [seen.texts()[0] for seen in below] == [label("The record of this workshop", language)]
    final = board(room)
    for step in steps:
        for words in step.words:
            assert shows(final, words) != step.secret, words
    assert label("This workshop has ended. Thank you to everybody.", language) in room.words()
    assert not [seen for seen in cards if label("Answer", language) in seen.buttons()]


@pytest.mark.parametrize("language", ["en", "pl"])
async def test_a_quarter_of_an_hour(room: Session, language: str) -> None:
    await opened(room, "kolb-taster-15", language)
    await plays(room, SHORT[language])
    await ends_well(room, language, SHORT[language], [*SHORT[language][-1].words])


@pytest.mark.parametrize("language", ["en", "pl"])
async def test_the_long_session(room: Session, language: str) -> None:
    await opened(room, "peer-learning-session", language)
    await plays(room, LONG[language])
    sentences = [
        step for step in LONG[language] if step.title in ("One sentence for the board", "Jedno zdanie na tablicę")
    ]
    await ends_well(room, language, LONG[language], sentences[0].words)


async def test_a_polish_workshop_is_polish_all_over(room: Session) -> None:
    """No card of it has a word of ours in English: not the lobby, not the stage, not the board, not the picture."""
    await opened(room, "kolb-taster-15", "pl")
    await plays(room, SHORT["pl"])
    words = room.words("james")
    for english in ("Knowledge", "Conclusions", "The record of", "What we take home", "answers", "people", "Answer"):
        assert english not in words, english
    for polish in ("Wiedza", "Działanie", "Doświadczenie", "Wnioski"):
        assert polish in words
