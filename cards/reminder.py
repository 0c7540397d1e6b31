"""Reminders that a step is open: in the conversation, and each person's own. They tell nobody who has not answered but
those whom no private message reaches, and only where the step is not anonymous."""

from __future__ import annotations

from cards import elements as el, phrases as ph
from cards.group_words import group_called
from cards.stage import answer_button
from cards.standing import where
from cards.zones import closing
from locales import Words
from workshop.model import Person, Status, Workshop
from workshop.plan import Place, in_language
from workshop.views import NudgeCard, Reminder, TimeCard

MENTIONED = 20
"""People mentioned at most: Teams takes no more than a screenful well."""


def nudge(view: NudgeCard, say: Words) -> el.Card:
    """The step is still open: how many have answered, until when. Counts, and of people only those whom no private
    message reaches."""
    w, now = view.board.workshop, view.board.now
    w = w.for_group(view.group) if view.group else w
    place = w.place
    gone = view.group and all(group.number != view.group for group in w.groups)
    body: list[el.Element] = []
    actions: list[el.teams.Action] = []
    if now is None or place is None or w.status is not Status.OPEN or w.at != view.step or gone:
        body.append(el.line(say("This reminder is over."), subtle=True))
    elif view.unreached:
        return _mentioning(view, w, place, say)
    elif view.group:
        body.append(el.heading(_title(w, place, say), "Medium"))
        body.append(el.line(where(view.group, w, say)))
        actions = [answer_button(w, place, say)]
    else:
        body.append(el.heading(_title(w, place, say), "Medium"))
        if now.asks_people:
            answered = say.plural("{n} person has answered so far.", "{n} people have answered so far.", now.answered)
            people = say.plural("{n} is in the workshop.", "{n} are in the workshop.", view.board.people)
            body.append(el.line(f"{answered} {people}"))
        if now.asks_groups:
            groups, said = view.board.groups, say.number(now.groups_answered)
            answered = say.plural(
                "Answered for the group so far: {answered} of {n} group.",
                "Answered for the group so far: {answered} of {n} groups.",
                groups,
                answered=said,
            )
            body.append(el.line(answered))
        body += _closes(w, place, say)
        actions = [answer_button(w, place, say)]
    return el.card(body, actions, say.language)


def _mentioning(view: NudgeCard, w: Workshop, place: Place, say: Words) -> el.Card:
    """Those whom Teams reaches only here, by mentions; their names are such that no markdown is read into them."""
    marks = [_mention(person) for person in view.unreached[:MENTIONED]]
    called = ", ".join(mark for mark, _ in marks)
    body: list[el.Element] = [
        el.heading(_title(w, place, say), "Medium"),
        el.line(say("Your answer is still missing, and Kolbot cannot write to you privately: {people}", people=called)),
        *ph.rest(len(view.unreached) - MENTIONED, say),
        *_closes(w, place, say),
    ]
    made = el.card(body, [answer_button(w, place, say)], say.language)
    return {**made, "msteams": {**made["msteams"], "entities": [entity for _, entity in marks]}}


def _mention(person: Person) -> tuple[str, el.Card]:
    """How somebody is written, and what Teams needs beside it to notify them: their Entra object id."""
    name = el.harmless(person.name) or "?"
    mark = f"<at>{name}</at>"
    return mark, {"type": "mention", "text": mark, "mentioned": {"id": person.id.rpartition(":")[2], "name": name}}


def reminder(view: Reminder, say: Words) -> el.Card:
    """A private message: which step waits for an answer, until when, and the way to it."""
    w, place = view.workshop, view.workshop.place
    assert place is not None, "who is reminded is at a step"
    body: list[el.Element] = [
        ph.title_line(w, say),
        el.heading(_title(w, place, say), "Medium"),
        el.line(say("You have not answered yet. Only you see this message.")),
        *_closes(w, place, say),
    ]
    return el.card(body, [answer_button(w, place, say)], say.language)


def nearly_over(view: TimeCard, say: Words) -> el.Card:
    """Until when the step is open, for everybody whom it concerns."""
    w = view.board.workshop
    w = w.for_group(view.group) if view.group else w
    place = w.place
    if place is None or w.status is not Status.OPEN or w.at != view.step or w.closes_at is None:
        return el.card([el.line(say("This reminder is over."), subtle=True)], language=say.language)
    title = in_language(place.step.title, say.language, w.language)
    body: list[el.Element] = [el.heading(say("Nearly over: “{step}”", step=title), "Medium")]
    if view.group:
        body.append(el.line(group_called(view.group, say)))
    everywhere = closing(w.closes_at, place.step.minutes, view.board, say)
    at = el.clock(w.closes_at, place.step.minutes)
    if place.step.is_break:
        body.append(el.line(say("The break ends at {time}.", time=everywhere or at)))
    elif everywhere:
        body.append(el.line(say("Closes at {times}.", times=everywhere)))
    else:
        body.append(el.line(say("It closes at {time}.", time=at)))
    return el.card(body, [] if place.step.is_break else [answer_button(w, place, say)], say.language)


def reminded(w: Workshop, group: int, say: Words) -> list[el.Element]:
    """For the consoles: what became of the newest private reminder about the step that is on."""
    last = next((one for one in reversed(w.nudges) if one.group == group), None)
    if last is None or not last.people or last.step != w.at or w.status is not Status.OPEN:
        return []
    if last.reached is None:
        going = say.plural(
            "A private reminder is on its way to {n} person.",
            "A private reminder is on its way to {n} people.",
            last.people,
        )
        return [el.line(going, subtle=True, id="reminded")]
    told = say.plural("{n} person was reminded privately.", "{n} people were reminded privately.", last.reached)
    if last.unreached:
        told += " " + say.plural(
            "{n} person could not be reached so and is mentioned in the conversation.",
            "{n} people could not be reached so and are mentioned in the conversation.",
            len(last.unreached),
        )
    return [el.line(told, subtle=True, id="reminded")]


def _title(w: Workshop, place: Place, say: Words) -> str:
    return say("A reminder: “{step}” is open", step=in_language(place.step.title, say.language, w.language))


def _closes(w: Workshop, place: Place, say: Words) -> list[el.Element]:
    if w.closes_at is None:
        return []
    return [el.line(say("It closes at {time}.", time=el.clock(w.closes_at, place.step.minutes)))]


DRAWS = {NudgeCard: nudge, Reminder: reminder, TimeCard: nearly_over}
