"""The picture of the symbolic summary: what it says, and having it drawn in another process. It posts nothing."""

from __future__ import annotations

import logging
from functools import partial

from cards.phrases import stage_name
from cards.voices import group_name, who
from drawings.press import Press, PressFailed
from drawings.summary import posted
from drawings.view import Sentence, StageSummary, SummaryView, Words as PictureWords
from locales import LANGUAGES, Words, words
from workshop.model import Workshop
from workshop.plan import in_language
from workshop.prompts.kind import Signed
from workshop.prompts.text import TextResult
from workshop.tally import Board, StageBoard, highlights

log = logging.getLogger("kolbot.picture")

LINES = 4
"""Results of a stage that the full-size picture tells."""


KEPT = 4
"""Pictures that are kept, of at most a megabyte each: one that could not be posted at once is not drawn again."""


class SummaryPictures:
    """Draws summaries by the press."""

    def __init__(self, press: Press) -> None:
        self._press = press
        self._kept: dict[str, bytes] = {}

    async def warm(self) -> None:
        """A picture will be wanted soon. Never raises: it is drawn, or fails, when it is."""
        try:
            await self._press.warm()
        except PressFailed as why:
            log.warning("the press could not be started ahead of time: %s", why)

    def describe(self, board: Board) -> tuple[str, str]:
        """The picture as SVG, which is equal for equal pictures, and the same content as text."""
        return posted(summary_of(board))

    async def draw(self, svg: str) -> bytes | None:
        """The picture as PNG; None where the press fails (which is logged: the text is posted without it)."""
        if (kept := self._kept.get(svg)) is not None:
            return kept
        try:
            made = await self._press.posted_png(svg)
        except PressFailed as why:
            log.error("the picture of the summary could not be made: %s", why)
            return None
        self._kept = dict([*self._kept.items(), (svg, made)][-KEPT:])
        return made


def summary_of(board: Board) -> SummaryView:
    """What the picture says, in the workshop's language."""
    workshop = board.workshop
    say = words(workshop.language)
    knowledge, action, experience, conclusions = (_stage(stage, workshop, say) for stage in board.stages)
    sentences = tuple(
        Sentence(quote.words, who(quote.who, say) or None, _group(quote.who, say))
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
        words=PictureWords(
            take_home=say("What we take home"),
            people=say.plural("person took part", "people took part", people),
            nobody=say("Nobody wrote a closing sentence."),
            more=partial(_more, workshop.language),
            page=partial(_page, workshop.language),
        ),
        groups=tuple(group_name(group.number, say) for group in workshop.groups),
        languages=tuple(say.name_of_language(code) for code in LANGUAGES if code in spoken),
    )


def _group(who: str, say: Words) -> str:
    """The label of the group that the author works in; a group's own answer is called by it already."""
    return group_name(who.group, say) if isinstance(who, Signed) and who.group else ""


def _stage(stage: StageBoard, workshop: Workshop, say: Words) -> StageSummary:
    found = [in_language(item.label, say.language, workshop.language) for item in highlights(stage, 1 + LINES)]
    return StageSummary(stage_name(stage.stage.id, say), found[0] if found else "", tuple(found[1:]))


def _more(language: str, n: int) -> str:
    say = words(language)
    return say.plural("and {n} more on the board", "and {n} more on the board", n)


def _page(language: str, number: int, pages: int) -> str:
    say = words(language)
    return say("Board, page {number} of {pages}", number=number, pages=pages)
