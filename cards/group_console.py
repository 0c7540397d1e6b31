"""The console of one group: where it is, who has not answered, and the buttons of its own steps and time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from microsoft_teams import cards as teams

from cards.cases import case_box
from cards.controls import LABEL
from cards.elements import Card, Element, box, buttons, card, heading, isolated, line, row, said, submit
from cards.group_words import group_called
from cards.help import sets_of
from cards.notice import told
from cards.phrases import shortened
from cards.reminder import reminded
from cards.standing import answered, where
from locales import Words
from workshop import commands as c
from workshop.model import RUNNING
from workshop.plan import in_language
from workshop.views import GroupConsole

NAMES = 60
"""Names shown of those who have not answered."""


def group_console(view: GroupConsole, say: Words) -> Card:
    """All of it; where nothing can be done for the group alone, why."""
    w, number = view.stands.workshop, view.stands.number
    stands: list[Element] = [said(w.title_in(say.language), weight="Bolder")]
    if w.status in RUNNING:
        stands.append(line(where(number, w, say), spacing="Small"))
        if so_many := answered(view.stands, say):
            stands.append(line(so_many, size="Large", weight="Bolder", id="answered"))
    again = submit(say("Refresh"), "group_console", w=w.id, group=number, names=view.show_names or None)
    body: list[Element] = [*told(view.sentence, say), row((stands, "stretch"), (buttons([again]), "auto"))]
    body += _step(view, say)
    if not view.may:
        body.append(line(say("Now all groups go together: nothing can be done for one of them alone.")))
    for title, actions in ((say("Course"), _course(view, say)), (say("Time"), _time(view, say))):
        if actions:
            body += [heading(title, "Default"), *sets_of(actions)]
    if others := _elsewhere(view, say):
        body += sets_of(others)
    return card(body, language=say.language)


def _step(view: GroupConsole, say: Words) -> list[Element]:
    w = view.stands.workshop
    if w.status not in RUNNING or w.place is None or w.place.step.is_break:
        return []
    step, found = w.place.step, list[Element]()
    case = next((case for case in w.cases_now if case.group == view.stands.number), None) if step.case else None
    if case is not None:
        found.append(case_box(case, w, say))
    found += [*_silent(view, say), *reminded(w, view.stands.number, say)]
    if step.say is not None:
        aloud = line(in_language(step.say, say.language, w.language))
        found.append(box([heading(say("To read aloud"), "Default"), aloud], style="emphasis"))
    return found


def _silent(view: GroupConsole, say: Words) -> list[Element]:
    """Who of the group has not answered: names only when asked for, because screens are shared."""
    if view.silent is None:
        return [line(say("Who has not answered stays unknown: this step is anonymous."), subtle=True)]
    if not view.silent:
        return []
    missing = say.plural("{n} person has not answered yet.", "{n} people have not answered yet.", len(view.silent))
    at = {"w": view.stands.workshop.id, "group": view.stands.number}
    label = say("Hide names") if view.show_names else say("Show names")
    switch = submit(label, "group_console", **at, names=None if view.show_names else True)
    lines: list[Element] = [row((line(missing), "stretch"), (buttons([switch]), "auto"))]
    if view.show_names:
        lines.append(said(", ".join(map(isolated, view.silent[:NAMES]))))
    return lines


def _course(view: GroupConsole, say: Words) -> list[teams.Action]:
    may, at = view.may, _at(view)
    actions: list[teams.Action] = []
    if c.Next in may:
        actions.append(submit(_next(view, say), "next", "positive", **at))
    if c.Close in may and view.upcoming is not None:
        actions.append(submit(say("Close the step"), "close", **at))
    if c.Reopen in may:
        actions.append(submit(say("Reopen the step"), "reopen", **at))
    if c.Back in may:
        actions.append(submit(say("Back to the step before"), "back", **at))
    return actions


def _next(view: GroupConsole, say: Words) -> str:
    """The step that opens for the group; or that it closes what it is at, and waits."""
    if view.upcoming is None:
        return say("Close the step and wait for the others") if c.Close in view.may else say("Next")
    title = in_language(view.upcoming.step.title, say.language, view.stands.workshop.language)
    return say("Next: {step}", step=shortened(title, LABEL))


def _time(view: GroupConsole, say: Words) -> list[teams.Action]:
    may, at = view.may, _at(view)
    actions: list[teams.Action] = []
    if c.Extend in may:
        for minutes in (1, 5):
            label = say.plural("+{n} minute", "+{n} minutes", minutes)
            actions.append(submit(label, "extend", **at, minutes=minutes))
    if c.Pause in may:
        actions.append(submit(say("Pause"), "pause", **at))
    if c.Resume in may:
        actions.append(submit(say("Resume"), "resume", "positive", **at))
    if c.Nudge in may:
        actions.append(submit(say("Remind the group"), "nudge", **at))
    return actions


def _elsewhere(view: GroupConsole, say: Words) -> list[teams.Action]:
    """Other groups' consoles, and that of all, for whom they are."""
    w = view.stands.workshop
    actions: list[teams.Action] = [
        submit(say("{group} …", group=group_called(other, say)), "group_console", w=w.id, group=other)
        for other in view.others
    ]
    if view.whole:
        actions.append(submit(say("Back to the console"), "console", w=w.id))
    return actions


def _at(view: GroupConsole) -> dict[str, Any]:
    w = view.stands.workshop
    return {"w": w.id, "moves": w.moves, "group": view.stands.number}


def title(view: GroupConsole, say: Words) -> str:
    """The title of the dialog."""
    return say("Console of {group}", group=group_called(view.stands.number, say))


DRAWS: dict[type, Callable[[Any, Words], Card]] = {GroupConsole: group_console}
TITLES: dict[type, Callable[[Any, Words], str]] = {GroupConsole: title}
