"""What is said about themes in one sentence: what was done, and why not. It decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from locales import Words

Facts = Mapping[str, str | int]


def _number(facts: Facts, name: str) -> int:
    value = facts.get(name)
    return value if isinstance(value, int) else 0


def put(say: Words, facts: Facts) -> str:
    """Notes were put into a theme."""
    notes = _number(facts, "notes")
    if not notes:
        return say("The notes are in the theme now.")
    return say.plural("{n} note is in the theme now.", "{n} notes are in the theme now.", notes)


def taken_out(say: Words, facts: Facts) -> str:
    """Notes were taken out of their themes."""
    return say("The notes are in no theme now.")


def wrong(say: Words, facts: Facts) -> str:
    """Why the themes were left as they are."""
    found = _WHY.get(str(facts.get("why")))
    if found is None:
        return say("Please choose a theme from the list.")
    return found(say, facts)


def _long(say: Words, facts: Facts) -> str:
    return say.plural(
        "The name of the theme has {n} character; at most {limit} fit.",
        "The name of the theme has {n} characters; at most {limit} fit.",
        _number(facts, "given"),
        limit=say.number(_number(facts, "limit")),
    )


def _many(say: Words, facts: Facts) -> str:
    limit = say.number(_number(facts, "limit"))
    return say("There can be at most {limit} themes here. Please merge some of them first.", limit=limit)


_WHY: Mapping[str, Callable[[Words, Facts], str]] = {
    "nothing": lambda say, facts: say("Please tick the notes first."),
    "where": lambda say, facts: say("Please say which theme the notes belong to."),
    "missing": lambda say, facts: say("Please give the theme a name."),
    "long": _long,
    "many": _many,
    "taken": lambda say, facts: say("Another theme has this name already. Merge the two instead."),
    "gone": lambda say, facts: say(
        "This theme is not there any more. The list is up to date now; please choose again."
    ),
    "renamed": lambda say, facts: say(
        "Somebody else has renamed this theme meanwhile: it is called “{name}” now. Press again to give it your name.",
        name=str(facts.get("now", "")),
    ),
    "changed": lambda say, facts: say(
        "Somebody changed the themes meanwhile, so nothing was undone. This is how they are now."
    ),
}
"""Why the themes were left as they are, as `workshop.theming` says it."""
