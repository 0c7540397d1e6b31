"""Forms of the kinds whose answers are figures: scale, checklist, matrix, rating."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from tests.workshop.given.case import ITEMS, NUMBERS, Case, middle
from tests.workshop.session import asks
from workshop.model import Answer
from workshop.plan import Text
from workshop.prompts.checklist import ChecklistRules
from workshop.prompts.figures import Figures
from workshop.prompts.matrix import MatrixRules
from workshop.prompts.rating import RatingRules
from workshop.prompts.scale import ScaleRules

KEYS = [item.key for item in ITEMS]
STATES = st.sampled_from(["in_place", "partly", "missing", "na", "", "-", " missing ", "gone"])
ENDS: tuple[Text, Text] = ({"en": "not at all"}, {"en": "fully"})


def _three(found: Figures) -> tuple[float, float, float] | None:
    if found.low is None or found.median is None or found.high is None:
        return None
    return found.low, found.median, found.high


def _by_row(answers: Sequence[Answer], name: str) -> dict[str, list[Any]]:
    given: list[Any] = [one.value[name] for one in answers]
    return {key: [rows[key] for rows in given if key in rows] for key in KEYS}


def _scale(answers: Sequence[Answer]) -> object:
    found = {}
    for key, said in _by_row(answers, "rows").items():
        rated = [number for number in said if number != "na"]
        found[key] = tuple(rated.count(number) for number in range(1, 6)), said.count("na"), middle(rated)
    return found


def _checklist(answers: Sequence[Answer]) -> object:
    rows = _by_row(answers, "rows")
    return {key: [said.count(state) for state in ("in_place", "partly", "missing", "na")] for key, said in rows.items()}


def _matrix(answers: Sequence[Answer]) -> object:
    found = {}
    for key, points in _by_row(answers, "points").items():
        x, y = middle([point[0] for point in points]), middle([point[1] for point in points])
        side = None if not x or not y or 3 in (x[1], y[1]) else (x[1] > 3, y[1] > 3)
        found[key] = sorted(map(tuple, points)), x, y, side
    return found


def _rating(answers: Sequence[Answer]) -> object:
    numbers: list[Any] = [one.value["value"] for one in answers]
    return [numbers.count(number) for number in range(11)], middle(numbers)


def _rows(required: bool) -> Case:
    return Case(
        asks("needed" if required else "rated", "scale", ScaleRules((), 5, ENDS), required=required),
        st.dictionaries(st.sampled_from(KEYS), NUMBERS),
        _scale,
        lambda result: {row.key: (row.numbers.counts, row.not_applying, _three(row.numbers)) for row in result.rows},
    )


CASES = (
    _rows(required=False),
    _rows(required=True),
    Case(
        asks("conditions", "checklist", ChecklistRules(())),
        st.dictionaries(st.sampled_from(KEYS), STATES),
        _checklist,
        lambda result: {
            one.key: [one.in_place, one.partly, one.missing, one.not_applying] for one in result.conditions
        },
    ),
    Case(
        asks("map", "matrix", MatrixRules((), ({"en": "Effect"}, {"en": "Feasibility"}), 5)),
        st.dictionaries(st.sampled_from(KEYS), st.tuples(NUMBERS, NUMBERS)).map(
            lambda rows: {
                f"{key}.{axis}": said for key, both in rows.items() for axis, said in zip("xy", both, strict=True)
            }
        ),
        _matrix,
        lambda result: {
            spot.key: (list(spot.dots), _three(spot.x), _three(spot.y), spot.quadrant) for spot in result.spots
        },
    ),
    Case(
        asks("sure", "rating", RatingRules(0, 10, ENDS)),
        st.fixed_dictionaries({"": NUMBERS}),
        _rating,
        lambda result: (list(result.after.counts), _three(result.after)),
        items=(),
    ),
)
