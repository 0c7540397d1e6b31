"""What of an event goes into the audit trail: who did what to the workshop. Never what anybody wrote."""

from __future__ import annotations

from typing import Any

import orjson

from workshop import events as e
from workshop.model import Workshop

Detail = dict[str, Any]


def trail_row(workshop: Workshop, event: e.AnyEvent) -> dict[str, Any] | None:
    """The line of the audit trail for an event; nothing for what people do for themselves."""
    detail = _detail(workshop, event)
    if detail is None:
        return None
    return {
        "workshop": workshop.id,
        "at": event.at,
        "by": event.by,
        "action": type(event).__name__,
        "detail": orjson.dumps(detail).decode(),
    }


def _detail(workshop: Workshop, event: e.AnyEvent) -> Detail | None:  # noqa: C901 - one case an event
    match event:
        case e.AnswerSubmitted() | e.AnswerWithdrawn() | e.GroupAnswered() | e.TranslationsLost():
            return None
        case e.PersonChanged():
            roles = {"facilitator": event.facilitator, "moderator": event.moderator, "reserve": event.reserve}
            given = [role for role, holds in roles.items() if holds]
            taken = [role for role, holds in roles.items() if holds is False]
            if not given and not taken:
                return None
            detail: Detail = {"person": event.person, "given": given} | ({"taken": taken} if taken else {})
            return detail | ({"took_over": True} if event.took_over else {})
        case e.Opened():
            return {"template": event.plan.id}
        case e.StepOpened():
            opened = {"step": event.number, "way": event.way, "closes_at": event.closes_at.isoformat()}
            return opened | _group(event)
        case e.StepClosed():
            return {"step": event.number} | _group(event)
        case e.DeadlineChanged():
            return {"closes_at": event.closes_at.isoformat(), "outage": event.outage} | _group(event)
        case e.Paused() | e.Resumed():
            return _group(event)
        case e.TimeWarned():
            return None
        case e.Nudged():
            return ({"people": event.people} if event.people else {}) | _group(event)
        case e.NudgeReported():
            return {"reached": event.reached, "unreached": len(event.unreached)}
        case e.GroupsJoined():
            return {"groups": list(event.groups)}
        case e.GroupFacilitatorNamed():
            return {"person": event.person, "group": event.group, "named": event.named}
        case e.CasesProposed():
            return {"cases": len(event.cases)}
        case e.CaseAnswered():
            return {"case": event.case, "agreed": event.agreed}
        case e.PracticesChanged():
            return {"practices": len(event.practices)}
        case e.ListChanged():
            return {"expected": len(event.people)}
        case e.ExpectedCame():
            return None
        case e.GroupsFormed():
            return {"groups": [len(group.members) for group in event.groups]}
        case e.PersonPlaced():
            return {"person": event.person, "group": event.group}
        case e.GroupBound() | e.GroupUnbound():
            return {"group": event.group}
        case e.PlaceLost():
            return {"group": workshop.bindings[event.binding].group, "why": event.ended}
        case e.SpokespersonChanged():
            return {"person": event.person, "group": event.group}
        case e.LateAllowed():
            return {"allowed": event.allowed}
        case e.AnswersRevealed():
            return {"prompt": event.prompt}
        case e.ItemsPicked():
            return {"prompt": event.prompt, "picked": len(event.keys)}
        case e.EntryHidden() | e.EntryRestored() | e.EntryApproved() | e.EntrySpotlit():
            # Of an anonymous prompt not which: the entry's name is its answer's, and the line has a time.
            nameless = _nameless(workshop, event.prompt)
            return {"prompt": event.prompt} if nameless else {"prompt": event.prompt, "entry": event.entry}
        case e.EntryTranslated():
            nameless = _nameless(workshop, event.prompt)
            into: Detail = {"prompt": event.prompt, "language": event.language, "kept": bool(event.words)}
            return into if nameless else {**into, "entries": list(event.entries)}
        case e.ThemesChanged():
            return {"prompt": event.prompt, "themes": len(event.themes.now)}
        case _:
            return {}


def _nameless(workshop: Workshop, prompt: str) -> bool:
    """Whether nobody may learn whose an entry is; what an earlier cycle brought is nobody's here."""
    return prompt in workshop.plan.prompts and workshop.plan.prompts[prompt].anonymous


def _group(event: e.OnCourse) -> Detail:
    """Which group's course it was; nothing where it was that of all."""
    return {"group": event.group} if event.group else {}
