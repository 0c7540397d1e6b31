"""What resvg gets: fonts from which it takes no glyph for another, and drawings whose every character is one glyph."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Final

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from drawings import fonts
from drawings.emoji import EMOJI_STYLE, JOINER, OF_SEVERAL, invisible

# An emoji of several characters becomes one character from here on, of Unicode's last private area. What people type
# of that is no longer there: no font has it.
_PRIVATE: Final = 0x100000
_OTHER_FONT: Final = re.compile('<tspan font-family="[^"]*">([^<]*)</tspan>')


def renderer_fonts() -> tuple[dict[str, bytes], dict[str, str]]:
    """Font files by code, and the one character by which the emoji font has each emoji of several.

    resvg sets a whole line in a fallback font that has all of its characters, which loses the line's face, weight and
    measured width (usvg's text shaping: "if all glyphs were matched, replace all of them"). So each font maps only
    those characters that the families before it lack: only the missing glyphs are taken from it.
    And where one font has one glyph for what is several in another, usvg (0.48) drops the glyphs behind, or panics. So
    the emoji font has a character for each. Takes some tenths of a second: for workers.
    """
    made: dict[str, bytes] = {}
    joined: dict[str, str] = {}
    earlier: frozenset[int] = frozenset()
    for family in fonts.CHAIN:
        for code in family[1:]:
            if code not in made:
                file = fonts.font_bytes(code)
                if family is fonts.EMOJI:
                    made[code], joined = _one_by_one(file, earlier)
                else:
                    made[code] = _without(file, earlier) if earlier else file
        earlier |= fonts.characters(family[1]) & fonts.characters(family[2])
    return made, joined


def for_renderer(svg: str, joined: Mapping[str, str]) -> str:
    """A drawing in which every character is one glyph: of each emoji of several, one that the font has (or its parts
    where it has none), and a sign for each character that was left to its reader's fonts."""
    shown = OF_SEVERAL.sub(lambda found: _as_one(found[0], joined), svg).replace(EMOJI_STYLE, "")
    left = {one for one in set(shown) if not one.isascii() and fonts.left_to_readers(one)}
    return shown.translate({ord(one): fonts.NO_GLYPH for one in left})


def of_one_font(svg: str) -> str:
    """The drawing without what names the font of a part of a line: each missing glyph is then taken from the first
    font that has it, and some are not found. For lines over which usvg panics, such as an Arabic letter and a heart."""
    return _OTHER_FONT.sub(r"\1", svg)


def _as_one(emoji: str, joined: Mapping[str, str]) -> str:
    """Of what the font has no glyph for, each person in their tone, each letter of a flag, the key of a keycap."""
    emoji = emoji.replace(EMOJI_STYLE, "")
    if emoji in joined:
        return joined[emoji]
    if JOINER in emoji:
        return "".join(_as_one(part, joined) for part in emoji.split(JOINER))
    return "".join(joined.get(one, one) for one in emoji if not invisible(one))


def _one_by_one(file: bytes, earlier: frozenset[int]) -> tuple[bytes, dict[str, str]]:
    """The emoji font in one weight, without what puts glyphs together; and a character for each that it then lacks."""
    font = _opened(file)
    names = font.getBestCmap()
    written = {name: chr(point) for point, name in names.items()}
    glyphs = {chr(point): name for point, name in names.items() if 0x1F1E6 <= point <= 0x1F1FF}  # letters of flags
    for lookup in font["GSUB"].table.LookupList.Lookup:
        if lookup.LookupType == 4:  # OpenType's ligature substitution
            for first, found in ((first, one) for part in lookup.SubTable for first, one in part.ligatures.items()):
                for one in found:
                    if {first, *one.Component} <= written.keys():
                        several = "".join(written[name] for name in (first, *one.Component)).replace(EMOJI_STYLE, "")
                        glyphs.setdefault(several, one.LigGlyph)
    joined = {several: chr(_PRIVATE + at) for at, several in enumerate(glyphs)}
    for table in ("GSUB", "fvar", "gvar", "HVAR", "VVAR", "STAT"):
        del font[table]
    _unmap(font, earlier)
    for table in font["cmap"].tables:
        if table.format == 12:  # which knows code points above U+FFFF
            table.cmap.update({ord(joined[several]): name for several, name in glyphs.items()})
    return _saved(font), joined


def _without(file: bytes, characters: frozenset[int]) -> bytes:
    font = _opened(file)
    _unmap(font, characters)
    return _saved(font)


def _unmap(font: TTFont, characters: frozenset[int]) -> None:
    for table in font["cmap"].tables:
        for point in characters & table.cmap.keys():
            del table.cmap[point]


def _opened(file: bytes) -> TTFont:
    return TTFont(io.BytesIO(file), lazy=True, recalcTimestamp=False, recalcBBoxes=False)


def _saved(font: TTFont) -> bytes:
    reduced = io.BytesIO()
    font.save(reduced, reorderTables=None)
    font.close()
    return reduced.getvalue()
