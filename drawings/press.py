"""Makes PNGs of drawings in a worker process, with pinned fonts only. Never renders in the server's own process."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import re
import shutil
import signal
import struct
import tempfile
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any, Final, TypeVar
from xml.sax.saxutils import escape

import resvg_py

from drawings import fonts

POSTED_BYTES: Final = 1_000_000
"""Teams shows pictures in messages up to 1 MB; the smaller reading of "MB" keeps below both."""

_POSTED_WIDTHS: Final = (1024, 896, 768, 640)
_TIMEOUT: Final = 20.0
_START_TIMEOUT: Final = 60.0
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
        start_timeout: float = _START_TIMEOUT,
        posted_bytes: int = POSTED_BYTES,
    ) -> None:
        """Seconds that one picture and a worker's start may take; waiting for other pictures does not count."""
        self._posted_bytes = posted_bytes
        self._timeout, self._start_timeout = timeout, start_timeout
        self._turn = asyncio.Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._worker: int | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._closed = False

    @property
    def worker(self) -> int | None:
        """The worker's process id while there is one."""
        return self._worker

    async def png(self, svg: str, width: int) -> bytes:
        """`svg` as a PNG, `width` px wide. Raises PressFailed; the next picture then gets a fresh worker."""
        _check_size(svg, width)
        async with self._turn:
            return await self._render(svg, width)

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
        async with self._turn:
            if not self._closed:
                await self._kept(self._ready())

    async def close(self) -> None:
        """End the worker. Pictures that wait fail with PressFailed, as do later ones."""
        self._closed = True
        self._discard()

    async def _render(self, svg: str, width: int) -> bytes:
        if self._closed:
            raise PressFailed("the press is closed")
        made = await self._kept(self._made(svg, width))
        if _png_width(made) != width:
            raise PressFailed("the renderer gave a picture of another width")
        return made

    async def _made(self, svg: str, width: int) -> bytes:
        await self._ready()
        return await self._do(self._timeout, _print, svg, width)

    async def _ready(self) -> None:
        if self._pool is None:
            await self._start()

    async def _kept(self, work: Coroutine[Any, Any, _T]) -> _T:
        """What the worker makes; a worker that failed is not kept. Raises PressFailed."""
        try:
            return await work
        except TimeoutError as late:
            self._discard()
            raise PressFailed("the worker did not answer in time") from late
        except BrokenProcessPool as broken:
            self._discard()
            raise PressFailed("the worker died") from broken
        except (PressFailed, asyncio.CancelledError):
            # A worker without its fonts, or anywhere in a picture that nobody waits for.
            self._discard()
            raise
        except (ValueError, RuntimeError, OSError) as refused:
            # resvg's words can quote the drawing, and so what people wrote: only the kind of fault is passed on.
            raise PressFailed(f"the renderer refused the picture ({type(refused).__name__})") from None

    async def _start(self) -> None:
        # spawn: a fork of a threaded server would copy locks in whatever state they are.
        self._pool = ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn"))
        self._folder = tempfile.TemporaryDirectory(prefix="drawings-fonts-")
        # Its id first, so that a worker that hangs over its fonts can be ended too.
        self._worker = await self._do(self._start_timeout, os.getpid)
        await self._do(self._start_timeout, _make_ready, self._folder.name)

    async def _do(self, seconds: float, work: Callable[..., _T], *details: object) -> _T:
        loop = asyncio.get_running_loop()
        return await asyncio.wait_for(loop.run_in_executor(self._pool, work, *details), seconds)

    def _discard(self) -> None:
        """Kill the worker: one that hangs in native code ends in no other way."""
        pool, worker, folder = self._pool, self._worker, self._folder
        self._pool = self._worker = self._folder = None
        if worker is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker, getattr(signal, "SIGKILL", signal.SIGTERM))
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)
        if folder is not None:
            folder.cleanup()


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


def _make_ready(folder: str) -> None:
    """Put the fonts where resvg reads them and prove that text is drawn; a worker that cannot must not print."""
    # Ctrl+C at the terminal ends the server, which ends this; a traceback from here would only confuse.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_server, args=(folder,), daemon=True).start()
    _fonts.update({Path(folder) / f"{code}.ttf": file for code, file in fonts.renderer_fonts().items()})
    require_ink(_font_paths())


def _end_with_server(folder: str) -> None:
    """A server that is killed cannot end its worker, which would wait for pictures for ever."""
    server = multiprocessing.parent_process()
    if server is not None:
        server.join()
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)


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
    return _resvg(svg, width, _font_paths())


def _resvg(svg: str, width: int, paths: list[str]) -> bytes:
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        width=width,
        skip_system_fonts=True,
        font_files=paths,
        font_family=fonts.DEFAULT_FAMILY,
        sans_serif_family=fonts.DEFAULT_FAMILY,
    )
