"""Ranking, points and choices on cards: fields with what was typed, problems beside them, results in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from cards.elements import Element, card
from cards.phrases import gathered, numbered, privacy, sight
from cards.problems import problem
from cards.prompts import PROMPT_CARDS
from locales import words
from tests.cards import sample as s
from tests.cards.lint import lint
from tests.cards.walk import inputs_of, parts, text_of
from tests.workshop.session import plan_of, step
from workshop.model import Answer
from workshop.plan import Item, Prompt, as_written
from workshop.prompts import kind_of
from workshop.prompts.choice import ChoiceRules
from workshop.prompts.points import PointsRules
from workshop.prompts.ranking import RankingRules
from workshop.refusals import Problem, Wrong
from workshop.tally import PromptBoard
from workshop.views import PromptForm, Recorded

EN, PL = words("en"), words("pl")
ITEMS = (*s.OPTIONS, Item("own", as_written(s.NOTE), "practices", 3, ("e1",)))
RANKS = Prompt("ranks", "ranking", {"en": "In which order?"}, RankingRules((), 20, 0))
FIRST = Prompt("ranks", "ranking", {"en": "Which first?"}, RankingRules((), 2, 2))
SHARES = Prompt("shares", "points", {"en": "How much?"}, PointsRules((), 100))
MANY = tuple(Item(f"k{n}", as_written(f"{s.EVIL} {n} " + "ł" * 250), "practices", 1) for n in range(20))


def form(
    prompt: Prompt, given: Mapping[str, str] | None = None, *problems: Problem, items: tuple[Item, ...] = ITEMS
) -> dict[str, Any]:
    asked = PromptForm(prompt, items, given or {}, problems)
    return checked(PROMPT_CARDS[prompt.kind].inputs(asked, EN, "en"), dialog=True)


def checked(elements: object, dialog: bool = False) -> dict[str, Any]:
    made = card([*elements])  # type: ignore[misc]
    assert lint(made, user_words=s.TYPED, edited=not dialog, dialog=dialog) == []
    return made


def board(prompt: Prompt, *values: Mapping[str, object], items: tuple[Item, ...] = ITEMS) -> PromptBoard:
    answers = [Answer(prompt.id, f"p{n}", value) for n, value in enumerate(values)]
    result = kind_of(prompt).tally(prompt, items, answers, {}, frozenset())
    return PromptBoard(prompt, items, len(answers), result)


def shown(prompt: Prompt, *values: Mapping[str, object], most: int = 9, start: int = 0) -> list[str]:
    found: list[Element] = [*PROMPT_CARDS[prompt.kind].result(board(prompt, *values), EN, "en", most, start)]
    return text_of(checked(found)).split("\n")


# ---- ranking


def test_each_item_has_a_list_of_places_of_its_own() -> None:
    made = form(RANKS, {"no": "2", "yes": "many", "later": " 1 "})
    fields = inputs_of(made)
    assert list(fields) == ["a.ranks.yes", "a.ranks.no", "a.ranks.later", "a.ranks.own"]
    assert [field["label"] for field in fields.values()] == [f"Place of item {n}" for n in range(1, 5)]
    assert [field["value"] for field in fields.values()] == ["-", "2", "1", "-"]
    assert [(one["title"], one["value"]) for one in fields["a.ranks.yes"]["choices"]] == [
        *(("no place", "-"), ("place 1", "1"), ("place 2", "2"), ("place 3", "3"), ("place 4", "4"))
    ]
    assert text_of(made).startswith("Give place 1 to what comes first, then 2, and so on; each place once. Whatever")
    assert f"4. {s.NOTE}" in text_of(made)


def test_only_so_many_places_and_how_many_are_needed() -> None:
    made = form(FIRST)
    assert len(inputs_of(made)["a.ranks.yes"]["choices"]) == 3
    assert "each place once. There are 2 places. At least 2 items need one." in text_of(made)
    assert "There are" not in text_of(form(FIRST, items=ITEMS[:2]))
    assert PROMPT_CARDS["ranking"].hints(FIRST) == {"most": 2, "least": 2}


def test_what_is_wrong_with_an_order_stands_above_its_field() -> None:
    problems = (
        Problem("ranks", "no", Wrong.PLACE_TAKEN, 2),
        Problem("ranks", "own", Wrong.PLACE_LEFT_OUT, 4, 3),
        Problem("ranks", "", Wrong.TOO_FEW, 1, 2),
        Problem("ranks", "gone", Wrong.NOT_AN_OPTION),
    )
    order = [
        part.get("id") or part["inlines"][0]["text"]
        for part in parts(form(RANKS, {}, *problems))
        if part.get("type", "").startswith("Input.") or part.get("inlines", [{}])[0].get("text", "").startswith("⚠")
    ]
    assert order == [
        "⚠ Please give a place to at least 2 items.",
        "⚠ This is not one of the options. Please choose from the list.",
        "a.ranks.yes",
        "⚠ Place 2 is given twice. Each place is for one item only.",
        "a.ranks.no",
        "a.ranks.later",
        "⚠ After 2 comes 3: nothing is on place 3.",
        "a.ranks.own",
    ]
    assert problem(Problem("r", "a", Wrong.PLACE_LEFT_OUT, 2, 1), EN) == "Nothing is on place 1. Please begin there."


def test_a_ranking_is_shown_by_points_with_shared_places() -> None:
    assert shown(RANKS, {"order": ["no", "yes"]}, {"order": ["yes", "no"]}) == [
        "Points by place (Borda): 2 for each item behind; items without a place share what is left.",
        "1. Yes  10 points · placed by 2 people · tie",
        "1. No  10 points · placed by 2 people · tie",
        "3. Later  2 points",
        f"3. {s.NOTE}  2 points",
    ]
    assert shown(RANKS, {"order": ["own"]}, most=1, start=1)[1:] == ["2. Yes  2 points", "… and 2 more"]
    assert shown(RANKS, {"order": ["own"]}, most=0) == ["… and 4 more"]
    assert PROMPT_CARDS["ranking"].result(board(RANKS, items=()), EN, "en", 5) == []


def test_the_receipt_of_a_ranking() -> None:
    receipt = PROMPT_CARDS["ranking"].recorded(Recorded(RANKS, ITEMS, {"order": ["own", "gone", "no"]}), EN, "en")
    assert text_of(checked(receipt, dialog=True)) == f"1. {s.NOTE}\n2. No"
    assert PROMPT_CARDS["ranking"].recorded(Recorded(RANKS, ITEMS, {"order": "damaged"}), EN, "en") == []


# ---- points


def test_each_item_has_a_number_of_its_own_and_what_is_none_is_given_back_too() -> None:
    made = form(SHARES, {"yes": " 40 ", "no": "forty", "later": "0"})
    fields = inputs_of(made)
    assert [(field["type"], field.get("value")) for field in fields.values()] == [
        *(("Input.Number", 40), ("Input.Text", "forty"), ("Input.Number", 0), ("Input.Number", None))
    ]
    assert [field["label"] for field in fields.values()] == [f"Points for item {n}" for n in range(1, 5)]
    assert (fields["a.shares.yes"]["min"], fields["a.shares.yes"]["max"]) == (0, 100)
    assert fields["a.shares.yes"]["errorMessage"] == "Please give a whole number from 0 to 100."
    assert text_of(made).startswith("Spread 100 points over the items, all of them")
    assert PROMPT_CARDS["points"].hints(SHARES) == {"total": 100}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (99, "All 100 points have to be given: 1 is left."),
        (60, "All 100 points have to be given: 40 are left."),
        (0, "All 100 points have to be given: 100 are left."),
        (101, "There are 100 points to give: this is 1 too many."),
        (1200, "There are 100 points to give: this is 1,100 too many."),
    ],
)
def test_a_wrong_sum_says_by_how_much(given: int, said: str) -> None:
    found = Problem("shares", "", Wrong.WRONG_SUM, given, 100)
    assert problem(found, EN) == said
    assert f"⚠ {said}" in text_of(form(SHARES, {"yes": str(given)}, found))


def test_points_are_shown_with_shares_and_medians_only_where_they_mean_something() -> None:
    two = ({"points": {"yes": 70, "no": 30}}, {"points": {"yes": 30, "no": 70}})
    assert shown(SHARES, *two) == [
        *("1. Yes  100 points · tie", "1. No  100 points · tie", "3. Later  0 points", f"3. {s.NOTE}  0 points")
    ]
    assert shown(SHARES, *two, {"points": {"own": 99, "yes": 1}}, most=2) == [
        "1. Yes  101 points · 34% · median of a person: 30",
        "2. No  100 points · 33% · median of a person: 30",
        "… and 2 more",
    ]
    four = shown(SHARES, *two, {"points": {"later": 100}}, {"points": {"own": 100}})
    assert four[0] == "1. Yes  100 points · 25% · median of a person: 15 · tie"
    halves = PROMPT_CARDS["points"].result(board(SHARES, *two, *(({"points": {"yes": 1}},) * 2)), PL, "en", 1)
    assert "mediana na osobę: 15,5" in text_of(card([*halves]))


def test_the_receipt_of_points() -> None:
    recorded = Recorded(SHARES, ITEMS, {"points": {"own": 1, "no": 99, "gone": 5}})
    receipt = PROMPT_CARDS["points"].recorded(recorded, EN, "en")
    assert text_of(checked(receipt, dialog=True)) == f"99 points · No\n1 point · {s.NOTE}"
    assert PROMPT_CARDS["points"].recorded(Recorded(SHARES, ITEMS, {"points": 7}), EN, "en") == []


# ---- both, and choices


@pytest.mark.parametrize("prompt", [RANKS, SHARES])
def test_what_is_wrong_with_a_field_stands_below_the_words_that_it_is_about(prompt: Prompt) -> None:
    made = form(prompt, {}, Problem(prompt.id, "no", Wrong.NOT_ON_SCALE, 9, 4))
    lines = text_of(made).split("\n")
    assert lines.index("2. No") + 1 == lines.index("⚠ Please give a whole number from 0 to 4.")


@pytest.mark.parametrize("prompt", [RANKS, SHARES])
def test_twenty_long_items_fit_the_form_and_the_board(prompt: Prompt) -> None:
    keys = [item.key for item in MANY]
    value = {"order": keys} if prompt is RANKS else {"points": dict.fromkeys(keys, 5)}
    made = form(prompt, dict.fromkeys(keys, "5"), items=MANY)
    assert len(inputs_of(made)) == 20
    checked(PROMPT_CARDS[prompt.kind].result(board(prompt, *([value] * 500), items=MANY), EN, "en", 30, 0, 100_000))


@pytest.mark.parametrize("kind", ["ranking", "points"])
def test_what_they_gathered_is_said_in_points_where_they_are_asked_about_later(kind: str) -> None:
    prompt = {"ranking": RANKS, "points": SHARES}[kind]
    plan = plan_of([step("one", prompt)])
    item = Item("k", as_written("Soup"), prompt.id, 31)
    assert gathered(item, plan, EN) == "31 points"
    assert text_of(card(numbered((item,), plan, EN, "en", 5))) == "1. Soup · 31 points"


def test_who_sees_a_ranking() -> None:
    assert privacy(RANKS, EN).startswith("Kept with your name; the board shows only how many.")
    assert sight(RANKS, EN).startswith("With your name · ")


@pytest.mark.parametrize(
    ("most", "own", "items", "label"),
    [
        (1, True, 3, "Choose one"),
        (2, False, 3, "Choose at most 2"),
        (3, False, 3, "Choose as many as apply"),
        (3, True, 3, "Choose at most 3"),
        (20, True, 2, "Choose as many as apply"),
    ],
)
def test_choices_say_how_many(most: int, own: bool, items: int, label: str) -> None:
    prompt = Prompt("several", "choices", {"en": "Which?"}, ChoiceRules((), most, own))
    assert inputs_of(form(prompt, items=s.OPTIONS[:items]))["a.several."]["label"] == label
