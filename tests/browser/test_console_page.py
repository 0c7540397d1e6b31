"""The console page in the dialog that Facilitate opens: read, pressed, live, lost; looked at, and by keyboard alone."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from locales import words
from tests.browser.chromium import PATIENCE_MS, SEEN, Windows
from tests.browser.conftest import Look
from tests.browser.inside import Inside
from tests.browser.window import Window, appears, either
from tests.chat import Session, label
from tests.stories.acts import clicks, says
from tools.places import ROOT

AXE = ROOT / "rehearsal" / "node_modules" / "axe-core" / "axe.min.js"
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
    .filter(node => node.getBoundingClientRect().right > innerWidth + 1).map(node => node.outerHTML.slice(0, 160))"""
UNSEEN = """() => [...document.querySelectorAll("main :is(section, aside, header, figure)")].filter(node => {
    const {width, height} = node.getBoundingClientRect();
    const clipped = getComputedStyle(node).clipPath !== "none";
    return node.textContent.trim() && (clipped || width < 60 || height < 20 || !node.checkVisibility());
}).map(node => node.outerHTML.slice(0, 160))"""
"""Parts with words in them that are on the page for screen readers only, or for nobody."""
SERIOUS = ("serious", "critical")
HEAVIEST = 350 * 1024
"""Bytes of a picture in the docs."""

Take = Callable[[str, Page], None]


@pytest.fixture(scope="module")
def pages() -> str:
    return "on"


@pytest.fixture
def take(tmp_path: Path) -> Take:
    """Takes a picture for the docs; only where KOLBOT_IMAGES is 1 into docs/images."""
    folder = ROOT / "docs" / "images" if os.environ.get("KOLBOT_IMAGES") == "1" else tmp_path

    def take(name: str, page: Page) -> None:
        picture = page.screenshot(animations="disabled")
        assert len(picture) <= HEAVIEST, name
        (folder / f"{name}.png").write_bytes(picture)

    return take


def opened(window: Window) -> FrameLocator:
    """Facilitate is pressed: in Teams' dialog the page is there without another button."""
    window.opens("Facilitate")
    page = window.dialog.frame_locator("iframe")
    appears(page.locator(".head h1"))
    return page


@contextmanager
def alone(window: Window, browser: Browser, called: str = "console", **how: Any) -> Iterator[Page]:
    """The same page in a window of its own, as large or small as one likes. Errors of the script are faults; that
    the browser notes a lost connection is none."""
    frame = next(frame for frame in window.page.frames if f"/pages/{called}" in frame.url)
    ticket = frame.evaluate("sessionStorage.getItem('kolbot.ticket')")
    wrong: list[str] = []
    context = browser.new_context(**(SEEN | how))
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.add_init_script(f"sessionStorage.setItem('kolbot.ticket', '{ticket}')")
    page.goto(frame.url)
    appears(page.locator(".head h1"))
    yield page
    context.close()
    assert not wrong, wrong


def faults(page: Page) -> list[str]:
    """What axe-core finds that is serious."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [
        f"{one['id']}: {node['html'][:200]} {node['failureSummary']}"
        for one in found
        if one["impact"] in SERIOUS
        for node in one["nodes"]
    ]


def test_anna_leads_by_the_page_and_it_follows(look: Look, browser: Browser, take: Take) -> None:
    screen = look("?as=anna", viewport={"width": 1280, "height": 1000})
    anna = Window(screen, "anna")
    anna.opens_a_workshop("peer-learning-session", "pl")
    others = [Window(look(f"?as={who}"), who) for who in ("ivan", "james")]
    ivan, james = others
    for window in others:
        window.joins()
    console = opened(anna)
    assert "/open/" not in next(frame.url for frame in screen.frames if "/pages/" in frame.url), "the link is gone"
    expect(console.locator("[data-part='right.answered']")).to_contain_text("2")
    console.get_by_role("button", name=either("Start")).click()
    appears(console.get_by_role("status").filter(has_text="8 minut"))
    appears(console.get_by_text("Zapraszamy do pierwszego etapu: wiedzy."))
    assert console.locator("main").evaluate(UNSEEN) == []
    aloud = console.get_by_role("region", name=either("To read aloud")).bounding_box()
    assert aloud is not None and aloud["width"] > 300 and aloud["height"] > 100, aloud
    figure = console.locator(".figure").first
    expect(figure).to_have_text("Odpowiedziało: 0 z 2")
    ivan.answers("Обслужване на едно гише")
    expect(figure).to_have_text("Odpowiedziało: 1 z 2")
    next_step = console.get_by_role("button", name=either("Next: {step}"))
    expect(console.locator("#status")).to_be_empty()  # what was told is gone after a while
    stood = next_step.bounding_box()
    console.get_by_role("button", name=re.compile(r"^\+1 ")).click()
    appears(console.get_by_role("status").filter(has_text="1 minuta"))
    assert next_step.bounding_box() == stood, "buttons stay where they are when something is told"
    next_step.focus()
    james.answers("Mentoring of new staff")
    expect(figure).to_have_text("Odpowiedziało: 2 z 2")
    expect(next_step).to_be_focused()
    expect(console.get_by_role("complementary")).to_contain_text("Wszyscy odpowiedzieli")
    assert next_step.bounding_box() == stood, "and when something is suggested"
    take("console-page", screen)
    screen.keyboard.press("Enter")
    expect(console.locator(".status")).to_contain_text("Istota praktyki")
    show = console.get_by_role("button", name=either("Show names"))
    expect(console.get_by_text("James Carter")).to_have_count(0)
    show.click()
    appears(console.get_by_text("James Carter"))
    console.get_by_role("button", name=either("Hide names")).click()
    expect(console.get_by_text("James Carter")).to_have_count(0)

    loses_it(james, console)
    with alone(anna, browser, viewport={"width": 1180, "height": 900}) as page:
        looks(page, take)
        comes_back(page)


LEADERS = {"pl": "anna", "bg": "ivan", "lv": "liga", "hu": "zsofi", "en": "james"}


async def led_by_five(room: Session) -> None:
    """A step is open in a workshop that all of them lead."""
    await room.opens()
    await room.joins(*list(LEADERS.values())[1:])
    await says(room, "anna", "@Kolbot facilitator @Иван Петров @Līga Ozola @Nagy Zsófia @James Carter")
    await room.types("anna", "@Kolbot start")


def test_each_who_leads_reads_the_console_in_their_own_language(windows: Windows, room: Inside, take: Take) -> None:
    room.does(led_by_five(room.room))
    page = windows.take(viewport={"width": 760, "height": 900})
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    for language, who in LEADERS.items():
        console = room.does(clicks(room.room, who, label("Facilitate", "en"))).dialog
        assert console is not None and console.url is not None
        page.goto(console.url)
        page.locator("#enter").click()
        expect(page.locator("html")).to_have_attribute("lang", language)
        appears(page.get_by_role("button", name=words(language)("Close the step")))
        assert not faults(page), language
        assert page.evaluate(TOO_WIDE) == [] == page.evaluate(UNSEEN), language
        take(f"console.{language}", page)
        page.evaluate("() => sessionStorage.clear()")
    page.context.close()
    assert not wrong, wrong


def loses_it(james: Window, console: FrameLocator) -> None:
    """A moderator has the page too, without what facilitators do; who is named no more loses it at once."""
    console.get_by_role("button", name=either("People and roles …")).click()
    form = console.get_by_role("dialog")
    form.get_by_label("James Carter").check()
    form.locator("select[name=role]").select_option("moderator")
    form.get_by_role("button", name=either("Name them")).click()
    told = form.get_by_role("status").or_(console.get_by_role("status"))
    appears(told.filter(has_text="James Carter"))
    theirs = opened(james)
    appears(theirs.get_by_role("button", name=either("Moderate")))
    expect(theirs.get_by_role("button", name=either("Next: {step}"))).to_have_count(0)
    if form.count() == 0:
        console.get_by_role("button", name=either("People and roles …")).click()
    form.get_by_role("button", name=re.compile("James Carter")).click()
    expect(theirs.locator(".door h1")).to_have_text(
        "You do not lead or moderate this workshop any more, so this page is closed."
    )
    expect(theirs.get_by_role("button", name=either("Moderate"))).to_have_count(0)
    james.closes()


def looks(page: Page, take: Take) -> None:
    """Light, dark, high contrast, a phone, twice the text: nothing serious for axe-core, nothing beyond the edge."""
    for theme in ("light", "dark", "contrast"):
        page.locator("#appearance").select_option(theme)
        assert not faults(page), theme
        if theme != "light":
            take(f"console-page-{theme}", page)
    page.locator("#appearance").select_option("light")
    page.set_viewport_size({"width": 320, "height": 900})
    take("console-page-phone", page)
    for size in ("100%", "200%"):
        page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
        assert page.evaluate(TOO_WIDE) == [] == page.evaluate(UNSEEN), size
        assert not faults(page), size
    page.evaluate("() => { document.documentElement.style.fontSize = '' }")
    page.set_viewport_size({"width": 1180, "height": 900})
    page.get_by_role("button", name=either("Groups …")).click()
    appears(page.get_by_role("dialog"))
    assert not faults(page), "a form"
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name=either("Groups …"))).to_be_focused()


def comes_back(page: Page) -> None:
    """Without a network the page says so; with one again it shows what is true then, without being reloaded."""
    lost = page.locator(".connection.lost")
    page.context.set_offline(True)
    page.get_by_role("button", name=either("Show names")).click()  # the stream is asked for anew
    appears(lost)
    page.context.set_offline(False)
    appears(page.get_by_text("James Carter"))
    expect(lost).to_have_count(0)
