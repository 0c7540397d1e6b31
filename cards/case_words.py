"""What is said about cases in one sentence. It decides nothing."""

from __future__ import annotations

from collections.abc import Mapping

from locales import Words

Facts = Mapping[str, str | int]


def proposed(say: Words, facts: Facts) -> str:
    """Owners are asked."""
    cases = facts.get("cases")
    if not isinstance(cases, int) or not cases:
        return say("The owners of the cases are asked now. Press Next when they have answered.")
    return say.plural(
        "The owner of {n} case is asked now, by a card in the conversation. Press Next after the answer.",
        "The owners of {n} cases are asked now, by a card in the conversation. Press Next when they have answered.",
        cases,
    )


def wait(say: Words, facts: Facts) -> str:
    """Nobody has agreed, and some have said nothing yet."""
    waiting = facts.get("waiting")
    if not isinstance(waiting, int) or not waiting:
        return say("No owner has agreed to a case yet. Wait for them, or go on without.")
    return say.plural(
        "No owner has agreed to a case yet, and {n} has not answered. Wait, or press “Wait for no more owners” first.",
        "No owner has agreed to a case yet, and {n} have not answered. Wait, or press “Wait for no more owners” first.",
        waiting,
    )
