"""How a simulated participant fills in a form: from field to plausible value. It never clicks and never sends."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from rehearsal.question import Question, questions
from rehearsal.reading import Field, Value
from rehearsal.samples import sample_of
from rehearsal.samples.sample import liked

if TYPE_CHECKING:
    from rehearsal.persona import Persona

UNLIMITED = 280
"""Code points of an answer to a field without a limit of its own."""

CODES = {
    "k1": "words", "k2": "knowledge", "k3": "questions", "a1": "practices", "a2": "action", "a4": "conditions",
    "a5": "obstacles", "e1": "experience", "e2": "questions", "e3": "experience", "e4": "suggestions",
    "e5": "conclusions", "c1": "conclusions", "c2": "conclusions", "c3": "commitments", "c4": "commitments",
    "c5": "board",
}
"""The names that the questions of the Kolb session bear in its literature."""

ABOUT = tuple((pool, re.compile(pattern)) for pool, pattern in (
    ("challenges", r"challenge|wyzwan"),
    ("board", r"take home|zabier|board|tablic"),
    ("suggestions", r"in your place|twoim miejscu|suggest|suger|\badvice|\brad[ayę]\b"),
    ("commitments", r"commit|zobowiąz|now what|i will\b|by when|do kiedy|co teraz"),
    ("obstacles", r"obstacle|przeszk|barrier|barier"),
    ("conditions", r"condition|warunk|warunek|must[ _]have|without which|bez któr"),
    ("action", r"smallest|najmniejsz|30 da|30 dni|first step|pierwszy krok"),
    ("questions", r"understand|rozumie|question|pytan|pytaj|unclear|niejasn"),
    ("experience", r"\bstory|\bstories|histori|lived|really happened|zdarzy|what we did|not repeat|nie powtórz"),
    ("conclusions", r"conclu|wnios|so what|co z tego|happened in me|did not know|nie wiedzia|\blearn(t|ed)\b|nauczył"),
    ("knowledge", r"\bcore\b|sedn|what it is|czym jest|na czym polega|\bworks?\b|działa\b|essence|istot"),
    ("roles", r"\bwho\b|who_|\bkto\b|kto_|\brole\b|\brol[aę]\b|stanowisk|funkcj"),
    ("institutions", r"where|gdzie|institution|instytuc|urząd|employer"),
    ("countries", r"country|kraj"),
    ("words", r"\bwords?\b|słow"),
    ("practices", r"practice|praktyk"),
))
BY_STAGE = {"knowledge": "knowledge", "action": "action", "experience": "experience", "conclusions": "conclusions"}
ONE_A_LINE = re.compile(r"per line|a line|each line|wiersz|wers|lini[aię]|osobn")


def pool_of(question: Question, stage: str) -> str:
    """What the field asks for: by its kind, its part, its prompt's id, its label, and at last the stage."""
    if question.kind == "words":
        return "words"
    for name in (question.part, question.prompt, question.field.label):
        name = name.casefold().replace("-", " ")
        for token in re.split(r"[^a-z0-9]+", name):
            if token in CODES:
                return CODES[token]
        for pool, pattern in ABOUT:
            if pattern.search(name):
                return pool
    limit = question.longest
    if stage == "conclusions" and limit is not None and limit <= 140:
        return "board"
    return BY_STAGE.get(stage, "knowledge")


def fill(persona: Persona, inputs: Sequence[Field], hints: Mapping[str, Any], attempt: int) -> dict[str, Value]:
    """See Persona.fill."""
    stage = str(hints.get("stage", ""))
    about = f"{stage}/{hints.get('step', '')}{hints.get('case') or ''}"
    dice = persona.chance(f"{about}/{'/'.join(field.id for field in inputs)}/{attempt}")
    asked = questions(inputs, hints)
    values: dict[str, Value] = {}
    forms: dict[tuple[str, str], list[Question]] = {}
    for question in asked:
        forms.setdefault((question.prompt, question.kind), []).append(question)
    for (_, kind), form in forms.items():
        values |= sample_of(kind).fill(persona, form, dice, attempt)
    said: set[str] = set()
    open_ones = [question for question in asked if question.field.id not in values]
    for question in open_ones:
        must = question.field.required or (bool(question.hint.get("required")) and question.part in _main(question))
        value = _value(persona, question, stage, dice, attempt, said, must)
        if value is not None:
            values[question.field.id] = value
    for (_, kind), form in forms.items():
        sample_of(kind).settle(form, values, dice)
    if open_ones and not any(values.values()):
        value = _value(persona, open_ones[0], stage, dice, attempt, said, must=True)
        values |= {open_ones[0].field.id: value} if value is not None else {}
    return values


def _value(
    persona: Persona, question: Question, stage: str, dice: Random, attempt: int, said: set[str], must: bool
) -> Value | None:
    """A value for one field, or None to leave it as it stands."""
    field = question.field
    if field.type == "Input.ChoiceSet":
        return _choice(persona, question, dice, attempt, must)
    if field.type == "Input.Toggle":
        return field.required or dice.random() < 0.5
    if not must and not attempt and dice.random() < 0.15:  # once refused, people leave nothing out
        return "" if field.value else None
    if field.type == "Input.Number":
        return _number(field, dice)
    if field.type == "Input.Date":
        return (persona.today + timedelta(days=dice.randint(5, 30))).isoformat()
    if field.type == "Input.Time":
        return f"{dice.randint(8, 16):02}:{dice.choice(('00', '15', '30', '45'))}"
    return _text(persona, question, stage, dice, attempt, said)


def _main(question: Question) -> tuple[str, str]:
    """The parts of a prompt that a person fills even if they leave the others: the whole, or the first column."""
    columns = question.hint.get("columns")
    first: Any = next(iter(columns), "") if isinstance(columns, list | tuple | Mapping) else ""
    while not isinstance(first, str):
        first = first.get("id", "") if isinstance(first, Mapping) else next(iter(first), "")
    return "", first


def _text(
    persona: Persona, question: Question, stage: str, dice: Random, attempt: int, said: set[str]
) -> str:
    field, pool = question.field, pool_of(question, stage)
    whole = field.max_length or UNLIMITED
    about_me = {
        "challenges": persona.challenge, "institutions": persona.institution, "roles": persona.role,
        "countries": persona.country, "name": persona.name,
    }
    if not question.hint and (pool in about_me or field.id == "name"):
        return shortened(about_me["name" if field.id == "name" else pool], whole >> attempt)
    one = (question.longest or whole) >> attempt
    if question.hint and question.kind not in ("notes", "words"):
        whole = one
    sentences = [sentence for sentence in persona.pool(pool) if len(sentence) <= one and sentence not in said]
    if not sentences:
        return shortened(dice.choice(persona.pool(pool)), max(one, 1))
    lines = 1
    listed = field.multiline and ONE_A_LINE.search(field.label.casefold())
    if listed or question.kind == "notes" or (question.kind == "words" and question.alone):
        lines = min(dice.choice((1, 1, 2, 2, 3)), question.limit("max_notes", "max_entries", "most", otherwise=3))
    elif one >= 600 and dice.random() < 0.4:
        lines = 2
    joint = "\n" if field.multiline or question.kind == "notes" else ", " if question.kind == "words" else " "
    text = ""
    for sentence in dice.sample(sentences, min(len(sentences), lines if attempt == 0 else 1)):
        longer = f"{text}{joint}{sentence}" if text else sentence
        if len(longer) <= whole:
            text = longer
            said.add(sentence)
    return text


def shortened(text: str, most: int) -> str:
    """At most `most` code points, cut after a word where there is one."""
    if len(text) <= most:
        return text
    cut = text[:most]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;") or cut


def _number(field: Field, dice: Random) -> str:
    """A whole number within the field's bounds; people are rather content, so rather high."""
    least = int(field.least) if field.least is not None else 0
    most = int(field.most) if field.most is not None else max(least, 10)
    return str(round(dice.triangular(least, max(least, most), least + 0.7 * (most - least))))


def _choice(persona: Persona, question: Question, dice: Random, attempt: int, must: bool) -> Value | None:
    field = question.field
    choices = [value for _, value in field.choices if value != question.hint.get("other")]
    if not choices:
        return None
    mine = {persona.language, persona.country.casefold(), persona.role.casefold(), persona.institution.casefold()}
    for title, value in field.choices if not question.hint else []:
        if title.casefold() in mine or value.casefold() in mine:
            return [value] if field.multi else value
    if not must and dice.random() < 0.1:
        return None
    weights = [1 + 2 * liked(value) for value in choices]
    if not field.multi:
        return dice.choices(choices, weights)[0]
    most = max(1, question.limit("dots", "most", otherwise=2) >> attempt)
    chosen: list[str] = []
    for _ in range(dice.randint(1, min(most, len(choices)))):
        rest = [(value, weight) for value, weight in zip(choices, weights, strict=True) if value not in chosen]
        chosen.append(dice.choices([value for value, _ in rest], [weight for _, weight in rest])[0])
    return chosen
