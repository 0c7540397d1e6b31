"""Options and one's own: few write, and nobody does both beyond the limit; the board shows bars."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from random import Random

from rehearsal.question import Asked, Question
from rehearsal.reading import Value
from rehearsal.samples.sample import Sample, Tally
from rehearsal.wording import fold, unmarked

OWN = re.compile(r"(.*) \([^()]*\)", re.DOTALL)
"""An option of somebody's own: their words, and in brackets that they are."""


class ChoiceSample(Sample):
    kind = "choice"

    def settle(self, form: Sequence[Question], values: dict[str, Value], dice: Random) -> None:
        """Where one may choose or write something of one's own, few write."""
        for own in (item for item in form if item.part == "own"):
            listed = next((item for item in form if item.part == ""), None)
            both = listed is not None and bool(listed.field.choices)
            if both and (dice.random() > 0.08 or (listed is not None and listed.field.required)):
                values[own.field.id] = ""
            elif listed is not None and values.get(own.field.id):
                values[listed.field.id] = str(listed.hint.get("other", ""))

    def words(self, asked: Asked) -> list[str]:
        return Sample.words(self, asked) if asked.part == "own" else []

    def given(self, forms: Sequence[Sequence[Asked]]) -> Tally:
        own: Counter[str] = Counter()
        bars: Counter[str] = Counter()
        same = {fold(unmarked(words)): key for form in forms for asked in form for key, words in asked.items}
        for form in forms:
            chosen: set[str] = set()
            for asked in form:
                bars.update(dict.fromkeys((key for key, _ in asked.items), 0))
                if asked.part == "own":
                    # Somebody's own option that is one of the others counts for that one.
                    said = {fold(words) for words in self.words(asked)}
                    chosen |= {same[words] for words in said & same.keys()}
                    own.update(said - same.keys())
                else:
                    chosen |= {key for key in asked.value.split(",") if key}
            bars.update(chosen)
        tally: Tally = Counter(("own", 0, words, number) for words, number in own.items())
        tally.update(("bar", 0, key, number) for key, number in bars.items())
        return tally

    def bar(self, found: Tally, label: str, number: int, items: Mapping[str, str]) -> None:
        match = OWN.fullmatch(label) if label not in items else None
        if match:
            found["own", 0, fold(match[1]), number] += 1
        else:
            found["bar", 0, items.get(label, label), number] += 1


SAMPLE = ChoiceSample()
