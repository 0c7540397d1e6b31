"""Words written from the right turn nothing beside them; all other words stay byte for byte."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cards import draw
from cards.elements import as_data, bar, card, choice, said
from cards.prompts import PROMPT_CARDS
from locales import words
from locales.directions import isolated
from tests.cards import sample as s
from tests.cards.lint import turning
from workshop.model import Status
from workshop.plan import Item, as_written
from workshop.views import BoardCard, PromptForm

PL = words("pl")
ARABIC, HEBREW = "مراجعة الأقران", "שלום"


def texts(made: object) -> list[str]:
    """Every text of a card."""
    if isinstance(made, dict):
        own = [made["text"]] if isinstance(made.get("text"), str) else []
        return own + [text for value in made.values() for text in texts(value)]
    return [text for one in made for text in texts(one)] if isinstance(made, list) else []


@pytest.mark.parametrize("ours", ["", "Anna", "Zażółć · 10 🍂", "Ръка", "Ērglis 3.", "한국", "e\u0301\u200d👩"])
def test_other_words_stay_byte_for_byte(ours: str) -> None:
    assert isolated(ours) is ours
    assert as_data(said(ours))["inlines"] == [{"type": "TextRun", "text": ours}]


@pytest.mark.parametrize(
    "theirs",
    [ARABIC, HEBREW, f"a {HEBREW}", "\u202eexe.txt", "\u2067x", "x\u2069y\u2069", "\u061c1", "\u200f", "ޏަ", "𐤀",
     "𞤀", "ﷺ", "\u202b\u2068\u202e\u2066", f"\u2067{HEBREW}\u2069 \u2069\u202b", "\u200e"],
)  # fmt: skip
def test_what_turns_is_isolated_and_leaks_nothing(theirs: str) -> None:
    kept = isolated(theirs)
    assert not turning(kept)
    assert kept.replace("\u2068", "").replace("\u2069", "") == theirs.replace("\u2068", "").replace("\u2069", "")
    assert isolated(kept) == kept, "once is enough"
    assert not turning(PL("{who} answers for it.", who=theirs) + "")


def test_every_line_by_itself() -> None:
    assert isolated(f"{HEBREW}\nAnna\n{HEBREW}") == f"\u2068{HEBREW}\u2069\nAnna\n\u2068{HEBREW}\u2069"


def test_facts_lists_bars_names_and_choices() -> None:
    assert PL("{who} answers for it.", who=HEBREW) == PL("{who} answers for it.", who=f"\u2068{HEBREW}\u2069")
    assert PL.list(["Anna", HEBREW]) == f"Anna i \u2068{HEBREW}\u2069"
    found = texts(card([bar(ARABIC, "3 kropki", 3, 3), said("x", who=ARABIC)]))
    assert found == [f"\u2068{ARABIC}\u2069", "  3 kropki", "x", f" — \u2068{ARABIC}\u2069"]
    assert not turning(as_data(choice(ARABIC * 20, "a"))["title"])


def test_the_title_stands_beside_the_number_of_people() -> None:
    board = s.board(replace(s.workshop(Status.OPEN, 0), title=f"Praktyki 🍂 {ARABIC}"))
    drawn = texts(draw(BoardCard(board), "pl"))
    assert f"\u2068Praktyki 🍂 {ARABIC}\u2069 · {PL.plural('{n} person', '{n} people', board.people)}" in drawn


@pytest.mark.parametrize(
    ("other", "titles"),
    [
        ("one desk", [f"\u2068{HEBREW}\u2069", "one desk"]),
        ("*one* desk", [f"1 · \u2068{HEBREW}\u2069", "2 · one desk"]),
    ],
)
def test_options_are_called_what_they_are_and_stand_above_by_number_only_where_signs_would_be_read(
    other: str, titles: list[str]
) -> None:
    items = (Item("a", as_written(HEBREW)), Item("b", as_written(other)))
    made = card([*PROMPT_CARDS["choice"].inputs(PromptForm(s.READY, items, {}), PL, "en")])
    field = next(part for part in made["body"] if part.get("type") == "Input.ChoiceSet")
    assert [option["title"] for option in field["choices"]][:2] == titles
    cut = as_data(choice(f"1 · {isolated(ARABIC * 20)}", "a"))["title"]
    assert cut.startswith("1 · \u2068") and cut.endswith("…\u2069") and not turning(cut)
