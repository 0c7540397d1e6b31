"""Forms and commitments on cards: their fields, consent, what the board lists, receipts; in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from cards.elements import card
from cards.phrases import privacy, sight
from cards.prompts import PROMPT_CARDS
from locales import LANGUAGES, words
from tests.cards import sample as s
from tests.cards.lint import lint
from tests.cards.walk import inputs_of, parts, text_of
from workshop.model import Answer
from workshop.plan import Prompt
from workshop.prompts import kind_of
from workshop.prompts.commitment import CommitmentRules
from workshop.prompts.form import FormField, FormRules
from workshop.refusals import Problem, Wrong
from workshop.tally import PromptBoard
from workshop.views import PromptForm, Recorded

EN, PL = words("en"), words("pl")
STORY = Prompt(
    "story",
    "form",
    s.both("What happened?"),
    FormRules(
        (
            FormField("tried", s.both("What we tried"), 2000, True, True),
            FormField("why", s.both("Why"), 40, False, False),
        )
    ),
)
WILL = Prompt("will", "commitment", s.both("What will you do?"), CommitmentRules(2, 30, False))
ONE = replace(WILL, rules=CommitmentRules(1, 0, True), required=True)


def checked(elements: object, dialog: bool) -> dict[str, Any]:
    made = card([*elements])  # type: ignore[misc]
    assert lint(made, user_words=s.TYPED, edited=not dialog, dialog=dialog) == []
    return made


def form(prompt: Prompt, given: Mapping[str, str] | None = None, *problems: Problem) -> dict[str, Any]:
    return checked(PROMPT_CARDS[prompt.kind].inputs(PromptForm(prompt, (), given or {}, problems), EN, "en"), True)


def order_of(made: dict[str, Any]) -> list[str]:
    """Problems and fields as they stand below each other."""
    return [
        part.get("id") or part["inlines"][0]["text"]
        for part in parts(made)
        if part.get("type", "").startswith("Input.") or part.get("inlines", [{}])[0].get("text", "").startswith("⚠")
    ]


def board(prompt: Prompt, *values: Mapping[str, object], hidden: bool = False) -> PromptBoard:
    answers = [Answer(prompt.id, f"p{n}", value) for n, value in enumerate(values)]
    kind = kind_of(prompt)
    entries = frozenset(entry for answer in answers if hidden for entry, _ in kind.entries(prompt, answer))
    names = {} if prompt.anonymous else {"p0": s.NAME}
    return PromptBoard(prompt, (), len(answers), kind.tally(prompt, (), answers, names, entries))


def shown(found: PromptBoard, language: str = "en", most: int = 9, start: int = 0, longest: int = 280) -> str:
    result = PROMPT_CARDS[found.prompt.kind].result(found, words(language), "en", most, start, longest)
    return text_of(checked(result, False))


# ---- form


def test_the_fields_of_a_form_have_their_names_and_limits_and_say_which_are_needed() -> None:
    fields = inputs_of(form(STORY, {"tried": s.NOTE, "why": "x" * 50}))
    assert {name: field["label"] for name, field in fields.items()} == {
        "a.story.tried": "What we tried (needed; at most 2,000 characters)",
        "a.story.why": "Why (at most 40 characters)",
    }
    assert [field["value"] for field in fields.values()] == [s.NOTE, "x" * 50]
    assert [field["isMultiline"] for field in fields.values()] == [True, False]
    assert fields["a.story.why"]["maxLength"] > 40 + 1000
    assert "isRequired" not in fields["a.story.tried"], "the whole form may stay empty"
    must = inputs_of(form(replace(STORY, required=True)))
    assert must["a.story.tried"]["errorMessage"] == "Please fill this in."
    assert "isRequired" not in must["a.story.why"]
    assert PROMPT_CARDS["form"].hints(STORY) == {
        "columns": ["tried", "why"],
        "needed": ["tried"],
        "limits": {"tried": 2000, "why": 40},
    }


def test_what_is_wrong_with_a_field_stands_above_it() -> None:
    problems = (
        Problem("story", "why", Wrong.TOO_LONG, 50, 40),
        Problem("story", "tried", Wrong.REQUIRED),
        Problem("story", "", Wrong.REQUIRED),
    )
    assert order_of(form(STORY, {}, *problems)) == [
        *("⚠ Please fill this in.", "⚠ Please fill this in.", "a.story.tried"),
        *("⚠ This has 50 characters; at most 40 fit.", "a.story.why"),
    ]


def test_a_form_is_a_block_a_person_with_their_name_and_those_of_the_fields() -> None:
    found = board(STORY, {"fields": {"tried": "b" * 300}}, {"fields": {"tried": s.NOTE, "why": "why not"}})
    assert shown(found) == f"What we tried: {s.NOTE}\nWhy: why not\n{s.NAME}\nWhat we tried: {'b' * 279}…"
    assert shown(found, "pl", most=1, start=1, longest=900) == f"{s.NAME}\nWhat we tried (po polsku): {'b' * 300}"
    assert shown(found, most=1).endswith("… and 1 more")
    assert shown(board(STORY, {"fields": {"tried": s.NOTE}}, hidden=True)) == "Nothing to show here."


def test_a_page_of_long_forms_fits_whole() -> None:
    six = replace(
        STORY, rules=FormRules(tuple(FormField(f"f{n}", s.both("F" * 120), 2000, True, False) for n in range(6)))
    )
    for length in (1, 300, 2000):
        found = board(six, *({"fields": {f"f{n}": "ł" * length for n in range(6)}},) * 500)
        assert found.result is not None
        shown(found, most=found.result.per_page, longest=100_000)


def test_the_receipt_of_a_form() -> None:
    recorded = Recorded(STORY, (), {"fields": {"why": s.NOTE, "tried": "a\nb"}})
    receipt = PROMPT_CARDS["form"].recorded(recorded, PL, "en")
    assert text_of(checked(receipt, True)) == f"What we tried (po polsku)\na\nb\nWhy (po polsku)\n{s.NOTE}"
    assert PROMPT_CARDS["form"].recorded(Recorded(STORY, (), {"fields": "damaged"}), EN, "en") == []


# ---- commitment


def test_a_commitment_has_its_fields_with_labels_of_their_own_and_asks_for_consent() -> None:
    made = form(WILL, {"1.what": s.NOTE, "1.by": "2026-12-01", "2.by": "soon", "2.sign": "x" * 300})
    fields = inputs_of(made)
    assert list(fields) == [f"a.will.{n}.{name}" for n in (1, 2) for name in ("what", "by", "with", "sign")] + [
        "a.will.shown"
    ]
    assert len({field["label"] for field in fields.values()}) == 9
    assert fields["a.will.1.what"]["label"] == "1. I will … (at most 280 characters)"
    assert (fields["a.will.1.by"]["type"], fields["a.will.1.by"]["value"]) == ("Input.Date", "2026-12-01")
    assert (fields["a.will.1.by"]["min"], fields["a.will.1.by"]["max"]) == ("2000-01-01", "2100-12-31")
    assert (fields["a.will.2.by"]["type"], fields["a.will.2.by"]["value"]) == ("Input.Text", "soon"), "nothing is lost"
    assert fields["a.will.2.sign"]["value"] == "x" * 300
    assert "isRequired" not in fields["a.will.1.what"]
    assert text_of(made) == "A commitment needs what and by when. Best within 30 days."
    assert PROMPT_CARDS["commitment"].hints(WILL) == {
        "most": 2,
        "within_days": 30,
        "limits": {"what": 280, "with": 140, "sign": 280},
    }


def test_one_commitment_is_not_numbered_and_a_required_one_says_so() -> None:
    made = form(ONE)
    fields = inputs_of(made)
    assert [field["label"] for field in fields.values()][:2] == ["I will … (at most 280 characters)", "By when"]
    assert [name for name, field in fields.items() if field.get("isRequired")] == ["a.will.1.what", "a.will.1.by"]
    assert text_of(made) == "A commitment needs what and by when."
    assert [name for name, field in inputs_of(form(replace(WILL, required=True))).items() if "isRequired" in field] == [
        *("a.will.1.what", "a.will.1.by")
    ]


@pytest.mark.parametrize(
    ("prompt", "given", "ticked"),
    [
        (WILL, {}, "false"),
        (ONE, {}, "true"),
        (ONE, {"shown": "false"}, "false"),
        (WILL, {"shown": "true"}, "true"),
        (WILL, {"shown": "yes"}, "false"),
    ],
)
def test_consent_is_as_the_template_says_until_the_person_says_otherwise(
    prompt: Prompt, given: Mapping[str, str], ticked: str
) -> None:
    field = inputs_of(form(prompt, given))["a.will.shown"]
    assert field["value"] == ticked
    assert field["title"] == "The board may show this, with my name."
    anonymous = inputs_of(form(replace(prompt, anonymous=True), given))["a.will.shown"]
    assert anonymous["title"] == "The board may show this, without my name."


def test_what_is_wrong_with_a_commitment_stands_above_its_field() -> None:
    problems = (
        Problem("will", "1.by", Wrong.NOT_A_DATE),
        Problem("will", "2.what", Wrong.REQUIRED),
        Problem("will", "1.sign", Wrong.TOO_LONG, 300, 280),
        Problem("will", "", Wrong.REQUIRED),
    )
    assert order_of(form(WILL, {}, *problems)) == [
        *("⚠ Please fill this in.", "a.will.1.what"),
        *("⚠ Please choose a day from the calendar, between the years 2000 and 2100.", "a.will.1.by"),
        *("a.will.1.with", "⚠ This has 300 characters; at most 280 fit.", "a.will.1.sign"),
        *("⚠ Please fill this in.", "a.will.2.what", "a.will.2.by", "a.will.2.with", "a.will.2.sign", "a.will.shown"),
    ]


def made(what: str, by: str, shown: bool = True, whom: str = "", sign: str = "") -> Mapping[str, object]:
    return {"commitments": [{"what": what, "by": by, "with": whom, "sign": sign}], "shown": shown}


def test_the_board_lists_what_may_be_shown_by_date_and_counts_the_rest() -> None:
    found = board(
        WILL,
        made(s.NOTE, "2026-12-24", whom=s.NAME, sign=s.EVIL),
        made("Soon", "2026-12-01"),
        made("Secret", "2026-12-02", shown=False),
    )
    assert shown(found) == (
        "3 commitments in all · 1 not on the board\n"
        "• Soon\nby December 1, 2026\n"
        f"• {s.NOTE} — {s.NAME}\nby December 24, 2026 · with: {s.NAME} · sign of success: {s.EVIL}"
    )
    assert "do 24 grudnia 2026 · razem z:" in shown(found, "pl", most=1, start=1)
    assert shown(found, most=1).endswith("… and 1 more")
    assert "Secret" not in shown(found, most=9, longest=100_000)
    assert shown(board(ONE, made("Soon", "2026-12-01"))).startswith("1 commitment in all\n• Soon")
    assert shown(board(WILL, made("Rude", "2026-12-01"), hidden=True)) == "1 commitment in all · 1 not on the board"


@pytest.mark.parametrize("length", [1, 100, 280])
def test_a_page_of_commitments_of_500_people_fits_whole(length: int) -> None:
    one = made("ł" * length, "2026-12-01", whom="ł" * (length // 2), sign="ł" * length)
    found = board(WILL, *((one,) * 500))
    assert found.result is not None
    shown(found, most=found.result.per_page, longest=100_000)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_receipt_says_whether_the_board_shows_it(language: str) -> None:
    for agreed, said in ((True, "The board may show this."), (False, "The board does not show this.")):
        recorded = Recorded(WILL, (), made(s.NOTE, "2027-01-31", agreed, sign="x" * 280))
        receipt = checked(PROMPT_CARDS["commitment"].recorded(recorded, words(language), "en"), True)
        assert text_of(receipt).startswith(f"• {s.NOTE}\n")
        assert "x" * 280 in text_of(receipt)
        assert text_of(receipt).endswith(words(language)(said))


def test_the_form_promises_what_the_board_does() -> None:
    assert privacy(WILL, EN).startswith("Kept with your name; shown only if you agree to it below. Everybody sees it")
    assert sight(WILL, EN).startswith("With your name, if you agree · ")
    anonymous = replace(WILL, anonymous=True)
    assert privacy(anonymous, EN).startswith("Anonymous: nobody ever sees who wrote it.")
    assert sight(anonymous, EN).startswith("Anonymous · ")
    assert privacy(STORY, EN).startswith("Shown with your name.")
