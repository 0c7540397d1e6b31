"""What people were told was kept against what the board shows, word for word. Pure: it reads cards and remembers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, product
from typing import Any

from rehearsal.asked import Asked
from rehearsal.offers import data_of
from rehearsal.participant import Submitted
from rehearsal.reading import buttons
from rehearsal.strict import objects
from rehearsal.wording import cleaned, fold, times, unmarked

FEW = 3
"""An anonymous question with fewer answers shows none of them (PRODUCT.md 9)."""
MOST_WAYS = 4096
"""Ways in which unsure answers may have ended that are tried for one step."""
BULLET = "• "
BETWEEN = "  ·  "
PLACE = re.compile(r"\d+\. ")
NUMBER = re.compile(r"\s*(\d[\d\u00a0\u202f]*)\b")
OWN = re.compile(r"(.*) \([^()]*\)", re.DOTALL)
"""An option of somebody's own: their words, and in brackets that they are."""


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
    language: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`compared` counts what was compared by prompt; `wrong` has a sentence for each difference."""

    compared: Mapping[str, int]
    wrong: tuple[str, ...]


Tally = Counter[tuple[str, int, str, int]]
"""How often: ("said", column, folded words, 1), ("own", 0, folded words, number), ("bar", 0, key of the item, number).

Equal entries may stand on the board one by one or as one with their number: both say the same.
"""


def read_board(pages: Iterable[Mapping[str, Any]]) -> dict[str, Shown]:
    """The pages of the board by prompt. A page whose buttons name no prompt holds nothing."""
    shown: dict[str, Shown] = {}
    for page in pages:
        names = [data_of(button).get("prompt") for button in buttons(dict(page))]
        name = next((name for name in names if isinstance(name, str)), None)
        if name is not None:
            _read_page(page, shown.setdefault(name, Shown(language=str(page.get("lang", "")))))
    return shown


def _read_page(page: Mapping[str, Any], shown: Shown) -> None:
    bold = 0
    for part in objects(page.get("body")):
        if part.get("type") == "TextBlock" and part.get("weight") == "Bolder" and part.get("style") != "heading":
            bold += 1
        elif part.get("type") == "RichTextBlock":
            runs = [run if isinstance(run, str) else str(run.get("text", "")) for run in part.get("inlines") or []]
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


def compare(
    acknowledged: Sequence[Submitted], unsure: Sequence[Submitted], shown: Mapping[str, Shown],
    names: Mapping[str, str],
) -> Verdict:
    """Everything that is wrong. `names` are people's full names by their ids in the room.

    A person's last acknowledged submit for a step is what counts. One that nobody answered may count instead.
    """
    steps: dict[tuple[str, str], dict[str, list[Submitted | None]]] = {}
    for one in acknowledged:
        steps.setdefault((one.workshop, one.step), {})[one.person] = [one]
    for one in unsure:
        steps.setdefault((one.workshop, one.step), {}).setdefault(one.person, [None]).append(one)
    compared: dict[str, int] = {}
    wrong: list[str] = []
    for step in steps.values():
        prompts = list(dict.fromkeys(name for some in step.values() for one in some if one for name in one.prompts))
        found = {name: _seen(shown.get(name, Shown()), _forms(step, name)) for name in prompts}
        ways = islice(product(*step.values()), MOST_WAYS)
        way = min(ways, key=lambda way: sum(_distance(_given(way, name), found[name]) for name in prompts))
        for name in prompts:
            given = _given(way, name)
            compared[name] = given.total()
            wrong += _wrong(name, given, found[name], shown.get(name, Shown()), _forms(step, name), names)
    for name in shown.keys() - compared.keys():
        foreign = [entry.words for entry in shown[name].entries] + [label for label, n in shown[name].bars if n]
        wrong += [f"{name}: {words!r} is on the board, and nobody was told that it was kept" for words in foreign]
    return Verdict(compared, tuple(wrong))


def posted(card: Mapping[str, Any], shown: Mapping[str, Shown]) -> list[str]:
    """What the last card in the conversation, which has the strongest of all, says otherwise than the pages."""
    here = Shown()
    _read_page(card, here)
    entries = {entry.words for whole in shown.values() for entry in whole.entries}
    bars = {(PLACE.sub("", label, count=1), number) for whole in shown.values() for label, number in whole.bars}
    known = {label for label, _ in bars}
    wrong = [
        f"the posted board: {entry.words!r} is on no page of the board" for entry in here.entries
        if not any(_short_for(entry.words, whole) for whole in entries)
    ]
    for label, number in ((PLACE.sub("", label, count=1), number) for label, number in here.bars):
        if label in known and (label, number) not in bars:
            wrong.append(f"the posted board: {label!r} has {number}, and not so on any page of the board")
    for name, whole in shown.items():
        there = any(_short_for(one.words, entry.words) for one in here.entries for entry in whole.entries)
        if whole.entries and here.entries and not there:
            wrong.append(f"the posted board: nothing of what was said to {name}")
    return wrong


def _short_for(words: str, whole: str) -> bool:
    """Whether it is the same entry, perhaps cut: the posted card has less room than a page."""
    if words == whole:
        return True
    (cut, number), (uncut, all_of_them) = times(words), times(whole)
    return number == all_of_them and cut.endswith("…") and uncut.startswith(cut[:-1])


def _distance(given: Tally, found: Tally) -> int:
    return (given - found).total() + (found - given).total()


def _wrong(
    name: str, given: Tally, found: Tally, shown: Shown, forms: Mapping[str, Sequence[Asked]], names: Mapping[str, str]
) -> list[str]:
    """The differences of one prompt."""
    answers = sum(any(asked.value not in ("", "0") for asked in form) for form in forms.values())
    if not shown.entries and not shown.bars and answers < FEW:
        return []
    wrong = [f"{name}: missing {_told(what, often)}" for what, often in (given - found).items()]
    wrong += [f"{name}: too much {_told(what, often)}" for what, often in (found - given).items()]
    written: dict[str, set[str]] = {}
    for person, form in forms.items():
        for words in (words for asked in form for words in _words(asked)):
            written.setdefault(words, set()).add(names.get(person, ""))
    folded: dict[str, set[str]] = {}
    for words, people in written.items():
        folded.setdefault(fold(words), set()).update(people)
    for entry in shown.entries:
        words = entry.words if entry.words in written else times(entry.words)[0]
        if words not in written:
            wrong.append(f"{name}: nobody wrote {words!r} in just these letters")
        elif entry.who and not set(entry.who.removesuffix(" …").split(", ")) <= folded[fold(words)]:
            wrong.append(f"{name}: {words!r} is signed {entry.who!r}, who did not write it")
    return wrong


def _told(what: tuple[str, int, str, int], often: int) -> str:
    kind, column, words, number = what
    said = repr(words) if kind == "said" else f"{words!r} with {number}"
    return said + (f" in column {column + 1}" if column else "") + (f" ({often} times)" if often > 1 else "")


def _forms(step: Mapping[str, Sequence[Submitted | None]], name: str) -> dict[str, list[Asked]]:
    """Every field of a prompt that people submitted, surely or not, by person."""
    return {
        person: [asked for one in some if one is not None for asked in one.asked if asked.prompt == name]
        for person, some in step.items()
    }


def _seen(shown: Shown, forms: Mapping[str, Sequence[Asked]]) -> Tally:
    """What the board shows, in the terms in which answers are counted."""
    asked = [one for form in forms.values() for one in form]
    written = {words for one in asked for words in _words(one)}
    items = {unmarked(words): key for one in asked for key, words in one.items}
    items |= {unmarked(words): key for one in asked if one.language == shown.language for key, words in one.items}
    found: Tally = Counter()
    for entry in shown.entries:
        words, number = (entry.words, 1) if entry.words in written else times(entry.words)
        found["said", entry.column, fold(words), 1] += number
    vote = any(one.kind == "vote" for one in asked)
    for label, number in shown.bars:
        label = PLACE.sub("", label, count=1) if vote else label
        match = OWN.fullmatch(label) if label not in items else None
        if match:
            found["own", 0, fold(match[1]), number] += 1
        else:
            found["bar", 0, items.get(label, label), number] += 1
    return found


def _given(way: Iterable[Submitted | None], name: str) -> Tally:
    """What the board has to show of a prompt, if these submits are what counts."""
    forms = [[asked for asked in one.asked if asked.prompt == name] for one in way if one is not None]
    own: Counter[str] = Counter()
    bars: Counter[str] = Counter()
    tally: Tally = Counter()
    same = {fold(unmarked(words)): key for form in forms for asked in form for key, words in asked.items}
    for form in forms:
        chosen: set[str] = set()
        for asked in form:
            bars.update(dict.fromkeys((key for key, _ in asked.items), 0))
            if asked.kind == "vote":
                bars[asked.part] += int(asked.value or "0")
            elif asked.kind == "choice" and asked.part == "own":
                # Somebody's own option that is one of the others counts for that one.
                said = {fold(words) for words in _words(asked)}
                chosen |= {same[words] for words in said & same.keys()}
                own.update(said - same.keys())
            elif asked.kind == "choice":
                chosen |= {key for key in asked.value.split(",") if key}
            else:
                tally.update(("said", asked.column, fold(words), 1) for words in _words(asked))
        bars.update(chosen)
    tally.update(("own", 0, words, number) for words, number in own.items())
    tally.update(("bar", 0, key, number) for key, number in bars.items())
    return tally


def _words(asked: Asked) -> list[str]:
    """The entries of one field, cleaned as the bot says it cleans them; the same note twice in a column is one."""
    if asked.kind == "vote" or (asked.kind == "choice" and asked.part != "own"):
        return []
    text = unmarked(cleaned(asked.value))
    if asked.kind == "words":
        lines = [line for line in text.split("\n") if line]
        listed = lines[0].split(",") if len(lines) == 1 and asked.lines else lines
        return list({fold(entry): entry for words in listed if (entry := " ".join(words.split()))}.values())
    if asked.kind == "notes":
        return list(dict.fromkeys(line for line in text.split("\n") if line))
    return [text if asked.lines else " ".join(text.split())] if text else []
