"""Words about who has which role in the workshop: named, not any more, and why not. Plain text, never markdown."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cards.help import COMMAND_WORDS
from locales import Words

Facts = Mapping[str, str | int]
_Words = Callable[[Words, str], str]

_GIVEN: Mapping[str, _Words] = {
    "facilitator": lambda say, who: say("Facilitating from now on: {who}.", who=who),
    "moderator": lambda say, who: say("Moderating from now on: {who}.", who=who),
    "reserve": lambda say, who: say("May take over from now on if no facilitator is there: {who}.", who=who),
}
_HAVE: Mapping[str, _Words] = {
    "facilitator": lambda say, who: say("Facilitating already: {who}.", who=who),
    "moderator": lambda say, who: say("Moderating already: {who}.", who=who),
    "reserve": lambda say, who: say("A reserve already: {who}.", who=who),
}
_TAKEN: Mapping[str, _Words] = {
    "facilitator": lambda say, who: say("Not facilitating any more: {who}.", who=who),
    "moderator": lambda say, who: say("Not moderating any more: {who}.", who=who),
    "reserve": lambda say, who: say("Not a reserve any more: {who}.", who=who),
}
_HAVE_NOT: Mapping[str, _Words] = {
    "facilitator": lambda say, who: say("Does not facilitate, so nothing was changed: {who}.", who=who),
    "moderator": lambda say, who: say("Does not moderate, so nothing was changed: {who}.", who=who),
    "reserve": lambda say, who: say("Is not a reserve, so nothing was changed: {who}.", who=who),
}


def given(say: Words, facts: Facts) -> str:
    """Who was given a role, and who had it already."""
    return _told(_GIVEN, _HAVE, say, facts) or say("A role was given.")


def taken(say: Words, facts: Facts) -> str:
    """Whom a role was taken from, and who did not have it."""
    return _told(_TAKEN, _HAVE_NOT, say, facts) or say("A role was taken back.")


def _told(done: Mapping[str, _Words], so: Mapping[str, _Words], say: Words, facts: Facts) -> str:
    role = str(facts.get("role", ""))
    who, already = str(facts.get("who", "")), str(facts.get("already", ""))
    told = [words[role](say, names) for words, names in ((done, who), (so, already)) if names and role in words]
    return " ".join(told)


def last_facilitator(say: Words, facts: Facts) -> str:
    """Somebody has to lead."""
    return say(
        "At least one facilitator has to stay. Name another one first: @Kolbot {word} @Anna",
        word=COMMAND_WORDS["facilitator"](say),
    )


def only_reserves(say: Words, facts: Facts) -> str:
    """Who may take over: those who were named for it, else whoever moderates."""
    if facts.get("reserves"):
        return say("Only a reserve can take over. Reserves here: {who}.", who=facts["reserves"])
    if facts.get("moderators"):
        return say(
            "No reserve was named, so only a moderator can take over. Moderators here: {who}.", who=facts["moderators"]
        )
    return say("Only a person named as a reserve can take over; a moderator can where no reserve was named.")


def taken_over(say: Words, facts: Facts) -> str:
    """For everybody: somebody else leads now."""
    who = str(facts.get("who", ""))
    if not who:
        return say("The workshop was taken over, because no facilitator had acted for five minutes.")
    return say("Taken over by {who}, because no facilitator had acted for five minutes.", who=who)


def outside(say: Words, facts: Facts) -> str:
    """Who is not in the conversation; nobody was given anything, or lost it."""
    who = str(facts.get("who", "")) or "@…"
    if not facts.get("named", 1):
        return say(
            "Not in this conversation: {who}. To take a role from somebody who has left, press “{button}” in the "
            "console. Nothing was changed.",
            who=who,
            button=say("People and roles …"),
        )
    return say("Not in this conversation: {who}. Add them to it first. Nobody was named.", who=who)


def not_looked_up(say: Words, facts: Facts) -> str:
    """Teams did not say who somebody is."""
    who = str(facts.get("who", "")) or "@…"
    return say("Teams does not tell just now who this is: {who}. Nothing was changed; try again in a moment.", who=who)
