"""What is said about picking what a question is about, where there is more than it takes. It decides nothing."""

from __future__ import annotations

from collections.abc import Mapping

from cards.phrases import what_comes
from locales import Words
from workshop.prompts.kind import ITEMS_LIMIT

Facts = Mapping[str, str | int]


def _number(facts: Facts, name: str) -> int:
    value = facts.get(name)
    return value if isinstance(value, int) else 0


def pick_first(say: Words, facts: Facts) -> str:
    """What comes has more candidates than it takes."""
    most, candidates = say.number(ITEMS_LIMIT), _number(facts, "candidates")
    kind = what_comes(str(facts.get("kind", "")), say)
    if candidates:
        return say.plural(
            "Next: {kind}. There is {n} candidate, and at most {limit} are taken. Pick which ones first.",
            "Next: {kind}. There are {n} candidates, and at most {limit} are taken. Pick which ones first.",
            candidates,
            limit=most,
            kind=kind,
        )
    return say("Next: {kind}, with more candidates than it takes. Pick which ones first.", kind=kind)


def wrong_pick(say: Words, facts: Facts) -> str:
    """What is wrong with a pick."""
    given, limit = _number(facts, "given"), _number(facts, "limit") or ITEMS_LIMIT
    if not given:
        return say("Pick at least one, at most {limit}.", limit=say.number(limit))
    if given > limit:
        return say.plural(
            "You picked {n}; at most {limit} are taken.",
            "You picked {n}; at most {limit} are taken.",
            given,
            limit=say.number(limit),
        )
    return say("Some of what you picked is not there any more. The list is up to date now: please pick again.")
