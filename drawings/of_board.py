"""What the closing picture says of a board, in the workshop's language. Draws nothing."""

from __future__ import annotations

from functools import partial

from drawings.authors import author, group_name, group_of
from drawings.prompt import stage_name
from drawings.view import Sentence, StageSummary, SummaryView, Words
from locales import LANGUAGES, Words as Say, words
from workshop.model import Workshop
from workshop.plan import STAGES, in_language
from workshop.prompts.text import TextResult
from workshop.tally import Board, StageBoard, highlights

LINES = 4
"""Further results of a stage, beside the first."""


def summary_of(board: Board) -> SummaryView:
    """What the picture says, in the workshop's language."""
    workshop = board.workshop
    say = words(workshop.language)
    knowledge, action, experience, conclusions = (_stage(stage, workshop, say) for stage in board.stages)
    sentences = tuple(
        Sentence(quote.words, author(quote.who, say) or None, group_of(quote.who, say))
        for stage in board.stages
        for step in stage.steps
        for prompt in step.prompts
        if prompt.prompt.on_summary and isinstance(prompt.result, TextResult)
        for quote in prompt.result.quotes
    )
    people = len(workshop.joined)
    spoken = {workshop.language, *(person.language for person in workshop.joined)}
    return SummaryView(
        title=workshop.title,
        subtitle="",
        date=say.date(workshop.opened_at),
        language=workshop.language,
        stages=(knowledge, action, experience, conclusions),
        sentences=sentences,
        people=people,
        words=Words(
            take_home=say("What we take home"),
            people=say.plural("person took part", "people took part", people),
            nobody=say("Nobody wrote a closing sentence."),
            more=partial(_more, workshop.language),
            page=partial(_page, workshop.language),
        ),
        groups=tuple(group_name(group.number, say) for group in workshop.groups),
        languages=tuple(say.name_of_language(code) for code in LANGUAGES if code in spoken),
    )


def _stage(stage: StageBoard, workshop: Workshop, say: Say) -> StageSummary:
    found = [in_language(item.label, say.language, workshop.language) for item in highlights(stage, 1 + LINES)]
    return StageSummary(stage_name(STAGES.index(stage.stage.id), say), found[0] if found else "", tuple(found[1:]))


def _more(language: str, n: int) -> str:
    say = words(language)
    return say.plural("and {n} more on the board", "and {n} more on the board", n)


def _page(language: str, number: int, pages: int) -> str:
    say = words(language)
    return say("Board, page {number} of {pages}", number=number, pages=pages)
