"""Workshop groups on cards: who works with whom for everybody, and the facilitator's form that makes it so."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cards import elements as el, phrases as ph
from cards.links import conversation_link
from cards.notice import told
from cards.voices import group_name
from locales import Words
from workshop.groupwork import GroupName
from workshop.model import LIVE, Group, Workshop
from workshop.plan import MIXED_BY
from workshop.spokespeople import speaker, voices
from workshop.views import GroupsCard, GroupsForm

LISTED = 80
"""Above this many people names are typed: three lists of them would be more than a card holds."""
MANY = 6
"""Above this many names the list is one to search in."""
SHOWN = 12
"""Names of one's own group above a form."""
BUDGET = 9_000
"""Code points of names on the card: with the rest it stays below what one message may weigh."""

MIX: Mapping[str, Callable[[Words], str]] = {
    "country": lambda say: say("country"),
    "institution": lambda say: say("institution"),
    "role": lambda say: say("role"),
}
"""What groups are mixed by, by the template's own names."""


def groups(view: GroupsCard, say: Words) -> el.Card:
    """Each group with its people; where there are none any more, that all work together."""
    w = view.workshop
    body: list[el.Element] = [el.heading(say("Groups"), "Large"), ph.title_line(w, say)]
    if not w.groups:
        body.append(el.line(say("There are no groups any more: everybody works together.")))
        return el.card(body, [], say.language)
    body.append(el.line(say("Who works with whom:")))
    body += _groups(w, say)
    actions = [el.fetch(say("Facilitate"), "facilitate", w=w.id)] if w.status in LIVE else []
    return el.card(body, actions, say.language)


def _groups(w: Workshop, say: Words) -> list[el.Element]:
    longest = min(ph.NAME, BUDGET // max(1, sum(len(group.members) for group in w.groups)))
    return [_group(group, w, say, longest) for group in w.groups]


def _group(group: Group, w: Workshop, say: Words, longest: int) -> el.Element:
    """Who is in it, and the way to its own conversation, where it has one."""
    names = say.list([ph.shortened(w.people[person].name, longest) for person in group.members])
    count = say.plural("{n} person", "{n} people", len(group.members))
    runs = [el.run(group_name(group.number, say), weight="Bolder"), *_led(group, count, w, say, longest)]
    if group.place:
        link = conversation_link(group.place, w.tenant)
        words = say("its own conversation")
        own = el.run(words, subtle=not link)
        if link:
            own.underline = True  # not by colour alone
            own.select_action = el.teams.OpenUrlAction(title=words, url=link)
        runs += [el.run(" · ", subtle=True), own]
    return el.box([el.rich(*runs), el.rich(el.run(names), spacing="None")], spacing="Medium")


def _led(group: Group, count: str, w: Workshop, say: Words, longest: int) -> list[el.teams.TextRun]:
    """How many it has, and who leads it."""
    if not group.facilitators:
        return [el.run(f" · {count}", subtle=True)]
    names = say.list([ph.shortened(w.people[person].name, longest) for person in group.facilitators])
    return [el.run(f" · {count} · " + say("led by: {names}", names=names), subtle=True)]


def group_line(w: Workshop, person: str, say: Words) -> list[el.Element]:
    """Whom somebody works with; nothing where there are no groups, or they are in none."""
    group = w.group_of(person)
    if group is None:
        return []
    others = [ph.shortened(w.people[other].name, ph.NAME) for other in group.members if other != person]
    words = f": {say.list(others[:SHOWN])}" if others else ""
    more = " " + say.plural("and {n} more", "and {n} more", len(others) - SHOWN) if len(others) > SHOWN else ""
    name = el.run(group_name(group.number, say), weight="Bolder", size="Small")
    return [el.rich(name, el.run(words + more, subtle=True, size="Small"), spacing="Small")]


def form(view: GroupsForm, say: Words) -> el.Card:
    """Form the groups, move somebody by hand, or let all work together again."""
    w = view.workshop
    people = say.plural("{n} person is in.", "{n} people are in.", len(w.joined))
    body: list[el.Element] = [*told(view.sentence, say), el.line(people)]
    body += _groups(w, say)
    body += _rules(w, say)
    body += _forming(view, say)
    again = say("Form the groups anew") if w.groups else say("Form the groups")
    body.append(el.buttons([el.submit(again, "form_groups", "positive", w=w.id)]))
    if w.groups:
        body += _moving(view, say)
        body += _places(w, say)
    if w.plan.asks_groups and w.joined:
        body += _speaking(view, say)
    actions: list[el.teams.Action] = [el.submit_without_fields(say("Back to the console"), "console", w=w.id)]
    if w.groups:
        actions.insert(0, el.submit_without_fields(say("No groups any more"), "dissolve_groups", w=w.id))
    return el.card(body, actions, say.language)


def _rules(w: Workshop, say: Words) -> list[el.Element]:
    """What was said before about who shares a group."""
    lines: list[el.Element] = []
    for rules, what in ((w.together, say("Together:")), (w.apart, say("Apart:"))):
        for rule in rules:
            names = [person.name for person in w.people.values() if person.id in rule]
            lines.append(el.said(say.list(names), prefix=what + " ", spacing="Small"))
    return lines


def _forming(view: GroupsForm, say: Words) -> list[el.Element]:
    w = view.workshop
    fields: list[el.Element] = [
        el.heading(say("Form groups"), "Medium", spacing="Medium"),
        el.line(_spread(w, say), subtle=True),
        el.teams.ChoiceSetInput(
            id="way",
            label=say("What the number says"),
            choices=[
                el.choice(say("people in a group"), "size"),
                el.choice(say("groups in all"), "count"),
                *([el.choice(say("nothing: the groups of the organiser’s list"), "list")] if w.seats else []),
            ],
            value=view.way,
            style="compact",
        ),
        el.teams.TextInput(
            id="number",
            label=say("Number"),
            placeholder=_default(w, say),
            value=view.number or None,
            max_length=12,
        ),
    ]
    for id, label, chosen in (
        ("together", say("Keep together in one group (optional)"), view.together),
        ("apart", say("Keep apart in different groups (optional)"), view.apart),
    ):
        fields.append(_people(w, id, label, chosen, True, say))
    if w.together or w.apart:
        fields.append(
            el.teams.ToggleInput(
                id="forget",
                label=say("Earlier rules"),
                title=say("Forget the earlier rules"),
                value="false",
                value_on="true",
                value_off="false",
            )
        )
    return fields


def _spread(w: Workshop, say: Words) -> str:
    """What is spread over the groups, as the template says."""
    by = [MIX[name](say) for name in (w.plan.forming.mix_by if w.plan.forming else MIXED_BY)]
    if len(by) == len(MIXED_BY):
        return say("Countries, institutions and roles are spread over the groups as evenly as can be.")
    if not by:
        return say("The template mixes the groups by nothing: only their sizes are even.")
    return say("Spread over the groups as evenly as can be: {what}.", what=say.list(by))


def _default(w: Workshop, say: Words) -> str | None:
    """What an empty number means."""
    forming = w.plan.forming
    if forming is None:
        return None
    if forming.most is None:
        facts = {"size": say.number(forming.size), "least": say.number(forming.least)}
        return say("Empty: as in the template, about {size} in a group, at least {least}", **facts)
    facts = {"size": say.number(forming.size), "least": say.number(forming.least), "most": say.number(forming.most)}
    return say("Empty: as in the template, about {size} in a group, from {least} to {most}", **facts)


def _moving(view: GroupsForm, say: Words) -> list[el.Element]:
    w = view.workshop
    numbers = [group.number for group in w.groups]
    choices = [el.choice(group_name(number, say), str(number)) for number in numbers]
    choices.append(el.choice(say("a new group"), "new"))
    led = any(group.facilitators for group in w.groups)
    return [
        el.heading(say("Move somebody, or let them lead a group"), "Medium", spacing="Medium"),
        el.line(say("Who leads a group moves its steps and its time, and no other's."), subtle=True),
        _people(w, "person", say("Who"), view.person, False, say),
        el.teams.ChoiceSetInput(
            id="group", label=say("Which group"), choices=choices, value=view.group or None, style="compact"
        ),
        el.buttons(
            [
                el.submit(say("Move"), "move_to_group", w=w.id),
                el.submit(say("Let them lead it"), "lead_group", w=w.id),
                *([el.submit(say("Lead it no more"), "unlead_group", w=w.id)] if led else []),
            ]
        ),
    ]


def _places(w: Workshop, say: Words) -> list[el.Element]:
    """How a group gets a conversation of its own, and how that ends."""
    lines: list[el.Element] = [
        el.heading(say("Conversations of their own"), "Medium", spacing="Medium"),
        el.line(
            say(
                "A group can have a channel or group chat of its own: add Kolbot there and type there, for its number: "
                "{command}",
                command=f"@Kolbot {say('group {number} here', number=say.number(w.groups[0].number))}",
            )
        ),
    ]
    bound = [group.number for group in w.groups if group.place]
    if bound:
        lines += [
            el.teams.ChoiceSetInput(
                id="unbound",
                label=say("Whose own conversation ends"),
                choices=[el.choice(group_name(number, say), str(number)) for number in bound],
                style="compact",
            ),
            el.buttons([el.submit(say("End its own conversation"), "unbind", w=w.id)]),
        ]
    return lines


def _speaking(view: GroupsForm, say: Words) -> list[el.Element]:
    """Who answers for each group, and the field that says it."""
    w = view.workshop
    lines: list[el.Element] = [
        el.heading(say("Who answers for their group"), "Medium", spacing="Medium"),
        el.line(say("Whoever answers first does, unless you name somebody; others of the group can take over.")),
    ]
    for voice in voices(w):
        number, now = GroupName(voice, w.forming).number, speaker(w, voice)
        name = w.people[now].name if now else say("nobody yet")
        lines.append(el.said(ph.shortened(name, ph.NAME), prefix=group_name(number, say) + ": ", spacing="Small"))
    return [
        *lines,
        _people(w, "speaker", say("Who answers"), view.speaker, False, say),
        el.buttons([el.submit(say("Let them answer for their group"), "name_speaks", w=w.id)]),
    ]


def _people(w: Workshop, id: str, label: str, chosen: str, several: bool, say: Words) -> el.Element:
    """A list to choose from; of more people than a card holds, names to type."""
    if len(w.joined) > LISTED:
        names = say("Names, separated by commas; the beginning of a name is enough if nobody else's begins so.")
        name = say("A name; its beginning is enough if nobody else's begins so.")
        return el.teams.TextInput(
            id=id, label=label, placeholder=names if several else name, value=chosen or None, is_multiline=several
        )
    places = {str(place): person for place, person in enumerate(w.people.values()) if person.joined}
    return el.teams.ChoiceSetInput(
        id=id,
        label=label,
        choices=[el.choice(person.name, place) for place, person in places.items()],
        value=",".join(place for place in chosen.split(",") if place in places) or None,
        is_multi_select=several or None,
        style="expanded" if several and len(places) <= MANY else "filtered",
        wrap=True,
    )


def form_title(view: GroupsForm, say: Words) -> str:
    """The title of the form's dialog."""
    return say("Groups")


DRAWS = {GroupsCard: groups, GroupsForm: form}
TITLES = {GroupsForm: form_title}
