"""Plans of workshops that were opened when less was refused: they are read, and safer than they were."""

from __future__ import annotations

import json

import pytest

from templates import Fault, WrongTemplate, from_source, from_stored, read
from tests.templates.trial import RIGHT
from workshop.plan import Reveal

STORED = read(RIGHT, "trial.yaml").source


def changed(**settings: object) -> str:
    """The stored template with other settings of E1."""
    plan = json.loads(STORED)
    plan["stages"][2]["steps"][0]["prompts"][0].update(settings)
    return json.dumps(plan)


def test_what_was_stored_is_read_as_it_was() -> None:
    assert from_stored(STORED) == from_source(STORED)


def test_what_was_anonymous_and_shown_at_once_is_shown_when_its_step_closes() -> None:
    with pytest.raises(WrongTemplate) as refused:
        from_source(changed(reveal="live"))
    assert refused.value.code is Fault.LIVE_ANONYMOUS
    plan = from_stored(changed(reveal="live"))
    assert (plan.prompts["E1"].reveal, plan.prompts["E1"].anonymous) == (Reveal.ON_CLOSE, True)
    assert from_stored(plan.source) == plan, "and can be stored again"


def test_what_is_damaged_is_still_refused() -> None:
    with pytest.raises(WrongTemplate):
        from_stored(changed(reveal="sometimes"))
