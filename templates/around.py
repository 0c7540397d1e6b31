"""What a template says around its stages: how groups are formed, and what follows the session. It asks nobody."""

from __future__ import annotations

import re

from templates.nodes import Scalar
from templates.part import Part
from templates.texts import got_at
from templates.wrong import Fault, one_of, shown
from workshop.plan import MIXED_BY, FollowUp, Forming

GROUP_LIMIT = 100
"""Most people in a group."""
DUE_LIMIT = 365
CHECK_IN_LIMIT = 730
"""Latest days after the end on which something is due, and on which commitments are looked at."""
DAYS_LIMIT = 12
"""Most days of a list."""


def read_forming(part: Part) -> Forming | None:
    """`groups: {size: 6, min: 4, max: 8, mix_by: [country, institution]}`; nothing where it is not there."""
    if not part.has("groups"):
        return None
    inner = Part(part.table.entries["groups"][1], "groups", "size, min, max, mix_by", part.reading)
    inner.knows("size", "min", "max", "mix_by")
    size = inner.integer("size", None, 1, GROUP_LIMIT)
    least = inner.integer("min", 1, 1, size)
    most = inner.integer("max", None, size, GROUP_LIMIT) if inner.has("max") else None
    mix_by = _mixed(inner) if inner.has("mix_by") else MIXED_BY
    inner.normal["mix_by"] = list(mix_by)
    part.normal["groups"] = inner.normal
    return Forming(size, least, most, mix_by)


def _mixed(part: Part) -> tuple[str, ...]:
    found: list[str] = []
    for node in part.rows("mix_by", 0, len(MIXED_BY)):
        word = node.words if isinstance(node, Scalar) else ""
        if word not in MIXED_BY:
            got = shown(word) or got_at(node)
            raise part.reading.wrong(node.line, Fault.UNKNOWN_MIX, got=got, right=one_of(list(MIXED_BY), word))
        if word in found:
            raise part.reading.wrong(node.line, Fault.MIX_TWICE, got=word)
        found.append(word)
    return tuple(found)


def read_follow_up(part: Part, retention_days: int) -> FollowUp | None:
    """`follow_up: {report_due_days: 14, …}`; nothing where it is not there. What is due later than the answers that it
    is made of are kept is refused."""
    if not part.has("follow_up"):
        return None
    inner = Part(part.table.entries["follow_up"][1], "follow_up", "report_due_days, plan_due_days, …", part.reading)
    inner.knows("report_due_days", "plan_due_days", "remind", "check_in_days")
    due = {name: inner.integer(name, 0, 0, DUE_LIMIT) for name in ("report_due_days", "plan_due_days")}
    for name, days in due.items():
        if days > retention_days:
            raise inner.wrong(name, Fault.DUE_ERASED, name=name, days=days, kept=retention_days)
    remind = _days(inner, "remind", DUE_LIMIT)
    last = max(due.values())
    if remind and remind[-1] > last:
        raise inner.wrong("remind", Fault.REMIND_LATE, day=remind[-1], last=last)
    check_in = _days(inner, "check_in_days", CHECK_IN_LIMIT)
    part.normal["follow_up"] = inner.normal
    return FollowUp(due["report_due_days"], due["plan_due_days"], remind, check_in)


def _days(part: Part, name: str, most: int) -> tuple[int, ...]:
    """Days after the end, each once, the earliest first."""
    found: list[int] = []
    for node in part.rows(name, 0, DAYS_LIMIT) if part.has(name) else ():
        whole = isinstance(node, Scalar) and node.plain and re.fullmatch(r"[1-9][0-9]{0,8}", node.words, re.ASCII)
        if not isinstance(node, Scalar) or not whole or int(node.words) > most:
            said = f"an entry of {name}"
            raise part.reading.wrong(node.line, Fault.NOT_NUMBER, name=said, got=got_at(node), low=1, high=most)
        if found and int(node.words) <= found[-1]:
            raise part.reading.wrong(node.line, Fault.DAYS_ORDER, name=name, day=int(node.words), before=found[-1])
        found.append(int(node.words))
    part.normal[name] = found
    return tuple(found)
