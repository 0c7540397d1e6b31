"""The answer dialog and its receipt: what is asked of one person, and word for word what was recorded of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from cards import elements as el, phrases as ph
from cards.afterwards import line as afterwards, whens
from cards.cases import case_box, not_asked
from cards.groups import group_line
from cards.notice import is_trouble, told
from cards.prompts import PROMPT_CARDS
from cards.prompts.asking import field_id
from cards.sentences import sentence
from cards.voices import for_group, voice_lines
from locales import Words
from workshop.model import Status, Workshop
from workshop.plan import Prompt, WriteIn, in_language
from workshop.prompts import kind_of
from workshop.said import Said, Sentence, Spoken
from workshop.views import AnswerForm, PromptForm, Receipt, Recorded

ITEMS = 20
"""Items shown above a prompt whose kind has no fields for them."""


def form(view: AnswerForm, say: Words) -> el.Card:
    """The open step's prompts with what the person gave or just typed; why it was refused stands on top."""
    w, place = view.workshop, view.place
    body: list[el.Element] = []
    body += on_top(view.sentence, say, view.answered)
    if w.status is Status.OPEN and w.at == place.number and w.closes_at is not None:
        body.append(el.line(say("Open until {time}.", time=el.clock(w.closes_at, place.step.minutes)), subtle=True))
    body += group_line(w, view.person.id, say)
    if view.case is not None:
        body.append(case_box(view.case, w, say))
    for number, asked in enumerate(view.forms):
        body.append(el.box(_prompt(asked, view, say), separator=number > 0, spacing="Large" if number else None))
    if not view.forms and place.step.case:
        return el.card([*body, not_asked(place.step, view.case, w, say)], [], say.language)
    if not view.forms:
        nothing = say("There is nothing to answer here for you: your group gave nothing to the step before.")
        return el.card([*body, el.line(nothing)], [], say.language)
    hints = [
        {
            "id": asked.prompt.id,
            "kind": asked.prompt.kind,
            "required": asked.prompt.required,
            "anonymous": asked.prompt.anonymous,
            **({"group": asked.voice.group.number} if asked.voice else {}),
            **PROMPT_CARDS[asked.prompt.kind].hints(asked.prompt),
        }
        for asked in view.forms
        if not asked.read_only
    ]
    again = say("Replace my answer") if view.answered else say("Send")
    # What they said the first time goes with the form, so that a refused one comes back with it.
    before = {asked.prompt.id: asked.before for asked in view.forms if asked.before} or None
    case, group = view.case.key if view.case else None, view.group or None
    where = {"w": w.id, "step": place.number, "case": case, "group": group}
    turn = w.case_round if place.step.case else None
    given = {"before": before, "answered": view.answered or None, **_kept(view.forms)}
    data = {**where, "stage": place.stage.id, "round": turn, "prompts": hints, **given}
    actions = _sending(view, again, data, where, say)
    if view.answered:
        actions.append(el.submit_without_fields(say("Withdraw"), "withdraw", **where))
    return el.card(body, actions, say.language)


def _kept(forms: Sequence[PromptForm]) -> Mapping[str, str]:
    """What goes with the form as if it stood in fields of it."""
    found: dict[str, str] = {}
    for asked in forms:
        kept = getattr(PROMPT_CARDS[asked.prompt.kind], "kept", None)
        if kept is not None:
            found |= {field_id(asked, part): words for part, words in kept(asked).items()}
    return found


def _sending(
    view: AnswerForm, again: str, data: Mapping[str, Any], where: Mapping[str, Any], say: Words
) -> list[el.teams.Action]:
    """How it is sent. Where somebody else answers for the group, that is to be read, or to be taken over: never to be
    written over by chance."""
    others = [asked for asked in view.forms if asked.voice and asked.voice.speaks and not asked.voice.mine]
    written = [asked for asked in others if not asked.read_only]
    actions: list[el.teams.Action] = []
    if written:
        if len(view.forms) > len(others):
            actions.append(el.submit(say("Send only my own answers"), "submit", "positive", own=True, **data))
        actions.append(el.submit(say("Take over and send"), "submit", seen=view.seen, **data))
    elif len(view.forms) > len(others):
        actions.append(el.submit(again, "submit", "positive", **data))
    if others and not written:
        actions.append(el.submit(say("Answer for the group instead"), "speak", seen=view.seen, **where))
    return actions


def on_top(what: Sentence | None, say: Words, answered: bool = False) -> Sequence[el.Element]:
    """Why the form comes back, and that what it would have replaced still counts. A result that nobody knows yet is no
    refusal: sending again counts once."""
    if isinstance(what, Spoken) and what.said is Said.NOT_CONFIRMED:
        return [el.refusal(sentence(what, say), "unconfirmed")]
    if answered and what is not None and is_trouble(what):
        return [el.refusal(f"{sentence(what, say)} {say('Your earlier answer still counts.')}")]
    return told(what, say)


def _prompt(asked: PromptForm, view: AnswerForm, say: Words) -> list[el.Element]:
    prompt, w = asked.prompt, view.workshop
    head: list[el.Element] = [el.heading(in_language(prompt.text, say.language, w.language), "Medium")]
    if asked.voice is not None:
        head += voice_lines(asked.voice, say)
    if prompt.hint:
        head.append(el.line(in_language(prompt.hint, say.language, w.language), subtle=True, spacing="Small"))
    if prompt.quotes_challenge and view.person.challenge:
        head.append(el.box([el.said(view.person.challenge, prefix=say("Your challenge:") + " ")], style="emphasis"))
    head += [*_promised(asked, say), *_quoted(asked, say, w.language)]
    if asked.voice is not None:
        head += _told(asked, say, w.language)
        if asked.read_only:
            return head
    if asked.items and not kind_of(prompt).takes_items:
        head += ph.numbered(asked.items, w.plan, say, w.language, ITEMS)
    needed = say("An answer is needed here.") if prompt.required else say("You can leave this empty.")
    head.append(el.line(f"{ph.privacy(prompt, say)} {needed}", subtle=True, size="Small", spacing="Small"))
    fields = PROMPT_CARDS[prompt.kind].inputs(asked, say, w.language)
    if len(w.plan.languages) > 1 and _is_written(fields):
        head.append(el.line(_write_in(prompt, w, say), size="Small", spacing="Small", id=f"write_in.{prompt.id}"))
    return [*head, *fields]


def _is_written(fields: Sequence[el.Element]) -> bool:
    """Whether any of the fields is for words."""
    for field in fields:
        inner = [part for column in getattr(field, "columns", None) or () for part in column.items or ()]
        if isinstance(field, el.teams.TextInput) or _is_written([*(getattr(field, "items", None) or ()), *inner]):
            return True
    return False


def _write_in(prompt: Prompt, w: Workshop, say: Words) -> str:
    """In which language to write: every reader has their own, and an answer stays as it was written."""
    if prompt.write_in is WriteIn.OWN:
        return say("Please write in your own language.")
    return say("Please write in the language of the workshop: {language}.", language=say.name_of_language(w.language))


def _promised(asked: PromptForm, say: Words) -> list[el.Element]:
    """What the person undertook in the earlier cycle; nobody else is shown it here."""
    if not asked.promises:
        return []
    title = el.line(say.plural("Your commitment:", "Your commitments:", len(asked.promises)), weight="Bolder")
    lines: list[el.Element] = []
    for one in asked.promises:
        day = say("by {date}", date=say.date(date.fromisoformat(one.by)))
        lines.append(el.said(f"{one.what} ({day})", spacing="Small"))
    return [el.box([title, *lines], style="emphasis", id=f"promises.{asked.prompt.id}")]


def _told(asked: PromptForm, say: Words, otherwise: str) -> list[el.Element]:
    """What is recorded for the group, and from whose hand, for those whose fields do not say so."""
    voice = asked.voice
    assert voice is not None
    if voice.recorded is None:
        return [el.line(say("Nothing is recorded for the group yet."), subtle=True)] if asked.read_only else []
    if not voice.told_by:
        return []
    by = el.rich(el.run(say("Recorded for the group, by {who}:", who=voice.told_by[: ph.NAME]), weight="Bolder"))
    if voice.mine or not voice.speaks:
        return [by]  # it stands in the fields
    return [el.box([by, *PROMPT_CARDS[asked.prompt.kind].recorded(voice.recorded, say, otherwise)], style="emphasis")]


def _quoted(asked: PromptForm, say: Words, otherwise: str) -> list[el.Element]:
    """What the person gave to earlier prompts: the material of this one, with the question it was the answer to."""
    if not asked.quoted:
        return []
    lines: list[el.Element] = [el.line(say("What you gave before; only you see it here"), weight="Bolder")]
    for recorded in asked.quoted:
        question = in_language(recorded.prompt.text, say.language, otherwise)
        lines.append(el.line(question, subtle=True, size="Small", spacing="Small"))
        if recorded.case is not None:
            label = ph.shortened(ph.own_words(recorded.case.label, say, otherwise), ph.QUOTE)
            lines.append(el.said(label, prefix=say("Case:") + " ", spacing="Small"))
        if recorded.group is not None:
            lines.append(for_group(recorded.group, say))
        lines += PROMPT_CARDS[recorded.prompt.kind].recorded(recorded, say, otherwise)
    return [el.box(lines, style="emphasis")]


def receipt(view: Receipt, say: Words) -> el.Card:
    """Shown only after the commit: what is stored, as it is stored, and when others see it (once, where that is the
    same for all of it). Every answer gets one, so that what is the same for everybody is drawn once, and only what was
    recorded is drawn each time."""
    frame, box = _frame(say)
    recorded = [{**box, "items": _recorded(recorded, view, say)} for recorded in view.recorded]
    when = whens(view)
    different = set(when.values())
    if len(different) > 1:
        for box, one in zip(recorded, view.recorded, strict=True):
            if then := when.get(one.prompt.id):
                box["items"].append(afterwards(then, say, f"then.{one.prompt.id}"))
    elif then := next(iter(different), None):
        recorded.append(afterwards(then, say))
    if view.case is not None:
        recorded.insert(0, el.as_data(case_box(view.case, view.workshop, say)))
    change = _change(say, view.workshop.id, view.place.number)
    return {**frame, "body": [*frame["body"], *recorded], "actions": [change]}


def _recorded(recorded: Recorded, view: Receipt, say: Words) -> list[el.Card]:
    prompt, w = recorded.prompt, view.workshop
    head = _bold(in_language(prompt.text, say.language, w.language))
    if recorded.group is not None:
        head = {**el.as_data(el.box([])), "items": [head, el.as_data(for_group(recorded.group, say))]}
    if recorded.value is None:
        return [head, el.as_data(el.line(say("no answer"), subtle=True))]
    return [head, *map(el.as_data, PROMPT_CARDS[prompt.kind].recorded(recorded, say, w.language))]


@lru_cache(16)
def _frame(say: Words) -> tuple[el.Card, el.Card]:
    """A receipt of nothing yet, and the box that what was recorded stands in."""
    told = el.line(say("✓ Your answer is recorded. This is what is stored:"), weight="Bolder")
    frame = el.card([el.box([told], style="good", id="receipt")], (), say.language)
    return frame, el.as_data(el.box([], separator=True))


@lru_cache(1024)
def _bold(text: str) -> el.Card:
    return el.as_data(el.line(text, weight="Bolder"))


@lru_cache(1024)
def _change(say: Words, workshop_id: str, step: int) -> el.Card:
    return el.as_data(el.submit(say("Change answer"), "change", w=workshop_id, step=step))


def form_title(view: AnswerForm, say: Words) -> str:
    """The title of the form's dialog."""
    return in_language(view.place.step.title, say.language, view.workshop.language)


def receipt_title(view: Receipt, say: Words) -> str:
    """The title of the receipt's dialog."""
    return say("Recorded")


DRAWS = {AnswerForm: form, Receipt: receipt}
TITLES = {AnswerForm: form_title, Receipt: receipt_title}
