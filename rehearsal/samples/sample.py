"""What the room may know of one kind of prompt. It knows the bot only by its forms and its board."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from random import Random
from typing import TYPE_CHECKING

from rehearsal.question import Asked, Question
from rehearsal.reading import Value
from rehearsal.shown import PLACE, Shown
from rehearsal.wording import cleaned, fold, times, unmarked

if TYPE_CHECKING:
    from rehearsal.persona import Persona

Tally = Counter[tuple[str, int, str, int]]
"""How often: ("said", column, folded words, 1), ("own", 0, folded words, number), ("bar", 0, key of the item, number).
A kind may have names of its own for other figures: ("median", 0, key of the item, 4).

Equal entries may stand on the board one by one or as one with their number: both say the same.
"""


class Sample:
    """The default: every field is filled in by itself, and each field's words stand on the board."""

    kind = ""
    by_item = False
    """Whether the parts of its form are keys of items (`<key>` or `<key>.x`), whose words stand above their fields."""
    numbered = False
    """Whether its bars have their place before the label: "2. pears"."""

    def fill(
        self, persona: Persona, form: Sequence[Question], dice: Random, attempt: int
    ) -> dict[str, Value]:
        """Values for the prompt's fields together; a field without a value here is filled in by itself.
        `attempt` counts refusals: 0 is the first, when the careless may go beyond a limit."""
        return {}

    def settle(self, form: Sequence[Question], values: dict[str, Value], dice: Random) -> None:
        """Changes the values of all fields where they do not go together."""

    def answered(self, form: Sequence[Asked]) -> bool:
        """Whether one person's form says anything."""
        return any(asked.value not in ("", "0") for asked in form)

    def words(self, asked: Asked) -> list[str]:
        """The person's own words in one field, as the bot says it cleans them."""
        text = unmarked(cleaned(asked.value))
        return [text if asked.lines else " ".join(text.split())] if text else []

    def given(self, forms: Sequence[Sequence[Asked]]) -> Tally:
        """What the board has to show if these forms, one a person, are what counts."""
        return Counter(
            ("said", asked.column, fold(words), 1) for form in forms for asked in form for words in self.words(asked)
        )

    def seen(self, shown: Shown, asked: Sequence[Asked]) -> Tally:
        """What the board shows, in the same terms. `asked` are all fields of the prompt that anybody submitted."""
        written = {words for one in asked for words in self.words(one)}
        found: Tally = Counter()
        for entry in shown.entries:
            words, number = (entry.words, 1) if entry.words in written else times(entry.words)
            found["said", entry.column, fold(words), 1] += number
        items = items_of(shown, asked)
        for label, number in shown.bars:
            label = PLACE.sub("", label, count=1) if self.numbered else label
            self.bar(found, label, number, items)
        return found

    def bar(self, found: Tally, label: str, number: int, items: Mapping[str, str]) -> None:
        """Counts one bar of the board; `items` has the keys by their words."""
        found["bar", 0, items.get(label, label), number] += 1


def items_of(shown: Shown, asked: Sequence[Asked]) -> dict[str, str]:
    """The keys of the items by their words: in the language of the board where two languages say the same words."""
    items = {unmarked(words): key for one in asked for key, words in one.items}
    return items | {unmarked(words): key for one in asked if one.language == shown.language for key, words in one.items}


def liked(item: str) -> float:
    """How much everybody is drawn to an item, 0 to 1: opinions agree a little, so that a board has a shape."""
    return Random(f"liked {item}").random() ** 2
