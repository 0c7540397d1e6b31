"""The board of notes that are in themes: names over notes, whole on pages, and every note there just once."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from cards import draw
from cards.prompts.notes import CARD
from locales import LANGUAGES, words
from rehearsal.shown import read_board
from rehearsal.wording import times
from tests.cards import sample as s
from tests.cards.lint import lint
from tests.cards.test_board_page import every_page
from tests.cards.walk import text_of
from workshop.model import Answer, Status, Workshop, themes_key
from workshop.prompts.notes import KIND
from workshop.tally import Board, board_of
from workshop.themes import Themes
from workshop.views import BoardCard


def themed(answers: list[Answer], *themes: tuple[str, str], column: str = "good", **more: object) -> Board:
    """A closed step in which notes are in themes: (name of the theme, how its notes begin)."""
    stands = Themes()
    entries = [one for answer in answers for one in KIND.entries(s.PRACTICES, answer)]
    for number, (name, begins) in enumerate(themes):
        notes = [entry for entry, note in entries if note.startswith(begins)]
        stands = stands.put(f"theme:{number}", name, notes)
    w: Workshop = s.workshop(Status.CLOSED, 0)
    return board_of(replace(w, themes={themes_key("practices", column): stands}), answers, **more)  # type: ignore[arg-type]


def gave(who: str, *good: str, hard: str = "") -> Answer:
    return Answer("practices", f"t/{who}", {"good": list(good), **({"hard": [hard]} if hard else {})})


SOME = [
    gave("p0", "Time is short", "Open days", hard="Law"),
    gave("p1", "time is short.", "Time off", "A desk"),
    gave("p2", "open days", "Money"),
]


def pages_of(board: Board, prompt: str = "practices") -> list[str]:
    views = [view for view in every_page(board) if view.page and view.page.prompt.prompt.id == prompt]
    return [text_of(draw(view, "en")) for view in views]


def test_names_stand_over_their_notes_and_the_rest_comes_after() -> None:
    (page,) = pages_of(themed(SOME, ("Hours", "T"), ("More hours", "t"), ("Days", "O"), ("None of these", "zzz")))
    listed = page[page.index("Good\n") :].splitlines()
    assert listed[: listed.index("Hard")] == [
        "Good",
        "Hours · 2 notes",
        f"• Time off — {s.NAME} 1",
        f"• Time is short — {s.NAME} 0",
        "More hours · 1 note",
        f"• time is short. — {s.NAME} 1",
        "Days · 1 note",
        f"• Open days — {s.NAME} 0",
        "In no theme:",
        f"• Money — {s.NAME} 2",
        f"• open days — {s.NAME} 2",
        f"• A desk — {s.NAME} 1",
    ]
    assert listed[-1] == f"• Law — {s.NAME} 0", "the other column is as it was"


def test_where_all_is_in_themes_nothing_is_said_of_a_rest() -> None:
    (page,) = pages_of(themed(SOME[:1], ("Time", "T"), ("Days", "O")))
    assert "In no theme" not in page and "Days · 1 note" in page


def test_every_note_is_on_the_pages_once_under_the_name_of_its_theme() -> None:
    """Two columns, so fifteen lines a page; a theme's name is a line, and is there again where a page begins within."""
    answers = [gave(f"p{n % 3}", f"{'abc'[n % 3]} note {n:02}") for n in range(60)]
    board = themed(answers, ("Theme a", "a"), ("Theme b", "b"))
    found = pages_of(board)
    assert len(found) == -(-62 // 15)
    seen: Counter[str] = Counter()
    for number, page in enumerate(found):
        under = ""
        for line in page.splitlines():
            if line.startswith("Theme ") or line == "In no theme:":
                under = line
            if line.startswith("• "):
                seen[line[2:].partition(" — ")[0]] += 1
                letter = {"Theme a · 20 notes": "a", "Theme b · 20 notes": "b", "In no theme:": "c"}[under]
                assert line[2] == letter, page
        left = sum(" note " in line for later in found[number + 1 :] for line in later.splitlines() if line[0] == "•")
        assert (f"… and {left} more" in page) == (left > 0), page
    assert seen == Counter({f"{'abc'[n % 3]} note {n:02}": 1 for n in range(60)})


@pytest.mark.no_cover
@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_a_theme_is_called_the_card_holds(language: str) -> None:
    for name in (s.NOTE[:60], "3 wishes", "• 7", "x" * 60):
        board = themed(SOME, (name, "T"), ("Days", "O"))
        assert lint(draw(BoardCard(board), language), user_words=s.TYPED, edited=True, dialog=False) == []
        for view in every_page(board):
            assert lint(draw(view, language), user_words=s.TYPED, edited=False, dialog=True) == []
        shown = read_board(draw(view, language) for view in every_page(board))["practices"]
        assert shown.bars == [], "nobody reads a figure into it"
        said = Counter[str]()
        for entry in shown.entries:
            note, number = times(entry.words)
            said[note.casefold().strip(".")] += number
        assert said == {"time is short": 2, "time off": 1, "open days": 2, "a desk": 1, "money": 1, "law": 1}


def test_without_room_only_how_many_there_are() -> None:
    prompt = themed(SOME, ("Time", "T")).stages[0].steps[0].prompts[0]
    for most, left in ((0, 6), (1, 6), (2, 5), (4, 3), (99, 0)):
        lines = CARD.result(prompt, words("en"), "en", most)
        text = text_of({"body": [line.model_dump(by_alias=True, exclude_none=True) for line in lines]})
        good = text[: text.index("\nHard")]
        assert (f"… and {left} more" in good) == (left > 0), good
        assert ("Time · 2 notes" in good) == (most > 1), good
