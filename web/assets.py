"""Scripts and style sheets, as they are in static/, under an address that has their digest in it. No build step."""

from __future__ import annotations

import asyncio
from hashlib import sha256
from pathlib import Path

from aiohttp import web

from drawings.css import FONTS, stylesheet
from drawings.webfonts import machines_folder, webfonts
from web.headers import FOR_EVER

FOLDER = Path(__file__).parent / "static"
KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
"""Of texts; fonts are beside them."""


class Assets:
    """All files of the folder and the design's properties (`design.css`), read once."""

    def __init__(self, folder: Path = FOLDER) -> None:
        files = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix in KINDS}
        self._files = files | {"design.css": stylesheet().encode()}
        self._fonts: dict[str, bytes] = {}
        self._making = asyncio.Lock()
        whole = sha256()
        for name, content in sorted(self._files.items()):
            whole.update(f"{name} {len(content)} ".encode() + content)
        # One digest for all of them: modules find each other beside themselves.
        self.digest = whole.hexdigest()[:16]

    def path(self, name: str) -> str:
        """A file's address below the folder of all pages. KeyError where there is none."""
        assert name in self._files, name
        return f"static/{self.digest}/{name}"

    async def serve(self, request: web.Request) -> web.Response:
        """GET static/{digest}/{name}."""
        name = request.match_info["name"]
        content = self._files.get(name)
        if name in FONTS and request.match_info["digest"] == self.digest:
            await self.warm()
            return web.Response(body=self._fonts[name], content_type="font/woff", headers={"Cache-Control": FOR_EVER})
        if content is None or request.match_info["digest"] != self.digest:
            raise web.HTTPNotFound
        headers = {"Cache-Control": FOR_EVER}
        return web.Response(body=content, content_type=KINDS[Path(name).suffix], charset="utf-8", headers=headers)

    async def warm(self) -> None:
        """Make the fonts, or find them made, before the first page asks for them."""
        async with self._making:
            if not self._fonts:
                made = await webfonts(list(FONTS.values()), machines_folder())
                self._fonts = {name: made[code] for name, code in FONTS.items()}
