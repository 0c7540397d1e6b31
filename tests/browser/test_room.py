"""What somebody does all day in Teams, done in the rehearsal room's page with the real bot."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Look
from tests.browser.inside import Inside
from tests.browser.window import Window, appears, either
from tests.chat import Session

TASTER = "kolb-taster-15"


@pytest.fixture(scope="module")
def address(room: Inside) -> str:
    return room.address


async def started(room: Session, people: tuple[str, ...]) -> None:
    await room.opens()
    await room.joins("anna", *people)
    await room.types("anna", "@Kolbot start")


def begun(look: Look, room: Inside, *people: str) -> tuple[Page, Window]:
    """A facilitator's page, in whose newest post a workshop has started that these people have joined too."""
    room.does(started(room.room, people))
    anna = beside(look, "anna")
    return anna.page, anna


def beside(look: Look, person: str) -> Window:
    """Somebody's page, where the newest post is this workshop's."""
    window = Window(look(f"?as={person}"), person)
    appears(window.button("Answer"))
    return window


def test_a_mention_is_picked_with_the_keyboard(look: Look) -> None:
    page = look("?as=anna")
    anna = Window(page, "anna")
    anna.compose.focus()
    page.keyboard.type("@kol")
    options = anna.node.get_by_role("option")
    expect(options.first).to_contain_text("Kolbot")
    page.keyboard.press("Enter")
    expect(anna.compose.locator(".mention-chip")).to_have_text("Kolbot")
    page.keyboard.type("help @j")
    page.keyboard.press("Tab")
    expect(anna.compose.locator(".mention-chip").nth(1)).to_have_text("James Carter")
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    expect(anna.compose.locator(".mention-chip")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(anna.compose).to_have_text("")
    expect(anna.posts.last.get_by_test_id("card")).to_contain_text("@Kolbot")


def test_a_command_in_a_reply_is_answered_in_its_thread(look: Look, room: Inside) -> None:
    page, anna = begun(look, room)
    thread = anna.posts.last
    count = anna.posts.count()
    thread.get_by_test_id("reply").click()
    page.keyboard.type("@Kolbot board")
    with page.expect_response("**/api/say"):  # the bot has it
        page.keyboard.press("Enter")
    room.posts()
    answer = thread.get_by_test_id("message").last
    appears(answer.get_by_role("heading", name=either("The board")))
    expect(anna.posts).to_have_count(count)


def test_an_edited_card_says_so_and_is_redrawn_in_place(look: Look, room: Inside) -> None:
    _, anna = begun(look, room)
    ivan = beside(look, "ivan")
    lobby = anna.posts.last.get_by_test_id("message").nth(2)
    ivan.joins()
    room.posts()
    expect(lobby).to_contain_text("Иван Петров")
    appears(lobby.get_by_test_id("edited"))


def test_a_dialog_closed_by_escape_gives_the_focus_back(look: Look, room: Inside) -> None:
    page, anna = begun(look, room)
    anna.button("Answer").focus()
    page.keyboard.press("Enter")
    field = anna.dialog.locator("textarea").first
    expect(field).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(anna.dialog.locator(":focus")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(anna.dialog).to_have_count(0)
    expect(anna.button("Answer")).to_be_focused()


def test_what_is_typed_in_a_dialog_stays_while_the_card_behind_it_changes(look: Look, room: Inside) -> None:
    _, anna = begun(look, room, "ivan")
    ivan = beside(look, "ivan")
    ivan.opens("Answer")
    ivan.dialog.locator("textarea").press_sequentially("Half a sent")
    anna.opens("Facilitate")
    anna.dialog.get_by_role("button", name="+5").click()
    appears(anna.told)
    room.posts()
    edited = ivan.card("Answer").locator("xpath=ancestor::article").get_by_test_id("edited")
    expect(edited).to_be_attached()
    ivan.dialog.locator("textarea").press_sequentially("ence")
    expect(ivan.dialog.locator("textarea")).to_have_value("Half a sentence")
    ivan.sends()
    expect(ivan.dialog).to_contain_text("Half a sentence")


def test_a_refusal_keeps_what_was_written(look: Look, room: Inside) -> None:
    _, anna = begun(look, room, "ivan")
    ivan = beside(look, "ivan")
    ivan.opens("Answer")
    ivan.dialog.locator("textarea").fill("Too late, and still mine")
    anna.courses("Close the step")
    ivan.presses("Send")
    appears(ivan.refusal)
    expect(ivan.dialog.locator("textarea")).to_have_value("Too late, and still mine")
    anna.presses("Reopen the step")
    appears(anna.told)
    ivan.sends()
    expect(ivan.dialog).to_contain_text("Too late, and still mine")


def test_a_double_click_counts_once(look: Look, room: Inside) -> None:
    _, anna = begun(look, room)
    anna.opens("Answer")
    anna.dialog.locator("textarea").fill("Just once")
    anna.dialog.get_by_role("button", name=either("Send")).dblclick()
    appears(anna.receipt)
    expect(anna.dialog.get_by_text("Just once")).to_have_count(1)
    anna.closes()
    anna.opens("Facilitate")
    expect(anna.dialog.locator('[id="answered"]')).to_have_text(re.compile(r"\b1\b.*\b1\b"))


def test_a_reload_shows_the_same(look: Look, room: Inside) -> None:
    page, anna = begun(look, room)
    anna.answers("Written before the reload")
    page.get_by_test_id("conversation").filter(has_text="Workshop team").click()
    page.reload()
    expect(page.get_by_test_id("conversation").filter(has_text="Workshop team")).to_have_attribute(
        "aria-current", "true"
    )
    page.get_by_test_id("conversation").filter(has_text="Peer learning").click()
    anna.opens("Answer")
    expect(anna.dialog.locator("textarea")).to_have_value("Written before the reload")
    appears(anna.dialog.get_by_role("button", name=either("Replace my answer")))


def test_light_and_dark(look: Look) -> None:
    page = look("?as=anna", color_scheme="dark")
    root = page.locator("html")
    expect(root).to_have_attribute("data-theme", "dark")
    card = page.get_by_test_id("card").first
    appears(card)
    assert contrast(page) >= 4.5
    page.get_by_test_id("theme").click()
    expect(root).to_have_attribute("data-theme", "light")
    assert contrast(page) >= 4.5
    page.reload()
    expect(root).to_have_attribute("data-theme", "light")


def contrast(page: Page) -> float:
    """The least contrast (WCAG 2, 1.4.3) of words to the card that they stand on."""
    return float(page.evaluate(CONTRAST))


CONTRAST = """() => {
    const rgb = colour => colour.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b].map(c => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
        .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
    const behind = node => {
        for (; node; node = node.parentElement) {
            const found = rgb(getComputedStyle(node).backgroundColor);
            if (found.length < 4 || found[3] === 1) return found;
        }
        return [255, 255, 255];
    };
    const words = [...document.querySelectorAll('[data-testid="card"] p, [data-testid="card"] button')];
    return Math.min(...words.map(node => {
        const [one, other] = [light(rgb(getComputedStyle(node).color)), light(behind(node))];
        return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    }));
}"""


def test_on_a_phone(look: Look, room: Inside) -> None:
    _, anna = begun(look, room)
    page = look("?as=ivan", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    ivan = Window(page, "ivan")
    appears(ivan.compose)  # the first conversation is open, the list behind it
    page.get_by_test_id("back-to-list").tap()
    page.get_by_test_id("conversation").filter(has_text="Peer learning").tap()
    ivan.joins()
    ivan.opens("Answer")
    fits(page)
    page.set_viewport_size({"width": 320, "height": 700})  # also what 640 pixels are at twice the size of text
    fits(page)
    ivan.dialog.locator("textarea").fill("From the tram")
    ivan.sends()
    ivan.closes()
    fits(page)
    page.get_by_test_id("back-to-list").tap()
    appears(page.get_by_test_id("conversation").filter(has_text="Workshop team"))
    fits(page)
    anna.opens("Facilitate")
    expect(anna.dialog.locator('[id="answered"]')).to_have_text(re.compile(r"\b1\b.*\b2\b"))


def fits(page: Page) -> None:
    """Nothing is wider than the screen."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    wide = page.get_by_test_id("card").evaluate_all(
        "all => all.filter(one => one.getClientRects().length && one.scrollWidth > one.clientWidth + 1).length"
    )
    assert wide == 0


def test_the_group_chat_holds_a_workshop_too(look: Look, room: Inside) -> None:
    page = look("?as=anna")
    anna = Window(page, "anna")
    page.get_by_test_id("conversation").filter(has_text="Workshop team").click()
    anna.says("@Kolbot new")
    anna.opens("Open a workshop")
    anna.dialog.locator(f'input[value="{TASTER}"]').check()
    anna.presses("Open the workshop")
    appears(anna.said)
    room.posts()
    anna.closes()
    anna.joins()
    anna.courses("Start")
    room.posts()
    anna.closes()
    anna.answers("Said in a chat")


def test_a_personal_chat_helps(look: Look) -> None:
    page = look("?as=james")
    james = Window(page, "james")
    page.get_by_test_id("conversation").filter(has_text="Kolbot").click()
    page.get_by_test_id("hint-fill").click()
    page.keyboard.press("Enter")
    expect(james.messages.last.get_by_test_id("card")).to_contain_text("help")
    james.says("lnaguage")
    expect(james.messages.last).to_contain_text("language")


def test_people_are_found_by_teams_own_search_and_named_and_removed(look: Look, room: Inside) -> None:
    _, anna = begun(look, room)
    anna.opens("Facilitate")
    anna.presses("People and roles …")
    anna.dialog.get_by_role("checkbox", name="Nagy Zsófia").check()
    anna.presses("Name them")
    expect(anna.told).to_contain_text("Nagy Zsófia")
    removals = anna.dialog.get_by_role("button", name=either("Remove"))
    expect(removals).to_have_count(2)
    removals.nth(1).click()
    expect(removals).to_have_count(1)
    expect(anna.told).to_contain_text("Nagy Zsófia")
    removals.click()
    expect(anna.refusal).to_contain_text("@Kolbot")
