"""The form of those who lead: who has which role in the workshop, each with Remove, and a picker to name more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Any

from cards import elements as el, phrases as ph
from cards.group_words import group_called
from cards.help import COMMAND_WORDS
from cards.notice import told
from locales import Words
from workshop.model import Status, Workshop
from workshop.views import RolesForm

LISTED = 30
"""People shown with a button; there are seldom so many, and more would make the card too large."""
MEMBERS = "graph.microsoft.com/users?scope=currentContext"
"""What Teams calls the people of the conversation that the dialog was opened in."""

_HEADINGS: Mapping[str, Callable[[Words], str]] = {
    "facilitator": lambda say: say("Facilitators"),
    "moderator": lambda say: say("Moderators"),
    "reserve": lambda say: say("Reserves"),
}
_CALLED: Mapping[str, Callable[[Words], str]] = {
    "facilitator": lambda say: say("Facilitator: steers the workshop"),
    "moderator": lambda say: say("Moderator: reads what is not shown yet, hides and puts into themes"),
    "reserve": lambda say: say("Reserve: may take over if no facilitator is there for five minutes"),
}


def _form(view: RolesForm, say: Words) -> el.Card:
    w = view.workshop
    body: list[el.Element] = [*told(view.sentence, say)]
    holders = list(_holders(w, say))
    shown = ""
    for heading, role, person in islice(holders, LISTED):
        if heading != shown:
            body.append(el.heading(heading, "Default", spacing="Medium"))
            shown = heading
        body.append(_holder(w, role, person, say))
    if len(holders) > LISTED:
        left = len(holders) - LISTED
        body.append(el.line(say.plural("… and {n} more", "… and {n} more", left), subtle=True))
    body += [el.heading(say("Give somebody a role"), "Default", spacing="Medium"), _people(view, say)]
    body += [_roles(view, say), el.buttons([el.submit(say("Name them"), "named", "positive", w=w.id)])]
    hint = say("Or type it, for example: @Kolbot {word} @Anna", word=COMMAND_WORDS["moderator"](say))
    body.append(el.line(hint, subtle=True, size="Small"))
    return el.card(body, [el.submit_without_fields(say("Back to the console"), "console", w=w.id)], say.language)


def _holders(w: Workshop, say: Words) -> Iterable[tuple[str, str, str]]:
    """(heading, role as the button carries it, person), in the order in which they are listed."""
    for role, heading in _HEADINGS.items():
        yield from ((heading(say), role, person.id) for person in w.people.values() if getattr(person, role))
    for group in w.groups:
        called = say("Facilitators of {group}", group=group_called(group.number, say))
        yield from ((called, str(group.number), person) for person in group.facilitators)


def _holder(w: Workshop, role: str, person: str, say: Words) -> el.Element:
    name = ph.shortened(w.people[person].name, ph.NAME)
    remove = el.submit_without_fields(say("Remove"), "unnamed", w=w.id, role=role, person=person)
    remove.tooltip = say("Remove: {name}", name=name)
    return el.row((el.said(name, spacing="None"), "stretch"), (el.buttons([remove]), "auto"))


def _people(view: RolesForm, say: Words) -> el.Element:
    """Teams finds everybody of the conversation; who has joined is there to choose where it cannot."""
    known = {person for person, _ in view.offered}
    return el.teams.ChoiceSetInput(
        id="person",
        label=say("Who"),
        choices=[el.choice(name, person) for person, name in view.offered],
        choices_data=el.teams.QueryData(dataset=MEMBERS),
        value=",".join(person for person in view.chosen if person in known) or None,
        placeholder=say("Type a name"),
        is_multi_select=True,
        style="filtered",
        wrap=True,
        is_required=True,
        error_message=say("Please choose at least one person."),
    )


def _roles(view: RolesForm, say: Words) -> el.Element:
    w = view.workshop
    choices = [el.choice(called(say), role) for role, called in _CALLED.items()]
    if w.status is Status.FINISHED:  # only who reads and hides is still named then
        choices = [el.choice(_CALLED["moderator"](say), "moderator")]
    else:
        called = [(group.number, group_called(group.number, say)) for group in w.groups]
        choices += [
            el.choice(say("Facilitator of {group}: its steps and its time", group=name), str(number))
            for number, name in called
        ]
    values = [one.value for one in choices]
    return el.teams.ChoiceSetInput(
        id="role",
        label=say("Which role"),
        choices=choices,
        value=view.role if view.role in values else values[0],
        style="compact",
        wrap=True,
    )


DRAWS: dict[type, Callable[[Any, Words], el.Card]] = {RolesForm: _form}
TITLES: dict[type, Callable[[Any, Words], str]] = {RolesForm: lambda view, say: say("People and roles")}
