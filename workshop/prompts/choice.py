"""One or several of the options, with an own one where the template allows. The board shows bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from workshop.model import Answer, Value, entry_id
from workshop.plan import Item, Prompt, Text, as_written
from workshop.prompts.kind import PAGE, Fields, clean, item_key
from workshop.refusals import Problem, Wrong
from workshop.translations import Told, labelled

OWN_LIMIT = 140
"""Longest own option, in code points."""
OTHER, WAS = "*", "was"
"""The option that stands for own words, where there is one only; and the part with the own words that a form began
with."""


@dataclass(frozen=True, slots=True)
class ChoiceRules:
    """The template's own options (none where they are carried over), how many may be chosen, own one allowed."""

    options: tuple[Item, ...]
    most: int
    own: bool

    @property
    def instead(self) -> bool:
        """Whether own words take the place of an option: only one can be given."""
        return self.own and self.most == 1


@dataclass(frozen=True, slots=True)
class Bar:
    key: str
    label: Text
    count: int
    own: bool = False
    entries: tuple[str, ...] = ()
    """The entries that it comes from, where people wrote it."""


@dataclass(frozen=True, slots=True)
class ChoiceResult:
    people: int
    bars: tuple[Bar, ...]

    @property
    def size(self) -> int:
        return len(self.bars)

    @property
    def per_page(self) -> int:
        return PAGE


class ChoiceKind:
    name = "choice"
    takes_items = True

    def read(self, fields: Fields) -> ChoiceRules:
        options = tuple(Item(key, label) for key, label in fields.labelled("options", 0, 20))
        return ChoiceRules(options, fields.integer("most", 1, 1, 20), fields.flag("own", False))

    def asks(self, prompt: Prompt, items: Sequence[Item]) -> bool:
        return bool(items) or choice_rules(prompt).own

    def parse(
        self, prompt: Prompt, items: Sequence[Item], given: Mapping[str, str]
    ) -> Value | None | tuple[Problem, ...]:
        """Where only one can be given, own words count if "something else" is chosen or nothing is: in Teams nobody can
        choose nothing again. Who chose that and wrote nothing has given nothing. Own words that the form began with
        (its part `was`) are left over where an option is chosen now: it counts. Others that stand beside an option are
        refused, because nobody knows which of the two is meant."""
        rules = choice_rules(prompt)
        chosen = list(dict.fromkeys(key for key in given.get("", "").split(",") if key))
        own = clean(given.get("own", ""), lines=False) if rules.own else ""
        if rules.instead and chosen == [OTHER]:
            chosen = []
        elif rules.instead and chosen and own == clean(given.get(WAS, ""), lines=False):
            own = ""
        known = {item.key for item in items}
        if unknown := [key for key in chosen if key not in known]:
            return (Problem(prompt.id, "", Wrong.NOT_AN_OPTION, len(unknown)),)
        if len(own) > OWN_LIMIT:
            return (Problem(prompt.id, "own", Wrong.TOO_LONG, len(own), OWN_LIMIT),)
        same = {item_key(label) for item in items if item.key in chosen for label in item.label.values()}
        count = len(chosen) + bool(own and item_key(own) not in same)  # what is chosen and written too is one
        if rules.instead and len(chosen) == 1 and count > 1:
            return (Problem(prompt.id, "own", Wrong.OPTION_AND_OWN),)
        if count > rules.most:
            return (Problem(prompt.id, "", Wrong.TOO_MANY, count, rules.most),)
        return {"chosen": chosen, "own": own} if chosen or own else None

    def unparse(self, prompt: Prompt, value: Value) -> Mapping[str, str]:
        chosen, own = ",".join(_chosen(value)), str(value["own"])
        if choice_rules(prompt).instead and own and not chosen:
            return {"": OTHER, "own": own, WAS: own}
        return {"": chosen, "own": own}

    def about(self, value: Value) -> frozenset[str]:
        return frozenset(_chosen(value))

    def entries(self, prompt: Prompt, answer: Answer) -> tuple[tuple[str, str], ...]:
        own = str(answer.value["own"])
        return ((entry_id(answer, "own", own), own),) if own else ()

    def tally(
        self,
        prompt: Prompt,
        items: Sequence[Item],
        answers: Sequence[Answer],
        names: Mapping[str, str],
        hidden: frozenset[str],
    ) -> ChoiceResult:
        bars = {item.key: Bar(item.key, item.label, 0, entries=item.entries) for item in items}
        same = {item_key(label): item.key for item in items for label in item.label.values()}
        own_bars: dict[str, Bar] = {}
        for answer in answers:
            chosen = {key for key in _chosen(answer.value) if key in bars}
            for entry, words in self.entries(prompt, answer):
                key = item_key(words)
                if key in same:  # an own option that is one of the others counts for that one
                    chosen.add(same[key])
                elif entry not in hidden:
                    before = own_bars.get(key, Bar(key, as_written(words), 0, own=True))
                    own_bars[key] = replace(before, count=before.count + 1, entries=(*before.entries, entry))
            for key in chosen:
                bars[key] = replace(bars[key], count=bars[key].count + 1)
        return ChoiceResult(len(answers), (*bars.values(), *own_bars.values()))

    def translated(self, result: ChoiceResult, told: Told) -> ChoiceResult:
        """What people wrote themselves; the other options have their languages already."""
        bars = (replace(bar, label=labelled(bar.label, bar.entries, told)) if bar.own else bar for bar in result.bars)
        return replace(result, bars=tuple(bars))

    def carry(
        self, prompt: Prompt, items: Sequence[Item], answers: Sequence[Answer], hidden: frozenset[str]
    ) -> tuple[Item, ...]:
        bars = [bar for bar in self.tally(prompt, items, answers, {}, hidden).bars if bar.count]
        strongest = sorted(bars, key=lambda bar: -bar.count)
        return tuple(Item(bar.key, bar.label, prompt.id, bar.count, bar.entries) for bar in strongest)


def choice_rules(prompt: Prompt) -> ChoiceRules:
    """This kind's settings of a prompt."""
    assert isinstance(prompt.rules, ChoiceRules)
    return prompt.rules


def _chosen(value: Value) -> list[str]:
    chosen = value["chosen"]
    return [str(key) for key in chosen] if isinstance(chosen, list) else []


KIND = ChoiceKind()
