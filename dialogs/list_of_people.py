"""A table of participants as a list of people: which column is which, by its heading in any of the languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from dialogs.table import rows_of
from locales import LANGUAGES, words
from workshop.expecting import LIMITS
from workshop.model import Expected
from workshop.plan import LANGUAGE_CODES
from workshop.prompts.kind import fold

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": (
        "name", "full name", "participant", "imię i nazwisko", "nazwisko i imię", "uczestnik", "име", "име и фамилия",
        "участник", "vārds", "vārds, uzvārds", "vārds un uzvārds", "dalībnieks", "név", "résztvevő",
    ),
    "address": (
        "address", "e-mail", "email", "mail", "e-mail address", "adres", "adres e-mail", "имейл", "имейл адрес",
        "адрес", "e-pasts", "e-pasta adrese", "adrese", "cím", "e-mail cím", "e-mail-cím",
    ),
    "institution": (
        "institution", "organisation", "organization", "instytucja", "urząd", "институция", "организация", "iestāde",
        "organizācija", "intézmény", "szervezet",
    ),
    "country": ("country", "kraj", "państwo", "държава", "страна", "valsts", "ország"),
    "role": (
        "role", "position", "rola", "stanowisko", "funkcja", "роля", "длъжност", "loma", "amats", "szerep", "beosztás",
        "munkakör",
    ),
    "group": ("group", "grupa", "група", "csoport"),
    "challenge": ("challenge", "wyzwanie", "предизвикателство", "izaicinājums", "kihívás"),
    "language": ("language", "język", "език", "valoda", "nyelv"),
}  # fmt: skip
"""What the columns of such a table are called, by field."""


def columns_of(row: Sequence[str]) -> list[str] | None:
    """The fields of a row of headings, "" for a column that is none of them; None where it is no such row: one that
    names people and something else about them."""
    by_heading = {fold(each): field for field, all_of_it in HEADINGS.items() for each in all_of_it}
    found = [by_heading.get(fold(cell), "") for cell in row]
    known = [field for field in found if field]
    named = {"name", "address"} & set(known)
    return found if named and len(known) == len(set(known)) and (len(known) > 1 or len(row) == 1) else None


def people_of(text: str) -> tuple[Expected, ...]:
    """Everybody of a pasted or sent table; without headings the columns are those of `LIMITS`, in that order. Raises
    `WrongTable`."""
    rows = rows_of(text, 64)
    columns = columns_of(rows[0]) if rows else None
    body = rows[1:] if columns is not None else rows_of(text, len(LIMITS))
    return tuple(_person(columns or list(LIMITS), row) for row in body)


def _person(columns: Sequence[str], row: Sequence[str]) -> Expected:
    given = {field: cell for field, cell in zip(columns, row, strict=False) if field}
    language = given.get("language", "")
    return Expected(**{"name": "", **given, "language": languages_by_name().get(fold(language), language)})


@cache
def languages_by_name() -> Mapping[str, str]:
    """Languages by their code and by their names in all languages."""
    named = {fold(words(of).name_of_language(code)): code for of in LANGUAGES for code in LANGUAGE_CODES}
    return {**named, **{code: code for code in LANGUAGE_CODES}}
