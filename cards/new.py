"""The form that opens a workshop: template, language, title, who may take over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from microsoft_teams import cards as teams

from cards.elements import Card, Element, box, card, choice, line, submit
from cards.help import COMMAND_WORDS
from cards.language import label_of
from cards.notice import told
from locales import Words
from workshop.people import FIELD_LIMIT
from workshop.plan import Plan, in_language
from workshop.views import NewForm

MANY = 6
"""Above this many names the list is one to search in."""


def _form(view: NewForm, say: Words) -> Card:
    body: list[Element] = [*told(view.sentence, say), _templates(view, say)]
    body += [_language(view, say), _title(view, say), _reserves(view, say)]
    body += [_about(plan, say) for plan in view.plans]
    return card(body, [submit(say("Open the workshop"), "open", "positive")], say.language)


def _templates(view: NewForm, say: Words) -> teams.ChoiceSetInput:
    ids = [plan.id for plan in view.plans]
    return teams.ChoiceSetInput(
        id="plan",
        label=say("Template"),
        choices=[choice(f"{_name(plan, say)} · {say.duration(plan.minutes)}", plan.id) for plan in view.plans],
        value=view.plan if view.plan in ids else next(iter(ids), None),
        style="expanded",
        wrap=True,
        is_required=True,
        error_message=say("Please choose one of the templates."),
    )


def _about(plan: Plan, say: Words) -> teams.Container:
    languages = say.list([say.name_of_language(language) for language in plan.languages])
    spoken = say("Languages: {languages}", languages=languages)
    return box(
        [
            line(_name(plan, say), weight="Bolder", size="Small"),
            line(in_language(plan.about, say.language), subtle=True, size="Small", spacing="None"),
            line(spoken, subtle=True, size="Small", spacing="None"),
        ],
        separator=True,
        spacing="Medium",
    )


def _name(plan: Plan, say: Words) -> str:
    return in_language(plan.title, say.language)


def _language(view: NewForm, say: Words) -> teams.ChoiceSetInput:
    offered = list(dict.fromkeys(language for plan in view.plans for language in plan.languages))
    return teams.ChoiceSetInput(
        id="language",
        label=say("Language of the cards that everybody sees"),
        choices=[choice(label_of(language, say), language) for language in offered],
        value=view.language if view.language in offered else next(iter(offered), None),
        style="compact",
        is_required=True,
        error_message=say("Please choose a language."),
    )


def _title(view: NewForm, say: Words) -> teams.TextInput:
    return teams.TextInput(
        id="title",
        label=say("Title"),
        placeholder=say("Left empty: the name of the template"),
        value=view.title or None,
        max_length=FIELD_LIMIT,
    )


def _reserves(view: NewForm, say: Words) -> Element:
    if not view.members:
        return line(
            say(
                "You can name more facilitators later: @Kolbot {word} and a mention of them.",
                word=COMMAND_WORDS["facilitator"](say),
            ),
            subtle=True,
        )
    known = {person for person, _ in view.members}
    return teams.ChoiceSetInput(
        id="reserves",
        label=say("Who may take over if no facilitator is there for five minutes? (optional)"),
        choices=[choice(name, person) for person, name in view.members],
        value=",".join(person for person in view.reserves if person in known) or None,
        is_multi_select=True,
        style="expanded" if len(view.members) <= MANY else "filtered",
        wrap=True,
    )


DRAWS: dict[type, Callable[[Any, Words], Card]] = {NewForm: _form}
TITLES: dict[type, Callable[[Any, Words], str]] = {NewForm: lambda view, say: say("A new workshop")}
