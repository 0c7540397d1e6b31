"""Makes PNGs of drawings in a worker process, with pinned fonts only. Never renders in the server's own process."""

from __future__ import annotations

import re
import struct
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, Final, TypeVar
from xml.sax.saxutils import escape

import resvg_py

from drawings import fonts
from drawings.renderer import for_renderer, of_one_font, renderer_fonts
from drawings.worker import START_TIMEOUT, Worker, WorkerLost

POSTED_BYTES: Final = 1_000_000
"""Teams shows pictures in messages up to 1 MB; the smaller reading of "MB" keeps below both."""

_POSTED_WIDTHS: Final = (1024, 896, 768, 640)
_TIMEOUT: Final = 20.0
_MOST_PIXELS: Final = 120_000_000  # four bytes each: what a worker may hold; 500 sentences need a third of it
_T = TypeVar("_T")
_ROOT: Final = re.compile(r'<svg\b[^>]*\bviewBox="0 0 ([0-9.]+) ([0-9.]+)"')


class PressFailed(Exception):
    """No picture was made: the worker died, hung, lacks fonts, or the picture is too large. Says why, not of what."""


class Press:
    """One worker process that renders pictures in turn, started with the first one and restarted after a failure."""

    def __init__(
        self,
        *,
        timeout: float = _TIMEOUT,
        start_timeout: float = START_TIMEOUT,
        posted_bytes: int = POSTED_BYTES,
    ) -> None:
        """Seconds that one picture and a worker's start may take; waiting for other pictures does not count."""
        self._posted_bytes = posted_bytes
        self._worker = Worker(_make_ready, timeout=timeout, start_timeout=start_timeout)

    @property
    def worker(self) -> int | None:
        """The worker's process id while there is one."""
        return self._worker.process

    async def png(self, svg: str, width: int) -> bytes:
        """`svg` as a PNG, `width` px wide. Raises PressFailed; the next picture then gets a fresh worker."""
        _check_size(svg, width)
        made = await _said(self._worker.do(_print, svg, width))
        if _png_width(made) != width:
            raise PressFailed("the renderer gave a picture of another width")
        return made

    async def posted_png(self, svg: str) -> bytes:
        """`svg` as a PNG that Teams shows in a message: at most 1024 px wide and 1 MB.

        Where 1024 px give more than 1 MB it is made 896, 768, then 640 px wide; if even that is more, PressFailed.
        Pictures that are higher than wide are refused: they would be higher than 1024 px.
        """
        _, height = _check_size(svg, _POSTED_WIDTHS[0])
        if height > _POSTED_WIDTHS[0]:
            raise PressFailed("a posted picture may not be higher than wide")
        for width in _POSTED_WIDTHS:
            made = await self.png(svg, width)
            if len(made) <= self._posted_bytes:
                return made
        raise PressFailed(f"more than {self._posted_bytes} bytes even at {_POSTED_WIDTHS[-1]} px")

    async def warm(self) -> None:
        """Start the worker ahead of the first picture, which then waits for nothing. Raises PressFailed."""
        await _said(self._worker.warm())

    async def close(self) -> None:
        """End the worker. Pictures that wait fail with PressFailed, as do later ones."""
        await self._worker.close()


async def _said(work: Coroutine[Any, Any, _T]) -> _T:
    """What the worker makes. Raises PressFailed."""
    try:
        return await work
    except WorkerLost as lost:
        raise PressFailed(str(lost)) from lost
    except (ValueError, RuntimeError, OSError) as refused:
        # resvg's words can quote the drawing, and so what people wrote: only the kind of fault is passed on.
        raise PressFailed(f"the renderer refused the picture ({type(refused).__name__})") from None


def _check_size(svg: str, width: int) -> tuple[float, float]:
    """Size in px that the picture would get. Raises PressFailed for none or too many pixels."""
    found = _ROOT.search(svg[:2000])
    if found is None or width <= 0:
        raise PressFailed("not a drawing of ours: it states no size")
    across, down = float(found[1]), float(found[2])
    height = down * width / across if across else 0.0
    if not 0 < width * height <= _MOST_PIXELS:
        raise PressFailed("a picture of too many pixels, or of none")
    return width, height


def _png_width(made: bytes) -> int:
    """Width in px from the header. Source: PNG specification, IHDR is the first chunk and begins with the width."""
    if made[:8] != b"\x89PNG\r\n\x1a\n" or len(made) < 24:
        return 0
    return int(struct.unpack(">I", made[16:20])[0])


# What follows runs in the worker.

_fonts: dict[Path, bytes] = {}
_joined: dict[str, str] = {}


def _make_ready(folder: str) -> None:
    """Put the fonts where resvg reads them and prove that text is drawn; a worker that cannot must not print."""
    made, joined = renderer_fonts()
    _fonts.update({Path(folder) / f"{code}.ttf": file for code, file in made.items()})
    _joined.update(joined)
    require_ink(_font_paths())


def require_ink(paths: list[str]) -> None:
    """Raises PressFailed unless every family's own character leaves ink that differs from an unknown character's.

    Without fonts resvg draws no text and reports no error; a character that no font has it draws as a box.
    """
    blank = _resvg(_probe("", fonts.DEFAULT_FAMILY), 64, paths)
    box = _resvg(_probe("\U000f0000", fonts.DEFAULT_FAMILY), 64, paths)
    for family, character in fonts.probes():
        if _resvg(_probe(character, family), 64, paths) in (blank, box):
            raise PressFailed(f"the renderer does not draw {family}")


def _probe(character: str, family: str) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="0 0 64 64">'
        f'<text x="8" y="48" font-size="40" font-family="{family}">{escape(character)}</text></svg>'
    )


def _font_paths() -> list[str]:
    """Paths of the fonts, written again where a cleaner of temporary files took them from a long-running worker."""
    for path, file in _fonts.items():
        if not path.exists() or path.stat().st_size != len(file):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file)
    return [str(path) for path in _fonts]


def _print(svg: str, width: int) -> bytes:
    drawing = for_renderer(svg, _joined)
    try:
        return _drawn(drawing, width)
    except _Panic:
        return _drawn(of_one_font(drawing), width)


class _Panic(RuntimeError):
    """A fault within resvg, which raises it as something that no other process can read."""


def _drawn(svg: str, width: int) -> bytes:
    try:
        return _resvg(svg, width, _font_paths())
    except BaseException as fault:
        if type(fault).__name__ == "PanicException":
            raise _Panic from None
        raise


def _resvg(svg: str, width: int, paths: list[str]) -> bytes:
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        width=width,
        skip_system_fonts=True,
        font_files=paths,
        font_family=fonts.DEFAULT_FAMILY,
        sans_serif_family=fonts.DEFAULT_FAMILY,
    )
