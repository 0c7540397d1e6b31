"""Forms of the kinds with fields of their own: form, commitment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from tests.workshop.given.case import WORDS, Case
from tests.workshop.session import asks
from workshop.model import Answer
from workshop.prompts.commitment import CommitmentRules
from workshop.prompts.form import FormField, FormRules

FIELDS = (
    FormField("what", {"en": "What"}, 40, True, True),
    FormField("who", {"en": "Who"}, 20, False, False),
)
DAYS = st.sampled_from(
    [
        "2026-12-01",
        "2026-12-01",
        " 2027-01-31",
        "2028-02-29",
        "2027-02-29",
        "2026-13-01",
        "01.12.2026",
        "٢٠٢٦-١٢-٠١",
        "",
    ]
)


def _filled(answers: Sequence[Answer]) -> object:
    given: list[Any] = [one.value["fields"] for one in answers]
    return Counter((field, words) for fields in given for field, words in fields.items())


def _made(answers: Sequence[Answer]) -> object:
    """How many in all, and those that may be shown."""
    every: list[Any] = [(one.value["shown"], made) for one in answers for made in _list(one)]
    return len(every), Counter((made["what"], made["by"], made["with"], made["sign"]) for ok, made in every if ok)


def _list(answer: Answer) -> list[Any]:
    made = answer.value["commitments"]
    assert isinstance(made, list)
    return made


CASES = (
    Case(
        asks("fields", "form", FormRules(FIELDS)),
        st.fixed_dictionaries({}, optional={"what": WORDS, "who": WORDS}),
        _filled,
        lambda result: Counter((one.field, one.words) for block in result.blocks for one in block.filled),
    ),
    Case(
        asks("will", "commitment", CommitmentRules(2, 30, False)),
        st.fixed_dictionaries(
            {"1.what": WORDS, "1.by": DAYS},
            optional={
                "2.what": WORDS,
                "2.by": DAYS,
                "1.with": WORDS,
                "1.sign": WORDS,
                "2.sign": WORDS,
                "shown": st.sampled_from(["true", "false", "yes"]),
            },
        ),
        _made,
        lambda result: (
            result.made,
            Counter(
                (one.commitment.what, one.commitment.by.isoformat(), one.commitment.with_whom, one.commitment.sign)
                for one in result.shown
            ),
        ),
    ),
)
