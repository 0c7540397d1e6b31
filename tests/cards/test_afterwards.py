"""A receipt says when others see what was recorded, and says nothing that is not so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cards import draw
from tests.cards import sample as s
from tests.cards.walk import parts
from workshop.model import Status, Value, Workshop
from workshop.plan import Plan, Prompt, Reveal
from workshop.prompts.commitment import CommitmentRules
from workshop.views import Receipt, Recorded

AT_ONCE, CLOSES = "Everybody sees this at once.", "Everybody sees this when the step closes."
FACILITATOR = "Everybody sees this when a facilitator shows it."
MODERATED = "A moderator reads it first, and lets it be seen or not."
FEW = "Results show from 3 answers on."
DOUBT = replace(s.DOUBT, anonymous=False)
WILL = replace(s.DOUBT, kind="commitment", rules=CommitmentRules(2, 30, False), anonymous=False)
TEXT: Value = {"text": "words"}


def workshop(*prompts: Prompt, status: Status = Status.OPEN) -> Workshop:
    """The sample with these instead of the questions of the same name."""
    there = {prompt.id: prompt for prompt in prompts}
    w = s.workshop(status, 0)
    stages = tuple(
        replace(
            stage,
            steps=tuple(
                replace(step, prompts=tuple(there.get(prompt.id, prompt) for prompt in step.prompts))
                for step in stage.steps
            ),
        )
        for stage in w.plan.stages
    )
    plan: Plan = replace(w.plan, stages=stages)
    return replace(w, plan=plan)


def told(w: Workshop, *given: tuple[Prompt, Value | None]) -> dict[str, str]:
    """What the receipt says of it, by where it stands."""
    recorded = tuple(Recorded(prompt, w.items.get(prompt.id, ()), value) for prompt, value in given)
    card = draw(Receipt(w, s.place(0), recorded), "en")
    return {part["id"]: part["text"] for part in parts(card) if str(part.get("id", "")).startswith("then")}


@pytest.mark.parametrize(
    ("prompt", "line"),
    [
        (DOUBT, CLOSES),
        (replace(DOUBT, reveal=Reveal.LIVE), AT_ONCE),
        (replace(DOUBT, reveal=Reveal.BY_FACILITATOR), FACILITATOR),
        (replace(DOUBT, anonymous=True), f"{CLOSES} {FEW}"),
        (replace(DOUBT, moderated=True), f"{CLOSES} {MODERATED}"),
        (replace(DOUBT, moderated=True, reveal=Reveal.LIVE), MODERATED),
    ],
)
def test_it_is_said_once_when_others_see_it(prompt: Prompt, line: str) -> None:
    assert told(workshop(prompt), (prompt, TEXT)) == {"then": line}
    assert told(workshop(prompt), (s.PRACTICES, None), (prompt, TEXT)) == {"then": line}, "the other was left empty"


@pytest.mark.parametrize(
    ("reveal", "line"),
    [
        (Reveal.ON_CLOSE, "Everybody sees the result when the step closes."),
        (Reveal.LIVE, "Everybody sees the result at once."),
        (Reveal.BY_FACILITATOR, "Everybody sees the result when a facilitator shows it."),
    ],
)
def test_of_what_is_only_counted_others_see_the_result(reveal: Reveal, line: str) -> None:
    ready = replace(s.READY, reveal=reveal)
    assert told(workshop(ready), (ready, s.VALUES["ready"])) == {"then": line}


def test_what_is_seen_already_is_not_promised_for_later() -> None:
    later = replace(DOUBT, reveal=Reveal.BY_FACILITATOR)
    assert told(workshop(DOUBT, status=Status.CLOSED), (DOUBT, TEXT)) == {"then": AT_ONCE}, "a late answer"
    assert told(workshop(later, status=Status.CLOSED), (later, TEXT)) == {"then": FACILITATOR}
    shown = replace(workshop(later), revealed=frozenset({later.id}))
    assert told(shown, (later, TEXT)) == {"then": AT_ONCE}


def test_where_it_differs_it_stands_with_each() -> None:
    live = replace(DOUBT, reveal=Reveal.LIVE)
    w = workshop(live)
    notes: Value = {"good": ["words"]}
    assert told(w, (s.PRACTICES, notes), (live, TEXT)) == {"then.practices": CLOSES, "then.doubt": AT_ONCE}
    assert told(w, (s.PRACTICES, notes), (live, None)) == {"then": CLOSES}


def test_nobody_is_told_that_others_see_what_they_keep_to_themselves() -> None:
    made = [{"what": "Write", "by": "2026-12-01", "with": "", "sign": ""}]
    w = workshop(WILL)
    assert told(w, (WILL, {"commitments": made, "shown": False})) == {}
    assert told(w, (WILL, {"commitments": made, "shown": True})) == {"then": CLOSES}
    notes: Value = {"good": ["words"]}
    assert told(w, (s.PRACTICES, notes), (WILL, {"commitments": made, "shown": False})) == {"then.practices": CLOSES}
    assert told(w, (s.PRACTICES, None), (WILL, None)) == {}
