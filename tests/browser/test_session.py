"""The whole Polish peer-learning session in a browser: three people click, twenty are simulated, to its picture."""

from __future__ import annotations

import os
import re
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Look
from tests.browser.script import SCRIPT
from tests.browser.window import Window, appears, either
from tools.places import ROOT

PLAN, TITLE = "peer-learning-session", "Sesja peer learning w cyklu Kolba"
FINISHED = "The workshop is finished. Its summary follows in the conversation."
CROWD = 20
HEAVIEST = 350 * 1024
"""Bytes of a picture in the docs."""

PASSING = ".toast-layer, .jump { visibility: hidden }"
"""What lies over the page for some seconds only: not in a picture that is looked at for years."""

Take = Callable[[str, Page | bytes], None]


@pytest.fixture
def take(tmp_path: Path) -> Take:
    """Takes a picture for the docs; only where KOLBOT_IMAGES is 1 into docs/images."""
    folder = ROOT / "docs" / "images" if os.environ.get("KOLBOT_IMAGES") == "1" else tmp_path

    def take(name: str, what: Page | bytes) -> None:
        picture = what if isinstance(what, bytes) else what.screenshot(animations="disabled", style=PASSING)
        assert len(picture) <= HEAVIEST, name
        (folder / f"{name}.png").write_bytes(picture)

    return take


def test_a_session_from_new_to_the_picture(look: Look, take: Take) -> None:
    screen = look("?as=anna", viewport={"width": 1280, "height": 1000})
    facilitator = Window(screen, "anna")
    facilitator.opens_a_workshop(PLAN, "pl")
    appears(facilitator.card("Join").get_by_text("4. "))

    page = look("?as=anna", viewport={"width": 1600, "height": 900})
    three = side_by_side(page)
    for window in three:
        window.joins()
    simulate(screen)
    expect(facilitator.card("Join")).to_contain_text("Anna Kowalska, Иван Петров, James Carter")
    expect(facilitator.card("Join")).to_contain_text(str(CROWD + 3))
    shows(facilitator.card("Join").locator("xpath=ancestor::article"))
    take("lobby", screen)

    facilitator.courses("Start")
    facilitator.closes()
    answered = 0
    for number, (title, *written) in enumerate(SCRIPT):
        stage = facilitator.card("Facilitate")
        appears(stage.get_by_text(title, exact=True))
        if title == "Przerwa":
            expect(facilitator.button("Answer")).to_have_count(0)
        else:
            answered += CROWD
            if number == 0:
                at_work(screen, page, facilitator, three, take)
            for which, (window, sentences) in enumerate(zip(three, written, strict=True)):
                window.answers(*sentences, which=which)
            everybody_answered(screen, answered)
        if title == "Jedna praktyka dla mojej instytucji":
            in_the_middle(screen, facilitator, take)
        goes_on(facilitator)

    ends(screen, facilitator, take)


def side_by_side(page: Page) -> tuple[Window, Window, Window]:
    """Anna's window, and beside it Ivan's and James's: by the button, and by the list of people."""
    page.get_by_test_id("panel-toggle").click()
    for _ in range(2):
        page.get_by_test_id("side-by-side").click()
    page.get_by_test_id("person-switcher").last.click()
    page.locator('[data-testid="person-option"][data-person="james"]').click()
    return Window(page, "anna"), Window(page, "ivan"), Window(page, "james")


def simulate(screen: Page) -> None:
    """Twenty simulated people come, who write Polish, fast."""
    simulate_in(screen, "pl", CROWD)


def simulate_in(screen: Page, language: str, crowd: int) -> None:
    """So many simulated people come, who write this language, fast."""
    screen.get_by_test_id("simulate-count").fill(str(crowd))
    screen.get_by_test_id("simulate-language").select_option(language)
    screen.get_by_test_id("simulate-speed").select_option("fast")
    screen.get_by_test_id("simulate-start").click()
    expect(screen.get_by_test_id("simulate-state")).to_contain_text(f"{crowd} people")
    screen.wait_for_function("async n => (await (await fetch('/api/room')).json()).simulation.joined === n", arg=crowd)


def everybody_answered(screen: Page, answers: int) -> None:
    """The simulated people have answered so many times in all, or left a step out."""
    screen.wait_for_function(
        """async n => {
            const {answered, skipped, gave_up} = (await (await fetch("/api/room")).json()).simulation;
            if (gave_up) throw new Error(`${gave_up} gave up`);
            return answered + skipped >= n;
        }""",
        arg=answers,
        polling=250,
    )


def at_work(screen: Page, page: Page, facilitator: Window, three: tuple[Window, Window, Window], take: Take) -> None:
    """The first step, while people write: pictures of the form, and of three people side by side."""
    form = facilitator.opens("Answer")
    facilitator.fills(("Mentoring nowych pracowników\nPismo urzędowe prostym językiem",))
    appears(form.get_by_role("button", name=either("Send")))
    take("answering", screen)
    facilitator.closes()

    anna, ivan, james = three
    anna.button("Answer").scroll_into_view_if_needed()
    ivan.opens("Answer")
    ivan.fills(("Обслужване на едно гише",))
    james.opens("Answer")
    james.fills(("Mentoring of new staff",))
    james.sends()
    take("side-by-side", page)
    ivan.closes()
    james.closes()


def in_the_middle(screen: Page, facilitator: Window, take: Take) -> None:
    """What has been gathered, and how the facilitator leads."""
    board = facilitator.messages.filter(has=screen.get_by_role("heading", name=either("The board"))).last
    appears(board.get_by_test_id("edited"))
    shows(board.get_by_text("Które praktyki warto wypróbować w naszych urzędach?"), "center")
    take("board", screen)
    facilitator.opens("Facilitate")
    take("console", screen)
    facilitator.closes()


def goes_on(facilitator: Window) -> None:
    """Next, as the console offers it; what a vote is on is picked first where the console asks for it."""
    pick = facilitator.dialog.get_by_role("button", name=either("Pick what it is about"))
    facilitator.opens("Facilitate")
    facilitator.goes_on()
    if pick.count():
        pick.click()
        choices = facilitator.dialog.get_by_role("checkbox")
        expect(choices.nth(20)).to_be_attached()  # more candidates than a vote takes, or nobody would be asked
        for choice in choices.all()[:8]:
            choice.check()
        facilitator.presses("Take these")
        appears(facilitator.told)
        facilitator.presses("Next", "Next: {step}")
    onward = either("Open now: “{step}”. Time for it: {time}.", FINISHED, first=False)
    expect(facilitator.told).to_contain_text(onward)
    facilitator.closes()


def ends(screen: Page, facilitator: Window, take: Take) -> None:
    """The picture with its words, the record below it, nothing more to press, and nothing refused."""
    closing = facilitator.messages.filter(has=screen.locator('img[src^="data:image/png"]'))
    picture = closing.locator("img")
    expect(picture).to_have_count(1)
    expect(picture).to_have_js_property("naturalWidth", 1024)
    expect(picture).to_have_attribute("alt", re.compile("Едно гише започва с един разговор"))
    record = facilitator.messages.last
    appears(record.get_by_role("heading", name=either("The record of this workshop")))
    expect(record).to_contain_text("„Zabieram ze sobą…”")
    for gone in ("Answer", "Join"):
        expect(facilitator.button(gone)).to_have_count(0)
    # What was written can still be hidden.
    appears(record.get_by_role("button", name=either("Facilitate")))
    screen.get_by_test_id("panel-toggle").click()
    screen.set_viewport_size({"width": 1280, "height": 1300})
    shows(closing)
    take("summary", screen)
    take("summary-picture", b64decode((picture.get_attribute("src") or "").partition("base64,")[2]))
    shows(record)
    take("record", screen)


def shows(what: Locator, where: str = "start") -> None:
    """Brings something to the top of what is seen, or to its middle."""
    what.evaluate("(node, where) => node.scrollIntoView({block: where})", where)
    expect(what).to_be_in_viewport()
