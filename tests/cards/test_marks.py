"""Marks on what was built on something that has changed since: on the board, on its pages, in the console."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cards import draw
from cards.marks import LISTED
from cards.sentences import sentence
from locales import LANGUAGES, words
from tests.cards.lint import lint
from tests.cards.staging import HOSTILE
from tests.cards.walk import text_of
from tests.workshop.paper import ANNA, Paper
from tests.workshop.session import DOTS, NOTES, asks, plan_of, step
from workshop import commands as c
from workshop.counting import Gone
from workshop.marks import built_on
from workshop.model import Practice
from workshop.plan import PRACTICES, Source, as_written
from workshop.said import Said, Spoken
from workshop.tally import Board, pages
from workshop.views import BoardCard, BoardPage, Console

PLAN = plan_of(
    [step("write", asks("K", "notes", NOTES)), step("ask", asks("V", "vote", DOTS, Source("K")))],
    [step("more", asks("W", "vote", DOTS, Source("V")))],
)


def went_back() -> Paper:
    """Two asked about what Ivan wrote; then it was asked again, and he wrote something else."""
    paper = Paper(PLAN).opens().joins("ivan", "eva").starts()
    paper.says("ivan", K=["alpha", "beta"])
    paper.next().dots("eva", "V", alpha=2)
    paper.next().dots("eva", "W", alpha=1)
    paper.later(minutes=1).back().later(minutes=1).back().says("ivan", K=["beta"])
    return paper


def console(paper: Paper, before: int | None = None) -> Console:
    place = None if before is None else paper.w.plan.places[before]
    built = () if before is None else built_on(paper.w, before)
    return Console(paper.board(True), paper.w.people[ANNA], frozenset({c.Next}), None, before=place, built=built)


def marked(board: Board, **more: object) -> Board:
    """The same board, its vote marked as said."""
    stage = board.stages[0]
    ask = stage.steps[1]
    vote = replace(ask.prompts[0], **more)  # type: ignore[arg-type]
    steps = (stage.steps[0], replace(ask, prompts=(vote,)))
    return replace(board, stages=(replace(stage, steps=steps), *board.stages[1:]))


def test_the_board_says_that_what_it_asked_about_has_changed() -> None:
    paper = went_back()
    said = "⚠ What this asks about has changed since: “K?”"
    assert text_of(draw(BoardCard(paper.board()), "en")).count(said) == 1
    assert said not in text_of(draw(BoardCard(replace_back(paper).board()), "en"))
    assert "⚠ To, czego dotyczy to pytanie, od tego czasu się zmieniło: „K?”" in text_of(
        draw(BoardCard(went_back().board()), "pl")
    )


def replace_back(paper: Paper) -> Paper:
    """Ivan writes what he had written."""
    paper.says("ivan", K=["alpha", "beta"])
    return paper


def test_answers_about_what_is_gone_are_told_on_the_card_and_on_the_page() -> None:
    paper = went_back()
    paper.later(minutes=1).next()
    board = paper.board(True)
    told = "1 answer, not counted, about something that has changed since: «alpha»"
    assert told in text_of(draw(BoardCard(board), "en"))
    every = pages(board)
    vote = next(number for number, page in enumerate(every) if page.prompt.prompt.id == "V")
    text = text_of(draw(BoardPage(board, every[vote], vote, len(every)), "en"))
    assert told in text and "0 answers" in text
    hidden = marked(board, result=None, why_not="few")
    every = pages(hidden)
    assert told in text_of(draw(BoardPage(hidden, every[vote], vote, len(every)), "en"))


def test_many_are_named_up_to_a_number_and_hidden_ones_not() -> None:
    board = went_back().board(True)
    many = tuple(Gone(as_written(f"gone {n}"), 2) for n in range(LISTED + 2))
    text = text_of(draw(BoardCard(marked(board, gone=many)), "en"))
    assert text.count("2 answers, not counted, about something that has changed since: «gone") == LISTED
    assert "4 answers about something that has changed since; not counted." in text
    text = text_of(draw(BoardCard(marked(board, gone=(Gone(None, 2),))), "en"))
    assert "2 answers about something that is not shown any more; not counted." in text


def test_practices_are_named_as_what_has_changed() -> None:
    plan = plan_of([step("ask", asks("V", "vote", DOTS, Source(PRACTICES)))])
    paper = Paper(plan).opens().joins("ivan").practices(Practice("One desk")).starts()
    paper.practices(Practice("Open data"))
    assert "changed since: the practices of earlier sessions." in text_of(draw(BoardCard(paper.board(True)), "en"))


def test_the_console_says_what_a_change_has_touched_and_before_it_what_is_built_on_what() -> None:
    paper = Paper(PLAN).opens().joins("ivan", "eva").starts()
    paper.says("ivan", K=["alpha", "beta"])
    paper.next().dots("eva", "V", alpha=2)
    paper.next()
    text = text_of(draw(console(paper, 1), "en"))
    assert "Going back opens “Ask” again. Built on it already: “More”. What was answered there is kept" in text
    assert "Changed since" not in text
    assert "Going back" not in text_of(draw(console(paper), "en"))
    paper = went_back()
    text = text_of(draw(console(paper), "en"))
    assert "Changed since\n“Ask”: What this asks about has changed since: “K?”" in text
    assert "once it is opened again" in text
    latvian = text_of(draw(console(paper), "lv"))
    assert "„Ask”: " in latvian and "“" not in latvian
    paper.later(minutes=1).next()
    text = text_of(draw(console(paper), "en"))
    assert "“Ask”: 1 answer is about something that has changed since; it is kept and not counted." in text
    ended = Console(replace(paper.board(True), workshop=paper.finishes().w), paper.w.people[ANNA], frozenset(), None)
    assert "Changed since" not in text_of(draw(ended, "en"))


@pytest.mark.no_cover
@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_people_wrote_the_cards_are_sound(language: str) -> None:
    board = marked(went_back().board(True), gone=(Gone(as_written(HOSTILE), 3), Gone(None, 1)), changed="K")
    card = draw(BoardCard(board), language)
    assert lint(card, user_words=(HOSTILE, "https://evil.example"), edited=True, dialog=False) == []
    view = replace(console(went_back(), 0), board=board)
    assert lint(draw(view, language), user_words=(HOSTILE, "https://evil.example"), edited=False, dialog=True) == []
    page = next(page for page in pages(board) if page.prompt.prompt.id == "V")
    assert lint(draw(BoardPage(board, page, 0, 3), language), user_words=(HOSTILE,), edited=False, dialog=True) == []


def test_typed_the_sentence_says_what_is_built_on_the_step() -> None:
    told = Spoken(Said.STEP_OPENED, {"step": "Ask", "minutes": 5, "built": "More"})
    assert sentence(told, words("en")).endswith("Built on it already, and marked where that changes: More.")
