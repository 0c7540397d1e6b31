"""A group's conversation of its own: binding it, ending that, losing it. Pure; called by `rules.decide`.

Whether anything can be posted there nobody knows before it was tried: the first post decides.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from workshop import commands as c, events as e
from workshop.model import LIVE, Binding, Ended, Holder, Workshop
from workshop.refusals import Reason, Refused

Outcome = tuple[e.AnyEvent, ...] | Refused


def bind_group(w: Workshop, command: c.BindGroup, holder: Holder | None, now: datetime) -> Outcome:
    """The conversation is the group's from now on. Twice is once."""
    if command.tenant != w.tenant:
        return Refused(Reason.OTHER_TENANT, {"title": w.title})
    if not w.groups:
        return Refused(Reason.NO_GROUPS)
    numbers = [group.number for group in w.groups]
    if command.group not in numbers:
        return Refused(Reason.UNKNOWN_GROUP, {"groups": ", ".join(map(str, numbers))})
    if holder == Holder(w.id, command.group):
        return ()
    if holder is not None:
        title = w.title if holder.workshop == w.id else ""
        return Refused(Reason.PLACE_TAKEN, {"group": holder.group, "title": title})
    return (e.GroupBound(by=command.by, at=now, group=command.group, place=command.place),)


def unbind_group(w: Workshop, command: c.UnbindGroup, now: datetime) -> Outcome:
    """The group works where all do. Twice is once."""
    bound = any(group.number == command.group and group.place for group in w.groups)
    return (e.GroupUnbound(by=command.by, at=now, group=command.group),) if bound else ()


def lose_place(w: Workshop, command: c.LosePlace, now: datetime) -> Outcome:
    """Nothing can be posted there: it is told in the home conversation, once, unless the workshop has ended."""
    if not 0 <= command.binding < len(w.bindings) or w.bindings[command.binding].ended:
        return ()
    ended = Ended.GONE if command.ever else Ended.REFUSED
    if w.status not in LIVE:
        ended = Ended.OVER
    return (e.PlaceLost(by=command.by, at=now, binding=command.binding, ended=ended),)


def bound(w: Workshop, group: int, place: str, at: datetime) -> Workshop:
    """With this conversation as the group's own."""
    groups = tuple(replace(one, place=place) if one.number == group else one for one in w.groups)
    left = regrouped(replace(w, groups=groups))
    return replace(left, bindings=(*left.bindings, Binding(group, place, at, w.stands(group).at)))


def unbound(w: Workshop, group: int) -> Workshop:
    """Without a conversation of the group's own."""
    return regrouped(replace(w, groups=tuple(replace(g, place="") if g.number == group else g for g in w.groups)))


def lost(w: Workshop, number: int, ended: Ended) -> Workshop:
    """Without the conversation of this binding."""
    binding = replace(w.bindings[number], ended=ended)
    bindings = (*w.bindings[:number], binding, *w.bindings[number + 1 :])
    return unbound(replace(w, bindings=bindings), binding.group)


def regrouped(w: Workshop) -> Workshop:
    """Bindings of which the groups know nothing any more have ended: the conversation is nobody's."""
    if all(binding.ended or _holds(w, binding) for binding in w.bindings):
        return w
    return replace(
        w,
        bindings=tuple(one if one.ended or _holds(w, one) else replace(one, ended=Ended.LEFT) for one in w.bindings),
    )


def _holds(w: Workshop, binding: Binding) -> bool:
    return any(group.number == binding.group and group.place == binding.place for group in w.groups)


def current(w: Workshop, group: int) -> int | None:
    """The number of the group's binding, where it has a conversation of its own."""
    open_ones = [number for number, one in enumerate(w.bindings) if one.group == group and one.ended is None]
    return open_ones[-1] if open_ones else None


def hook(w: Workshop, number: int) -> str:
    """What the slots of this binding's conversation begin with; nothing else has it, ever."""
    return f"g{w.bindings[number].group}:{number}:"


def hook_of(w: Workshop, group: int) -> str | None:
    """The same of a group's own conversation, and "" for where the workshop is held (0)."""
    if not group:
        return ""
    number = current(w, group)
    return None if number is None else hook(w, number)
