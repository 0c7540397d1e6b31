"""The same workshop in every language, as people see it: the stage card, the answer dialog, the closing picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from bot.picture import summary_of
from cards import draw
from drawings.press import Press
from drawings.summary import posted_svg
from locales import LANGUAGES
from rehearsal.persona import Persona, people
from templates import shipped
from tests.browser.drawn import awaited, cards_on_a_page
from tests.browser.test_session import Take, take  # noqa: F401 - a fixture
from tests.workshop.paper import Paper
from workshop import commands as c
from workshop.model import Status
from workshop.prompts import kind_of
from workshop.views import AnswerForm, PromptForm, StageCard

PLAN = "kolb-taster-15"
CROWD = 8
CUT_OFF = """() => [...document.querySelectorAll("section *")].filter(node => {
    const style = getComputedStyle(node);
    const hides = style.overflowX === "hidden" || style.textOverflow === "ellipsis";
    return hides && node.clientWidth > 0 && node.scrollWidth > node.clientWidth + 1;
}).map(node => node.outerHTML.slice(0, 200))"""
"""What is wider than the room it has, and hidden."""


@dataclass
class Held:
    """A workshop in one language, and who is in it."""

    language: str
    paper: Paper
    crowd: list[Persona]

    def each(self, **pools: tuple[str, int]) -> None:
        """Everybody answers prompts from what people of this language say, so many entries each."""
        for number, one in enumerate(self.crowd):
            given: dict[str, Any] = {}
            for prompt, (pool, count) in pools.items():
                said = list({sentence.rstrip("."): sentence for sentence in one.pool(pool)}.values())
                entries = [said[(number + more) % len(said)] for more in range(count)]
                given[prompt] = entries if count > 1 else entries[0]
            self.paper.says(one.name, **given)

    def votes(self) -> None:
        items = self.paper.w.items["K4"]
        for number, one in enumerate(self.crowd):
            first, second = items[number % 3].key, items[(number + 1) % 5].key
            dots = {first: "2", second: "1"}
            step = self.paper.at
            self.paper.do(c.SubmitAnswers(workshop="w1", by=one.name, name=one.name, step=step, given={"K4": dots}))


def held(language: str) -> Held:
    """Up to the step in which what the first stage gave is tried on."""
    paper = Paper(shipped()[PLAN]).opens(title="", language=language)
    crowd = people(CROWD, language, 3, date(2026, 11, 22))
    for one in crowd:
        paper.do(c.Join(workshop="w1", by=one.name, name=one.name, language=language, challenge=one.challenge))
    paper.starts()
    workshop = Held(language, paper, crowd)
    workshop.each(K1=("practices", 2))
    paper.next()
    workshop.votes()
    paper.next()
    return workshop


def goes_to_its_end(workshop: Held) -> None:
    """Through the other stages, to everybody's closing sentence."""
    workshop.each(A2=("action", 1))
    workshop.paper.next()
    workshop.each(E3=("experience", 2))
    workshop.paper.next()
    workshop.each(C1=("conclusions", 1))
    workshop.paper.next()
    workshop.each(C5=("board", 1))
    workshop.paper.finishes()


@pytest.fixture(scope="module")
def workshops() -> list[Held]:
    return [held(language) for language in LANGUAGES]


def stage(workshop: Held) -> dict[str, Any]:
    board = workshop.paper.board()
    return draw(StageCard(board, 1), workshop.language)


def dialog(workshop: Held) -> dict[str, Any]:
    """The form of one of them, who has chosen and written, and not sent it yet."""
    w, one = workshop.paper.w, workshop.crowd[0]
    assert w.place is not None
    chosen, smallest = w.place.step.prompts
    items = w.items[chosen.id]
    forms = (
        PromptForm(chosen, items, kind_of(chosen).unparse(chosen, {"chosen": [items[1].key], "own": ""})),
        PromptForm(smallest, (), {"": one.pool("action")[0]}),
    )
    return draw(AnswerForm(w, w.place, w.people[one.name], forms), workshop.language)


@pytest.fixture(scope="module")
def page(browser: Browser, workshops: list[Held]) -> Iterator[Page]:
    samples = [
        {"name": f"{what.__name__}.{workshop.language}", "card": what(workshop), "dialog": what is dialog}
        for workshop in workshops
        for what in (stage, dialog)
    ]
    with cards_on_a_page(browser, samples, viewport={"width": 720, "height": 900}) as page:
        yield page


def test_nothing_is_cut_off_and_each_is_taken_as_a_picture(page: Page, take: Take) -> None:  # noqa: F811 - the fixture
    assert page.evaluate(CUT_OFF) == []
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate(CUT_OFF) == []
    page.set_viewport_size({"width": 720, "height": 900})
    sections = page.locator("section")
    assert sections.count() == 2 * len(LANGUAGES)
    for section in sections.all():
        _, name = str(section.get_attribute("aria-label")).split(" ", 1)
        take(name, section.screenshot(animations="disabled"))


def test_the_closing_picture_in_every_language(workshops: list[Held], take: Take) -> None:  # noqa: F811 - the fixture
    async def printed() -> dict[str, bytes]:
        press = Press()
        try:
            return {
                workshop.language: await press.posted_png(posted_svg(summary_of(workshop.paper.board())))
                for workshop in workshops
            }
        finally:
            await press.close()

    for workshop in workshops:
        goes_to_its_end(workshop)
        assert workshop.paper.status is Status.FINISHED
    pictures = awaited(printed())
    assert len(set(pictures.values())) == len(LANGUAGES)
    for language, picture in pictures.items():
        take(f"summary.{language}", picture)
