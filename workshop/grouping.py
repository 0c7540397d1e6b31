"""Who works with whom: keeping formed groups, moving by hand, placing latecomers. Pure; called by `rules.decide`.

The search for even groups takes up to a second, so it is made before the command (`proposed`), not under the lock: here
it is checked against who is there by then.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from workshop import commands as c, events as e
from workshop.groups import Formed, Impossible, Member, Mix, Wish, form, in_order
from workshop.model import Group, Person, Workshop
from workshop.plan import MIXED_BY
from workshop.refusals import Reason, Refused
from workshop.regrouping import place
from workshop.stepping import gather_all

Outcome = tuple[e.AnyEvent, ...] | Refused


def proposed(
    w: Workshop,
    count: int = 0,
    size: int = 0,
    together: tuple[frozenset[str], ...] = (),
    apart: tuple[frozenset[str], ...] = (),
) -> Formed | Impossible:
    """The most even groups of those who have joined: so many groups, or of about a size. Where both are 0, as the
    template says, with its fewest and most people in a group; what was asked for by hand is not bound by these. Errors:
    `ValueError` where the template says nothing either."""
    wish = Wish(number=count or None, size=size or None, together=together, apart=apart, mix_by=_mix_by(w))
    forming = w.plan.forming
    if not count and not size:
        if forming is None:
            raise ValueError("neither the facilitator nor the template says how many")
        wish = replace(wish, size=forming.size, least=forming.least, most=forming.most)
    return form(map(_member, w.joined), wish)


def _mix_by(w: Workshop) -> tuple[tuple[Mix, int], ...]:
    """What is spread over the groups, with the weights of its order."""
    return in_order(*map(Mix, w.plan.forming.mix_by if w.plan.forming else MIXED_BY))


def form_groups(w: Workshop, command: c.FormGroups, now: datetime) -> Outcome:
    """Everybody who has joined is in a group: who joined since they were proposed is placed as a latecomer. Groups that
    there were before are gone, and with them their own courses and who was named to facilitate them."""
    seated = [person for members in command.groups for person in members]
    joined = {person.id for person in w.joined}
    if not seated or len(set(seated)) < len(seated) or not joined.issuperset(seated):
        return Refused(Reason.WRONG_GROUPS, {"why": "changed"})
    groups = tuple(Group(number, members) for number, members in enumerate(command.groups, 1) if members)
    formed = replace(w, groups=groups, together=command.together, apart=command.apart)
    for person in w.joined:
        if formed.group_of(person.id) is None:
            formed = replace(formed, groups=_with(formed.groups, person.id, where(formed, _member(person))))
    anew = e.GroupsFormed(
        by=command.by, at=now, groups=formed.groups, together=command.together, apart=command.apart
    )
    return (*gather_all(w, command.by, now), anew)


def move_to_group(w: Workshop, command: c.MoveToGroup, now: datetime) -> Outcome:
    """By hand, whatever the rules of forming were; 0 is a group of their own. Twice is once."""
    person = w.people.get(command.person)
    if person is None or not person.joined:
        return Refused(Reason.NOT_IN_WORKSHOP)
    if not w.groups:
        return Refused(Reason.NO_GROUPS)
    numbers = [group.number for group in w.groups]
    here = w.group_of(command.person)
    if command.group not in (0, *numbers):
        return Refused(Reason.UNKNOWN_GROUP, {"groups": ", ".join(map(str, numbers))})
    if here is not None and (here.number == command.group or (command.group == 0 and len(here.members) == 1)):
        return ()
    number = command.group or max(w.numbered, *numbers) + 1
    placed = e.PersonPlaced(by=command.by, at=now, person=command.person, group=number)
    if here is not None and here.number in w.courses and len(here.members) == 1:  # nobody is left on its own way
        return (e.GroupsJoined(by=command.by, at=now, groups=(here.number,)), placed)
    return (placed,)


def dissolve_groups(w: Workshop, command: c.DissolveGroups, now: datetime) -> Outcome:
    """Everybody works together from now on. Twice is once."""
    if not w.groups:
        return ()
    return (*gather_all(w, command.by, now), e.GroupsFormed(by=command.by, at=now, groups=()))


def name_group_facilitator(w: Workshop, command: c.NameGroupFacilitator, now: datetime) -> Outcome:
    """Somebody who is in the workshop, in the group or not, leads its steps and time, or no longer. Twice is once."""
    if not w.groups:
        return Refused(Reason.NO_GROUPS)
    if command.person not in w.people:
        return Refused(Reason.STRANGER, {"who": command.person_name})
    numbers = {group.number: group for group in w.groups}
    own = w.group_of(command.person)
    group = numbers.get(command.group) if command.group else own
    if group is None and command.group:
        return Refused(Reason.UNKNOWN_GROUP, {"groups": ", ".join(map(str, numbers))})
    if group is None:
        return Refused(Reason.WHICH_GROUP, {"who": w.people[command.person].name})
    if command.named == (command.person in group.facilitators):
        return ()
    named = e.GroupFacilitatorNamed(
        by=command.by, at=now, group=group.number, person=command.person, named=command.named
    )
    return (named,)


def latecomer(w: Workshop, member: Member, by: str, now: datetime) -> tuple[e.AnyEvent, ...]:
    """Somebody joined when the groups were formed already: they go where the groups stay most even."""
    if not w.groups or w.group_of(member.id) is not None:
        return ()
    return (e.PersonPlaced(by=by, at=now, person=member.id, group=where(w, member)),)


def where(w: Workshop, member: Member) -> int:
    """The number of the group that a latecomer goes to; the smallest where the rules leave none."""
    groups = {group.number: group.members for group in w.groups}
    seated = [_member(w.people[id]) for members in groups.values() for id in members]
    wish = Wish(number=len(groups), together=w.together, apart=w.apart, mix_by=_mix_by(w))
    found = place(groups, [*seated, member], member.id, wish)
    if isinstance(found, Impossible):
        return min(w.groups, key=lambda group: (len(group.members), group.number)).number
    return found


def _with(groups: tuple[Group, ...], person: str, number: int) -> tuple[Group, ...]:
    return tuple(
        replace(group, members=(*group.members, person)) if group.number == number else group for group in groups
    )


def _member(person: Person) -> Member:
    return Member(person.id, person.country, person.institution, person.role)
