"""What people were told was kept against what the board shows, word for word. Pure: it reads cards and remembers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import Any

from rehearsal.participant import Submitted
from rehearsal.question import Asked
from rehearsal.samples import sample_of
from rehearsal.samples.sample import Sample, Tally
from rehearsal.shown import PLACE, Shown, in_case, read_page
from rehearsal.wording import fold, times

FEW = 3
"""An anonymous question with fewer answers shows none of them (PRODUCT.md 9)."""
MOST_WAYS = 4096
"""Ways in which unsure answers may have ended that are tried for one step."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`compared` counts what was compared by prompt; `wrong` has a sentence for each difference."""

    compared: Mapping[str, int]
    wrong: tuple[str, ...]
    missing: tuple[str, ...] = ()
    """What was acknowledged and is not there: prompt, words, whose they are."""
    doubled: tuple[str, ...] = ()
    """What is there more often than it was given: prompt, words, whose they are."""


def compare(
    acknowledged: Sequence[Submitted], unsure: Sequence[Submitted], shown: Mapping[str, Shown],
    names: Mapping[str, str], others: Mapping[str, Sequence[Asked]] | None = None,
) -> Verdict:
    """Everything that is wrong. `names` are people's full names by their ids in the room; `others`, by prompt, forms of
    those who are not compared, which tell what items are called in languages that nobody else filled them in.

    A person's last acknowledged submit for a step (in a case) is what counts. One that nobody answered may count
    instead.
    """
    steps: dict[tuple[str, str, str], dict[str, list[Submitted | None]]] = {}
    for one in acknowledged:
        steps.setdefault((one.workshop, one.step, one.case), {})[one.person] = [one]
    for one in unsure:
        steps.setdefault((one.workshop, one.step, one.case), {}).setdefault(one.person, [None]).append(one)
    compared: dict[str, int] = {}
    wrong: list[str] = []
    missing: list[str] = []
    doubled: list[str] = []
    for (_, _, case), step in steps.items():
        submits = [one for some in step.values() for one in some if one]
        prompts = list(dict.fromkeys(in_case(name, case) for one in submits for name in one.prompts))
        found = {
            name: _seen(shown.get(name, Shown()), _forms(step, name), (others or {}).get(name, ())) for name in prompts
        }
        ways = islice(product(*step.values()), MOST_WAYS)
        way = min(ways, key=lambda way: sum(_distance(_given(way, name), found[name]) for name in prompts))
        for name in prompts:
            given = _given(way, name)
            compared[name] = given.total()
            forms, there = _forms(step, name), shown.get(name, Shown())
            differs = _wrong(name, given, found[name], there, forms, names)
            wrong += differs
            if differs:
                missing += [_of(name, what, often, forms, names) for what, often in (given - found[name]).items()]
                doubled += [_of(name, what, often, forms, names) for what, often in (found[name] - given).items()]
    for name in shown.keys() - compared.keys():
        foreign = [entry.words for entry in shown[name].entries] + [label for label, n in shown[name].bars if n]
        wrong += [f"{name}: {words!r} is on the board, and nobody was told that it was kept" for words in foreign]
    return Verdict(compared, tuple(wrong), tuple(missing), tuple(doubled))


def posted(card: Mapping[str, Any], shown: Mapping[str, Shown]) -> list[str]:
    """What the last card in the conversation, which has the strongest of all, says otherwise than the pages."""
    here = Shown()
    read_page(card, here)
    entries = {entry.words for whole in shown.values() for entry in whole.entries}
    entries |= {times(words)[0] for words in entries}  # the record says a sentence alone
    bars = {(PLACE.sub("", label, count=1), number) for whole in shown.values() for label, number in whole.bars}
    known = {label for label, _ in bars}
    wrong = [
        f"the posted board: {entry.words!r} is on no page of the board" for entry in here.entries
        if not any(_short_for(entry.words, whole) for whole in entries)
    ]
    for label, number in ((PLACE.sub("", label, count=1), number) for label, number in here.bars):
        if label in known and (label, number) not in bars:
            wrong.append(f"the posted board: {label!r} has {number}, and not so on any page of the board")
    left_out = any(line[0].startswith("…") for line in here.lines)
    for name, whole in shown.items():
        there = any(_short_for(one.words, entry.words) for one in here.entries for entry in whole.entries)
        if whole.entries and here.entries and not there and not left_out:
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
    answers = sum(_sample(form).answered(form) for form in forms.values())
    anonymous = any(asked.anonymous for form in forms.values() for asked in form)
    if anonymous and not found and answers < FEW:
        return []
    wrong = [f"{name}: missing {_told(what, often)}" for what, often in (given - found).items()]
    wrong += [f"{name}: too much {_told(what, often)}" for what, often in (found - given).items()]
    written: dict[str, set[str]] = {}
    for person, form in forms.items():
        for one in form:
            who = names.get(person, "") if one.group is None else f"#{one.group}"
            for words in sample_of(one.kind).words(one):
                written.setdefault(words, set()).add(who)
    folded: dict[str, set[str]] = {}
    for words, people in written.items():
        folded.setdefault(fold(words), set()).update(people)
    for entry in shown.entries:
        words = entry.words if entry.words in written else times(entry.words)[0]
        if words not in written:
            wrong.append(f"{name}: nobody wrote {words!r} in just these letters")
        elif entry.who and not _signed(entry.who, folded[fold(words)], names):
            wrong.append(f"{name}: {words!r} is signed {entry.who!r}, who did not write it")
    return wrong


def _signed(who: str, people: set[str], names: Mapping[str, str]) -> bool:
    """Whether all of these names wrote it; a group is called by its number, in whatever language. Where nobody has
    formed groups, all together are one without a number: what they are called is nobody's name."""

    def wrote(one: str) -> bool:
        numbers = re.findall(r"\d+", one)
        together = "#0" in people and not numbers and one not in names.values()
        return one in people or together or any(f"#{number}" in people for number in numbers)

    return all(map(wrote, who.removesuffix(" …").split(", ")))


def _told(what: tuple[str, int, str, int], often: int) -> str:
    kind, column, words, number = what
    said = repr(words) if kind == "said" else f"{words!r} with {number}"
    return said + (f" in column {column + 1}" if column else "") + (f" ({often} times)" if often > 1 else "")


def _of(
    name: str, what: tuple[str, int, str, int], often: int, forms: Mapping[str, Sequence[Asked]],
    names: Mapping[str, str],
) -> str:
    """A difference with the names of those who wrote the words; of a figure nobody can tell whose part is wrong."""
    wrote = [
        names.get(person, person) for person, form in forms.items()
        if any(fold(words) == what[2] for asked in form for words in sample_of(asked.kind).words(asked))
    ]
    return f"{name}: {_told(what, often)}" + (f" of {', '.join(wrote)}" if wrote else "")


def _forms(step: Mapping[str, Sequence[Submitted | None]], name: str) -> dict[str, list[Asked]]:
    """Every field of a prompt that people submitted, surely or not, by person."""
    return {
        person: [asked for one in some if one is not None for asked in _of_prompt(one, name)]
        for person, some in step.items()
    }


def _of_prompt(one: Submitted, name: str) -> list[Asked]:
    """The fields of a prompt (in the case that the form was about)."""
    return [asked for asked in one.asked if in_case(asked.prompt, one.case) == name]


def _sample(asked: Iterable[Asked]) -> Sample:
    """What the room knows of the prompt's kind: every field of a prompt has the same."""
    return sample_of(next((one.kind for one in asked), ""))


def _seen(shown: Shown, forms: Mapping[str, Sequence[Asked]], others: Sequence[Asked]) -> Tally:
    """What the board shows, in the terms in which answers are counted."""
    asked = [one for form in forms.values() for one in form]
    sample = _sample(asked)
    return sample.seen(shown, [*others, *asked] if sample.by_item else asked)


def _given(way: Iterable[Submitted | None], name: str) -> Tally:
    """What the board has to show of a prompt, if these submits are what counts."""
    forms = [_of_prompt(one, name) for one in way if one is not None]
    return _sample(asked for form in forms for asked in form).given(forms)
