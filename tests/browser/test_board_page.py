"""The board page as eight people fill it and two look on: it follows, it comes back, it never holds what is hidden;
turned by a presenter's keys, looked at, printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pypdfium2
import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Locator, Page, Response, expect

from rehearsal.hands import Dialog
from tests.browser.chromium import PATIENCE_MS, SEEN
from tests.browser.conftest import Look
from tests.browser.inside import Inside, inside
from tests.browser.test_console_page import TOO_WIDE, UNSEEN, Take, faults, take
from tests.browser.window import Window, appears, either
from tests.chat import Session, label
from tests.conftest import COUNTED
from tests.stories.acts import clicks, dots_of, items_of, says, sends, stored
from tests.web.test_moderation import moderating
from workshop.entries import entries_of

__all__ = ["take"]

PLAN = """\
id: shown
languages: [en, bg]
title: {en: "What works well here", bg: "Какво работи добре при нас"}
about: {en: "Four short steps.", bg: "Четири кратки стъпки."}
stages:
  - id: knowledge
    aim: {en: Know, bg: Знаем}
    steps:
      - id: practices
        title: {en: Practices, bg: Практики}
        minutes: 9
        prompts:
          - id: K1
            kind: notes
            reveal: live
            text:
              en: "Which good practices do you know?"
              bg: "Каква е същината на избраната практика: това, което не бива да се изгуби, когато се пренася?"
            columns: {what: {en: What works, bg: Какво работи}}
          - {id: K2, kind: text, text: {en: "What stands in their way?", bg: "Какво им пречи?"}}
          - {id: K3, kind: text, moderated: true, text: {en: "What shall all read?", bg: "Какво да прочетат всички?"}}
  - id: action
    aim: {en: Act, bg: Действаме}
    steps:
      - id: choice
        title: {en: A choice, bg: Избор}
        minutes: 5
        prompts:
          - {id: A1, kind: vote, from: K1, dots: 3, text: {en: "Which is worth trying?", bg: "Кое да опитаме?"}}
  - id: experience
    aim: {en: Live, bg: Преживяваме}
    steps:
      - id: sure
        title: {en: A rating, bg: Оценка}
        minutes: 5
        prompts:
          - id: E1
            kind: rating
            text: {en: "How sure are you?", bg: "Доколко сте сигурни?"}
            ends: {low: {en: not sure, bg: никак}, high: {en: quite sure, bg: напълно}}
  - id: conclusions
    aim: {en: End, bg: Край}
    steps:
      - id: sentence
        title: {en: One sentence, bg: Едно изречение}
        minutes: 5
        prompts:
          - {id: C1, kind: text, max_chars: 140, on_summary: true, text: {en: "I take along", bg: "Вземам със себе си"}}
"""
NOTES = {
    "ivan": "Обслужване на едно гише, щом гражданинът влезе",
    "liga": "Mentorings jauniem darbiniekiem ķēdē",
    "zsofi": "Egyablakos ügyintézés hétvégén is",
    "anna": "Pismo urzędowe prostym językiem, żeby każdy zrozumiał",
    "ewa": "Dyżur zamienny między wydziałami",
    "georgi": "Щастливи служители, щателно обучение",
    "janis": "Šķērsgriezuma žurnāls katrai nodaļai",
}
TYPED = "Stand-ups across departments"
WAITS = "unapproved"
CLOSED = "unrevealed"
MORE = " and much else" * 12
KEPT = """(() => {
    const asked = window.fetch;
    window.came = [];
    window.fetch = async (...all) => {
        const answer = await asked(...all);
        const copy = answer.clone().body?.pipeThrough(new TextDecoderStream()).getReader();
        const read = async () => {
            for (let next = await copy.read(); !next.done; next = await copy.read()) window.came.push(next.value);
        };
        if (copy) read().catch(() => {});
        return answer;
    };
})()"""
"""Everything that a page's script is ever sent, streams too: the browser's own tools keep nothing of those."""
BLOCKED = """for (const name of ["sessionStorage", "localStorage"])
    Object.defineProperty(window, name, {get() { throw new DOMException("blocked", "SecurityError"); }});
Object.defineProperty(document, "cookie", {get() { throw new DOMException("blocked", "SecurityError"); }});"""
"""A browser that keeps nothing for anybody."""
ARRIVES = """words => {
    window.arrived = new Promise(done => {
        const look = () => document.body.textContent.includes(words) && !done(Date.now());
        if (!look()) new MutationObserver((_, watch) => look() && watch.disconnect())
            .observe(document.body, {subtree: true, childList: true, characterData: true});
    });
}"""
"""Promises the time at which these words are on the page."""
PRESSED = "() => { window.pressed = new Promise(done => addEventListener('click', () => done(Date.now()), true)); }"
CUT = """async () => {
    await Promise.all(["400", "700"].map(weight => document.fonts.load(`${weight} 16px FiraGO`, "Щż")));
    return [...document.querySelectorAll("figure svg")].flatMap(svg => {
        const {right} = svg.getBoundingClientRect();
        return [...svg.querySelectorAll("text")].filter(one => one.getBoundingClientRect().right > right - 8);
    }).map(one => one.textContent);
}"""
"""Words of a drawing that stand over its edge."""
RINGED = """() => {
    const {outlineStyle, outlineWidth} = getComputedStyle(document.activeElement);
    return document.activeElement.matches(":focus-visible") && outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
}"""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inside]:
    folder = tmp_path_factory.mktemp("inside")
    (folder / "shown.yaml").write_text(PLAN, encoding="utf-8")
    with inside(folder, folder) as opened:
        yield opened


@pytest.fixture(scope="module")
def address(room: Inside) -> str:
    return room.address


def test_eight_people_fill_it_and_two_look_on(
    look: Look, browser: Browser, room: Inside, take: Take, record_property: Callable[[str, object], None]
) -> None:
    people = room.does(gathered(room.room))
    james = Window(look("?as=james"), "james")
    james.joins()
    room.does(begun(room.room))
    ivan = Window(look("?as=ivan"), "ivan")
    theirs = in_the_dialog(ivan)
    context = browser.new_context(**(SEEN | {"viewport": {"width": 1280, "height": 900}}))
    context.set_default_timeout(PATIENCE_MS)
    context.add_init_script(KEPT)
    context.add_init_script(BLOCKED)
    heard: list[Response] = []
    context.on("response", lambda response: heard.append(response))
    wall = on_the_wall(context, room)
    expect(theirs.locator("html")).to_have_attribute("lang", "bg")
    expect(wall.locator("html")).to_have_attribute("lang", "en")

    for page in (theirs, wall):
        page.evaluate(ARRIVES, TYPED.split()[0])
    took = typed(james, (theirs, wall))
    record_property(COUNTED, f"board: {took} ms from Send in the room until it was on both pages")
    room.does(answered(room.room, people))
    for page in (theirs, wall):
        expect(page.locator("figure").first).to_contain_text(re.compile("8 (answers|отговора)"))
        expect(page.locator("figure").first).to_contain_text("Обслужване на")
        expect(page.locator("body")).not_to_contain_text(re.compile(f"{CLOSED}|{WAITS}"))
    everything = sent(wall, heard)
    assert TYPED.split()[0] in everything
    assert CLOSED not in everything and WAITS not in everything, "in nothing that the page was ever sent"

    assert theirs.evaluate(CUT) == [] == wall.evaluate(CUT), "letters are as wide as they were measured"

    comes_back(wall, room)
    expect(theirs.locator("body")).to_contain_text(f"{CLOSED}-james")
    everybody = people | {"james": "james"}
    room.does(chosen(room.room, everybody))
    turned(wall, room, take)
    room.does(to_the_end(room.room, everybody))
    expect(wall.locator("body")).to_contain_text("James takes")
    assert WAITS not in sent(wall, heard), "nobody has let it through"
    looks(wall)
    printed(wall)
    over(wall, room)
    context.close()


async def gathered(room: Session) -> dict[str, str]:
    """Seven of the eight are there, and Līga moderates; gives who they are in the room."""
    added = [("Ewa Żółkiewska", "pl"), ("Георги Щърбанов", "bg"), ("Jānis Bērziņš", "lv")]
    ids = await room.room.add_people(added)
    people = {who: who for who in NOTES} | dict(zip(("ewa", "georgi", "janis"), ids, strict=True))
    await room.opens(plan="shown", language="en")
    await room.joins(*people.values())
    await says(room, "anna", "@Kolbot moderator @Līga Ozola")
    return people


async def begun(room: Session) -> None:
    await room.types("anna", "@Kolbot start")


async def form(room: Session, who: str) -> Dialog:
    """The open step's form; the card is in the reader's own language where their client has asked for it."""
    there = room.person(who)
    asked = next(one for one in ("en", "bg") if there.find(label("Answer", one), root=room.root))
    answer = await clicks(room, who, label("Answer", asked))
    assert answer.dialog is not None, answer.texts()
    return answer.dialog


async def answered(room: Session, people: dict[str, str]) -> None:
    """All but James say something of each sort: shown at once, shown later, shown if a moderator lets it through."""
    for who, id in people.items():
        await sends(await form(room, id), K1=NOTES[who], K2=f"{CLOSED}-{who}{MORE}", K3=f"{WAITS}-{who}")


async def chosen(room: Session, people: dict[str, str]) -> None:
    """A vote on what was shown at once."""
    await room.types("anna", "@Kolbot next")
    for number, id in enumerate(people.values()):
        vote = await form(room, id)
        items = items_of(vote)
        await sends(vote, **dots_of(vote, {items[number % 3]: 2, items[3]: 1}))


async def to_the_end(room: Session, people: dict[str, str]) -> None:
    """A rating, and everybody's last sentence."""
    for number, id in enumerate(people.values()):
        await sends(await form(room, id), E1=str(3 + number % 3))
    await room.types("anna", "@Kolbot next")
    for who, id in people.items():
        await sends(await form(room, id), C1=f"{who.title()} takes one small step home")
    await room.types("anna", "@Kolbot next")
    await clicks(room, "anna", label("Yes, finish it", "en"))


def in_the_dialog(window: Window) -> Frame:
    """Somebody presses Board on the board's card."""
    window.opens("Board")
    page = window.dialog.frame_locator("iframe")
    appears(page.locator(".cycle"))
    return next(frame for frame in window.page.frames if "/pages/board" in frame.url)


def on_the_wall(context: BrowserContext, room: Inside) -> Page:
    """The moderator's link, opened in a window of its own."""
    answer = room.does(clicks(room.room, "liga", label("Board", "en")))
    assert answer.dialog is not None and answer.dialog.url is not None
    page = context.new_page()
    page.goto(answer.dialog.url)
    page.locator("#enter").click()
    appears(page.locator(".cycle"))
    return page


def typed(window: Window, pages: tuple[Frame | Page, ...]) -> int:
    """Somebody types into the form in the room and sends it; ms until the last page has what may be seen of it."""
    window.opens("Answer")
    window.fills((TYPED, f"{CLOSED}-{window.person}", f"{WAITS}-{window.person}"))
    window.page.evaluate(PRESSED)
    window.sends()
    for page in pages:
        expect(page.locator("body")).to_contain_text(TYPED.split()[0])
    last = max(int(page.evaluate("() => window.arrived")) for page in pages)
    first = int(window.page.evaluate("() => window.pressed"))
    window.closes()
    return last - first


def sent(page: Page, heard: list[Response]) -> str:
    """All that came over the network for this page, whatever the page did with it."""
    streamed = "".join(page.evaluate("() => window.came"))
    whole = [one for one in heard if "event-stream" not in one.headers.get("content-type", "")]
    return streamed + "".join(one.text() for one in whole if "font" not in one.headers.get("content-type", ""))


def comes_back(page: Page, room: Inside) -> None:
    """While its connection is cut the step is closed. Then the page shows it without having been loaded anew."""
    page.evaluate("() => { window.same = true; }")
    page.context.set_offline(True)
    page.get_by_role("button", name=either("As text")).click()  # the stream is asked for anew
    appears(page.locator(".connection.lost"))
    room.does(room.room.types("anna", "@Kolbot close"))
    page.context.set_offline(False)
    appears(slide(page, "step-0", 2).get_by_role("listitem").filter(has_text=f"{CLOSED}-janis"))
    expect(page.locator(".connection.lost")).to_have_count(0)
    page.get_by_role("button", name=either("As text")).click()
    expect(page.locator("figure").get_by_role("listitem")).to_have_count(0)
    assert page.evaluate("() => window.same"), "it is the same document"


def turned(page: Page, room: Inside, take: Take) -> None:
    """By keys alone: to the button, from prompt to prompt as with a presenter's remote, black and back, out again."""
    button = page.get_by_role("button", name=either("Projector view"))
    page.locator(".skip").focus()
    for _ in range(10):
        page.keyboard.press("Tab")
        if button.evaluate("node => node === document.activeElement"):
            break
    expect(button).to_be_focused()
    assert page.evaluate(RINGED), "one sees where the focus is"
    page.keyboard.press("Enter")
    cycle, vote, notes = page.locator(".cycle"), slide(page, "step-1"), slide(page, "step-0")
    where = page.locator("#position")
    appears(vote)
    expect(where).to_have_text("Page 2 of 5Which is worth trying?")
    expect(page.locator(".bar")).to_be_hidden()
    for theme in ("light", "dark", "contrast"):
        page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
        assert not faults(page), theme
    page.evaluate("() => { delete document.documentElement.dataset.theme }")
    for back, on in (("PageUp", "PageDown"), ("ArrowLeft", "ArrowRight"), ("ArrowUp", " "), ("Backspace", "Enter")):
        page.keyboard.press(back)
        appears(cycle)
        expect(vote).to_be_hidden()
        page.keyboard.press(on)
        appears(vote)
        expect(cycle).to_be_hidden()
    for black in ("b", "."):
        page.keyboard.press(black)
        expect(page.locator("main")).to_be_hidden()
        page.keyboard.press(black)
        appears(vote)
    expect(where).to_have_text("Page 2 of 5Which is worth trying?")
    # One prompt after the other, each alone on the screen; the last one is the last.
    long, last = slide(page, "step-0", 2), slide(page, "step-0", 3)
    for key, number, shown in (("End", 5, last), ("PageDown", 5, last), ("PageUp", 4, long)):
        page.keyboard.press(key)
        expect(where).to_contain_text(f"Page {number} of 5")
        appears(shown)
        expect(page.locator("figure:visible")).to_have_count(1)
    # On a low screen all of it would be too small: the same keys move it on and back before they turn.
    high(page, 420)
    expect(long).to_have_class(re.compile("more"))
    page.keyboard.press("PageDown")
    expect(long).not_to_have_js_property("scrollTop", 0)
    page.keyboard.press("PageUp")
    expect(long).to_have_js_property("scrollTop", 0)
    high(page, 900)
    expect(long).not_to_have_class(re.compile("long"))
    page.keyboard.press("ArrowLeft")
    appears(notes)
    expect(where).to_have_text("Page 3 of 5Which good practices do you know?")
    shown_large(page, room, notes, take)
    # What is talked about stays when the next step opens; who then turns to the newest sees that one.
    room.does(room.room.types("anna", "@Kolbot next"))
    expect(page.locator("figure")).to_have_count(5)
    expect(page.locator(".light")).to_have_count(0)
    expect(where).to_contain_text("Page 4 of 6")
    appears(notes)
    expect(vote).to_be_hidden()
    page.keyboard.press("Home")
    page.keyboard.press("PageDown")
    appears(slide(page, "step-2"))
    page.keyboard.press("Escape")
    expect(where).to_be_empty()
    appears(page.locator(".bar"))
    expect(button).to_be_focused()


def high(page: Page, height: int) -> None:
    """A screen of this height in px. Playwright would change the browser's window, which a page that fills the screen
    does not let it."""
    screen = {"width": 1280, "height": height, "deviceScaleFactor": 1, "mobile": False}
    page.context.new_cdp_session(page).send("Emulation.setDeviceMetricsOverride", screen)


def shown_large(page: Page, room: Inside, before: Locator, take: Take) -> None:
    """What a moderator puts there fills the screen and is told; a key goes back to the drawing, until the next one."""
    light = page.locator(".light")
    for words in (NOTES["liga"], NOTES["ewa"]):
        room.does(large(room.room, words))
        expect(light.locator("blockquote")).to_have_text(words)
        appears(light)
        expect(before).to_be_hidden()
        expect(page.locator("#aloud")).to_contain_text(words)
        assert not faults(page)
        take("board-page-large", page)
        page.keyboard.press("ArrowRight")
        appears(before)
        expect(light).to_be_hidden()


async def large(room: Session, words: str) -> None:
    """Anna shows this note to everybody."""
    entry = next(one.id for one in entries_of(*await stored(room)) if one.words == words)
    async with moderating(room, "anna") as (page, _):
        assert (await page.presses("spotlight", entry=entry)).said["kind"] == "status"


def slide(page: Page, part: str, number: int = 1) -> Locator:
    """A step's prompt, from 1 on."""
    return page.locator(f"[data-part='{part}'] figure").nth(number - 1)


def looks(page: Page) -> None:
    """Nothing serious for axe-core in any appearance, as text, on a phone and on paper; nothing beyond the edge."""
    for theme in ("light", "dark", "contrast"):
        page.locator("#appearance").select_option(theme)
        assert not faults(page), theme
    page.locator("#appearance").select_option("light")
    page.get_by_role("button", name=either("As text")).click()
    appears(page.locator("figure").get_by_role("listitem").filter(has_text="ķēdē").first)
    assert not faults(page), "as text"
    page.get_by_role("button", name=either("As text")).click()
    expect(page.locator("figure").get_by_role("listitem")).to_have_count(0)
    page.set_viewport_size({"width": 360, "height": 800})
    expect(page.locator("figure svg").first).to_have_attribute("viewBox", either("0 0 480 "))
    assert page.evaluate(TOO_WIDE) == [] == page.evaluate(UNSEEN)
    assert not faults(page), "on a phone"
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(page.locator("figure svg").first).to_have_attribute("viewBox", either("0 0 960 "))


def printed(page: Page) -> None:
    """On A4 and A3: every note that everybody may see, in the order of the session, in dark ink; nothing to press."""
    page.locator("#appearance").select_option("dark")
    page.emulate_media(media="print")
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    paper = page.locator(".paper")
    expect(paper.locator("h1")).to_have_css("color", "rgb(28, 34, 48)")  # however the screen looks
    expect(page.locator("main")).to_be_hidden()
    assert not faults(page), "on paper"
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    expect(paper).to_have_count(0)
    for size in ("A4", "A3"):
        sheets = pypdfium2.PdfDocument(page.pdf(format=size))
        words = [re.sub(r"\s", "", sheet.get_textpage().get_text_range()) for sheet in sheets]
        together = "".join(words)
        shown = [*NOTES.values(), TYPED, *(f"{CLOSED}-{who}" for who in NOTES), "Ewa takes one small step home"]
        for note in shown:
            assert re.sub(r"\s", "", note) in together, (size, note)
        assert together.rindex(f"{CLOSED}-ivan") < together.rindex("onesmallstep"), "the last step is the last"
        for number, each in enumerate(words, 1):
            begins = "Theboard" if number == 1 else "[1-4](Knowledge|Action|Experience|Conclusions)"
            assert re.match(f"{number}/{len(words)}{begins}", each) and len(each) > 40, (size, each)
        assert "Projectorview" not in together and WAITS not in together


def over(page: Page, room: Inside) -> None:
    """After a day it says how one gets in again, also where a drawing was large; loaded anew it says the same."""
    page.emulate_media(media="screen")
    page.get_by_role("button", name=either("Projector view")).press("Enter")
    expect(page.locator(".bar")).to_be_hidden()
    room.does(a_day_passes(room.room))
    door = page.locator(".door h1")
    expect(door).to_have_text("This page's time is over. Open it again from Teams.")
    expect(page.locator("figure")).to_have_count(0)
    assert not faults(page), "a page that is over"
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".paper")).to_have_count(0)  # what is no board is printed as it is
    page.reload()
    expect(door).to_have_text("Open this page from Teams, with the button on the card.")


async def a_day_passes(room: Session) -> None:
    room.clock.passes(hours=24)
    room.bot.site.live.nudge((await stored(room))[0].id, urgent=False)
