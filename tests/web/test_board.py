"""The board as a live page: for everybody, in their language, and never with what they may not see."""

from __future__ import annotations

import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from rehearsal.hands import Dialog
from tests.bot.test_metrics import figures, scraped
from tests.chat import Session, label, session
from tests.stories.acts import clicks, gives, says, stored
from tests.stories.test_anonymous import TEMPLATE
from tests.web.test_moderation import moderating, row, sends
from tests.web.visit import Stream, browser

WORDS = {"james": "Open days for staff", "liga": "Rude words of Liga", "ivan": "Checklists at the desk"}


async def board(room: Session, name: str) -> Dialog:
    """Somebody presses Board on the board card."""
    answer = await clicks(room, name, label("Board", room.shared_language()))
    assert answer.dialog is not None, answer.texts()
    return answer.dialog


async def written(room: Session) -> None:
    """Three have written something, in an anonymous step that is still open."""
    await room.opens(language="en")
    await room.joins(*WORDS)
    await room.types("anna", "@Kolbot start")
    for who, words in WORDS.items():
        await gives(room, who, K1=words)
    await room.settles()


async def test_everybody_sees_it_grow_and_nothing_too_early(room: Session) -> None:
    await written(room)
    dialog = await board(room, "liga")
    assert (dialog.card is None and dialog.title == label("Board", "lv")) or dialog.url
    async with browser(dialog) as page:
        assert label("Open the board", "lv") in (await page.looks()).text
        await page.enters()
        async with page.streams(page="board") as stream:
            assert await stream.next() == "parts"
            assert [*stream.parts] == ["head", "cycle", "step-0"]
            for words in WORDS.values():
                assert words.encode() not in stream.bytes, "not shown yet, so not even in the data"
            await room.types("anna", "@Kolbot close")
            await stream.until("Open days for staff")
            await room.types("anna", "@Kolbot next")
            while "step-1" not in stream.parts:
                assert await stream.next() == "parts"
            assert [*stream.parts] == ["head", "cycle", "step-1", "step-0"], "what is open now stands first"
        assert (await page.presses("next")).status == 403, "this ticket is not good for the console"


async def test_what_a_moderator_hides_leaves_the_page(room: Session) -> None:
    await written(room)
    await room.types("anna", "@Kolbot close")
    async with browser(await board(room, "james")) as page, browser(await room.console()) as console:
        await page.enters()
        await console.enters()
        async with page.streams(page="board") as stream:
            await stream.until("Rude words of Liga")
            console.link = (await console.presses("moderate")).said["link"]
            await console.enters()
            console.page = "moderation"
            async with console.streams() as moderation:
                await moderation.until("Rude words of Liga")
            row = next(row for row in moderation.words.split("</li>") if "Rude words of Liga" in row)
            row = row.rpartition("<li ")[2]
            hide, *_ = [json.loads(unescape(data)) for data in re.findall(r'data-act="([^"]*)"', row)]
            assert (await console.presses(**hide)).said["kind"] == "status"
            while "Rude words of Liga" in stream.words:
                assert await stream.next() == "parts"
            assert "Open days for staff" in stream.words


async def test_below_three_answers_nothing_anonymous_is_there(tmp_path: Path, kept_in: str) -> None:
    (tmp_path / "quiet.yaml").write_text(TEMPLATE.replace(", moderated: true", ""), encoding="utf-8")
    async with session(tmp_path, PAGES="on", TEMPLATES=str(tmp_path)) as room:
        await room.opens(plan="quiet")
        await room.joins("james", "liga", "ivan")
        await room.types("anna", "@Kolbot start")
        for who in ("james", "liga"):
            await gives(room, who, N1=f"loud {who}", A1=f"hushed {who}")
        await room.types("anna", "@Kolbot close")
        async with browser(await board(room, "anna")) as page:
            await page.enters()
            async with page.streams(page="board") as stream:
                await stream.until("loud james")
                assert b"hushed" not in stream.bytes
                drawings = stream.parts["step-0"].split("<figure ")[1:]
                assert ["loud james" in one for one in drawings] == [True, False], "one of each prompt"
            async with browser(await room.console()) as console:
                await console.enters()
                await console.presses("form_groups", way="count", number="2")
            async with (
                page.streams("?group=1", page="board") as one,
                page.streams("?group=2", page="board") as two,
                page.streams(page="board") as all,
            ):
                for stream in (one, two, all):
                    assert await stream.next() == "parts"
                told = [{who for who in WORDS if f"loud {who}" in stream.words} for stream in (one, two, all)]
                assert not told[0] & told[1], "drawn at the same time, and of each group its own"
                assert told[0] | told[1] == told[2] == {"james", "liga"}


@pytest.mark.parametrize("kept_in", ["sqlite"], indirect=True)
async def test_all_who_see_the_same_are_drawn_for_once(room: Session) -> None:
    await written(room)
    async with browser(await board(room, "james")) as one, browser(await board(room, "james")) as two:
        await one.enters()
        await two.enters()
        async with one.streams(page="board") as first, two.streams(page="board") as second:
            assert await first.next() == await second.next() == "parts"
            before = room.bot.site.live.figures.drawings
            await room.types("anna", "@Kolbot close")
            await first.until("Checklists at the desk")
            await second.until("Checklists at the desk")
            changes = (await stored(room))[0].revision
            assert room.bot.site.live.figures.drawings - before <= changes, "once for both"
            assert first.parts == second.parts
            told = figures(await scraped(room))
            assert told["kolbot_pages_open",] == 2
            assert told["kolbot_page_events_total",] >= 4 and told["kolbot_page_bytes_total",] > len(first.words)
            assert told["kolbot_page_drawings_total",] == room.bot.site.live.figures.drawings
            assert told["kolbot_page_drawing_seconds_total",] > 0


async def test_a_page_says_by_itself_that_its_time_is_over_or_all_was_erased(room: Session, looking: None) -> None:
    await written(room)

    async def told(stream: Stream) -> str:
        while (event := await stream.next()) == "parts":
            pass
        assert event == "gone"
        return stream.gone

    async with browser(await board(room, "liga")) as page:
        await page.enters()
        async with page.streams(page="board") as stream:
            assert await stream.next() == "parts"
            room.clock.passes(hours=13)
            assert label("This page's time is over. Open it again from Teams.", "lv") in await told(stream)
    await room.types("anna", "@Kolbot finish")
    await room.clicks("anna", "Yes, finish it")
    room.clock.passes(days=(await stored(room))[0].plan.retention_days, hours=-2)
    async with browser(await board(room, "liga")) as page:
        await page.enters()
        async with page.streams(page="board") as stream:
            assert await stream.next() == "parts"
            room.clock.passes(hours=3)
            assert await room.bot.retention.tick() == 1
            assert "dzēsts, kā solīts" in await told(stream)


@pytest.mark.parametrize("kept_in", ["sqlite"], indirect=True)
async def test_of_one_group_on_a_phone_and_in_another_window(room: Session) -> None:
    await written(room)
    async with browser(await room.console()) as console:
        await console.enters()
        await console.presses("form_groups", way="count", number="2")
    await room.types("anna", "@Kolbot close")
    async with browser(await board(room, "ivan")) as page:
        await page.enters()
        async with (
            page.streams("?group=1", page="board") as one,
            page.streams("?group=2", page="board") as two,
            page.streams(page="board") as all,
        ):
            for stream in (one, two, all):
                assert await stream.next() == "parts"
            assert 'value="1" selected' in one.words
            assert 'value="2" selected' in two.words and 'value="" selected' in all.words
        async with page.streams("?narrow=1", page="board") as stream:
            assert await stream.next() == "parts"
            assert 'viewBox="0 0 480 ' in stream.words
        came = await page.asks("POST", f"{page.pages}/board/again", headers=page.bearer)
        async with browser(came.said["link"]) as window:
            assert (await window.enters()).said["page"] == "board"
            async with window.streams(page="board") as stream:
                assert await stream.next() == "parts"
                assert 'viewBox="0 0 960 ' in stream.words and "style=" not in stream.words
        await says(room, "anna", "@Kolbot cancel")
        assert (await page.asks("POST", f"{page.pages}/console/again", headers=page.bearer)).status == 403


async def test_what_is_shown_large_is_on_every_page_and_leaves_it(room: Session) -> None:
    """In the reader's language, without a name; another one replaces it; hidden, it is in nobody's data any more."""
    await room.opens(language="en")
    await room.joins(*WORDS)
    await says(room, "anna", "@Kolbot moderator @Līga Ozola")
    await room.types("anna", "@Kolbot start")
    hostile = "<script>alert(1)</script> \u202e**bold** " + "ő" * 90
    for who, words in (WORDS | {"ivan": hostile}).items():
        await gives(room, who, K1=words)
    await room.types("anna", "@Kolbot close")
    await room.settles()
    async with browser(await board(room, "james")) as page, browser(await board(room, "liga")) as other:
        await page.enters()
        await other.enters()
        async with (
            page.streams(page="board") as stream,
            other.streams(page="board") as hers,
            moderating(room, "anna") as (anna, annas),
            moderating(room, "liga") as (liga, ligas),
        ):
            assert "light" not in stream.parts | annas.parts
            hide, large, _ = sends(row(annas, WORDS["james"]))
            assert (await anna.presses(**large)).said["kind"] == "status"
            await stream.until(label("Shown large to everybody now", "en"))
            assert WORDS["james"] in stream.parts["light"] and [*stream.parts][:2] == ["head", "light"]
            await hers.until(label("Shown large to everybody now", "lv"))
            assert WORDS["james"] in hers.parts["light"] and "James" not in hers.parts["light"]
            # The other moderator sees it, and puts something else there; the first takes away what is gone.
            await ligas.until(label("Every open board page shows this large", "lv"))
            assert 'class="entry lit"' in row(ligas, WORDS["james"])
            await annas.until(label("Every open board page shows this large", "pl"))
            (ends,) = sends(annas.parts["light"])
            bold = next(one for one in ligas.parts["list"].split("<li ") if "**bold**" in one)
            await liga.presses(**sends(bold)[1])
            while WORDS["james"] in stream.parts["light"]:
                assert await stream.next() == "parts"
            light = stream.parts["light"]
            assert "&lt;script&gt;alert(1)&lt;/script&gt; **bold**" in light and "\u202e" not in light
            late = await anna.presses(**ends)
            assert late.said["said"] == label("It is so already; nothing was changed.", "pl")
            await liga.presses(**large)
            while WORDS["james"] not in stream.parts["light"]:
                assert await stream.next() == "parts"
            await anna.presses(**hide)
            while "light" in stream.parts:
                assert await stream.next() == "parts"
            assert WORDS["james"] not in stream.words


class Tags(HTMLParser):
    """Every tag of some HTML, and every attribute that would do something."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.wrong: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.wrong += [name for name, _ in attrs if name.startswith("on") or name in ("style", "src", "srcdoc")]


@pytest.mark.parametrize("kept_in", ["sqlite"], indirect=True)
async def test_markup_in_every_field_is_words(room: Session) -> None:
    """In the title, names, notes, a theme, what is shown large: drawn and as text, on the board and where it is led."""
    evil = "</title></svg><script>alert(1)</script><img src=x onerror=alert(2)>\" onclick=x {{7*7}} ]]> &lt; é\u0301"
    (ewa,) = await room.room.add_people([("<b onclick=x>Ewa</b> \"'><script>", "en")])
    await room.opens(language="en", title=evil)
    await room.joins(ewa, "james", "liga")
    await room.types("anna", "@Kolbot start")
    await gives(room, ewa, K1=f"{evil}\n{'W' * 140}\n👩‍👩‍👧‍👦 🇵🇱")
    await gives(room, "liga", K1="<iframe srcdoc=x>")
    await gives(room, "james", K1=f"<svg/onload=alert(3)>{'e' + chr(0x301) * 60}")
    await room.types("anna", "@Kolbot close")
    async with browser(await board(room, "james")) as page, moderating(room, "anna") as (anna, annas):
        note = next(one for one in annas.parts["list"].split("<li ") if "&lt;script&gt;alert(1)" in one)
        (of,) = re.findall(r'data-of="([^"]*)"', annas.parts["tools"])
        entries = json.loads(unescape(re.findall(r'data-entries="([^"]*)"', note)[0]))
        put = await anna.presses("put_into_theme", of=of, entries=entries, into="new", called="<i onclick=x>T</i>")
        assert put.said["kind"] == "status", put.text
        large = next(one for one in sends(note) if one["verb"] == "spotlight")
        assert (await anna.presses(**large)).said["kind"] == "status"
        await page.enters()
        async with page.streams("?text=1", page="board") as stream:
            await stream.until("&lt;i onclick=x&gt;T&lt;/i&gt;")
            await stream.until(label("Shown large to everybody now", "en"))
            await annas.until("&lt;i onclick=x&gt;T&lt;/i&gt;")
            assert "light" in stream.parts and "W" * 140 in stream.words and "🇵🇱" in stream.words
            for html in (stream.words, annas.words):
                tags = Tags(html)
                assert not tags.wrong and not tags.found & {"script", "img", "b", "i", "title", "iframe"}
                assert "{{7*7}}" in html and "onclick=x" in html, "all of it is there, as words"
