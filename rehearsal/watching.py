"""Whether the posted board says what the store holds, word for word, and since when. It reads cards and waits."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rehearsal.offers import data_of
from rehearsal.reading import buttons
from rehearsal.shown import BETWEEN, BULLET, asked_on
from rehearsal.strict import objects
from rehearsal.wording import unturned

ORDERED = " · "
"""Between how many have answered and the order that entries stand in, which is said where not all are there."""
LOOKS_EVERY = 0.5
"""Seconds between two looks at the room."""
Card = Mapping[str, Any]
Line = tuple[str, ...]
"""A line of words, run by run."""


@dataclass(frozen=True, slots=True)
class Section:
    """One question and what stands beneath it."""

    question: str
    plain: tuple[str, ...]
    """The board's own lines: first how many have answered. "… and 3 more" says that the rest is left out."""
    rich: tuple[Line, ...]
    """Lines of several runs: people's words, bars."""


def is_board(card: Card) -> bool:
    """Whether it is the board, be it alive or the record, from which a second cycle can begin: nothing else can be
    looked up there but the board, and questions stand on it."""
    verbs = {data_of(button).get("verb") for button in buttons(dict(card))}
    return "board" in verbs <= {"board", "facilitate", "new"} and any(True for _ in _boxes(card))


def sections(card: Card) -> list[Section]:
    """The questions of a posted board, in order."""
    return [_made([_read(part) for part in _lines(box)]) for box in _boxes(card)]


def whole(pages: Sequence[Card]) -> list[Section]:
    """The questions of the store, from the pages of the board as somebody reads them, in order."""
    found: dict[str, list[tuple[bool, Line]]] = {}
    for page in pages:
        if (name := asked_on(page)) is not None:
            found.setdefault(name, []).extend(_read(part) for part in _lines({"items": page.get("body")}))
    return [_made(lines) for lines in found.values() if lines]


def differences(card: Card | None, pages: Sequence[Section]) -> list[str]:
    """What the posted board says otherwise than the pages: where it has no room it may say less, and that it does."""
    if card is None:
        return ["there is no board"]
    folded = {box["items"][0].get("text") for box in _boxes(card) if str(box.get("id", "")).startswith("folded")}
    there = [section for section in sections(card) if section.question not in folded]
    pages = [section for section in pages if section.question not in folded]
    pairs, left = [], dict(enumerate(pages))
    for here in there:
        number = next((number for number, page in left.items() if page.question == here.question), None)
        if number is None:
            return [f"{here.question!r} is on the board and not in the store"]
        pairs.append((number, here, left.pop(number)))
    if not _in_order([number for number, _, _ in pairs]) or (left and not _full(card)):
        return [f"the board has {len(there)} questions in its order, the store {len(pages)}"]
    return [why for _, here, page in pairs for why in _differs(here, page)]


def _in_order(numbers: Sequence[int]) -> bool:
    """Whether the questions stand from the first to the last, or step by step from the newest to the oldest."""
    steps: list[list[int]] = []
    for number in numbers:
        if steps and number == steps[-1][-1] + 1:
            steps[-1].append(number)
        else:
            steps.append([number])
    return [*numbers] == sorted(numbers) or [one for step in reversed(steps) for one in step] == sorted(numbers)


def _differs(here: Section, page: Section) -> Iterator[str]:
    counted = [line.split(ORDERED)[0] for line in here.plain[:1]]  # where not all is there, the order is said behind it
    if counted != [*page.plain[:1]] and here.plain[:1] != page.plain[:1]:
        yield f"{page.question!r}: the board says {here.plain[:1]}, the store {page.plain[:1]}"
    left = Counter(page.rich)
    for line in here.rich:
        match = next((other for other in left if left[other] and _short_for(line, other)), None)
        if match is None:
            yield f"{page.question!r}: {' '.join(line)!r} is on the board and not in the store"
        else:
            left[match] -= 1
    cut = [line for line in here.plain if line.startswith("…")]
    for said in here.plain[1:]:
        if said not in page.plain and said not in cut:
            yield f"{page.question!r}: {said!r} is on the board and not in the store"
    if not cut:
        yield from (
            f"{page.question!r}: {' '.join(line)!r} is in the store and not on the board" for line in left.elements()
        )


def _short_for(line: Line, other: Line) -> bool:
    """Whether it says the same, perhaps cut: the posted card has less room than a page."""
    return len(line) == len(other) and all(_cut(one, two) for one, two in zip(line, other, strict=True))


def _cut(one: str, two: str) -> bool:
    if one == two:
        return True
    before, dots, after = one.rpartition("…")
    return bool(dots) and len(one) <= len(two) and two.startswith(before) and two.endswith(after)


def _boxes(card: Card) -> Iterator[Card]:
    """The boxes of a board: each begins with a question in bold, or with the case that it was asked in."""
    for part in card.get("body") or []:
        items = part.get("items") or []
        if items[:1] and items[0].get("type") == "Container":
            items = items[1:]
        if part.get("type") == "Container" and _asks(next(iter(items), {})):
            yield part


def _asks(part: Card) -> bool:
    """Whether it is a question: in bold, and no heading; where there is room for no more, with its answers' number."""
    if part.get("type") == "RichTextBlock":
        first, *rest = part.get("inlines") or [{}]
        return len(rest) == 1 and isinstance(first, dict) and first.get("weight") == "Bolder"
    return part.get("type") == "TextBlock" and part.get("weight") == "Bolder" and part.get("style") != "heading"


def _full(card: Card) -> bool:
    """Whether the board ends with the word that there is no room for more."""
    last: Card = next(reversed(card.get("body") or []), {})
    return last.get("type") == "TextBlock" and str(last.get("text", "")).startswith("…")


def _lines(box: Card) -> Sequence[Card]:
    """The lines of words from the question on."""
    shown = objects(_in_words(box.get("items")))
    lines = [part for part in shown if part.get("type") in ("TextBlock", "RichTextBlock")]
    return lines[next((number for number, part in enumerate(lines) if _asks(part)), len(lines)) :]


def _in_words(node: Any) -> Any:
    """What a client shows that knows no charts: the fallback, which says the same in words and bars."""
    if isinstance(node, list):
        return [_in_words(part) for part in node]
    if isinstance(node, dict) and isinstance(node.get("fallback"), dict):
        return _in_words(node["fallback"])
    return {name: _in_words(part) for name, part in node.items()} if isinstance(node, dict) else node


def _read(part: Card) -> tuple[bool, Line]:
    """A line of words, and whether it is one of several runs."""
    if part.get("type") == "TextBlock":
        return False, (unturned(str(part.get("text", ""))),)
    runs = part.get("inlines") or []
    return True, tuple(unturned(run if isinstance(run, str) else str(run.get("text", ""))) for run in runs)


def _made(lines: Sequence[tuple[bool, Line]]) -> Section:
    """A prompt that fills several pages has its question and numbers on each: they count once."""
    (_, (question, *number)), *rest = lines
    plain = [*(words.strip() for words in number), *("…" for _ in number)]
    plain += [line[0] for rich, line in rest if not rich and line[0] != question and line[0]]
    return Section(
        question, tuple(dict.fromkeys(plain)), tuple(one for rich, line in rest if rich for one in _apart(line))
    )


def _apart(line: Line) -> Iterator[Line]:
    """Entries that share a line, as there is room: each by itself."""
    if line[:1] == (BULLET,) and BETWEEN in line:
        yield from ((BULLET, run) for run in line[1:] if run != BETWEEN)
    else:
        yield line


@dataclass(slots=True)
class Convergence:
    """How long it took until the board was right for good. `seconds` is None if it never was."""

    seconds: float | None
    wrong: list[str]
    looks: int = 0
    last: list[str] = field(default_factory=list)
    """What was wrong last, before it was right."""


async def until_right(
    board: Callable[[], Card | None], pages: Callable[[], list[Section] | None], limit: float, stays: float,
    clock: Callable[[], float] = time.monotonic, pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> Convergence:
    """Looks at the board twice a second until it has been right for `stays` seconds, or `limit` seconds are over.

    `pages` is what the store holds, once that is known: nothing changes it meanwhile. Looks before then count too.
    """
    began, since, looks, wrong = clock(), None, 0, ["nobody could read the store"]
    last: list[str] = []
    seen: list[tuple[float, Card | None]] = []
    while True:
        now = clock() - began
        seen.append((now, board()))
        if (store := pages()) is not None:
            for at, card in seen:
                looks += 1
                wrong = differences(card, store)
                last = wrong or last
                since = None if wrong else at if since is None else since
            seen.clear()
        if since is not None and now - since >= stays:
            return Convergence(since, [], looks, last)
        if now >= limit:
            return Convergence(None, wrong or ["the board was right only at the very end"], looks)
        await pause(LOOKS_EVERY)
