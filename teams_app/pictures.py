"""What an icon has to be: its size, and where it may be transparent."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from teams_app.png import NoPicture, Picture, read

_SIZES = {"color": 192, "outline": 32, "color32x32": 32}
"""px on each side, by the icon's role in the manifest."""


@lru_cache(maxsize=8)
def faults_of_icon(role: str, content: bytes) -> tuple[str, ...]:
    """What is wrong with an icon, each as the rest of a sentence with its full stop.

    Remembered: a package is looked at more than once, and its pictures are most of the work.
    """
    return tuple(_faults(role, content))


def _faults(role: str, content: bytes) -> Iterator[str]:
    try:
        picture = read(content)
    except NoPicture as why:
        yield f"{why}; it has to be a PNG of 8-bit RGB or RGBA."
        return
    size = _SIZES[role]
    if (picture.width, picture.height) != (size, size):
        yield f"is {picture.width}×{picture.height} px; it has to be {size}×{size}."
    match role:
        case "outline":
            yield from _outline(picture)
        case "color32x32":
            yield from _drawn_on_nothing(picture)
        case _:
            if any(pixel[3] != 255 for pixel in picture.pixels):
                yield "is transparent in places; it has to be filled to its edges, Teams rounds the corners itself."


def _outline(picture: Picture) -> Iterator[str]:
    if any(pixel[3] and pixel[:3] != (255, 255, 255) for pixel in picture.pixels):
        yield "has colours; an outline is white on transparent and nothing else."
    yield from _drawn_on_nothing(picture)


def _drawn_on_nothing(picture: Picture) -> Iterator[str]:
    if not any(pixel[3] for pixel in picture.pixels):
        yield "shows nothing; every pixel of it is transparent."
    elif all(pixel[3] for pixel in picture.pixels):
        yield "has no transparent background; only the mark may be filled."
