"""What people wrote as papers in columns: quotes, notes, filled forms. Chooses and judges nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from drawings.design import LEADING, Palette
from drawings.lettering import Text, is_right_to_left, measured
from drawings.lines import paragraph
from drawings.prompts.panel import BODY, SMALL, Panel
from drawings.svg import Element, element, number, written
from workshop.prompts.kind import fold
from workshop.prompts.notes import Note
from workshop.prompts.text import Quote
from workshop.translations import first_into

_PAD: Final = 14.0
_GAP: Final = 10.0
_BETWEEN: Final = 4.0
_NAMES: Final = 3
"""Authors named beside what several people wrote."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A piece of a paper: people's words in ink, what is ours or names in soft ink."""

    words: str
    soft: bool = False
    bold: bool = False
    size: float = BODY

    @property
    def text(self) -> Text:
        """Measured where it is drawn: of thousands of notes most are only told."""
        return measured(self.words, bold=self.bold)


@dataclass(frozen=True, slots=True)
class Paper:
    paragraphs: tuple[Paragraph, ...]

    @property
    def told(self) -> str:
        return " · ".join(one.words for one in self.paragraphs)


def quotes(entries: Sequence[Note | Quote], panel: Panel) -> list[Paper]:
    """A paper for each different text, the most frequent first and then as they came: how many wrote it, and who."""
    papers = []
    for equal in _equal_ones(tuple(entries)):
        names = list(dict.fromkeys(panel.signed(entry.who) for entry in equal if entry.who))
        whose = ", ".join(names[:_NAMES]) + (" …" if len(names) > _NAMES else "")
        times = f"×{panel.say.number(len(equal))}" if len(equal) > 1 else ""
        below = "  ".join(part for part in (times, whose) if part)
        into = first_into((entry.into for entry in equal), panel.say.language)
        papers.append(Paper((*paragraphs(equal[0].words, into, panel), *_signature(below))))
    return papers


@lru_cache(64)
def _equal_ones(entries: tuple[Note | Quote, ...]) -> Sequence[Sequence[Note | Quote]]:
    """Put together once for the readers of all languages."""
    same: dict[str, list[Note | Quote]] = {}
    for entry in entries:
        same.setdefault(fold(entry.words), []).append(entry)
    return sorted(same.values(), key=lambda equal: -len(equal))


def paragraphs(words: str, into: str, panel: Panel) -> tuple[Paragraph, ...]:
    """What somebody wrote; where a moderator has translated it for this reader, that first and the original below."""
    if not into:
        return (Paragraph(words),)
    written = panel.say("translated by a moderator; as written: {words}", words=words)
    return Paragraph(into), Paragraph(written, soft=True, size=SMALL)


def _signature(text: str) -> tuple[Paragraph, ...]:
    return (Paragraph(text, soft=True, size=SMALL),) if text else ()


def hang(
    papers: Sequence[Paper], panel: Panel, *, x: float, y: float, width: float, columns: int
) -> tuple[list[Element], float]:
    """In their order, each in the column that ends highest. Gives the elements and the lower edge, px."""
    wide = (width - _GAP * (columns - 1)) / columns
    ends = [y] * columns
    parts: list[Element] = []
    for paper in papers:
        column = min(range(columns), key=lambda one: (round(ends[one]), one))
        drawn, tall = _paper(paper, panel.palette, wide)
        place = f"translate({number(x + column * (wide + _GAP))} {number(ends[column])})"
        parts.append(element("g", drawn, transform=place))
        ends[column] += tall + _GAP
    return parts, max(ends) - (_GAP if papers else 0.0)


@lru_cache(2048)
def _paper(paper: Paper, palette: Palette, width: float) -> tuple[Element, float]:
    """A paper and its height, px, as if it hung in the corner: drawn once for all languages, and the same
    wherever it hangs, so that a page where others have grown is only told the new places."""
    room, at = width - 2 * _PAD, _PAD
    inside: list[Element] = []
    for nth, one in enumerate(paper.paragraphs):
        at += _BETWEEN if nth and one.soft else 0
        lines = one.text.lines(room / one.size)
        right = is_right_to_left(one.words)
        inside += paragraph(
            lines,
            x=width - _PAD if right else _PAD,
            y=at,
            size=one.size,
            ink=palette.soft if one.soft else palette.ink,
            anchor="end" if right else None,
            bold=one.bold,
            right_to_left=right,
        )
        at += len(lines) * one.size * LEADING + _BETWEEN
    tall = at - _BETWEEN + _PAD
    ground = element(
        "rect", x=0, y=0, width=width, height=tall, rx=8, fill=palette.surface, stroke=palette.rule, stroke_width=1
    )
    return written([ground, *inside]), tall


def columns_for(papers: int, width: float) -> int:
    """How many columns so many papers have."""
    return max(1, min(papers, int(width // 280)))
