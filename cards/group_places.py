"""Groups' own conversations on cards: the first message there, and the form that asks whose it is to be."""

from __future__ import annotations

from cards import elements as el, phrases as ph
from cards.notice import told
from cards.voices import group_name
from locales import Words
from workshop.model import LIVE, Status
from workshop.views import BindForm, GroupPlaceCard

LISTED = 40
"""Groups to choose from: of more workshops at once nobody is a facilitator."""


def group_place(view: GroupPlaceCard, say: Words) -> el.Card:
    """Whose conversation this is, and what comes here."""
    w = view.workshop
    body: list[el.Element] = [el.heading(group_name(view.group, say), "Large"), ph.title_line(w, say)]
    actions: list[el.teams.Action] = []
    if w.status is Status.CANCELLED:
        body.append(el.line(say("The workshop was cancelled.")))
    elif w.status not in LIVE:
        body.append(el.line(say("The workshop is finished.")))
    else:
        body.append(el.line(say("This conversation is the group's own: its stage cards and its board come here.")))
        actions.append(el.fetch(say("Facilitate"), "facilitate", w=w.id))
    members = next((group.members for group in w.groups if group.number == view.group), ())
    names = [ph.shortened(w.people[person].name, ph.NAME) for person in members]
    if names:
        body.append(el.rich(el.run(say.list(names)), spacing="Small"))
    return el.card(body, actions, say.language)


def form(view: BindForm, say: Words) -> el.Card:
    """Which group of which workshop this conversation is to belong to."""
    several = len(view.workshops) > 1
    choices = [
        el.choice(
            group_name(group.number, say) + (f" · {w.title_in(say.language)}" if several else ""),
            f"{w.id}/{group.number}",
        )
        for w in view.workshops
        for group in w.groups
        if view.group in (0, group.number)
    ][:LISTED]
    values = [choice.value for choice in choices]
    body: list[el.Element] = [
        *told(view.sentence, say),
        el.line(say("Whose own conversation is this to be? Its stage cards and its board come here.")),
        el.teams.ChoiceSetInput(
            id="choice",
            label=say("Group"),
            choices=choices,
            value=view.chosen if view.chosen in values else None,
            is_required=True,
            error_message=say("Please say which group."),
            style="expanded",
            wrap=True,
        ),
    ]
    return el.card(body, [el.submit(say("Make it the group's own"), "bind", "positive")], say.language)


def form_title(view: BindForm, say: Words) -> str:
    """The title of the form's dialog."""
    return say("A group's own conversation")


DRAWS = {GroupPlaceCard: group_place, BindForm: form}
TITLES = {BindForm: form_title}
