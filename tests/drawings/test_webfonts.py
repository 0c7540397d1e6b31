"""The fonts of pages are made once on a machine, and kept where nobody else can put others."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from drawings.webfonts import webfonts


async def test_they_are_made_once_and_only_ours_are_read(tmp_path: Path) -> None:
    folder, asked = tmp_path / "fonts", list[str]()

    async def make(codes: Sequence[str]) -> dict[str, bytes]:
        asked.extend(codes)
        return {code: b"wOFF " + code.encode() for code in codes}

    async def comes(where: Path = folder) -> tuple[bytes, Sequence[str]]:
        """The regular font, and what had to be made for it."""
        asked.clear()
        return (await webfonts(["figo"], where, make))["figo"], tuple(asked)

    assert await comes() == (b"wOFF figo", ("figo",))
    assert await comes() == (b"wOFF figo", ()), "it is there"
    assert await webfonts(["figo", "figbo"], folder, make) == {"figo": b"wOFF figo", "figbo": b"wOFF figbo"}
    assert asked == ["figbo"]
    (kept,) = folder.glob("figo-*.woff")
    assert folder.stat().st_mode & 0o077 == 0

    kept.write_bytes(b"half a fo")
    assert await comes() == (b"wOFF figo", ("figo",)), "what is no font is made again"
    kept.write_bytes(b"wOFF of somebody else")
    folder.chmod(0o777)
    assert await comes() == (b"wOFF figo", ("figo",)), "others could have written there"
    folder.chmod(0o700)
    link = tmp_path / "link"
    os.symlink(folder, link)
    assert await comes(link) == (b"wOFF figo", ("figo",))
    assert await comes(tmp_path / "none" / "such") == (b"wOFF figo", ("figo",)), "where nothing can be kept"
    assert kept.read_bytes() == b"wOFF of somebody else", "nor is it written through"
    assert len(list(folder.iterdir())) == 2
