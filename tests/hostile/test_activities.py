"""Thousands of mutated activities and card submissions over HTTP: never a bug, and no effect that was not allowed."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from dialogs import ALL
from tests.hostile.every_kind import PLAN, STEPS
from tests.hostile.judge import Judge, changes, has_effect
from tests.hostile.mutations import Attempt, made
from tests.hostile.sense import BOOK, sense_of
from tests.hostile.served import Served

FEW, MANY = 2_000 // len(STEPS), 10_000 // len(STEPS)
"""Attempts at each step."""
SHARE = 0.2
"""At least so many of them are still what somebody may do, and have an effect."""


@dataclass
class Bout:
    """One step of the workshop, and all that is thrown at it."""

    served: Served
    step: int
    effects: Counter[str] = field(default_factory=Counter)
    """How often each verb has changed something."""
    begun: int = 0
    led: bool = False
    """Whether the course has changed since that was looked after."""

    def looks(self) -> None:
        """See how things are."""
        self.served.changed()
        self.rows, self.said = self.served.rows(), self.served.said()
        self._load()

    def _load(self) -> None:
        self.workshops = self.served.run(self.served.workshops(key[0] for key in self.rows["workshops"]))

    def goes_on(self) -> None:
        """A facilitator's own command may have led the workshop on, or ended it."""
        if not self.led:
            return
        self.led = False
        now = self.served.run(self.served.workshop())
        if now.status == "open" and now.at == self.step:
            return
        if not self.served.run(self.served.heals()):
            self.begun += 1
            self.served.run(self.served.begin())
        self.looks()

    def tries(self, attempt: Attempt) -> None:
        """Send one, and judge what comes of it."""
        served = self.served
        status, _ = served.run(served.sends(attempt))
        assert status < 500 or status == 501, (status, attempt)
        assert not served.errors.seen, (served.errors.seen, attempt)
        if attempt.token != "good":
            assert status in (400, 401, 403, 413), (status, attempt)
        if status == 501:
            assert attempt.activity["type"] == "invoke"
        posted = {name: place for name, place in served.said().items() if name not in self.said}
        written = served.changed()
        if not posted and not written:
            return
        assert status in (200, 201), (status, "it has done something", attempt)
        sense = sense_of(attempt.activity)
        self.said |= posted
        if posted:
            assert sense.typed, ("nobody typed anything to it", attempt)
            assert list(posted.values()) == [sense.home], ("it speaks where it was spoken to, once", posted, attempt)
        after = served.rows()
        changed = changes(self.rows, after)
        if posted and sense.delivery:
            marks = {change.key[0] for change in changed["deliveries"]}
            assert f"turn:{sense.delivery}" in marks, ("it answers a delivery once", attempt)
        try:
            Judge(self.rows, self.workshops, served.known_as).judges(sense, changed)
        except AssertionError as wrong:
            what = {table: rows for table, rows in changed.items() if rows}
            raise AssertionError(f"{wrong}: {attempt} has changed {what}") from wrong
        self.rows = after
        if has_effect(changed):
            self.effects[sense.verb] += 1
            self.led |= bool(changed["workshops"])
            self._load()


SHOWS = {
    "", "answer", "change", "console", "facilitate", "groups", "help", "join", "language", "moderate", "my_case", "new",
    "pick", "practices", "suggest_themes", "summary", "themes", "agenda", "paste", "pasted", "questions",
    "questions_kept", "template_keep", "template_remove", "around", "around_kept", "file", "group_console", "people",
    "roles", "table_look", "own", "translate",
}
"""Verbs that change no workshop: they show something, or keep a draft or a template."""


def test_of_every_verb_it_is_said_who_may_have_it_done() -> None:
    assert set(ALL.verbs) == SHOWS | set(BOOK)
    assert not SHOWS & set(BOOK)


@pytest.mark.parametrize("step", STEPS)
def test_nothing_breaks_it_and_nothing_forged_counts(
    tmp_path: Path, step: int, full: bool, record_property: Callable[[str, object], None]
) -> None:
    seed = str(time.time_ns()) if full else "as always"
    print(f"chosen by {seed!r}")  # noqa: T201 - shown with a failure
    with Served(tmp_path, step) as served:
        bout = Bout(served, step)
        bout.looks()
        for number in range(MANY if full else FEW):
            bout.goes_on()
            bout.tries(made(Random(f"{seed} {step} {number}"), served.corpus, number))
        served.run(served.room.settles())
        tried = sum(served.statuses.values())
        ends = ", ".join(f"{count} × {status}" for status, count in sorted(served.statuses.items()))
    kinds = ", ".join(prompt.kind for prompt in PLAN.places[step].step.prompts)
    did = ", ".join(f"{verb} {count}" for verb, count in sorted(bout.effects.items()))
    effects = bout.effects.total()
    sentence = f"mutated activities at {kinds}: {tried} ({ends}), {effects} allowed effects ({did})"
    record_property("counted", f"{sentence}, {bout.begun} begun again, no bug")
    assert effects > SHARE * tried, f"too few valid ones: {effects} of {tried} ({did})"
