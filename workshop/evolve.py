"""How a workshop looks after an event. Pure; it trusts the event, because only `rules.decide` makes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from workshop import events as e
from workshop.binding import bound, hook_of, lost as place_lost, regrouped, unbound
from workshop.keys import items_key_of, prompt_of, themes_key, told_key
from workshop.model import COURSE, Consent, Group, Lit, Move, Nudge, Person, Spoke, Status, Warned, Workshop
from workshop.pace import CourseEvent, after
from workshop.plan import Item
from workshop.translations import Translated, Translation


def evolve(workshop: Workshop | None, happened: Iterable[e.AnyEvent]) -> Workshop:
    """The workshop after these events, its revision one higher (one change, however many events)."""
    for event in happened:
        workshop = _after(workshop, event)
        if not isinstance(event, _GIVEN) and _leads(workshop, event.by):
            workshop = replace(workshop, acted_at=event.at)
    assert workshop is not None, "the first event of a workshop is Opened"
    return _counted(workshop)


_GIVEN = (e.AnswerSubmitted, e.AnswerWithdrawn, e.GroupAnswered, e.TranslationsLost)
"""What a facilitator who takes part does for themselves: it is no leading."""


def _counted(workshop: Workshop) -> Workshop:
    """The same at the next revision. By hand, because every answer does this and `replace` takes thirty times as
    long; that is why a workshop has no slots."""
    counted = object.__new__(Workshop)
    vars(counted).update(vars(workshop), revision=workshop.revision + 1)
    return counted


def _after(workshop: Workshop | None, event: e.AnyEvent) -> Workshop:  # noqa: C901 - one case an event
    if isinstance(event, e.Opened):
        return Workshop(
            id=event.id,
            tenant=event.tenant,
            home=event.home,
            title=event.title,
            language=event.language,
            plan=event.plan,
            opened_by=event.by,
            opened_at=event.at,
            secret=event.secret,
            brought=event.brought,
            together=event.brought.together if event.brought else (),
            apart=event.brought.apart if event.brought else (),
        )
    assert workshop is not None
    w = workshop
    match event:
        case e.AnswerSubmitted() | e.AnswerWithdrawn():
            return w
        case e.PersonChanged():
            people = {**w.people, event.person: _changed(w.people.get(event.person), event)}
            return replace(w, people=people, takeovers=(*w.takeovers, *([event.person] if event.took_over else [])))
        case e.StepOpened():
            items, on = dict(event.items), _on_course(w, event)
            gone = {name: _gone(w, name, now) for name, now in items.items()}
            lost = {name for name in gone if len(gone[name]) > len(w.gone.get(name, ()))}
            rounds = {prompt: w.round_of(prompt) + 1 for prompt in {prompt_of(name) for name in lost}}
            return replace(
                on,
                gone={**w.gone, **{name: some for name, some in gone.items() if some or name in w.gone}},
                rounds={**w.rounds, **rounds},
                items={**w.items, **items},
                lit=w.lit if event.group else None,
                skipped=w.skipped if event.group else (w.skipped | set(event.skipped)) - {event.number},
            )
        case e.StepClosed() | e.DeadlineChanged() | e.Paused() | e.Resumed():
            return _on_course(w, event)
        case e.Finished():
            ended = replace(_ended(w), status=Status.FINISHED, skipped=w.skipped | set(event.skipped))
            return _moved(ended, "finish", event)
        case e.Cancelled():
            return _moved(replace(_ended(w), status=Status.CANCELLED), "cancel", event)
        case e.CasesProposed():
            known = {case.key: case for case in event.cases}
            queue = tuple(key for key in w.queue if key in known and known[key].consent is Consent.AGREED)
            return _moved(replace(w, cases=event.cases, queue=queue), "cases", event)
        case e.CaseAnswered():
            said = Consent.AGREED if event.agreed else Consent.DECLINED
            cases = tuple(replace(one, consent=said) if one.key == event.case else one for one in w.cases)
            order = [one.key for one in cases]
            queue = tuple(key for key in w.queue if key != event.case) + ((event.case,) if event.agreed else ())
            group = next((one.group for one in w.cases if one.key == event.case), 0)
            begun = any(place.number in w.stands(group).opened for place in w.plan.case_places)
            return replace(w, cases=cases, queue=queue if begun else tuple(sorted(queue, key=order.index)))
        case e.PracticesChanged():
            return replace(w, practices=event.practices)
        case e.ListChanged():
            return replace(w, expected=event.people)
        case e.ExpectedCame():
            seats = {**w.seats, event.person: event.group} if event.group else w.seats
            return replace(w, expected=tuple(one for one in w.expected if one.key != event.key), seats=seats)
        case e.GroupsFormed():
            return _formed(w, event)
        case e.GroupsJoined():
            moves = max(w.moves, *(w.courses[number].moves for number in event.groups)) + 1
            apart = {number: course for number, course in w.courses.items() if number not in event.groups}
            together = replace(w, courses=apart, moves=moves, last=Move("gather", event.by, event.at))
            return replace(together, opened=w.opened | event.opened, skipped=w.skipped - event.opened)
        case e.GroupFacilitatorNamed():
            return replace(w, groups=tuple(_led(group, event) for group in w.groups))
        case e.PersonPlaced():
            left = (replace(g, members=tuple(m for m in g.members if m != event.person)) for g in w.groups)
            there = next((g for g in w.groups if g.number == event.group), Group(event.group))
            joined = replace(there, members=(*there.members, event.person))
            others = (g for g in left if g.members and g.number != event.group)
            groups = tuple(sorted((*others, joined), key=lambda g: g.number))
            return regrouped(replace(w, groups=groups, numbered=max(w.numbered, event.group)))
        case e.GroupBound():
            return bound(w, event.group, event.place, event.at)
        case e.GroupUnbound():
            return unbound(w, event.group)
        case e.PlaceLost():
            return place_lost(w, event.binding, event.ended)
        case e.SpokespersonChanged():
            return replace(w, spokes=(*w.spokes, Spoke(event.group, event.person, event.by, event.at)))
        case e.GroupAnswered():
            return replace(w, told_by={**w.told_by, told_key(event.prompt, event.case, event.group): event.by})
        case e.LateAllowed():
            return replace(w, late_allowed=event.allowed)
        case e.AnswersRevealed():
            return replace(w, revealed=w.revealed | {event.prompt})
        case e.ItemsPicked():
            return replace(w, picked={**w.picked, items_key_of(event.prompt, event.case): event.keys})
        case e.EntryHidden():
            lit = None if w.lit and w.lit.entry == event.entry else w.lit
            return replace(w, hidden=w.hidden | {event.entry}, lit=lit)
        case e.EntryRestored():
            return replace(w, hidden=w.hidden - {event.entry})
        case e.EntryApproved():
            return replace(w, approved=w.approved | {event.entry})
        case e.EntrySpotlit():
            return replace(w, lit=Lit(event.prompt, event.entry))
        case e.SpotlightEnded():
            return replace(w, lit=None)
        case e.EntryTranslated():
            return replace(w, translations=_translated(w, event))
        case e.TranslationsLost():
            return replace(w, translations={k: one for k, one in w.translations.items() if k not in event.entries})
        case e.ThemesChanged():
            return replace(w, themes={**w.themes, themes_key(event.prompt, event.column): event.themes})
        case e.StagePostedAgain():
            place = w.for_group(event.group).place
            return _again(w, event.group, place.stage.id if place else "lobby", "stage", event.at)
        case e.BoardPostedAgain(group=0):
            return replace(w, board_posts=w.board_posts + 1, posted_at={**w.posted_at, "board": event.at})
        case e.BoardPostedAgain():
            return _again(w, event.group, "board", "board", event.at)
        case e.Nudged():
            nudge = Nudge(event.at, w.stands(event.group).at, event.group, event.by, event.people)
            return replace(w, nudges=(*w.nudges, nudge))
        case e.TimeWarned():
            warned = Warned(event.at, w.stands(event.group).at, event.group, event.apart)
            return replace(w, warnings=(*w.warnings, warned))
        case e.NudgeReported():
            nudge = replace(w.nudges[event.number], reached=event.reached, unreached=event.unreached)
            return replace(w, nudges=(*w.nudges[: event.number], nudge, *w.nudges[event.number + 1 :]))
        case _:
            assert_never(event)


def _translated(w: Workshop, event: e.EntryTranslated) -> Mapping[str, Translated]:
    found = dict(w.translations)
    for entry, whose in event.entries.items():
        known = found.pop(entry).into if entry in found else {}
        into = {language: one for language, one in known.items() if language != event.language}
        if event.words:
            into[event.language] = Translation(event.words, event.by)
        if into:
            found[entry] = Translated(event.prompt, whose, into)
    return found


def _again(w: Workshop, group: int, name: str, card: str, at: datetime) -> Workshop:
    """A card is posted again below, in the group's conversation or (0) where the workshop is held."""
    hook = hook_of(w, group)
    assert hook is not None, "what cannot hang anywhere is not posted again"
    posts = {**w.stage_posts, hook + name: w.stage_posts.get(hook + name, 0) + 1}
    return replace(w, stage_posts=posts, posted_at={**w.posted_at, hook + card: at})


def _on_course(w: Workshop, event: CourseEvent) -> Workshop:
    """The course of all after this, or that of a group, which from now on has its own."""
    if event.group:
        course = after(w.courses.get(event.group) or w.main, event)
        return replace(w, courses={**w.courses, event.group: course})
    course = after(w.main, event)
    return replace(w, **{name: getattr(course, name) for name in COURSE})


def _led(group: Group, event: e.GroupFacilitatorNamed) -> Group:
    if group.number != event.group:
        return group
    others = tuple(person for person in group.facilitators if person != event.person)
    return replace(group, facilitators=(*others, event.person) if event.named else others)


def _ended(w: Workshop) -> Workshop:
    """Without the key of the pseudonyms, and without the order in which anonymous notes were put into themes: with the
    times in the audit trail it would tell which of them was there first."""
    nameless = {prompt.id for prompt in w.plan.prompts.values() if prompt.anonymous}
    themes = {key: each.settled() if key.partition("/")[0] in nameless else each for key, each in w.themes.items()}
    ended = replace(w, secret=None, closes_at=None, remaining=None, themes=themes, courses={}, lit=None)
    return replace(ended, expected=(), seats={})


def _gone(w: Workshop, name: str, now: tuple[Item, ...]) -> tuple[Item, ...]:
    """What was asked about under this name at some time, and is not among what is asked about now."""
    there = {item.key for item in now}
    known = {item.key: item for item in (*w.gone.get(name, ()), *w.items.get(name, ()))}
    return tuple(item for key, item in known.items() if key not in there)


def _formed(w: Workshop, event: e.GroupsFormed) -> Workshop:
    """The same groups formed once more are the same groups; any others are new ones, whatever their numbers."""
    before, now = ({group.number: set(group.members) for group in groups} for groups in (w.groups, event.groups))
    anew = bool(now) and before != now
    formed = replace(
        w,
        groups=event.groups,
        grouped=w.grouped or bool(now),
        together=event.together,
        apart=event.apart,
        forming=w.forming + anew,
        numbered=max(now) if anew else w.numbered,
    )
    return regrouped(formed)


def _leads(workshop: Workshop, who: str) -> bool:
    return who in workshop.people and workshop.people[who].facilitator


def _moved(workshop: Workshop, name: str, event: e.AnyEvent) -> Workshop:
    """A change of everybody's course that is no step's (those are in `workshop.pace`)."""
    return replace(workshop, moves=workshop.moves + 1, last=Move(name, event.by, event.at))


def _changed(person: Person | None, event: e.PersonChanged) -> Person:
    before = person or Person(event.person, event.name or "")
    said = {
        "name": event.name,
        "language": event.language,
        "institution": event.institution,
        "country": event.country,
        "role": event.role,
        "challenge": event.challenge,
        "joined": event.joined,
        "facilitator": event.facilitator,
        "moderator": event.moderator,
        "reserve": event.reserve,
    }
    return replace(before, **{field: value for field, value in said.items() if value is not None})  # type: ignore[arg-type]
