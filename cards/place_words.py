"""What is said about groups' own conversations in one sentence: what was done, what was lost, and why not."""

from __future__ import annotations

from collections.abc import Mapping

from cards.help import COMMAND_WORDS, other_post as in_other_post
from locales import Words

Facts = Mapping[str, str | int]


def typed(say: Words, facts: Facts) -> str:
    """What to type in the conversation that is to be the group's."""
    number = _group(facts)
    word = say("group {number} here", number=say.number(number)) if number else COMMAND_WORDS["group_here"](say)
    return f"@Kolbot {word}"


def bound(say: Words, facts: Facts) -> str:
    """A conversation is the group's from now on."""
    title = str(facts.get("title", ""))
    if not _group(facts) or not title:
        return say("This conversation is the group's own now. Its cards follow here.")
    return say(
        "This conversation is group {group}'s own now, in “{title}”. Its cards follow here.",
        group=say.number(_group(facts)),
        title=title,
    )


def other_post(say: Words, facts: Facts) -> str:
    """Nothing is held in this post, but in another one beside it."""
    return in_other_post(str(facts.get("title") or "…"), say)


def refused(say: Words, facts: Facts) -> str:
    """The first post was not taken."""
    return say(
        "Kolbot cannot post in the conversation that was to be group {group}'s own: private channels refuse bots, or "
        "the app is not added there. The group works here. Add the app there or choose another channel or group chat, "
        "and type there: {command}",
        group=say.number(_group(facts)),
        command=typed(say, facts),
    )


def gone(say: Words, facts: Facts) -> str:
    """Nothing is taken any more."""
    return say(
        "Kolbot can no longer post in group {group}'s own conversation: it was deleted, or the app was removed there. "
        "The group goes on here. To give it another conversation, type there: {command}",
        group=say.number(_group(facts)),
        command=typed(say, facts),
    )


def taken(say: Words, facts: Facts) -> str:
    """The conversation is somebody else's."""
    group, title = _group(facts), str(facts.get("title", ""))
    if not group:
        return say(
            "A workshop is held in this conversation itself. Type this in the channel or group chat that is to be the "
            "group's own."
        )
    if not title:
        return say(
            "This conversation is a group's own already. A facilitator can end that in the console, under Groups."
        )
    return say(
        "This conversation is group {group}'s own, in “{title}”. A facilitator can end that in the console, under "
        "Groups.",
        group=say.number(group),
        title=title,
    )


def private(say: Words, facts: Facts) -> str:
    """Somebody tries in their chat with Kolbot."""
    return say(
        "A group's own conversation is a channel or a group chat. Add Kolbot there, and type there: {command}",
        command=typed(say, facts),
    )


def other_tenant(say: Words, facts: Facts) -> str:
    """A conversation of another organisation."""
    return say("The workshop belongs to another organisation's Teams: a group's own conversation has to be there too.")


def leads_none(say: Words, facts: Facts) -> str:
    """Somebody tries who facilitates nothing."""
    return say(
        "Only a facilitator can give a group its own conversation, and you facilitate no workshop that is going on."
    )


def _group(facts: Facts) -> int:
    value = facts.get("group")
    return value if isinstance(value, int) else 0
