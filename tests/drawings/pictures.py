"""Draws the pictures in docs/images that show drawings: `python -m tests.drawings.pictures docs/images`. No tests."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from drawings import design
from drawings.press import Press
from drawings.prompt import prompt_picture
from drawings.summary import A3, SCREEN, full_pages, posted_svg
from locales import words
from tests.drawings.boards import STAGES, board
from tests.drawings.realistic import summary


async def main(folder: Path) -> None:
    """Every picture as a PNG in the folder."""
    press = Press()
    for language, people in ((language, people) for language in ("pl", "bg") for people in (12, 40, 120)):
        shown = summary(language, people)
        name = f"summary-{language}-{people}"
        (folder / f"{name}.png").write_bytes(await press.posted_png(posted_svg(shown)))
        sheet, width = (A3, 1400) if language == "pl" else (SCREEN, 1600)
        whole = await press.png(full_pages(shown, sheet)[0], width)
        (folder / f"{name}-full.png").write_bytes(whole)
    for kind, stage in STAGES.items():
        for language, palette in (("pl", design.LIGHT), ("bg", design.DARK)):
            drawn = prompt_picture(
                board(kind, language), stage=stage, say=words(language), otherwise="en", palette=palette
            )
            name = f"prompt-{kind}-{language}-{palette.name}.png"
            (folder / name).write_bytes(await press.png(drawn.svg, 800))
    await press.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
