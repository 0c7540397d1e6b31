"""The answer dialog and its receipt: what is asked of one person, and word for word what was recorded of them."""

from __future__ import annotations

from cards import elements as el
from cards import phrases as ph
from cards.prompts import PROMPT_CARDS
from cards.sentences import sentence
from locales import Words
from workshop.model import Status
from workshop.plan import in_language
from workshop.prompts import kind_of
from workshop.said import Said, Sentence, Spoken
from workshop.views import AnswerForm, PromptForm, Receipt, Recorded

ITEMS = 20
"""Items shown above a prompt whose kind has no fields for them."""


def form(view: AnswerForm, say: Words) -> el.Card:
    """The open step's prompts with what the person gave or just typed; why it was refused stands on top."""
    w, place = view.workshop, view.place
    body: list[el.Element] = []
    if view.sentence is not None:
        body.append(on_top(view.sentence, say))
    if w.status is Status.OPEN and w.at == place.number and w.closes_at is not None:
        body.append(el.line(say("Open until {time}.", time=el.clock(w.closes_at)), subtle=True))
    for number, asked in enumerate(view.forms):
        body.append(el.box(_prompt(asked, view, say), separator=number > 0, spacing="Large" if number else None))
    hints = [
        {
            "id": asked.prompt.id,
            "kind": asked.prompt.kind,
            "required": asked.prompt.required,
            **PROMPT_CARDS[asked.prompt.kind].hints(asked.prompt),
        }
        for asked in view.forms
    ]
    again = say("Replace my answer") if view.answered else say("Send")
    actions: list[el.teams.Action] = [
        el.submit(again, "submit", "positive", w=w.id, step=place.number, stage=place.stage.id, prompts=hints)
    ]
    if view.answered:
        actions.append(el.submit_without_fields(say("Withdraw"), "withdraw", w=w.id, step=place.number))
    return el.card(body, actions, say.language)


def on_top(told: Sentence, say: Words) -> el.Element:
    """Why the form comes back. A result that nobody knows yet is no refusal: sending again counts once."""
    unknown = isinstance(told, Spoken) and told.said is Said.NOT_CONFIRMED
    return el.refusal(sentence(told, say), "unconfirmed" if unknown else "refusal")


def _prompt(asked: PromptForm, view: AnswerForm, say: Words) -> list[el.Element]:
    prompt, w = asked.prompt, view.workshop
    head: list[el.Element] = [el.heading(in_language(prompt.text, say.language, w.language), "Medium")]
    if prompt.hint:
        head.append(el.line(in_language(prompt.hint, say.language, w.language), subtle=True, spacing="Small"))
    if prompt.quotes_challenge and view.person.challenge:
        head.append(el.box([el.said(view.person.challenge, prefix=say("Your challenge:") + " ")], style="emphasis"))
    if asked.items and not kind_of(prompt).takes_items:
        head += ph.numbered(asked.items, w.plan, say, w.language, ITEMS)
    needed = say("An answer is needed here.") if prompt.required else say("You can leave this empty.")
    head.append(el.line(f"{ph.privacy(prompt, say)} {needed}", subtle=True, size="Small", spacing="Small"))
    return [*head, *PROMPT_CARDS[prompt.kind].inputs(asked, say, w.language)]


def receipt(view: Receipt, say: Words) -> el.Card:
    """Shown only after the commit: what is stored, as it is stored."""
    w, place = view.workshop, view.place
    body: list[el.Element] = [
        el.box(
            [el.line(say("✓ Your answer is recorded. This is what is stored:"), weight="Bolder")],
            style="good",
            id="receipt",
        )
    ]
    body += [el.box(_recorded(recorded, view, say), separator=True) for recorded in view.recorded]
    change = el.submit(say("Change answer"), "change", w=w.id, step=place.number)
    return el.card(body, [change], say.language)


def _recorded(recorded: Recorded, view: Receipt, say: Words) -> list[el.Element]:
    prompt, w = recorded.prompt, view.workshop
    head: list[el.Element] = [el.line(in_language(prompt.text, say.language, w.language), weight="Bolder")]
    if recorded.value is None:
        return [*head, el.line(say("no answer"), subtle=True)]
    return [*head, *PROMPT_CARDS[prompt.kind].recorded(recorded, say, w.language)]


def form_title(view: AnswerForm, say: Words) -> str:
    """The title of the form's dialog."""
    return in_language(view.place.step.title, say.language, view.workshop.language)


def receipt_title(view: Receipt, say: Words) -> str:
    """The title of the receipt's dialog."""
    return say("Recorded")


DRAWS = {AnswerForm: form, Receipt: receipt}
TITLES = {AnswerForm: form_title, Receipt: receipt_title}
