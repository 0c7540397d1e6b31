"""The whole board, page by page, for one reader: nothing is cut, the rest is a click away."""

from __future__ import annotations

from cards import elements as el
from cards import phrases as ph
from cards.prompts import PROMPT_CARDS
from locales import Words
from workshop.model import MINIMUM, Workshop
from workshop.plan import in_language
from workshop.tally import PAGE, Page, PromptBoard
from workshop.views import BoardPage

WHOLE = 4000
"""The longest text there is, in code points: shown whole."""
SHORTER = (2000, 1000, 500, 250)
"""What texts are cut to where a page of them would be more than Teams takes."""
BUDGET = 60 * 1024
"""Bytes of UTF-16 that a page may weigh; Teams takes 80 KB."""


def board_page(view: BoardPage, say: Words) -> el.Card:
    """One prompt with what was answered to it, and the way to the others."""
    w = view.board.workshop
    if view.page is None:
        return el.card([ph.title_line(w), el.line(say("Nothing has been asked yet."))], [], say.language)
    where = {"w": w.id, "prompt": view.page.prompt.prompt.id, "number": view.number, "pages": view.pages}
    verb = "summary" if view.everything else "board"
    actions: list[el.teams.Action] = []
    if view.number > 0:
        actions.append(el.submit(say("Previous page"), verb, page=view.number - 1, **where))
    if view.number + 1 < view.pages:
        actions.append(el.submit(say("Next page"), verb, page=view.number + 1, **where))
    actions.append(el.submit(say("Refresh"), verb, page=view.number, **where))
    card = el.card(_body(view.page, w, say, WHOLE), actions, say.language)
    for shorter in SHORTER:  # only very long texts of very many people come here
        if el.weight_of(card) <= BUDGET:
            break
        card = el.card(_body(view.page, w, say, shorter), actions, say.language)
    return card


def _body(page: Page, w: Workshop, say: Words, longest: int) -> list[el.Element]:
    place, prompt = page.step.place, page.prompt
    body: list[el.Element] = [
        ph.title_line(w),
        el.heading(ph.stage_name(place.stage.id, say)),
        el.line(in_language(prompt.prompt.text, say.language, w.language), weight="Bolder"),
    ]
    if prompt.result is None:
        return [*body, el.line(_not_shown(prompt, say))]
    body.append(el.line(say.plural("{n} answer", "{n} answers", prompt.answered), subtle=True))
    card = PROMPT_CARDS[prompt.prompt.kind]
    return [*body, *card.result(prompt, say, w.language, PAGE, start=page.start, longest=longest)]


def _not_shown(prompt: PromptBoard, say: Words) -> str:
    answers = say.plural("{n} answer", "{n} answers", prompt.answered)
    if prompt.why_not == "few":
        few = say.plural("Results show from {n} answer on.", "Results show from {n} answers on.", MINIMUM)
        return f"{answers}. {few}"
    return say("{answers}. Shown to everybody when they are revealed.", answers=answers)


def page_title(view: BoardPage, say: Words) -> str:
    """The dialog's title."""
    if view.page is None:
        return say("Board")
    return say("Board, page {number} of {pages}", number=view.number + 1, pages=view.pages)


DRAWS = {BoardPage: board_page}
TITLES = {BoardPage: page_title}
