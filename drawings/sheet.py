"""The full-size summary's pages: the cycle with all sentences on one, or honestly on several. Never cuts a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from drawings import design
from drawings.cycle import Cycle
from drawings.head import foot, heading, ruled
from drawings.lettering import has_ink
from drawings.notes import Note, Setting, Wall, draw, hang, note
from drawings.svg import Element
from drawings.view import Sentence, SummaryView


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its size in px of the drawing, in CSS px if it is printed, the title's type size, and the sizes between
    which the sentences are set. `pixels` is the PNG's width."""

    width: float
    height: float
    title: float
    largest: int
    smallest: int
    pixels: int
    paper: tuple[float, float] | None = None

    @property
    def edge(self) -> float:
        return self.width * 0.03


A3: Final = Sheet(1680, 1188, 44, 30, 13, 4961, (420 / 25.4 * 96, 297 / 25.4 * 96))
"""Four px of the drawing a millimetre, printed with 300 dots an inch: sentences of 13 px are of 9.2 points. An SVG's
own px are 1/96 inch (CSS), which makes the paper 420 × 297 mm."""
SCREEN: Final = Sheet(1920, 1080, 50, 38, 20, 1920)

_AIR: Final = 24.0
_HEADING: Final = 0.7  # of the title's type size
_CYCLE: Final = 0.42  # of the width


@dataclass(frozen=True, slots=True)
class SheetPage:
    """One page: what it shows of the sentences, from which one on, and which of how many pages it is."""

    notes: tuple[Note, ...]
    wall: Wall
    number: int
    of: int

    @property
    def shown(self) -> tuple[Sentence, ...]:
        return tuple(one.sentence for one in self.notes)


def laid_out(view: SummaryView, sheet: Sheet, palette: design.Palette) -> tuple[SheetPage, ...]:
    """As few pages as the smallest type needs; on so many, the largest type that needs no more of them."""
    notes = [note(sentence) for sentence in view.sentences if has_ink(sentence.text)]
    size = sheet.smallest
    found = _walls(view, notes, sheet, size, palette)
    while size < sheet.largest:
        larger = _walls(view, notes, sheet, size + 1, palette)
        if len(larger) > len(found):
            break
        size, found = size + 1, larger
    pages, start = [], 0
    for number, wall in enumerate(found, 1):
        until = start + len(wall.places)
        pages.append(SheetPage(tuple(notes[start:until]), wall, number, len(found)))
        start = until
    return tuple(pages)


def paint(view: SummaryView, page: SheetPage, sheet: Sheet, palette: design.Palette) -> list[Element]:
    """One page's elements: the cycle at the left of the first."""
    parts, below = _heading(view, sheet, palette)
    x, y, width, _ = _room(below, sheet, first=page.number == 1)
    if page.number == 1:
        parts += _cycle(view, sheet, below, palette).draw(x=sheet.edge, y=below + _AIR)
    size = sheet.title * _HEADING
    parts += ruled(view.words.take_home, x=x, y=y - _AIR - size / 2, width=width, size=size, palette=palette)
    parts.append(draw(page.notes, page.wall, x=x, y=y))
    foots = [view.words.nobody] if not page.notes else []
    if page.of > 1:
        foots = ["", view.words.page(page.number, page.of)]
    line = sheet.height - sheet.edge * 0.5
    if not page.notes:
        line = y + 30
    return parts + foot(foots, x=x, y=line, size=20, width=width, palette=palette)


def _walls(
    view: SummaryView, notes: Sequence[Note], sheet: Sheet, size: int, palette: design.Palette
) -> tuple[Wall, ...]:
    """The sentences at that type size, page by page; there is one page at least."""
    _, below = _heading(view, sheet, palette)
    walls: list[Wall] = []
    left = list(notes)
    while left or not walls:
        _, _, width, height = _room(below, sheet, first=not walls)
        wall = _fullest(left, width, height, size, palette)
        # One that is taller than a page by itself (140 characters that all have to be named) is set smaller.
        small = float(size)
        while left and not wall.places:
            small *= 0.9
            wall = _fullest(left, width, height, small, palette)
        walls.append(wall)
        left = left[len(wall.places) :]
    return tuple(walls)


def _fullest(notes: Sequence[Note], width: float, height: float, size: float, palette: design.Palette) -> Wall:
    """The wall that takes most of the notes; of equal ones the lowest, with the most columns."""
    gap = size * 0.6
    found: list[Wall] = []
    for columns in range(1, 9):
        column = (width - gap * (columns - 1)) / columns
        if size * 13 <= column <= size * 30 or (columns == 1 and not found):
            setting = Setting(size, column, gap, palette=palette, beside=True)
            found.append(hang(notes, columns, setting, room=height, stretch=0.8))
    return max(found, key=lambda wall: (len(wall.places), -wall.height, -wall.setting.column_width))


def _heading(view: SummaryView, sheet: Sheet, palette: design.Palette) -> tuple[list[Element], float]:
    width = sheet.width - 2 * sheet.edge
    return heading(view, x=sheet.edge, y=sheet.edge * 0.7, width=width, size=sheet.title, palette=palette)


def _room(below: float, sheet: Sheet, *, first: bool) -> tuple[float, float, float, float]:
    """(x, y, width, height) that the sentences have: beside the cycle on the first page, else the whole width."""
    left = sheet.edge + (sheet.width * _CYCLE + 2 * _AIR if first else 0)
    top = below + 2 * _AIR + sheet.title * _HEADING
    return left, top, sheet.width - sheet.edge - left, sheet.height - sheet.edge * 0.5 - _AIR - top


def _cycle(view: SummaryView, sheet: Sheet, below: float, palette: design.Palette) -> Cycle:
    people = (str(view.people), view.words.people)
    height = sheet.height - below - _AIR - sheet.edge
    return Cycle(view.stages, people, sheet.width * _CYCLE, height, size=sheet.title * 0.5, palette=palette, whole=True)
