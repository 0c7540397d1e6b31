"""The design of every picture: colours, type sizes, spaces. Numbers only, no drawing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PAPER: Final = "#FBF7EF"
INK: Final = "#1F2430"
SOFT_INK: Final = "#565B66"
RULE: Final = "#D9D2C3"
SHADOW: Final = "#3A3226"
WHITE: Final = "#FFFFFF"


@dataclass(frozen=True, slots=True)
class StageColour:
    """One stage's colours: `strong` carries white text or is text, on paper and on its own `tint` (4.5:1 each)."""

    strong: str
    tint: str


# Told apart by people with protan, deutan and tritan vision: tests/drawings/test_design.py simulates all three. Colour
# never stands alone: every stage carries its number as well.
STAGES: Final = (
    StageColour("#1A5CA8", "#DFEAF6"),
    StageColour("#AD4F08", "#FBE8D6"),
    StageColour("#17704F", "#DDF0E6"),
    StageColour("#5B2A63", "#EFE2F0"),
)

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
