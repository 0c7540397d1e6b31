"""The whole board, page by page, for one reader: nothing is cut, the rest is a click away."""

from __future__ import annotations

from cards import elements as el
from cards import phrases as ph
from cards.prompts import PROMPT_CARDS
from locales import Words
from workshop.model import MINIMUM
from workshop.plan import in_language
from workshop.tally import PAGE, PromptBoard
from workshop.views import BoardPage


def board_page(view: BoardPage, say: Words) -> el.Card:
    """One prompt with what was answered to it, and the way to the others."""
    w = view.board.workshop
    body: list[el.Element] = [ph.title_line(w)]
    if view.page is None:
        body.append(el.line(say("Nothing has been asked yet.")))
        return el.card(body, [], say.language)
    place, prompt = view.page.step.place, view.page.prompt
    body.append(el.heading(ph.stage_name(place.stage.id, say)))
    body.append(el.line(in_language(prompt.prompt.text, say.language, w.language), weight="Bolder"))
    if prompt.result is None:
        body.append(el.line(_not_shown(prompt, say)))
    else:
        card = PROMPT_CARDS[prompt.prompt.kind]
        body.append(el.line(say.plural("{n} answer", "{n} answers", prompt.answered), subtle=True))
        body += card.result(prompt, say, w.language, PAGE, start=view.page.start)
    where = {"w": w.id, "prompt": prompt.prompt.id, "number": view.number, "pages": view.pages}
    verb = "summary" if view.everything else "board"
    actions: list[el.teams.Action] = []
    if view.number > 0:
        actions.append(el.submit(say("Previous page"), verb, page=view.number - 1, **where))
    if view.number + 1 < view.pages:
        actions.append(el.submit(say("Next page"), verb, page=view.number + 1, **where))
    actions.append(el.submit(say("Refresh"), verb, page=view.number, **where))
    return el.card(body, actions, say.language)


def _not_shown(prompt: PromptBoard, say: Words) -> str:
    answers = say.plural("{n} answer", "{n} answers", prompt.answered)
    if prompt.why_not == "few":
        return say("{answers}. Results show from {minimum} answers on.", answers=answers, minimum=MINIMUM)
    return say("{answers}. Shown to everybody when they are revealed.", answers=answers)


def page_title(view: BoardPage, say: Words) -> str:
    """The dialog's title."""
    if view.page is None:
        return say("Board")
    return say("Board, page {number} of {pages}", number=view.number + 1, pages=view.pages)


DRAWS = {BoardPage: board_page}
TITLES = {BoardPage: page_title}
