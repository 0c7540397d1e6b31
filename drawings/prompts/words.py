"""A word cloud in level rows, the most frequent in the middle: the same for the same words, and nothing overlaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from drawings import design
from drawings.lettering import clipped, has_ink, measured
from drawings.lines import line
from drawings.prompts.panel import BODY, Drawn, Panel
from drawings.svg import Element
from workshop.prompts.words import Word, WordsResult
from workshop.tally import PromptBoard

_LARGEST: Final = 68.0
_SMALLEST: Final = 19.0
_COUNT: Final = 0.42  # of the word's type size
_LEADING: Final = 1.24
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Set:
    """A word as it is set: on one line, with how wide it is in all, px."""

    said: str
    count: str
    size: float
    width: float
    bold: bool
    often: bool


class WordsDrawing:
    kind = "words"

    def draw(self, board: PromptBoard, panel: Panel) -> Drawn:
        assert isinstance(board.result, WordsResult)
        cloud = [word for word in board.result.words if has_ink(word.words)]
        if not cloud:
            none = panel.say("No words here.")
            parts, bottom = panel.line(none, panel.y, size=BODY)
            return Drawn(parts, bottom, [none])
        parts, y = [], panel.y
        for row in _middle_out(_rows([_set(word, cloud, panel) for word in cloud], panel.width)):
            parts += _row(row, panel, y)
            y += max(one.size for one in row) * _LEADING
        told = [f"{word.words} ×{panel.say.number(word.count)}" for word in cloud]
        return Drawn(parts, y, told)


def _set(word: Word, cloud: Sequence[Word], panel: Panel) -> _Set:
    """Areas, not heights, grow with the count; a phrase too long for the row is set smaller, then ends with …"""
    top, share = cloud[0].count, 0.0
    if top > 1:
        share = (word.count - 1) / (top - 1)
    largest = _LARGEST if len(cloud) <= 60 else _LARGEST * 0.75
    size = _SMALLEST + (largest - _SMALLEST) * share**0.6 if top > 1 else 28.0 if len(cloud) <= 30 else 22.0
    bold = share >= 0.5
    text = measured(word.words, bold=bold)
    count = panel.say.number(word.count) if word.count > 1 else ""
    tail = measured(count).width * _COUNT + 0.12 if count else 0.0
    size = max(_SMALLEST, min(size, panel.width / (text.width + tail + 0.01)))
    most = panel.width / size - tail
    said = clipped(text.lines(most), 1, most, bold)[0]
    wide = (measured(said, bold=bold).width + tail) * size
    return _Set(said, count, size, wide, bold, word.count > 1)


def _rows(words: Sequence[_Set], width: float) -> list[list[_Set]]:
    """Filled in their order, so that the frequent ones stand together."""
    rows: list[list[_Set]] = [[]]
    used = 0.0
    for word in words:
        gap = word.size * 0.7
        if rows[-1] and used + gap + word.width > width:
            rows.append([])
            used = 0.0
        used += word.width + (gap if rows[-1] else 0.0)
        rows[-1].append(word)
    return rows


def _middle_out(rows: list[list[_Set]]) -> list[list[_Set]]:
    """The first row in the middle, the following ones below and above it in turns; within a row likewise."""
    return [_around(row) for row in _around(rows)]


def _around(found: Sequence[_T]) -> list[_T]:
    return [*reversed(found[1::2]), *found[0::2]]


def _row(row: Sequence[_Set], panel: Panel, y: float) -> list[Element]:
    tall = max(one.size for one in row)
    wide = sum(one.width for one in row)
    # Rows were filled with gaps by each word's own size; between neighbours all are alike.
    gap = min((panel.width - wide) / max(1, len(row) - 1), tall * 0.7)
    x = panel.x + (panel.width - wide - gap * (len(row) - 1)) / 2
    base = y + tall * (_LEADING / 2 + design.CAP_SHIFT * 0.95)
    parts: list[Element] = []
    for one in row:
        ink = panel.stage.strong if one.often else panel.palette.soft
        parts.append(line(one.said, x=x, y=base, size=one.size, ink=ink, bold=one.bold))
        if one.count:
            small = one.size * _COUNT
            right = x + one.width
            high = base - one.size * 0.36
            parts.append(line(one.count, x=right, y=high, size=small, ink=panel.palette.soft, anchor="end"))
        x += one.width + gap
    return parts


DRAWING = WordsDrawing()
