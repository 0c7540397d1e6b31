"""Thousands of mutated activities and card submissions over HTTP: never a bug, and no effect that was not allowed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.hostile.mutations import RECIPES, Attempt, made
from tests.hostile.served import Served, person_of
from workshop.model import Workshop
from workshop.prompts import kind_of

STEPS = (0, 1, 2, 4)
"""The steps of the short session at which it is tried: notes, votes, and forms of several questions."""
Rows = dict[str, set[tuple[Any, ...]]]
FEW, MANY = 500, 2_500
"""Attempts at each step."""


@pytest.mark.parametrize("step", STEPS)
def test_nothing_breaks_it_and_nothing_forged_counts(
    tmp_path: Path, step: int, full: bool, record_property: Callable[[str, object], None]
) -> None:
    effects = again = 0
    with Served(tmp_path, step) as served:
        rows, before = served.rows(), served.run(served.workshop())

        @settings(
            max_examples=MANY if full else FEW, derandomize=not full, database=None, deadline=None,
            phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck),
        )
        @given(RECIPES)
        def try_one(recipe: tuple[Any, ...]) -> None:
            nonlocal rows, before, effects, again
            if before.status != "open" or before.at != step:  # a facilitator's own command may lead it on, or end it
                again += 1
                served.run(served.begin())
                served.changed()
                rows, before = served.rows(), served.run(served.workshop())
            attempt = made(recipe, served.corpus, sum(served.statuses.values()))
            status, _ = served.run(served.sends(attempt))
            assert status < 500 or status == 501, (status, attempt)
            assert not served.errors.seen, (served.errors.seen, attempt)
            if attempt.token != "good":
                assert status in (400, 401, 403, 413), (status, attempt)
            if status == 501:
                assert attempt.activity["type"] == "invoke"
            if not served.changed():
                return
            assert status in (200, 201), (status, "it was written to", attempt)
            now, after = served.rows(), served.run(served.workshop())
            if now != rows:
                effects += 1
                allowed(attempt, before, after, rows, now)
            rows, before = now, after

        try_one()
        tried = sum(served.statuses.values())
        ends = ", ".join(f"{count} × {status}" for status, count in sorted(served.statuses.items()))
    assert effects > 2, "valid ones are among them"
    sentence = f"mutated activities at step {step}: {tried} ({ends}), {effects} allowed effects, {again} new workshops"
    record_property("counted", f"{sentence}, no bug")


def allowed(attempt: Attempt, before: Workshop, after: Workshop, rows: Rows, now: Rows) -> None:
    """What has changed is the sender's to change."""
    person = person_of(attempt.activity)
    known = before.people.get(person)
    leads = known is not None and (known.facilitator or known.moderator)
    changed = {table: rows[table] ^ now[table] for table in rows}
    opened = {row[0] for row in now["workshops"]} - {row[0] for row in rows["workshops"]}
    assert opened or leads or not changed["workshops"], ("the course is not theirs", attempt)
    if not leads and not opened:
        assert {row[1] for row in changed["people"]} <= {person}, ("another person's row", attempt)
    for row in changed["answers"]:
        prompt, author = row[1], row[4]
        assert author == before.author(prompt, person), ("another person's answer", attempt)
        assert after.people[person].joined, ("they are not in it", attempt)
    for answer in (row for row in now["answers"] - rows["answers"]):
        prompt = before.plan.prompts[answer[1]]
        assert before.place is not None and prompt in before.place.step.prompts, ("not asked now", attempt)
        valid(before, answer)


def valid(workshop: Workshop, row: tuple[Any, ...]) -> None:
    """What is stored would be accepted again, and come out the same."""
    prompt, value = workshop.plan.prompts[row[1]], json.loads(row[-1])
    kind, items = kind_of(prompt), workshop.shown_items(prompt.id)
    assert kind.parse(prompt, items, kind.unparse(prompt, value)) == value, row
