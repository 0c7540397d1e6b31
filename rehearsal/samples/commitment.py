"""Commitments: what, by when, with whom, what will show that it worked; the board shows those of people who agree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from rehearsal.question import Asked, Question
from rehearsal.reading import Value
from rehearsal.samples.sample import Sample, Tally
from rehearsal.shown import BULLET, Shown
from rehearsal.wording import cleaned, unmarked

if TYPE_CHECKING:
    from rehearsal.persona import Persona

PARTS = ("what", "with", "sign")
POOLS = {"what": "commitments", "with": "roles", "sign": "conclusions"}


class CommitmentSample(Sample):
    kind = "commitment"

    def fill(self, persona: Persona, form: Sequence[Question], dice: Random, attempt: int) -> dict[str, Value]:
        """One commitment, sometimes more; the careless first forget by when."""
        numbers = sorted({item.part.partition(".")[0] for item in form if "." in item.part})
        made = numbers[: 1 if dice.random() < 0.6 else len(numbers)]
        days = form[0].limit("within_days", otherwise=30)
        values: dict[str, Value] = {}
        for item in form:
            number, _, name = item.part.partition(".")
            if number in made and name == "by":
                forgets = persona.careless and attempt == 0
                day = persona.today + timedelta(days=dice.randint(1, days))
                values[item.field.id] = "" if forgets else day.isoformat()
            elif number in made and name in POOLS and (name == "what" or dice.random() < 0.7):
                values[item.field.id] = self._sentence(persona, item, dice, attempt)
            elif name:
                values[item.field.id] = ""
            else:
                values[item.field.id] = dice.random() < 0.7
        return values

    @staticmethod
    def _sentence(persona: Persona, item: Question, dice: Random, attempt: int) -> str:
        most = max((item.longest or 140) >> attempt, 1)
        said = persona.pool(POOLS[item.part.partition(".")[2]])
        return dice.choice([one for one in said if len(one) <= most] or [min(said, key=len)[:most]])

    def answered(self, form: Sequence[Asked]) -> bool:
        return any(asked.value for asked in form if "." in asked.part)

    def words(self, asked: Asked) -> list[str]:
        text = " ".join(unmarked(cleaned(asked.value)).split()) if asked.part.partition(".")[2] in PARTS else ""
        return [text] if text else []

    def given(self, forms: Sequence[Sequence[Asked]]) -> Tally:
        """Of those who agree; the same twice is one. Column 0 is what, 1 with whom and the sign, 2 by when."""
        tally: Tally = Tally()
        for form in forms:
            fields = {asked.part: asked for asked in form}
            agreed = "shown" in fields and fields["shown"].value == "true"
            numbers = sorted({part.partition(".")[0] for part in fields if "." in part})
            made = {
                (*(tuple(self.words(fields[f"{number}.{name}"])) for name in PARTS), fields[f"{number}.by"].value)
                for number in numbers
            }
            for *said, by in made if agreed else ():
                tally.update(("said", min(number, 1), words, 1) for number, some in enumerate(said) for words in some)
                tally["said", 2, "", 1] += bool(by)
        return +tally

    def seen(self, shown: Shown, asked: Sequence[Asked]) -> Tally:
        """A line of what, with its bullet, then a line of when, with whom and what will show it, each after its name.
        The day is in the words of a language: all that is looked at is that there is one."""
        tally: Tally = Tally()
        after = False
        for runs in shown.lines:
            bullet = runs[0] == BULLET and len(runs) > 1
            if bullet:
                tally["said", 0, unmarked(runs[1]), 1] += 1
            elif after:
                tally["said", 2, "", 1] += any(sign.isdigit() for sign in runs[0])
                tally.update(("said", 1, unmarked(words), 1) for words in runs[2::2])
            after = bullet
        return tally


SAMPLE = CommitmentSample()
