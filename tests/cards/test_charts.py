"""Teams' own charts on the board card: over the same in words, with the bars of basic elements where no client draws
them, and only where they say more than bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from cards import charts, draw
from drawings.design import contrast
from tests.cards import sample as s
from tests.cards.lint import lint
from tests.cards.test_board_page import every_page
from tests.cards.walk import parts, text_of
from tests.workshop.session import asks, plan_of, step
from workshop.model import Answer, Status, Value
from workshop.plan import Item, Prompt, as_written
from workshop.prompts.checklist import ChecklistRules
from workshop.prompts.choice import ChoiceRules
from workshop.prompts.points import PointsRules
from workshop.prompts.ranking import RankingRules
from workshop.prompts.rating import RatingRules
from workshop.prompts.scale import ScaleRules
from workshop.prompts.vote import VoteRules
from workshop.tally import Board, board_of
from workshop.views import BoardCard

TWO = (Item("a", as_written(s.NOTE), "n", 2, ("e1",)), Item("b", {"en": "Beta"}))
MANY = tuple(Item(f"k{n}", as_written(f"item {n}"), "n", 1, (f"e{n}",)) for n in range(9))
HARMLESS = "Note Bold clickhttps:"
FIRST = asks("R", "rating", RatingRules(1, 3))


def board(prompts: Sequence[Prompt], values: Mapping[str, Sequence[Value]], items: tuple[Item, ...] = TWO) -> Board:
    plan = plan_of([step(prompt.id, prompt) for prompt in prompts])
    w = s.workshop(Status.CLOSED, len(prompts) - 1, 9, plan)
    answers = [Answer(id, f"t/p{n}", value) for id, given in values.items() for n, value in enumerate(given)]
    return board_of(replace(w, items=dict.fromkeys(values, items)), answers)


def drawn(shown: Board) -> list[dict[str, Any]]:
    """The charts of the board card, each with all that is said around it checked."""
    card = draw(BoardCard(shown), "en")
    assert lint(card, user_words=s.TYPED, edited=True, dialog=False) == []
    boxes = [part for part in parts(card) if str((part.get("items") or [{}])[0].get("type")).startswith("Chart.")]
    for box in boxes:
        in_words, with_bars = text_of(box["items"]), text_of(box["fallback"])
        left_out = "Thick: in place; half as thick: partly; thin: missing."
        assert in_words.splitlines() == [line for line in with_bars.splitlines() if line != left_out]
        assert not any(part.get("type") == "Image" for part in parts(box["items"]))
        assert any(part.get("type") == "Image" for part in parts(box["fallback"]))
    for view in every_page(shown):
        assert "Chart." not in str(draw(view, "en")), "the pages of the board are to be read"
    return [box["items"][0] for box in boxes]


def test_votes_and_choices_are_parts_of_a_whole() -> None:
    asked = [
        asks("V", "vote", VoteRules(3, 2)),
        asks("P", "points", PointsRules((), 100)),
        asks("C", "choice", ChoiceRules((), 1, True)),
    ]
    values: dict[str, list[Value]] = {
        "V": [{"dots": {"a": 2, "b": 1}}, {"dots": {"b": 1}}],
        "P": [{"points": {"a": 30, "b": 70}}],
        "C": [{"chosen": ["b"], "own": ""}, {"chosen": [], "own": "[else](https://x)"}],
    }
    found = drawn(board(asked[:1], {"V": values["V"]})) + drawn(board(asked[1:2], {"P": values["P"]}))
    found += drawn(board(asked[2:], {"C": values["C"]}))
    assert {(chart["type"], chart["displayMode"], chart["title"]) for chart in found} == {
        ("Chart.HorizontalBar", "PartToWhole", f"{id}?") for id in "VPC"
    }
    bars = [[(one["x"][:4], one["y"]) for one in chart["data"]] for chart in found]
    assert bars[:2] == [[("Note", 2), ("Beta", 2)], [("Beta", 70), ("Note", 30)]]
    assert [(one["x"], one["y"]) for one in found[2]["data"]][:2] == [("Beta", 1), ("elsehttps://x (own words)", 1)]
    assert all(len(one["x"]) <= charts.LABEL + len(" (own words)") for chart in found for one in chart["data"])


def test_where_there_is_no_whole_to_see_parts_of_the_bars_alone_stay() -> None:
    vote, some = asks("V", "vote", VoteRules(3, 2)), {"dots": {"k0": 1}}
    many = asks("C", "choice", ChoiceRules((), 2, False))
    several: Value = {"chosen": ["a", "b"], "own": ""}
    no_charts = (
        board([vote], {"V": [{"dots": {"a": 1}}]}, TWO[:1]),
        board([vote], {"V": [some]}, MANY),
        board([vote], {"V": [{"dots": {}}]}),
        board([many], {"C": [several]}),
        board([asks("C", "choice", ChoiceRules((), 1, False))], {"C": [{"chosen": ["k1"], "own": ""}]}, MANY * 4),
        board([asks("O", "ranking", RankingRules((), 20, 0))], {"O": [{"order": ["a", "b"]}]}),
        board([asks("L", "checklist", ChecklistRules(()))], {"L": [{"rows": {"gone": "partly"}}]}),
        board([asks("S", "scale", ScaleRules((), 5))], {"S": [{"rows": {"gone": 3}}]}),
    )
    assert [drawn(shown) for shown in no_charts] == [[]] * len(no_charts)
    shown = board([vote], {"V": [some]}, MANY[:6])
    assert len(drawn(shown)) == 1
    ended = replace(shown, workshop=replace(shown.workshop, status=Status.CANCELLED))
    assert drawn(ended), "there is room"


def test_a_rating_is_a_column_a_number_and_two_where_it_was_asked_before() -> None:
    again = replace(asks("A", "rating", RatingRules(1, 3)), again="R")
    numbers: dict[str, list[Value]] = {
        "R": [{"value": 1}, {"value": 1}, {"value": 2}],
        "A": [{"value": 2}, {"value": 3}, {"value": 3}],
    }
    (once,) = drawn(board([FIRST], {"R": numbers["R"]}))
    assert once["type"] == "Chart.VerticalBar" and once["showBarValues"] is True
    assert [(one["x"], one["y"]) for one in once["data"]] == [("1", 2), ("2", 1), ("3", 0)]
    twice = drawn(board([FIRST, again], numbers))[0]
    assert twice["type"] == "Chart.VerticalBar.Grouped"
    series = {one["legend"]: [(two["x"], two["y"]) for two in one["values"]] for one in twice["data"]}
    assert series == {"Before": [("1", 2), ("2", 1), ("3", 0)], "After": [("1", 0), ("2", 1), ("3", 2)]}


def test_scales_and_conditions_are_stacked_from_pale_to_dark() -> None:
    rated: list[Value] = [*([{"rows": {"a": 5}}] * 3), {"rows": {"a": "na"}}]
    (scale,) = drawn(board([asks("S", "scale", ScaleRules((), 5))], {"S": rated}))
    assert scale["type"] == "Chart.HorizontalBar.Stacked"
    (row,) = scale["data"]
    assert row["title"].startswith(HARMLESS), "who rated nothing has no bar"
    assert [(one["legend"], one["value"], one["color"]) for one in row["data"]] == [
        (str(n), 3 * (n == 5), f"sequential{6 - n}") for n in range(1, 6)
    ]
    (checks,) = drawn(
        board([asks("L", "checklist", ChecklistRules(()))], {"L": [{"rows": {"b": "partly"}}, {"rows": {"b": "na"}}]})
    )
    assert [row["title"] for row in checks["data"]] == ["Beta"]
    assert [(one["legend"], one["value"]) for one in checks["data"][0]["data"]] == [
        *(("in place", 0), ("partly", 1), ("missing", 0), ("does not apply", 1))
    ]


@pytest.mark.parametrize(("many", "shades"), [(3, "531"), (5, "54321"), (10, "5544332211")])
def test_the_higher_number_is_never_the_paler(many: int, shades: str) -> None:
    found = [charts.shade(number, many) for number in range(many)]
    assert found[0] == "sequential5" and [*found] == sorted(found, reverse=True)
    assert many < 5 or "".join(one[-1] for one in found) == shades


def test_the_colour_of_charts_is_near_that_of_the_bars_and_stands_out() -> None:
    in_teams = "#7F85F5"  # what Microsoft's renderer makes of the name, read from it; see docs/decisions
    assert charts.COLOUR == "sequential4"
    assert contrast(in_teams, "#FFFFFF") >= 3 and contrast(in_teams, "#292929") >= 3


@pytest.mark.no_cover
def test_there_is_no_chart_where_there_is_no_room() -> None:
    vote = asks("V", "vote", VoteRules(3, 2))
    shown = board(
        [vote, asks("W", "vote", VoteRules(3, 2))], {"V": [{"dots": {"a": 1, "b": 2}}], "W": [{"dots": {"a": 1}}]}
    )
    assert len(drawn(shown)) == 2
    crowded = [vote, *(asks(f"T{n}", "notes", s.NOTED.rules) for n in range(30))]
    notes: list[Value] = [{"all": ["ż" * 95 + str(n)]} for n in range(40)]
    full = board(crowded, {"V": [{"dots": {"a": 1, "b": 2}}], **{f"T{n}": notes for n in range(30)}})
    assert drawn(full) == [] and "2 dots" in text_of(draw(BoardCard(full), "en"))
