"""The posted picture's layout: which sentences, how large, how large a cycle. Never cuts a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from drawings import design
from drawings.cycle import Cycle
from drawings.head import foot, heading, ruled
from drawings.lettering import has_ink
from drawings.notes import Note, Setting, Wall, draw, hang, note
from drawings.svg import Element
from drawings.view import Sentence, SummaryView

SIDE: Final = 1024
"""px, both sides: the largest picture that Teams shows in a message."""

_DOZEN: Final = 12
_CYCLES: Final = (400, 380, 360, 340, 320, 300)
_SMALL_CYCLES: Final = (340, 320, 300, 280, 260, 244, 228)
_SIZES: Final = (40, 36, 34, 32, 30, 28, 26, 24, 23, 22, 21, design.SMALLEST)
_PX_OF_CYCLE: Final = 14  # what one px of type size is worth: sentences come first


@dataclass(frozen=True, slots=True)
class _Frame:
    """Air around cycle and wall, px: `edge` at the sides, `air` between the parts, `foot` for a line at the bottom."""

    edge: float
    title: float
    air: float
    heading: float
    foot: float

    def height(self, *, more: bool) -> float:
        return 3 * self.air + self.heading + self.edge + (self.foot if more else 0.0)


_ROOMY: Final = _Frame(edge=32, title=42, air=20, heading=26, foot=26)
_TIGHT: Final = _Frame(edge=20, title=34, air=10, heading=22, foot=22)


@dataclass(frozen=True, slots=True)
class Poster:
    """A layout that was found to fit: `notes` are the sentences that it shows, `more` how many it does not."""

    view: SummaryView
    frame: _Frame
    cycle: Cycle
    notes: tuple[Note, ...]
    wall: Wall
    more: int

    @property
    def shown(self) -> tuple[Sentence, ...]:
        """The sentences that the picture shows, in their order."""
        return tuple(one.sentence for one in self.notes)


def poster(view: SummaryView) -> Poster:
    """The largest type and cycle at which everything fits.

    If twelve sentences do not fit at 20 px, air and cycle shrink; if they still do not, the longest is left to the
    full-size picture, and so on: what is left out is counted.
    """
    said = [sentence for sentence in view.sentences if has_ink(sentence.text)]
    few = said if len(said) <= _DOZEN else [said[place * len(said) // _DOZEN] for place in range(_DOZEN)]
    # Measured only now: of 500 sentences twelve are.
    picked = [note(sentence) for sentence in few]
    count = len(picked)
    while True:
        for frame in (_ROOMY, _TIGHT):
            found = _fitted(view, picked, len(said) - len(picked), frame)
            if found and (count == len(picked) or frame is _TIGHT or len(picked) <= 1):
                return found
        if len(picked) == 1:
            return _squeezed(view, picked[0], len(said) - 1)
        picked.remove(max(picked, key=lambda one: one.text.width))


def paint(found: Poster) -> list[Element]:
    """The poster's elements, on a page of 1024 × 1024 px."""
    view, frame, width, palette = found.view, found.frame, SIDE - 2 * found.frame.edge, found.cycle.palette
    parts, below = _heading(view, frame)
    if not found.notes:
        parts += found.cycle.draw(x=frame.edge, y=below + frame.air)
        return [*parts, *foot([view.words.nobody], x=frame.edge, y=SIDE - 60, size=28, width=width, palette=palette)]
    spare = SIDE - below - found.cycle.height - found.wall.height - frame.height(more=found.more > 0)
    y = below + frame.air + min(spare * 0.3, 24)
    parts += found.cycle.draw(x=frame.edge, y=y)
    y += found.cycle.height + frame.air + min(spare * 0.3, 24) + frame.heading / 2
    parts += ruled(view.words.take_home, x=frame.edge, y=y, width=width, size=frame.heading * 0.92, palette=palette)
    y += frame.heading / 2 + frame.air
    parts.append(draw(found.notes, found.wall, x=frame.edge, y=y))
    if found.more:
        said = [view.words.more(found.more)]
        parts += foot(said, x=frame.edge, y=SIDE - frame.edge + 4, size=20, width=width, palette=palette)
    return parts


def _fitted(view: SummaryView, picked: list[Note], more: int, frame: _Frame) -> Poster | None:
    width = SIDE - 2 * frame.edge
    _, below = _heading(view, frame)
    if not picked:
        alone = SIDE - below - 3 * frame.air - 90
        return Poster(view, frame, _cycle(view, width, alone), (), hang((), 1, Setting(20, width, 0)), 0)
    room = SIDE - below - frame.height(more=more > 0)
    best: tuple[float, float, Wall] | None = None
    for columns, setting in _settings(len(picked), width, frame):
        wall = hang(picked, columns, setting)
        heights = _SMALL_CYCLES if frame is _TIGHT else _CYCLES
        height = next((one for one in heights if one + wall.height <= room), None)
        if height is None:
            continue
        worth = setting.size * _PX_OF_CYCLE + height
        if best is None or worth > best[0]:
            best = (worth, height, wall)
    if best is None:
        return None
    return Poster(view, frame, _cycle(view, width, best[1]), tuple(picked), best[2], more)


def _settings(notes: int, width: float, frame: _Frame) -> Iterator[tuple[int, Setting]]:
    """(columns, setting) worth trying: columns of 9.5 em at least, and few notes in whole rows."""
    tight = frame is _TIGHT
    gap = 8.0 if tight else 12.0
    for size in (design.SMALLEST,) if tight else _SIZES:
        for columns in (1, 2, 3, 4):
            column_width = (width - gap * (columns - 1)) / columns
            if (
                columns > notes
                or (columns == 1 and notes > 1)
                or column_width < size * 9.5
                or (notes <= 4 and notes % columns)
            ):
                continue
            if tight:
                yield columns, Setting(size, column_width, gap, 1.15, pad_x=0.6, pad_y=0.4, beside=True)
            else:
                yield columns, Setting(size, column_width, gap, beside=True)


def _heading(view: SummaryView, frame: _Frame) -> tuple[list[Element], float]:
    width = SIDE - 2 * frame.edge
    return heading(view, x=frame.edge, y=frame.edge * 0.8, width=width, size=frame.title, palette=design.LIGHT)


def _cycle(view: SummaryView, width: float, height: float) -> Cycle:
    people = (str(view.people), view.words.people)
    return Cycle(view.stages, people, width, height, size=max(17.0, min(22.0, height / 17)))


def _squeezed(view: SummaryView, one: Note, more: int) -> Poster:
    """A single sentence that is taller than the page (140 characters that all have to be named): small, but whole."""
    width = SIDE - 2 * _TIGHT.edge
    _, below = _heading(view, _TIGHT)
    room = SIDE - below - _TIGHT.height(more=more > 0) - _SMALL_CYCLES[-1]
    size: float = design.SMALLEST
    wall = hang((one,), 1, Setting(size, width, 0))
    while wall.height > room and size > 4:
        size -= 0.5
        wall = hang((one,), 1, Setting(size, width, 0))
    return Poster(view, _TIGHT, _cycle(view, width, _SMALL_CYCLES[-1]), (one,), wall, more)
