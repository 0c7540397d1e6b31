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

from rehearsal.hands import Dialog
from store.database import WrongDatabase, open_database
from store.failures import NotRead
from tests.chat import Session, label, session
from tests.stories.acts import K1, board, element, form_of, leads, practices, sends
from tests.stories.script import shows

NOBODY = 65534
"""A user who owns nothing (root may write whatever it likes)."""
LANGUAGE = {"james": "en", "anna": "pl"}
"""Who answers while there is trouble, and what they read."""
NOT_STORED = (
    "Not confirmed yet: press again, it will count once.",
    "This could not be stored, and nothing was changed. Please press again in a moment.",
)
APOLOGY = "Sorry, something went wrong in Kolbot. Please try again; whoever runs it finds the cause under {id}."
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


async def told_and_recovered(room: Session, folder: Path, trouble: Trouble, *, readable: bool = True) -> None:
    """James answers while there is trouble, and Anna in Polish; and again after it, with the same process. `readable`:
    whether what is there can surely be read meanwhile; else whoever asks is shown it, or told that it cannot be."""
    await room.opens()
    await room.joins("james", "liga", "ivan", "anna")
    await leads(room, label("Start", "pl"))
    await sends(await form_of(room, "liga"), K1="Before it")
    forms = {who: await form_of(room, who) for who in LANGUAGE}
    with trouble(folder):
        for _ in range(3):
            for who, form in forms.items():
                forms[who] = await told(form, who)
        if readable:
            assert (await form_of(room, "liga")).values() == {K1: "Before it"}, "what is there can still be read"
        else:
            asked = await room.person("anna").clicks(room.card("anna", label("Answer", "en")), label("Answer", "en"))
            apology = label(APOLOGY, LANGUAGE["anna"]).partition("{")[0]
            shown = asked.dialog is not None and bool(asked.dialog.inputs())  # by a connection that has read before
            assert shown or asked.texts()[0].startswith(apology), asked.texts()
        with contextlib.suppress(NotRead):  # its loop tries again later
            await room.bot.publisher.tick()
        await room.bot.publisher.settle()
    with closing(sqlite3.connect(f"file:{folder / 'kolbot.db'}?mode=ro", uri=True)) as database:
        assert database.execute("SELECT count(*) FROM answers").fetchall() == [(1,)], "nothing is half written"
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    for who, form in forms.items():
        again = await sends(form, K1=kept_by(who))
        assert element(again.dialog, "receipt"), again.texts()
    assert element((await sends(await form_of(room, "ivan"), K1="Too")).dialog, "receipt")
    assert sorted(await practices(room)) == [["Before it"], [kept_by("anna")], [kept_by("james")], ["Too"]]
    await room.settles()
    await leads(room, label("Next: {step}", "pl").partition("{")[0])
    assert shows(board(room), "Before it"), "the board follows too"
    assert all(shows(board(room), kept_by(who)) for who in forms)


def kept_by(who: str) -> str:
    return f"Kept in the end by {who}"


async def told(form: Dialog, who: str) -> Dialog:
    """Somebody sends their answer and is told in their language that it is not stored, or not known to be; the form
    that they see then still has the text."""
    answer = await sends(form, K1=kept_by(who))
    assert not element(answer.dialog, "receipt"), "nothing is recorded"
    said = element(answer.dialog, "unconfirmed") or element(answer.dialog, "refusal")
    assert said.removeprefix("⚠ ").strip() in [label(each, LANGUAGE[who]) for each in NOT_STORED], answer.texts()
    assert answer.dialog is not None and answer.dialog.values() == {K1: kept_by(who)}, "the text is not lost"
    return answer.dialog


async def test_the_disk_takes_nothing(tmp_path: Path) -> None:
    """Not even what SQLite keeps for its readers."""
    async with session(tmp_path) as room:
        await told_and_recovered(room, tmp_path, no_longer, readable=False)


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
