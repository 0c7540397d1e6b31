"""Colours can be read and told apart, by colour-blind people too; the SVG writer lets nothing through."""

from __future__ import annotations

import itertools
from xml.etree import ElementTree

import pytest

from drawings import design
from drawings.svg import UnsafeDrawing, element, number, picture, write

# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
VISION = {
    "ordinary": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def seen(colour: str, vision: str) -> tuple[float, float, float]:
    """CIE L*a*b* (D65) of the colour as somebody with that vision sees it."""
    light = design.linear(colour)
    red, green, blue = (
        min(1.0, max(0.0, sum(part * channel for part, channel in zip(row, light, strict=True))))
        for row in VISION[vision]
    )
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("vision", VISION)
def test_stage_colours_are_told_apart(vision: str) -> None:
    for one, other in itertools.combinations(design.STAGES, 2):
        pairs = zip(seen(one.strong, vision), seen(other.strong, vision), strict=True)
        assert sum((a - b) ** 2 for a, b in pairs) ** 0.5 > 10


def test_text_has_contrast() -> None:
    assert design.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    for stage in design.STAGES:
        for paper in (design.PAPER, design.WHITE, stage.tint):
            assert design.contrast(stage.strong, paper) >= 4.5
        assert design.contrast(design.INK, stage.tint) >= 7
    assert design.contrast(design.SOFT_INK, design.PAPER) >= 4.5


def test_text_and_attributes_are_escaped() -> None:
    hostile = "<script>alert('1')</script> & \"quoted\" ]]> \x00\x0b"
    made = write(element("text", hostile, x=1, aria_label=hostile))
    assert "<script" not in made
    parsed = ElementTree.fromstring(made)
    assert parsed.text == hostile.replace("\x00", "\ufffd").replace("\x0b", "\ufffd")
    assert parsed.get("aria-label") == parsed.text


@pytest.mark.parametrize("name", ["script", "foreignObject", "image", "a", "style", "use", "animate"])
def test_elements_that_can_act_or_load_are_refused(name: str) -> None:
    with pytest.raises(UnsafeDrawing):
        element(name)


@pytest.mark.parametrize(
    "attributes",
    [
        {"onload": "x"},
        {"style": "fill:red"},
        {"xlink_href": "https://evil"},
        {"href": "data:x"},
        {"fill": "url(https://evil)"},
        {"a b": "x"},
        {"x": float("nan")},
        {"x": float("inf")},
    ],
)
def test_attributes_that_can_act_or_load_are_refused(attributes: dict[str, str | float]) -> None:
    with pytest.raises(UnsafeDrawing):
        element("rect", **attributes)


def test_numbers_are_short_and_alike_everywhere() -> None:
    assert [number(one) for one in (1.0, 1.5, -0.0, -0.001, 0.126, 1024)] == ["1", "1.5", "0", "0", "0.13", "1024"]


def test_a_picture_carries_its_text_and_language() -> None:
    made = picture(
        width=10, height=20.5, language="bg", title="Опит & <b>", description="Всичко", families="FiraGO, sans-serif"
    )
    root = ElementTree.fromstring(made)
    assert root.get("viewBox") == "0 0 10 20.5"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "bg"
    assert [child.text for child in root] == ["Опит & <b>", "Всичко"]
