"""Putting notes into themes on the narrowest screen, with the keyboard alone: ticks, a list, a name, a proposal."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Look
from tests.browser.inside import Inside
from tests.browser.window import Window, appears, either
from tests.chat import Session
from tests.stories.acts import gives

NOTES = {
    "james": "Open days\nMentoring of new staff",
    "ivan": "Open doors\nNew staff have a mentor",
    "anna": "open days",
}

FITS = "d => [...d.querySelectorAll('.ac-adaptiveCard *')].every(e => e.getBoundingClientRect().right <= 320)"


@pytest.fixture(scope="module")
def address(room: Inside) -> str:
    return room.address


async def gathered(room: Session) -> None:
    await room.opens()
    await room.joins(*NOTES)
    await room.types("anna", "@Kolbot start")
    for who, notes in NOTES.items():
        await gives(room, who, K1=notes)


def test_with_the_keyboard_at_320_pixels(look: Look, room: Inside) -> None:
    room.does(gathered(room.room))
    page = look("?as=anna", viewport={"width": 320, "height": 700})
    anna = Window(page, "anna")
    anna.opens("Facilitate")
    anna.presses("Themes …")
    ticks = anna.dialog.locator('[id="notes"] input[type="checkbox"]')
    expect(ticks).to_have_count(4)
    assert anna.dialog.evaluate(FITS), "nothing stands beyond the edge"
    for number in (0, 1):
        ticks.nth(number).focus()
        page.keyboard.press("Space")
        expect(ticks.nth(number)).to_be_checked()
    anna.dialog.locator('[id="called"] input').focus()
    page.keyboard.type("Otwarte drzwi")
    page.keyboard.press("Tab")
    put = anna.dialog.get_by_role("button", name=either("Put there"))
    expect(put).to_be_focused()
    page.keyboard.press("Enter")
    appears(anna.told)
    alike = anna.dialog.get_by_role("button", name=either("What looks alike?"))
    alike.focus()
    page.keyboard.press("Enter")
    accept = anna.dialog.get_by_role("button", name=either("Accept {n}"))
    expect(accept).to_have_count(1)
    assert anna.dialog.evaluate(FITS)
    accept.focus()
    page.keyboard.press("Enter")
    appears(anna.told)
