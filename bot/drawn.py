"""What a card that may have to be posted looks like, and what tells it from another. It posts nothing."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol

import orjson

from bot.viewers import NOBODY, Viewing
from cards import draw
from cards.moved import known_by, taking_over
from cards.own_view import in_own_language
from workshop.tally import Board
from workshop.views import Summary, View


class Pictures(Protocol):
    """Makes the picture of the summary."""

    async def warm(self) -> None:
        """A picture will be wanted soon."""

    def describe(self, board: Board) -> tuple[str, str]:
        """The picture as SVG, which is equal for equal pictures, and the same content as text."""

    async def draw(self, svg: str) -> bytes | None:
        """The PNG; None where it could not be made."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A card: what tells it from another, and how to have it (a picture takes a while). In the digest, what only tells
    whose clients ask for a view of their own stands after a colon."""

    digest: str
    make: Callable[[], Awaitable[dict[str, Any]]]
    personal: bool = False
    """Some have views of their own of it, for which their clients ask by themselves."""

    def looks(self, digest: str) -> bool:
        """Whether a posted card looks like this one, whoever has a view of their own."""
        return digest.partition(":")[0] == self.digest.partition(":")[0]


async def drawn_of(
    pictures: Pictures, board: Board, view: View, anew: bool, slot: str, viewing: Viewing = NOBODY
) -> Drawn:
    """The card of a view; `anew`: posted once more, it says that it takes another's place. Its buttons tell the slot
    in which it hangs."""
    language = board.workshop.language

    def card(shown: View) -> dict[str, Any]:
        made = known_by(draw(shown, language), slot)
        return taking_over(made, language) if anew else made

    if isinstance(view, Summary):
        svg, text = await asyncio.to_thread(pictures.describe, board)

        async def with_picture() -> dict[str, Any]:
            picture = await pictures.draw(svg)
            return await asyncio.to_thread(card, Summary(board, picture, text))

        return Drawn(_digest(svg.encode()), with_picture)
    made = await asyncio.to_thread(card, view)
    digest, shown = _digest(orjson.dumps(made)), made
    if viewing != NOBODY:
        shown = in_own_language(made, board.workshop, slot, viewing.names, viewing.button)
        digest += ":" + _digest(repr(viewing).encode())[:8]

    async def at_once() -> dict[str, Any]:
        return shown

    return Drawn(digest, at_once, bool(viewing.names))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]
