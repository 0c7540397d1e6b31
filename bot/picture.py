"""The picture of the symbolic summary: what it says, and having it drawn in another process. It posts nothing."""

from __future__ import annotations

import logging

from drawings.of_board import summary_of
from drawings.press import Press, PressFailed
from drawings.summary import posted
from workshop.tally import Board

log = logging.getLogger("kolbot.picture")

KEPT = 4
"""Pictures that are kept, of at most a megabyte each: one that could not be posted at once is not drawn again."""


class SummaryPictures:
    """Draws summaries by the press."""

    def __init__(self, press: Press) -> None:
        self._press = press
        self._kept: dict[str, bytes] = {}

    async def warm(self) -> None:
        """A picture will be wanted soon. Never raises: it is drawn, or fails, when it is."""
        try:
            await self._press.warm()
        except PressFailed as why:
            log.warning("the press could not be started ahead of time: %s", why)

    def describe(self, board: Board) -> tuple[str, str]:
        """The picture as SVG, which is equal for equal pictures, and the same content as text."""
        return posted(summary_of(board))

    async def draw(self, svg: str) -> bytes | None:
        """The picture as PNG; None where the press fails (which is logged: the text is posted without it)."""
        if (kept := self._kept.get(svg)) is not None:
            return kept
        try:
            made = await self._press.posted_png(svg)
        except PressFailed as why:
            log.error("the picture of the summary could not be made: %s", why)
            return None
        self._kept = dict([*self._kept.items(), (svg, made)][-KEPT:])
        return made
