"""The fonts that pictures are set in: which glyphs they have and how wide. Never the machine's own fonts."""

from __future__ import annotations

import io
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Final

import pymupdf_fonts
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from drawings.emoji import JOINER, TONES, keycaps

# In the order in which a glyph is looked for: (family name, code of the regular cut, code of the bold cut) as the
# package pymupdf-fonts names them. FiraGO has Latin, Cyrillic, Greek, Hebrew, Arabic, Thai and Georgian; Noto Sans
# adds the rare letters; then emoji in one colour, from a package of their own; the last three carry signs. What is
# neither text has one cut only.
_TEXT: Final = (("FiraGO", "figo", "figbo"), ("Noto Sans", "notos", "notosbo"))
EMOJI: Final = ("Noto Emoji", "emoji", "emoji")
_SIGNS: Final = (
    ("Noto Sans Symbols2", "symbol2", "symbol2"),
    ("Noto Sans Symbols", "symbol1", "symbol1"),
    ("Noto Sans Math", "math", "math"),
)
CHAIN: Final = (*_TEXT, EMOJI, *_SIGNS)

NO_GLYPH: Final = "☐"
"""What stands on a drawing for a character that none of the fonts has."""

_EMOJI_WIDTH: Final = 1.4
"""em: an emoji's room. Noto Emoji draws it 1.27 wide, but a page's reader has a font of their own: the widest of those
in common use, Segoe UI Emoji, takes 1.37."""

# Latin with all accents, Cyrillic, punctuation and arrows: what a browser gets. It has other fonts for more.
BROWSERS: Final = ((0x20, 0x24F), (0x300, 0x36F), (0x400, 0x45F), (0x2000, 0x206F), (0x20AC, 0x20AC), (0x2116, 0x2116),
                    (0x2190, 0x2193), (0x2212, 0x2212))  # fmt: skip

DEFAULT_FAMILY: Final = CHAIN[0][0]

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
    """The font file with that code, as its package holds it (it is unpacked anew at every call)."""
    if code == EMOJI[1]:
        return (files("manimgx_fonts") / "NotoEmoji[wght].ttf").read_bytes()
    return bytes(pymupdf_fonts.myfont(code))


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
    for family, regular, bold in CHAIN:
        own = _cut(regular).advance.keys() & _cut(bold).advance.keys()
        # A letter, number or sign leaves ink; a blank or an accent would prove nothing.
        point = next(point for point in sorted(own - earlier) if unicodedata.category(chr(point))[0] in "LNS")
        found.append((family, chr(point)))
        earlier |= own
    return tuple(found)


def characters(code: str) -> frozenset[int]:
    """The code points that this font has."""
    return frozenset(_cut(code).advance)


def missing_glyphs(text: str, *, signs: bool = True) -> set[str]:
    """Characters of `text` that the pinned fonts lack in the regular or the bold cut.

    With `signs=False` only the text fonts count: what our own words may use.
    """
    chain = CHAIN if signs else _TEXT
    return {character for character in set(text) if not any(_has(cuts, character) for cuts in chain)}


def require_glyphs(text: str) -> str:
    """`text` itself when the text fonts have all of it. Raises GlyphMissing: for our own words only."""
    missing = missing_glyphs(text, signs=False)
    if missing:
        raise GlyphMissing(missing)
    return text


def advance(text: str, *, bold: bool = False) -> float:
    """Width of `text` in em: the sum of its glyphs' advances. Kerning is left out, which errs a little to the wide.

    Source: OpenType `hmtx` advanceWidth over `head` unitsPerEm. Multiply by the type size for px. An emoji of several
    counts as all of them, since a reader's font may lack the one; a skin tone as nothing, since it colours what is
    there. A character that no font has counts as one em, a pictograph as an emoji.
    """
    return sum(_advance_of(character, bold) for character in text)


@cache
def _advance_of(character: str, bold: bool) -> float:
    if character in TONES:
        return 0.0
    for cuts in CHAIN:
        if _has(cuts, character):
            wide = _cut(cuts[2] if bold else cuts[1]).advance[ord(character)]
            return max(wide, _EMOJI_WIDTH) if wide and cuts is EMOJI else wide
    return _EMOJI_WIDTH if _is_pictograph(character) else 1.0


def runs(text: str) -> tuple[tuple[str, str], ...]:
    """(family, run of characters) in order: which font draws which part. An emoji of several characters is one run.
    What no font has goes to the font of the sign that may stand for it."""
    found: list[tuple[str, str]] = []
    caps = keycaps(text)
    for at, character in enumerate(text):
        family = EMOJI[0] if at in caps else family_of(character)
        if found and (found[-1][0] == family or (character == JOINER and found[-1][0] == EMOJI[0])):
            found[-1] = (found[-1][0], found[-1][1] + character)
        else:
            found.append((family, character))
    return tuple(found)


@cache
def family_of(character: str) -> str:
    """The family that draws this character; where none has it, the one that has the sign for that."""
    return next((cuts[0] for cuts in CHAIN if _has(cuts, character)), "") or family_of(NO_GLYPH)


@cache
def is_emoji(character: str) -> bool:
    """Whether it is drawn as an emoji: not one of those that only join, style or colour others. Nothing is none."""
    return bool(character) and family_of(character) == EMOJI[0] and _advance_of(character, False) > 0


@cache
def left_to_readers(character: str) -> bool:
    """Whether a drawing keeps this character though none of the fonts has it: it is as wide in every font, so that the
    reader's own may draw it. Chinese, Japanese and Korean are (UAX 11), and pictographs newer than the fonts."""
    wide = unicodedata.east_asian_width(character) in "WF" and unicodedata.category(character)[0] in "LNPS"
    return bool(missing_glyphs(character)) and (wide or _is_pictograph(character))


def _is_pictograph(character: str) -> bool:
    """In a block that Unicode keeps for them, now or for later versions."""
    return 0x1F000 <= ord(character) <= 0x1FAFF


def _has(cuts: tuple[str, str, str], character: str) -> bool:
    point = ord(character)
    return point in _cut(cuts[1]).advance and point in _cut(cuts[2]).advance
