"""Groups as those who answer: what they are called, and in the form who speaks for one's own. It decides nothing."""

from __future__ import annotations

from cards import elements as el
from locales import Words
from workshop.groupwork import GroupName
from workshop.views import GroupVoice

SHOWN = 60
"""Longest name of a person in these lines."""
EARLIER = 3
"""Names of those who spoke for a group before."""


def group_name(number: int, say: Words) -> str:
    """What a group is called; 0 is everybody, where there are no groups."""
    return say("Group {number}", number=say.number(number)) if number else say("Everybody together")


def who(name: str, say: Words) -> str:
    """Whose an answer is: a person's name as it is, or a group's in words."""
    if not isinstance(name, GroupName):
        return name
    said = group_name(name.number, say)
    return say("{group} (as it was before)", group=said) if name.earlier else said


def voice_lines(voice: GroupVoice, say: Words) -> list[el.Element]:
    """For which group a question is answered, and who does it. It holds names: runs only."""
    if voice.mine:
        said = say("You answer for it.")
    elif voice.speaks:
        said = say("{who} answers for it.", who=voice.speaks[:SHOWN])
    else:
        said = say("Whoever of you sends it first answers for it.")
    lines: list[el.Element] = [
        el.rich(el.run(who(voice.group, say), weight="Bolder"), el.run(f" · {said}"), spacing="Small")
    ]
    if voice.before:
        names = say.list([name[:SHOWN] for name in voice.before[-EARLIER:]])
        earlier = say("Before: {names}.", names=names)
        lines.append(el.rich(el.run(earlier, subtle=True, size="Small"), spacing="None"))
    return lines


def for_group(group: GroupName, say: Words) -> el.Element:
    """For which group something is recorded."""
    return el.line(say("For {group}", group=who(group, say)), subtle=True, size="Small", spacing="Small")
