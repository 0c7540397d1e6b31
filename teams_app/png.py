"""Reads the pixels of a PNG as far as an icon needs it: 8 bits a channel, RGB with or without alpha, not interlaced.

Source: W3C PNG specification (third edition), chunks and filters.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {2: 3, 6: 4}
"""Channels by colour type: RGB and RGBA."""
_LARGEST = 1024
"""px: larger pictures are not unpacked."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Pixels, row by row, each (red, green, blue, alpha), 0 to 255."""

    width: int
    height: int
    pixels: tuple[tuple[int, int, int, int], ...]


class NoPicture(ValueError):
    """The bytes are no PNG, or one of a kind that an icon need not be; the words say what."""


def read(content: bytes) -> Picture:
    """The picture in a PNG file. Raises NoPicture."""
    if not content.startswith(_SIGNATURE):
        raise NoPicture("is no PNG")
    header, packed, ended = b"", b"", False
    for kind, body in _chunks(content):
        if kind == b"IHDR":
            header = body
        elif kind == b"IDAT":
            packed += body
        ended = kind == b"IEND"
    if len(header) != 13 or not ended:
        raise NoPicture("is cut off")
    width, height, bits, colour, *methods = struct.unpack(">IIBBBBB", header)
    if bits != 8 or colour not in _CHANNELS or any(methods):
        raise NoPicture("is a PNG of another kind than 8-bit RGB or RGBA without interlacing")
    if not (0 < width <= _LARGEST and 0 < height <= _LARGEST):
        raise NoPicture(f"is {width}×{height} px, which no icon is")
    return Picture(width, height, tuple(_pixels(packed, width, height, _CHANNELS[colour])))


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_SIGNATURE)
    while at < len(content):
        length, kind = struct.unpack_from(">I4s", content, at) if at + 12 <= len(content) else (len(content), b"")
        if at + 12 + length > len(content):
            raise NoPicture("is cut off")
        body = content[at + 8 : at + 8 + length]
        if struct.unpack_from(">I", content, at + 8 + length)[0] != zlib.crc32(kind + body):
            raise NoPicture("is damaged: a checksum is wrong")
        yield kind, body
        at += 12 + length


def _pixels(packed: bytes, width: int, height: int, channels: int) -> Iterator[tuple[int, int, int, int]]:
    stride = width * channels
    unpacking = zlib.decompressobj()
    try:
        raw = unpacking.decompress(packed, height * (stride + 1) + 1)
    except zlib.error:
        raise NoPicture("is damaged: its pixels cannot be unpacked") from None
    if len(raw) != height * (stride + 1):
        raise NoPicture("is damaged: it has not as many pixels as it says")
    above = bytearray(stride)
    for start in range(0, len(raw), stride + 1):
        row = _unfiltered(raw[start], bytearray(raw[start + 1 : start + 1 + stride]), above, channels)
        alpha = row[3::4] if channels == 4 else b"\xff" * width
        yield from zip(row[0::channels], row[1::channels], row[2::channels], alpha, strict=True)
        above = row


def _unfiltered(method: int, row: bytearray, above: bytearray, channels: int) -> bytearray:
    if method > 4:
        raise NoPicture("is damaged: a row has an unknown filter")
    for at in range(len(row) if method else 0):
        up = above[at]
        left, corner = (row[at - channels], above[at - channels]) if at >= channels else (0, 0)
        match method:
            case 1:
                guess = left
            case 2:
                guess = up
            case 3:
                guess = (left + up) // 2
            case _:
                guess = _paeth(left, up, corner)
        row[at] = (row[at] + guess) & 255
    return row


def _paeth(left: int, up: int, corner: int) -> int:
    """The neighbour nearest to left + up - corner; left goes before up, up before corner."""
    to_left, to_up, to_corner = abs(up - corner), abs(left - corner), abs(left + up - 2 * corner)
    if to_left <= to_up and to_left <= to_corner:
        return left
    return up if to_up <= to_corner else corner
