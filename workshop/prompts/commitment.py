"""What somebody will do, and by when. The board lists a person's commitments only if they agree to that."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from workshop.model import Answer, Value, entry_id
from workshop.plan import Item, Prompt, Text
from workshop.prompts.kind import PAGE, Fields, clean, folded
from workshop.refusals import Problem, Wrong
from workshop.translations import Told, longest

LIMITS = {"what": 280, "with": 140, "sign": 280}
"""Longest words of each field, in code points after cleaning."""
SHOWN = "shown"
"""The part of the form where a person agrees that the board shows what they commit to."""
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
"""The days that a commitment may name: the rules have no clock, and late answers may name a day that is over."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class CommitmentRules:
    """How many a person may make; in how many days they should be done (0: not said, and never refused); whether the
    form's consent is given until it is taken back."""

    most: int
    within_days: int
    shown: bool


@dataclass(frozen=True, slots=True)
class Commitment:
    """One commitment; `with_whom` and `sign` (of success) may be empty."""

    what: str
    by: date
    with_whom: str = ""
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A commitment that its author lets everybody see."""

    entry: str
    commitment: Commitment
    who: str
    into: Text | None = None
    """All its words in other languages, as moderators wrote them."""


@dataclass(frozen=True, slots=True)
class CommitmentResult:
    """What may be shown, the nearest day first, and how many commitments were made in all."""

    people: int
    made: int
    shown: tuple[Shown, ...]

    @property
    def size(self) -> int:
        return len(self.shown)

    @property
    def per_page(self) -> int:
        long = max((300 + longest(_words(one.commitment), one.into) for one in self.shown), default=0)
        return max(1, min(PAGE, 300 * PAGE // max(long, 1)))


class CommitmentKind:
    name = "commitment"
    takes_items = False
    by_consent = True
    """Everybody sees an answer only if its author agrees to that in the form."""

    def read(self, fields: Fields) -> CommitmentRules:
        return CommitmentRules(
            fields.integer("most", 2, 1, 3), fields.integer("within_days", 0, 0, 366), fields.flag("shown", False)
        )

    def asks(self, prompt: Prompt, items: Sequence[Item]) -> bool:
        return True

    def parse(
        self, prompt: Prompt, items: Sequence[Item], given: Mapping[str, str]
    ) -> Value | None | tuple[Problem, ...]:
        """Parts are `<number>.what`, `.by`, `.with`, `.sign`, and "shown". Without what and by when it is no
        commitment; the same one twice is one."""
        made: list[dict[str, str]] = []
        problems: list[Problem] = []
        for number in range(1, commitment_rules(prompt).most + 1):
            fields = {name: clean(given.get(f"{number}.{name}", ""), lines=False) for name in LIMITS}
            fields["by"] = given.get(f"{number}.by", "").strip()
            if not any(fields.values()):
                continue
            wrong = [_wrong(prompt, number, name, words) for name, words in fields.items()]
            problems += [one for one in wrong if one]
            if fields not in made:
                made.append(fields)
        if problems:
            return tuple(problems)
        return {"commitments": made, "shown": given.get(SHOWN) == "true"} if made else None

    def unparse(self, prompt: Prompt, value: Value) -> Mapping[str, str]:
        fields = {SHOWN: "true" if value["shown"] is True else "false"}
        for number, one in enumerate(commitments(value), 1):
            fields |= {
                f"{number}.what": one.what,
                f"{number}.by": one.by.isoformat(),
                f"{number}.with": one.with_whom,
                f"{number}.sign": one.sign,
            }
        return fields

    def entries(self, prompt: Prompt, answer: Answer) -> tuple[tuple[str, str], ...]:
        """What nobody is shown is no moderator's business either."""
        return tuple((one.entry, _words(one.commitment)) for one in _shown(answer, ""))

    def tally(
        self,
        prompt: Prompt,
        items: Sequence[Item],
        answers: Sequence[Answer],
        names: Mapping[str, str],
        hidden: frozenset[str],
    ) -> CommitmentResult:
        shown = [one for answer in answers for one in _shown(answer, names.get(answer.author, ""))]
        return CommitmentResult(
            len(answers),
            sum(len(commitments(answer.value)) for answer in answers),
            tuple(sorted((one for one in shown if one.entry not in hidden), key=lambda one: one.commitment.by)),
        )

    def translated(self, result: CommitmentResult, told: Told) -> CommitmentResult:
        return replace(result, shown=tuple(replace(one, into=told(one.entry)) for one in result.shown))

    def carry(
        self, prompt: Prompt, items: Sequence[Item], answers: Sequence[Answer], hidden: frozenset[str]
    ) -> tuple[Item, ...]:
        """What people will do, of those who agreed that everybody may know."""
        shown = [(one, answer.author) for answer in answers for one in _shown(answer, "")]
        return folded(
            prompt.id, [(one.entry, one.commitment.what, who) for one, who in shown if one.entry not in hidden]
        )


def commitment_rules(prompt: Prompt) -> CommitmentRules:
    """This kind's settings of a prompt."""
    assert isinstance(prompt.rules, CommitmentRules)
    return prompt.rules


def commitments(value: Value) -> tuple[Commitment, ...]:
    """What a stored answer commits to."""
    made = value["commitments"]
    return tuple(
        Commitment(one["what"], date.fromisoformat(one["by"]), one["with"], one["sign"])
        for one in (made if isinstance(made, list) else [])
    )


def _shown(answer: Answer, who: str) -> list[Shown]:
    if answer.value["shown"] is not True:
        return []
    found: list[Shown] = []
    written: Counter[str] = Counter()
    for one in commitments(answer.value):
        words = _words(one)
        # A new day does not make it another entry: what is hidden stays hidden.
        found.append(Shown(entry_id(answer, str(written[words] or ""), words), one, who))
        written[words] += 1
    return found


def _words(one: Commitment) -> str:
    """The person's own words, all that a moderator has to judge."""
    return " · ".join(words for words in (one.what, one.with_whom, one.sign) if words)


def _wrong(prompt: Prompt, number: int, name: str, words: str) -> Problem | None:
    """What is wrong with one field of a commitment that was begun."""
    part = f"{number}.{name}"
    if not words:
        return Problem(prompt.id, part, Wrong.REQUIRED) if name in ("what", "by") else None
    if name not in LIMITS:
        return None if is_day(words) else Problem(prompt.id, part, Wrong.NOT_A_DATE)
    too_long = len(words) > LIMITS[name]
    return Problem(prompt.id, part, Wrong.TOO_LONG, len(words), LIMITS[name]) if too_long else None


def is_day(words: str) -> bool:
    """Whether this is a real day as YYYY-MM-DD, which is what Teams sends, and one that a commitment may name."""
    if not _DAY.fullmatch(words):
        return False
    try:
        return EARLIEST <= date.fromisoformat(words) <= LATEST
    except ValueError:
        return False


KIND = CommitmentKind()
