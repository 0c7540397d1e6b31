"""The closing picture from the console: who gets it, in what form, and that nothing hidden is in it."""

from __future__ import annotations

import struct
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from fontTools.ttLib import TTFont

from drawings.press import PressFailed
from drawings.summary import A3, full_pages
from tests.chat import Session, label
from tests.drawings.realistic import summary
from tests.stories.acts import stored
from tests.web.visit import Browser, browser
from web.guard import TurnedAway
from web.pictures import as_file
from web.said import No


async def gets(page: Browser, address: str) -> tuple[int, str, bytes]:
    """Status, the name that the file would be kept under, and the file."""
    async with page.session.get(f"{page.pages}/console/picture/{address}", headers=page.bearer) as response:
        name = response.headers.get("Content-Disposition", "").partition('filename="')[2].rstrip('"')
        if response.status == 200:
            assert response.headers["Cache-Control"] == "no-store"
            assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        return response.status, name, await response.read()


async def test_who_leads_can_keep_the_picture_and_nobody_else(room: Session) -> None:
    await room.opens(language="pl")
    await room.joins("ivan", "james")
    async with browser(await room.console()) as page:
        assert (await gets(page, "a3.svg"))[0] == 401, "a link has to be spent first"
        await page.enters()
        async with page.streams() as stream:
            await stream.next()
            assert "console/picture" not in stream.words, "in the lobby there is nothing to draw"
        workshop, _ = await stored(room)
        assert (await page.presses("start", w=workshop.id, moves=workshop.moves)).status == 200
        await room.settles()
        async with page.streams() as stream:
            await stream.until("console/picture/a3.png")
            assert "Obraz całego cyklu" in stream.words
        dialog = await room.form("ivan")
        await dialog.fills({dialog.inputs()[0].id: "тайна дума"}).presses(label("Send", room.reads("ivan", dialog)))
        status, name, svg = await gets(page, "a3.svg")
        workshop, answers = await stored(room)
        assert "тайна дума" in repr(answers)
        assert "тайна" not in svg.decode(), "nothing that is not revealed is drawn"
        assert (status, name) == (200, f"kolbot-{workshop.opened_at:%Y-%m-%d}-a3.svg")
        root = ElementTree.fromstring(svg)
        assert root[0].text == workshop.title
        assert "Wiedza → Działanie" in (root[1].text or "")
        status, name, png = await gets(page, "screen.png")
        assert (status, name[-4:], png[:4]) == (200, ".png", b"\x89PNG")
        assert struct.unpack(">II", png[16:24]) == (1920, 1080)
        assert (await gets(page, "screen.png"))[2] is not None
        for wrong in ("a4.png", "a3.pdf", "a3", "../console"):
            assert (await gets(page, wrong))[0] in (400, 404), wrong
        participant = next(id for id, person in workshop.people.items() if person.name == "Иван Петров")
        link = await room.bot.site.links.link("console", workshop.id, participant, "bg")
    async with browser(link) as page:
        await page.enters()
        assert (await gets(page, "a3.svg"))[0] == 403


async def test_the_console_draws_what_everybody_sees_and_nothing_else(room: Session, looking: None) -> None:
    await room.opens(language="pl")
    await room.joins("ivan", "james", "zsofi")
    async with browser(await room.console()) as page:
        await page.enters()
        workshop, _ = await stored(room)
        await page.presses("start", w=workshop.id, moves=workshop.moves)
        await room.settles()
        async with page.streams() as stream:
            for person, words in (("ivan", "доверие"), ("james", "<b>open data</b>"), ("zsofi", "nyílt adatok")):
                dialog = await room.form(person)
                await dialog.fills({dialog.inputs()[0].id: words}).presses(label("Send", room.reads(person, dialog)))
                await room.settles()
            await stream.until("3")
            assert "results-title" not in stream.words, "the step is open: nobody sees them yet"
            workshop, _ = await stored(room)
            await page.presses("close", w=workshop.id, moves=workshop.moves)
            await stream.until("results-title")
            assert "Wiedza → Działanie → Doświadczenie → Wnioski" in stream.parts["head"], "the wheel, told"
            drawn = stream.parts["results"]
            assert all(said in drawn for said in ("доверие", "nyílt adatok", "&lt;b&gt;open data"))
            assert "<b>" not in drawn
            assert 'fill="var(--kb-ink)"' in drawn
            assert '="#' not in drawn, "its colours are the page's"
            assert "доверие" not in bytes(stream.bytes).decode().partition("results-title")[0]


async def test_pages_have_the_font_that_drawings_are_measured_in(room: Session) -> None:
    await room.opens()
    async with browser(await room.console()) as page:
        shell = (await page.looks()).text
        sheet = shell.partition("/static/")[2].partition("/")[0]
        for file in ("figo.woff", "figbo.woff"):
            for digest, status in ((sheet, 200), ("0" * 16, 404)):
                async with page.session.get(f"{page.pages}/static/{digest}/{file}") as response:
                    assert response.status == status
                    body = await response.read()
            assert body[:4] != b"wOFF"
        async with page.session.get(f"{page.pages}/static/{sheet}/figo.woff") as response:
            made = await response.read()
            assert (response.content_type, made[:4]) == ("font/woff", b"wOFF")
            assert len(made) < 100_000
    with TTFont(BytesIO(made)) as font:
        assert set(map(ord, "ąćęłńóśźżĄĆĘŁŃÓŚŹŻāčēģīķļņšūžőűЯщъьюяѝЙ„”“–…→")) <= set(font.getBestCmap())


class Broken:
    async def png(self, svg: str, width: int) -> bytes:
        raise PressFailed("the worker died")


class Slow:
    """A press that counts what it was asked for."""

    def __init__(self) -> None:
        self.printed: list[int] = []

    async def png(self, svg: str, width: int) -> bytes:
        self.printed.append(width)
        return b"\x89PNG" + svg[:20].encode()


@pytest.mark.parametrize("kind", ["png", "svg"])
async def test_several_pages_are_a_zip_in_their_order(kind: str) -> None:
    press = Slow()
    pages = full_pages(summary("bg", 120), A3)
    made = await as_file(pages, 4961, kind, press)
    with ZipFile(BytesIO(made)) as whole:
        names = whole.namelist()
        assert names == [f"{number:02}.{kind}" for number in range(1, len(pages) + 1)]
        if kind == "svg":
            assert [whole.read(name).decode() for name in names] == list(pages)
    assert press.printed == ([4961] * len(pages) if kind == "png" else [])
    assert made == await as_file(pages, 4961, kind, press), "the same pages are the same file"
    assert not (await as_file(pages[:1], 1920, kind, press)).startswith(b"PK")


async def test_a_press_that_fails_is_told_as_such() -> None:
    with pytest.raises(TurnedAway) as turned:
        await as_file(["<svg/>"], 100, "png", Broken())
    assert turned.value.why is No.BUG
