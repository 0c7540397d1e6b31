"""A table that somebody pasted, as rows of cells: from a spreadsheet (tabs) or a CSV file (semicolons, commas)."""

from __future__ import annotations

import csv
from collections.abc import Sequence

SEPARATORS = "\t;,"
"""In this order: whoever pastes from a spreadsheet has tabs, and a semicolon is meant where there is one."""
LIMIT = 50_000
"""Longest table, in code points."""


class WrongTable(Exception):
    """The text is no table of these columns: why ("long", "separator", "cells") and in which row (from 1; 0: all)."""

    def __init__(self, why: str, row: int = 0) -> None:
        super().__init__(why)
        self.why, self.row = why, row


def rows_of(text: str, columns: int, headings: Sequence[str] = ()) -> list[list[str]]:
    """The rows that have anything in them; a first row of headings (any of these words in its first cell) is left out.
    Cells may be in quotation marks. Raises `WrongTable`."""
    if len(text) > LIMIT:
        raise WrongTable("long")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    found = _split(text, next((sign for sign in SEPARATORS if sign in text), SEPARATORS[-1]))
    if found and found[0][0].casefold() in {heading.casefold() for heading in headings}:
        found = found[1:]
    if found and all(len(row) == 1 and "|" in row[0] for row in found):
        raise WrongTable("separator")
    for number, row in enumerate(found, 1):
        if len(row) > columns:
            raise WrongTable("cells", number)
    return found


def _split(text: str, separator: str) -> list[list[str]]:
    try:
        read = list(csv.reader(text.split("\n"), delimiter=separator, skipinitialspace=True, strict=True))
    except csv.Error:  # a quotation mark that is one: "The „best" of all"
        read = [line.split(separator) for line in text.split("\n")]
    rows = [[cell.strip() for cell in row] for row in read]
    return [_without_empty_end(row) for row in rows if any(row)]


def _without_empty_end(row: list[str]) -> list[str]:
    while not row[-1]:
        row = row[:-1]
    return row
