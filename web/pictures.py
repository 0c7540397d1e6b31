"""The closing picture at full size, to be kept: drawn once for a revision, page by page. It decides nothing."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Sequence
from typing import Final, Protocol
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from aiohttp import web

from drawings.of_board import summary_of
from drawings.press import PressFailed
from drawings.summary import A3, SCREEN, full_pages
from web.acts import CONSOLE, leads
from web.guard import TurnedAway
from web.live import Reader
from web.said import No
from web.tickets import Door
from workshop.tally import board_of

log = logging.getLogger("kolbot.web")

SHEETS: Final = {"a3": A3, "screen": SCREEN}
KINDS: Final = {"png": "image/png", "svg": "image/svg+xml"}
ADDRESS: Final = "/console/picture/{sheet:a3|screen}.{kind:png|svg}"
_KEPT: Final = 4
_LARGEST: Final = 12_000_000
"""Bytes of a file that is kept; what is larger is drawn again when it is asked for again."""

_Key = tuple[str, int, str, str]


class Press(Protocol):
    """Makes PNGs of drawings."""

    async def png(self, svg: str, width: int) -> bytes: ...


class Pictures:
    """Hands out the picture. What may not be seen is not on the board that it is drawn from."""

    def __init__(self, door: Door, reader: Reader, press: Press) -> None:
        self._door = door
        self._reader = reader
        self._press = press
        self._turn = asyncio.Lock()
        self._kept: dict[_Key, bytes] = {}

    async def save(self, request: web.Request) -> web.Response:
        """GET the picture, as one file or, where it has several pages, as a ZIP of them."""
        given, _ = await self._door.admitted(request, CONSOLE)
        found = await self._reader.answers(given.workshop)
        if found is None or not leads(found[0], given.person):
            raise TurnedAway(No.NO_RIGHT, given.language)
        workshop, answers = found
        sheet, kind = request.match_info["sheet"], request.match_info["kind"]
        key = (workshop.id, workshop.revision, sheet, kind)
        # One after the other: who presses twice waits for the first, and the press draws one thing at a time anyway.
        async with self._turn:
            made = self._kept.get(key)
            if made is None:
                view = summary_of(board_of(workshop, answers))
                pages = await asyncio.to_thread(full_pages, view, SHEETS[sheet])
                made = await as_file(pages, SHEETS[sheet].pixels, kind, self._press)
                self._keep(key, made)
        several = made.startswith(b"PK")
        name = f"kolbot-{workshop.opened_at:%Y-%m-%d}-{sheet}.{'zip' if several else kind}"
        return web.Response(
            body=made,
            content_type="application/zip" if several else KINDS[kind],
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def _keep(self, key: _Key, made: bytes) -> None:
        if len(made) <= _LARGEST:
            self._kept = dict([*self._kept.items(), (key, made)][-_KEPT:])


async def as_file(pages: Sequence[str], width: int, kind: str, press: Press) -> bytes:
    """The pages as PNG (`width` px) or SVG: one as it is, several as a ZIP. Raises TurnedAway where none are made."""
    try:
        drawn = [page.encode() if kind == "svg" else await press.png(page, width) for page in pages]
    except PressFailed as why:
        log.error("the full-size picture could not be made: %s", why)
        raise TurnedAway(No.BUG) from None
    return drawn[0] if len(drawn) == 1 else _zipped(drawn, kind)


def _zipped(files: list[bytes], kind: str) -> bytes:
    """The pages in their order; stored as they are, since pictures are compressed already."""
    whole = io.BytesIO()
    with ZipFile(whole, "w", ZIP_STORED) as archive:
        for number, file in enumerate(files, 1):
            archive.writestr(ZipInfo(f"{number:02}.{kind}"), file)
    return whole.getvalue()
