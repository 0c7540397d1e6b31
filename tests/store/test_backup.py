"""A backup restored, into either kind of database, is what was there at one instant; on it Kolbot goes on."""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from store.backup import LEFT_OUT, Contents, back_up, write
from store.database import WrongDatabase, alone, engine_on, for_reading, migrate, open_database, versions
from store.posts import Posts
from store.reader import Reader
from store.restoring import restore
from store.tables import audit, metadata
from store.writer import Writer
from tests.store.conftest import DATABASES, Stored
from tests.store.kept import MADE, RESTORED, Rows, fills, kept_in, lines_of, moves_on, new_database, rows_of
from tests.store.small_workshop import SECRET, START, after, gave, read_plan
from tests.store.test_migrations import FIRST_RELEASE, first_release  # noqa: F401 - pytest finds the fixture here
from workshop.model import Status

ROOT = Path(__file__).parents[2]


@pytest.fixture(params=DATABASES)
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a backup is brought to."""
    with new_database(request.param, request, tmp_path) as address:
        yield address


def again(url: str) -> Stored:
    """Another start of Kolbot."""
    engine = open_database(url)
    return Stored(engine, Writer(engine, read_plan), Reader(engine, read_plan))


async def ends(stored: Stored) -> None:
    await stored.writer.close()
    stored.reader.close()
    stored.engine.dispose()


def as_restored(rows: Rows) -> Rows:
    """What cards show is looked at anew."""
    return {**rows, "posts": [{**row, "digest": ""} for row in rows["posts"]]}


async def test_all_rows_come_back_and_the_workshop_goes_on(
    stored: Stored, url: str, new_url: str, tmp_path: Path
) -> None:
    await fills(stored)
    assert await Posts(stored.writer, stored.reader).behind() == []
    file = tmp_path / "kolbot.gz"
    made = back_up(url, file, MADE)
    assert made == Contents(versions()[0], MADE, after(60), made.counts)
    kept = rows_of(file)
    assert {name: len(rows) for name, rows in kept.items()} == made.counts
    assert all(kept.values()), "something of every table"
    assert kept["workshops"][0]["secret"] == SECRET

    assert restore(file, new_url, RESTORED) == made
    assert kept_in(new_url, tmp_path) == as_restored(kept)
    new = again(new_url)
    before, now = await stored.workshop(), await new.workshop()
    assert now == before and list(now.people) == list(before.people)
    assert await new.reader.answers("w1") == await stored.reader.answers("w1")
    assert await new.reader.last_seen() == after(60), "deadlines that passed since then move"
    assert (await new.done(gave("jan", "not again", delivery="activity 1"))).repeated
    posts = Posts(new.writer, new.reader)
    assert await posts.behind() == ["w1"], "its cards are put once more"
    await moves_on(new)
    assert (await new.workshop()).status == Status.FINISHED
    with new.engine.connect() as connection:
        ids = connection.execute(sa.select(audit.c.id).order_by(audit.c.id)).scalars().all()
    assert len(ids) > len(kept["audit"]), "ids go on where they were"
    await ends(new)


async def test_there_and_back_is_the_same(stored: Stored, url: str, new_url: str, tmp_path: Path) -> None:
    await fills(stored)
    back_up(url, tmp_path / "there", MADE)
    restore(tmp_path / "there", new_url, RESTORED)
    back_up(new_url, tmp_path / "back", MADE)
    third = f"sqlite:///{tmp_path / 'third.db'}"
    restore(tmp_path / "back", third, RESTORED)
    assert kept_in(third, tmp_path) == as_restored(rows_of(tmp_path / "there"))


def test_every_table_is_kept_or_left_out_on_purpose(url: str, tmp_path: Path) -> None:
    """A new table is backed up unless it stands here, in LEFT_OUT, and in docs/backup.md."""
    open_database(url).dispose()
    told = {line["table"] for line in lines_of_backup(url, tmp_path) if "table" in line}
    assert metadata.tables.keys() - told == {"heartbeat", "leases", "published", "tickets"}
    assert told <= metadata.tables.keys(), "nor the version, which the first line says"


def lines_of_backup(url: str, folder: Path) -> list[dict[str, object]]:
    back_up(url, folder / "kolbot.gz", MADE)
    return [line for line in lines_of(folder / "kolbot.gz") if isinstance(line, dict)]


class Interrupting(io.BytesIO):
    """A file during whose first byte something else happens."""

    def __init__(self, engine: sa.Engine) -> None:
        super().__init__()
        self._engine: sa.Engine | None = engine

    def write(self, data: object) -> int:
        engine, self._engine = self._engine, None
        if engine is not None:
            with engine.begin() as connection:
                for statement in ("DELETE FROM answers", "UPDATE workshops SET title = 'later', revision = 99"):
                    connection.execute(sa.text(statement))
        return super().write(data)  # type: ignore[arg-type]


async def test_it_is_as_of_one_instant(stored: Stored, engine: sa.Engine, tmp_path: Path) -> None:
    await fills(stored)
    file = Interrupting(engine)
    with for_reading(engine).connect() as connection:
        write(connection, file, MADE)
    (tmp_path / "kolbot.gz").write_bytes(file.getvalue())
    kept = rows_of(tmp_path / "kolbot.gz")
    assert len(kept["answers"]) == 3
    assert (kept["workshops"][0]["title"], kept["workshops"][0]["revision"]) == ("Learning", 8)
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT revision FROM workshops")).scalar() == 99


async def test_it_is_made_while_answers_arrive(url: str, tmp_path: Path) -> None:
    """Another process answers without end: all that it was told is recorded before the backup is in it, and all of
    the backup belongs together."""
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.store.answering", url, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert program.stdout is not None
    acknowledged = [(await program.stdout.readline()).decode() for _ in range(200)]
    await asyncio.to_thread(back_up, url, tmp_path / "kolbot.gz", MADE)
    assert program.returncode is None, "it went on meanwhile"
    program.kill()
    await program.communicate()

    new_url = f"sqlite:///{tmp_path / 'new.db'}"
    restore(tmp_path / "kolbot.gz", new_url, RESTORED)
    new = again(new_url)
    stored = {answer.author: int(str(answer.value["all"][0])) for answer in await new.answers("practices")}  # type: ignore[index]
    for line in acknowledged:
        person, number = line.split()
        assert stored[person] >= int(number)
    # One revision for opening, one for each of 32 who joined, one for Start, then one an answer.
    assert (await new.workshop()).revision == 1 + 32 + 1 + sum(stored.values())
    await ends(new)


def test_an_older_database_is_backed_up_as_it_is_and_restored_as_new(
    first_release: str, new_url: str, tmp_path: Path  # noqa: F811 - the fixture
) -> None:
    made = back_up(first_release, tmp_path / "kolbot.gz", MADE)
    assert made.schema == "0001" and made.last_seen == START
    old = engine_on(first_release)
    with old.connect() as connection:
        assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() == "0001", "untouched"
    old.dispose()
    kept = rows_of(tmp_path / "kolbot.gz")
    assert kept.keys() == FIRST_RELEASE.keys() - set(LEFT_OUT)
    assert all(kept[name] == FIRST_RELEASE[name] for name in kept)

    restore(tmp_path / "kolbot.gz", new_url, RESTORED)
    migrated = kept_in(new_url, tmp_path)
    assert '"takeovers":[]' in migrated["workshops"][0]["state"], "its migrations have run over its rows"
    for name in kept.keys() - {"workshops"}:
        for row, before in zip(migrated[name], as_restored(kept)[name], strict=True):
            assert row.items() >= before.items(), "a migration may add columns"


@pytest.mark.parametrize("made_by", ["nobody", "an older Kolbot", "this one"])
async def test_an_empty_database_may_have_tables(made_by: str, new_url: str, tmp_path: Path) -> None:
    source = f"sqlite:///{tmp_path / 'source.db'}"
    first = again(source)
    await fills(first)
    await ends(first)
    back_up(source, tmp_path / "kolbot.gz", MADE)
    if made_by == "this one":
        open_database(new_url).dispose()
    if made_by == "an older Kolbot":
        older(new_url)
    restore(tmp_path / "kolbot.gz", new_url, RESTORED)
    assert kept_in(new_url, tmp_path) == as_restored(rows_of(tmp_path / "kolbot.gz"))


def older(url: str) -> None:
    """A database as the first release made it, with nothing in it."""
    engine = engine_on(url)
    with alone(engine) as connection:
        migrate(connection, "0001")
    engine.dispose()


async def test_of_two_that_restore_at_once_one_does(first_release: str, new_url: str, tmp_path: Path) -> None:  # noqa: F811
    """And an instance that starts meanwhile waits, and finds it all."""
    back_up(first_release, tmp_path / "kolbot.gz", MADE)

    def restores() -> object:
        return restore(tmp_path / "kolbot.gz", new_url, RESTORED)

    works = (restores, restores, lambda: open_database(new_url).dispose())
    told = await asyncio.gather(*(asyncio.to_thread(work) for work in works), return_exceptions=True)
    refused = [error for error in told[:2] if isinstance(error, WrongDatabase)]
    assert told[2] is None and len(refused) == 1, told
    assert "is not empty" in str(refused[0])
    assert kept_in(new_url, tmp_path).keys() >= rows_of(tmp_path / "kolbot.gz").keys()
    assert len(kept_in(new_url, tmp_path)["people"]) == 2


def test_where_no_kolbot_has_been_there_is_nothing_to_back_up(empty_url: str, tmp_path: Path) -> None:
    sentence = "does not exist" if empty_url.startswith("sqlite") else "is empty: no Kolbot has been in it yet"
    with pytest.raises(WrongDatabase, match=sentence):
        back_up(empty_url, tmp_path / "kolbot.gz", MADE)
    assert not [*tmp_path.iterdir()]


def test_a_newer_database_is_not_backed_up(url: str, tmp_path: Path) -> None:
    engine = open_database(url)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(WrongDatabase, match="written by a newer Kolbot"):
        back_up(url, tmp_path / "kolbot.gz", MADE)
    assert not (tmp_path / "kolbot.gz").exists()
