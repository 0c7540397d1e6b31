"""Time zones: which names are any, and which one a country is in. It says no time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global

from locales import LANGUAGES

_NAME = re.compile(r"[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+){0,2}")
LONGEST = 64


@lru_cache(1024)
def zone(name: str) -> ZoneInfo | None:
    """The zone of a name of the IANA database; None where it is none, or this machine has no such database."""
    if len(name) > LONGEST or not _NAME.fullmatch(name):
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError):  # by what the name looks like, and what the machine has
        return None


@lru_cache(1024)
def known_zone(said: str) -> str | None:
    """A zone as Teams says it (by IANA, or as Windows calls it) by its IANA name; None where nobody knows it."""
    name = get_global("windows_zone_mapping").get(said, said)
    return name if zone(name) is not None else None


def zone_of_country(country: str) -> str | None:
    """The zone of a country by its name in any of the languages, or by its two letters; None for one with several."""
    return _by_country().get(" ".join(country.split()).casefold())


@cache
def _by_country() -> Mapping[str, str]:
    zones: dict[str, list[str]] = {}
    for name, territory in get_global("zone_territories").items():
        zones.setdefault(territory, []).append(name)
    alone = {territory: names[0] for territory, names in zones.items() if len(names) == 1}
    found = {territory.casefold(): name for territory, name in alone.items()}
    for language in LANGUAGES:
        called = Locale.parse(language).territories
        found |= {called[territory].casefold(): name for territory, name in alone.items() if territory in called}
    return found
