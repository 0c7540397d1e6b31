"""A choice on cards: one or several of the options and an own one; the board shows bars with their numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cards import charts, elements as el, phrases as ph
from cards.prompts.asking import field_id, field_problems, text_input, without_field
from locales import Words
from workshop.model import MINIMUM
from workshop.plan import Prompt, in_language
from workshop.prompts.choice import OTHER, OWN_LIMIT, WAS, Bar, ChoiceResult, choice_rules
from workshop.tally import PromptBoard
from workshop.views import PromptForm, Recorded


class ChoiceCard:
    kind = "choice"

    def inputs(self, form: PromptForm, say: Words, otherwise: str) -> Sequence[el.Element]:
        rules = choice_rules(form.prompt)
        parts = ("", "own") if rules.own else ("",)
        found = without_field(form, parts, say)
        found += field_problems(form, "", say)
        if form.items:
            found += self._options(form, say, otherwise)
        if rules.own:
            found += field_problems(form, "own", say)
            label = say("Something else, in your own words (at most {n} characters)", n=say.number(OWN_LIMIT))
            found.append(text_input(form, "own", label=label, limit=OWN_LIMIT, lines=False))
        return found

    def _options(self, form: PromptForm, say: Words, otherwise: str) -> list[el.Element]:
        rules = choice_rules(form.prompt)
        known = {item.key for item in form.items}
        labels = {item.key: ph.own_words(item.label, say, otherwise) for item in form.items}
        typed = [label for item, label in zip(form.items, labels.values(), strict=True) if "" in item.label]
        found: list[el.Element] = []
        if any(el.harmless(label) != label for label in typed):
            # Teams would read signs in a choice's title; so the whole words stand above, by number.
            found += [el.said(label, prefix=f"{number}. ") for number, label in enumerate(labels.values(), 1)]
            labels = {key: el.isolated(label) for key, label in labels.items()}
            choices = [el.choice(f"{number} · {label}", key) for number, (key, label) in enumerate(labels.items(), 1)]
        else:
            choices = [el.teams.Choice(title=el.isolated(label), value=key) for key, label in labels.items()]
        if rules.instead:
            # A radio button that was pressed once cannot be let go in Teams.
            choices.append(el.teams.Choice(title=say("Something else (write it below)"), value=OTHER))
            known.add(OTHER)
        must = say("Please choose one.") if form.prompt.required and not rules.own else ""
        several = rules.most > 1
        if not several:
            label = say("Choose one")
        elif rules.most >= len(form.items) + rules.own:
            label = say("Choose as many as apply")
        else:
            label = say.plural("Choose {n}", "Choose at most {n}", rules.most)
        found.append(
            el.teams.ChoiceSetInput(
                id=field_id(form, ""),
                label=label,
                choices=choices,
                style="expanded",
                is_multi_select=several,
                value=",".join(key for key in form.given.get("", "").split(",") if key in known) or None,
                wrap=True,
                is_required=True if must else None,
                error_message=must or None,
            )
        )
        return found

    def kept(self, form: PromptForm) -> Mapping[str, str]:
        return {WAS: form.given[WAS]} if WAS in form.given else {}

    def hints(self, prompt: Prompt) -> Mapping[str, Any]:
        rules = choice_rules(prompt)
        own = {"max_chars": OWN_LIMIT} if rules.own else {}
        return {"most": rules.most, "own": rules.own, **own, **({"other": OTHER} if rules.instead else {})}

    def result(
        self, board: PromptBoard, say: Words, otherwise: str, most: int, start: int = 0, longest: int = ph.QUOTE
    ) -> Sequence[el.Element]:
        assert isinstance(board.result, ChoiceResult)
        people = board.result.people
        bars = sorted(board.result.bars, key=lambda bar: -bar.count)
        full = max((bar.count for bar in bars), default=0)
        lines: list[el.Element] = []
        for bar in bars[start : start + most]:
            number = say.plural("{n} vote", "{n} votes", bar.count)
            if people >= MINIMUM:
                number += f" · {say.percent(bar.count / people)}"
            label = _label(bar, say, otherwise, lambda words: ph.shortened(words, longest))
            lines.append(el.bar(label, number, bar.count, full))
        return lines + ph.rest(len(bars) - start - most, say)

    def chart(self, board: PromptBoard, say: Words, otherwise: str, most: int) -> el.Element | None:
        assert isinstance(board.result, ChoiceResult)
        bars = sorted(board.result.bars, key=lambda bar: -bar.count)
        if choice_rules(board.prompt).most > 1 or len(bars) > most:  # parts of no whole
            return None
        values = [(_label(bar, say, otherwise, charts.label), bar.count) for bar in bars]
        return charts.shares(in_language(board.prompt.text, say.language, otherwise), values)

    def recorded(self, recorded: Recorded, say: Words, otherwise: str) -> Sequence[el.Element]:
        assert recorded.value is not None
        labels = {item.key: ph.own_words(item.label, say, otherwise) for item in recorded.items}
        chosen = recorded.value["chosen"]
        keys = [str(key) for key in chosen] if isinstance(chosen, list) else []
        lines: list[el.Element] = [el.said(labels[key], prefix="• ", spacing="Small") for key in keys if key in labels]
        if own := str(recorded.value["own"]):
            lines.append(el.said(own, prefix="• ", spacing="Small"))
        return lines


def _label(bar: Bar, say: Words, otherwise: str, cut: Callable[[str], str]) -> str:
    words = cut(ph.own_words(bar.label, say, otherwise))
    return say("{words} (own words)", words=words) if bar.own else words


CARD = ChoiceCard()
