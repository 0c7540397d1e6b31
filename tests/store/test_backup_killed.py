"""Whoever makes or restores a backup is killed in the middle: no half file has the name, no half database is left."""

from __future__ import annotations

import contextlib
import os
import resource
import secrets
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from store.backup import back_up
from store.database import open_database
from store.restoring import restore
from store.tables import deliveries
from tests.store.kept import MADE, RESTORED, kept_in, new_database, rows_of, tables_of
from tools import backup_program
from tools.backup import hand_over
from tools.places import Trouble

ROOT = Path(__file__).parents[2]


@pytest.fixture
def large(tmp_path: Path) -> str:
    """The address of a database whose backup takes 400 KB."""
    url = f"sqlite:///{tmp_path / 'source.db'}"
    engine = open_database(url)
    with engine.begin() as connection:
        connection.execute(deliveries.insert(), [{"key": secrets.token_hex(40), "at": MADE} for _ in range(10_000)])
    engine.dispose()
    return url


def killed_at(size: int, work: Callable[[], object]) -> None:
    """Do this in a process that the system kills as soon as it writes beyond so many bytes of a file."""
    pid = os.fork()
    if pid == 0:
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        with contextlib.suppress(BaseException):
            work()
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGXFSZ


@pytest.mark.parametrize("size", [40_000, 300_000])
def test_a_backup_killed_in_the_middle(size: int, large: str, tmp_path: Path) -> None:
    file = tmp_path / "kolbot.gz"
    killed_at(size, lambda: back_up(large, file, MADE))
    assert not file.exists()
    (part,) = tmp_path.glob("kolbot.gz.*.part")
    assert part.stat().st_size == size and part.stat().st_mode & 0o077 == 0, "what is left, nobody else may read"

    back_up(large, file, MADE)
    whole = file.read_bytes()
    killed_at(size, lambda: back_up(large, file, RESTORED, overwrite=True))
    assert file.read_bytes() == whole, "the earlier one stays until the new one is whole"
    assert len(rows_of(file)["deliveries"]) == 10_000


@pytest.mark.parametrize("size", [60_000, 700_000])
def test_a_restore_into_a_file_killed_in_the_middle(size: int, large: str, tmp_path: Path) -> None:
    """While tables are made, and while they are filled."""
    back_up(large, tmp_path / "kolbot.gz", MADE)
    url = f"sqlite:///{tmp_path / 'new.db'}"
    killed_at(size, lambda: restore(tmp_path / "kolbot.gz", url, RESTORED))
    assert tables_of(url) == set()
    restore(tmp_path / "kolbot.gz", url, RESTORED)
    assert kept_in(url, tmp_path) == rows_of(tmp_path / "kolbot.gz")


@pytest.fixture
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Of PostgreSQL's kind."""
    with new_database("postgresql", request, tmp_path) as address:
        yield address


def test_a_restore_into_postgresql_killed_in_the_middle(large: str, new_url: str, tmp_path: Path) -> None:
    """Half of the backup came, through a pipe, when the program that reads it is killed."""
    back_up(large, tmp_path / "kolbot.gz", MADE)
    whole = (tmp_path / "kolbot.gz").read_bytes()
    os.mkfifo(tmp_path / "pipe")
    program = start("restore", tmp_path / "pipe", new_url)
    (tmp_path / "pipe").write_bytes(whole)  # it reads all of it first, before it asks for the database
    with until(new_url, "query <> ''", program), (tmp_path / "pipe").open("wb") as pipe:
        pipe.write(whole[: len(whole) // 2])
        pipe.flush()
        with until(new_url, "query LIKE 'INSERT INTO deliveries%'", program):
            program.kill()
            assert program.wait() == -signal.SIGKILL
    with until(new_url, "TRUE", None):
        assert tables_of(new_url) == set()
    restore(tmp_path / "kolbot.gz", new_url, RESTORED)
    assert kept_in(new_url, tmp_path) == rows_of(tmp_path / "kolbot.gz")


@contextlib.contextmanager
def until(url: str, condition: str, program: subprocess.Popen[str] | None) -> Iterator[None]:
    """Once the server says this of another session on the database; without a program, of none any more."""
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with engine.connect() as connection:
        while bool(connection.execute(sa.text(f"SELECT count(*) {others} AND {condition}")).scalar()) != bool(program):
            assert program is None or program.poll() is None, program.communicate()
            time.sleep(0.01)
    yield


# ---- The program behind dev.py --------------------------------------------------------------------------------------


def start(command: str, file: Path, url: str, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tools.backup_program", command, str(file), *options],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def came_of(folder: Path, command: str, file: Path, url: str, *options: str) -> tuple[int, str, str]:
    """The exit code of the program and what it wrote, in a process that has imported everything already."""
    pid = os.fork()
    if pid == 0:
        code = 99
        for number, name in ((1, "out"), (2, "err")):
            os.dup2(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
        sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
        os.environ["DATABASE_URL"] = url
        try:
            code = backup_program.main(command, str(file), *options)
        except BaseException:  # noqa: BLE001 - as the interpreter does
            traceback.print_exc()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return code, (folder / "out").read_text("utf-8"), (folder / "err").read_text("utf-8")


def test_the_program_starts_by_itself(large: str, tmp_path: Path) -> None:
    program = start("backup", tmp_path / "kolbot.gz", large)
    out, err = program.communicate()
    assert (program.returncode, err) == (0, "") and out.startswith("Backed up to")


def test_the_program_says_what_it_did(large: str, tmp_path: Path) -> None:
    file, new = tmp_path / "kolbot.gz", f"sqlite:///{tmp_path / 'new.db'}"
    for command, url, options, code, sentence in (
        ("backup", large, (), 0, f"Backed up to {file}: deliveries 10000 (schema "),
        ("backup", large, (), 1, "is there already; choose another name, or add --force"),
        ("backup", large, ("--force",), 0, "Backed up to"),
        ("restore", new, (), 0, "Kolbot can be started."),
        ("restore", new, (), 1, "is not empty (there is something in deliveries): restore into a new one."),
        ("restore", "mysql://x", (), 1, "DATABASE_URL is not a database"),
    ):
        returned, out, err = came_of(tmp_path, command, file, url, *options)
        assert (returned, sentence in (err if code else out)) == (code, True), (out, err)
        assert "Traceback" not in err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["backup"], "'backup' needs one file, and got 0: dev.py backup FILE"),
        (["backup", "a", "b"], "'backup' needs one file, and got 2"),
        (["backup", "a", "--frce"], "'backup' does not know '--frce'. It takes only --force, and a file."),
        (["restore", "a", "--force"], "'restore' does not know '--force'. It takes no options, and a file."),
    ],
)
def test_what_dev_py_does_not_know_is_said(arguments: list[str], sentence: str) -> None:
    with pytest.raises(Trouble) as trouble:
        hand_over(arguments[0], arguments[1:])
    assert sentence in str(trouble.value) and trouble.value.exit_code == 2


def test_asked_to_end_it_leaves_nothing(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """It waits for a table that another program has locked, when SIGTERM comes."""
    folder = tmp_path / "folder"
    folder.mkdir()
    with new_database("postgresql", request, tmp_path) as url:
        engine = open_database(url)
        with engine.begin() as connection:
            connection.execute(sa.text("LOCK TABLE workshops"))
            program = start("backup", folder / "kolbot.gz", url)
            while not [*folder.iterdir()]:
                assert program.poll() is None, program.communicate()
                time.sleep(0.01)
            program.terminate()
            program.communicate()
        engine.dispose()
    assert program.returncode == 128 + signal.SIGTERM
    assert not [*folder.iterdir()]
