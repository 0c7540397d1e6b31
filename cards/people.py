"""The facilitator's form of the organiser's list: a table to paste, and how many of it have not joined yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cards import elements as el
from cards.list_words import FIELDS
from cards.notice import told
from locales import Words
from workshop.expecting import LIMITS, MOST
from workshop.views import PeopleForm


def _people(view: PeopleForm, say: Words) -> el.Card:
    w = view.workshop
    body: list[el.Element] = [*told(view.sentence, say)]
    body.append(
        el.line(
            say(
                "Put in who is expected, so that nobody types at the session what is known. Each person sees what was "
                "noted about them when they join, and can change it."
            )
        )
    )
    if w.expected:
        left = say.plural("{n} person has not joined yet.", "{n} people have not joined yet.", len(w.expected))
        body.append(el.line(left, weight="Bolder"))
    hint = say(
        "One person in a line, at most {limit}: paste from a spreadsheet, or separate the columns by semicolons. A "
        "first line of headings says which column is which; without it they are: {columns}. A name or an "
        "address is enough.",
        limit=say.number(MOST),
        columns=say.list([FIELDS[id](say) for id in LIMITS]),
    )
    body.append(el.line(hint, subtle=True))
    body.append(el.teams.TextInput(id="table", label=say("Table"), value=view.table or None, is_multiline=True))
    body.append(el.line(say("Or send the table as a .csv file to Kolbot in your personal chat."), subtle=True))
    actions: list[el.teams.Action] = [el.submit(say("Record"), "expect", "positive", w=w.id)]
    if w.expected:
        actions.append(el.submit_without_fields(say("Forget the list"), "forget_list", w=w.id))
    actions.append(el.submit_without_fields(say("Back to the console"), "console", w=w.id))
    return el.card(body, actions, say.language)


DRAWS: dict[type, Callable[[Any, Words], el.Card]] = {PeopleForm: _people}
TITLES: dict[type, Callable[[Any, Words], str]] = {PeopleForm: lambda view, say: say("Participants")}
