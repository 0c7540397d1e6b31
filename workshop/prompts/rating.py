"""One number, which may be asked again later. The board shows before and after and how far people have moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from workshop.model import MINIMUM, Answer, Value
from workshop.plan import Item, Prompt, Text
from workshop.prompts.figures import Figures, answered, figures, on_scale, whole
from workshop.prompts.kind import Fields
from workshop.refusals import Problem, Wrong


@dataclass(frozen=True, slots=True)
class RatingRules:
    """The scale, both ends included, and what they are called."""

    low: int
    high: int
    ends: tuple[Text, Text] | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """How far those moved who answered both times: the median of their own differences, and how many went where."""

    median: float
    risen: int
    same: int
    fallen: int


@dataclass(frozen=True, slots=True)
class RatingResult:
    """`people` and `after` are of this prompt alone; `before` of the one that it asks again, where it may be seen."""

    people: int
    after: Figures
    before: Figures | None = None
    pairs: int = 0
    shift: Shift | None = None
    """From `MINIMUM` people on who answered both times."""
    ends: tuple[Text, Text] | None = None

    @property
    def size(self) -> int:
        return 1

    @property
    def per_page(self) -> int:
        return 1


class RatingKind:
    name = "rating"
    takes_items = False
    gives_items = False
    counts_only = True
    """The board never says whose number it is."""
    repeats = True
    """Can be asked again: `again` in a template."""

    def read(self, fields: Fields) -> RatingRules:
        low = fields.integer("low", 1, 0, 1)
        return RatingRules(low, fields.integer("high", 10, 3, 10), fields.pair("ends", "low", "high"))

    def asks(self, prompt: Prompt, items: Sequence[Item]) -> bool:
        return True

    def parse(
        self, prompt: Prompt, items: Sequence[Item], given: Mapping[str, str]
    ) -> Value | None | tuple[Problem, ...]:
        rules, words = rating_rules(prompt), given.get("", "")
        if not answered(words):
            return None
        number = whole(words)
        if number is None or not rules.low <= number <= rules.high:
            return (Problem(prompt.id, "", Wrong.NOT_ON_SCALE, number or 0, rules.high, rules.low),)
        return {"value": number}

    def unparse(self, prompt: Prompt, value: Value) -> Mapping[str, str]:
        return {"": str(value["value"])}

    def entries(self, prompt: Prompt, answer: Answer) -> tuple[tuple[str, str], ...]:
        return ()

    def tally(
        self,
        prompt: Prompt,
        items: Sequence[Item],
        answers: Sequence[Answer],
        names: Mapping[str, str],
        hidden: frozenset[str],
    ) -> RatingResult:
        """`answers` may hold those to the prompt that this one asks again: each says which prompt it is of."""
        rules = rating_rules(prompt)
        after = _numbers(answers, prompt.id, rules)
        before = _numbers(answers, prompt.again, rules) if prompt.again else {}
        moved = [number - before[who] for who, number in after.items() if who in before]
        return RatingResult(
            sum(answer.prompt == prompt.id for answer in answers),
            figures(list(after.values()), rules.low, rules.high),
            figures(list(before.values()), rules.low, rules.high) if before else None,
            len(moved),
            _shift(moved) if len(moved) >= MINIMUM else None,
            rules.ends,
        )

    def carry(
        self, prompt: Prompt, items: Sequence[Item], answers: Sequence[Answer], hidden: frozenset[str]
    ) -> tuple[Item, ...]:
        """Nothing: a number is no item."""
        return ()


def rating_rules(prompt: Prompt) -> RatingRules:
    """This kind's settings of a prompt."""
    assert isinstance(prompt.rules, RatingRules)
    return prompt.rules


def _numbers(answers: Sequence[Answer], prompt: str, rules: RatingRules) -> dict[tuple[str, str], int]:
    """The last number of each author in each case."""
    found: dict[tuple[str, str], int] = {}
    for answer in answers:
        number = answer.value.get("value")
        if answer.prompt == prompt and isinstance(number, int) and on_scale(number, rules.low, rules.high):
            found[answer.author, answer.case] = number
    return found


def _shift(moved: Sequence[int]) -> Shift:
    return Shift(
        float(median(moved)),
        sum(step > 0 for step in moved),
        sum(step == 0 for step in moved),
        sum(step < 0 for step in moved),
    )


KIND = RatingKind()
