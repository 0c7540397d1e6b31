"""Pictures come from a worker process within Teams' limits; one that dies, hangs or lacks fonts is replaced."""

from __future__ import annotations

import asyncio
import functools
import os
import signal
import struct
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from drawings import fonts
from drawings.press import POSTED_BYTES, Press, PressFailed, require_ink
from drawings.renderer import renderer_fonts
from drawings.summary import Sentence, full_pages, posted_svg
from drawings.svg import element, picture
from tests.drawings.samples import LONG, numbered, view

ROOT = Path(__file__).resolve().parents[2]


@functools.cache
def the_large_one() -> str:
    """Takes long enough at 150 dots an inch to be disturbed."""
    return full_pages(view(numbered(60)))[0]


def size(png: bytes) -> tuple[int, int]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.fixture
async def press() -> AsyncIterator[Press]:
    made = Press()
    yield made
    await made.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared() -> AsyncIterator[Press]:
    """A press whose worker takes no harm, and is started once."""
    made = Press()
    yield made
    await made.close()


in_one_loop = pytest.mark.asyncio(loop_scope="module")


async def until_gone(process: int) -> None:
    """Returns when the process has ended; fails after 15 s."""
    for _ in range(150):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return
        await asyncio.sleep(0.1)
    raise AssertionError("the worker is still there")


@in_one_loop
async def test_posted_pictures_are_within_the_limits_and_alike(shared: Press) -> None:
    busy = view(tuple(Sentence(LONG, "Zofia Wiśniewska") for _ in range(40)), headline=LONG)
    for shown in (busy, view(numbered(1)), view(numbered(40))):
        png = await shared.posted_png(posted_svg(shown))
        assert size(png) == (1024, 1024)
        assert len(png) <= POSTED_BYTES
    again = await asyncio.gather(*(shared.posted_png(posted_svg(busy)) for _ in range(3)))
    assert len(set(again)) == 1
    assert shared.worker not in (None, os.getpid())


async def test_warmed_it_has_its_worker_before_the_first_picture(press: Press) -> None:
    await press.warm()
    worker = press.worker
    assert worker is not None
    await press.warm()
    assert size(await press.png(full_pages(view(numbered(1)))[0], 200))[0] == 200
    assert press.worker == worker
    os.kill(worker, signal.SIGKILL)
    await until_gone(worker)
    with pytest.raises(PressFailed):
        await press.png(full_pages(view(numbered(1)))[0], 200)
    await press.close()
    await press.warm()
    assert press.worker is None, "nobody wants pictures any more"


@in_one_loop
async def test_full_size_pictures(shared: Press) -> None:
    svg = picture(width=10, height=11, language="en", title="", description="", families="FiraGO")
    assert size(await shared.png(svg, 1920))[0] == 1920
    assert size(await shared.png(svg, 480))[0] == 480


@in_one_loop
async def test_text_leaves_ink_in_every_language(shared: Press) -> None:
    def said(text: str) -> str:
        line = element("text", text, x=10, y=40, font_size=30)
        return picture(line, width=400, height=60, language="en", title="", description="", families=fonts.FAMILIES)

    texts = ("", "Wiedza", "Знание", "Zināšanas ģ", "Következő ű", "שלום", "👍", "ʳ")
    pictures = [await shared.png(said(text), 400) for text in texts]
    assert len(set(pictures)) == len(texts)


async def test_a_killed_worker_fails_one_picture_and_the_next_one_works(press: Press) -> None:
    small = posted_svg(view(numbered(1)))
    await press.png(small, 100)
    first = press.worker
    assert first is not None
    large = asyncio.create_task(press.png(the_large_one(), 2480))
    await asyncio.sleep(0.05)
    os.kill(first, signal.SIGKILL)
    with pytest.raises(PressFailed, match="died"):
        await large
    assert size(await press.png(small, 100)) == (100, 100)
    assert press.worker != first


async def test_a_picture_that_takes_too_long_is_given_up() -> None:
    """By a worker that stands still, which takes too long on any machine."""
    press = Press(timeout=2.0)
    small = posted_svg(view(numbered(1)))
    await press.png(small, 64)
    worker = press.worker
    assert worker is not None
    os.kill(worker, signal.SIGSTOP)
    with pytest.raises(PressFailed, match="in time"):
        await press.png(the_large_one(), 2480)
    await until_gone(worker)
    assert size(await press.png(small, 64)) == (64, 64)
    await press.close()


async def test_an_abandoned_picture_does_not_hold_up_the_next(press: Press) -> None:
    small = posted_svg(view(numbered(1)))
    await press.png(small, 64)
    abandoned = asyncio.create_task(press.png(the_large_one(), 2480))
    await asyncio.sleep(0.05)
    abandoned.cancel()
    with pytest.raises(asyncio.CancelledError):
        await abandoned
    assert size(await press.png(small, 64)) == (64, 64)


@pytest.mark.parametrize(
    "svg",
    [
        "",
        "<svg>",
        '<svg viewBox="0 0 0 10">',
        '<svg viewBox="0 0 1 1000000000">',
    ],
)
async def test_what_states_no_sensible_size_is_refused_at_once(svg: str, press: Press) -> None:
    with pytest.raises(PressFailed):
        await press.png(svg, 1024)
    assert press.worker is None


@in_one_loop
async def test_a_broken_drawing_is_refused_without_quoting_it(shared: Press) -> None:
    with pytest.raises(PressFailed) as raised:
        await shared.png('<svg viewBox="0 0 10 10"><secret', 10)
    assert "secret" not in str(raised.value)
    assert raised.value.__cause__ is None
    assert size(await shared.png(posted_svg(view(numbered(1))), 64)) == (64, 64)


@in_one_loop
async def test_a_posted_picture_may_not_be_higher_than_wide(shared: Press) -> None:
    high = picture(width=10, height=11, language="en", title="", description="", families="FiraGO")
    with pytest.raises(PressFailed, match="higher"):
        await shared.posted_png(high)


@in_one_loop
async def test_a_picture_of_too_many_bytes_is_made_smaller(shared: Press) -> None:
    svg = posted_svg(view(numbered(12)))
    whole = await shared.posted_png(svg)
    narrow = Press(posted_bytes=len(whole) - 1)
    png = await narrow.posted_png(svg)
    assert len(png) < len(whole)
    assert size(png)[0] in (896, 768, 640)
    await narrow.close()
    none = Press(posted_bytes=1000)
    with pytest.raises(PressFailed, match="more than 1000 bytes"):
        await none.posted_png(svg)
    await none.close()


async def test_a_closed_press_prints_nothing_more() -> None:
    press = Press()
    await press.png(posted_svg(view(numbered(1))), 64)
    worker = press.worker
    assert worker is not None
    await press.close()
    await until_gone(worker)
    with pytest.raises(PressFailed, match="closed"):
        await press.png(posted_svg(view(numbered(1))), 64)
    await press.close()


def test_a_renderer_without_fonts_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(PressFailed, match="does not draw FiraGO"):
        require_ink([])
    for code, file in renderer_fonts()[0].items():
        (tmp_path / f"{code}.ttf").write_bytes(file)
    require_ink([str(path) for path in sorted(tmp_path.iterdir())])
    with pytest.raises(PressFailed, match="does not draw Noto Sans Math"):
        require_ink([str(path) for path in sorted(tmp_path.iterdir()) if path.stem != "math"])


async def test_the_worker_ends_with_a_killed_server(tmp_path: Path) -> None:
    program = tmp_path / "server.py"
    program.write_text(
        "import asyncio, os, signal, sys\n"
        "from drawings.press import Press\n"
        "from drawings.svg import picture\n"
        "async def serve():\n"
        "    press = Press()\n"
        "    svg = picture(width=9, height=9, language='en', title='', description='', families='FiraGO')\n"
        "    await press.png(svg, 9)\n"
        "    print(press.worker, flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "if __name__ == '__main__':\n"
        "    asyncio.run(serve())\n",
        encoding="utf-8",
    )
    server = await asyncio.create_subprocess_exec(
        sys.executable, str(program), env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=asyncio.subprocess.PIPE
    )
    # Not communicate(): the worker holds the pipe too, and only its end is what is waited for.
    assert server.stdout is not None
    worker = int(await server.stdout.readline())
    await server.wait()
    await until_gone(worker)
