"""The whole board, page by page, for one reader: nothing is cut, the rest is a click away."""

from __future__ import annotations

from cards import elements as el, phrases as ph
from cards.cases import case_box
from cards.marks import marks
from cards.prompts import PROMPT_CARDS
from cards.voices import group_name
from locales import Words
from workshop.model import Workshop
from workshop.plan import in_language
from workshop.tally import Page
from workshop.views import BoardPage

WHOLE = 100_000
"""No text is cut: a page takes as many entries as fit whole."""


def board_page(view: BoardPage, say: Words) -> el.Card:
    """One prompt with what was answered to it, and the way to the others."""
    w = view.board.workshop
    if view.page is None:
        return el.card([ph.title_line(w, say), el.line(say("Nothing has been asked yet."))], [], say.language)
    case = view.page.prompt.case.key if view.page.prompt.case else None
    prompt = view.page.prompt.prompt.id
    where = {"w": w.id, "prompt": prompt, "case": case, "number": view.number, "pages": view.pages}
    choice = _groups(view, say)
    verb = "summary" if view.everything else "board"
    actions: list[el.teams.Action] = []
    if view.number > 0:
        actions.append(el.submit(say("Previous page"), verb, page=view.number - 1, **where))
    if view.number + 1 < view.pages:
        actions.append(el.submit(say("Next page"), verb, page=view.number + 1, **where))
    again = say("Show") if choice else say("Refresh")
    actions.append(el.submit(again, verb, page=view.number, **where))
    return el.card([*choice, *_body(view.page, w, say)], actions, say.language)


def _groups(view: BoardPage, say: Words) -> list[el.Element]:
    """Whose answers are shown: of all or of one group."""
    groups = view.board.workshop.groups
    if not groups:
        return []
    choices = [el.choice(say("All groups"), "0")]
    choices += [el.choice(group_name(group.number, say), str(group.number)) for group in groups]
    return [
        el.teams.ChoiceSetInput(
            id="group", label=say("Whose answers"), choices=choices, value=str(view.board.group), style="compact"
        )
    ]


def _body(page: Page, w: Workshop, say: Words) -> list[el.Element]:
    step, prompt = page.step.place, page.prompt
    where = f"{ph.stage_name(step.stage.id, say)} · {in_language(step.step.title, say.language, w.language)}"
    body: list[el.Element] = [
        ph.title_line(w, say),
        el.heading(where, "Medium", spacing="None"),
        el.line(in_language(prompt.prompt.text, say.language, w.language), weight="Bolder", separator=True),
    ]
    if prompt.case is not None:
        body.insert(2, case_box(prompt.case, w, say))
    if prompt.result is None:
        body.append(el.line(ph.why_not(prompt, w, say), subtle=True, spacing="Small"))
        return [*body, *marks(prompt, w, say)]
    answers = say.plural("{n} answer", "{n} answers", prompt.answered)
    body += [el.line(answers, subtle=True, size="Small", spacing="None"), *marks(prompt, w, say)]
    if prompt.pooled:
        body.append(el.line(say("Anonymous, so of all groups together."), subtle=True, size="Small", spacing="None"))
    card = PROMPT_CARDS[prompt.prompt.kind]
    return [*body, *card.result(prompt, say, w.language, page.most, start=page.start, longest=WHOLE)]


def page_title(view: BoardPage, say: Words) -> str:
    """The dialog's title."""
    if view.page is None:
        return say("Board")
    return say("Board, page {number} of {pages}", number=view.number + 1, pages=view.pages)


DRAWS = {BoardPage: board_page}
TITLES = {BoardPage: page_title}
