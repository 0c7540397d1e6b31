"""The icons: what is drawn for the package, and what is refused."""

from __future__ import annotations

import json
import struct
import zlib
from itertools import chain

import pytest

from teams_app.icons import icons
from teams_app.pictures import faults_of_icon
from teams_app.png import NoPicture, read
from teams_app.validate import faults_of_files
from tests.teams_app.sample import files, png

WHITE, CLEAR, BLUE = (255, 255, 255, 255), (0, 0, 0, 0), (91, 95, 199, 255)
ROLES = {"color.png": "color", "outline.png": "outline", "color32x32.png": "color32x32"}


@pytest.mark.parametrize("name", ROLES)
def test_each_icon_is_what_teams_wants(name: str) -> None:
    assert list(faults_of_icon(ROLES[name], icons()[name])) == []


def test_the_mark_is_within_the_safe_area_and_the_ground_is_the_accent() -> None:
    picture = read(icons()["color.png"])
    safe = range(36, 156)
    outside = {
        picture.pixels[y * 192 + x] for y in range(192) for x in range(192) if x not in safe or y not in safe
    }
    assert outside == {BLUE}
    assert picture.pixels[96 * 192 + 96] == WHITE


def test_the_outline_has_four_segments_and_a_middle() -> None:
    """The mark is the same after a quarter turn, and has a gap at the top of its ring."""
    picture = read(icons()["outline.png"])
    rows = [picture.pixels[y * 32 : y * 32 + 32] for y in range(32)]
    turned = list(zip(*rows[::-1], strict=True))
    pairs = zip(chain(*rows), chain(*turned), strict=True)
    assert max(abs(one[3] - other[3]) for one, other in pairs) < 32  # edges are smoothed a little unlike
    assert rows[4][16][3] < 32
    assert rows[7][24][3] > 200
    assert rows[16][16] == WHITE


def test_icons_are_drawn_the_same_every_time() -> None:
    assert icons() == icons()


@pytest.mark.parametrize(
    ("role", "content", "words"),
    [
        ("color", png(191, BLUE), "is 191×191 px; it has to be 192×192."),
        ("outline", png(192, WHITE, CLEAR), "is 192×192 px; it has to be 32×32."),
        ("color32x32", png(16, BLUE, CLEAR), "is 16×16 px; it has to be 32×32."),
        ("color", png(192, BLUE, CLEAR), "is transparent in places; it has to be filled to its edges"),
        ("color", png(192, BLUE, (91, 95, 199, 254)), "is transparent in places"),
        ("outline", png(32, BLUE, CLEAR), "has colours; an outline is white on transparent and nothing else."),
        ("outline", png(32, (254, 255, 255, 9), CLEAR), "has colours"),
        ("outline", png(32, WHITE), "has no transparent background; only the mark may be filled."),
        ("outline", png(32, WHITE, kind=2), "has no transparent background"),
        ("outline", png(32, CLEAR), "shows nothing; every pixel of it is transparent."),
        ("color32x32", png(32, BLUE), "has no transparent background"),
        ("color", b"<svg/>", "is no PNG; it has to be a PNG of 8-bit RGB or RGBA."),
        ("color", b"", "is no PNG"),
        ("color", png(192, BLUE)[:-4], "is cut off"),
        ("color", png(192, BLUE)[:33], "is cut off"),
        ("color", png(192, BLUE).replace(b"IDAT", b"IDAU"), "is damaged: a checksum is wrong"),
        ("color", png(192, BLUE, bits=16), "is a PNG of another kind than 8-bit RGB or RGBA"),
        ("color", png(192, BLUE, kind=3), "is a PNG of another kind than 8-bit RGB or RGBA"),
        ("color", png(1100, BLUE), "is 1100×1100 px, which no icon is"),
        ("color", png(192, BLUE, filters=5), "is damaged: a row has an unknown filter"),
    ],
)
def test_a_wrong_icon_is_refused_with_the_reason(role: str, content: bytes, words: str) -> None:
    faults = list(faults_of_icon(role, content))
    assert any(words in fault for fault in faults), faults


def test_the_refusal_names_the_file() -> None:
    (fault,) = faults_of_files(files() | {"outline.png": png(32, WHITE)})
    assert fault == "outline.png (icons.outline) has no transparent background; only the mark may be filled."


def test_an_icon_that_is_not_named_is_refused() -> None:
    right = files()
    manifest = json.loads(right["manifest.json"])
    del manifest["icons"]["color32x32"]
    (fault,) = faults_of_files(right | {"manifest.json": json.dumps(manifest).encode()})
    assert fault == "“color32x32.png” is in the package, and nothing in the manifest names it; leave it out."


@pytest.mark.parametrize("name", ROLES)
def test_no_cut_and_no_changed_byte_brings_the_reader_down(name: str) -> None:
    right = icons()[name]
    for at in range(0, len(right), max(1, len(right) // 40)):
        for broken in (right[:at], right[:at] + bytes([right[at] ^ 1]) + right[at + 1 :]):
            with pytest.raises(NoPicture):
                read(broken)


def with_pixels(size: int, packed: bytes) -> bytes:
    """A PNG of that size whose pixels are packed elsewhere."""
    whole = png(size, WHITE)
    body = struct.pack(">I", len(packed)) + b"IDAT" + packed + struct.pack(">I", zlib.crc32(b"IDAT" + packed))
    return whole[: whole.index(b"IDAT") - 4] + body + whole[whole.index(b"IEND") - 4 :]


@pytest.mark.parametrize(
    ("packed", "words"),
    [
        (zlib.compress(b"\0" * 50_000_000), "not as many pixels as it says"),
        (zlib.compress(b"\0" * 50), "not as many pixels as it says"),
        (b"no zlib stream", "its pixels cannot be unpacked"),
    ],
)
def test_pixels_that_are_not_those_promised_are_refused(packed: bytes, words: str) -> None:
    with pytest.raises(NoPicture, match=words):
        read(with_pixels(32, packed))


@pytest.mark.parametrize("method", range(5))
def test_each_filter_of_the_format_is_undone(method: int) -> None:
    """Two rows of two pixels, filtered by hand from the format's definition."""
    plain = [bytes([10, 20, 30, 255, 40, 50, 60, 128]), bytes([70, 5, 90, 0, 1, 2, 3, 4])]
    rows = b""
    for y, row in enumerate(plain):
        above = plain[y - 1] if y else bytes(8)
        filtered = bytearray([method])
        for x, byte in enumerate(row):
            a, b, c = (row[x - 4] if x > 3 else 0), above[x], (above[x - 4] if x > 3 else 0)
            nearest = sorted((abs(a + b - c - each), order, each) for order, each in enumerate((a, b, c)))[0][2]
            filtered.append((byte - (0, a, b, (a + b) // 2, nearest)[method]) & 255)
        rows += bytes(filtered)
    picture = read(with_pixels(2, zlib.compress(rows)))
    assert b"".join(bytes(pixel) for pixel in picture.pixels) == b"".join(plain)
