"""The console as a page: opened from Teams, live, its buttons; what it never holds; when it ends."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html import unescape
from pathlib import Path

from tests.chat import Session, bot, session
from tests.stories.acts import gives, says, stored
from tests.stories.test_anonymous import TEMPLATE
from tests.web.visit import browser


async def started(room: Session, *people: str, plan: str = "kolb-taster-15") -> None:
    await room.opens(plan=plan, language="en")
    await room.joins(*(people or ("ivan", "james")))
    await room.types("anna", "@Kolbot start")


async def moves(room: Session) -> int:
    return (await stored(room))[0].moves


async def test_facilitate_opens_a_page_that_follows_and_leads(room: Session) -> None:
    await started(room)
    dialog = await room.console()
    assert dialog.card is None and dialog.title == "Panel prowadzenia"
    async with browser(dialog) as page:
        door = await page.looks()
        assert "Otwórz panel prowadzenia" in door.text
        assert "Dobre praktyki" not in door.text, "nothing before the ticket"
        assert (await stored(room))[0].status == "open"
        await page.enters()
        async with page.streams() as stream:
            await stream.until("Odpowiedziało: 0 z 2")
            assert "Proszę pisać samodzielnie." in stream.words, "what to read aloud, in Anna's language"
            await gives(room, "ivan", K1="Mentoring")
            await stream.until("Odpowiedziało: 1 z 2")
            assert "Mentoring" not in stream.words
            at = await moves(room)
            done = await page.presses("next", moves=at)
            assert done.said["kind"] == "status" and done.said["close"] is True
            await stream.until("Prawdziwe historie")
            # Drawn before somebody else went on: one step, and a word about it.
            stale = await page.presses("next", moves=at)
            assert stale.said["kind"] == "alert" and await moves(room) != at
            step = (await stored(room))[0].at
            before = (await stored(room))[0]
            for _ in range(2):
                assert (await page.presses("extend", id="the-same-press", moves=before.moves, minutes=5)).status == 200
            workshop, _ = await stored(room)
            assert workshop.at == step and workshop.closes_at and before.closes_at
            assert workshop.closes_at - before.closes_at == timedelta(minutes=5), "it counts once"
            await stream.until("otwarty do godz.")
            sure = await page.presses("finish", moves=workshop.moves)
            assert "role" not in sure.said and "Zakończ" in sure.said["sheet"]["html"]
            assert (await stored(room))[0].status == "open", "nothing happens before Yes"
            done = await page.presses("finish", moves=workshop.moves, sure=True)
            assert done.said["close"] is True
            await stream.until("Warsztat jest zakończony.")
            assert "data-closes" not in stream.words


async def test_names_only_once_they_were_asked_for(room: Session) -> None:
    await started(room)
    await room.types("anna", "@Kolbot next")
    async with browser(await room.console()) as page:
        await page.enters()
        async with page.streams() as stream:
            await stream.until("Odpowiedziało: 0 z 2")
            assert b"James Carter" not in stream.bytes and "Иван" not in stream.bytes.decode()
            assert 'data-option="names"' in stream.words
        async with page.streams("?names=1") as stream:
            await stream.until("James Carter")
    anonymous = await room.types("anna", "@Kolbot back")
    assert anonymous
    async with browser(await room.console()) as page:
        await page.enters()
        async with page.streams("?names=1") as stream:
            await stream.next()
            assert b"James Carter" not in stream.bytes and 'data-option="names"' not in stream.words


async def test_who_is_un_named_loses_it_at_once(room: Session) -> None:
    await started(room)
    await says(room, "anna", "@Kolbot moderator @James Carter")
    async with browser(await room.console("james")) as page:
        await page.enters()
        async with page.streams() as stream:
            assert await stream.next() == "parts"
            assert "data-act" in stream.words and "&#34;next&#34;" not in stream.words, "a moderator leads nothing"
            refused = await page.presses("next", moves=await moves(room))
            assert (refused.said["kind"], refused.status) == ("alert", 200)
            await says(room, "anna", "@Kolbot remove moderator @James Carter")
            while (event := await stream.next()) == "parts":
                pass
            assert event == "gone" and "do not lead or moderate" in stream.gone
        assert (await page.tries()).status == 403
        assert (await page.presses("moderate")).status == 403


async def test_a_ticket_that_is_taken_back_ends_its_stream(room: Session, looking: None) -> None:
    await started(room)
    async with browser(await room.console()) as page:
        await page.enters()
        async with page.streams() as stream:
            assert await stream.next() == "parts"
            await page.leaves()
            while (event := await stream.next()) == "parts":
                pass
            assert event == "gone"


async def test_a_ticket_ends_in_the_middle_of_a_stream(room: Session, looking: None) -> None:
    await started(room)
    async with browser(await room.console()) as page:
        await page.enters()
        async with page.streams() as stream:
            assert await stream.next() == "parts"
            room.clock.passes(hours=13)
            await room.types("anna", "@Kolbot extend 5")
            while (event := await stream.next()) == "parts":
                pass
            assert event == "gone" and "Ważność tej strony minęła" in stream.gone


async def test_what_another_instance_changes_is_seen(room: Session, tmp_path: Path, looking: None) -> None:
    """A ticket is good at every instance; one page hangs on one, the press goes to the other."""
    await started(room)
    async with browser(await room.console()) as page:
        await page.enters()
        async with page.streams() as stream:
            await stream.until("Dobre praktyki")
            first = str(room.room.link.url).removesuffix("/api/messages")
            async with bot(room.room, tmp_path, room.clock, PAGES="on"):
                second = str(room.room.link.url).removesuffix("/api/messages")
                assert first != second
                page.pages = page.pages.replace(first, second)
                await page.presses("next", moves=await moves(room))
                await stream.until("Prawdziwe historie")


async def test_forms_open_in_a_sheet_and_come_back(room: Session) -> None:
    await started(room)
    async with browser(await room.console()) as page:
        await page.enters()
        for verb in ("groups", "practices", "people", "summary", "roles", "themes"):
            sheet = (await page.presses(verb)).said["sheet"]
            assert sheet["language"] == "pl" and re.search(r"data-act=|<p", sheet["html"]), verb
            assert not re.search(r"<script|\son\w+=|style=", sheet["html"]), verb
        hostile = '<img src=x onerror=alert(1)> "quoted" & {{TIME(2026-11-22T09:00:00Z)}}'
        wrong = await page.presses("add_practices", title=hostile, core="x" * 9000)
        html = wrong.said["sheet"]["html"]
        assert "&lt;img src=x onerror=alert(1)&gt; &#34;quoted&#34; &amp;" in html and "<img" not in html
        assert 'role="alert"' in html, "what is wrong is announced, and what was typed stays"
        done = await page.presses("form_groups", way="size", number="2")
        assert done.said, "the form is sent with its fields"


async def test_what_waits_is_shown_when_asked_for_and_let_through(tmp_path: Path, kept_in: str) -> None:
    (tmp_path / "quiet.yaml").write_text(TEMPLATE.replace("anonymous: true, moderated", "moderated"), encoding="utf-8")
    async with session(tmp_path, PAGES="on", TEMPLATES=str(tmp_path)) as room:
        await started(room, plan="quiet")
        await gives(room, "ivan", N1="loud", A1="to be seen")
        await gives(room, "james", A1="rude")
        async with browser(await room.console()) as page:
            await page.enters()
            async with page.streams() as stream:
                await stream.until("2 entries wait for a moderator.")
                assert b"rude" not in stream.bytes and b"to be seen" not in stream.bytes
            async with page.streams("?queue=1") as stream:
                await stream.until("to be seen")
                pressed = [json.loads(unescape(data)) for data in re.findall(r'data-act="([^"]*)"', stream.words)]
                moderating = [data for data in pressed if data["verb"] == "moderated"]
                assert len(moderating) == 4, "let it be seen, or hide it; for each of two"
                first, second = stream.parts["right.queue"].split("<li ")[1:]
                seen, rude = (0, 2) if "to be seen" in first else (2, 0)
                assert "rude" in (second if seen == 0 else first)
                await page.presses(**moderating[seen])
                await page.presses(**moderating[rude + 1])
                while "right.queue" in stream.parts:
                    await stream.next()
        workshop, _ = await stored(room)
        assert (len(workshop.approved), len(workshop.hidden)) == (1, 1)
