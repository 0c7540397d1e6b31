"""Makes people's text drawable and breaks it into lines. Never loses a character silently or cuts a word that fits."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from drawings import fonts
from drawings.emoji import CAP, STYLES, TONES, joining, keycaps, parts, styled

_JOINERS: Final = "\u200c\u200d"
_NO_INK: Final = STYLES | TONES | {"\u00a0"}
_MARKS_PER_LETTER: Final = 3
_BREAK_AFTER: Final = "-/\\._@?&=+,;:\u2013\u2014"
# Blanks that may be broken at; the no-break ones (U+00A0, U+202F, U+2007) are left in the word.
_BLANKS: Final = re.compile("[\\s\u0085\u2028\u2029]+")
_NO_BREAK: Final = "\u00a0\u202f\u2007"


@lru_cache(8192)
def plain(text: str) -> str:
    """`text` in NFC, on one line, without control, bidi-control and unassigned-format characters.

    Joiners (U+200C, U+200D) stay between letters, where scripts need them, and within emoji. Lone surrogates become
    U+FFFD.
    """
    kept = text.encode("utf-8", "replace").decode("utf-8") if _has_surrogate(text) else text
    kept = unicodedata.normalize("NFC", kept)
    for sign in _NO_BREAK:
        kept = kept.replace(sign, "\u00a0")
    kept = "\u00a0".join(_BLANKS.sub(" ", part) for part in kept.split("\u00a0"))
    within = joining(kept, fonts.is_emoji)
    characters = [
        character
        for place, character in enumerate(kept)
        if place in within
        or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Zl", "Zp")
        or (character in _JOINERS and _between_letters(kept, place))
    ]
    return "".join(characters).strip(" ")


def drawable(text: str) -> str:
    """`plain(text)` with ☐ for each character that no font has, and none of the reader's may have at a known width.

    At most three accents are stacked on a letter; how many more there were is said: ⟨+17⟩. An accent that the letter's
    own font lacks becomes ☐ too, since no renderer sets a letter in one font and its accent in another; those of ☐ do
    not show.
    """
    pieces: list[str] = []
    marks = 0
    shown = styled(plain(text), fonts.is_emoji)
    caps = keycaps(shown)
    for place, character in enumerate(shown):
        if character in STYLES or place in caps:
            pieces.append(character)
            continue
        marks = marks + 1 if _is_mark(character) else 0
        if marks > _MARKS_PER_LETTER:
            if not _is_mark(shown[place + 1 : place + 2]):
                pieces.append(f"⟨+{marks - _MARKS_PER_LETTER}⟩")
        elif fonts.left_to_readers(character):
            pieces.append(character)
        elif character == CAP or fonts.missing_glyphs(character) or (marks and not _sits_on(pieces, character)):
            if not marks or not pieces or pieces[-1] != fonts.NO_GLYPH:
                pieces.append(fonts.NO_GLYPH)
        else:
            pieces.append(character)
    return "".join(pieces)


def has_ink(text: str) -> bool:
    """Whether anything of `text` would be drawn."""
    return any(character not in _NO_INK for character in plain(text))


def _is_mark(character: str) -> bool:
    return bool(character) and unicodedata.category(character) in ("Mn", "Me")


def _sits_on(pieces: list[str], mark: str) -> bool:
    return not pieces or fonts.family_of(pieces[-1][-1]) == fonts.family_of(mark)


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def _between_letters(text: str, place: int) -> bool:
    around = text[place - 1 : place] + text[place + 1 : place + 2]
    return len(around) == 2 and around.isalpha() and not around.isascii()


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction is of a right-to-left script (rule P2 of Unicode's UAX 9)."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


@dataclass(frozen=True, slots=True)
class Text:
    """A drawable text with its words measured once, in em: widths grow with the type size, so trying sizes is cheap."""

    words: tuple[str, ...]
    widths: tuple[float, ...]
    space: float
    bold: bool = False

    @property
    def widest(self) -> float:
        """Width of the widest word, in em."""
        return max(self.widths, default=0.0)

    @property
    def width(self) -> float:
        """Width on one line, in em."""
        return sum(self.widths) + self.space * max(0, len(self.words) - 1)

    def lines(self, width: float) -> tuple[str, ...]:
        """Broken at blanks to at most `width` em. Only a word that is wider than a line is cut, without a hyphen."""
        lines: list[str] = []
        line: list[str] = []
        used = 0.0
        for word, wide in self._cut_to(width):
            if line and used + self.space + wide > width:
                carried: list[str] = []
                while (
                    len(line) > 1
                    and _leans_on_next(line[-1])
                    and self._wide(line[-1:] + carried) + self.space + wide <= width
                ):
                    carried.insert(0, line.pop())
                lines.append(" ".join(line))
                line, used = carried, self._wide(carried)
            used += wide + (self.space if line else 0.0)
            line.append(word)
        if line:
            lines.append(" ".join(line))
        return tuple(lines)

    def balanced(self, width: float) -> tuple[str, ...]:
        """As few lines as `lines` makes, of nearly one length: for headings."""
        lines = self.lines(width)
        low, high = max(self.width / max(1, len(lines)), min(self.widest, width)), width
        while len(lines) > 1 and high - low > 0.25:
            middle = (low + high) / 2
            tried = self.lines(middle)
            if len(tried) <= len(lines):
                lines, high = tried, middle
            else:
                low = middle
        return lines

    def _wide(self, words: list[str]) -> float:
        return fonts.advance(" ".join(words), bold=self.bold)

    def _cut_to(self, width: float) -> list[tuple[str, float]]:
        parts: list[tuple[str, float]] = []
        for word, wide in zip(self.words, self.widths, strict=True):
            if wide <= width:
                parts.append((word, wide))
            else:
                parts.extend((part, fonts.advance(part, bold=self.bold)) for part in _cut(word, width, self.bold))
        return parts


@lru_cache(4096)
def measured(text: str, *, bold: bool = False) -> Text:
    """People's text made drawable and measured: once for the readers of all languages."""
    shown = drawable(text)
    words = tuple(shown.split(" ")) if shown else ()
    widths = tuple(fonts.advance(word, bold=bold) for word in words)
    return Text(words=words, widths=widths, space=fonts.advance(" ", bold=bold), bold=bold)


def clipped(lines: tuple[str, ...], most: int, width: float, bold: bool = False) -> tuple[str, ...]:
    """The first `most` lines; where that leaves some out, the last one ends with … within `width` em, after a whole
    word if it has several."""
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and fonts.advance(last + " …", bold=bold) > width:
        shorter, _, _ = last.rpartition(" ")
        last = shorter or last[:-1]
    return (*lines[: most - 1], f"{last} …".strip())


def _leans_on_next(word: str) -> bool:
    """A word that does not end a line: of one letter (Polish w, z, i; Bulgarian в, с), or a day or count (12 marca)."""
    return (len(word) == 1 and word.isalpha()) or (len(word) <= 2 and word.isdigit())


def _cut(word: str, width: float, bold: bool) -> list[str]:
    """One overlong word in parts of at most `width` em; after a sign like / or - if one is in the part's later half."""
    found: list[str] = []
    pieces = [
        piece
        for several in parts(word)
        for piece in ([several] if fonts.advance(several, bold=bold) <= width else several)
    ]
    start = 0
    while start < len(pieces):
        end, used = start, 0.0
        while end < len(pieces) and (end == start or used + fonts.advance(pieces[end], bold=bold) <= width):
            used += fonts.advance(pieces[end], bold=bold)
            end += 1
        if end < len(pieces):
            later_half = range((start + end) // 2, end)
            signs = [at for at in later_half if pieces[at] in _BREAK_AFTER or pieces[at + 1 : at + 2] == ["⟨"]]
            end = signs[-1] + 1 if signs else end
            # An accent stays with its letter.
            while end < len(pieces) and end > start + 1 and unicodedata.category(pieces[end][0]).startswith("M"):
                end -= 1
        found.append("".join(pieces[start:end]))
        start = end
    return found
