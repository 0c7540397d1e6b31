"""The wheel of four stages: where a workshop is on the cycle. Never a picture of answers."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import Final

from drawings import design, fonts
from drawings.lettering import drawable, measured
from drawings.lines import line, spans
from drawings.svg import Element, element, number, picture

_GAP: Final = 3.2  # degrees between two segments
_ARROW: Final = 9.0  # degrees by which a segment's point runs ahead of its corners
_HOLE: Final = 0.56  # inner radius over outer radius
_SMALLEST_NAME: Final = 12.0  # px; below that the ring shows numbers only


def wheel(
    names: Sequence[str],
    *,
    x: float,
    y: float,
    radius: float,
    current: int | None = None,
    done: Collection[int] = (),
    middle: tuple[str, str] = ("", ""),
    key: str = "wheel",
    palette: design.Palette = design.LIGHT,
) -> Element:
    """The wheel as a fragment, centred at (x, y), px. Stage 1 is top left and the cycle runs clockwise.

    `current` and `done` are indices 0 to 3; a stage in neither is still to come and is drawn pale. `middle` is a large
    and a small line within the ring. `key` makes ids unique where a page holds several wheels. Raises ValueError unless
    there are four names.
    """
    if len(names) != 4:
        raise ValueError(f"the cycle has four stages, not {len(names)}")
    outer = radius * 0.93  # room for the mark around the current stage
    parts: list[Element] = []
    for stage, name in enumerate(names):
        parts.extend(_segment(stage, name, x, y, outer, stage == current, stage in done, key, palette))
    parts.extend(_middle(middle, x, y, outer * _HOLE, palette))
    return element("g", *parts)


def wheel_svg(
    names: Sequence[str],
    *,
    size: float,
    language: str,
    title: str,
    description: str,
    current: int | None = None,
    done: Collection[int] = (),
    middle: tuple[str, str] = ("", ""),
    palette: design.Palette = design.LIGHT,
) -> str:
    """The wheel alone as a whole picture, `size` × `size` px. `description` is the same content as text."""
    ground = element("rect", width=size, height=size, fill=palette.ground)
    half = size / 2
    ring = wheel(names, x=half, y=half, radius=half - 8, current=current, done=done, middle=middle, palette=palette)
    return picture(
        ground,
        ring,
        width=size,
        height=size,
        language=language,
        title=drawable(title),
        description=description,
        families=fonts.FAMILIES,
    )


def _segment(
    stage: int,
    name: str,
    x: float,
    y: float,
    outer: float,
    current: bool,
    done: bool,
    key: str,
    palette: design.Palette,
) -> list[Element]:
    colour = palette.stages[stage]
    filled = current or done
    start, end = stage * 90 - 180 + _GAP / 2, stage * 90 - 90 - _GAP / 2
    inner, ring = outer * _HOLE, outer * (1 + _HOLE) / 2
    parts = [
        element(
            "path",
            d=_arrow(x, y, inner, ring, outer, start, end),
            fill=colour.strong if filled else colour.tint,
            stroke=None if filled else colour.strong,
            stroke_width=None if filled else max(1.0, outer * 0.008),
            stroke_linejoin="round",
        )
    ]
    if current:
        far = outer * 1.045
        parts.append(
            element(
                "path",
                d=_arc(x, y, far, start, end, True),
                fill="none",
                stroke=colour.strong,
                stroke_width=outer * 0.035,
                stroke_linecap="round",
            )
        )
    ink = colour.on if filled else colour.strong
    label = measured(f"{stage + 1}\u2002{name}", bold=True)
    # The name follows the ring; it may take what the arrow's point and notch leave of the quarter, less some air.
    room = math.radians(90 - _GAP - 2 * _ARROW) * ring * 0.97
    size = min((outer - inner) * 0.34, room / max(label.width, 0.1))
    if size >= _SMALLEST_NAME:
        parts.extend(_name_on_arc(stage, " ".join(label.words), x, y, ring, start, end, size, ink, key))
    else:
        turn = math.radians((start + end + _ARROW) / 2)
        big = (outer - inner) * 0.72
        at_x, at_y = x + ring * math.cos(turn), y + ring * math.sin(turn) + big * design.CAP_SHIFT
        parts.append(line(str(stage + 1), x=at_x, y=at_y, size=big, ink=ink, anchor="middle", bold=True))
    return parts


def _name_on_arc(
    stage: int, label: str, x: float, y: float, ring: float, start: float, end: float, size: float, ink: str, key: str
) -> list[Element]:
    """The name along the ring, upright: clockwise in the upper half, counter-clockwise in the lower."""
    upper = stage in (0, 1)
    base = ring - size * design.CAP_SHIFT if upper else ring + size * design.CAP_SHIFT
    # The visible middle lies half an arrow's point ahead of the corners' middle.
    first, last = start + _ARROW / 2, end + _ARROW / 2
    path = _arc(x, y, base, first, last, True) if upper else _arc(x, y, base, last, first, False)
    name = f"{key}-{stage + 1}"
    return [
        element("defs", element("path", id=name, d=path)),
        element(
            "text",
            element("textPath", *spans(label), xlink_href=f"#{name}", startOffset="50%"),
            text_anchor="middle",
            font_size=size,
            font_weight="700",
            fill=ink,
        ),
    ]


def _middle(middle: tuple[str, str], x: float, y: float, hole: float, palette: design.Palette) -> list[Element]:
    large, small = measured(middle[0], bold=True), measured(middle[1])
    room = hole * 1.5
    parts: list[Element] = []
    if large.words:
        size = min(hole * 0.72, room / max(large.width, 0.1))
        at = y + size * design.CAP_SHIFT - (hole * 0.16 if small.words else 0)
        parts.append(line(" ".join(large.words), x=x, y=at, size=size, ink=palette.ink, anchor="middle", bold=True))
    if small.words:
        size = min(hole * 0.24, room / max(small.width, 0.1))
        said = " ".join(small.words)
        parts.append(line(said, x=x, y=y + hole * 0.48, size=size, ink=palette.soft, anchor="middle"))
    return parts


def _point(x: float, y: float, radius: float, degrees: float) -> str:
    turn = math.radians(degrees)
    return f"{number(x + radius * math.cos(turn))} {number(y + radius * math.sin(turn))}"


def _arc(x: float, y: float, radius: float, start: float, end: float, clockwise: bool) -> str:
    return f"M{_point(x, y, radius, start)}{_sweep(x, y, radius, end, clockwise)}"


def _sweep(x: float, y: float, radius: float, end: float, clockwise: bool) -> str:
    return f"A{number(radius)} {number(radius)} 0 0 {int(clockwise)} {_point(x, y, radius, end)}"


def _arrow(x: float, y: float, inner: float, ring: float, outer: float, start: float, end: float) -> str:
    """A quarter of the ring with a notch where it begins and a point where it ends, so that four chase round."""
    return (
        f"M{_point(x, y, inner, start)}L{_point(x, y, ring, start + _ARROW)}L{_point(x, y, outer, start)}"
        f"{_sweep(x, y, outer, end, True)}L{_point(x, y, ring, end + _ARROW)}L{_point(x, y, inner, end)}"
        f"{_sweep(x, y, inner, start, False)}Z"
    )
