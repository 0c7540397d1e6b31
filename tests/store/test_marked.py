"""What was asked about once and is no more, and the rounds of answers, are stored; older workshops have none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import orjson
from sqlalchemy.engine import RowMapping

from store.rows import workshop_from, workshop_row
from tests.workshop.test_marks import session
from workshop.brought import Brought, Promise
from workshop.model import Workshop
from workshop.plan import Item, Plan, as_written


def given_back(row: dict[str, Any], plan: Plan) -> Workshop:
    return workshop_from(cast(RowMapping, row), [], lambda source: plan)


def test_what_is_gone_and_the_rounds_are_given_back() -> None:
    paper = session("vote")
    paper.dots("eva", "V", alpha=1)
    paper.later(minutes=1).back().says("ivan", K=["beta"])
    paper.later(minutes=1).next()
    assert paper.w.gone and paper.w.rounds == {"V": 2}
    row = workshop_row(paper.w)
    again = given_back(row, paper.plan)
    assert (again.gone, again.rounds, again.items) == (paper.w.gone, paper.w.rounds, paper.w.items)
    state = orjson.loads(row["state"])
    del state["gone"], state["rounds"]
    old = given_back({**row, "state": orjson.dumps(state).decode()}, paper.plan)
    assert (old.gone, old.rounds, old.round_of("V")) == ({}, {}, 1)


def test_what_a_second_cycle_brought_is_given_back() -> None:
    brought = Brought(
        "Earlier",
        (Item("c", as_written("alpha"), "commitments", 1),),
        (Item("q", as_written("why"), "questions", 2),),
        {"ivan": (Promise("alpha", "2026-01-31", "Ola", "it runs"),)},
        {"ivan": {"country": "PL"}},
        (frozenset({"a", "b"}),),
        (frozenset({"a", "c"}),),
    )
    w = replace(session("vote").w, brought=brought)
    assert given_back(workshop_row(w), w.plan).brought == brought
    assert given_back(workshop_row(replace(w, brought=None)), w.plan).brought is None
