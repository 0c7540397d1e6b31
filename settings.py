"""What an operator may set, read once from the environment. A wrong value is never replaced silently."""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import SplitResult, urlsplit

from dotenv import dotenv_values

# The rehearsal room's app: nobody can register this id, so it is worth nothing outside the machine.
REHEARSAL_APP_ID = "00000000-0000-0000-0000-0000000000ab"
CLOUDS = ("public", "gcc", "gcch", "dod", "china", "rehearsal")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")

_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?\Z")
_DATABASES = ("sqlite:///", "postgresql://", "postgresql+psycopg://")
_T = TypeVar("_T")


class WrongSetting(ValueError):
    """Settings are wrong. `sentences` says for each which it is, what is wrong, and what would be right."""

    def __init__(self, sentences: tuple[str, ...]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, checked. An empty `allowed_tenants` or `may_open` means anybody."""

    port: int
    host: str
    public_url: str  # no trailing slash
    database_url: str = field(repr=False)  # may hold a password
    app_id: str
    app_password: str = field(repr=False)
    app_tenant: str  # the tenant where the app is registered; "" for an old multi-tenant registration
    allowed_tenants: frozenset[str]  # tenant ids, lower case
    may_open: frozenset[str]  # Entra object ids, lower case
    log_level: str
    retention_days: int
    cloud: str
    rehearsal_url: str  # origin without trailing slash; "" unless cloud is "rehearsal"
    templates: str = ""  # a folder with more templates; "" for none
    pages: bool = True  # dialogs may host pages; else all is shown on cards

    @staticmethod
    def read(environ: Mapping[str, str]) -> Settings:
        """The settings in `environ`; every wrong one is in the one `WrongSetting` that is raised."""
        return _Reader(environ).settings()


def load(folder: Path | None = None, environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings from `environ` and, where it says nothing, from `.env` in `folder` (the current one by default)."""
    return Settings.read(_surroundings(folder, environ))


def load_database_url(folder: Path | None = None, environ: Mapping[str, str] = os.environ) -> str:
    """As `load`, but DATABASE_URL alone: what a backup needs where no bot is set up. Raises `WrongSetting`."""
    reader = _Reader(_surroundings(folder, environ))
    url = reader.database_url()
    if reader.wrong:
        raise WrongSetting(tuple(reader.wrong))
    return url


def _surroundings(folder: Path | None, environ: Mapping[str, str]) -> Mapping[str, str]:
    kept = dotenv_values((folder or Path.cwd()) / ".env", interpolate=False, encoding="utf-8")
    return {**{name: value for name, value in kept.items() if value is not None}, **environ}


class _Reader:
    """Reads one setting after another and remembers what is wrong, so that all of it can be said at once."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.wrong: list[str] = []

    def settings(self) -> Settings:
        cloud = self.get("CLOUD", "public", _cloud)
        port = self.get("PORT", "3978", _port)
        rehearsing = cloud == "rehearsal"
        here = f"http://127.0.0.1:{port or 3978}" if rehearsing else ""
        # Which address is right depends on the cloud; without one, nothing is said about it.
        room = _origin if rehearsing else _none if cloud else str
        host = self.get("HOST", "127.0.0.1" if rehearsing else "0.0.0.0", _host)  # noqa: S104 - a proxy stands before it
        read = Settings(
            port=port or 0,
            host=host or "",
            public_url=self.get("PUBLIC_URL", here, _public_url) or "",
            database_url=self.database_url(),
            app_id=self.app_id(rehearsing) or "",
            app_password=self.text("MICROSOFT_APP_PASSWORD"),
            app_tenant=self.get("MICROSOFT_APP_TENANT_ID", "", _tenant) or "",
            allowed_tenants=self.get("ALLOWED_TENANTS", "", _guids) or frozenset(),
            may_open=self.get("MAY_OPEN", "", _guids) or frozenset(),
            log_level=self.get("LOG_LEVEL", "INFO", _log_level) or "",
            retention_days=self.get("RETENTION_DAYS", "60", _days) or 0,
            cloud=cloud or "",
            rehearsal_url=self.get("REHEARSAL_URL", "", room) or "",
            templates=self.get("TEMPLATES", "", _folder) or "",
            pages=self.get("PAGES", "on", _on_or_off) is not False,
        )
        if rehearsing:
            self.check_rehearsal(read)
        elif cloud:
            self.check_cloud(read)
        if self.wrong:
            raise WrongSetting(tuple(self.wrong))
        return read

    def text(self, name: str) -> str:
        return self.environ.get(name, "").strip()

    def get(self, name: str, default: str, parse: Callable[[str], _T]) -> _T | None:
        text = self.text(name) or default
        try:
            return parse(text)
        except ValueError as error:
            self.wrong.append(f"{name} {error}")
            return None

    def database_url(self) -> str:
        return self.get("DATABASE_URL", "sqlite:///kolbot.db", _database) or ""

    def app_id(self, rehearsing: bool) -> str | None:
        if not self.text("MICROSOFT_APP_ID"):
            right = REHEARSAL_APP_ID if rehearsing else "the application (client) id of the registration"
            self.wrong.append(f"MICROSOFT_APP_ID is missing, so nobody could be checked; set it to {right}.")
            return None
        return self.get("MICROSOFT_APP_ID", "", _guid)

    def check_cloud(self, read: Settings) -> None:
        if not read.app_password:
            self.wrong.append("MICROSOFT_APP_PASSWORD is missing; set it to a secret of the registration.")
        if read.app_id == REHEARSAL_APP_ID:
            self.wrong.append(
                "MICROSOFT_APP_ID is the rehearsal room's reserved id; set the id of the bot's own "
                "registration, or CLOUD=rehearsal."
            )
        if not self.text("PUBLIC_URL"):
            self.wrong.append("PUBLIC_URL is missing; set it to the https address of this bot.")
        elif read.public_url and not read.public_url.startswith("https://"):
            self.wrong.append("PUBLIC_URL is not https; Teams speaks to https addresses only. Use one.")

    def check_rehearsal(self, read: Settings) -> None:
        """PRODUCT: a rehearsal stays on this machine, with the reserved id and nothing worth stealing."""
        for name, url in (("PUBLIC_URL", read.public_url), ("REHEARSAL_URL", read.rehearsal_url)):
            if url and not is_loopback(urlsplit(url).hostname or ""):
                self.wrong.append(
                    f"{name} is not an address of this machine; with CLOUD=rehearsal use 127.0.0.1, [::1] "
                    "or localhost."
                )
        if read.host and not is_loopback(read.host):
            self.wrong.append("HOST would let other machines in; with CLOUD=rehearsal set it to 127.0.0.1.")
        if read.app_id and read.app_id != REHEARSAL_APP_ID:
            self.wrong.append(
                f"MICROSOFT_APP_ID is a real id; with CLOUD=rehearsal use the reserved {REHEARSAL_APP_ID}."
            )
        if read.app_password:
            self.wrong.append(
                "MICROSOFT_APP_PASSWORD is set; a rehearsal must not have a password. Remove it."
            )


def is_loopback(host: str) -> bool:
    """True if `host` (a name or address without port and brackets) can only be this machine."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _cloud(text: str) -> str:
    if text not in CLOUDS:
        raise ValueError(f"is not a cloud that Kolbot knows; use one of {', '.join(CLOUDS)}.")
    return text


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text[:6]) <= 65535:
        raise ValueError("is not a port; use a whole number from 1 to 65535, such as 3978.")
    return int(text)


def _host(text: str) -> str:
    bare = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    try:
        return str(ipaddress.ip_address(bare))
    except ValueError:
        if not _HOST.match(bare) or bare.replace(".", "").isdigit():
            raise ValueError("is not a host; use a name or address without port, as 127.0.0.1.") from None
        return bare


def _split(text: str) -> SplitResult:
    """An http(s) address with nothing hidden in it (no user, query, fragment, blanks or backslashes)."""
    wrong = ValueError("is not a web address; use one such as https://kolbot.example.org.")
    if re.search(r"[\s\\@?#\x00-\x1f]", text):
        raise wrong
    try:
        url = urlsplit(text)
        url.port  # noqa: B018 - reading it checks it
    except ValueError:
        raise wrong from None
    if url.scheme not in ("http", "https") or not url.hostname:
        raise wrong
    return url


def _public_url(text: str) -> str:
    if not text:
        return ""  # whether it may be missing depends on the cloud
    return _split(text).geturl().rstrip("/")


def _origin(text: str) -> str:
    if not text:
        raise ValueError("is missing; CLOUD=rehearsal needs the room's address, such as http://127.0.0.1:3979.")
    url = _split(text)
    if url.path not in ("", "/"):
        raise ValueError("has a path; use the room's address alone, such as http://127.0.0.1:3979.")
    return f"{url.scheme}://{url.netloc.lower()}"


def _none(text: str) -> str:
    if text:
        raise ValueError("is set, but CLOUD is not rehearsal; remove it, or set CLOUD=rehearsal.")
    return ""


def _database(text: str) -> str:
    if not text.startswith(_DATABASES) or text in _DATABASES:
        raise ValueError("is not a database; use sqlite:///kolbot.db or postgresql://user:password@host/name.")
    return text


def _folder(text: str) -> str:
    if text and not Path(text).is_dir():
        raise ValueError("is not a folder; use one with templates (*.yaml) in it, or leave it out.")
    return text


def _guid(text: str) -> str:
    if not _GUID.match(text.lower()):
        raise ValueError("is not an id; use one such as 01234567-89ab-cdef-0123-456789abcdef.")
    return text.lower()


def _tenant(text: str) -> str:
    return _guid(text) if text else ""


def _guids(text: str) -> frozenset[str]:
    try:
        return frozenset(_guid(item.strip()) for item in text.split(",") if item.strip())
    except ValueError:
        raise ValueError(
            "has an entry that is not an id; use ids such as 01234567-89ab-cdef-0123-456789abcdef, "
            "with commas between them, or leave it empty for everybody."
        ) from None


def _log_level(text: str) -> str:
    if text.upper() not in LOG_LEVELS:
        raise ValueError(f"is not a level; use one of {', '.join(LOG_LEVELS)}.")
    return text.upper()


def _on_or_off(text: str) -> bool:
    if text.lower() not in ("on", "off"):
        raise ValueError("is neither on nor off; use on, or off where Teams cannot show pages of this address.")
    return text.lower() == "on"


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text[:6]) <= 3650:
        raise ValueError("is not a number of days; use a whole number from 1 to 3650, such as 60.")
    return int(text)
