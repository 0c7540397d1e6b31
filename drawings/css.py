"""The design as CSS custom properties, for pages. Never rules for elements: what a page looks like is the page's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from drawings import design, fonts

_COLOURS: Final = (
    "ground", "surface", "sunken", "ink", "soft", "rule", "edge", "accent", "on_accent", "bad",
)  # fmt: skip


FONTS: Final = {"figo.woff": "figo", "figbo.woff": "figbo"}
"""Files that the style sheet finds beside itself, and the fonts that they are made of: regular, bold."""


def colours(palette: design.Palette) -> Mapping[str, str]:
    """A scheme's custom properties: `--kb-ink`, and a stage's as `--kb-stage-1`, `-on`, `-mid`, `-tint`."""
    found = {f"--kb-{name.replace('_', '-')}": str(getattr(palette, name)) for name in _COLOURS}
    for number, stage in enumerate(palette.stages, 1):
        found[f"--kb-stage-{number}"] = stage.strong
        found[f"--kb-stage-{number}-on"] = stage.on
        found[f"--kb-stage-{number}-mid"] = stage.mid
        found[f"--kb-stage-{number}-tint"] = stage.tint
    return found


def measures() -> Mapping[str, str]:
    """Type in rem, so that a reader's own size counts; spaces and corners in px: `--kb-type-body`, `--kb-space-1`."""
    found = {"--kb-font": f"{fonts.DEFAULT_FAMILY}, 'Segoe UI', system-ui, sans-serif"}
    found["--kb-leading"] = str(design.LEADING + 0.2)  # lines on a page are longer than in a picture
    found |= {f"--kb-type-{name}": f"{size}rem" for name, size in design.TYPE.items()}
    found |= {f"--kb-space-{number}": f"{px}px" for number, px in enumerate(design.SPACE, 1)}
    return found | {f"--kb-round-{name}": f"{px}px" for name, px in design.ROUND.items()}


def stylesheet() -> str:
    """The whole set as CSS text. `data-theme` on the root element ("light", "dark", "contrast") chooses; without it
    the reader's system does. Our own constants only: nothing in it was typed by anybody."""
    light, dark, contrast = (_declared(colours(palette)) for palette in design.PALETTES)
    faces = "".join(
        f"@font-face{{font-family:{fonts.DEFAULT_FAMILY};font-weight:{weight};font-display:swap;"
        f'src:url({file}) format("woff")}}\n'
        for (file, _), weight in zip(FONTS.items(), ("400", "600 700"), strict=True)
    )
    return (
        f"{faces}"
        f":root{{color-scheme:light;{_declared(measures())}{light}}}\n"
        f"@media (prefers-color-scheme:dark){{:root:not([data-theme]){{color-scheme:dark;{dark}}}}}\n"
        f"@media (prefers-contrast:more){{:root:not([data-theme]){{color-scheme:dark;{contrast}}}}}\n"
        f':root[data-theme="dark"]{{color-scheme:dark;{dark}}}\n'
        f':root[data-theme="contrast"]{{color-scheme:dark;{contrast}}}\n'
        f"@media print{{:root:not([data-theme]),:root[data-theme]{{color-scheme:light;{_declared(colours(PAPER))}}}}}\n"
    )


PAPER: Final = replace(design.LIGHT, name="paper", ground="#FFFFFF")
"""What a page is printed in, however it looks on the screen: nobody's ink goes into the ground."""


def _apart() -> design.Palette:
    """The light scheme with every colour made unlike all others, in its last digits, so that each can be found again
    in a drawing."""
    met: set[str] = set()

    def own(colour: str) -> str:
        number = int(colour[1:], 16)
        while f"#{number:06X}" in met:
            number -= 1
        met.add(f"#{number:06X}")
        return f"#{number:06X}"

    one, two, three, four = (
        design.StageColour(own(stage.strong), own(stage.on), own(stage.mid), own(stage.tint))
        for stage in design.LIGHT.stages
    )
    plain = {name: own(getattr(design.LIGHT, name)) for name in _COLOURS}
    return replace(design.LIGHT, name="page", stages=(one, two, three, four), **plain)


PAGE: Final = _apart()
"""What a drawing that stands in a page is drawn with; `follows_page` then puts the page's own colours in."""
_PAGES: Final = tuple(
    (f'{what}="{colour}"', f'{what}="var({name})"')
    for name, colour in colours(PAGE).items()
    for what in ("fill", "stroke")
)


def follows_page(svg: str) -> str:
    """A drawing in `PAGE` with custom properties for its colours: light, dark or in high contrast as the page is."""

    for drawn, own in _PAGES:
        svg = svg.replace(drawn, own)
    return svg


def _declared(properties: Mapping[str, str]) -> str:
    return "".join(f"{name}:{value};" for name, value in properties.items())
