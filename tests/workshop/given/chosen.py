"""Forms of the kinds in which people choose: choice, vote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from tests.workshop.given.case import ITEMS, NUMBERS, WORDS, Case
from tests.workshop.session import asks
from workshop.model import Answer
from workshop.prompts.choice import ChoiceRules
from workshop.prompts.kind import fold
from workshop.prompts.vote import VoteRules


def _choice(answers: Sequence[Answer]) -> object:
    """By key, and own ones by their folded words; an own one that is one of the others is that one."""
    own = {fold(label): item.key for item in ITEMS for label in item.label.values()}
    found: Counter[str] = Counter()
    for one in answers:
        chosen: Any = one.value["chosen"]
        words = fold(str(one.value["own"]))
        found.update({*chosen, *([own.get(words, f"own {words}")] if words else ())})
    return found


def _bars(result: Any) -> object:
    bars = {f"own {fold(bar.label[''])}" if bar.own else bar.key: bar.count for bar in result.bars}
    return Counter({key: count for key, count in bars.items() if count})


def _vote(answers: Sequence[Answer]) -> object:
    """By key: all its dots, and how many gave any."""
    given: list[Any] = [one.value["dots"] for one in answers]
    dots = {item.key: [one[item.key] for one in given if item.key in one] for item in ITEMS}
    return {key: (sum(found), len(found)) for key, found in dots.items()}


CASES = (
    Case(
        asks("options", "choice", ChoiceRules((), 2, True)),
        st.fixed_dictionaries(
            {"": st.lists(st.sampled_from(["a", "b", "c"]), max_size=3).map(",".join)},
            optional={"own": st.one_of(st.sampled_from(["alpha", "GAMMA", "mine"]), WORDS)},
        ),
        _choice,
        _bars,
    ),
    Case(
        asks("dots", "vote", VoteRules(6, 3)),
        st.dictionaries(st.sampled_from(["a", "b", "c"]), NUMBERS),
        _vote,
        lambda result: {item.key: (item.dots, item.voters) for item in result.items},
    ),
)
