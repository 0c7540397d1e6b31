"""Words on cards: one field, an entry a line; the board shows a cloud whose sizes are also said as numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cards import elements as el, phrases as ph
from cards.prompts.asking import field_problems, text_input, without_field
from locales import Words
from workshop.plan import Prompt
from workshop.prompts.words import Word, WordsResult, words_rules
from workshop.tally import PromptBoard
from workshop.views import PromptForm, Recorded


class WordsCard:
    kind = "words"

    def inputs(self, form: PromptForm, say: Words, otherwise: str) -> Sequence[el.Element]:
        rules = words_rules(form.prompt)
        label = say.plural(
            "A word or short phrase (at most {limit} characters)",
            "One word or short phrase per line, at most {n} (each at most {limit} characters)",
            rules.max_entries,
            limit=say.number(rules.max_chars),
        )
        must = say("Please write at least one word.") if form.prompt.required else ""
        room = rules.max_entries * (rules.max_chars + 2)
        lines = rules.max_entries > 1
        return [
            *without_field(form, ("",), say),
            *field_problems(form, "", say),
            text_input(form, "", label=label, limit=room, lines=lines, must=must),
        ]

    def hints(self, prompt: Prompt) -> Mapping[str, Any]:
        rules = words_rules(prompt)
        return {"max_entries": rules.max_entries, "max_chars": rules.max_chars}

    def result(
        self, board: PromptBoard, say: Words, otherwise: str, most: int, start: int = 0, longest: int = ph.QUOTE
    ) -> Sequence[el.Element]:
        assert isinstance(board.result, WordsResult)
        cloud = board.result.words
        if not cloud:
            return [el.line(say("No words here."), subtle=True)]
        top = cloud[0].count
        runs = [el.run("• ", subtle=True)]
        for number, word in enumerate(cloud[start : start + most]):
            if number:
                runs.append(el.run("  ·  ", subtle=True))
            times = f" ×{say.number(word.count)}" if word.count > 1 else ""
            weight: el.Weight | None = "Bolder" if word.count == top > 1 else None
            said = el.isolated(ph.shortened(word.words, longest))
            runs.append(el.run(said + times, size=_size(word, top), weight=weight))
        shown = [el.rich(*runs)] if len(runs) > 1 else []  # where there is no room for any, no lone bullet
        return [*shown, *ph.rest(len(cloud) - start - most, say)]

    def order(self, prompt: Prompt, say: Words) -> str:
        return say("what most wrote first")

    def recorded(self, recorded: Recorded, say: Words, otherwise: str) -> Sequence[el.Element]:
        assert recorded.value is not None
        words = recorded.value["words"]
        return [el.said(str(entry), prefix="• ", spacing="Small") for entry in words] if isinstance(words, list) else []


def _size(word: Word, top: int) -> el.Size:
    """Four sizes: the most frequent word has the largest, one that only one person wrote the usual."""
    if word.count == 1:
        return "Default"
    share = word.count / top
    return "ExtraLarge" if share > 0.75 else "Large" if share > 0.4 else "Medium"


CARD = WordsCard()
