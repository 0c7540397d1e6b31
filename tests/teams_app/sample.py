"""A right package, and ways to break it. For these tests only."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any

from teams_app.manifest import Installation
from teams_app.package import files_of

APP = "6f1c9a4e-0b52-4d0e-9c57-2f6a3d1b8e70"
OURS = Installation(
    app_id=APP,
    teams_app_id="0d7e1c55-91a4-4f0b-8c43-5a1e0f3b7d29",
    domain="bot.example.org",
    version="1.2.3",
    name="Kolbot",
    developer="Example",
    website="https://example.org/",
    privacy="https://example.org/privacy",
    terms="https://example.org/terms",
    pages="https://bot.example.org/pages",
)


Breaking = Callable[[dict[str, Any]], object]


@cache
def right_files() -> dict[str, bytes]:
    """The files of the right package; its icons are drawn once."""
    return files_of(OURS)


def files(breaking: Breaking = lambda content: None, name: str = "manifest.json") -> dict[str, bytes]:
    """The files of the right package, one of the JSON files changed by `breaking`."""
    right = right_files()
    content = json.loads(right[name])
    breaking(content)
    return right | {name: json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass")}


def png(size: int, *pixels: tuple[int, int, int, int], bits: int = 8, kind: int = 6, filters: int = 0) -> bytes:
    """A square PNG that repeats these pixels."""
    wide = (4 if kind == 6 else 3) * size
    repeated = b"".join(bytes(pixel[: wide // size]) for pixel in pixels) * (size * size // len(pixels) + 1)
    rows = b"".join(bytes([filters]) + repeated[y * wide : (y + 1) * wide] for y in range(size))
    header = struct.pack(">IIBBBBB", size, size, bits, kind, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )
