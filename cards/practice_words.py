"""What is said about practices in one sentence: what was done, and why not. It decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from locales import Words

Facts = Mapping[str, str | int]

FIELDS: Mapping[str, Callable[[Words], str]] = {
    "title": lambda say: say("Name of the practice"),
    "country": lambda say: say("Country"),
    "whose": lambda say: say("Whose it is"),
    "core": lambda say: say("Its core: what must not be lost when it is copied"),
    "link": lambda say: say("Link"),
}
"""The fields of a practice, in the order of a table's columns."""


def _number(facts: Facts, name: str) -> int:
    value = facts.get(name)
    return value if isinstance(value, int) else 0


def added(say: Words, facts: Facts) -> str:
    """Practices were put in."""
    count = _number(facts, "practices")
    if not count:
        return say("The practices are recorded.")
    return say.plural("Recorded: {n} practice in all.", "Recorded: {n} practices in all.", count)


def removed(say: Words, facts: Facts) -> str:
    """Practices were taken out."""
    return say("The practices were taken out.")


def wrong(say: Words, facts: Facts) -> str:
    """Why practices were not recorded; none of them was."""
    row, field = say.number(_number(facts, "row")), FIELDS.get(str(facts.get("field")))
    limit = say.number(_number(facts, "limit"))
    nothing = say("Nothing was recorded; what you typed is still here.")
    if facts.get("file"):
        nothing = say("Nothing was recorded. Please mend the file and send it again.")
    match facts.get("why"):
        case "missing":
            return say("Practice {row} has no name. Please give it one.", row=row) + " " + nothing
        case "long" if field:
            too_long = say(
                "Practice {row}: “{field}” is too long; at most {limit} characters fit.",
                row=row,
                field=field(say),
                limit=limit,
            )
            return f"{too_long} {nothing}"
        case "link":
            return say("Practice {row}: the link has to begin with https:// and name a site.", row=row) + " " + nothing
        case "many":
            return say("At most {limit} practices can be asked about. Please take some out first.", limit=limit)
        case "separator":
            return say("This is no table yet: please separate its columns by semicolons or tabs.") + " " + nothing
        case "cells":
            columns = say(
                "Row {row} has more than five columns. Please put words with the sign that separates the columns in "
                "quotation marks.",
                row=row,
            )
            return f"{columns} {nothing}"
        case _:
            return say("This table is too long. Please put it in in parts.")
