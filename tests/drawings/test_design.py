"""Colours can be read and told apart, by colour-blind people too; the SVG writer lets nothing through."""

from __future__ import annotations

import itertools
import math
import re
from xml.etree import ElementTree

import pytest

from drawings import css, design
from drawings.mark import mark_svg
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


@pytest.mark.parametrize("palette", design.PALETTES, ids=lambda palette: palette.name)
@pytest.mark.parametrize("vision", VISION)
def test_stage_colours_are_told_apart(vision: str, palette: design.Palette) -> None:
    for one, other in itertools.combinations(palette.stages, 2):
        assert math.dist(seen(one.strong, vision), seen(other.strong, vision)) > 20


@pytest.mark.parametrize("palette", design.PALETTES, ids=lambda palette: palette.name)
def test_text_has_contrast(palette: design.Palette) -> None:
    assert design.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    papers = (palette.ground, palette.surface, palette.sunken)
    for paper in papers:
        assert design.contrast(palette.ink, paper) >= 7
        assert design.contrast(palette.soft, paper) >= 4.5
        assert design.contrast(palette.edge, paper) >= 3
    assert design.contrast(palette.accent, palette.on_accent) >= 4.5
    assert min(design.contrast(palette.bad, paper) for paper in papers) >= 4.5
    assert min(design.contrast(palette.accent, paper) for paper in papers[:2]) >= 4.5
    for stage in palette.stages:
        assert design.contrast(stage.on, stage.strong) >= 4.5
        assert design.contrast(palette.ink, stage.tint) >= 7
        assert design.contrast(palette.soft, stage.tint) >= 4.5
        assert min(design.contrast(stage.strong, paper) for paper in (*papers, stage.tint)) >= 4.5
        assert design.contrast(palette.ink, stage.mid) >= 4.5
        # Two shades of one hue that stand side by side in a bar.
        assert design.contrast(stage.strong, stage.mid) >= 1.8


def test_pages_get_the_design_as_custom_properties() -> None:
    sheet = css.stylesheet()
    for palette in design.PALETTES:
        declared = css.colours(palette)
        assert all(f"{name}:{colour};" in sheet for name, colour in declared.items())
        assert declared["--kb-stage-4-on"] == palette.stages[3].on
    names = [set(css.colours(palette)) for palette in design.PALETTES]
    assert names[0] == names[1] == names[2]
    assert sheet.count("{") == sheet.count("}")
    assert "--kb-space-8:64px;" in sheet
    assert "--kb-type-title:2.2rem;" in sheet


def test_a_drawing_for_a_page_takes_the_pages_scheme() -> None:
    """Every colour of it is a property of the page's, each another one; no colour is left as it is."""
    properties = set(css.colours(design.LIGHT))
    colours = re.findall("#[0-9A-F]{6}", repr(css.PAGE))
    assert len(colours) == len(set(colours)) == len(properties)
    made = css.follows_page("".join(f'<rect fill="{one}" stroke="{one}"/>' for one in colours) + "<desc>#1D5BC8</desc>")
    assert set(re.findall(r'="var\((--kb-[a-z0-9-]+)\)"', made)) == properties
    assert "<desc>#1D5BC8</desc>" in made
    assert '="#' not in made


def test_the_mark_has_a_segment_for_each_stage_and_a_middle() -> None:
    root = ElementTree.fromstring(write(mark_svg(48, palette=design.DARK)))
    parts = [one.get("stroke") or one.get("fill") for one in root.iter() if one.tag.endswith(("path", "circle"))]
    assert parts == [*(stage.strong for stage in design.DARK.stages), design.DARK.ink]
    assert write(mark_svg(48, ink="#123456")).count("#123456") == 5


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
