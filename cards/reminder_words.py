"""Sentences about reminders: that one goes out, and when the next can. Plain text; it counts people and names none."""

from __future__ import annotations

from collections.abc import Mapping

from locales import Words

Facts = Mapping[str, str | int]


def nudged(say: Words, facts: Facts) -> str:
    """That one goes to so many people privately, or to everybody in the conversation."""
    people = facts.get("people")
    if not isinstance(people, int):
        return say("A reminder is posted in the conversation.")
    return say.plural(
        "A private reminder goes to {n} person. Whom Teams does not reach is mentioned in the conversation.",
        "A private reminder goes to {n} people. Whom Teams does not reach is mentioned in the conversation.",
        people,
    )


def nudged_lately(say: Words, facts: Facts) -> str:
    """When the next one can go out."""
    minutes = facts.get("minutes")
    if isinstance(minutes, int):
        return say("A reminder has just gone out. The next one can go out in {time}.", time=say.minutes(minutes))
    return say("A reminder has just gone out. Please wait a little before the next one.")
