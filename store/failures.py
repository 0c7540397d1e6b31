"""What a database's error means for whoever waits: whose fault it is, and whether anything can have been stored."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

# https://www.sqlite.org/rescode.html, primary codes. With these nothing in the file can be had by anybody just now.
_BUSY, _LOCKED, _READ_ONLY, _INPUT_OUTPUT, _CORRUPT, _FULL, _CANNOT_OPEN, _NO_DATABASE = (
    5,
    6,
    8,
    10,
    11,
    13,
    14,
    26,
)
_SQLITE_NOT_NOW = (_BUSY, _LOCKED, _READ_ONLY, _INPUT_OUTPUT, _CORRUPT, _CANNOT_OPEN, _NO_DATABASE)
# A COMMIT that ends with these has stored nothing: the file is locked by another, or full. (Where the disk fills up
# while the commit record itself is written, the next commit overwrites the record.)
_SQLITE_NOT_COMMITTED = (_BUSY, _LOCKED, _FULL)
# https://www.postgresql.org/docs/current/errcodes-appendix.html: the connection, the server itself, or a lock that was
# not to be had in time.
_POSTGRES_NOT_NOW = ("08", "53300", "55P03", "57", "58")
_POSTGRES_UNSURE = ("08", "40003", "57", "58", "XX")


class NotWritten(Exception):
    """A small write (a post, a person, a conversation) was not stored, for sure or not known for sure."""

    def __init__(self, certain: bool) -> None:
        super().__init__("not stored" if certain else "not known whether stored")
        self.certain = certain


class NotRead(Exception):
    """The database could not be asked just now."""


class CommitUnknown(Exception):
    """COMMIT was sent and its result never came."""


def is_everybodys(error: SQLAlchemyError) -> bool:
    """Whether the database cannot be used at all now, so that trying the commands one by one would only take long."""
    if not isinstance(error, DBAPIError):
        return True
    if error.connection_invalidated:
        return True
    if (code := _sqlite_code(error)) is not None:
        return code in _SQLITE_NOT_NOW
    state = _sqlstate(error)
    if state is None:
        return isinstance(error, OperationalError)
    return state.startswith(_POSTGRES_NOT_NOW)


def is_certain_after_commit(error: SQLAlchemyError) -> bool:
    """Whether an error of COMMIT says for sure that nothing was stored."""
    if not isinstance(error, DBAPIError):
        return False
    if (code := _sqlite_code(error)) is not None:
        return code in _SQLITE_NOT_COMMITTED
    state = _sqlstate(error)
    return state is not None and not state.startswith(_POSTGRES_UNSURE)


def in_short(error: BaseException | None) -> str:
    """An error's name for the log. Never its message: that may hold the statement, and with it what people wrote."""
    cause = getattr(error, "orig", None) or error
    name = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None)
    return f"{type(cause).__name__} {name or ''}".strip()


def _sqlite_code(error: DBAPIError) -> int | None:
    code = getattr(error.orig, "sqlite_errorcode", None)
    return code & 0xFF if isinstance(code, int) else None


def _sqlstate(error: DBAPIError) -> str | None:
    state = getattr(error.orig, "sqlstate", None)
    return state if isinstance(state, str) else None
