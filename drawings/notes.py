"""Sentences as papers in columns: how tall each is, how they share columns, how they are drawn. Never chooses which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from drawings import design
from drawings.lettering import Text, is_right_to_left, measured
from drawings.lines import line, paragraph
from drawings.svg import Element, element
from drawings.view import Sentence

_NAME_SIZE: Final = 0.78  # of the sentence's type size


@dataclass(frozen=True, slots=True)
class Setting:
    """How papers are set. Sizes in px, paddings in em of the type size.

    `beside` puts the author at the end of the sentence's last line where there is room.
    """

    size: float
    column_width: float
    gap: float
    leading: float = design.LEADING
    pad_x: float = 0.8
    pad_y: float = 0.65
    beside: bool = False
    palette: design.Palette = design.LIGHT

    @property
    def room(self) -> float:
        """Width that text may take, px."""
        return self.column_width - 2 * self.pad_x * self.size


@dataclass(frozen=True, slots=True)
class Note:
    """One sentence with its author, measured once; `right_to_left` sets it flush right."""

    sentence: Sentence
    text: Text
    who: Text
    right_to_left: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where one note hangs: column and row from 0, top and height in px."""

    column: int
    row: int
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Wall:
    """Where every note hangs, in the notes' order, and the size of the whole in px."""

    places: tuple[Place, ...]
    setting: Setting
    width: float
    height: float


def note(sentence: Sentence) -> Note:
    """The sentence as a note."""
    text = measured(sentence.text)
    return Note(sentence, text, measured(sentence.signed), is_right_to_left(" ".join(text.words)))


def hang(
    notes: Sequence[Note], columns: int, setting: Setting, *, room: float = float("inf"), stretch: float = 0.0
) -> Wall:
    """Hang the notes in their order, each in the column that ends highest, and let all columns end on one line. What
    would end below `room` px is not hung any more, nor is what follows it: the wall then has fewer places. A wall
    that is higher than `stretch` of the room is stretched to it."""
    heights: list[float] = []
    ends = [0.0] * columns
    shelves: list[list[int]] = [[] for _ in range(columns)]
    for at, one in enumerate(notes):
        height = _height(one, setting)
        # A hundredth of a px must not decide: nearly equal columns are filled from the left.
        column = min(range(columns), key=lambda one: (round(ends[one]), one))
        if ends[column] + height > room:
            break
        heights.append(height)
        ends[column] += height + setting.gap
        shelves[column].append(at)
    tallest = max(max(ends, default=0.0) - setting.gap, 0.0)
    tallest = room if 0 < stretch * room < tallest else tallest
    places: dict[int, Place] = {}
    for column, shelf in enumerate(shelves):
        spare = (tallest - (ends[column] - setting.gap)) / max(1, len(shelf))
        top = 0.0
        for row, at in enumerate(shelf):
            places[at] = Place(column, row, top, heights[at] + spare)
            top += heights[at] + spare + setting.gap
    width = columns * (setting.column_width + setting.gap) - setting.gap
    return Wall(tuple(places[at] for at in range(len(heights))), setting, width, tallest)


def draw(notes: Sequence[Note], wall: Wall, *, x: float, y: float) -> Element:
    """The wall with its top left corner at (x, y)."""
    parts: list[Element] = []
    setting, palette = wall.setting, wall.setting.palette
    for one, place in zip(notes, wall.places, strict=True):
        left, top = x + place.column * (setting.column_width + setting.gap), y + place.top
        paper = element(
            "rect",
            x=left,
            y=top,
            width=setting.column_width,
            height=place.height,
            rx=8,
            fill=palette.surface,
            stroke=palette.rule,
            stroke_width=1,
        )
        parts += [paper, *_writing(one, left, top, place.height, setting)]
    return element("g", *parts)


def _lines(one: Note, setting: Setting) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """Lines of the sentence, lines of the author, and whether the author stands on the sentence's last line."""
    who = one.who.lines(setting.room / (setting.size * _NAME_SIZE))
    text = one.text.lines(setting.room / setting.size)
    if not setting.beside or one.right_to_left:
        return text, who, False
    last = measured(text[-1]).width * setting.size if text else 0.0
    return text, who, len(who) == 1 and last + (one.who.width * _NAME_SIZE + 1) * setting.size <= setting.room


def _block(text: int, who: int, setting: Setting) -> float:
    """Height of so many lines of the sentence and of the author, px."""
    return setting.size * (setting.leading * (text + _NAME_SIZE * who) + (0.25 if who else 0.0))


def _height(one: Note, setting: Setting) -> float:
    text, who, beside = _lines(one, setting)
    return 2 * setting.pad_y * setting.size + _block(len(text), 0 if beside else len(who), setting)


def _writing(one: Note, x: float, y: float, height: float, setting: Setting) -> list[Element]:
    """The sentence from the top, the author at the foot: papers of one row end alike however much each says."""
    text, who, beside = _lines(one, setting)
    size, small = setting.size, setting.size * _NAME_SIZE
    pad, width = setting.pad_x * size, setting.column_width
    right, palette = one.right_to_left, setting.palette
    at_x, anchor = (x + width - pad, "end") if right else (x + pad, None)
    step = size * setting.leading
    first = y + setting.pad_y * size + step / 2 + size * design.CAP_SHIFT
    parts = [
        line(said, x=at_x, y=first + at * step, size=size, ink=palette.ink, anchor=anchor, right_to_left=right)
        for at, said in enumerate(text)
    ]
    side = (x + pad, None) if right else (x + width - pad, "end")
    if beside:
        last = first + (len(text) - 1) * step
        return [*parts, line(who[0], x=side[0], y=last, size=small, ink=palette.soft, anchor=side[1])]
    foot = y + height - setting.pad_y * size - len(who) * small * setting.leading
    return parts + paragraph(who, x=side[0], y=foot, size=small, ink=palette.soft, anchor=side[1])
