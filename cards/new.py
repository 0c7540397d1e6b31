"""The form that opens a workshop: template, language, title, who may take over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from microsoft_teams import cards as teams

from cards.elements import Card, Element, box, buttons, card, choice, line, said, submit
from cards.help import COMMAND_WORDS
from cards.language import label_of
from cards.notice import told
from cards.typed import room
from locales import Words
from workshop.people import FIELD_LIMIT
from workshop.plan import Plan, in_language
from workshop.views import NewForm

SHOWN = 12
"""Above this many templates they are a list that opens."""
MANY = 6
"""Above this many names the list is one to search in."""


def _form(view: NewForm, say: Words) -> Card:
    body: list[Element] = [*told(view.sentence, say), *_removing(view, say), _templates(view, say)]
    body += [*second(view, say), language(view, say), title(view, say), reserves(view, say)]
    body += [_about(plan, say) for plan in view.plans]
    actions: list[teams.Action] = [submit(say("Open the workshop"), "open", "positive", earlier=of(view))]
    actions.append(submit(say("See and change the agenda …"), "agenda", earlier=of(view)))
    actions.append(submit(say("Paste a template …"), "paste", earlier=of(view)))
    if view.own or view.yours:
        actions.append(submit(say("Remove the chosen template …"), "template_remove"))
    return card(body, actions, say.language)


def second(view: NewForm, say: Words) -> list[Element]:
    """Whether it is a second cycle of a workshop that was finished here, and what would come along."""
    earlier = view.earlier
    if earlier is None:
        return []
    brought = earlier.brought
    facts = [
        say.plural("{n} open commitment", "{n} open commitments", len(brought.commitments)),
        say.plural("{n} open question", "{n} open questions", len(brought.questions)),
    ]
    along = say("What comes along: {what}, and to everybody their own commitments.", what=say.list(facts))
    switch = teams.ToggleInput(
        id="second",
        label=say("Second cycle"),
        title=say("Go on from what it left"),
        value="true" if earlier.chosen else "false",
        value_on="true",
        value_off="false",
    )
    ended = said(earlier.workshop.title_in(say.language), prefix=say("Finished here:") + " ")
    return [box([ended, line(along, subtle=True, size="Small", spacing="None"), switch], id="second_cycle")]


def of(view: NewForm) -> str | None:
    """The id of the workshop that a second cycle would go on from, for the buttons."""
    return view.earlier.workshop.id if view.earlier else None


def _removing(view: NewForm, say: Words) -> list[Element]:
    """The question that stands on top before one of the team's own is removed."""
    if view.removing is None:
        return []
    shall = say("Remove this template of your own for everybody here?")
    if view.removing in view.yours:
        shall = say("Remove this template of yours?")
    asked = said(view.removing.name, prefix=f"{shall} ")
    sure = submit(say("Yes, remove it"), "template_remove", "destructive", remove=view.removing.id)
    return [box([asked, buttons([sure])], style="warning", id="removing")]


def _templates(view: NewForm, say: Words) -> teams.ChoiceSetInput:
    ids = [*(plan.id for plan in view.plans), *(own.id for own in (*view.own, *view.yours))]
    choices = [choice(f"{_name(plan, say)} · {say.duration(plan.minutes)}", plan.id) for plan in view.plans]
    for own in view.own:
        facts = {"name": own.name, "time": say.duration(own.minutes)}
        choices.append(choice(say("Your own: {name} · {time}", **facts), own.id))
    for own in view.yours:
        facts = {"name": own.name, "time": say.duration(own.minutes)}
        choices.append(choice(say("Sent by you: {name} · {time}", **facts), own.id))
    return teams.ChoiceSetInput(
        id="plan",
        label=say("Template"),
        choices=choices,
        value=view.plan if view.plan in ids else next(iter(ids), None),
        style="expanded" if len(choices) <= SHOWN else "compact",
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


def language(view: NewForm, say: Words) -> teams.ChoiceSetInput:
    """Which of the languages that the templates have."""
    of_templates = [*(plan.languages for plan in view.plans), *(own.languages for own in (*view.own, *view.yours))]
    offered = list(dict.fromkeys(code for languages in of_templates for code in languages))
    return teams.ChoiceSetInput(
        id="language",
        label=say("Language of the cards that everybody sees"),
        choices=[choice(label_of(code, say), code) for code in offered],
        value=view.language if view.language in offered else next(iter(offered), None),
        style="compact",
        is_required=True,
        error_message=say("Please choose a language."),
    )


def title(view: NewForm, say: Words) -> teams.TextInput:
    """What the workshop is called."""
    return teams.TextInput(
        id="title",
        label=say("Title"),
        placeholder=say("Left empty: the name of the template"),
        value=view.title or None,
        max_length=room(FIELD_LIMIT, view.title),
    )


def reserves(view: NewForm, say: Words) -> Element:
    """Who may take over."""
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
