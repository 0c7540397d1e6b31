"""Pages of large workshops are drawn in a process of their own: the same pages, for the same people."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest

from drawings.worker import WorkerLost
from tests.chat import Session
from tests.web.test_board import WORDS, board, written
from tests.web.visit import browser
from web.easel import Easel
from web.live import TICKETS, Live
from web.opened import Drawn, Options, Parts, Seen
from workshop.model import Answer, Workshop
from workshop.passes import Pass

AT = datetime(2026, 11, 28, 20, 0, tzinfo=UTC)


@pytest.mark.parametrize("kept_in", ["sqlite"], indirect=True)
async def test_a_heavy_board_is_drawn_by_a_process_that_ends_when_nobody_looks(room: Session) -> None:
    await written(room)
    live = room.bot.site.live
    live.heavy, live.rounds = 0.0, 1
    easel = live.elsewhere
    assert isinstance(easel, Easel)
    assert not easel.ready(), "now it is started, and nobody waits for it"
    await easel.started()
    assert easel.ready() and easel.process is not None
    async with browser(await board(room, "james")) as page:
        await page.enters()
        async with page.streams(page="board") as stream:
            assert await stream.next() == "parts"
            await room.types("anna", "@Kolbot close")
            await stream.until("Open days for staff")
            assert easel.drawings, "by the process, from what is stored"
            assert all(words in stream.words for words in WORDS.values())
            await live.tick()
            assert easel.process is not None, "somebody looks"
            await live.close()
            assert await stream.next() == ""
        await live.tick()
        assert easel.process is not None, "somebody may come again soon"
        easel.rest_after = 0.0
        await live.tick()
        assert easel.process is None


@dataclass
class Stored:
    """A workshop as it stands: who may see it, and at which revision."""

    revision: int = 1
    people: set[str] = field(default_factory=lambda: {"anna", "james"})
    gone: bool = False
    home: str = "somewhere"
    taken_back: set[str] = field(default_factory=set)
    looks: list[int] = field(default_factory=list)
    """How many tickets each look was for."""

    async def workshop(self, workshop_id: str) -> Workshop | None:
        return None if self.gone else cast(Workshop, replace(self, people=set(self.people)))

    async def answers(self, workshop_id: str) -> tuple[Workshop, tuple[Answer, ...]] | None:
        seen = await self.workshop(workshop_id)
        return None if seen is None else (seen, ())

    async def look(self, ids: Collection[str], held: Collection[str]) -> tuple[Mapping[str, int], frozenset[str]]:
        self.looks.append(len(held))
        return dict.fromkeys(ids, self.revision), frozenset(held) - self.taken_back


class Sheet:
    """A page that is the same for all who may see it."""

    tells_time = False

    def __init__(self) -> None:
        self.asked = 0

    def key(self, seen: Workshop, given: Pass, options: Options) -> Hashable | None:
        self.asked += 1
        return "all" if given.person in cast(Stored, seen).people else None

    def draw(self, seen: Seen, given: Pass, options: Options) -> Parts:
        return {"head": f"<p>{seen.workshop.revision}</p>"}


@dataclass
class Meanwhile:
    """Draws elsewhere, and something changes meanwhile."""

    change: Callable[[], None]
    stored: Stored
    lost: bool = False

    def ready(self) -> bool:
        return not self.lost

    async def rest(self) -> None:
        """Nothing to end."""

    async def draw(
        self, workshop_id: str, at: datetime, wanted: Mapping[Hashable, tuple[Pass, Options]]
    ) -> tuple[int, dict[Hashable, Drawn], float] | None:
        self.change()
        if self.lost:
            raise WorkerLost("the worker died")
        if self.stored.gone:
            return None
        drawn = Drawn({"head": f"<p>{self.stored.revision} drawn elsewhere</p>"}, self.stored.revision)
        return self.stored.revision, dict.fromkeys(wanted, drawn), 0.1


@pytest.mark.parametrize("kept_in", ["sqlite"], indirect=True)
async def test_rights_are_asked_anew_of_what_has_changed_and_tickets_in_their_turn(kept_in: str) -> None:
    stored, sheet = Stored(), Sheet()
    live = Live(stored, stored, lambda: AT, (), Meanwhile(lambda: None, stored))
    pages = [
        live.enters(Pass("w", "anna", "sheet", "en", AT + timedelta(hours=1)), f"ticket {number}", sheet, {})
        for number in range(TICKETS + 10)
    ]

    async def comes(word: bytes) -> None:
        for page in pages:
            assert word in (await page.next(lambda: AT) or b"")

    await comes(b"<p>1</p>")
    assert sheet.asked == len(pages)
    stored.revision = 2
    live.nudge("w", urgent=False)
    await comes(b"<p>2</p>")
    assert sheet.asked == len(pages), "an answer came, nothing else"
    stored.people.discard("anna")
    stored.taken_back.add(f"ticket {TICKETS + 9}")
    await live.tick()
    await live.tick()
    await live.tick()
    assert stored.looks == [TICKETS, 10, TICKETS]
    assert b"event: gone" in (await pages[-1].next(lambda: AT) or b""), "it was taken back"
    assert live.open == TICKETS + 9
    stored.revision = 3
    live.nudge("w", urgent=False)
    pages.pop()
    await comes(b"event: gone")
    await live.close()


@pytest.mark.parametrize("kept_in", ["sqlite"], indirect=True)
async def test_where_the_process_is_lost_the_server_draws(kept_in: str) -> None:
    stored = Stored()
    meanwhile = Meanwhile(lambda: setattr(meanwhile, "lost", True), stored)
    live = Live(stored, stored, lambda: AT, (), meanwhile)
    live.many = 0
    page = live.enters(Pass("w", "anna", "sheet", "en", AT + timedelta(hours=1)), "ticket", Sheet(), {})
    assert b"<p>1</p>" in (await page.next(lambda: AT) or b"")
    stored.revision = 2
    live.nudge("w", urgent=False)
    assert b"<p>2</p>" in (await page.next(lambda: AT) or b""), "in the next round, by itself"
    assert meanwhile.lost
    await live.close()


@pytest.mark.parametrize("kept_in", ["sqlite"], indirect=True)
@pytest.mark.parametrize("goes", ["james", "all"])
async def test_whoever_may_not_see_it_any_more_is_not_sent_what_was_drawn_meanwhile(kept_in: str, goes: str) -> None:
    stored = Stored()

    def change() -> None:
        stored.revision += 1
        stored.people.discard("james")
        stored.gone = goes == "all"

    live = Live(stored, stored, lambda: AT, (), Meanwhile(change, stored))
    live.many = 0
    anna, james = (
        live.enters(Pass("w", who, "sheet", "en", AT + timedelta(hours=1)), who, Sheet(), {})
        for who in ("anna", "james")
    )
    for page in (anna, james):
        assert b"<p>1</p>" in (await page.next(lambda: AT) or b"")
    live.nudge("w", urgent=False)
    for page in (anna, james):
        event = await page.next(lambda: AT)
        assert event is not None
        if page is anna and goes != "all":
            assert event.startswith(b"event: parts") and b"2 drawn elsewhere" in event
        else:
            assert event.startswith(b"event: gone") and b"drawn" not in event
    assert live.figures.seconds >= (0.1 if goes != "all" else 0) and live.figures.bytes > 0
    await live.close()
