"""The join dialog: first what is stored, why, who sees it and how long; then what somebody may say of themselves."""

from __future__ import annotations

from cards import elements as el
from cards.answer import on_top
from cards.typed import room
from locales import LANGUAGES, Words, words
from workshop.model import MINIMUM, Workshop
from workshop.people import CHALLENGE_LIMIT, FIELD_LIMIT
from workshop.views import JoinForm

LIMITS = {"institution": FIELD_LIMIT, "country": FIELD_LIMIT, "role": FIELD_LIMIT, "challenge": CHALLENGE_LIMIT}


def join(view: JoinForm, say: Words) -> el.Card:
    """The notice and the fields, filled with what was said before. Where an answer waits behind it, it says so."""
    w = view.workshop
    body: list[el.Element] = []
    if view.sentence is not None:
        body += on_top(view.sentence, say)
    if view.step is not None:
        body.append(el.line(say("One moment before your answer: please read this and join. Your form comes next.")))
    body.append(el.rich(el.run(w.title_in(say.language), weight="Bolder", size="Large")))
    body.append(el.box(notice(w, say), style="emphasis"))
    body.append(_language(view, say))
    optional = say("All of this is optional.")
    if view.listed:
        optional = say("This was noted by the organisers beforehand. Please change what is not right; all is optional.")
    body.append(el.line(optional, subtle=True, spacing="Medium"))
    body += _about(view, say)
    button = el.submit(say("Join"), "joined", "positive", w=w.id, step=view.step)
    return el.card(body, [button], say.language)


def notice(w: Workshop, say: Words) -> list[el.Element]:
    """The privacy notice, in the reader's language."""
    kept = say.plural(
        "{n} day after the end; then everything is erased.",
        "{n} days after the end; then everything is erased.",
        w.plan.retention_days,
    )
    few = say.plural(
        "Nobody sees who wrote them, not even the facilitators; results show from {n} answer on.",
        "Nobody sees who wrote them, not even the facilitators; results show from {n} answers on.",
        MINIMUM,
    )
    seen = say(
        "Everybody in the workshop sees the answers once they are shown; facilitators and moderators before. "
        "Each question says whether your name is shown."
    )
    told = (
        (say("What is stored:"), say("Your name, what you say about yourself here, and your answers.")),
        (say("Why:"), say("To run this workshop and to keep its results; for nothing else.")),
        (say("Who sees it:"), seen),
        (say("Anonymous answers:"), few),
        (say("How long:"), kept),
        (say("Where:"), say("On your organisation’s own server.")),
    )
    return [
        el.heading(say("Before you join: what happens to what you write"), "Medium"),
        *(el.rich(el.run(f"{what} ", weight="Bolder"), el.run(text), spacing="Small") for what, text in told),
    ]


def _language(view: JoinForm, say: Words) -> el.Element:
    offered = [code for code in LANGUAGES if code in view.workshop.plan.languages] or [LANGUAGES[0]]
    chosen = view.person.language if view.person.language in offered else say.language
    return el.teams.ChoiceSetInput(
        id="language",
        label=say("Your language"),
        choices=[el.choice(_own_name(code), code) for code in offered],
        style="compact",
        wrap=True,
        value=chosen if chosen in offered else offered[0],
    )


def _own_name(code: str) -> str:
    """A language's name in that language, as a title."""
    name = words(code).name_of_language(code)
    return name[:1].upper() + name[1:]


def _about(view: JoinForm, say: Words) -> list[el.Element]:
    person = view.person
    asked = (
        ("institution", say("Your institution"), person.institution),
        ("country", say("Your country"), person.country),
        ("role", say("Your role"), person.role),
        ("challenge", say("Your own challenge, in one sentence"), person.challenge),
    )
    return [
        el.teams.TextInput(
            id=id,
            label=label,
            value=given or None,
            placeholder=say("At most {n} characters", n=say.number(LIMITS[id])),
            max_length=room(LIMITS[id], given),
            is_multiline=id == "challenge",
        )
        for id, label, given in asked
    ]


def join_title(view: JoinForm, say: Words) -> str:
    """The title of the dialog."""
    return say("Join the workshop")


DRAWS = {JoinForm: join}
TITLES = {JoinForm: join_title}
