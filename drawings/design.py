"""The design of all that is drawn: colours, type, space, for pictures, pages and documents. Numbers, no drawing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class StageColour:
    """One stage's colours: `strong` carries `on`, or is itself text on ground, surface and its own `tint` (4.5:1 each);
    `mid` and `tint` are for areas and carry the palette's ink."""

    strong: str
    on: str
    mid: str
    tint: str


@dataclass(frozen=True, slots=True)
class Palette:
    """One scheme of colours, all #RRGGBB. `ink` and `soft` are text on ground, surface and sunken (4.5:1 at least);
    `edge` is for lines that mean something (3:1), `rule` for those that only part."""

    name: str
    ground: str
    surface: str
    sunken: str
    ink: str
    soft: str
    rule: str
    edge: str
    accent: str
    on_accent: str
    bad: str
    stages: tuple[StageColour, StageColour, StageColour, StageColour]


# Knowledge, action, experience, conclusions. Told apart by people with protan, deutan and tritan vision, and by
# everybody in greys: tests/drawings/test_design.py simulates all. Colour never stands alone: each stage has its number
# and name too. A hue means a stage and nothing else; what has no stage is drawn in ink.
LIGHT: Final = Palette(
    "light",
    ground="#F7F5F0",
    surface="#FFFFFF",
    sunken="#ECE8DF",
    ink="#1C2230",
    soft="#565D6B",
    rule="#DDD8CC",
    edge="#7F8594",
    accent="#5B5FC7",
    on_accent="#FFFFFF",
    bad="#B3261E",
    stages=(
        StageColour("#1D5BC8", "#FFFFFF", "#8FB0E6", "#E3ECFA"),
        StageColour("#A2520A", "#FFFFFF", "#DDA877", "#FAEBDC"),
        StageColour("#0F5138", "#FFFFFF", "#82B39D", "#DFEFE7"),
        StageColour("#8A4A99", "#FFFFFF", "#C9A3D1", "#F3E8F5"),
    ),
)
DARK: Final = Palette(
    "dark",
    ground="#14171E",
    surface="#1E222C",
    sunken="#2A303C",
    ink="#F2F3F6",
    soft="#B4BAC6",
    rule="#363D4A",
    edge="#828B9B",
    accent="#A9ACF5",
    on_accent="#14171E",
    bad="#FFB4AB",
    stages=(
        StageColour("#93A5FF", "#10131A", "#4D5DA8", "#252C4A"),
        StageColour("#F3A24D", "#10131A", "#8F5F28", "#3D2C18"),
        StageColour("#2FC98B", "#10131A", "#1F7853", "#16372B"),
        StageColour("#EFC4F7", "#10131A", "#86638D", "#3D2C42"),
    ),
)
CONTRAST: Final = Palette(
    "contrast",
    ground="#000000",
    surface="#000000",
    sunken="#1F1F1F",
    ink="#FFFFFF",
    soft="#F0F0F0",
    rule="#9A9A9A",
    edge="#FFFFFF",
    accent="#FFFF00",
    on_accent="#000000",
    bad="#FFB4AB",
    stages=(
        StageColour("#8EA9FF", "#000000", "#5870BA", "#000000"),
        StageColour("#FF9F3F", "#000000", "#A36424", "#000000"),
        StageColour("#6EF0AE", "#000000", "#31815B", "#000000"),
        StageColour("#E3B2DC", "#000000", "#8A6985", "#000000"),
    ),
)
PALETTES: Final = (LIGHT, DARK, CONTRAST)


def outline(palette: Palette, stage: StageColour) -> str | None:
    """What an area in the stage's tint is outlined with: its colour, where the tint is no other than the ground."""
    return stage.strong if stage.tint == palette.ground else None


TYPE: Final = {"small": 0.8, "body": 1.0, "lead": 1.25, "heading": 1.56, "title": 2.2}
"""Type sizes by name, in body sizes: a scale of about 1.25, so that neighbours differ at a glance."""

SPACE: Final = (4, 8, 12, 16, 24, 32, 48, 64)
"""px: every distance on a page, and between the parts of a picture, is one of these."""

ROUND: Final = {"small": 4, "card": 10}
"""px: how round corners are."""

LEADING: Final = 1.22
"""Line distance over type size. FiraGO's own ascender and descender add up to 1.2."""

SMALLEST: Final = 20
"""px: no sentence on the posted picture is set smaller."""

CAP_SHIFT: Final = 0.35
"""From a line's middle down to its baseline, in em: half of FiraGO's capital height (0.689 em)."""


def contrast(one: str, other: str) -> float:
    """Contrast of two #RRGGBB colours, 1 to 21. Source: WCAG 2.2, relative luminance and contrast ratio."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def linear(colour: str) -> tuple[float, float, float]:
    """The #RRGGBB colour's channels in linear light, 0 to 1 (sRGB transfer function)."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _linear(red), _linear(green), _linear(blue)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
