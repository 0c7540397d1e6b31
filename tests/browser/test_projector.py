"""The board page from the back of the room: whatever the projector's size and the language, nothing of it is cut."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from locales import words
from tests.browser.chromium import Windows
from tests.browser.inside import Inside, inside
from tests.browser.test_console_page import faults
from tests.browser.window import appears
from tests.chat import Session, label
from tests.stories.acts import clicks, gives

READERS = {"anna": "pl", "ivan": "bg", "zsofi": "hu"}
STAGES = {"knowledge": "K1", "action": "A1", "experience": "E1", "conclusions": "C1"}


def planned() -> str:
    """A plan with one question a stage, in all languages of the readers."""

    def told(said: str) -> str:
        return "{" + ", ".join(f'{language}: "{said}"' for language in ("en", *READERS.values())) + "}"

    notes = f"kind: notes, reveal: live, text: {told('What do you know?')}, columns: {{what: {told('What')}}}"
    stages = (
        f"  - {{id: {stage}, aim: {told(stage)}, steps: [{{id: {stage}, title: {told(stage)}, minutes: 9, "
        f"prompts: [{{id: {id}, {notes}}}]}}]}}"
        for stage, id in STAGES.items()
    )
    head = f"id: cycle\nlanguages: [en, pl, bg, hu]\ntitle: {told('What works')}\nabout: {told('Four steps.')}\nstages:"
    return "\n".join((head, *stages))


SAID = {
    "ivan": "Пенсионираните служители поемат наставничеството на новите, защото познават и неписаните правила {n} {on}",
    "zsofi": "Az egyablakos ügyintézés hétvégén is nyitva tart, és aki egyszer eljött, annak többé nem kell {n} {on}",
}
SCREENS = ((1024, 768), (1366, 768), (1280, 720), (1920, 1080))
CUT = """() => {
    const below = document.querySelector(".afar").getBoundingClientRect().top;
    return [...document.querySelectorAll(".cycle :is(h3, p, li, svg)")].filter(node => {
        const {top, bottom, left, right, height} = node.getBoundingClientRect();
        return top < 0 || left < 0 || right > innerWidth + 1 || bottom > below + 1 || height < 10;
    }).map(node => node.textContent.slice(0, 60));
}"""
"""What of the cycle is not whole on the screen, above the line that says which page it is."""
BESIDE = """() => {
    const shown = [...document.querySelectorAll(".afar > *")].filter(node => node.checkVisibility()).map(node => {
        const range = document.createRange();
        range.selectNodeContents(node);
        const {left, right, top, bottom} = range.getBoundingClientRect();
        return {left, right, top, bottom, words: node.innerText, cut: node.scrollWidth > node.clientWidth + 1};
    });
    const {bottom} = document.querySelector(".shown").getBoundingClientRect();
    return shown.filter((one, n) => !one.words.trim() || one.cut || one.top < bottom || one.bottom > innerHeight + 1
        || one.right > 0.95 * innerWidth || (n && shown[n - 1].right > one.left));
}"""
"""What stands below the drawing, from left to right, where it is cut, over something else (at the edge: the mark that
there is more) or without words."""
SMALLEST = "() => parseFloat(getComputedStyle(document.querySelector('.cycle ul')).fontSize) / innerHeight"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inside]:
    folder = tmp_path_factory.mktemp("inside")
    (folder / "cycle.yaml").write_text(planned(), encoding="utf-8")
    with inside(folder, folder) as opened:
        yield opened


async def led_to_the_end(room: Session) -> None:
    """Every stage has handed on three notes of two lines and more."""
    await room.opens(plan="cycle")
    await room.joins(*SAID)
    await room.types("anna", "@Kolbot start")
    for stage, id in STAGES.items():
        for who, said in SAID.items():
            notes = [said.format(n=n, on=stage) for n in range(2)]
            await gives(room, who, **{id: "\n".join(notes)})
        if stage != "conclusions":
            await room.types("anna", "@Kolbot next")


def opened(windows: Windows, room: Inside, who: str) -> Page:
    """Somebody's board page in a browser of its own."""
    board = room.does(clicks(room.room, who, label("Board", "en"))).dialog
    assert board is not None and board.url is not None
    page = windows.take()
    page.goto(board.url)
    page.locator("#enter").click()
    expect(page.locator("html")).to_have_attribute("lang", READERS[who])
    return page


def projects(page: Page, language: str, width: int, height: int) -> Locator:
    """The projector view of the cycle, on a screen of this size."""
    page.set_viewport_size({"width": width, "height": height})
    page.get_by_role("button", name=words(language)("Projector view")).click()
    page.keyboard.press("Home")
    cycle = page.locator(".cycle.shown")
    appears(cycle)
    assert page.evaluate("() => [innerWidth, innerHeight]") == [width, height]
    return cycle


def leaves(page: Page, room: Inside) -> None:
    """How one gets out is told at first and when the mouse is moved, in the reader's language; a press does it too."""
    projects(page, "hu", 1280, 720)
    hint, left = page.locator("#hint"), page.locator("#left")
    expect(hint).to_have_text(words("hu")("Arrow keys turn the pages, B makes the screen black, Esc ends it."))
    expect(left).to_have_text(re.compile(rf"^[1-9]:\d\d {words('hu')('time left')}$"))
    room.does(room.room.types("anna", "@Kolbot pause"))
    expect(left).to_be_hidden()
    page.keyboard.press("b")
    expect(hint).to_be_hidden()
    page.keyboard.press("b")
    expect(hint).to_be_hidden()  # its time is over
    page.mouse.move(300, 300)
    page.mouse.move(310, 310)
    appears(hint)
    assert page.evaluate(BESIDE) == [] == faults(page)
    hint.click()
    appears(page.locator(".bar"))
    expect(hint).to_be_hidden()
    room.does(room.room.types("anna", "@Kolbot resume"))


def test_the_cycle_is_whole_on_every_projector(windows: Windows, room: Inside, tmp_path: Path) -> None:
    room.does(led_to_the_end(room.room))
    for who, language in READERS.items():
        page = opened(windows, room, who)
        expect(page.locator(".cycle ul li")).to_have_count(12)
        for size in SCREENS:
            projects(page, language, *size)
            page.screenshot(path=tmp_path / f"{language}-{size[0]}x{size[1]}.png")
            assert page.evaluate(CUT) == [], (language, size)
            assert page.evaluate(BESIDE) == [], (language, size)
            assert page.evaluate(SMALLEST) > 0.02, "and can be read"
            page.keyboard.press("Escape")
        if language == "hu":
            leaves(page, room)
        # Where it cannot be whole it says so, and the keys that turn the page move it on first.
        cycle = projects(page, language, 700, 260)
        expect(cycle).to_have_class(re.compile("more"))
        page.keyboard.press("PageDown")
        expect(cycle).not_to_have_js_property("scrollTop", 0)
        page.keyboard.press("PageUp")
        expect(cycle).to_have_js_property("scrollTop", 0)
        page.context.close()
