"""Emoji: drawn by the pinned font, measured for any reader's, never cut apart, never as English words."""

from __future__ import annotations

import asyncio
import functools
import io
from collections.abc import AsyncIterator
from xml.etree import ElementTree

import pytest
import pytest_asyncio
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from drawings import emoji, fonts
from drawings.lettering import drawable, measured
from drawings.lines import line
from drawings.press import Press
from drawings.renderer import for_renderer, renderer_fonts
from drawings.summary import Sentence, alt_text, posted_svg
from drawings.svg import picture
from tests.drawings.boxes import faults
from tests.drawings.samples import SVG, view

SCOTLAND = "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
OF_SEVERAL = ("👩‍👧", "👨‍👩‍👧‍👦", "👩🏽‍💻", "❤️‍🔥", "🏳️‍🌈", "🤷‍♀️", "🇵🇱", "1️⃣", "#️⃣", SCOTLAND)
NEWER = "\U0001fae9"  # of Unicode 16, which Noto Emoji 3.002 does not have

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def press() -> AsyncIterator[Press]:
    made = Press()
    yield made
    await made.close()


def said(text: str, *, bold: bool = False) -> str:
    """A drawing of this text."""
    drawn = line(drawable(text), x=10, y=40, size=30, ink="#000000", bold=bold)
    return picture(drawn, width=400, height=60, language="en", title="", description=text, families=fonts.FAMILIES)


def font() -> TTFont:
    return TTFont(io.BytesIO(fonts.font_bytes("emoji")))


@functools.cache
def for_worker() -> tuple[dict[str, bytes], dict[str, str]]:
    return renderer_fonts()


@pytest.mark.parametrize("text", OF_SEVERAL)
async def test_an_emoji_of_several_characters_is_one_sign_in_one_font(text: str) -> None:
    assert drawable(f"a {text} b") == f"a {text} b"
    assert fonts.runs(text) == (("Noto Emoji", text),)
    files, joined = for_worker()
    drawn = for_renderer(text, joined)
    glyph = TTFont(io.BytesIO(files["emoji"])).getBestCmap()[ord(drawn)]
    assert TTFont(io.BytesIO(files["emoji"]))["hmtx"].metrics[glyph][0] > 0


async def test_what_the_font_has_no_one_sign_for_is_drawn_in_its_parts() -> None:
    _, joined = for_worker()
    leaf = for_renderer("🙏🏽‍🍂", joined)
    assert len(leaf) == 2
    assert leaf[1] == "🍂"
    assert for_renderer("🇽🇽", joined) == joined["🇽"] * 2
    assert for_renderer("🇵🇱🇧🇬", joined) == joined["🇵🇱"] + joined["🇧🇬"]
    assert for_renderer("a\u200dب 1\ufe0f 👍 中", joined) == "a\u200dب 1 👍 ☐"


async def test_nothing_is_lost_behind_or_before_an_emoji_of_several(press: Press) -> None:
    """usvg took the glyphs behind away, or panicked, where the fonts of a line had different numbers of glyphs."""
    for text in OF_SEVERAL:
        letters = [await press.png(unseen(f"WWW {one} WWW"), 400) for one in ("🎉", text)]
        assert letters[0] == letters[1], "as wide as any, and the letters where they are beside any"
        at_the_end = [await press.png(unseen(f"WWW {one}"), 400) for one in ("🎉", text)]
        assert at_the_end[0] == at_the_end[1] != letters[0]
    await press.png(said("".join(OF_SEVERAL) + "א" + "".join(OF_SEVERAL)), 400)


async def test_a_line_over_which_the_renderer_panics_is_drawn_with_less_care(press: Press) -> None:
    first = await press.png(said("ا"), 400)
    worker = press.worker
    pictures = [await press.png(said(text), 400) for text in ("ا ❤", "ا 🚀", "اʳ\u200cʳ")]
    assert len({first, *pictures}) == 4
    assert press.worker == worker, "it goes on working"


def unseen(text: str) -> str:
    """A drawing of this text in which emoji have their room and no ink."""
    drawn = said(text)
    seen = '<tspan font-family="Noto Emoji, sans-serif"'
    assert drawn.count(seen) == 1
    return drawn.replace(seen, seen + ' fill-opacity="0"')


async def test_what_people_write_all_the_time_is_drawn_each_in_its_way(press: Press) -> None:
    texts = (
        "😀",
        "😢",
        "🍂",
        "🙏",
        "👍",
        "🚀",
        "🐱",
        "🎉",
        "🥳",
        "🫠",
        "🫨",
        "🪿",
        "❤",
        "☀",
        "✅",
        "⭐",
        "🇵",
        *OF_SEVERAL,
        "☐",
    )
    pictures = await asyncio.gather(*(press.png(said(text), 400) for text in texts))
    assert len(set(pictures)) == len(texts)


async def test_what_only_a_reader_may_have_stays_in_the_drawing_and_is_a_sign_in_the_png(press: Press) -> None:
    for character in (NEWER, "中", "か"):
        svg = said(f"Jest {character}", bold=True)
        (text,) = ElementTree.fromstring(svg).iter(f"{SVG}text")
        assert "".join(text.itertext()) == f"Jest {character}"
        assert await press.png(svg, 400) == await press.png(said("Jest ☐", bold=True), 400)
        assert fonts.advance(character) >= fonts.advance("☐")


async def test_text_beside_keeps_its_characters() -> None:
    typed = f"Jesień 🍂 👩🏽‍💻 {SCOTLAND} {NEWER} \ue000"
    made = posted_svg(view((Sentence(typed, None),), title=typed))
    root = ElementTree.fromstring(made)
    assert root.findtext(f"{SVG}title") == typed
    assert f"• {typed}\n" in f"{root.findtext(f'{SVG}desc')}\n"
    assert f"• {typed}" in alt_text(view((Sentence(typed, None),)))


async def test_an_emoji_has_room_in_any_readers_font() -> None:
    # Advances in em: Noto Emoji 1.27, Noto Color Emoji 1.245, Segoe UI Emoji 1.37, Apple Color Emoji 1.25 at most.
    for text, signs in (("😀", 1), ("❤️", 1), ("👍🏽", 1), ("🚀🏽", 1), ("🇵🇱", 2), ("👨‍👩‍👧‍👦", 4), (NEWER, 1)):
        for bold in (False, True):
            assert measured(text, bold=bold).width == pytest.approx(1.4 * signs)
    for text in ("🎉" * 140, "👩‍👩‍👧‍👦 " * 20, "🇵🇱" * 70, "👍🏽" * 70, "中文" * 70):
        assert faults(posted_svg(view(tuple(Sentence(text[:140], text[:24]) for _ in range(5)), title=text))) == []


async def test_a_long_row_is_cut_between_emoji_not_within() -> None:
    for one in (*OF_SEVERAL, "👍🏽", "❤️"):
        broken = measured(one * 20).lines(7.5)  # five signs: no multiple of two or four
        assert len(broken) > 1
        assert all(part.replace(one, "") == "" for part in broken), one
    chain = measured(emoji.JOINER.join("👩" * 40)).lines(6.0)
    assert "".join(chain) == emoji.JOINER.join("👩" * 40)
    assert all(fonts.advance(part) <= 6.0 for part in chain), "one that is wider than the line is cut all the same"


async def test_skin_tones_are_kept_where_the_font_colours_with_them() -> None:
    made = font()
    names = made.getBestCmap()
    pairs = made["GSUB"].table.LookupList.Lookup[0].SubTable[0].ligatures
    toned = {first for first, found in pairs.items() for one in found if one.Component == [names[0x1F3FD]]}
    kept = {chr(point) for point, name in names.items() if drawable(chr(point) + "🏽")[-1:] == "🏽"}
    assert kept == {chr(point) for point, name in names.items() if name in toned}
    assert len(kept) > 130


async def test_the_font_is_of_one_weight_and_as_narrow_as_measured() -> None:
    made = TTFont(io.BytesIO(for_worker()[0]["emoji"]))
    assert not {"fvar", "gvar", "GSUB"} & set(made.keys())
    assert max(wide for wide, _ in made["hmtx"].metrics.values()) / made["head"].unitsPerEm <= fonts.advance("😀")
    assert ord("©") not in made.getBestCmap(), "FiraGO has it"
