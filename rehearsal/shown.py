"""What the board shows, read as a reader reads it: whose words, which bars, line by line. It compares nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rehearsal.offers import data_of
from rehearsal.reading import buttons
from rehearsal.strict import objects
from rehearsal.wording import unmarked, unturned

BULLET = "• "
BETWEEN = "  ·  "
PLACE = re.compile(r"\d+\. ")
NUMBER = re.compile(r"\s*(\d{1,3}(?:[,\u00a0\u202f]\d{3})+|\d+)\b")
"""With what stands between thousands in our languages."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody's words on the board; `column` counts the bold lines after the question, from 0."""

    words: str
    who: str = ""
    column: int = 0


@dataclass(slots=True)
class Shown:
    """What the board shows of one prompt, all pages together."""

    entries: list[Entry] = field(default_factory=list)
    bars: list[tuple[str, int]] = field(default_factory=list)
    """Label and number."""
    lines: list[tuple[str, ...]] = field(default_factory=list)
    """Every line of words in order, run by run: for kinds whose board says more than entries and bars."""
    language: str = ""


def read_board(pages: Iterable[Mapping[str, Any]]) -> dict[str, Shown]:
    """The pages of the board by prompt, and by case where it has one. A page whose buttons name no prompt holds
    nothing."""
    shown: dict[str, Shown] = {}
    for page in pages:
        if (name := asked_on(page)) is not None:
            read_page(page, shown.setdefault(name, Shown(language=str(page.get("lang", "")))))
    return shown


def asked_on(page: Mapping[str, Any]) -> str | None:
    """Which prompt, and of which case, a page of the board is about."""
    for data in map(data_of, buttons(dict(page))):
        if isinstance(data.get("prompt"), str):
            return in_case(data["prompt"], str(data.get("case") or ""))
    return None


def in_case(prompt: str, case: str) -> str:
    """What an answer to a prompt is kept under: in each case it is another."""
    return f"{prompt}#{case}" if case else prompt


def read_page(page: Mapping[str, Any], shown: Shown) -> None:
    """Adds what one card shows."""
    bold = 0
    for part in objects(page.get("body")):
        if part.get("type") == "TextBlock":
            shown.lines.append((unturned(str(part.get("text", ""))),))
            bold += part.get("weight") == "Bolder" and part.get("style") != "heading"
        elif part.get("type") == "RichTextBlock":
            inlines = part.get("inlines") or []
            runs = [unturned(run if isinstance(run, str) else str(run.get("text", ""))) for run in inlines]
            shown.lines.append(tuple(runs))
            _read_line(runs, max(bold - 2, 0), shown)


def _read_line(runs: list[str], column: int, shown: Shown) -> None:
    """A bullet begins somebody's words; a label with a number after it is a bar; the rest is the board's own."""
    if runs and runs[0] == BULLET and BETWEEN in runs:
        shown.entries += [Entry(unmarked(run), "", column) for run in runs[1:] if run != BETWEEN]
    elif runs and runs[0] == BULLET and len(runs) > 1:
        who = next((run[3:] for run in runs[2:] if run.startswith(" — ")), "")
        shown.entries.append(Entry(unmarked(runs[1]), who, column))
    elif len(runs) > 1 and (number := NUMBER.match(runs[1])):
        shown.bars.append((unmarked(runs[0]), int(re.sub(r"\D", "", number[1]))))
