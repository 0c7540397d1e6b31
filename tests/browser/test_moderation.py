"""The moderation page by keyboard alone, two moderators at once, and looked at: light, dark, contrast, a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect

from tests.browser.conftest import Look
from tests.browser.inside import Inside
from tests.browser.test_console_page import TOO_WIDE, UNSEEN, Take, alone, faults, opened, take
from tests.browser.window import Window, appears, either
from tests.chat import Session
from tests.stories.acts import gives

__all__ = ["take"]

PLAN = """\
id: gathered
languages: [en, pl]
title: {en: "What works well here", pl: "Co się u nas sprawdza"}
about: {en: "One step.", pl: "Jeden krok."}
stages:
  - id: knowledge
    aim: {en: "Know", pl: "Poznać"}
    steps:
      - id: practices
        title: {en: "Practices", pl: "Praktyki"}
        minutes: 9
        prompts:
          - id: K1
            kind: notes
            text: {en: "Which good practices do you know?", pl: "Jakie dobre praktyki Państwo znają?"}
            columns: {what: {en: "What works", pl: "Co działa"}}
          - id: K2
            kind: text
            text: {en: "What shall everybody read?", pl: "Co mają przeczytać wszyscy?"}
            moderated: true
  - {id: action, aim: {en: Act, pl: Działać}, steps: [{id: a, title: {en: A, pl: A}, minutes: 5, prompts: [{id: A1, kind: text, text: {en: A, pl: A}}]}]}
  - {id: experience, aim: {en: Live, pl: Przeżyć}, steps: [{id: e, title: {en: E, pl: E}, minutes: 5, prompts: [{id: E1, kind: text, text: {en: E, pl: E}}]}]}
  - {id: conclusions, aim: {en: End, pl: Wnioski}, steps: [{id: c, title: {en: C, pl: C}, minutes: 5, prompts: [{id: C1, kind: text, text: {en: C, pl: C}}]}]}
"""  # noqa: E501
IVAN = "Отворени врати\nOpen days\nMentoring of new staff\nThe boss is a fool\n<script>alert(1)</script>"
JAMES = "open days\nNew staff have a mentor\nChecklists for every desk 👩‍👩‍👧‍👦\n" + "ő" * 280


@pytest.fixture(scope="module")
def pages() -> str:
    return "on"


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plans")
    (folder / "gathered.yaml").write_text(PLAN, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def address(room: Inside) -> str:
    return room.address


async def gathered(room: Session) -> None:
    """Two have answered."""
    await room.opens(plan="gathered")
    await room.joins("ivan", "james")
    await room.types("anna", "@Kolbot start")
    await gives(room, "ivan", K1=IVAN, K2="Read the manual")
    await gives(room, "james", K1=JAMES, K2="Ask your colleagues")


def moderating(window: Window) -> FrameLocator:
    """From the console to the moderation page, by keys."""
    console = opened(window)
    console.get_by_role("button", name=either("Moderate"), exact=True).focus()
    window.page.keyboard.press("Enter")
    appears(console.locator("#moderation"))
    return console


def entry(page: FrameLocator | Page, words: str, where: str = "list") -> Locator:
    return page.locator(f"[data-part='{where}'] .entry").filter(has_text=words)


def walks_to(window: Window, page: FrameLocator, words: str) -> None:
    """Arrow keys until this entry has the focus."""
    rows = page.locator(".entry")
    window.page.keyboard.press("ArrowDown")
    window.page.keyboard.press("Home")
    for _ in range(rows.count()):
        if words in page.locator(".entry:focus-within").inner_text():
            return
        window.page.keyboard.press("ArrowDown")
    pytest.fail(f"no arrow leads to {words!r}")


def tabs_to(window: Window, target: Locator) -> None:
    for _ in range(60):
        if target.evaluate("node => node === document.activeElement"):
            return
        window.page.keyboard.press("Tab")
    pytest.fail(f"Tab does not lead to {target}")


def test_everything_by_keyboard_while_another_does_the_same(
    look: Look, browser: Browser, room: Inside, take: Take
) -> None:
    room.does(gathered(room.room))
    screen = look("?as=anna", viewport={"width": 1280, "height": 1000})
    anna = Window(screen, "anna")
    page, keys = moderating(anna), screen.keyboard
    with alone(anna, browser, "moderation", viewport={"width": 1180, "height": 900}) as second:
        by_keys(anna, page, second)
        keys.press("Escape")
        looks(second, take)
    forgets(page)


def by_keys(anna: Window, page: FrameLocator, second: Page) -> None:
    """Anna has her keys only; what she does is seen on the second page, and the other way round."""
    keys, status = anna.page.keyboard, page.get_by_role("status")
    focused = page.locator(":focus")
    appears(entry(page, "<script>alert(1)</script>"))
    # The queue: let through, hidden; the focus goes to the next of it, then to what follows.
    walks_to(anna, page, "Ask your colleagues")
    keys.press("a")
    appears(status.filter(has_text="1 wpis jest teraz widoczny."))
    expect(page.locator("[data-part='queue'] .entry")).to_have_count(1)
    expect(page.locator("[data-part='queue'] .entry:focus-within")).to_contain_text("Read the manual")
    # Hidden by its letter; the focus stays; the other page has it within a second, in words.
    walks_to(anna, page, "The boss is a fool")
    keys.press("h")
    expect(entry(page, "The boss is a fool")).to_contain_text("ukryty")
    expect(entry(second, "The boss is a fool").locator(".state")).to_have_text("ukryty")
    expect(page.locator(".entry:focus-within")).to_contain_text("The boss is a fool")
    keys.press("r")
    expect(entry(page, "The boss is a fool").locator(".state")).to_have_count(0)
    expect(page.locator(".entry:focus-within")).to_contain_text("The boss is a fool")
    keys.press("u")
    expect(entry(second, "The boss is a fool").locator(".state")).to_have_text("ukryty")
    # Switched off, a letter does nothing and is not promised.
    letters = page.locator("#letters")
    tabs_to(anna, page.get_by_role("button", name=either("Back to the console")))
    keys.press("Tab")
    expect(letters).to_be_focused()
    keys.press("Space")
    expect(page.locator("kbd:visible")).to_have_count(0)
    walks_to(anna, page, "Checklists")
    keys.press("h")
    keys.press("Space")
    expect(page.locator("[data-count]")).to_have_text("1")
    expect(entry(page, "Checklists").locator(".state")).to_have_count(0)
    keys.press("Escape")
    expect(page.locator("[data-count]")).to_have_text("0")
    tabs_to(anna, letters)
    keys.press("Space")
    # Three ticks, one theme, named and made with Enter.
    for words in ("Mentoring of new staff", "New staff have a mentor"):
        walks_to(anna, page, words)
        keys.press("Space")
    keys.press("t")
    expect(page.locator("#into")).to_be_focused()
    keys.press("Tab")
    keys.type("Nowi pracownicy")
    keys.press("Enter")
    appears(page.get_by_role("heading", name="Nowi pracownicy"))
    expect(page.locator(".section").filter(has_text="Nowi pracownicy").locator(".entry")).to_have_count(2)
    expect(page.locator("[data-count]")).to_have_text("0")
    expect(second.locator("#theme")).to_contain_text("Nowi pracownicy · 2")
    # The other renames it while Anna types another name: hers stays typed, and is given when pressed again.
    tabs_to(anna, page.locator("#theme"))
    keys.press("ArrowDown")
    keys.press("Tab")
    keys.type("Opiekunowie")
    second.locator("#theme").select_option(index=1)
    second.locator("#new-name").fill("Mentorzy")
    second.locator("#new-name").press("Enter")
    appears(page.get_by_role("heading", name="Mentorzy"))
    expect(page.locator("#new-name")).to_be_focused()
    expect(page.locator("#new-name")).to_have_value("Opiekunowie")
    keys.press("Enter")
    appears(page.get_by_role("heading", name="Opiekunowie"))
    appears(second.get_by_role("heading", name="Opiekunowie"))
    # Undone, from wherever the focus is; then no note is in a theme of that name.
    keys.press("Escape")
    expect(focused).to_have_class("pick")
    walks_to(anna, page, "Checklists")
    keys.press("u")
    appears(second.get_by_role("heading", name="Mentorzy"))
    expect(focused).to_have_class("pick")
    # Shown large only what everybody sees; translated by its letter, which the other page has at once.
    keys.press("s")
    appears(page.get_by_role("alert").filter(has_text="dopiero wtedy, gdy mogą go zobaczyć wszyscy"))
    walks_to(anna, page, "Отворени врати")
    keys.press("l")
    expect(page.locator("#sheet-title")).to_be_focused()
    keys.press("Tab")
    keys.press("Tab")
    keys.type("Open days for all")
    tabs_to(anna, page.get_by_role("button", name=either("Save the translations")))
    keys.press("Enter")
    expect(entry(second, "Отворени врати").locator(".into")).to_contain_text("Open days for all")
    expect(page.locator("#sheet")).to_be_hidden()
    expect(page.locator(".entry:focus-within")).to_contain_text("Отворени врати")
    # By mouse: a row's own button, and several ticks.
    entry(second, "Отворени врати").get_by_role("checkbox").check()
    entry(second, "Checklists").get_by_role("checkbox").check()
    second.locator("[data-does=hide]").click()
    expect(entry(page, "Отворени врати")).to_contain_text("ukryty")
    entry(second, "Checklists").get_by_role("button", name=either("Restore")).click()
    expect(entry(page, "Checklists").locator(".state")).to_have_count(0)
    for name in ("Иван", "James"):
        assert name not in second.content(), "nobody's name is on it"


def forgets(page: FrameLocator) -> None:
    """What was refused on one question or page does not stand on top of the next."""
    refused = page.get_by_role("alert").filter(has_text="Proszę najpierw zaznaczyć wpis.")
    for leaves in (
        lambda: page.locator("#sheet-choice").select_option(index=1),
        lambda: page.get_by_role("button", name=either("Back to the console")).click(),
    ):
        page.locator("[data-does=hide]").click()
        appears(refused)
        leaves()
        expect(page.get_by_role("alert")).to_be_empty()
    appears(page.locator("[data-part='left.next']"))
    expect(page.get_by_role("alert")).to_be_empty()


def looks(page: Page, take: Take) -> None:
    """Nothing serious for axe-core in any appearance, nothing beyond the edge, however narrow or large."""
    for theme in ("light", "dark", "contrast"):
        page.locator("#appearance").select_option(theme)
        assert not faults(page), theme
        page.evaluate("scrollTo(0, 0)")
        take("moderation-page" + f"-{theme}" * (theme != "light"), page)
    page.locator("#appearance").select_option("light")
    page.set_viewport_size({"width": 320, "height": 900})
    page.evaluate("scrollTo(0, 0)")
    take("moderation-page-phone", page)
    for size in ("100%", "200%"):
        page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
        assert page.evaluate(TOO_WIDE) == [] == page.evaluate(UNSEEN), size
        assert not faults(page), size
