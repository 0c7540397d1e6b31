"""Marks on what was built on something that has changed since, and what a change touches. They decide nothing."""

from __future__ import annotations

from cards import elements as el, phrases as ph
from locales import Words
from workshop.counting import Gone
from workshop.model import Workshop
from workshop.plan import PRACTICES, Place, in_language
from workshop.tally import Board, PromptBoard

LISTED = 5
"""Things that are asked about no more, named in one place of the board."""
LABEL = 140
"""Longest name of one of them, in code points."""


def marks(board: PromptBoard, w: Workshop, say: Words, most: int = LISTED) -> list[el.Element]:
    """That what a question asked about has changed since, and the answers about what is gone: kept, not counted."""
    lines: list[el.Element] = []
    if board.changed:
        lines.append(el.line(f"⚠ {_since(board.changed, w, say)}", size="Small", weight="Bolder", spacing="None"))
    named = board.gone[: min(most, LISTED)]
    lines += [_gone(one, w, say) for one in named]
    left = sum(one.people for one in board.gone[len(named) :])
    if left:
        said = say.plural(
            "{n} answer about something that has changed since; not counted.",
            "{n} answers about something that has changed since; not counted.",
            left,
        )
        lines.append(el.line(said, subtle=True, size="Small", spacing="None"))
    return lines


def _since(source: str, w: Workshop, say: Words) -> str:
    if source == PRACTICES and PRACTICES not in w.plan.prompts:
        return say("What this asks about has changed since: the practices of earlier sessions.")
    question = in_language(w.plan.prompts[source].text, say.language, w.language)
    return say("What this asks about has changed since: “{question}”", question=ph.shortened(question, LABEL))


def _gone(one: Gone, w: Workshop, say: Words) -> el.Element:
    if one.label is None:
        said = say.plural(
            "{n} answer about something that is not shown any more; not counted.",
            "{n} answers about something that is not shown any more; not counted.",
            one.people,
        )
        return el.line(said, subtle=True, size="Small", spacing="None")
    about = say.plural(
        "{n} answer, not counted, about something that has changed since:",
        "{n} answers, not counted, about something that has changed since:",
        one.people,
    )
    label = el.isolated(ph.shortened(in_language(one.label, say.language, w.language), LABEL))
    return el.rich(el.run(f"{about} ", subtle=True, size="Small"), el.run(f"«{label}»", size="Small"), spacing="None")


def touched(board: Board, say: Words) -> list[el.Element]:
    """For those who lead: the steps that are about something that has changed since."""
    w = board.workshop
    lines: list[el.Element] = []
    for stage in board.stages:
        for step in stage.steps:
            since = dict.fromkeys(_since(one.changed, w, say) for one in step.prompts if one.changed)
            kept = sum(gone.people for one in step.prompts for gone in one.gone)
            title = ph.shortened(in_language(step.place.step.title, say.language, w.language), LABEL)
            quoted = say("“{words}”", words=title)
            lines += [el.line(f"{quoted}: {said}", size="Small", spacing="Small") for said in since]
            if kept:
                said = say.plural(
                    "“{step}”: {n} answer is about something that has changed since; it is kept and not counted.",
                    "“{step}”: {n} answers are about something that has changed since; they are kept and not counted.",
                    kept,
                    step=title,
                )
                lines.append(el.line(said, size="Small", spacing="Small"))
    if not lines:
        return []
    head = el.line(say("Changed since"), weight="Bolder")
    how = el.line(say("A step asks about what is there now once it is opened again."), subtle=True, size="Small")
    return [el.box([head, *lines, how], style="warning", id="touched")]


def before_back(target: Place | None, built: tuple[Place, ...], w: Workshop, say: Words) -> list[el.Element]:
    """For those who lead, before they go back: what is built on the step already."""
    if target is None or not built:
        return []
    names = [say("“{words}”", words=in_language(place.step.title, say.language, w.language)) for place in built]
    said = say(
        "Going back opens “{step}” again. Built on it already: {steps}. What was answered there is kept, and marked "
        "where it is about something that changes.",
        step=in_language(target.step.title, say.language, w.language),
        steps=say.list(names),
    )
    return [el.line(said, subtle=True, size="Small", id="before_back")]
