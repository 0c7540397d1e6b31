"""The tab in Teams by mouse and eye, inside the room's stand-in for Teams: whose it is, how it looks, what it keeps."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Frame, FrameLocator, Page, expect

from tests.browser.conftest import Look
from tests.browser.inside import Inside, inside
from tests.browser.test_console_page import TOO_WIDE, Take, faults, take
from tests.browser.window import appears
from tests.chat import CHANNEL, Session, label
from tests.stories.acts import gives, says
from tools.places import ROOT

__all__ = ["take"]

HERE = quote(CHANNEL)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inside]:
    with inside(tmp_path_factory.mktemp("inside"), ROOT / "tests" / "plans") as opened:
        yield opened


@pytest.fixture(scope="module")
def address(room: Inside) -> str:
    return f"{room.address}/static/tab.html"


async def begun(room: Session) -> None:
    await room.opens(language="en", title="Desks")
    await room.joins("ivan", "james", "liga")
    await says(room, "anna", "@Kolbot moderator @Līga Ozola")
    await room.types("anna", "@Kolbot start")


async def written(room: Session) -> None:
    for name in ("ivan", "james", "liga"):
        await gives(room, name, K1="Mentoring")


async def passed(room: Session) -> None:
    """A day's session is over, and something happens."""
    room.clock.passes(hours=13)
    await room.types("anna", "@Kolbot extend 5")


async def un_named(room: Session) -> None:
    await says(room, "anna", "@Kolbot remove moderator @Līga Ozola")


def inner(page: Page) -> tuple[FrameLocator, Frame]:
    """The bot's page in the tab, once it is there."""
    appears(page.frame_locator("iframe").locator("main"))
    return page.frame_locator("iframe"), page.frames[1]


def test_a_tab_from_its_adding_to_the_end_of_a_session(look: Look, room: Inside, take: Take) -> None:
    added(look(f"?as=anna&conversation={HERE}&configure=1"))
    room.does(begun(room.room))
    follows(look(f"?as=ivan&conversation={HERE}"), room, take)
    goes_around(look("?as=liga", viewport={"width": 390, "height": 844}), room)
    alone(look("?as=guest&conversation=General&refuse=1"), look("?as=guest&conversation=General"))


def added(page: Page) -> None:
    """The page that adds it says what it is for; Save gives Teams where it is."""
    tab, frame = inner(page)
    appears(tab.get_by_text(label("There is nothing to set: press Save.", "pl")))
    assert faults_in(frame) == []
    page.get_by_role("button", name="Save").click()
    said = page.get_by_role("status")
    expect(said).to_contain_text("contentUrl")
    config = json.loads(said.inner_text())
    pages = frame.url.partition("/configure")[0]
    assert config["contentUrl"] == pages + "?language={locale}&theme={theme}"
    assert config["websiteUrl"] == pages and config["entityId"] and config["suggestedDisplayName"] == "Kolbot"
    expect(page.get_by_role("button", name="Save")).to_be_disabled()


def follows(page: Page, room: Inside, take: Take) -> None:
    """The one workshop of the channel at once, as Teams looks, in the language that somebody has chosen."""
    tab, frame = inner(page)
    expect(tab.locator("html")).to_have_attribute("lang", "bg")
    appears(tab.get_by_role("heading", name="Desks"))
    expect(tab.locator("html")).to_have_attribute("data-theme", "light")
    for theme in ("dark", "contrast"):
        page.locator("#theme").select_option(theme)
        expect(tab.locator("html")).to_have_attribute("data-theme", theme)
    tab.locator("#appearance").select_option("light")
    expect(tab.locator("html")).to_have_attribute("data-theme", "light")
    tab.locator("#appearance").select_option("")
    expect(tab.locator("html")).to_have_attribute("data-theme", "contrast")
    assert faults_in(frame) == []
    room.does(written(room.room))
    appears(tab.get_by_text(re.compile(r"\b3\b")).first)
    assert frame.evaluate("[sessionStorage.length, document.cookie]") == [0, ""]
    assert re.fullmatch(r".*/pages/tab\?language=[a-z-]+&theme=default", frame.url), "no ticket, no workshop"
    room.does(passed(room.room))
    room.does(says(room.room, "anna", "@Kolbot next"))
    appears(tab.locator("[data-part='step-1']"))
    page.locator("#theme").select_option("dark")
    expect(tab.locator("html")).to_have_attribute("data-theme", "dark")
    take("tab", page)
    room.does(says(room.room, "ivan", "@Kolbot language English"))
    page.reload()
    expect(tab.locator("html")).to_have_attribute("lang", "en")
    appears(tab.get_by_role("heading", name="Desks"))


def goes_around(page: Page, room: Inside) -> None:
    """From the list of one's own to a page, from page to page, and back, on a phone; a right that ends closes it."""
    tab, frame = inner(page)
    expect(tab.get_by_role("heading", name=label("Your workshops", "lv"))).to_be_focused()
    assert faults_in(frame) == [] and frame.evaluate(TOO_WIDE) == []
    tab.locator("main").get_by_role("button", name=label("Console", "lv")).click()
    pages = tab.locator("#pages")
    expect(pages.locator("[aria-current]")).to_have_text(label("Console", "lv"))
    appears(tab.locator("[data-part='head'] h1"))
    tab.get_by_role("button", name=label("Moderate", "lv"), exact=True).click()
    appears(tab.locator("#moderation"))
    expect(pages.locator("[aria-current]")).to_have_text(label("Moderation", "lv"))
    assert frame.evaluate(TOO_WIDE) == [] and "/pages/tab/mine?" in frame.url
    pages.get_by_role("button", name=label("The board", "lv")).click()
    appears(tab.locator("[data-part='cycle']"))
    pages.get_by_role("button", name=label("Moderation", "lv")).click()
    appears(tab.locator("#moderation"))
    room.does(un_named(room.room))
    expect(tab.locator("#moderation")).to_have_count(0)
    appears(tab.locator("main h1"))
    pages.get_by_role("button", name=label("Workshops", "lv")).click()
    expect(tab.locator("main").get_by_role("button")).to_have_text([label("The board", "lv")])


def alone(refused: Page, page: Page) -> None:
    """Nobody who is known, nothing to be seen, and outside of Teams: each is said in a sentence."""
    tab, _ = inner(refused)
    expect(tab.get_by_role("heading")).to_have_text(re.compile("^Aplikacja Teams nie potwierdziła, kim Państwo są"))
    expect(tab.get_by_role("button", name=label("Try again", "pl"))).to_be_focused()
    tab, frame = inner(page)
    expect(tab.locator("main")).to_contain_text("Nie biorą Państwo udziału w żadnym warsztacie w tej rozmowie.")
    page.goto(frame.url)
    expect(page.get_by_role("heading")).to_have_text(re.compile("^Ta strona działa w Teams"))


def faults_in(frame: Frame) -> list[str]:
    """What axe-core finds that is serious, in the bot's page only."""
    return faults(frame)  # type: ignore[arg-type] # a frame evaluates as a page does
