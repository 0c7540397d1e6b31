"""Commitments on cards: by when, what, with whom, sign of success; the board lists those that may be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cards import elements as el, phrases as ph
from cards.prompts.asking import field_id, field_problems, text_input, without_field
from cards.translated import by_a_moderator
from cards.voices import who
from locales import Words
from workshop.plan import Prompt
from workshop.prompts.commitment import (
    EARLIEST,
    LATEST,
    LIMITS,
    SHOWN,
    Commitment,
    CommitmentResult,
    commitment_rules,
    commitments,
    is_day,
)
from workshop.tally import PromptBoard
from workshop.translations import first_into
from workshop.views import PromptForm, Recorded


class CommitmentCard:
    kind = "commitment"

    def inputs(self, form: PromptForm, say: Words, otherwise: str) -> Sequence[el.Element]:
        rules = commitment_rules(form.prompt)
        numbers = range(1, rules.most + 1)
        parts = tuple(f"{number}.{name}" for number in numbers for name in ("by", *LIMITS))
        found = without_field(form, parts, say)
        found.append(el.line(_how(rules.within_days, say)))
        for number in numbers:
            found.append(_one(form, number, rules.most, say))
        agree = form.given[SHOWN] == "true" if SHOWN in form.given else rules.shown
        found.append(
            el.teams.ToggleInput(
                id=field_id(form, SHOWN),
                label=say("On the board"),
                title=_consent(form.prompt, say),
                value="true" if agree else "false",
                value_on="true",
                value_off="false",
                wrap=True,
            )
        )
        return found

    def hints(self, prompt: Prompt) -> Mapping[str, Any]:
        rules = commitment_rules(prompt)
        return {"most": rules.most, "within_days": rules.within_days, "limits": LIMITS}

    def result(
        self, board: PromptBoard, say: Words, otherwise: str, most: int, start: int = 0, longest: int = ph.QUOTE
    ) -> Sequence[el.Element]:
        assert isinstance(board.result, CommitmentResult)
        made, shown = board.result.made, board.result.shown
        told = say.plural("{n} commitment in all", "{n} commitments in all", made)
        if made > len(shown):
            told += " · " + say.plural("{n} not on the board", "{n} not on the board", made - len(shown))
        lines: list[el.Element] = [el.line(told, subtle=True, size="Small", spacing="None")]
        for one in shown[start : start + most]:
            lines += _told(one.commitment, say, longest, who(one.who, say))
            if into := first_into((one.into,), say.language):
                lines.append(el.said(ph.shortened(into, longest), spacing="Small", group=f" · {by_a_moderator(say)}"))
        return lines + ph.rest(len(shown) - start - most, say)

    def order(self, prompt: Prompt, say: Words) -> str:
        return say("what is due soonest first")

    def recorded(self, recorded: Recorded, say: Words, otherwise: str) -> Sequence[el.Element]:
        assert recorded.value is not None
        lines: list[el.Element] = []
        for one in commitments(recorded.value):
            lines += _told(one, say, sum(LIMITS.values()))
        if recorded.value["shown"] is True:
            return [*lines, el.line(say("The board may show this."), subtle=True, size="Small")]
        return [*lines, el.line(say("The board does not show this."), subtle=True, size="Small")]


def _how(within_days: int, say: Words) -> str:
    said = say("A commitment needs what and by when.")
    if not within_days:
        return said
    return said + " " + say.plural("Best within {n} day.", "Best within {n} days.", within_days)


def _one(form: PromptForm, number: int, most: int, say: Words) -> el.Element:
    """The fields of one commitment. Only the first of a required prompt has to be filled in."""
    n = f"{number}. " if most > 1 else ""
    must = say("Please fill this in.") if form.prompt.required and number == 1 else ""
    labels = {
        "what": say("I will … (at most {n} characters)", n=say.number(LIMITS["what"])),
        "by": say("By when"),
        "with": say("Together with … (at most {n} characters)", n=say.number(LIMITS["with"])),
        "sign": say("I will know that it worked when … (at most {n} characters)", n=say.number(LIMITS["sign"])),
    }
    found: list[el.Element] = []
    for name, label in labels.items():
        part = f"{number}.{name}"
        found += field_problems(form, part, say)
        if name == "by":
            found.append(_day(form, part, n + label, must))
        else:
            needed = must if name == "what" else ""
            found.append(text_input(form, part, label=n + label, limit=LIMITS[name], lines=False, must=needed))
    return el.box(found, separator=number > 1)


def _day(form: PromptForm, part: str, label: str, must: str) -> el.Element:
    """A calendar; what is no day of it is given back in a field for words, which can hold it."""
    given = form.given.get(part, "").strip()
    if given and not is_day(given):
        return text_input(form, part, label=label, limit=len(LATEST.isoformat()), lines=False)
    return el.teams.DateInput(
        id=field_id(form, part),
        label=label,
        value=given or None,
        min=EARLIEST.isoformat(),
        max=LATEST.isoformat(),
        is_required=True if must else None,
        error_message=must or None,
    )


def _consent(prompt: Prompt, say: Words) -> str:
    if prompt.anonymous:
        return say("The board may show this, without my name.")
    return say("The board may show this, with my name.")


def _told(one: Commitment, say: Words, longest: int, whose: str = "") -> list[el.Element]:
    """What somebody will do, and below it when, with whom, and what will show that it worked."""
    runs = [el.run(say("by {date}", date=say.date(one.by)), weight="Bolder", size="Small")]
    if one.with_whom:
        runs += [
            el.run(" · " + say("with:") + " ", subtle=True, size="Small"),
            el.run(ph.shortened(one.with_whom, longest), size="Small"),
        ]
    if one.sign:
        runs += [
            el.run(" · " + say("sign of success:") + " ", subtle=True, size="Small"),
            el.run(ph.shortened(one.sign, longest), size="Small"),
        ]
    group = ph.of_groups((whose,), say)
    what = el.said(ph.shortened(one.what, longest), prefix="• ", spacing="Small", who=whose, group=group)
    return [what, el.rich(*runs, spacing="None")]


CARD = CommitmentCard()
