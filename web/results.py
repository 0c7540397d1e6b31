"""The newest results that everybody may see, drawn for a page in the page's own colours. It decides nothing."""

from __future__ import annotations

from typing import Any, Final

from drawings.css import PAGE, follows_page
from drawings.prompt import prompts_picture
from locales import Words
from web.opened import Seen
from workshop.tally import Board, PromptBoard, board_of

WIDTH: Final = 640.0
"""px that a drawing is made for; a page makes it as wide as there is room."""
MOST: Final = 6
"""Results of one step that are drawn: a step of many cases has more, and all are on the board."""
KEPT: Final = 16
"""Drawings that are kept, of some 100 kB at most."""


class Results:
    """Draws once for a revision and a language, however many pages show it."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, int, str], dict[str, Any] | None] = {}

    def of(self, seen: Seen, say: Words) -> dict[str, Any] | None:
        """What a page is filled with; nothing where there are no results yet."""
        key = seen.workshop.id, seen.workshop.revision, say.language
        kept = self._kept
        if key in kept:
            return kept[key]
        made = results(board_of(seen.workshop, seen.answers), say)
        # A new one each time, and never the one that another thread looks at: pages are drawn in threads.
        self._kept = dict([*kept.items(), (key, made)][-KEPT:])
        return made


def results(board: Board, say: Words) -> dict[str, Any] | None:
    """Those of the current step, else of the last one that has any. `board` is what everybody sees: nothing hidden,
    unrevealed or below the minimum is in it."""
    found = _newest(board)
    if found is None:
        return None
    stage, prompts = found
    language = board.workshop.language
    drawn = prompts_picture(prompts[:MOST], stage=stage, say=say, otherwise=language, palette=PAGE, width=WIDTH)
    return {"title": say("What everybody sees now"), "drawing": follows_page(drawn.svg)}


def _newest(board: Board) -> tuple[int, list[PromptBoard]] | None:
    newest = None
    for number, stage in enumerate(board.stages):
        for step in stage.steps:
            prompts = [prompt for prompt in step.prompts if prompt.result is not None]
            if prompts and step is board.now:
                return number, prompts
            if prompts:
                newest = number, prompts
    return newest
