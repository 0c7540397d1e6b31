"""What the publisher remembers of what it posted, as it asks the store for it. It does nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol


class Posted(Protocol):
    """One message that was posted, or was about to be."""

    @property
    def slot(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def activity_id(self) -> str | None: ...
    @property
    def digest(self) -> str: ...
    @property
    def generation(self) -> int:
        """How often it was posted anew because nobody knew what had become of it; 1 at first."""

    @property
    def at(self) -> datetime: ...
    @property
    def by(self) -> str:
        """The instance that has a call for it under way, or died with it."""

    @property
    def until(self) -> datetime | None:
        """Until when an edit before the last one may land over it."""


class Posts(Protocol):
    """What is posted where, kept across restarts. `by`: only if the call for it is still that instance's."""

    async def posts_of(self, workshop_id: str) -> Sequence[Posted]: ...
    async def intend(self, workshop_id: str, slot: str, now: datetime, *, by: str) -> Posted: ...
    async def editing(self, workshop_id: str, slot: str, now: datetime, until: datetime, by: str) -> None: ...
    async def posted(
        self,
        workshop_id: str,
        slot: str,
        activity_id: str,
        digest: str,
        revision: int,
        now: datetime,
        *,
        by: str,
        until: datetime | None = None,
    ) -> bool: ...
    async def unknown(
        self, workshop_id: str, slot: str, now: datetime, *, by: str, until: datetime | None = None
    ) -> None: ...
    async def undone(self, workshop_id: str, slot: str, before: Any, by: str) -> None: ...
    async def gone(self, workshop_id: str, slot: str, now: datetime) -> None: ...
    async def behind(self, since: datetime | None = None) -> Sequence[str]: ...
    async def marked(self, since: datetime) -> Sequence[str]: ...
    async def published(self, workshop_id: str, revision: int) -> None: ...
