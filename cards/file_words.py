"""What is said about files that people send: what was kept, why one is not used. It decides nothing."""

from __future__ import annotations

from collections.abc import Mapping

from locales import Words


def wrong(say: Words, facts: Mapping[str, str | int]) -> str:
    """Why a file that was sent is not used."""
    name = str(facts.get("name", "")) or "?"
    match facts.get("why"):
        case "kind":
            return say(
                "“{name}” is no file that Kolbot can use. Send a template as .yaml, or a table as .csv: a spreadsheet "
                "can save one.",
                name=name,
            )
        case "many":
            return say("Please send one file at a time.")
        case "large":
            return say("“{name}” is too large. Please send it in parts.", name=name)
        case "empty":
            return say("There is nothing in “{name}”.", name=name)
        case "letters":
            return say("The letters of “{name}” cannot be read. Please save it as UTF-8 and send it again.", name=name)
        case "no_workshop":
            return say("You lead no workshop into which this table could go. Open one first, then send the file again.")
        case "gone":
            return say("This table was put in already, or is not kept any more. Please send the file again if need be.")
        case "which":
            return say("Please choose the workshop into which the table goes.")
        case _:
            return say("The file could not be fetched from Teams. Please send it again.")


def sent(say: Words, facts: Mapping[str, str | int]) -> str:
    """A template was kept."""
    name = str(facts.get("name", ""))
    if not name:
        return say("Your template is kept. It is offered to you wherever you open a workshop.")
    return say("“{name}” is kept. It is offered to you wherever you open a workshop.", name=name)
