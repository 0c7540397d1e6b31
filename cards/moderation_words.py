"""What is said about moderating in one sentence: what was done, and what not because others were faster. It decides
nothing."""

from __future__ import annotations

from collections.abc import Mapping

from locales import Words

Facts = Mapping[str, str | int]


def moderated(say: Words, facts: Facts) -> str:
    """What was done, kind by kind; then what was not."""
    done = {name: number for name, number in facts.items() if isinstance(number, int) and number}
    told = []
    if n := done.get("approved"):
        told.append(say.plural("{n} entry can be seen now.", "{n} entries can be seen now.", n))
    if n := done.get("hidden"):
        told.append(say.plural("{n} entry is hidden now.", "{n} entries are hidden now.", n))
    if n := done.get("restored"):
        told.append(say.plural("{n} entry is no longer hidden.", "{n} entries are no longer hidden.", n))
    if n := done.get("gone"):
        told.append(say.plural("{n} entry is not there any more.", "{n} entries are not there any more.", n))
    if done.get("stale"):
        told.append(hidden_meanwhile(say, facts))
    return " ".join(told) or say("The entries are hidden or restored as you chose.")


def hidden_meanwhile(say: Words, facts: Facts) -> str:
    """Let through by one while another has hidden it."""
    n = facts.get("stale", 1)
    return say.plural(
        "{n} entry was hidden by somebody else meanwhile and stays hidden.",
        "{n} entries were hidden by somebody else meanwhile and stay hidden.",
        n if isinstance(n, int) else 1,
    )
