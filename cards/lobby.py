"""The lobby card under which people gather: what it is about, how long it takes, who is in, Join."""

from __future__ import annotations

from cards import elements as el, phrases as ph
from locales import Words
from workshop.model import LIVE, Status, Workshop
from workshop.plan import in_language
from workshop.views import LobbyCard

NAMES = 12
"""First names shown of those who are in."""


def lobby(view: LobbyCard, say: Words) -> el.Card:
    """Title, about, agenda, notice, who is in. After the start it still has Join, after the end nothing that acts."""
    w = view.workshop
    body: list[el.Element] = [ph.workshop_title(w, say)]
    if (plan_title := in_language(w.plan.title, say.language, w.language)) != w.title:
        body.append(el.line(plan_title, subtle=True, spacing="None"))
    body += _status(w, say)
    body.append(el.line(in_language(w.plan.about, say.language, w.language)))
    if w.status in LIVE:
        body += [*_agenda(w, say), *_notice(w, say)]
    body += _people(w, say)
    return el.card(body, _buttons(w, say), say.language)


def _status(w: Workshop, say: Words) -> list[el.Element]:
    match w.status:
        case Status.LOBBY:
            return []
        case Status.FINISHED:
            return [el.box([el.line(say("This workshop has ended. Thank you to everybody."))], style="good")]
        case Status.CANCELLED:
            return [el.box([el.line(say("The workshop was cancelled."))], style="warning")]
        case _:
            said = say("The workshop has started; you can still join. It goes on further down.")
            return [el.box([el.line(said)], style="accent")]


def _agenda(w: Workshop, say: Words) -> list[el.Element]:
    total = say("What we will do ({time} in all)", time=say.duration(w.plan.minutes))
    lines: list[el.Element] = [el.heading(total, "Medium", spacing="Medium")]
    if w.plan.lobby_minutes:
        lines.append(_agenda_line(say("Arriving and joining"), w.plan.lobby_minutes, "", say))
    for number, stage in enumerate(w.plan.stages, 1):
        name = f"{number}. {ph.stage_name(stage.id, say)}"
        lines.append(_agenda_line(name, stage.minutes, in_language(stage.aim, say.language, w.language), say))
    return [*lines, *_in_groups(w, say), *_afterwards(w, say)]


def _in_groups(w: Workshop, say: Words) -> list[el.Element]:
    """That part of it is held in groups, and of how many people."""
    forming = w.plan.forming
    if forming is None or not any(place.step.in_groups for place in w.plan.places):
        return []
    said = say.plural(
        "Part of it is held in groups of about {n} person.",
        "Part of it is held in groups of about {n} people.",
        forming.size,
    )
    return [el.line(said, subtle=True, spacing="Small")]


def _afterwards(w: Workshop, say: Words) -> list[el.Element]:
    """What the plan says for the days after the end: it is the group's agenda, nothing that Kolbot does by itself."""
    after = w.plan.follow_up
    if after is None:
        return []
    due: list[str] = []
    if after.report_due:
        due.append(
            say.plural("individual report within {n} day", "individual report within {n} days", after.report_due)
        )
    if after.plan_due:
        due.append(
            say.plural("implementation plan within {n} day", "implementation plan within {n} days", after.plan_due)
        )
    if after.check_in:
        days = say.list([say.number(day) for day in after.check_in])
        due.append(
            say.plural(
                "what became of the commitments, after {days} day",
                "what became of the commitments, after {days} days",
                after.check_in[-1],
                days=days,
            )
        )
    if not due:
        return []
    return [el.rich(el.run(say("Afterwards"), weight="Bolder"), el.run(f" · {'; '.join(due)}"), spacing="Small")]


def _agenda_line(name: str, minutes: int, aim: str, say: Words) -> el.Element:
    runs = [el.run(name, weight="Bolder"), el.run(f" · {say.minutes(minutes)}", subtle=True)]
    if aim:
        runs.append(el.run(f" · {aim}"))
    return el.rich(*runs, spacing="Small")


def _notice(w: Workshop, say: Words) -> list[el.Element]:
    spoken = [say.name_of_language(code) for code in w.plan.languages]
    kept = say.plural(
        "What you write is kept for {n} day after the end, then erased. Join shows you the whole notice first.",
        "What you write is kept for {n} days after the end, then erased. Join shows you the whole notice first.",
        w.plan.retention_days,
    )
    return [
        el.line(say("Languages: {languages}", languages=say.list(spoken)), spacing="Medium"),
        el.line(kept, subtle=True, size="Small"),
    ]


def _people(w: Workshop, say: Words) -> list[el.Element]:
    everybody = w.joined
    if not everybody:
        nobody = say("Nobody is in yet.") if w.status in LIVE else say("Nobody was in.")
        return [el.line(nobody, separator=True, spacing="Medium")]
    count = say.plural("{n} person is in", "{n} people are in", len(everybody))
    if w.status not in LIVE:
        count = say.plural("{n} person took part", "{n} people took part", len(everybody))
    found: list[el.Element] = [el.line(count, weight="Bolder", separator=True, spacing="Medium")]
    runs = [el.run(", ".join(el.isolated(ph.shortened(person.name, ph.NAME)) for person in everybody[:NAMES]))]
    if len(everybody) > NAMES:
        runs.append(el.run(" " + say.plural("and {n} more", "and {n} more", len(everybody) - NAMES), subtle=True))
    return [*found, el.rich(*runs, spacing="None")]


def _buttons(w: Workshop, say: Words) -> list[el.teams.Action]:
    if w.status not in LIVE:
        return []
    return [
        el.fetch(ph.join_everywhere(w), "join", "positive", w=w.id),
        el.fetch(say("Facilitate"), "facilitate", w=w.id),
    ]


DRAWS = {LobbyCard: lobby}
