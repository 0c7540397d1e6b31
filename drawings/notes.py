"""Sticky notes: how tall each is, how they share columns, how they are drawn. Never chooses which are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from drawings import design
from drawings.lettering import Text, is_right_to_left, measured
from drawings.lines import line
from drawings.svg import Element, element
from drawings.view import Sentence

_NAME_SIZE: Final = 0.8  # of the sentence's type size
_TILTS: Final = (-0.55, 0.35, 0.6, -0.3, 0.45, -0.6, 0.25)  # degrees; seven, so that no column repeats its neighbour
_TILTED: Final = 120  # the largest wall whose papers tilt
_COLOURS: Final = (0, 2, 1, 3)  # a column's order of colours; the next column is one further, so neighbours differ


@dataclass(frozen=True, slots=True)
class Setting:
    """How notes are set. Sizes in px, paddings in em of the type size.

    `beside` puts the author at the end of the sentence's last line where there is room.
    """

    size: float
    column_width: float
    gap: float
    leading: float = design.LEADING
    pad_x: float = 0.8
    pad_y: float = 0.62
    beside: bool = False

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
    return Note(sentence, text, measured(sentence.who or ""), is_right_to_left(" ".join(text.words)))


def hang(notes: Sequence[Note], columns: int, setting: Setting) -> Wall:
    """Hang the notes in their order, each in the column that ends highest, and let all columns end on one line."""
    heights = [_height(one, setting) for one in notes]
    ends = [0.0] * columns
    shelves: list[list[int]] = [[] for _ in range(columns)]
    for at, height in enumerate(heights):
        # A hundredth of a px must not decide: nearly equal columns are filled from the left.
        column = min(range(columns), key=lambda one: (round(ends[one]), one))
        ends[column] += height + setting.gap
        shelves[column].append(at)
    tallest = max(max(ends, default=0.0) - setting.gap, 0.0)
    places: dict[int, Place] = {}
    for column, shelf in enumerate(shelves):
        spare = (tallest - (ends[column] - setting.gap)) / max(1, len(shelf))
        top = 0.0
        for row, at in enumerate(shelf):
            places[at] = Place(column, row, top, heights[at] + spare)
            top += heights[at] + spare + setting.gap
    width = columns * (setting.column_width + setting.gap) - setting.gap
    return Wall(tuple(places[at] for at in range(len(notes))), setting, width, tallest)


def draw(notes: Sequence[Note], wall: Wall, *, x: float, y: float) -> Element:
    """The wall with its top left corner at (x, y). Papers tilt a little; their text is level and so stays crisp.

    On a wall of hundreds nobody sees the tilt, and it costs a third of the rendering: there they hang straight.
    """
    parts: list[Element] = []
    width = wall.setting.column_width
    for at, (one, place) in enumerate(zip(notes, wall.places, strict=True)):
        left, top = x + place.column * (width + wall.setting.gap), y + place.top
        colour = design.STAGES[(_COLOURS[place.row % 4] + place.column) % 4]
        parts.append(
            _paper(colour, left, top, width, place.height, _TILTS[at % len(_TILTS)] if len(notes) <= _TILTED else 0)
        )
        parts.extend(_writing(one, colour, left, top, place.height, wall.setting))
    return element("g", *parts)


def _lines(one: Note, setting: Setting) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """Lines of the sentence, lines of the author, and whether the author stands on the sentence's last line."""
    who = one.who.lines(setting.room / (setting.size * _NAME_SIZE))
    if setting.beside:
        text = one.text.lines(setting.room / setting.size)
        last = measured(text[-1]).width * setting.size if text else 0.0
        beside = len(who) == 1 and last + (one.who.width * _NAME_SIZE + 1) * setting.size <= setting.room
        return text, who, beside and not one.right_to_left
    return one.text.balanced(setting.room / setting.size), who, False


def _block(text: int, who: int, setting: Setting) -> float:
    """Height of so many lines of the sentence and of the author, px."""
    return setting.size * (setting.leading * (text + _NAME_SIZE * who) + (0.1 if who else 0.0))


def _height(one: Note, setting: Setting) -> float:
    # Balancing never adds a line, so the plain count is the height of what is drawn, and is quicker to find.
    text = one.text.lines(setting.room / setting.size)
    _, who, beside = _lines(one, setting) if setting.beside else ((), one.who.lines(_who_room(setting)), False)
    return 2 * setting.pad_y * setting.size + _block(len(text), 0 if beside else len(who), setting)


def _who_room(setting: Setting) -> float:
    return setting.room / (setting.size * _NAME_SIZE)


def _paper(colour: design.StageColour, x: float, y: float, width: float, height: float, tilt: float) -> Element:
    # Large papers would run into their neighbours if they turned as far as small ones do.
    tilt *= min(1.0, 300 / max(width, height))
    turn = f"rotate({tilt:.2f} {x + width / 2:.2f} {y + height / 2:.2f})" if tilt else None
    return element(
        "g",
        element("rect", x=x + 1, y=y + 3, width=width, height=height, rx=3, fill=design.SHADOW, fill_opacity=0.13),
        element("rect", x=x, y=y, width=width, height=height, rx=3, fill=colour.tint),
        element("rect", x=x, y=y, width=width, height=4, rx=2, fill=colour.strong, fill_opacity=0.55),
        transform=turn,
    )


def _writing(
    one: Note, colour: design.StageColour, x: float, y: float, height: float, setting: Setting
) -> list[Element]:
    text, who, beside = _lines(one, setting)
    size, small = setting.size, setting.size * _NAME_SIZE
    pad, width = setting.pad_x * size, setting.column_width
    right = one.right_to_left
    at_x, anchor = (x + width - pad, "end") if right else (x + pad, None)
    middle = y + (height - _block(len(text), 0 if beside else len(who), setting)) / 2
    step = size * setting.leading
    parts: list[Element] = []
    baseline = middle
    for said in text:
        baseline = middle + step / 2 + size * design.CAP_SHIFT
        parts.append(line(said, x=at_x, y=baseline, size=size, ink=design.INK, anchor=anchor, right_to_left=right))
        middle += step
    if beside:
        parts.append(line(who[0], x=x + width - pad, y=baseline, size=small, ink=colour.strong, anchor="end"))
        return parts
    middle += 0.1 * size
    for said in who:
        baseline = middle + small * (setting.leading / 2 + design.CAP_SHIFT)
        parts.append(line(said, x=at_x, y=baseline, size=small, ink=colour.strong, anchor=anchor))
        middle += small * setting.leading
    return parts
