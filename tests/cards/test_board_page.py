"""The board page by page: where one is, whole texts, the way on; and never a promise that nothing keeps."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cards import draw, title_of
from cards.elements import weight_of
from locales import LANGUAGES
from tests.cards import sample as s
from tests.cards.lint import lint
from tests.cards.test_board_card import big_plan
from tests.cards.walk import buttons_of, parts, text_of
from workshop.model import Answer, Status
from workshop.tally import Board, board_of, pages
from workshop.views import BoardPage


def page(board: Board, prompt: str, everything: bool = False) -> BoardPage:
    """The first page of a prompt."""
    found = pages(board)
    number = next(n for n, one in enumerate(found) if one.prompt.prompt.id == prompt)
    return BoardPage(board, found[number], number, len(found), everything)


def every_page(board: Board, everything: bool = False) -> list[BoardPage]:
    found = pages(board)
    return [BoardPage(board, one, number, len(found), everything) for number, one in enumerate(found)]


@pytest.mark.no_cover
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", [Status.OPEN, Status.CLOSED, Status.FINISHED, Status.CANCELLED])
def test_every_page_is_one_that_teams_takes(status: Status, language: str) -> None:
    for count in (0, 1, 3):
        for everything in (False, True):
            for view in every_page(s.board(s.workshop(status, 5), count, everything), everything):
                assert lint(draw(view, language), user_words=s.TYPED, edited=False, dialog=True) == []
                assert str(view.number + 1) in title_of(view, language)


def test_a_page_says_where_one_is_and_what_was_asked() -> None:
    card = draw(page(s.board(s.workshop(Status.CLOSED, 0)), "practices"), "en")
    title, where, question, answers = text_of(card).splitlines()[:4]
    assert title == s.TITLE
    assert (where, question, answers) == ("Knowledge · Collect", "Which practices?", "3 answers")
    assert f"• {s.NOTE} ×3" in text_of(card)
    assert "Hard\n• Shared  Note ×3" in text_of(card)


def test_the_way_on_stays_on_the_board_one_came_from() -> None:
    board = s.board(s.workshop(Status.CLOSED, 0))
    first, second, third = every_page(board)
    titles = [[part["title"] for part in parts(draw(view, "en")) if "data" in part] for view in (first, second, third)]
    assert titles == [["Next page", "Refresh"], ["Previous page", "Next page", "Refresh"], ["Previous page", "Refresh"]]
    assert buttons_of(draw(first, "en")) == {
        "board": {"verb": "board", "w": "w1", "page": 0, "prompt": "practices", "number": 0, "pages": 3}
    }
    assert list(buttons_of(draw(replace(first, everything=True), "en"))) == ["summary"]


def test_nothing_asked_yet() -> None:
    view = BoardPage(s.board(s.workshop(), 0), None, 0, 0)
    assert text_of(draw(view, "en")).endswith("Nothing has been asked yet.")
    assert buttons_of(draw(view, "en")) == {}
    assert title_of(view, "en") == "Board"


@pytest.mark.parametrize(
    ("status", "prompt", "count", "said"),
    [
        (Status.OPEN, "words", 2, "2 answers, shown when the step closes"),
        (Status.OPEN, "picked", 1, "1 answer, shown when the facilitator reveals it"),
        (Status.OPEN, "doubt", 2, "2 answers, shown from 3 answers on"),
        (Status.FINISHED, "doubt", 2, "2 answers, shown from 3 answers on"),
        (Status.FINISHED, "picked", 1, "1 answer, not shown"),
        (Status.FINISHED, "picked", 4, "4 answers, not shown"),
        (Status.FINISHED, "picked", 0, "0 answers"),
        (Status.CANCELLED, "words", 2, "2 answers, not shown"),
    ],
)
def test_what_is_not_to_be_seen_is_counted_and_promised_only_while_it_can_be_kept(
    status: Status, prompt: str, count: int, said: str
) -> None:
    text = text_of(draw(page(s.board(s.workshop(status, 5), count), prompt), "en"))
    assert said in text.splitlines()[-2:]
    assert "Note" not in text.splitlines()[-1]


def long_texts(many: int) -> Board:
    """One prompt, and everybody wrote another text as long as there can be."""
    plan = big_plan(1, "What?")
    people = {f"t/p{n}": replace(s.person(n), name=f"N{n}") for n in range(many)}
    w = replace(s.workshop(Status.CLOSED, 0, 0, plan), people=people, items={})
    answers = [Answer("n0", who, {"text": f"{who} " + '😀"' * 1990}) for who in people]
    return board_of(w, answers)


def test_long_texts_stand_whole_and_every_page_fits() -> None:
    board = long_texts(25)
    cards = [draw(view, "en") for view in every_page(board)]
    assert all(weight_of(card) <= 80 * 1024 for card in cards)
    text = "\n".join(text_of(card) for card in cards)
    assert all(f"• t/p{n} " + '😀"' * 1990 in text for n in range(25))


def test_pages_of_a_prompt_hold_every_entry_once() -> None:
    people = {f"t/p{n}": replace(s.person(n), name="") for n in range(95)}
    w = replace(s.workshop(Status.CLOSED, 0), people=people)
    answers = [Answer("practices", who, {"good": [f"Idea of {who}"]}) for who in people]
    board = board_of(w, answers)
    views = [view for view in every_page(board) if view.page and view.page.prompt.answered]
    lines = [line for view in views for line in text_of(draw(view, "en")).splitlines() if line.startswith("• Idea")]
    assert len(lines) == len(set(lines)) == 95
