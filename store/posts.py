"""What is posted where, and at which revision: the publisher's memory. Never locks a workshop's row, never posts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from store.reader import Reader
from store.tables import LIVE_STATUSES, posts, published, workshops
from store.upsert import upsert
from store.writer import Writer

SENDING = "sending"
"""About to be posted for the first time: recorded before it is sent."""
POSTED = "posted"
UNKNOWN = "unknown"
"""An edit is under way, or its outcome is not known: what is shown is not known."""
GONE = "gone"
"""Deleted, or its conversation is."""


_BEHIND = (
    sa.select(workshops.c.id)
    .select_from(workshops.outerjoin(published, published.c.workshop == workshops.c.id))
    .where(sa.func.coalesce(published.c.revision, -1) < workshops.c.revision)
    .order_by(workshops.c.id)
)
_BEHIND_LATELY = _BEHIND.where(
    workshops.c.status.in_(LIVE_STATUSES)
    | (workshops.c.ended_at >= sa.bindparam("since", type_=workshops.c.ended_at.type))
)
"""Built once: building a statement costs more than running it."""


_MARKED = (
    sa.select(posts.c.workshop)
    .distinct()
    .where(posts.c.digest.like("%~"), posts.c.at >= sa.bindparam("since", type_=posts.c.at.type))
)


@dataclass(frozen=True, slots=True)
class Post:
    """One message of the bot's that is kept up to date. A workshop has one per conversation and slot; `generation`
    counts how often it was posted anew, `previous` is the activity id of the generation before."""

    conversation: str
    slot: str
    state: str
    activity_id: str | None
    previous: str | None
    digest: str
    revision: int
    generation: int
    at: datetime
    """When its state last changed, or it was last put (UTC)."""
    by: str = ""
    """The instance that has a call for it under way, or died with it; "" where none has."""
    until: datetime | None = None
    """Until when an edit before the last one may still land over it (UTC)."""


_COLUMNS = tuple(posts.c[name] for name in Post.__slots__)
_ALL = (
    sa.select(*_COLUMNS)
    .where(posts.c.workshop == sa.bindparam("workshop"))
    .order_by(posts.c.conversation, posts.c.slot)
)
_THIS = tuple(posts.c[name] == sa.bindparam(f"this_{name}") for name in ("workshop", "conversation", "slot"))
_ONE = sa.select(*_COLUMNS).where(*_THIS)
_REVISION = sa.select(published.c.revision).where(published.c.workshop == sa.bindparam("workshop"))


@lru_cache
def _changing(names: tuple[str, ...], mine: bool) -> sa.Update:
    """Puts new values into a row; with `mine`, one whose call is this instance's."""
    change = posts.update().where(*_THIS).values({name: sa.bindparam(name) for name in names})
    return change.where(posts.c.by == sa.bindparam("this_by")) if mine else change


class Posts:
    """Where the publisher reads and writes. `conversation` is a conversation's key; "" for the workshop's home. `by`
    names the instance that makes the call: what came of it is recorded only where no other has begun one since. All
    that write raise `NotWritten`."""

    def __init__(self, writer: Writer, reader: Reader) -> None:
        self._writer = writer
        self._reader = reader

    async def posts_of(self, workshop_id: str) -> list[Post]:
        """Everything posted for a workshop."""
        return [Post(*row) for row in await self._reader.once(_ALL, {"workshop": workshop_id})]

    async def intend(
        self, workshop_id: str, slot: str, now: datetime, conversation: str = "", by: str = ""
    ) -> Post:
        """Record that a post is about to be sent: one more generation of it where there was one before."""

        def write(connection: Connection) -> Post:
            known = connection.execute(_ONE, _this(workshop_id, conversation, slot)).one_or_none()
            before = Post(*known) if known else None
            post = Post(
                conversation=conversation,
                slot=slot,
                state=SENDING,
                activity_id=None,
                previous=(before.activity_id or before.previous) if before else None,
                digest="",
                revision=0,
                generation=before.generation + 1 if before else 1,
                at=now,
                by=by,
            )
            row = {name: getattr(post, name) for name in Post.__slots__}
            upsert(connection, posts, [{"workshop": workshop_id, **row}])
            return post

        return await self._writer.write(write)

    async def posted(
        self,
        workshop_id: str,
        slot: str,
        activity_id: str,
        digest: str,
        revision: int,
        now: datetime,
        conversation: str = "",
        by: str = "",
        until: datetime | None = None,
    ) -> bool:
        """Record that a post, first sent or edited, shows `digest` as of `revision`; until `until` an earlier edit may
        still land over it. False: another instance has begun anew meanwhile, and nothing is recorded."""
        shown = {"activity_id": activity_id, "digest": digest, "revision": revision, "until": until}
        return await self._change(workshop_id, conversation, slot, {"state": POSTED, "at": now, "by": "", **shown}, by)

    async def editing(
        self, workshop_id: str, slot: str, now: datetime, until: datetime, by: str, conversation: str = ""
    ) -> None:
        """Record that an edit is about to be sent, which may land as late as `until` if this process dies."""
        begun = {"state": UNKNOWN, "at": now, "until": until, "by": by}
        await self._change(workshop_id, conversation, slot, begun)

    async def unknown(
        self,
        workshop_id: str,
        slot: str,
        now: datetime,
        conversation: str = "",
        by: str = "",
        until: datetime | None = None,
    ) -> None:
        """Record that what a post shows is not known since `now`: the answer to an edit, or to the post, was lost. The
        edit may land as late as `until`."""
        await self._change(
            workshop_id, conversation, slot, {"state": UNKNOWN, "at": now, "until": until, "by": ""}, by
        )

    async def undone(self, workshop_id: str, slot: str, before: Post | None, by: str, conversation: str = "") -> None:
        """Record that a call surely had no effect: the post is as it was before (None: there was none)."""
        if before is None:
            never = posts.delete().where(*_THIS, posts.c.by == sa.bindparam("this_by"))
            this = {**_this(workshop_id, conversation, slot), "this_by": by}
            await self._writer.write(lambda connection: connection.execute(never, this) and None)
            return
        row = {name: getattr(before, name) for name in Post.__slots__}
        await self._change(workshop_id, conversation, slot, row, by)

    async def gone(self, workshop_id: str, slot: str, now: datetime, conversation: str = "") -> None:
        """Record that a post can no longer be edited."""
        await self._change(workshop_id, conversation, slot, {"state": GONE, "at": now, "until": None, "by": ""})

    async def behind(self, since: datetime | None = None) -> list[str]:
        """Ids of the workshops that are stored at a later revision than published. With `since`, not those that ended
        before it."""
        late, given = (_BEHIND, {}) if since is None else (_BEHIND_LATELY, {"since": since})
        return [id_ for (id_,) in await self._reader.once(late, given)]

    async def marked(self, since: datetime) -> list[str]:
        """Ids of the workshops with a message that was put since then and whose digest says that it is put again."""
        return [id_ for (id_,) in await self._reader.once(_MARKED, {"since": since})]

    async def published(self, workshop_id: str, revision: int) -> None:
        """Record that everything posted shows at least this revision. A lower one than recorded changes nothing."""

        def write(connection: Connection) -> None:
            known = connection.execute(_REVISION, {"workshop": workshop_id}).scalar()
            if known is None or known < revision:
                upsert(connection, published, [{"workshop": workshop_id, "revision": revision}])

        await self._writer.write(write)

    async def _change(
        self, workshop_id: str, conversation: str, slot: str, values: dict[str, Any], by: str | None = None
    ) -> bool:
        """Whether there was such a row; with `by`, one whose call is this instance's."""
        change = _changing(tuple(values), by is not None)
        given = {**values, **_this(workshop_id, conversation, slot)}
        if by is not None:
            given["this_by"] = by
        return await self._writer.write(lambda connection: connection.execute(change, given).rowcount > 0)


def _this(workshop_id: str, conversation: str, slot: str) -> dict[str, Any]:
    return {"this_workshop": workshop_id, "this_conversation": conversation, "this_slot": slot}
