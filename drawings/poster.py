"""The posted picture's layout: which sentences, how large, how large a wheel. Never cuts a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from drawings import design
from drawings.cycle import Band, heading, ruled
from drawings.lettering import has_ink, measured
from drawings.lines import line
from drawings.notes import Note, Setting, Wall, draw, hang, note
from drawings.svg import Element
from drawings.view import Sentence, SummaryView

SIDE: Final = 1024
"""px, both sides: the largest picture that Teams shows in a message."""

_DOZEN: Final = 12
_WHEELS: Final = (360, 340, 320, 300, 280, 260, 240, 220, 196)
_SMALL_WHEELS: Final = (196, 184, 172)
_SIZES: Final = (44, 40, 36, 34, 32, 30, 28, 26, 24, 23, 22, 21, design.SMALLEST)
_PX_OF_WHEEL: Final = 16  # what one px of type size is worth: sentences come first


@dataclass(frozen=True, slots=True)
class _Frame:
    """Air around wheel and wall, px: `edge` at the sides, `before` and `after` the ruled heading, `foot` for a line."""

    edge: float
    title: float
    before: float
    after: float
    bottom: float
    foot: float

    def height(self, *, more: bool) -> float:
        return 6 + self.before + self.after + self.bottom + (self.foot if more else 0.0)


_ROOMY: Final = _Frame(edge=34, title=44, before=32, after=28, bottom=20, foot=34)
_TIGHT: Final = _Frame(edge=24, title=36, before=20, after=18, bottom=12, foot=28)


@dataclass(frozen=True, slots=True)
class Poster:
    """A layout that was found to fit: `notes` are the sentences that it shows, `more` how many it does not."""

    view: SummaryView
    frame: _Frame
    band: Band
    notes: tuple[Note, ...]
    wall: Wall
    more: int

    @property
    def shown(self) -> tuple[Sentence, ...]:
        """The sentences that the picture shows, in their order."""
        return tuple(one.sentence for one in self.notes)


def poster(view: SummaryView) -> Poster:
    """The largest type and wheel at which everything fits.

    If twelve sentences do not fit at 20 px, air and wheel shrink; if they still do not, the longest is left to the
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
    view, frame, width = found.view, found.frame, SIDE - 2 * found.frame.edge
    parts, below = _heading(view, frame)
    if not found.notes:
        parts.append(found.band.draw(x=frame.edge, y=below + 90))
        return [*parts, foot(view.words.nobody, y=SIDE - 190, size=28, width=SIDE)]
    spare = SIDE - below - found.band.height - found.wall.height - frame.height(more=found.more > 0)
    y = below + 6 + min(spare * 0.3, 40)
    parts.append(found.band.draw(x=frame.edge, y=y))
    y += found.band.height + frame.before + min(spare * 0.2, 30)
    parts.extend(ruled(view.words.take_home, x=frame.edge, y=y, width=width, size=22))
    y += frame.after
    bottom = SIDE - frame.bottom - (frame.foot if found.more else 0)
    y += max(0.0, min((bottom - y - found.wall.height) / 2, 110))
    parts.append(draw(found.notes, found.wall, x=(SIDE - found.wall.width) / 2, y=y))
    if found.more:
        parts.append(foot(view.words.more(found.more), y=SIDE - frame.foot * 0.65, size=20, width=SIDE))
    return parts


def foot(text: str, *, y: float, size: float, width: float) -> Element:
    """One centred line in soft ink on a page `width` px wide."""
    said = measured(text)
    size = min(size, (width - 80) / max(said.width, 0.1))
    return line(" ".join(said.words), x=width / 2, y=y, size=size, ink=design.SOFT_INK, anchor="middle")


def _fitted(view: SummaryView, picked: list[Note], more: int, frame: _Frame) -> Poster | None:
    width = SIDE - 2 * frame.edge
    _, below = _heading(view, frame)
    if not picked:
        return Poster(view, frame, _band(view, width, 480), (), hang((), 1, Setting(20, width, 0)), 0)
    room = SIDE - below - frame.height(more=more > 0)
    diameters = _SMALL_WHEELS if frame is _TIGHT else _WHEELS
    best: tuple[float, int, Wall] | None = None
    for columns, setting in _settings(len(picked), width, frame):
        wall = hang(picked, columns, setting)
        diameter = next((one for one in diameters if one + wall.height <= room), None)
        if diameter is None:
            continue
        worth = setting.size * _PX_OF_WHEEL + diameter
        if best is None or worth > best[0]:
            best = (worth, diameter, wall)
    if best is None:
        return None
    return Poster(view, frame, _band(view, width, best[1]), tuple(picked), best[2], more)


def _settings(notes: int, width: float, frame: _Frame) -> Iterator[tuple[int, Setting]]:
    """(columns, setting) worth trying: columns of 9.5 to 18 em, and few notes in whole rows."""
    tight = frame is _TIGHT
    gap = 9.0 if tight else 14.0
    for size in (design.SMALLEST,) if tight else _SIZES:
        for columns in (1, 2, 3, 4):
            column_width = min((width - gap * (columns - 1)) / columns, size * 18)
            if (
                columns > notes
                or (columns == 1 and notes > 1)
                or column_width < size * 9.5
                or (notes <= 4 and notes % columns)
            ):
                continue
            if tight:
                yield columns, Setting(size, column_width, gap, 1.15, pad_x=0.6, pad_y=0.38, beside=True)
            else:
                yield columns, Setting(size, column_width, gap)


def _heading(view: SummaryView, frame: _Frame) -> tuple[list[Element], float]:
    width = SIDE - 2 * frame.edge
    return heading(view, x=SIDE / 2, width=width, top=0.45 * frame.title, largest=frame.title, whole=False)


def _band(view: SummaryView, width: float, diameter: float) -> Band:
    return Band(view, width=width, diameter=diameter, size=max(20, min(24, diameter / 15)), whole=False)


def _squeezed(view: SummaryView, one: Note, more: int) -> Poster:
    """A single sentence that is taller than the page (140 characters that all have to be named): small, but whole."""
    width = SIDE - 2 * _TIGHT.edge
    _, below = _heading(view, _TIGHT)
    room = SIDE - below - _TIGHT.height(more=more > 0) - _SMALL_WHEELS[-1]
    size: float = design.SMALLEST
    wall = hang((one,), 1, Setting(size, width, 0))
    while wall.height > room and size > 4:
        size -= 0.5
        wall = hang((one,), 1, Setting(size, width, 0))
    return Poster(view, _TIGHT, _band(view, width, _SMALL_WHEELS[-1]), (one,), wall, more)
