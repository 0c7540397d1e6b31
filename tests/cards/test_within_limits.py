"""The board card holds whatever 200 people write: every kind, the worst letters, every state, five languages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from cards import draw
from locales import LANGUAGES, Words, words
from tests.cards import sample as s
from tests.cards.lint import LARGEST, lint
from tests.cards.walk import buttons_of, text_of
from tests.workshop.session import asks, plan_of, step
from workshop.model import Answer, Case, Consent, Group, Status, Value, Workshop
from workshop.plan import Cases, Item, Plan, Source, Stage, as_written
from workshop.prompts import KINDS
from workshop.prompts.checklist import STATES, ChecklistRules
from workshop.prompts.choice import ChoiceRules
from workshop.prompts.commitment import CommitmentRules
from workshop.prompts.form import FormField, FormRules
from workshop.prompts.matrix import MatrixRules
from workshop.prompts.notes import NotesRules
from workshop.prompts.points import PointsRules
from workshop.prompts.ranking import RankingRules
from workshop.prompts.rating import RatingRules
from workshop.prompts.scale import ScaleRules
from workshop.prompts.text import TextRules
from workshop.prompts.vote import VoteRules
from workshop.prompts.words import WordsRules
from workshop.tally import board_of
from workshop.views import BoardCard

PEOPLE, NOTES, LONG = 200, 10, 280
WORST = {
    "one word": "ż",
    "emoji": "😀",
    "marks": "Z̴̢",
    "a family": "👩‍👩‍👧‍👦",
    "from right": "ظ",
    "quotes": '"\\',
}
"""What 280 characters are made of."""
COLUMNS = tuple((id, {"en": f"Column {id}"}) for id in "abcd")
FIELDS = tuple(FormField(id, {"en": f"Field {id}"}, 2000, True, False) for id in "abcd")
ENDS = ({"en": "not at all"}, {"en": "fully"})
RULES: Mapping[str, object] = {
    "text": TextRules(4000, True),
    "notes": NotesRules(COLUMNS, LONG, NOTES),
    "words": WordsRules(10, 40),
    "choice": ChoiceRules((), 1, True),
    "choices": ChoiceRules((), 5, True),
    "scale": ScaleRules((), 10, ENDS),
    "ranking": RankingRules((), 20, 0),
    "points": PointsRules((), 100),
    "matrix": MatrixRules((), ({"en": "Effect"}, {"en": "Ease"}), 10),
    "vote": VoteRules(20, 20),
    "checklist": ChecklistRules(()),
    "form": FormRules(FIELDS),
    "commitment": CommitmentRules(3, 0, True),
    "rating": RatingRules(0, 10, ENDS),
}


def worst(signs: str, n: int, length: int = LONG) -> str:
    """So many characters of these signs, and no two alike."""
    return (signs * length)[: length - 5] + f"{n:05}"


def value(kind: str, signs: str, n: int, items: tuple[Item, ...]) -> Value:
    """What the nth person answers: as much of everything as fits."""
    keys = [item.key for item in items]
    turned = keys[n % 20 :] + keys[: n % 20]
    many = [worst(signs, n * NOTES + m) for m in range(NOTES)]
    match kind:
        case "text":
            return {"text": worst(signs, n, 4000)}
        case "notes":
            return {column: many for column, _ in COLUMNS}
        case "words":
            return {"words": [worst(signs, n * NOTES + m, 40) for m in range(NOTES)]}
        case "choice" | "choices":
            return {"chosen": turned[:5], "own": worst(signs, n)}
        case "scale":
            return {"rows": dict.fromkeys(keys, 1 + n % 10)}
        case "ranking":
            return {"order": turned}
        case "points":
            return {"points": dict.fromkeys(keys, 5)}
        case "matrix":
            return {"points": {key: [1 + n % 10, 1 + n // 20 % 10] for key in keys}}
        case "vote":
            return {"dots": dict.fromkeys(keys, 1)}
        case "checklist":
            return {"rows": dict.fromkeys(keys, STATES[n % 4])}
        case "form":
            return {"fields": {field.id: worst(signs, n, 2000) for field in FIELDS}}
        case "commitment":
            made = [{"what": words, "by": "2027-01-31", "with": words[:140], "sign": words} for words in many[:3]]
            return {"commitments": made, "shown": True}
    return {"value": n % 11}


def items(signs: str) -> tuple[Item, ...]:
    return tuple(Item(f"k{n:02}", as_written(worst(signs, n)), "notes", 20 - n, (f"e{n}",)) for n in range(20))


def held(plan: Plan, signs: str, status: Status, **more: object) -> tuple[Workshop, list[Answer]]:
    """A workshop at the end of its plan with 200 people, who have all answered everything."""
    about, kinds = items(signs), {id: prompt.kind for id, prompt in plan.prompts.items()}
    people = {f"t/p{n:03}": replace(s.person(n), id=f"t/p{n:03}", name=worst(signs, n, 100)) for n in range(PEOPLE)}
    answers = [
        Answer(id, who, value(kind, signs, n, about)) for id, kind in kinds.items() for n, who in enumerate(people)
    ]
    w = s.workshop(status, len(plan.places) - 1, 0, plan)
    return replace(w, people=people, items=dict.fromkeys(kinds, about), **more), answers  # type: ignore[arg-type]


def checked(w: Workshop, answers: list[Answer], language: str, group: int = 0) -> str:
    """The board, within the limits, with the way to the rest; its text."""
    card = draw(BoardCard(board_of(w, answers, group=group)), language)
    message = {
        "type": "message",
        "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "content": card}],
    }
    assert len(json.dumps(message, ensure_ascii=False).encode("utf-16-le")) <= LARGEST * 0.8, "no half of a character"
    assert lint(card, user_words=(), edited=True, dialog=False) == []
    assert buttons_of(card)["board"].get("group") == (group or None), "the way to all of it"
    return text_of(card)


def more(say: Words) -> str:
    return say("There is more than fits here: all of it is under “{button}”.", button=say("Board"))


BARS = ("choice", "choices", "scale", "ranking", "points", "matrix", "vote", "checklist", "rating")


@pytest.mark.no_cover
@pytest.mark.parametrize(("kind", "number"), [(kind, number) for number, kind in enumerate(KINDS)])
def test_a_board_of_one_question_holds_the_worst_of_200_people(kind: str, number: int) -> None:
    signs, language = [*WORST.values()][number % len(WORST)], LANGUAGES[number % len(LANGUAGES)]
    anonymous = number % 2 == 0
    plan = plan_of([step("one", asks("Q", kind, RULES[kind], anonymous=anonymous))])
    text = checked(*held(plan, signs, Status.CLOSED), language)
    say = words(language)
    assert (more(say) in text) or kind in BARS, "what is left out is said"
    assert worst(signs, 0)[:30] in text or kind in ("rating", "words", "form", "text")


def test_a_board_of_every_kind_holds_it_too_and_says_what_is_left_out() -> None:
    plan = plan_of([step(kind, asks(kind, kind, RULES[kind], anonymous=kind in BARS)) for kind in KINDS])
    for signs, status, language in (("emoji", Status.OPEN, "lv"), ("quotes", Status.FINISHED, "pl")):
        say, asked = words(language), len(plan.prompts) - (status is Status.OPEN)
        text = checked(*held(plan, WORST[signs], status), language)
        assert text.count(say.plural("{n} answer", "{n} answers", PEOPLE)) >= asked, "every number is there"
        assert more(say) in text


@pytest.mark.no_cover
def test_groups_and_cases_fit_too() -> None:
    cases = tuple(
        Case(f"k{n:02}", as_written(worst("😀", n)), f"t/p{n:03}", n % 10 + 1, Consent.AGREED) for n in range(20)
    )
    helped = replace(step("help", *(asks(kind, kind, RULES[kind]) for kind in ("notes", "text", "form"))), case=True)
    stage = Stage("experience", {"en": "Aim"}, (helped,), Cases(Source("A"), 2))
    plan = plan_of([step("obstacles", asks("A", "text", RULES["text"]))], stage)
    groups = tuple(Group(n + 1, tuple(f"t/p{m:03}" for m in range(n, PEOPLE, 10))) for n in range(10))
    there = {"groups": groups, "grouped": True, "cases": cases, "queue": tuple(case.key for case in cases)}
    for status, group in ((Status.CLOSED, 0), (Status.FINISHED, 3)):
        w, answers = held(plan, "😀", status, case_round=1, **there)
        given = [
            answer if answer.prompt == "A" else replace(answer, case=cases[n % 20].key)
            for n, answer in enumerate(answers)
        ]
        text = checked(w, given, "en", group)
        assert more(words("en")) in text
        assert f"… in {2 if group else 20} cases" in text
