"""The console's buttons, in groups: only what this person may do now, each with the moves that it was shown with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from microsoft_teams import cards as teams

from cards.elements import Element, heading, line, submit
from cards.group_words import group_called
from cards.help import sets_of
from cards.phrases import reveal_first, shortened, unrevealed
from locales import Words
from workshop import commands as c
from workshop.keys import items_key_of
from workshop.model import Consent, Status
from workshop.own_pace import may_be_apart
from workshop.plan import in_language
from workshop.theming import sheets
from workshop.views import Console

LABEL = 60
"""Longest text of a question or step on a button, in code points."""


@dataclass(frozen=True, slots=True)
class Buttons:
    """Buttons that belong together, under their heading; `note` is what has to be known before one is pressed."""

    id: str
    title: str
    note: str
    actions: list[teams.Action]


def takes_more(view: Console) -> bool:
    """Whether something follows that cannot be named yet: while a step is open its answers still decide whether the
    next vote has too many candidates."""
    w = view.board.workshop
    return w.status is not Status.CLOSED and w.at + 1 < len(w.plan.places)


def next_label(view: Console, say: Words) -> str:
    """What Next does: the step that it opens, or the end."""
    if view.upcoming is not None:
        title = in_language(view.upcoming.step.title, say.language, view.board.workshop.language)
        return say("Next: {step}", step=shortened(title, LABEL))
    if view.proposes:
        return say("Next: ask the owners of the cases")
    return say("Next") if takes_more(view) else say("Finish the workshop")


def controls(view: Console, say: Words) -> list[Element]:
    """All groups that have a button now, each under its heading."""
    elements: list[Element] = []
    for group in groups_of_buttons(view, say):
        elements.append(heading(group.title, "Default"))
        if group.note:
            elements.append(line(group.note, subtle=True, spacing="None"))
        elements += sets_of(group.actions)
    return elements


def groups_of_buttons(view: Console, say: Words) -> list[Buttons]:
    """All groups that have a button now."""
    groups = (
        Buttons("course", say("Course"), "", _course(view, say)),
        Buttons("time", say("Time"), "", _time(view, say)),
        Buttons("groups", say("Single groups"), "", _single_groups(view, say)),
        Buttons("room", say("Room"), "", _room(view, say)),
        Buttons("reveal", say("Reveal"), reveal_first(view.board.workshop, say), _reveal(view, say)),
        Buttons("end", say("End"), "", _end(view, say)),
    )
    return [group for group in groups if group.actions]


def refresh(view: Console, say: Words) -> list[teams.Action]:
    """The console as it is then; names stay as they are, shown or hidden."""
    w = view.board.workshop
    return [submit(say("Refresh"), "console", w=w.id, names=view.show_names or None)]


def _course(view: Console, say: Words) -> list[teams.Action]:
    w, may = view.board.workshop, view.may
    at: dict[str, Any] = {"w": w.id, "moves": w.moves}
    actions: list[teams.Action] = []
    if c.TakeOver in may and not view.person.facilitator:
        actions.append(submit(say("Take over"), "takeover", w=w.id))
    if c.Start in may:
        actions.append(submit(say("Start"), "start", "positive", **at))
    if view.pick is not None and c.PickItems in may:
        of = {"prompt": view.pick, "case": view.pick_case or None}
        actions.append(submit(say("Pick what it is about"), "pick", "positive", w=w.id, **of))
    elif c.Next in may:
        actions.append(submit(next_label(view, say), "next", "positive", **at))
    if c.PickItems in may and (again := _picked(view)) is not None:
        actions.append(submit(say("Change what was picked"), "pick", w=w.id, prompt=again[0], case=again[1] or None))
    if c.DropCases in may and any(case.consent is Consent.ASKED for case in w.cases):
        actions.append(submit(say("Wait for no more owners"), "drop_cases", w=w.id))
    if c.Close in may:
        actions.append(submit(say("Close the step"), "close", **at))
    if c.Reopen in may:
        actions.append(submit(say("Reopen the step"), "reopen", **at))
    if c.Back in may:
        actions.append(submit(say("Back to the step before"), "back", **at))
    return actions


def _picked(view: Console) -> tuple[str, str] | None:
    """The prompt that comes (and its case) for which items were picked already."""
    if view.upcoming is None:
        return None
    w, step = view.board.workshop, view.upcoming.step
    cases = [case.key for case in w.cases_now] if step.case else [""]
    of = ((prompt.id, case) for prompt in step.prompts for case in cases)
    return next(((prompt, case) for prompt, case in of if items_key_of(prompt, case) in w.picked), None)


def _time(view: Console, say: Words) -> list[teams.Action]:
    w, may = view.board.workshop, view.may
    at: dict[str, Any] = {"w": w.id, "moves": w.moves}
    actions: list[teams.Action] = []
    if c.Extend in may:
        for minutes in (1, 5):
            label = say.plural("+{n} minute", "+{n} minutes", minutes)
            actions.append(submit(label, "extend", **at, minutes=minutes))
    if c.Pause in may:
        actions.append(submit(say("Pause"), "pause", **at))
    if c.Resume in may:
        actions.append(submit(say("Resume"), "resume", "positive", **at))
    return actions


def _single_groups(view: Console, say: Words) -> list[teams.Action]:
    """A console for each group that may go at its own pace now."""
    w = view.board.workshop
    if not may_be_apart(w):
        return []
    return [
        submit(say("{group} …", group=group_called(number, say)), "group_console", w=w.id, group=number)
        for number in view.leads
    ]


def _room(view: Console, say: Words) -> list[teams.Action]:
    w, may = view.board.workshop, view.may
    actions: list[teams.Action] = []
    if c.Nudge in may:
        actions.append(submit(say("Send a reminder"), "nudge", w=w.id, moves=w.moves))
    if c.AddPractices in may:
        actions.append(submit(say("Practices …"), "practices", w=w.id))
    if c.Expect in may:
        actions.append(submit(say("Participants …"), "people", w=w.id))
    if c.NameModerator in may:
        actions.append(submit(say("People and roles …"), "roles", w=w.id))
    if c.FormGroups in may:
        actions.append(submit(say("Groups …"), "groups", w=w.id))
    if c.PutIntoTheme in may and sheets(w):
        actions.append(submit(say("Themes …"), "themes", w=w.id))
    if c.HideEntry in may:
        actions.append(submit(say("Moderate"), "moderate", w=w.id, page=0))
        actions.append(submit(say("Everything so far"), "summary", w=w.id))
    if c.AllowLate in may:
        label = say("Take no late answers") if w.late_allowed else say("Take late answers")
        actions.append(submit(label, "late", w=w.id, allowed=not w.late_allowed))
    return actions


def _reveal(view: Console, say: Words) -> list[teams.Action]:
    w = view.board.workshop
    if c.RevealAnswers not in view.may:
        return []
    return [
        submit(
            say("Reveal: {question}", question=shortened(in_language(prompt.text, say.language, w.language), LABEL)),
            "reveal",
            w=w.id,
            prompt=prompt.id,
        )
        for prompt in unrevealed(w)
    ]


def _end(view: Console, say: Words) -> list[teams.Action]:
    w, may = view.board.workshop, view.may
    actions: list[teams.Action] = []
    if w.status is Status.FINISHED:
        actions.append(submit(say("A second cycle …"), "new", earlier=w.id, second=True))
    if c.Finish in may:
        actions.append(submit(say("Finish now …"), "finish", w=w.id, moves=w.moves))
    if c.Cancel in may:
        actions.append(submit(say("Cancel …"), "cancel", "destructive", w=w.id, moves=w.moves))
    return actions
