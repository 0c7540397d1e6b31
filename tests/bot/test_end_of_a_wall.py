"""At the end of a workshop: the picture, made by a press that is warm by then, and below it the record."""

from __future__ import annotations

import pytest

from bot.picture import SummaryPictures
from drawings.press import PressFailed
from rehearsal.hands import texts
from tests.bot.publishing import Wall, card_of


@pytest.fixture
def wall() -> Wall:
    return Wall()


def ended(wall: Wall) -> None:
    wall.paper.starts()
    wall.paper.to_step(len(wall.paper.plan.places) - 1)
    prompt = wall.paper.plan.places[-1].step.prompts[0].id
    wall.paper.says("ivan", None, **{prompt: "I take home a lot"})
    wall.paper.finishes()


async def test_the_picture_and_below_it_the_record(wall: Wall) -> None:
    ended(wall)
    for _ in range(4):
        await wall.ticks(seconds=10)
    cards = [card_of(message) for message in wall.teams.messages.values()]
    pictures = [card for card in cards if any(part.get("type") == "Image" for part in card["body"])]
    assert len(pictures) == 1
    assert cards.index(pictures[0]) == len(cards) - 2
    assert texts(cards[-1])[0] == "The record of this workshop"
    assert wall.pictures.drawn == 1, "drawn once, not at every look"


async def test_the_press_is_warm_before_the_end(wall: Wall) -> None:
    wall.paper.starts()
    await wall.ticks()
    assert wall.pictures.warmed == 0, "most of a session needs none"
    wall.paper.to_step(len(wall.paper.plan.places) - 1)
    await wall.passes(10)
    assert wall.pictures.warmed == 1


class PaperPress:
    """Prints at once, and notes how often."""

    def __init__(self) -> None:
        self.printed: list[str] = []
        self.fails = False

    async def warm(self) -> None:
        if self.fails:
            raise PressFailed("no worker")

    async def posted_png(self, svg: str) -> bytes:
        if self.fails:
            raise PressFailed("no worker")
        self.printed.append(svg)
        return svg.encode()


async def test_a_picture_that_could_not_be_posted_is_not_drawn_again() -> None:
    press = PaperPress()
    pictures = SummaryPictures(press)  # type: ignore[arg-type]
    await pictures.warm()
    for svg in ("a", "b", "a", "c", "d", "e", "a"):
        assert await pictures.draw(svg) == svg.encode()
    assert press.printed == ["a", "b", "c", "d", "e", "a"], "four are kept"


async def test_a_press_that_fails_holds_up_nothing(caplog: pytest.LogCaptureFixture) -> None:
    press = PaperPress()
    press.fails = True
    pictures = SummaryPictures(press)  # type: ignore[arg-type]
    await pictures.warm()
    assert await pictures.draw("a") is None
    assert "ahead of time" in caplog.text
    press.fails = False
    assert await pictures.draw("a") == b"a"


async def test_a_picture_that_cannot_be_drawn_is_text(wall: Wall) -> None:
    ended(wall)
    wall.pictures.fails = True
    for _ in range(4):
        await wall.ticks(seconds=10)
    assert "What we take home" in wall.all_words()
    assert "I take home a lot" in wall.all_words()
    cards = [card_of(message) for message in wall.teams.messages.values()]
    assert not [card for card in cards if any(part.get("type") == "Image" for part in card["body"])]
    assert wall.memory.shown == wall.paper.w.revision
