"""What is said about groups in one sentence: what was done, and why not. It decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cards.voices import group_name
from locales import Words
from workshop.refusals import Reason

Facts = Mapping[str, str | int]


def _number(facts: Facts, name: str) -> int:
    value = facts.get(name)
    return value if isinstance(value, int) else 0


def formed(say: Words, facts: Facts) -> str:
    """Groups were formed."""
    count = _number(facts, "groups")
    if not count:
        return _with_lost(say("The groups are formed; a card in the conversation says who is where."), say, facts)
    there = say.plural(
        "{n} group is formed; a card in the conversation says who is where.",
        "{n} groups are formed; a card in the conversation says who is where.",
        count,
    )
    return _with_lost(there, say, facts)


def dissolved(say: Words, facts: Facts) -> str:
    """Nobody works in a group any more."""
    return _with_lost(say("There are no groups any more: everybody works together."), say, facts)


def _with_lost(done: str, say: Words, facts: Facts) -> str:
    """What was done, and what ended with the groups that were there before."""
    lost = [done]
    if _number(facts, "apart"):
        lost.append(say("Groups that went at their own pace are where all are."))
    if _number(facts, "leaders"):
        lost.append(say("Nobody facilitates a group any more; where somebody shall, name them again."))
    return " ".join(lost)


def moved(say: Words, facts: Facts) -> str:
    """Somebody works in another group now."""
    done = say("Moved. The card in the conversation says so too.")
    of = _number(facts, "of")
    if not of:
        return done
    leads = say("Still leading {group}: {who}.", who=str(facts.get("who", "")), group=group_called(of, say))
    return f"{done} {leads}"


def group_called(number: int, say: Words) -> str:
    """What a group is called."""
    return say("Group {number}", number=say.number(number))


def led(say: Words, facts: Facts) -> str:
    """Somebody leads a group now."""
    who, of = str(facts.get("who", "")), _number(facts, "of")
    if who and of:
        return say("Leading {group} from now on: {who}.", who=who, group=group_called(of, say))
    if who:
        return say("Leading their groups from now on: {who}.", who=who)
    return say("A group has one more facilitator.")


def led_no_more(say: Words, facts: Facts) -> str:
    """Somebody leads a group no longer."""
    who, of = str(facts.get("who", "")), _number(facts, "of")
    if who and of:
        return say("Not leading {group} any more: {who}.", who=who, group=group_called(of, say))
    if who:
        return say("Not leading a group any more: {who}.", who=who)
    return say("A group has one facilitator less.")


def _of(say: Words, facts: Facts) -> str:
    number = _number(facts, "group")
    return group_called(number, say) if number else say("The group")


def waits_now(say: Words, facts: Facts) -> str:
    """A group's step was closed, and the next one is for all."""
    return say(
        "{group}: the step is closed, and what comes next is for all together. The group waits for the others.",
        group=_of(say, facts),
    )


def through(say: Words, facts: Facts) -> str:
    """A group cannot go further by itself: what comes is everybody's step."""
    return say(
        "{group} is through with the steps that it can do by itself and waits for the others. A facilitator opens the "
        "next step for all.",
        group=_of(say, facts),
    )


def waits(say: Words, facts: Facts) -> str:
    """A group cannot go further by itself: what comes needs the others, or a facilitator."""
    return say(
        "{group} has to wait: the next step needs what all groups give, or something that a facilitator decides first.",
        group=_of(say, facts),
    )


def only_group_facilitators(say: Words, facts: Facts) -> str:
    """Who may do it for a group."""
    who = str(facts.get("who", ""))
    if who:
        return say("{group}: only these can do this: {who}.", who=who, group=_of(say, facts))
    return say("Only a facilitator, or who facilitates the group, can do this.")


def stranger(say: Words, facts: Facts) -> str:
    """Somebody was named who is not in the workshop."""
    who = str(facts.get("who", ""))
    if who:
        return say("Not in this workshop: {who}. Whoever shall lead a group has to join first.", who=who)
    return say("This person is not in the workshop. Whoever shall lead a group has to join first.")


def which_group(say: Words, facts: Facts) -> str:
    """Somebody was named who is in no group."""
    who = str(facts.get("who", ""))
    command = f"@Kolbot {group_called(2, say)} {say('facilitator')} @…"
    if who:
        return say("In no group: {who}. Please say which one, for example: {command}", who=who, command=command)
    return say("Please say which group, for example: {command}", command=command)


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


def not_in_groups(say: Words, facts: Facts) -> str:
    """A group was to be moved by itself where all go together."""
    return say("This step is for all together: no group has its own time in it.")


def first_in_group(say: Words, facts: Facts) -> str:
    """A group was to go back further than it can by itself."""
    return say("This is the first step that the group can do by itself. A facilitator can go back for all.")


REASONS: Mapping[Reason, Callable[[Words, Facts], str]] = {
    Reason.UNKNOWN_GROUP: unknown_group,
    Reason.NOT_IN_WORKSHOP: not_in_workshop,
    Reason.WRONG_GROUPS: wrong_groups,
    Reason.ONLY_GROUP_FACILITATORS: only_group_facilitators,
    Reason.WHICH_GROUP: which_group,
    Reason.STRANGER: stranger,
    Reason.NOT_IN_GROUPS: not_in_groups,
    Reason.FIRST_IN_GROUP: first_in_group,
    Reason.GROUP_THROUGH: through,
    Reason.GROUP_WAITS: waits,
}
"""Why something about a group was not done."""
