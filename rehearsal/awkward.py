"""People who write what nobody expects: signs that look like code, letters that break lines, texts up to the limit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from random import Random
from typing import Any

from rehearsal.persona import Persona
from rehearsal.question import Question, questions
from rehearsal.reading import Field, Value

SAYINGS = (
    "**bold** _and_ [a link](https://evil.example) `code` ~~gone~~ # no heading",
    "<script>alert(1)</script> & &amp; <b>not bold</b>",
    "'; DROP TABLE answers; --",
    "{{DATE(2026-11-22T09:00:00Z, SHORT)}} {{TIME(now)}} ${x} {name} %s",
    "<at>everyone</at> @everyone <at id=0>Anna Kowalska</at>",
    "👩\u200d🔬 🇵🇱 👍🏽 family: 👨\u200d👩\u200d👧",
    "right to left: \u202eexe.txt\u202c \u05d0\u05d1\u05d2 \u200f\u2067x\u2069",
    "NUL \x00 bell \x07 escape \x1b[31m delete \x7f soft\u00adhyphen zero\u200bwidth \ufeffmark",
    "Zażółć gęślą jaźń, e\u0301 and é, ﬁ, Ω and \u2126, Straße",
    "  spaces   at both ends and\tbetween\u00a0them  ",
    "soup ×3",
    "1. a number first",
    "• a bullet — Anna Kowalska",
    "=cmd|' /C calc'!A0",
    "\\ backslash \" quote ' apostrophe \u2028line\u2029paragraph",
    "?",
)


@dataclass(frozen=True, slots=True)
class Awkward(Persona):
    """Says what could be said in the strangest way; whatever was refused is said again like everybody else."""

    def fill(self, inputs: Sequence[Field], hints: Mapping[str, Any], attempt: int = 0) -> dict[str, Value]:
        """See Persona.fill."""
        values = Persona.fill(self, inputs, hints, attempt)
        if attempt:
            return values
        dice = self.chance(f"awkward {hints.get('step', '')}/{'/'.join(field.id for field in inputs)}")
        for question in questions(inputs, hints):
            if question.prompt and question.field.type == "Input.Text" and values.get(question.field.id):
                values[question.field.id] = _said(question, dice)
        return values


def awkward(persona: Persona) -> Awkward:
    """The same person with other manners."""
    return Awkward(**{item.name: getattr(persona, item.name) for item in fields(Persona)})


def _said(question: Question, dice: Random) -> str:
    whole = question.field.max_length or 280
    one = question.longest or whole
    sayings = [saying for saying in SAYINGS if len(saying) <= one]
    if question.kind == "notes":
        several = dice.sample(sayings, min(len(sayings), question.limit("max_notes", otherwise=1)))
        return "\n\n".join(several)[:whole]
    if dice.random() < 0.3:
        return (" ".join(dice.sample(SAYINGS, len(SAYINGS))) * (one // 400 + 1))[:one]
    lines = dice.sample(sayings, 2) if question.field.multiline else dice.sample(sayings, 1)
    text = "\n\n\n".join(lines)
    return text if len(text) <= one else lines[0]
