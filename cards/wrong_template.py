"""What is said about templates in one sentence: what is wrong with one, and why it cannot be kept. It reads none."""

from __future__ import annotations

from collections.abc import Mapping

from cards.template_faults import in_words
from locales import Words

Facts = Mapping[str, str | int]


def _text(facts: Facts, name: str) -> str:
    return str(facts.get(name) or "")


def _number(facts: Facts, name: str) -> int:
    value = facts.get(name)
    return value if isinstance(value, int) else 0


def wrong_minutes(say: Words, facts: Facts) -> str:
    """The minutes of a step are none."""
    step, limit = _text(facts, "step"), _number(facts, "limit")
    if not (step and limit):
        return say("The minutes of a step have to be a whole number; 0 leaves the step out.")
    return say(
        "“{step}”: the minutes have to be a whole number from 1 to {limit}; 0 leaves the step out.",
        step=step,
        limit=say.number(limit),
    )


def step_needed(say: Words, facts: Facts) -> str:
    """A step cannot be left out."""
    step, by = _text(facts, "step"), _text(facts, "by")
    if not (step and by):
        return say("A later step needs what this one gives. Please leave that one out too, or neither.")
    return say(
        "“{step}” cannot be left out: “{by}” needs what it gives. Please leave that one out too, or neither.",
        step=step,
        by=by,
    )


def wrong_template(say: Words, facts: Facts) -> str:
    """A template breaks a rule: what is wrong and what would be right; in the loader's words, which are English, where
    there are no others."""
    what, right, line = _text(facts, "what"), _text(facts, "right"), _number(facts, "at_line")
    if not (what and right):
        return say("This is not a template that can be used. Nothing was kept.")
    of_it = {name.removeprefix("of_"): fact for name, fact in facts.items() if name.startswith("of_")}
    what, right = in_words(say, _text(facts, "fault"), of_it) or (what, right)
    if line:
        return say(
            "The template cannot be used. Line {line}: {what}. Right would be: {right}.",
            line=say.number(line),
            what=what,
            right=right,
        )
    return say("The change cannot be made: {what}. Right would be: {right}.", what=what, right=right)


def own_exists(say: Words, facts: Facts) -> str:
    """A name is taken."""
    name = _text(facts, "name")
    if not name:
        return say("Your team has a template of this name already. Replace it, or choose another name.")
    return say("Your team has a template “{name}” already. Replace it, or choose another name.", name=name)


def own_full(say: Words, facts: Facts) -> str:
    """A team keeps as many templates as it may."""
    limit = _number(facts, "limit")
    if limit and facts.get("yours"):
        return say.plural(
            "You keep {n} template of your own already, and more than that cannot be. Remove one of them first.",
            "You keep {n} templates of your own already, and more than that cannot be. Remove one of them first.",
            limit,
        )
    if not limit:
        return say("Your team keeps as many templates as it may. Remove one of them first.")
    return say.plural(
        "Your team keeps {n} template already, and more than that it may not. Remove one of them first.",
        "Your team keeps {n} templates already, and more than that it may not. Remove one of them first.",
        limit,
    )
