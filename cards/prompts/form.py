"""A form on cards: its fields by their names; the board shows one block a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cards import elements as el, phrases as ph
from cards.prompts.asking import field_problems, text_input, without_field
from cards.translated import behind
from cards.voices import who
from locales import Words
from workshop.plan import Prompt, Text, in_language
from workshop.prompts.form import Block, FormField, FormResult, form_rules
from workshop.tally import PromptBoard
from workshop.translations import first_into
from workshop.views import PromptForm, Recorded


class FormCard:
    kind = "form"

    def inputs(self, form: PromptForm, say: Words, otherwise: str) -> Sequence[el.Element]:
        fields = form_rules(form.prompt).fields
        found = without_field(form, tuple(field.id for field in fields), say)
        for field in fields:
            found += field_problems(form, field.id, say)
            found.append(
                text_input(
                    form,
                    field.id,
                    label=_label(field, say, otherwise),
                    limit=field.max_chars,
                    lines=field.lines,
                    must=say("Please fill this in.") if form.prompt.required and field.required else "",
                )
            )
        return found

    def hints(self, prompt: Prompt) -> Mapping[str, Any]:
        fields = form_rules(prompt).fields
        return {
            "columns": [field.id for field in fields],
            "needed": [field.id for field in fields if field.required],
            "limits": {field.id: field.max_chars for field in fields},
        }

    def result(
        self, board: PromptBoard, say: Words, otherwise: str, most: int, start: int = 0, longest: int = ph.QUOTE
    ) -> Sequence[el.Element]:
        assert isinstance(board.result, FormResult)
        labels = dict(board.result.fields)
        blocks = board.result.blocks if board.prompt.anonymous else board.result.blocks[::-1]
        lines: list[el.Element] = [
            _block(block, labels, say, otherwise, longest) for block in blocks[start : start + most]
        ]
        if not blocks:
            lines.append(el.line(say("Nothing to show here."), subtle=True, size="Small"))
        return lines + ph.rest(len(blocks) - start - most, say)

    def order(self, prompt: Prompt, say: Words) -> str:
        return "" if prompt.anonymous else say("the newest first")

    def recorded(self, recorded: Recorded, say: Words, otherwise: str) -> Sequence[el.Element]:
        assert recorded.value is not None
        given = recorded.value["fields"]
        written = given if isinstance(given, dict) else {}
        lines: list[el.Element] = []
        for field in form_rules(recorded.prompt).fields:
            if field.id in written:
                name = in_language(field.label, say.language, otherwise)
                lines.append(el.line(name, weight="Bolder", size="Small"))
                lines.append(el.said(str(written[field.id]), spacing="Small"))
        return lines


def _label(field: FormField, say: Words, otherwise: str) -> str:
    name, limit = in_language(field.label, say.language, otherwise), say.number(field.max_chars)
    if field.required:
        return say("{field} (needed; at most {limit} characters)", field=name, limit=limit)
    return say("{field} (at most {limit} characters)", field=name, limit=limit)


def _block(block: Block, labels: Mapping[str, Text], say: Words, otherwise: str, longest: int) -> el.Element:
    """One person's fields, under their name where answers are named."""
    lines: list[el.Element] = []
    if block.who:
        author = el.run(who(block.who, say), weight="Bolder")
        group = ph.of_groups((block.who,), say)
        lines.append(el.rich(author, *([el.run(group, subtle=True)] if group else []), spacing="None"))
    for one in block.filled:
        name = in_language(labels[one.field], say.language, otherwise)
        into = first_into((one.into,), say.language)
        more = behind(one.words, say, longest) if into else ""
        said = ph.shortened(into or one.words, longest)
        lines.append(el.said(said, prefix=f"{el.isolated(name)}: ", spacing="Small", group=more))
    return el.box(lines, style="emphasis", spacing="Small")


CARD = FormCard()
