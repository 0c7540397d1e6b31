"""The facilitator's form of practices: those that are there, one to put in, a table to paste."""

from __future__ import annotations

from cards import elements as el
from cards.notice import told
from cards.practice_words import FIELDS
from cards.typed import room
from locales import Words
from workshop.model import Practice
from workshop.practices import LIMITS, MOST
from workshop.views import PracticesForm


def form(view: PracticesForm, say: Words) -> el.Card:
    """What is there with what can be taken out, and the fields for more."""
    w = view.workshop
    body: list[el.Element] = [*told(view.sentence, say)]
    body.append(
        el.line(say("What earlier sessions presented. Questions of the template can ask about these practices."))
    )
    body += [_there(number, practice, say) for number, practice in enumerate(w.practices, 1)]
    if w.practices:
        body.append(
            el.teams.ChoiceSetInput(
                id="gone",
                label=say("Take out"),
                choices=[el.choice(practice.title, str(place)) for place, practice in enumerate(w.practices)],
                is_multi_select=True,
                style="expanded",
                wrap=True,
            )
        )
        body.append(el.buttons([el.submit(say("Take these out"), "remove_practices", w=w.id)]))
    body += _fields(view, say)
    back = el.submit_without_fields(say("Back to the console"), "console", w=w.id)
    return el.card(body, [el.submit(say("Record"), "add_practices", "positive", w=w.id), back], say.language)


def _there(number: int, practice: Practice, say: Words) -> el.Element:
    more = " · ".join(el.isolated(words) for words in (practice.country, practice.whose, practice.link) if words)
    lines: list[el.Element] = [el.said(practice.title, prefix=f"{number}. ", weight="Bolder")]
    if more:
        lines.append(el.rich(el.run(more, subtle=True, size="Small"), spacing="None"))
    if practice.core:
        lines.append(el.rich(el.run(practice.core), spacing="None"))
    return el.box(lines, spacing="Small")


def _fields(view: PracticesForm, say: Words) -> list[el.Element]:
    fields: list[el.Element] = [el.heading(say("One more practice"), "Medium", spacing="Medium")]
    for id, limit in LIMITS.items():
        given = view.typed.get(id, "")
        fields.append(
            el.teams.TextInput(
                id=id,
                label=FIELDS[id](say),
                value=given or None,
                placeholder=say("At most {n} characters", n=say.number(limit)),
                max_length=room(limit, given),
                is_multiline=id == "core",
            )
        )
    fields.append(el.heading(say("Or a table of them"), "Medium", spacing="Medium"))
    columns = say.list([FIELDS[id](say) for id in LIMITS])
    hint = say(
        "One practice in a line, at most {limit}: paste from a spreadsheet, or separate the columns by semicolons. "
        "Columns: {columns}. Only the first is needed.",
        limit=say.number(MOST),
        columns=columns,
    )
    fields.append(el.line(hint, subtle=True))
    table = view.typed.get("table", "")
    fields.append(el.teams.TextInput(id="table", label=say("Table"), value=table or None, is_multiline=True))
    return fields


def form_title(view: PracticesForm, say: Words) -> str:
    """The title of the form's dialog."""
    return say("Practices")


DRAWS = {PracticesForm: form}
TITLES = {PracticesForm: form_title}
