"""The end: the closing picture with the same as text; without a picture the sentences themselves."""

from __future__ import annotations

from base64 import b64encode

from cards import elements as el, phrases as ph
from cards.translated import behind
from cards.voices import who
from locales import Words
from workshop.prompts.text import Quote, TextResult
from workshop.tally import Board
from workshop.translations import first_into
from workshop.views import Summary

SENTENCES = 60
"""Sentences shown where there is no picture; on the board they are all."""


def summary(view: Summary, say: Words) -> el.Card:
    """Heading, then the picture, whose alternative text says the same as it."""
    body: list[el.Element] = [el.heading(say("What we take home")), ph.title_line(view.board.workshop, say)]
    if view.picture is not None:
        url = "data:image/png;base64," + b64encode(view.picture).decode("ascii")
        body.append(el.teams.Image(url=url, alt_text=view.text, size="Stretch", allow_expand=True))
    else:
        body += sentences(view.board, say)
    return el.card(body, language=say.language)


def sentences(board: Board, say: Words, most: int = SENTENCES) -> list[el.Element]:
    """The closing sentences that may be shown, at most so many."""
    said = [
        quote
        for stage in board.stages
        for step in stage.steps
        for prompt in step.prompts
        if prompt.prompt.on_summary and isinstance(prompt.result, TextResult)
        for quote in prompt.result.quotes
    ]
    if not said:
        return [el.line(say("No closing sentences were shared."), subtle=True)]
    return [_sentence(quote, say) for quote in said[:most]] + ph.rest(len(said) - most, say)


def _sentence(quote: Quote, say: Words) -> el.Element:
    """As it was written; where a moderator has translated it, that first."""
    into = first_into((quote.into,), say.language)
    more = behind(quote.words, say, ph.QUOTE + 1) if into else ""
    return el.said(into or quote.words, prefix="• ", spacing="Small", who=who(quote.who, say), group=more)


DRAWS = {Summary: summary}
