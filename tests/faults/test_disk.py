"""A full disk, and a file that may not be written: the person is told, nothing is half written, and it recovers."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

from store.database import WrongDatabase, open_database
from tests.chat import Session, label, session
from tests.stories.acts import K1, board, element, form_of, leads, practices, sends
from tests.stories.script import shows

NOBODY = 65534
"""A user who owns nothing (root may write whatever it likes)."""
Trouble = Callable[[Path], contextlib.AbstractContextManager[None]]


@contextmanager
def no_longer(_: Path) -> Iterator[None]:
    """The system takes nothing that this process writes beyond the first kilobyte of a file, on any machine."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_024, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def read_only(_: Path) -> Iterator[None]:
    """Nothing may be written (SQLITE_READONLY)."""
    event.listen(Engine, "begin", _may_not_write)
    try:
        yield
    finally:
        event.remove(Engine, "begin", _may_not_write)
        event.listen(Engine, "begin", _may_write)


def _may_not_write(connection: Connection) -> None:
    connection.exec_driver_sql("PRAGMA query_only = ON")


def _may_write(connection: Connection) -> None:
    connection.exec_driver_sql("PRAGMA query_only = OFF")


@contextmanager
def filled_up(folder: Path) -> Iterator[None]:
    """A file takes every byte that the disk has left."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65_536, 4_096, 512, 1):
            with contextlib.suppress(OSError):
                while True:
                    file.write(b"x" * size)
    assert shutil.disk_usage(folder).free < 4_096
    yield
    filler.unlink()


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    """No PRAGMA of this file stays for other tests."""
    yield
    if event.contains(Engine, "begin", _may_write):
        event.remove(Engine, "begin", _may_write)


@pytest.fixture
def small_disk() -> Iterator[Path | None]:
    """A disk of 4 MB, where this user may mount one."""
    folder = Path(tempfile.mkdtemp(prefix="kolbot-disk-"))
    mount, umount = shutil.which("mount"), shutil.which("umount")
    command = [mount or "", "-t", "tmpfs", "-o", "size=4m", "kolbot-disk", str(folder)]
    mounted = bool(mount and umount) and subprocess.run(command, capture_output=True, check=False).returncode == 0
    yield folder if mounted else None
    if mounted:
        subprocess.run([umount or "", "-l", str(folder)], check=True)
    folder.rmdir()


async def told_and_recovered(room: Session, folder: Path, trouble: Trouble) -> None:
    """James answers while there is trouble, and again after it, with the same process."""
    await room.opens()
    await room.joins("james", "liga", "ivan")
    await leads(room, label("Start", "pl"))
    await sends(await form_of(room, "liga"), K1="Before it")
    form = await form_of(room, "james")
    words = "Kept in the end"
    with trouble(folder):
        for _ in range(3):
            answer = await sends(form, K1=words)
            assert not element(answer.dialog, "receipt"), "nothing is recorded"
            said = element(answer.dialog, "unconfirmed") or element(answer.dialog, "refusal")
            assert "press again" in said, answer.texts()
            assert answer.dialog is not None and answer.dialog.values() == {K1: words}, "the text is not lost"
            form = answer.dialog
        assert (await form_of(room, "liga")).values() == {K1: "Before it"}, "what is there can still be read"
        with closing(sqlite3.connect(f"file:{folder / 'kolbot.db'}?mode=ro", uri=True)) as database:
            assert database.execute("SELECT count(*) FROM answers").fetchall() == [(1,)]
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        await room.bot.publisher.tick()
        await room.bot.publisher.settle()
    again = await sends(form, K1=words)
    assert element(again.dialog, "receipt"), again.texts()
    assert element((await sends(await form_of(room, "ivan"), K1="Too")).dialog, "receipt")
    assert sorted(await practices(room)) == [["Before it"], [words], ["Too"]]
    await room.settles()
    await leads(room, label("Next: {step}", "pl").partition("{")[0])
    assert shows(board(room), "Before it") and shows(board(room), words), "the board follows too"


async def test_the_disk_takes_nothing(tmp_path: Path) -> None:
    """Not even what SQLite keeps for its readers: nobody is told that anything is recorded, and then it goes on."""
    async with session(tmp_path) as room:
        await room.opens()
        await room.joins("james")
        await leads(room, label("Start", "pl"))
        form = await form_of(room, "james")
        with no_longer(tmp_path):
            for _ in range(3):
                answer = await room.person("james").clicks(room.card("james", "Answer"), "Answer")
                form = answer.dialog or form
                answer = await sends(form, K1="Kept in the end")
                assert answer.texts() and not element(answer.dialog, "receipt"), answer.texts()
                form = answer.dialog or form
                if answer.dialog is None:
                    break
        assert element((await sends(await form_of(room, "james"), K1="Kept in the end")).dialog, "receipt")
        assert await practices(room) == [["Kept in the end"]]


async def test_the_file_may_not_be_written(tmp_path: Path) -> None:
    async with session(tmp_path) as room:
        await told_and_recovered(room, tmp_path, read_only)


async def test_a_real_disk_is_full(tmp_path: Path, small_disk: Path | None) -> None:
    """On a small disk of its own where one can be mounted; elsewhere one that takes nothing more."""
    folder, trouble = (tmp_path, read_only) if small_disk is None else (small_disk, filled_up)
    async with session(folder) as room:
        await told_and_recovered(room, folder, trouble)


def test_a_file_that_may_never_be_written_is_said_at_the_start() -> None:
    """A short program, as a user who may read the file and not write it."""
    with tempfile.TemporaryDirectory(prefix="kolbot-read-only-") as made:
        folder = Path(made)
        open_database(f"sqlite:///{folder / 'kolbot.db'}").dispose()
        for path in (*folder.iterdir(), folder):
            path.chmod(0o555 if path.is_dir() else 0o444)
        pid = os.fork()
        if pid == 0:
            os._exit(_refused(folder))
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
        folder.chmod(0o755)


def _refused(folder: Path) -> int:
    """0 where the store refuses the file with a sentence that names it."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    try:
        open_database(f"sqlite:///{folder / 'kolbot.db'}")
    except WrongDatabase as wrong:
        sys.stderr.write(str(wrong))
        return 0 if "kolbot.db" in str(wrong) else 1
    except BaseException as error:  # noqa: BLE001 - said, in the child
        sys.stderr.write(repr(error))
        return 2
    return 3
