"""All that an operator holds of a session, and the joins that could be tried on it. It changes nothing."""

from __future__ import annotations

import gzip
import hmac
import re
import shutil
import sqlite3
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from store.database import engine_on
from store.tables import answers, metadata
from tests.chat import database_of
from workshop.model import Answer, entry_id

Row = Mapping[str, object]
Names = Mapping[str, str]
"""Whose pseudonym is whose: what nobody may find out."""


@dataclass(frozen=True)
class Held:
    """What an operator holds at one moment."""

    answers: Sequence[Row]
    """In the order in which they lie in the database; PostgreSQL's with the transaction that wrote them (xmin)."""
    others: Mapping[str, Sequence[Row]]
    """The rows of all other tables."""
    raw: bytes
    """The database's files, and backups."""
    log: bytes = b""
    """SQLite's write-ahead log."""
    lines: str = ""
    """What the bot has logged at DEBUG."""
    known: Names = field(default_factory=dict)
    """People by what they wrote with their names."""


def of(held: Held, prompt: str) -> list[Row]:
    return [row for row in held.answers if row["prompt"] == prompt]


def arrived(held: Held) -> list[str]:
    """People in the order in which they answered, as their named answers tell."""
    return [str(row["author"]) for row in sorted(of(held, "N1"), key=lambda row: int(str(row["given"])))]


# The joins. Each is told everything, and gives the pairs that it has found out.


def by_order(held: Held) -> Names:
    """The n-th who answered with a name wrote the n-th answer without one."""
    quiet = sorted(of(held, "A1"), key=lambda row: int(str(row["given"])))
    told = len({row["given"] for row in quiet}) == len(quiet)
    return dict(zip((str(row["author"]) for row in quiet), arrived(held), strict=True)) if told else {}


def by_place(held: Held) -> Names:
    """The n-th row that lies in the file was the n-th to come, unless the rows lie in the order of their keys."""
    quiet = [str(row["author"]) for row in of(held, "A1")]
    return {} if quiet == sorted(quiet) else dict(zip(quiet, arrived(held), strict=True))


def by_transaction(held: Held) -> Names:
    """What was written together is of one form."""
    found: dict[str, str] = {}
    for row in of(held, "A1"):
        beside = [one for one in of(held, "N1") if "xmin" in row and one["xmin"] == row["xmin"]]
        if len(beside) == 1:
            found[str(row["author"])] = str(beside[0]["author"])
    return found


def by_log(held: Held) -> Names:
    """What came into SQLite's write-ahead log with the same commit is of one form."""
    if not held.log:
        return {}
    (size,) = struct.unpack_from(">I", held.log, 8)
    commits, pages = [b""], range(32, len(held.log) - size, size + 24)
    for at in pages:
        commits[-1] += held.log[at + 24 : at + 24 + size]
        if struct.unpack_from(">I", held.log, at + 4)[0]:
            commits.append(b"")

    def first(text: str) -> int:
        return next((number for number, commit in enumerate(commits) if text.encode() in commit), -1)

    named = {first(words): person for words, person in held.known.items()}
    quiet = {str(row["author"]): first(str(row["author"])) for row in of(held, "A1")}
    return {author: named[number] for author, number in quiet.items() if number >= 0 and number in named}


def by_key(held: Held) -> Names:
    """Whatever may be the key is tried on everybody."""
    kept = held.raw + held.log
    keys = {*re.findall(rb"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])", kept), *re.findall(rb"[0-9a-f]{64}", kept)}
    quiet = {str(row["author"]) for row in of(held, "A1")}
    found: dict[str, str] = {}
    for key in keys:
        for person in held.known.values():
            digest = hmac.digest(bytes.fromhex(key.decode()), f"A1\n{person}".encode(), "sha256")
            if (author := "anonymous:" + digest.hex()[:32]) in quiet:
                found[author] = person
    return found


def by_columns(held: Held) -> Names:
    """Whatever else a row has must be the same in all rows of its prompt: a language, an instant, a round would be
    looked for in the people's."""
    found: dict[str, str] = {}
    for prompt in ("A1", "A2"):
        rest = [
            {k: v for k, v in row.items() if k not in ("author", "value", "xmin")}
            | {"parts": sorted(re.findall(r'"(\w+)":', str(row["value"])))}
            for row in of(held, prompt)
        ]
        found |= {str(row["author"]): "?" for row in of(held, prompt) if any(one != rest[0] for one in rest)}
    return found


def by_mention(held: Held) -> Names:
    """No other table, and no line of the log, mentions an answer: its author, its entry, its words. Each of them has
    a time or a person."""
    told = {table: list(rows) for table, rows in held.others.items()} | {"log": held.lines.splitlines()}
    text = {table: "\n".join(map(str, rows)) for table, rows in told.items()}
    found: dict[str, str] = {}
    for row in (*of(held, "A1"), *of(held, "A2")):
        author, words = str(row["author"]), str(row["value"]).partition(':"')[2].removesuffix('"}')
        entry = entry_of(row)
        for there in (author.removeprefix("anonymous:"), words, entry):
            assert there
            if any(there in said for table, said in text.items() if table != "workshops"):
                found[author] = "?"
    return found


def by_each_other(held: Held) -> Names:
    """Who has the same pseudonym in two questions is joined through both."""
    first, second = ({str(row["author"]) for row in of(held, prompt)} for prompt in ("A1", "A2"))
    return dict.fromkeys(first & second, "?")


OF_ONE_KIND = {"by_log", "by_transaction"}
"""Joins that only SQLite, or only PostgreSQL, gives anything to."""

JOINS = (by_order, by_place, by_transaction, by_log, by_key, by_columns, by_mention, by_each_other)


def entry_of(row: Row) -> str:
    """The name of the one entry of a text."""
    words = str(row["value"]).partition(':"')[2].removesuffix('"}')
    return entry_id(Answer(str(row["prompt"]), str(row["author"]), {}), "", words)


def taken(folder: Path, *backups: Path, lines: str = "", known: Names | None = None) -> Held:
    """Everything there is, without changing anything."""
    url = database_of(folder)
    engine = engine_on(url)
    with engine.connect() as connection:
        others = {
            str(table.name): [dict(row) for row in connection.execute(sa.select(table)).mappings()]
            for table in metadata.sorted_tables
            if table is not answers
        }
        if engine.dialect.name == "postgresql":
            rows = connection.execute(sa.text("SELECT *, xmin::text FROM answers ORDER BY ctid")).mappings().all()
        else:
            rows = connection.execute(sa.select(answers)).mappings().all()
    engine.dispose()
    kept: list[Row] = [dict(row) for row in rows]
    raw = b"".join(gzip.decompress(path.read_bytes()) for path in backups)
    file, log = folder / "kolbot.db", b""
    if engine.dialect.name == "sqlite":
        ahead = Path(f"{file}-wal")
        raw, log = raw + file.read_bytes(), ahead.read_bytes() if ahead.exists() else b""
        kept = lying(file, kept)
    else:
        raw += str(others).encode()
    return Held(kept, others, raw, log, lines, known or {})


def lying(file: Path, rows: Sequence[Row]) -> list[Row]:
    """The rows of SQLite as they lie in their pages, with what is still in the log brought into a copy of the file."""
    copy = file.with_name("copy.db")
    shutil.copy(file, copy)
    if Path(f"{file}-wal").exists():  # SQLite deletes it where nobody has the file open
        shutil.copy(f"{file}-wal", f"{copy}-wal")
    connection = sqlite3.connect(copy)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()
    data = copy.read_bytes()
    copy.unlink()
    pages: list[Row] = []
    for start in range(0, len(data), 4096):
        page = data[start : start + 4096]
        found = [(page.rfind(str(row["value"]).encode()), row) for row in rows]
        # A page is filled from its end; ended tables' pages are read in the order of their keys.
        pages += [row for at, row in sorted(found, key=lambda one: -one[0]) if at >= 0 and row not in pages]
    return pages
