"""A text: one piece of writing up to a limit. The board shows quotes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from workshop.model import Answer, Value, entry_id
from workshop.plan import Item, Prompt, Text
from workshop.prompts.kind import PAGE, Fields, clean, fold, folded
from workshop.refusals import Problem, Wrong
from workshop.translations import Told, longest


@dataclass(frozen=True, slots=True)
class TextRules:
    """`max_chars` is counted after cleaning, in Unicode code points."""

    max_chars: int
    lines: bool


@dataclass(frozen=True, slots=True)
class Quote:
    entry: str
    words: str
    who: str
    into: Text | None = field(default=None, hash=False)
    """The same in other languages, as moderators wrote it."""


@dataclass(frozen=True, slots=True)
class TextResult:
    people: int
    quotes: tuple[Quote, ...]

    @property
    def size(self) -> int:
        """Equal texts are shown as one."""
        return len({fold(quote.words) for quote in self.quotes})

    @property
    def per_page(self) -> int:
        long = max((longest(quote.words, quote.into) for quote in self.quotes), default=0)
        return max(1, min(PAGE, 300 * PAGE // max(long, 1)))


class TextKind:
    name = "text"
    takes_items = False

    def read(self, fields: Fields) -> TextRules:
        return TextRules(fields.integer("max_chars", 1000, 1, 4000), fields.flag("lines", True))

    def asks(self, prompt: Prompt, items: Sequence[Item]) -> bool:
        return True

    def parse(
        self, prompt: Prompt, items: Sequence[Item], given: Mapping[str, str]
    ) -> Value | None | tuple[Problem, ...]:
        rules = text_rules(prompt)
        words = clean(given.get("", ""), rules.lines)
        if len(words) > rules.max_chars:
            return (Problem(prompt.id, "", Wrong.TOO_LONG, len(words), rules.max_chars),)
        return {"text": words} if words else None

    def unparse(self, prompt: Prompt, value: Value) -> Mapping[str, str]:
        return {"": str(value["text"])}

    def entries(self, prompt: Prompt, answer: Answer) -> tuple[tuple[str, str], ...]:
        words = str(answer.value["text"])
        return ((entry_id(answer, "", words), words),)

    def tally(
        self,
        prompt: Prompt,
        items: Sequence[Item],
        answers: Sequence[Answer],
        names: Mapping[str, str],
        hidden: frozenset[str],
    ) -> TextResult:
        quotes = []
        for answer in answers:
            for entry, words in self.entries(prompt, answer):
                if entry not in hidden:
                    quotes.append(Quote(entry, words, names.get(answer.author, "")))
        return TextResult(len(answers), tuple(quotes))

    def translated(self, result: TextResult, told: Told) -> TextResult:
        quotes = (replace(one, into=into) if (into := told(one.entry)) else one for one in result.quotes)
        return replace(result, quotes=tuple(quotes))

    def carry(
        self, prompt: Prompt, items: Sequence[Item], answers: Sequence[Answer], hidden: frozenset[str]
    ) -> tuple[Item, ...]:
        quotes = self.tally(prompt, items, answers, {}, hidden).quotes
        return folded(prompt.id, [(quote.entry, quote.words, quote.entry) for quote in quotes])


def text_rules(prompt: Prompt) -> TextRules:
    """This kind's settings of a prompt."""
    assert isinstance(prompt.rules, TextRules)
    return prompt.rules


KIND = TextKind()
