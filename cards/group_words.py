"""What is said about groups in one sentence: what was done, and why not. It decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cards.voices import group_name
from locales import Words

Facts = Mapping[str, str | int]


def _number(facts: Facts, name: str) -> int:
    value = facts.get(name)
    return value if isinstance(value, int) else 0


def formed(say: Words, facts: Facts) -> str:
    """Groups were formed."""
    count = _number(facts, "groups")
    if not count:
        return say("The groups are formed; a card in the conversation says who is where.")
    return say.plural(
        "{n} group is formed; a card in the conversation says who is where.",
        "{n} groups are formed; a card in the conversation says who is where.",
        count,
    )


def not_in_workshop(say: Words, facts: Facts) -> str:
    """Somebody was named who is not (surely) there."""
    who = str(facts.get("who", ""))
    if who:
        return say(
            "“{who}” is nobody, or more than one, of those who have joined. Please give the whole name.", who=who
        )
    return say("Please say who: one of those who have joined.")


def unknown_group(say: Words, facts: Facts) -> str:
    """A group was named that there is not."""
    groups = str(facts.get("groups", ""))
    if groups:
        return say("There is no such group. Groups here: {groups}.", groups=groups)
    return say("Please say which group.")


def spoken_for(say: Words, facts: Facts) -> str:
    """Somebody else answers for the group."""
    return say(
        "{who} answers for {group}, so nothing of what you sent was recorded; your text is still here. You can take "
        "over: the group's record will say so.",
        who=str(facts.get("who", "")) or "–",
        group=group_name(_number(facts, "group"), say),
    )


def other_group(say: Words, facts: Facts) -> str:
    """A form or a button was for a group that somebody is in no more."""
    group = group_name(_number(facts, "group"), say)
    return say(
        "You are in {group} now, and this was for another group: nothing was recorded. What you see now is for "
        "{group}; your text is still here.",
        group=group,
    )


def speaks_for_group(say: Words, facts: Facts) -> str:
    """Somebody took over."""
    group = group_name(_number(facts, "group"), say)
    return say("You answer for {group} from now on; its record says so.", group=group)


def spokesperson_named(say: Words, facts: Facts) -> str:
    """A facilitator said who answers."""
    group = group_name(_number(facts, "group"), say)
    return say("{who} answers for {group} from now on.", who=str(facts.get("who", "")) or "–", group=group)


def wrong_groups(say: Words, facts: Facts) -> str:
    """Groups cannot be formed so: why, and what would be right."""
    found = _WHY.get(str(facts.get("why")))
    if found is None:
        return say("Give a whole number, for example 6 people in a group or 4 groups in all.")
    return found(say, facts)


def _empty_groups(say: Words, facts: Facts) -> str:
    return say.plural(
        "{n} person is in: so many groups would be more than there are people for them. Please give a smaller number.",
        "{n} people are in: so many groups would be more than there are people for them. Please give a smaller number.",
        _number(facts, "people"),
    )


def _apart_too_many(say: Words, facts: Facts) -> str:
    return say(
        "These have to be apart, but there are fewer groups than people to keep apart: {who}. More groups would be "
        "right, or a shorter list.",
        who=_who(facts, say),
    )


def _together_and_apart(say: Words, facts: Facts) -> str:
    return say(
        "These have to be together and apart at once: {who}. Please change one of the rules.", who=_who(facts, say)
    )


def _rules_clash(say: Words, facts: Facts) -> str:
    return say("No groups keep all these rules: {who}. Please change one of the rules.", who=_who(facts, say))


def _who(facts: Facts, say: Words) -> str:
    return str(facts.get("who", "")) or "–"


_WHY: Mapping[str, Callable[[Words, Facts], str]] = {
    "nobody": lambda say, facts: say("Nobody has joined yet, so there is nobody to form groups of."),
    "changed": lambda say, facts: say("Somebody joined or moved meanwhile. Please form the groups once more."),
    "empty_groups": _empty_groups,
    "apart_too_many": _apart_too_many,
    "together_and_apart": _together_and_apart,
    "rules_clash": _rules_clash,
    "list": lambda say, facts: say("Nobody who has joined is in a group on the organiser’s list."),
}
"""Why groups cannot be formed, by `workshop.groups.Why`; the others cannot come of the form."""
