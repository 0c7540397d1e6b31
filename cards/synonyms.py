"""Other words for commands, and numbers in words: what people type as well, in each language. Shows nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from locales import Words

SYNONYMS: Mapping[str, Callable[[Words], str]] = {
    "new": lambda say: say("open, create, new workshop, open workshop"),
    "join": lambda say: say("take part, sign up, i am in"),
    "start": lambda say: say("begin, go"),
    "next": lambda say: say("forward, next step, go on"),
    "back": lambda say: say("previous, go back, one back"),
    "close": lambda say: say("close step, stop step"),
    "extend": lambda say: say("more time, longer"),
    "pause": lambda say: say("hold, stop the clock"),
    "resume": lambda say: say("continue, unpause"),
    "nudge": lambda say: say("remind, reminder"),
    "finish": lambda say: say("end, end workshop"),
    "cancel": lambda say: say("abort, cancel workshop"),
    "board": lambda say: say("results, show board"),
    "stage": lambda say: say("card, show card, status, where are we"),
    "facilitator": lambda say: say("add facilitator, make facilitator, make a facilitator, co-facilitator"),
    "moderator": lambda say: say("add moderator, make moderator, make a moderator"),
    "reserve": lambda say: say("add reserve, make reserve"),
    "no_facilitator": lambda say: say("not facilitator, no facilitator, not a facilitator, remove as facilitator"),
    "no_moderator": lambda say: say("not moderator, no moderator, not a moderator, remove as moderator"),
    "no_reserve": lambda say: say("not reserve, no reserve, not a reserve, remove as reserve"),
    "no_group_facilitator": lambda say: say("remove group facilitator, not group facilitator"),
    "roles": lambda say: say("people, who leads, remove, remove role"),
    "facilitate": lambda say: say("console, lead"),
    "summary": lambda say: say("everything, overview"),
    "language": lambda say: say("change language, languages"),
    "help": lambda say: say("commands, what can i do, info"),
}
"""For each verb what can be typed beside its word, separated by commas. A translation lists what people of its language
would type, however many."""


def synonyms(verb: str, say: Words) -> list[str]:
    """What can be typed for a verb beside its word."""
    listed = SYNONYMS.get(verb)
    return [each.strip() for each in listed(say).split(",")] if listed else []


def number_words(say: Words) -> list[list[str]]:
    """From 1 on what each number is called beside the name of a group, whichever forms of it there are."""
    listed = say(
        "one, first; two, second; three, third; four, fourth; five, fifth; six, sixth; seven, seventh; eight, eighth; "
        "nine, ninth; ten, tenth; eleven, eleventh; twelve, twelfth"
    )
    return [[word.strip() for word in number.split(",")] for number in listed.split(";")]
