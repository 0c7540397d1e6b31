"""What is no whole backup of this Kolbot or an older one is refused with a sentence; nothing is changed by it."""

from __future__ import annotations

import gzip
import hashlib
import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store.backup import WrongBackup, back_up
from store.restoring import LONGEST_LINE, check, restore
from tests.store.kept import MADE, RESTORED, filled, lines_of, new_database, tables_of


@pytest.fixture
async def source(tmp_path: Path) -> str:
    """The address of a database with something in every table."""
    return await filled(tmp_path / "source.db")


@pytest.fixture
def file(source: str, tmp_path: Path) -> Path:
    """A good backup."""
    back_up(source, tmp_path / "kolbot.gz", MADE)
    return tmp_path / "kolbot.gz"


def packed(*lines: object) -> bytes:
    """A backup that somebody made by hand, with the checksum that belongs to it."""
    text = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    return gzip.compress(text + json.dumps({"sha256": hashlib.sha256(text).hexdigest()}).encode() + b"\n")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is no backup of Kolbot's"),
        (b"This is a letter.\n", "is no backup of Kolbot's"),
        (gzip.compress(b"This is a letter.\n"), "is no backup of Kolbot's"),
        (gzip.compress(b'{"a": 1}\n'), "is no backup of Kolbot's"),
        (gzip.compress(b"[1]\n[2]\n"), "is no backup of Kolbot's"),
        (gzip.compress(b"\0" * (LONGEST_LINE + 1)), "is no backup of Kolbot's"),
        (b"SQLite format 3\0" + b"\0" * 4_000, "is no backup of Kolbot's"),
        (packed({"kolbot_backup": 2, "schema": "0001"}), "was made by a newer Kolbot"),
        (packed({"kolbot_backup": 1, "schema": "9999"}), "newer Kolbot .its schema is 9999, this one knows up to 0"),
        (packed({"kolbot_backup": 1, "schema": ["0001"]}), "was made by a newer Kolbot"),
        (packed({"kolbot_backup": 1, "schema": "0001"}), "is damaged"),
        (packed({"kolbot_backup": 1, "schema": "0001", "at": "soon", "last_seen": None, "counts": {}}), "is damaged"),
        (packed({"kolbot_backup": 1, "schema": "0001", "at": None, "last_seen": None, "counts": {}}), "is damaged"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_a_file_that_is_something_else(content: bytes, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(WrongBackup, match=sentence):
        restore(tmp_path / "file", f"sqlite:///{tmp_path / 'new.db'}", RESTORED)
    assert not (tmp_path / "new.db").exists(), "no database was made for it"


def test_a_file_without_lines_is_not_read_whole(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(gzip.compress(b"\0" * (4 * LONGEST_LINE), compresslevel=1))
    tracemalloc.start()
    try:
        with pytest.raises(WrongBackup, match="is no backup of Kolbot's"):
            check(tmp_path / "file")
        assert tracemalloc.get_traced_memory()[1] < 3 * LONGEST_LINE
    finally:
        tracemalloc.stop()


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.gz", tmp_path):
        with pytest.raises(WrongBackup, match="cannot be read"):
            check(path)


def test_a_file_whose_end_is_missing(file: Path, tmp_path: Path) -> None:
    """Wherever it was cut, and also where what is left is packed well."""
    whole = file.read_bytes()
    for length in (*range(0, len(whole), 97), len(whole) - 1, len(whole) - 8):
        file.write_bytes(whole[:length])
        with pytest.raises(WrongBackup, match=r"is not whole|is no backup"):
            check(file)
    lines = gzip.decompress(whole).splitlines(keepends=True)
    for number in range(len(lines)):
        file.write_bytes(gzip.compress(b"".join(lines[:number])))
        with pytest.raises(WrongBackup, match=r"is not whole|is no backup"):
            check(file)
    file.write_bytes(gzip.compress(b"".join(lines)[:-1]))
    with pytest.raises(WrongBackup, match="is not whole"):
        check(file)
    file.write_bytes(whole)
    check(file)


def test_a_file_with_a_byte_changed(file: Path) -> None:
    """Of what is packed, and of the words within."""
    whole = file.read_bytes()
    for place in range(10, len(whole), 53):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        with pytest.raises(WrongBackup):
            check(file)
    text = gzip.decompress(whole)
    for place in range(0, len(text), 61):
        file.write_bytes(gzip.compress(text[:place] + bytes([text[place] ^ 0x01]) + text[place + 1 :]))
        with pytest.raises(WrongBackup):
            check(file)


@pytest.mark.parametrize("what", ["a line less", "a line twice", "something behind", "two of them"])
def test_a_file_with_lines_changed(what: str, file: Path) -> None:
    lines = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if b"in secret" in line)
    changed = {
        "a line less": [*lines[:at], *lines[at + 1 :]],
        "a line twice": [*lines[: at + 1], *lines[at:]],
        "something behind": [*lines, b"{}\n"],
        "two of them": [*lines, *lines],
    }[what]
    file.write_bytes(gzip.compress(b"".join(changed)))
    with pytest.raises(WrongBackup, match="is damaged"):
        check(file)


def _without(lines: list[Any]) -> None:
    del lines[next(number for number, line in enumerate(lines) if "in secret" in str(line))]


def _columns(lines: list[Any]) -> None:
    table = next(line for line in lines if isinstance(line, dict) and line.get("table") == "answers")
    table["columns"][0] = "nonsense"


def _list_of_columns(lines: list[Any]) -> None:
    table = next(line for line in lines if isinstance(line, dict) and line.get("table") == "answers")
    table["columns"][0] = ["workshop"]


def _table(lines: list[Any]) -> None:
    lines[0]["counts"]["nonsense"] = 0
    lines.append({"table": "nonsense", "columns": ["a"]})
    lines[0]["counts"]["nonsense"] = 1
    lines.append([1])


def _uncounted(lines: list[Any]) -> None:
    lines.append({"table": "heartbeat", "columns": ["instance", "at"]})


def _short(lines: list[Any]) -> None:
    next(line for line in lines if "in secret" in str(line)).pop()


def _nested(lines: list[Any]) -> None:
    next(line for line in lines if "in secret" in str(line))[-1] = {"a": []}


def _twice(lines: list[Any]) -> None:
    lines[0]["counts"]["answers"] += 1
    at = next(number for number, line in enumerate(lines) if "in secret" in str(line))
    lines.insert(at, lines[at])


NOBODYS = "no such workshop"


def _nobodys(lines: list[Any]) -> None:
    next(line for line in lines if "in secret" in str(line))[0] = NOBODYS


@pytest.mark.parametrize(
    "change",
    [_without, _columns, _list_of_columns, _table, _uncounted, _short, _nested, _twice, _nobodys],
    ids=lambda change: change.__name__[1:],
)
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_made_up_file_with_a_good_checksum(
    kind: str, change: Callable[[list[Any]], None], file: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """It is refused at the latest by the database, and then the database is as empty as before."""
    lines = lines_of(file)[:-1]
    change(lines)
    file.write_bytes(packed(*lines))
    with new_database(kind, request, tmp_path) as url:
        with pytest.raises(WrongBackup, match=r"is damaged|cannot be brought into this database") as wrong:
            restore(file, url, RESTORED)
        for words in ("in secret", NOBODYS):
            assert words not in str(wrong.value), "what is in the rows is not for the screen"
        assert tables_of(url) == set()
