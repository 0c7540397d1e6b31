"""A workshop whose database is backed up in the middle and restored into one of the other kind goes on there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from rehearsal.server import make_room
from store.backup import back_up
from store.restoring import restore
from tests.chat import Clock, Session, bot, database_of, label, uses
from tests.postgres import database
from tests.stories.acts import board, form_of, gives, leads, practices, sends, stored
from tests.stories.script import plays, shows
from tests.stories.sessions import SHORT


@dataclass
class Moving(Session):
    """A session whose bot moves into another database."""

    folders: tuple[Path, ...] = ()
    ending: AsyncExitStack = field(default_factory=AsyncExitStack)
    rounds: int = 0
    moves_after: frozenset[int] = frozenset()

    def backs_up(self) -> None:
        """While the bot runs."""
        back_up(database_of(self.folders[0]), self.folders[0] / "kolbot.gz", self.clock.now)

    async def moves(self) -> None:
        """The bot ends, and another begins with what the backup has, in the next database."""
        await self.ending.aclose()
        restore(self.folders[0] / "kolbot.gz", database_of(self.folders[1]), self.clock.now)
        self.folders = self.folders[1:]
        self.bot = await self.ending.enter_async_context(bot(self.room, self.folders[0], self.clock, back=True))

    async def settles(self) -> None:
        await super().settles()
        self.rounds += 1
        if self.rounds in self.moves_after:
            words, kept = self.words(), await stored(self)
            self.backs_up()
            await self.moves()
            assert await stored(self) == kept
            await super().settles()
            assert self.words() == words, "nobody in the room notices"


@asynccontextmanager
async def moving(folders: tuple[Path, ...], moves_after: frozenset[int] = frozenset()) -> AsyncIterator[Moving]:
    clock = Clock()
    async with make_room(strict=False) as room, AsyncExitStack() as ending:
        parts = await ending.enter_async_context(bot(room, folders[0], clock))
        yield Moving(room, parts, clock, folders=folders, ending=ending, moves_after=moves_after)
        wrong = [refusal for refusal in room.world.refusals if not refusal.warning]
        assert not wrong, wrong


@pytest.fixture(autouse=True)
def kept_in() -> str:
    """These stories choose their databases themselves."""
    return "both"


@pytest.fixture
def folders(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Path, ...]]:
    """Places for bots: SQLite, PostgreSQL, SQLite, PostgreSQL."""
    made = tuple(tmp_path / name for name in ("first", "second", "third", "fourth"))
    for folder in made:
        folder.mkdir()
    postgresql = request.getfixturevalue("postgresql")
    with database(postgresql, empty=True) as one, database(postgresql, empty=True) as two:
        uses(made[1], one)
        uses(made[3], two)
        yield made


async def test_a_whole_session_moves_three_times(folders: tuple[Path, ...]) -> None:
    """From SQLite to PostgreSQL, back, and there again: every card stays as it is, and the course goes on."""
    async with moving(folders, frozenset({5, 9, 14})) as room:
        await room.opens()
        await room.joins("ivan", "james", "liga", language="en")
        await plays(room, SHORT["en"])
        assert len(room.folders) == 1, "in the last database now"
        final = board(room)
        for step in SHORT["en"]:
            assert all(shows(final, words) for words in step.words)
        assert label("This workshop has ended. Thank you to everybody.", "en") in room.words()


async def test_what_came_after_the_backup_is_gone_from_the_board_too(folders: tuple[Path, ...]) -> None:
    """The cards in Teams were newer than what is restored: they are made equal to it, each in its place."""
    async with moving(folders) as room:
        await room.opens()
        await room.joins("ivan", "james", "liga", "zsofi")
        await leads(room, label("Start", "pl"))
        await gives(room, "ivan", K1="Before the backup")
        await room.settles()
        room.backs_up()
        form = await form_of(room, "zsofi")
        await gives(room, "liga", K1="After the backup")
        await gives(room, "james", K1="After it too")
        await leads(room, label("Next: {step}", "pl").partition("{")[0])
        assert shows(board(room), "After the backup")
        cards = [seen.id for seen in room.person("anna").cards(root=room.root)]
        room.clock.passes(hours=3)

        await room.moves()
        await room.settles()
        workshop, _ = await stored(room)
        assert await practices(room) == [["Before the backup"]]
        assert workshop.at == 0 and workshop.status == "open"
        assert workshop.closes_at is not None and workshop.closes_at > room.clock.now, "nobody was there: it moved"
        assert not shows(board(room), "After the backup"), board(room)
        left = [seen.id for seen in room.person("anna").cards(root=room.root)]
        assert left[: len(cards)] == cards, "edited in their places"

        # Who had a form open sends it; who had answered too late for the backup answers once more.
        await sends(form, K1="Still typed")
        await gives(room, "liga", K1="Once more")
        await leads(room, label("Next: {step}", "pl").partition("{")[0])
        for words in ("Before the backup", "Still typed", "Once more"):
            assert shows(board(room), words), board(room)
