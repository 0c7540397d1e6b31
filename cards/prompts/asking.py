"""What the fields of all kinds have in common: their ids, limits and problems."""

from __future__ import annotations

from cards import elements as el
from cards.problems import problem
from cards.typed import room
from locales import Words
from workshop.prompts.figures import whole
from workshop.views import PromptForm


def field_id(form: PromptForm, part: str) -> str:
    """The name of an input: dialogs read the same."""
    return f"a.{form.prompt.id}.{part}"


def field_problems(form: PromptForm, part: str, say: Words) -> list[el.Element]:
    """What is wrong with one field, to stand right above it."""
    return [el.trouble(problem(found, say)) for found in form.problems if found.part == part]


def without_field(form: PromptForm, parts: tuple[str, ...], say: Words) -> list[el.Element]:
    """What is wrong with the prompt as a whole: problems that no field of the form has."""
    return [el.trouble(problem(found, say)) for found in form.problems if found.part not in parts]


def number_input(form: PromptForm, part: str, *, label: str, least: int, most: int, error: str) -> el.Element:
    """A field for a whole number from `least` to `most`. What was typed and is none is given back in a field for words:
    the client's field for numbers could not hold it."""
    given = form.given.get(part, "").strip()
    number = whole(given)
    if given and number is None:
        return text_input(form, part, label=label, limit=len(str(most)), lines=False)
    return el.teams.NumberInput(
        id=field_id(form, part),
        label=label,
        value=number,
        min=least,
        max=most,
        error_message=error,
    )


def text_input(
    form: PromptForm, part: str, *, label: str, limit: int, lines: bool, must: str = "", hint: str = ""
) -> el.Element:
    """A field for words. It takes more than the limit, which Kolbot counts. `must`: what is said where the field may
    not stay empty."""
    given = form.given.get(part, "")
    return el.teams.TextInput(
        id=field_id(form, part),
        label=label,
        value=given or None,
        placeholder=hint or None,
        max_length=room(limit, given),
        is_multiline=lines,
        is_required=True if must else None,
        error_message=must or None,
    )
