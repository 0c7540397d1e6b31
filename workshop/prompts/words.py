"""A few words or short phrases a person, one a line. The board shows a word cloud: the more wrote it, the larger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workshop.model import Answer, Value, entry_id
from workshop.plan import Item, Prompt
from workshop.prompts.kind import PAGE, Fields, clean, fold, folded, lines_of
from workshop.refusals import Problem, Wrong


@dataclass(frozen=True, slots=True)
class WordsRules:
    """How many entries a person may give, and how long one may be (Unicode code points after cleaning)."""

    max_entries: int
    max_chars: int


@dataclass(frozen=True, slots=True)
class Word:
    """A word as the first who wrote it spelt it, and how many wrote it. Case and spaces do not count, diacritics do."""

    key: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class WordsResult:
    people: int
    words: tuple[Word, ...]

    @property
    def size(self) -> int:
        return len(self.words)

    @property
    def per_page(self) -> int:
        return 3 * PAGE


class WordsKind:
    name = "words"
    takes_items = False

    def read(self, fields: Fields) -> WordsRules:
        return WordsRules(fields.integer("max_entries", 3, 1, 10), fields.integer("max_chars", 60, 1, 140))

    def asks(self, prompt: Prompt, items: Sequence[Item]) -> bool:
        return True

    def parse(
        self, prompt: Prompt, items: Sequence[Item], given: Mapping[str, str]
    ) -> Value | None | tuple[Problem, ...]:
        """One entry a line; the same twice is once. An only line with commas is taken as a list."""
        rules = words_rules(prompt)
        entries = _distinct(lines_of(given.get("", "")))
        if len(entries) == 1 and rules.max_entries > 1:
            entries = _distinct([clean(words, lines=False) for words in entries[0].split(",")])
        longest = max((len(entry) for entry in entries), default=0)
        if longest > rules.max_chars:
            return (Problem(prompt.id, "", Wrong.TOO_LONG, longest, rules.max_chars),)
        if len(entries) > rules.max_entries:
            return (Problem(prompt.id, "", Wrong.TOO_MANY, len(entries), rules.max_entries),)
        return {"words": entries} if entries else None

    def unparse(self, prompt: Prompt, value: Value) -> Mapping[str, str]:
        return {"": "\n".join(_words(value))}

    def entries(self, prompt: Prompt, answer: Answer) -> tuple[tuple[str, str], ...]:
        return tuple((entry_id(answer, "", words), words) for words in _words(answer.value))

    def tally(
        self,
        prompt: Prompt,
        items: Sequence[Item],
        answers: Sequence[Answer],
        names: Mapping[str, str],
        hidden: frozenset[str],
    ) -> WordsResult:
        cloud = self.carry(prompt, items, answers, hidden)
        return WordsResult(len(answers), tuple(Word(item.key, item.label[""], item.weight) for item in cloud))

    def carry(
        self, prompt: Prompt, items: Sequence[Item], answers: Sequence[Answer], hidden: frozenset[str]
    ) -> tuple[Item, ...]:
        """The words by how many wrote them."""
        return folded(
            prompt.id,
            [
                (entry, words, answer.author)
                for answer in answers
                for entry, words in self.entries(prompt, answer)
                if entry not in hidden
            ],
        )


def words_rules(prompt: Prompt) -> WordsRules:
    """This kind's settings of a prompt."""
    assert isinstance(prompt.rules, WordsRules)
    return prompt.rules


def _distinct(written: Sequence[str]) -> list[str]:
    """Those of them that hold something, each once, as it was written first."""
    return list({fold(entry): entry for entry in reversed(written) if entry}.values())[::-1]


def _words(value: Value) -> list[str]:
    words = value["words"]
    return [str(entry) for entry in words] if isinstance(words, list) else []


KIND = WordsKind()
