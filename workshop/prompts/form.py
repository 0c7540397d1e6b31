"""A few named fields, filled in together. The board shows one block a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from workshop.model import Answer, Value, entry_id
from workshop.plan import Item, Prompt, Text
from workshop.prompts.kind import PAGE, Fields, clean, folded
from workshop.refusals import Problem, Wrong
from workshop.translations import Told, longest


@dataclass(frozen=True, slots=True)
class FormField:
    """One field: `max_chars` in code points after cleaning; `required` once anything of the form is filled in."""

    id: str
    label: Text
    max_chars: int
    lines: bool
    required: bool


@dataclass(frozen=True, slots=True)
class FormRules:
    fields: tuple[FormField, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """What one person wrote into one field."""

    field: str
    entry: str
    words: str
    into: Text | None = None
    """The same in other languages, as moderators wrote it."""


@dataclass(frozen=True, slots=True)
class Block:
    """What one person filled in, field by field in the order of the form."""

    who: str
    filled: tuple[Filled, ...]


@dataclass(frozen=True, slots=True)
class FormResult:
    people: int
    fields: tuple[tuple[str, Text], ...]
    """Ids and labels."""
    blocks: tuple[Block, ...]

    @property
    def size(self) -> int:
        return len(self.blocks)

    @property
    def per_page(self) -> int:
        long = max((sum(300 + longest(one.words, one.into) for one in b.filled) for b in self.blocks), default=0)
        return max(1, min(PAGE, 300 * PAGE // max(long, 1)))


class FormKind:
    name = "form"
    takes_items = False

    def read(self, fields: Fields) -> FormRules:
        return FormRules(
            tuple(
                FormField(
                    id,
                    label,
                    own.integer("max_chars", 500, 1, 2000),
                    own.flag("lines", True),
                    own.flag("required", False),
                )
                for id, label, own in fields.named("fields", 1, 6, ("max_chars", "lines", "required"))
            )
        )

    def asks(self, prompt: Prompt, items: Sequence[Item]) -> bool:
        return True

    def parse(
        self, prompt: Prompt, items: Sequence[Item], given: Mapping[str, str]
    ) -> Value | None | tuple[Problem, ...]:
        found: dict[str, str] = {}
        problems: list[Problem] = []
        missing: list[Problem] = []
        for field in form_rules(prompt).fields:
            words = clean(given.get(field.id, ""), field.lines)
            if len(words) > field.max_chars:
                problems.append(Problem(prompt.id, field.id, Wrong.TOO_LONG, len(words), field.max_chars))
            elif words:
                found[field.id] = words
            elif field.required:
                missing.append(Problem(prompt.id, field.id, Wrong.REQUIRED))
        if found or problems:
            problems += missing
        if problems:
            return tuple(problems)
        return {"fields": found} if found else None

    def unparse(self, prompt: Prompt, value: Value) -> Mapping[str, str]:
        return _fields(value)

    def entries(self, prompt: Prompt, answer: Answer) -> tuple[tuple[str, str], ...]:
        return tuple((one.entry, one.words) for one in _filled(prompt, answer))

    def tally(
        self,
        prompt: Prompt,
        items: Sequence[Item],
        answers: Sequence[Answer],
        names: Mapping[str, str],
        hidden: frozenset[str],
    ) -> FormResult:
        blocks = [
            Block(
                names.get(answer.author, ""), tuple(one for one in _filled(prompt, answer) if one.entry not in hidden)
            )
            for answer in answers
        ]
        fields = tuple((field.id, field.label) for field in form_rules(prompt).fields)
        return FormResult(len(answers), fields, tuple(block for block in blocks if block.filled))

    def translated(self, result: FormResult, told: Told) -> FormResult:
        def each(block: Block) -> Block:
            return replace(block, filled=tuple(replace(one, into=told(one.entry)) for one in block.filled))

        return replace(result, blocks=tuple(map(each, result.blocks)))

    def carry(
        self, prompt: Prompt, items: Sequence[Item], answers: Sequence[Answer], hidden: frozenset[str]
    ) -> tuple[Item, ...]:
        """What people wrote into the first field."""
        first = form_rules(prompt).fields[0].id
        blocks = self.tally(prompt, items, answers, {}, hidden).blocks
        written = [one for block in blocks for one in block.filled if one.field == first]
        return folded(prompt.id, [(one.entry, one.words, one.entry) for one in written])


def form_rules(prompt: Prompt) -> FormRules:
    """This kind's settings of a prompt."""
    assert isinstance(prompt.rules, FormRules)
    return prompt.rules


def _fields(value: Value) -> dict[str, str]:
    fields = value["fields"]
    return {str(field): str(words) for field, words in fields.items()} if isinstance(fields, dict) else {}


def _filled(prompt: Prompt, answer: Answer) -> tuple[Filled, ...]:
    written = _fields(answer.value)
    return tuple(
        Filled(field.id, entry_id(answer, field.id, written[field.id]), written[field.id])
        for field in form_rules(prompt).fields
        if field.id in written
    )


KIND = FormKind()
