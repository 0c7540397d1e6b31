"""Whose an answer is, in words, for everything that is drawn. Knows no card."""

from __future__ import annotations

from locales import Words
from workshop.groupwork import GroupName
from workshop.prompts.kind import Signed


def group_name(number: int, say: Words) -> str:
    """What a group is called; 0 is everybody, where there are no groups."""
    return say("Group {number}", number=say.number(number)) if number else say("Everybody together")


def author(name: str, say: Words) -> str:
    """A person's name as it is, or a group's in words."""
    if not isinstance(name, GroupName):
        return name
    said = group_name(name.number, say)
    return say("{group} (as it was before)", group=said) if name.earlier else said


def group_of(name: str, say: Words) -> str:
    """The label of the group that an author works in; a group's own answer is called by it already."""
    return group_name(name.group, say) if isinstance(name, Signed) and name.group else ""
