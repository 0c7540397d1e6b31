"""Who answers for a group: one at a time, whoever answers first, is named, or takes over. Pure; asked by `rules.decide`
and by the rules of answering. What is recorded for a group is never about one person."""

from __future__ import annotations

from datetime import datetime

from workshop import commands as c, events as e
from workshop.groupwork import GroupName, Spoke
from workshop.keys import group_key, told_key
from workshop.model import Group, Workshop
from workshop.plan import Prompt
from workshop.refusals import Reason, Refused

Outcome = tuple[e.AnyEvent, ...] | Refused


def voices(w: Workshop) -> tuple[str, ...]:
    """The keys of all groups that there are now: one, everybody's, where there are none."""
    return tuple(group_key(group.number, w.forming) for group in w.groups) or (group_key(0, 0),)


def authors_of(w: Workshop, prompt: Prompt, group: Group) -> tuple[str, ...]:
    """Whose answers to a prompt are a group's: its people's, or (asked per group) its own."""
    return (group_key(group.number, w.forming),) if prompt.per_group else group.members


def record_of(w: Workshop, group: str) -> tuple[Spoke, ...]:
    """Everybody who has spoken for a group (its key), in order. How many they are tells whether a button is stale."""
    return tuple(spoke for spoke in w.spokes if spoke.group == group)


def speaker(w: Workshop, group: str) -> str:
    """Who speaks for a group (its key): the last who did, as long as they are in it; else nobody, so the next may."""
    last = next((spoke.person for spoke in reversed(w.spokes) if spoke.group == group), "")
    return last if last and w.voice(last) == group else ""


def may_speak(w: Workshop, person: str, seen: int | None) -> bool:
    """Whether somebody may answer for their group now: they do already, nobody does, or they take over from whom they
    saw (`seen`: how long the group's record was then)."""
    group = w.voice(person)
    return speaker(w, group) in ("", person) or seen == len(record_of(w, group))


def spoken_for(w: Workshop, person: str) -> Refused:
    """Somebody else answers for this person's group: who."""
    group = w.voice(person)
    return Refused(
        Reason.SPOKEN_FOR, {"who": w.people[speaker(w, group)].name, "group": GroupName(group, w.forming).number}
    )


def other_group(w: Workshop, person: str, group: str) -> Refused | None:
    """A form or a button of another group is never taken for the one that somebody is in by now."""
    now = w.voice(person)
    return Refused(Reason.OTHER_GROUP, {"group": GroupName(now, w.forming).number}) if group not in ("", now) else None


def begins(w: Workshop, person: str, now: datetime) -> tuple[e.AnyEvent, ...]:
    """That somebody speaks for their group from now on; nothing where they did already."""
    group = w.voice(person)
    if speaker(w, group) == person:
        return ()
    return (e.SpokespersonChanged(by=person, at=now, group=group, person=person),)


def tells(w: Workshop, person: str, prompt: Prompt, case: str, now: datetime) -> tuple[e.AnyEvent, ...]:
    """That what is recorded for a group is from this person's hand; nothing where it was before."""
    group = w.voice(person)
    if w.told_by.get(told_key(prompt.id, case, group)) == person:
        return ()
    return (e.GroupAnswered(by=person, at=now, group=group, prompt=prompt.id, case=case),)


def speak_for_group(w: Workshop, command: c.SpeakForGroup, now: datetime) -> Outcome:
    """Take over from whoever the person saw speaking; two who do it at once are told of each other. Twice is once."""
    moved = other_group(w, command.by, command.group)
    if moved is not None:
        return moved
    if not may_speak(w, command.by, command.seen):
        return spoken_for(w, command.by)
    return begins(w, command.by, now)


def name_spokesperson(w: Workshop, command: c.NameSpokesperson, now: datetime) -> Outcome:
    """Somebody speaks for the group that they are in. Twice is once."""
    person = w.people.get(command.person)
    if person is None or not person.joined:
        return Refused(Reason.NOT_IN_WORKSHOP)
    group = w.voice(person.id)
    if speaker(w, group) == person.id:
        return ()
    return (e.SpokespersonChanged(by=command.by, at=now, group=group, person=person.id),)
