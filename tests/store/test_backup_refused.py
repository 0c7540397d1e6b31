"""What is no empty database, and where no backup can be written, is refused with a sentence; nothing is changed."""

from __future__ import annotations

import contextlib
import os
import resource
import secrets
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from store.backup import WrongBackup, back_up
from store.database import WrongDatabase, engine_on, open_database
from store.heart import Heartbeat
from store.restoring import ALIVE, check, restore
from store.tables import deliveries, metadata
from tests.faults.test_disk import NOBODY
from tests.store.conftest import Stored
from tests.store.kept import MADE, RESTORED, filled, kept_in, rows_of, tables_of
from tests.store.small_workshop import after


@pytest.fixture
async def source(tmp_path: Path) -> str:
    """The address of a database with something in every table."""
    return await filled(tmp_path / "source.db")


@pytest.fixture
def file(source: str, tmp_path: Path) -> Path:
    """A good backup."""
    back_up(source, tmp_path / "kolbot.gz", MADE)
    return tmp_path / "kolbot.gz"


# ---- The database ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["workshops", "persons", "deliveries"])
def test_a_database_that_has_something(table: str, url: str, file: Path, tmp_path: Path) -> None:
    engine = open_database(url)
    row = dict(rows_of(file)[table][0])
    with engine.begin() as connection:
        connection.execute(sa.table(table, *map(sa.column, row)).insert(), row)
    engine.dispose()
    before = kept_in(url, tmp_path)
    with pytest.raises(WrongDatabase, match=rf"is not empty \(there is something in {table}\): restore into a new one"):
        restore(file, url, RESTORED)
    assert kept_in(url, tmp_path) == before


def test_a_database_of_something_else(empty_url: str, file: Path) -> None:
    engine = engine_on(empty_url)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE invoices (number INTEGER)"))
    engine.dispose()
    with pytest.raises(WrongDatabase, match=r"has tables of something else \(invoices\)"):
        restore(file, empty_url, RESTORED)
    assert tables_of(empty_url) == {"invoices"}


def test_a_database_of_a_newer_kolbot(url: str, file: Path) -> None:
    engine = open_database(url)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(WrongDatabase, match="written by a newer Kolbot"):
        restore(file, url, RESTORED)


async def test_a_database_on_which_a_kolbot_runs(stored: Stored, url: str, file: Path) -> None:
    await Heartbeat(stored.writer, "one").beat(RESTORED - ALIVE + timedelta(seconds=1))
    with pytest.raises(WrongDatabase, match=r"A Kolbot is running on .*: stop it, and try again 10 s later"):
        restore(file, url, RESTORED)
    restore(file, url, RESTORED + timedelta(seconds=1))
    assert await stored.reader.last_seen() == after(60), "of the backup, not of who ran here before"


def test_a_database_that_cannot_be_opened_says_no_password(file: Path) -> None:
    url = "postgresql://user:secret@127.0.0.1:1/db"
    uses: list[Callable[[], object]] = [
        lambda: restore(file, url, RESTORED),
        lambda: back_up(url, file.with_suffix(".new"), MADE),
    ]
    for use in uses:
        with pytest.raises(WrongDatabase, match=r"user:\*\*\*@127.0.0.1:1/db cannot be opened") as failure:
            use()
        assert "secret" not in str(failure.value)


# ---- The backup's own place -----------------------------------------------------------------------------------------


def test_only_its_owner_may_read_it(file: Path) -> None:
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_nothing_is_overwritten_unless_asked(source: str, file: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(WrongBackup, match="is there already; choose another name, or add --force"):
        back_up(source, file, RESTORED)
    assert file.read_bytes() == before
    file.chmod(0o644)
    back_up(source, file, RESTORED, overwrite=True)
    assert check(file).at == RESTORED and stat.S_IMODE(file.stat().st_mode) == 0o600


def test_of_two_at_once_the_later_is_refused(source: str, tmp_path: Path) -> None:
    """The other one is done while this one reads."""
    file = tmp_path / "kolbot.gz"

    def other(connection: sa.Connection) -> None:
        file.write_text("the other one")

    sa.event.listen(sa.Engine, "begin", other)
    try:
        with pytest.raises(WrongBackup, match="is there already"):
            back_up(source, file, MADE)
    finally:
        sa.event.remove(sa.Engine, "begin", other)
    assert file.read_text() == "the other one"
    assert not [*tmp_path.glob("*.part")]


@pytest.mark.parametrize("place", ["nowhere/kolbot.gz", "source.db/kolbot.gz", "."])
def test_a_place_where_nothing_can_be_written(place: str, source: str, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    with pytest.raises(WrongBackup, match=r"could not be written|is a folder"):
        back_up(source, tmp_path / place, MADE)
    assert sorted(tmp_path.iterdir()) == before


@contextmanager
def files_up_to(size: int) -> Iterator[None]:
    """The system takes nothing that this process writes beyond so many bytes of a file."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def large(source: str) -> str:
    """A database whose backup takes 400 KB, however well it is packed."""
    engine = open_database(source)
    marks = [{"key": secrets.token_hex(40), "at": MADE} for _ in range(10_000)]
    with engine.begin() as connection:
        connection.execute(deliveries.insert(), marks)
    engine.dispose()
    return source


def test_a_disk_that_is_full(large: str, tmp_path: Path) -> None:
    """What SQLite keeps for its readers takes 32 KiB, and has to find room."""
    for size in (40_000, 100_000, 400_000):
        with files_up_to(size), pytest.raises(WrongBackup, match="could not be written: File too large"):
            back_up(large, tmp_path / "kolbot.gz", MADE)
        assert not [*tmp_path.glob("kolbot.gz*")], "not even a part of it"
    back_up(large, tmp_path / "kolbot.gz", MADE)
    check(tmp_path / "kolbot.gz")


def test_a_disk_that_is_full_while_restoring(large: str, tmp_path: Path) -> None:
    """While tables are made, and while they are filled."""
    file, url = tmp_path / "kolbot.gz", f"sqlite:///{tmp_path / 'new.db'}"
    back_up(large, file, MADE)
    for size in (60_000, 400_000):
        with files_up_to(size), pytest.raises((WrongDatabase, WrongBackup), match=r"cannot be (opened|brought)"):
            restore(file, url, RESTORED)
        assert tables_of(url) == set()
    restore(file, url, RESTORED)
    assert tables_of(url) > metadata.tables.keys()


def test_a_folder_that_may_not_be_written() -> None:
    """As a user who may read everything there and write nothing (root may write whatever it likes)."""
    with tempfile.TemporaryDirectory(prefix="kolbot-read-only-") as made:
        folder = Path(made)
        back_up_of_nothing(folder)
        for path in (*folder.iterdir(), folder):
            path.chmod(0o555 if path.is_dir() else 0o444)
        pid = os.fork()
        if pid == 0:
            os._exit(refused(folder))
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
        folder.chmod(0o755)


def back_up_of_nothing(folder: Path) -> None:
    open_database(f"sqlite:///{folder / 'kolbot.db'}").dispose()
    back_up(f"sqlite:///{folder / 'kolbot.db'}", folder / "kolbot.gz", MADE)


def refused(folder: Path) -> int:
    """0 where both a backup into the folder and a restore into it are refused with a sentence."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    with contextlib.suppress(BaseException):
        with pytest.raises(WrongBackup, match="could not be written: Permission denied"):
            back_up(f"sqlite:///{folder / 'kolbot.db'}", folder / "again.gz", MADE)
        with pytest.raises(WrongDatabase, match="cannot be opened: unable to open"):
            restore(folder / "kolbot.gz", f"sqlite:///{folder / 'new.db'}", RESTORED)
        return 0
    return 1
