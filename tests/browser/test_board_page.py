"""The board page in two windows at once: it follows, it never holds what is hidden; looked at, projected, printed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Look
from tests.browser.test_console_page import HEAVIEST, TOO_WIDE, alone, faults, opened
from tests.browser.window import Window, either
from tools.places import ROOT

WRITTEN = {
    "ivan": "Обслужване на едно гише\nНаставничество",
    "liga": "Vienas pieturas aģentūra\nMentorings",
    "zsofi": "Egyablakos ügyintézés",
    "james": "Mentoring of new staff",
}
Take = Callable[[str, Page], None]


@pytest.fixture(scope="module")
def pages() -> str:
    return "on"


@pytest.fixture
def take(tmp_path: Path) -> Take:
    folder = ROOT / "docs" / "images" if os.environ.get("KOLBOT_IMAGES") == "1" else tmp_path

    def take(name: str, page: Page) -> None:
        picture = page.screenshot(animations="disabled")
        assert len(picture) <= HEAVIEST, name
        (folder / f"{name}.png").write_bytes(picture)

    return take


def test_two_windows_follow_and_hold_nothing_hidden(look: Look, browser: Browser, take: Take) -> None:
    anna = Window(look("?as=anna", viewport={"width": 1280, "height": 1000}), "anna")
    anna.opens_a_workshop("peer-learning-session", "pl")
    others = {who: Window(look(f"?as={who}"), who) for who in WRITTEN}
    for window in others.values():
        window.joins()
    opened(anna).get_by_role("button", name=either("Start")).click()
    expect(anna.dialog.frame_locator("iframe").locator(".digits")).to_contain_text("7:")
    anna.closes()
    heard: list[str] = []
    board = shown(others["james"], "Board")
    with alone(others["james"], browser, "board", viewport={"width": 1280, "height": 900}) as second:
        second.on("response", lambda response: heard.append(response.url))
        for who in ("ivan", "liga", "zsofi"):
            others[who].answers(WRITTEN[who])
        for page in (board, second):
            expect(page.locator("figure").first).to_contain_text(either("3 answers", first=False))
        assert "Mentorings" not in second.content() and "гише" not in second.content()
        console = opened(anna)
        console.get_by_role("button", name=either("Close the step")).click()
        for page in (board, second):
            expect(page.locator("figure").first).to_contain_text("Vienas pieturas")
        looks(second, take)
        projected(second, take)
        printed(second)


def shown(window: Window, button: str) -> Any:
    """Somebody presses Board on the board's card, and the page's own button."""
    window.opens(button)
    page = window.dialog.frame_locator("iframe")
    page.locator("#enter").click()
    expect(page.locator(".cycle")).to_be_visible()
    return page


def looks(page: Page, take: Take) -> None:
    for theme in ("light", "dark", "contrast"):
        page.locator("#appearance").select_option(theme)
        assert not faults(page), theme
        take(f"board-page-{theme}", page)
    page.locator("#appearance").select_option("light")
    page.get_by_role("button", name="As text").click()
    expect(page.locator("figure").first.get_by_role("listitem").filter(has_text="Mentorings")).to_be_visible()
    page.get_by_role("button", name="As text").click()
    expect(page.locator("figure").get_by_role("listitem")).to_have_count(0)
    page.set_viewport_size({"width": 360, "height": 800})
    expect(page.locator("figure svg").first).to_have_attribute("viewBox", either("0 0 480 "))
    assert page.evaluate(TOO_WIDE) == []
    assert not faults(page), "on a phone"
    take("board-page-phone", page)
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(page.locator("figure svg").first).to_have_attribute("viewBox", either("0 0 960 "))


def projected(page: Page, take: Take) -> None:
    """By keys alone: the first drawing, the cycle, black and back, the end."""
    page.get_by_role("button", name=either("Projector view")).focus()
    page.keyboard.press("Enter")
    expect(page.locator("figure.shown")).to_be_visible()
    expect(page.locator(".bar")).to_be_hidden()
    take("board-page-projector", page)
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".cycle.shown")).to_be_visible()
    page.keyboard.press("b")
    expect(page.locator("main")).to_be_hidden()
    page.keyboard.press("b")
    page.keyboard.press("PageDown")
    expect(page.locator("figure.shown")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".bar")).to_be_visible()


def printed(page: Page) -> None:
    page.emulate_media(media="print")
    expect(page.locator(".tools")).to_be_hidden()
    expect(page.locator("figure").first).to_be_visible()
    assert page.pdf(format="A4")[:4] == b"%PDF"
