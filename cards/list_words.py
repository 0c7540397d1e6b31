"""What is said about the organiser's list in one sentence: what was put in, and why not. It decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from locales import Words

Facts = Mapping[str, str | int]

FIELDS: Mapping[str, Callable[[Words], str]] = {
    "name": lambda say: say("Name"),
    "address": lambda say: say("E-mail address"),
    "institution": lambda say: say("Institution"),
    "country": lambda say: say("Country"),
    "role": lambda say: say("Role"),
    "group": lambda say: say("Group"),
    "challenge": lambda say: say("Challenge"),
    "language": lambda say: say("Language"),
}
"""The columns of the list, in the order in which they are taken where there are no headings."""


def _number(facts: Facts, name: str) -> int:
    value = facts.get(name)
    return value if isinstance(value, int) else 0


def changed(say: Words, facts: Facts) -> str:
    """People were put on the list."""
    count = _number(facts, "people")
    if not count:
        return say("The list is recorded.")
    return say.plural(
        "Recorded: {n} person is expected who has not joined yet.",
        "Recorded: {n} people are expected who have not joined yet.",
        count,
    )


def wrong(say: Words, facts: Facts) -> str:
    """Why a list was not recorded; nothing of it was."""
    row, limit = say.number(_number(facts, "row")), say.number(_number(facts, "limit"))
    field = FIELDS.get(str(facts.get("field")))
    nothing = say("Nothing was recorded; what you typed is still here.")
    if facts.get("file"):
        nothing = say("Nothing was recorded. Please mend the file and send it again.")
    match facts.get("why"):
        case "missing":
            return say("Row {row} has neither a name nor an address.", row=row) + " " + nothing
        case "long" if field:
            told = say(
                "Row {row}: “{field}” is too long; at most {limit} characters fit.",
                row=row,
                field=field(say),
                limit=limit,
            )
            return f"{told} {nothing}"
        case "address":
            return say("Row {row}: the address has to look like name@institution.pl.", row=row) + " " + nothing
        case "language":
            known = [say.name_of_language(code) for code in str(facts.get("known", "")).split(",") if code]
            told = say(
                "Row {row}: “{language}” is no language that Kolbot speaks. It speaks: {known}.",
                row=row,
                language=str(facts.get("language", "")),
                known=say.list(known),
            )
            return f"{told} {nothing}"
        case "many":
            return say("At most {limit} people can be on the list.", limit=limit)
        case "separator":
            return say("This is no table yet: please separate its columns by semicolons or tabs.") + " " + nothing
        case "cells":
            told = say(
                "Row {row} has more columns than there can be. Please put words with the sign that separates the "
                "columns in quotation marks.",
                row=row,
            )
            return f"{told} {nothing}"
        case _:
            return say("This list is too long. Please put it in in parts.")

