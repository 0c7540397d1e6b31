"""Takes the pictures of the board page in docs/images: `python -m tests.browser.pictures docs/images`. No tests.

Twelve simulated people go through the Polish session; at four moments the page is looked at in every way there is, in
Polish and in Bulgarian. One sheet for each way.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import struct
import sys
import tempfile
import zlib
from base64 import b64encode
from html import unescape
from pathlib import Path

import pypdfium2
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import ARGUMENTS, SEEN
from tests.browser.inside import Inside, inside
from tests.chat import CHANNEL, Session, label
from tests.stories.acts import clicks, says, stored
from tests.web.test_moderation import moderating, sends
from tests.web.visit import browser as visiting
from tools.browsers import NAMES
from tools.places import ROOT
from workshop.model import Status

PLAN, CROWD, SEED = "peer-learning-session", 12, 7
MOMENTS = {"remember": "pl", "core": "bg", "choose": "pl", "": "bg"}
"""Steps after which pictures are taken, the first answers, themes, a vote and the end; and who then looks."""
THEMES = (("Czas w grafiku", 4), ("Zgoda kierownictwa", 3), ("Wymiana między urzędami", 2))
WAYS = {
    "light": (1280, 1080),
    "dark": (1280, 1080),
    "contrast": (1280, 1080),
    "phone": (360, 780),
    "projector": (1920, 1080),
}
SHEETS = (0, 1, 2, 5)
"""Of what is printed at the end, on A4."""
SHEET = """<!doctype html><style>body{{margin:0;padding:12px;background:#8a8f99;display:grid;gap:12px;
grid-template-columns:repeat({columns},{width}px);align-items:start;width:max-content}}img{{width:100%;display:block}}
</style>{pictures}"""

Taken = dict[str, list[bytes]]


async def begins(room: Session) -> None:
    await room.opens(plan=PLAN, language="pl")
    await room.room.simulate(room.room.world.conversation(CHANNEL).id, room.root, CROWD, None, "fast", SEED)
    await room.room.until(lambda: room.room.described()["simulation"]["joined"] == CROWD, 60, "everybody has joined")
    await room.settles()
    await room.types("anna", "@Kolbot start")


async def answered(room: Session, times: int) -> None:
    def all_have() -> bool:
        state = room.room.described()["simulation"]
        return bool(state["answered"] + state["skipped"] >= times * CROWD)

    await room.room.until(all_have, 60, "everybody has answered")
    await says(room, "anna", "@Kolbot close")


async def themed(room: Session) -> None:
    """Notes under three names, as a moderator puts them."""
    async with moderating(room, "anna") as (page, stream):
        (of,) = re.findall(r'data-of="([^"]*)"', stream.parts["tools"])
        rows = [json.loads(unescape(one)) for one in re.findall(r'data-entries="([^"]*)"', stream.parts["list"])]
        for name, count in THEMES:
            taken, rows = rows[:count], rows[count:]
            entries = [entry for row in taken for entry in row]
            await page.presses("put_into_theme", of=of, entries=entries, into="new", called=name)


async def goes_on(room: Session) -> None:
    """Next; where a vote has too many candidates, eight of them are picked first, and the end is agreed to."""
    before = (await stored(room))[0].place
    await room.types("anna", "@Kolbot next")
    now = (await stored(room))[0]
    if now.place != before or now.status is Status.FINISHED:
        return
    if now.place == now.plan.places[-1]:
        await clicks(room, "anna", label("Yes, finish it", "pl"))
        return
    async with visiting(await room.console()) as page:
        await page.enters()
        async with page.streams() as stream:
            await stream.next()
            (pick,) = [act for act in sends(stream.words) if act.get("verb") == "pick"]
        html = (await page.presses(**pick)).said["sheet"]["html"]
        (picked,) = [act for act in sends(html) if act.get("verb") == "picked"]
        keys = [unescape(key) for key in re.findall(r'name="picked" value="([^"]*)"', html)[:8]]
        await page.presses(**picked, picked=",".join(keys))
    await room.types("anna", "@Kolbot next")


async def link(room: Session, language: str) -> str:
    workshop, _ = await stored(room)
    return await room.bot.site.links.link("board", workshop.id, workshop.facilitators[0].id, language)


def looked_at(chromium: Browser, room: Inside, language: str, taken: Taken, turned: int = 0) -> Page:
    """The board in every way, as it is now, on the projector so many turns after the newest; the page that was looked
    at last."""
    for mode, (width, height) in WAYS.items():
        context = chromium.new_context(**(SEEN | {"viewport": {"width": width, "height": height}}))
        page = context.new_page()
        page.goto(room.does(link(room.room, language)))
        page.locator("#enter").click()
        page.locator("figure").first.wait_for()
        page.evaluate("() => document.fonts.ready")
        if mode in ("dark", "contrast"):
            page.locator("#appearance").select_option(mode)
        if mode == "phone":
            page.locator(".step h2").first.evaluate("node => node.scrollIntoView()")
        if mode == "projector":
            page.locator("[data-projector]").click()
            for _ in range(turned):
                page.keyboard.press("PageDown")
        taken.setdefault(mode, []).append(page.screenshot(animations="disabled"))
        if mode != "projector":
            context.close()
    return page


def printed(page: Page) -> list[bytes]:
    """Some sheets of A4."""
    document = pypdfium2.PdfDocument(page.pdf(format="A4"))
    return [png(document[number].render(scale=1.3, rev_byteorder=True)) for number in SHEETS]


def png(bitmap: pypdfium2.PdfBitmap) -> bytes:
    """Source: PNG specification, third edition: 8 bits, RGB, no filter."""
    assert bitmap.mode == "RGB", bitmap.mode
    raw, stride, width = bytes(bitmap.buffer), bitmap.stride, bitmap.width
    rows = b"".join(b"\0" + raw[y * stride : y * stride + 3 * width] for y in range(bitmap.height))

    def chunk(name: bytes, content: bytes) -> bytes:
        body = name + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, bitmap.height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def sheet(chromium: Browser, pictures: list[bytes], columns: int, width: int) -> bytes:
    """Several pictures on one."""
    images = "".join(f'<img src="data:image/png;base64,{b64encode(one).decode()}">' for one in pictures)
    page = chromium.new_page()
    page.set_content(SHEET.format(columns=columns, width=width, pictures=images))
    page.wait_for_function("() => [...document.images].every(one => one.complete)")
    made = page.locator("body").screenshot()
    page.close()
    return made


def main(folder: Path) -> None:
    """Every sheet as a PNG in the folder."""
    path = os.environ.get("KOLBOT_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)))
    taken: Taken = {}
    with (
        tempfile.TemporaryDirectory() as place,
        inside(Path(place), ROOT / "tests" / "plans") as room,
        sync_playwright() as playwright,
    ):
        chromium = playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, "--no-sandbox"])
        room.does(begins(room.room))
        times = 0
        while (workshop := room.does(stored(room.room))[0]).status is not Status.FINISHED:
            step = workshop.place.step if workshop.place else None
            if step is not None and step.prompts:
                times += 1
                room.does(answered(room.room, times))
                if step.id == "core":
                    room.does(themed(room.room))
                if step.id in MOMENTS:
                    looked_at(chromium, room, MOMENTS[step.id], taken)
            room.does(goes_on(room.room))
        taken["paper"] = printed(looked_at(chromium, room, MOMENTS[""], taken, 1))
        for way, pictures in taken.items():
            columns, width = {"phone": (4, 270), "paper": (4, 330)}.get(way, (2, 640))
            (folder / f"board-{way}.png").write_bytes(sheet(chromium, pictures, columns, width))
        chromium.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
