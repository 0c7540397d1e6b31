"""Makes one message so: posts it, edits it, and puts it again while an earlier edit may land over it. It picks none."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.adapter import bug
from bot.asks import Asks, unmarked
from bot.budgets import LONGEST
from bot.doubts import SETTLING, Doubts
from bot.drawn import Drawn, Pictures, drawn_of
from bot.leases import EDIT, Leases, Lost
from bot.metrics import Metrics
from bot.posted import Posted, Posts
from bot.round import Leave, Lose, Round, nobody_leaves, nobody_told
from bot.teams import Gone, Priority, Refused, Retry, Teams, TeamsSays, Unknown, card_activity
from bot.viewers import EVERYBODY, Audience
from workshop.views import Pointer
from workshop.wall import HERE, Hung, bare

log = logging.getLogger("kolbot.publisher")

A_POST = 4.0
"""Seconds that a first post is waited for before the rest of the wall goes on without it."""
HANGING = 60.0
"""Seconds after which a first post that got no answer is given up."""
CRASHED = timedelta(seconds=2)
"""What an instance was posting when it died has happened by then, or never will."""
LONGEST_LOST = 15
"""Seconds, at most, until a post whose answer was lost is posted anew: none the first time, then 1, 3, 7."""
OF_A_MESSAGE = frozenset({"ActivityNotFoundInConversation", "MessageDeleted", "404"})
"""What Teams says of an edit where only the message is gone, and not its conversation."""

SOON = 1.0
"""Seconds until the next try where Teams was in trouble and did not say for how long."""
LOOK = timedelta(seconds=1)
QUEUES = 0.5
"""Seconds that what can wait stands in the queue for its turn at most: a new step of the workshop waits behind it."""
AFTER_REFUSAL = timedelta(minutes=1)
PAUSES = (0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4)
"""Seconds between attempts to record where a message hangs."""

Content = dict[str, Any]


class Posting:
    """The messages of all walls."""

    def __init__(
        self,
        posts: Posts,
        teams: Teams,
        pictures: Pictures,
        leases: Leases,
        clock: Callable[[], datetime],
        instance: str,
        metrics: Metrics,
        later: Callable[[str], None],
        twin: Callable[[str, str, str], object],
        patience: float,
        lose: Lose = nobody_told,
        viewers: Audience = EVERYBODY,
        leave: Leave = nobody_leaves,
        asks: Asks | None = None,
    ) -> None:
        """`later` is told which workshop's first post was answered after all, `twin` of the workshop, slot and id of a
        message that another instance had given up by then. `patience`: seconds, `A_POST`. `viewers` tells
        whose clients ask for their own view of a card, `asks` when they did; `leave` is told of a workshop's place that
        takes no posts."""
        self._posts = posts
        self._teams = teams
        self._pictures = pictures
        self._leases = leases
        self._clock = clock
        self._instance = instance
        self._metrics = metrics
        self._later = later
        self._twin = twin
        self._patience = patience
        self._lose = lose
        self._viewers = viewers
        self._leave = leave
        self._asks = asks or Asks(clock)
        self.pauses: tuple[float, ...] = PAUSES
        self._sending: dict[tuple[str, str], asyncio.Task[bool]] = {}
        self._refused: dict[tuple[str, str], tuple[str, datetime]] = {}
        self._doubts = Doubts()

    async def hang(self, go: Round, hung: Hung) -> bool:
        """Make one message so; whether it surely is. Raises Retry where what people wait for has to wait, and Lost."""
        now, workshop, post = self._clock(), go.board.workshop, go.rows.get(hung.slot)
        key = (workshop.id, hung.slot)
        if key in self._sending:
            return go.look(now + LOOK)
        name = post.activity_id if post is not None else None
        if (isinstance(hung.view, Pointer) and name is None) or (post is not None and post.state == "gone"):
            return True
        if post is not None and name is None and (wait := await self._lost_until(post, now)) > now:
            return go.look(min(wait, now + LOOK))
        anew = post is not None and (name is None or post.generation > 1)
        viewing = self._viewers.of(go.address, workshop, hung.view)
        drawn = await drawn_of(self._pictures, go.board, hung.view, anew, hung.slot, viewing)
        news = post is None or post.state != "posted" or not drawn.looks(post.digest)
        if post is not None and not news:
            stays = self._stays(go, post, drawn, key, now, viewing.known)
            if stays is not None:
                return stays
        refused, until = self._refused.get(key, ("", now))
        if refused == drawn.digest and now < until:
            return go.look(min(until, now + 5 * LOOK))
        urgent = hung.urgent and news
        if not urgent and (turn := self._teams.wait(go.address, Priority.BOARD)) > QUEUES:
            return go.look(now + timedelta(seconds=min(turn, LONGEST)), shown=not news)
        if not hung.urgent:
            if now < go.board_from:
                return go.look(go.board_from)
            go.edits += name is not None
        try:
            content = card_activity(await drawn.make())
            await go.hold.lasts()
            if post is None or name is None:
                return await self._post(go, hung, post, drawn, content, urgent)
            return await self._edit(go, hung, post, name, drawn, content, urgent)
        except Retry as retry:
            if urgent:
                raise
            # Only what can wait does; where Teams throttles the whole conversation, its budget says so to the others.
            go.board_from = self._clock() + pause(retry)
            if retry.by_teams:
                go.closed_until = go.board_from
            return go.look(go.board_from)

    def _stays(
        self, go: Round, post: Posted, drawn: Drawn, key: tuple[str, str], now: datetime, known: bool
    ) -> bool | None:
        """Of a message that looks as it has to: whether it surely will; None where it is put again now."""
        if post.until is None:
            self._doubts.surely(key)
            due = self._asks.due(key, post.at, post.digest, unmarked(post.digest) != drawn.digest) if known else None
            return True if due is None or go.views_wait(due, now) else None
        self._doubts.doubt(key, post.until)
        due = post.at + self._doubts.again(key[0], now)
        return go.look(due, shown=True) if post.at <= now < due else None

    async def settle(self, seconds: float) -> None:
        """Wait for first posts that got no answer yet, at most so long."""
        if self._sending:
            await asyncio.wait(list(self._sending.values()), timeout=seconds)

    async def _lost_until(self, post: Posted, now: datetime) -> datetime:
        """When a message that may never have been posted is posted anew."""
        if post.at > now:
            return now  # the clock was put back
        if post.state == "unknown":
            return post.at + timedelta(seconds=min(2 ** (min(post.generation, 9) - 1) - 1, LONGEST_LOST))
        if post.by == self._instance or await self._leases.silent(post.by, now):
            return post.at + CRASHED
        return post.at + timedelta(seconds=HANGING + 2 * EDIT)

    async def _post(
        self, go: Round, hung: Hung, before: Posted | None, drawn: Drawn, content: Content, urgent: bool
    ) -> bool:
        """Wait for the answer for a while, then let it come when it comes: given up early, it would hang twice."""
        workshop = go.board.workshop
        self._asks.anew((workshop.id, hung.slot))
        await self._posts.intend(workshop.id, hung.slot, self._clock(), by=self._instance)
        task = asyncio.create_task(self._sent(go, hung.slot, before, drawn, content, urgent))
        self._sending[workshop.id, hung.slot] = task
        task.add_done_callback(lambda _: self._sending.pop((workshop.id, hung.slot)))
        await asyncio.wait({task}, timeout=self._patience)
        if not task.done():
            task.add_done_callback(partial(self._came_late, workshop.id))
            return go.look(self._clock() + LOOK)
        return task.result() or go.look(self._clock())

    async def _sent(
        self, go: Round, slot: str, before: Posted | None, drawn: Drawn, content: Content, urgent: bool
    ) -> bool:
        """The first post, and what is recorded of it; whether it hangs there."""
        workshop, priority, begun = go.board.workshop, Priority.STAGE if urgent else Priority.BOARD, self._clock()
        try:
            name = await self._teams.send(go.address, content, deadline=EDIT, priority=priority, patience=HANGING)
        except Unknown:
            await self._posts.unknown(workshop.id, slot, self._clock(), by=self._instance)
            return False
        except Gone as gone:
            if go.binding is not None:
                return await self._is_lost(go, slot, before, gone.code)
            return await self._is_left(go, slot, before, gone.code)
        except (Retry, Refused) as nothing:
            if isinstance(nothing, Refused) and go.binding is not None and bare(slot) == HERE:
                return await self._is_lost(go, slot, before, nothing.code)
            await self._posts.undone(workshop.id, slot, before, self._instance)
            if isinstance(nothing, Refused):
                return self._is_refused(workshop.id, slot, drawn, nothing)
            raise
        self._metrics.posted(bare(slot), "post")
        if await self._kept(workshop.id, slot, name, drawn.digest, workshop.revision, begun):
            return True
        self._twin(workshop.id, slot, name)
        return False

    async def _kept(self, workshop_id: str, slot: str, name: str, digest: str, revision: int, begun: datetime) -> bool:
        """Record where a message hangs, however often that takes: forgotten, it would be posted once more."""
        at = self._clock()
        self._asks.landed((workshop_id, slot), begun, at)
        for wait in self.pauses:
            try:
                return await self._posts.posted(workshop_id, slot, name, digest, revision, at, by=self._instance)
            except Exception:  # noqa: BLE001 - whatever is wrong with the store, the message hangs there
                await asyncio.sleep(wait)
        return await self._posts.posted(workshop_id, slot, name, digest, revision, at, by=self._instance)

    def _came_late(self, workshop_id: str, task: asyncio.Task[bool]) -> None:
        error = None if task.cancelled() else task.exception()
        if error is not None and not isinstance(error, TeamsSays):
            self._metrics.bug()
            bug(error)
        self._later(workshop_id)

    async def _edit(
        self, go: Round, hung: Hung, post: Posted, name: str, drawn: Drawn, content: Content, urgent: bool
    ) -> bool:
        workshop, key, begun = go.board.workshop, (go.board.workshop.id, hung.slot), self._clock()
        await self._posts.editing(*key, begun, begun + SETTLING, self._instance)
        put = self._clock()
        try:
            priority = Priority.STAGE if urgent else Priority.BOARD
            sure = await self._teams.edit(go.address, name, content, deadline=EDIT, priority=priority)
        except Unknown:
            now = self._clock()
            self._doubts.doubt(key, now + SETTLING)
            await self._posts.unknown(*key, now, by=self._instance, until=now + SETTLING)
            return go.look(now + LOOK)
        except Gone as gone:
            at_home = go.address.conversation_id == workshop.home
            if gone.code in OF_A_MESSAGE or (go.binding is None and not at_home):
                log.warning("a post is gone: %s", gone.code)
                await self._posts.gone(*key, self._clock())
                return True
            is_out = self._is_left if at_home else self._is_lost
            return await is_out(go, hung.slot, post, gone.code)
        except (Retry, Refused) as nothing:
            await self._posts.undone(*key, post, self._instance)
            if isinstance(nothing, Refused):
                return self._is_refused(*key, drawn, nothing) or go.look(begun + LOOK)
            raise
        self._metrics.posted(bare(hung.slot), "edit")
        now = self._clock()
        until = post.until if post.until is not None and begun < post.until <= now + SETTLING else None
        if not sure:
            until = now + SETTLING
        digest = drawn.digest
        if drawn.personal:
            same = post.state == "posted" and drawn.looks(post.digest)
            digest = self._asks.marked(digest, key, put, post, same)
            self._asks.landed(key, put, now)
            if (due := self._asks.due(key, now, digest, differs=False)) is not None:
                go.views_wait(due, now)
        if not await self._posts.posted(*key, name, digest, workshop.revision, now, by=self._instance, until=until):
            raise Lost
        if until is None:
            self._doubts.surely(key)
            return True
        self._doubts.doubt(key, until)
        return go.look(now + self._doubts.again(workshop.id, now), shown=True)

    async def _is_lost(self, go: Round, slot: str, before: Posted | None, code: str) -> bool:
        """A group's conversation takes nothing: it is the group's no more, and the work goes on where all are. Only
        what is stored counts: until it is, the next look meets the same."""
        workshop = go.board.workshop
        log.warning("a group's conversation takes no posts: %s", code)
        go.lost = True
        await self._posts.undone(workshop.id, slot, before, self._instance)
        assert go.binding is not None
        await self._lose(workshop.id, go.binding, go.ever)
        return go.look(self._clock() + LOOK)

    async def _is_left(self, go: Round, slot: str, before: Posted | None, code: str) -> bool:
        """The workshop's conversation takes nothing. All stays as it is until something is heard from there."""
        log.warning("a workshop's conversation takes no posts: %s", code)
        go.lost = True
        await self._posts.undone(go.board.workshop.id, slot, before, self._instance)
        await self._leave(go.address.conversation_id)
        return go.look(self._clock() + LOOK)

    def _is_refused(self, workshop_id: str, slot: str, drawn: Drawn, refused: Refused) -> bool:
        log.error("Teams refused a card (%s %s): slot %s", refused.status, refused.code, bare(slot).split(":")[0])
        self._refused[workshop_id, slot] = (drawn.digest, self._clock() + AFTER_REFUSAL)
        return False


def pause(retry: Retry) -> timedelta:
    """How long to leave alone what could not be done."""
    return timedelta(seconds=retry.after if retry.by_budget or retry.by_teams else min(retry.after, SOON))
