"""The fonts that pictures are set in: which glyphs they have and how wide. Never the machine's own fonts."""

from __future__ import annotations

import io
import unicodedata
from functools import cache
from typing import Final

import pymupdf_fonts
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

# In the order in which a glyph is looked for: (family name, code of the regular cut, code of the bold cut) as the
# package pymupdf-fonts names them. FiraGO has Latin, Cyrillic, Greek, Hebrew, Arabic, Thai and Georgian; Noto Sans
# adds the rare letters; the last three have one cut only and carry signs and part of the emoji, in one colour.
_TEXT: Final = (("FiraGO", "figo", "figbo"), ("Noto Sans", "notos", "notosbo"))
_SIGNS: Final = (
    ("Noto Sans Symbols2", "symbol2", "symbol2"),
    ("Noto Sans Symbols", "symbol1", "symbol1"),
    ("Noto Sans Math", "math", "math"),
)
_CHAIN: Final = _TEXT + _SIGNS

# Latin with all accents, Cyrillic, punctuation and arrows: what a browser gets. It has other fonts for more.
BROWSERS: Final = ((0x20, 0x24F), (0x300, 0x36F), (0x400, 0x45F), (0x2000, 0x206F), (0x20AC, 0x20AC), (0x2116, 0x2116),
                    (0x2190, 0x2193), (0x2212, 0x2212))  # fmt: skip

DEFAULT_FAMILY: Final = _CHAIN[0][0]

FAMILIES: Final = f"{DEFAULT_FAMILY}, sans-serif"
"""Value of a picture's `font-family`. Runs that need another font name it; a browser without FiraGO has its own."""


class GlyphMissing(Exception):
    """Words of our own hold characters that the fonts cannot draw. `characters` names them; the text is not kept."""

    def __init__(self, characters: set[str]) -> None:
        self.characters = frozenset(characters)
        listed = ", ".join(f"U+{ord(character):04X}" for character in sorted(characters))
        super().__init__(f"no font of the pinned package has: {listed}")


class _Cut:
    """One font file: the characters it has and their advances in em (hmtx advance over unitsPerEm)."""

    def __init__(self, code: str) -> None:
        font = TTFont(io.BytesIO(font_bytes(code)), lazy=True)
        units = float(font["head"].unitsPerEm)
        advances = font["hmtx"].metrics
        self.advance: dict[int, float] = {
            point: advances[glyph][0] / units for point, glyph in font.getBestCmap().items()
        }
        font.close()


@cache
def _cut(code: str) -> _Cut:
    return _Cut(code)


def font_bytes(code: str) -> bytes:
    """The font file with that code, as the package holds it (it is unpacked anew at every call)."""
    return bytes(pymupdf_fonts.myfont(code))


def renderer_fonts() -> dict[str, bytes]:
    """Font files for a renderer by code. Each maps only those characters that the families before it lack.

    resvg sets a whole line in a fallback font that has all of its characters, which loses the line's face, weight and
    measured width (usvg's text shaping: "if all glyphs were matched, replace all of them"). Without the letters in the
    fallback's character map only the missing glyphs are taken from it. Takes some tenths of a second: for workers.
    """
    files: dict[str, bytes] = {}
    earlier: frozenset[int] = frozenset()
    for _, regular, bold in _CHAIN:
        for code in (regular, bold):
            if code not in files:
                files[code] = _without(font_bytes(code), earlier) if earlier else font_bytes(code)
        earlier |= _cut(regular).advance.keys() & _cut(bold).advance.keys()
    return files


def _without(file: bytes, characters: frozenset[int]) -> bytes:
    font = TTFont(io.BytesIO(file), lazy=True, recalcTimestamp=False, recalcBBoxes=False)
    for table in font["cmap"].tables:
        for point in characters & table.cmap.keys():
            del table.cmap[point]
    reduced = io.BytesIO()
    font.save(reduced, reorderTables=None)
    font.close()
    return reduced.getvalue()


def for_browsers(code: str) -> bytes:
    """The letters and signs of our five languages of that font as WOFF, some 60 kB. Takes seconds: for threads."""
    from fontTools import subset  # type: ignore[import-untyped]  # slow to load, and few servers show pages

    font = TTFont(io.BytesIO(font_bytes(code)), recalcTimestamp=False)
    options = subset.Options(layout_features=["kern", "mark", "mkmk", "ccmp", "locl"])
    reduced = subset.Subsetter(options)
    reduced.populate(unicodes=[point for first, last in BROWSERS for point in range(first, last + 1)])
    reduced.subset(font)
    font.flavor = "woff"
    made = io.BytesIO()
    font.save(made)
    font.close()
    return made.getvalue()


def probes() -> tuple[tuple[str, str], ...]:
    """(family, a character that this family has and the earlier ones lack): what proves that a renderer has it."""
    found: list[tuple[str, str]] = []
    earlier: set[int] = set()
    for family, regular, bold in _CHAIN:
        own = _cut(regular).advance.keys() & _cut(bold).advance.keys()
        # A letter, number or sign leaves ink; a blank or an accent would prove nothing.
        point = next(point for point in sorted(own - earlier) if unicodedata.category(chr(point))[0] in "LNS")
        found.append((family, chr(point)))
        earlier |= own
    return tuple(found)


def missing_glyphs(text: str, *, signs: bool = True) -> set[str]:
    """Characters of `text` that the pinned fonts lack in the regular or the bold cut.

    With `signs=False` only the text fonts count: what our own words may use.
    """
    chain = _CHAIN if signs else _TEXT
    return {character for character in set(text) if not any(_has(cuts, character) for cuts in chain)}


def require_glyphs(text: str) -> str:
    """`text` itself when the text fonts have all of it. Raises GlyphMissing: for our own words only."""
    missing = missing_glyphs(text, signs=False)
    if missing:
        raise GlyphMissing(missing)
    return text


def advance(text: str, *, bold: bool = False) -> float:
    """Width of `text` in em: the sum of its glyphs' advances. Kerning is left out, which errs a little to the wide.

    Source: OpenType `hmtx` advanceWidth over `head` unitsPerEm. Multiply by the type size for px. A character that no
    font has counts as one em.
    """
    return sum(_advance_of(character, bold) for character in text)


@cache
def _advance_of(character: str, bold: bool) -> float:
    for cuts in _CHAIN:
        if _has(cuts, character):
            return _cut(cuts[2] if bold else cuts[1]).advance[ord(character)]
    return 1.0


def runs(text: str) -> tuple[tuple[str, str], ...]:
    """(family, run of characters) in order: which font draws which part. What no font has is left to the first."""
    found: list[tuple[str, str]] = []
    for character in text:
        family = family_of(character)
        if found and found[-1][0] == family:
            found[-1] = (found[-1][0], found[-1][1] + character)
        else:
            found.append((family, character))
    return tuple(found)


@cache
def family_of(character: str) -> str:
    """The family that draws this character; the first one where none has it."""
    return next((cuts[0] for cuts in _CHAIN if _has(cuts, character)), DEFAULT_FAMILY)


def _has(cuts: tuple[str, str, str], character: str) -> bool:
    point = ord(character)
    return point in _cut(cuts[1]).advance and point in _cut(cuts[2]).advance
