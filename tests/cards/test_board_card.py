"""The board card: strongest first, nothing too early, never too big."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cards import draw
from cards.elements import weight_of
from cards.prompts import PROMPT_CARDS
from locales import words
from tests.cards import sample as s
from tests.cards.lint import lint
from tests.cards.walk import parts, text_of
from workshop.model import Answer, Status
from workshop.plan import Plan, Prompt, Stage, Step
from workshop.prompts.notes import NotesRules
from workshop.prompts.text import TextRules
from workshop.tally import board_of
from workshop.views import BoardCard


def test_the_board_shows_the_strongest_first_with_its_numbers() -> None:
    w = s.workshop(Status.CLOSED, 2)
    answers = [
        Answer("dots", "t/p0", {"dots": {"k0": 1, "k1": 2}}),
        Answer("dots", "t/p1", {"dots": {"k2": 1}}),
        Answer("ready", "t/p0", {"chosen": ["no"], "own": ""}),
        Answer("ready", "t/p1", {"chosen": [], "own": s.NOTE}),
    ]
    text = text_of(draw(BoardCard(board_of(w, answers)), "en"))
    first, second, third = (text.index(f"{place}. Note") for place in (1, 2, 4))
    assert first < second < third
    assert "2 dots · from 1 person" in text
    assert "1 dot · from 1 person · tie" in text
    assert "(own words)" in text
    assert "No  1 vote\n" in text
    assert "%" not in text.replace("100%", ""), "no percentages below three answers"
    assert "33%" in text_of(
        draw(BoardCard(board_of(w, [*answers, Answer("ready", "t/p2", {"chosen": ["yes"], "own": ""})])), "en")
    )


def test_the_board_says_why_something_is_not_shown() -> None:
    w = s.workshop(Status.OPEN, 5)
    text = text_of(draw(BoardCard(s.board(w, 2)), "en"))
    assert "What do you doubt?\n2 answers, shown from 3 answers on" in text
    assert "Which will you try?\n2 answers, shown when the facilitator reveals them" in text
    assert "In one sentence?\n2 answers, shown when the step closes" in text
    assert s.NOTE[:6] not in text.split("In one sentence?")[1].split("Which will you try?")[0]
    skipped = replace(w, skipped=frozenset({2}))
    assert "Choose: skipped, there was nothing to ask about." in text_of(draw(BoardCard(s.board(skipped)), "en"))


def test_the_board_folds_equal_notes_and_names_their_authors() -> None:
    w = replace(s.workshop(Status.CLOSED, 0), people={f"t/p{n}": replace(s.person(n), name=f"N{n}") for n in range(5)})
    answers = [Answer("practices", f"t/p{n}", {"good": ["A desk" if n % 2 else "a  desk."]}) for n in range(5)]
    text = text_of(draw(BoardCard(board_of(w, answers)), "en"))
    assert "• a  desk. ×5 — N0, N1, N2 …" in text
    assert "Hard\nNo notes here." in text


def test_the_record_at_the_end_is_called_so_and_an_empty_board_says_so() -> None:
    assert text_of(draw(BoardCard(s.board(s.workshop(Status.FINISHED, 5))), "en")).startswith(
        "The record of this workshop"
    )
    text = text_of(draw(BoardCard(s.board(s.workshop(Status.CANCELLED, -1), 0)), "en"))
    assert "Nothing has been asked yet." in text
    assert "was cancelled" in text


def big_plan(prompts: int, text: str) -> Plan:
    asked = [
        Prompt(f"n{n}", "notes", {"en": text}, NotesRules((("a", {"en": "A"}), ("b", {"en": "B"})), 280, 10))
        if n % 2
        else Prompt(f"n{n}", "text", {"en": text}, TextRules(4000, True))
        for n in range(prompts)
    ]
    steps = tuple(Step(f"s{n}", {"en": "S"}, 1, (prompt,)) for n, prompt in enumerate(asked))
    return Plan("big", {"en": "Big"}, {"en": "Big"}, ("en",), (Stage("knowledge", {"en": "K"}, steps),), "{}")


@pytest.mark.no_cover
@pytest.mark.parametrize(("prompts", "many", "text"), [(6, 200, "What?"), (40, 30, "What?"), (40, 5, "Q" * 2000)])
def test_the_board_stays_within_its_budget_whatever_is_said(prompts: int, many: int, text: str) -> None:
    w = replace(s.workshop(Status.CLOSED, prompts - 1, 0, big_plan(prompts, text)), items={})
    people = {f"t/p{n}": replace(s.person(n), name='😀"' * 100) for n in range(many)}
    notes = ["😀" * 270 + f" {n}" for n in range(10)]
    answers = [
        Answer(
            prompt, who, {"a": [f"{note} {who}" for note in notes]} if int(prompt[1:]) % 2 else {"text": "\\" * 4000}
        )
        for prompt in w.plan.prompts
        for who in people
    ]
    card = draw(BoardCard(board_of(replace(w, people=people), answers)), "en")
    assert weight_of(card) <= 60 * 1024
    assert lint(card, user_words=(), edited=True, dialog=False) == []
    assert "more" in text_of(card)


def test_what_everybody_reads_now_has_the_most_room_and_earlier_stages_are_cut_first() -> None:
    steps = tuple(Step(f"s{n}", {"en": f"S{n}"}, 1, (_text(f"n{n}"),)) for n in range(4))
    early = Stage("knowledge", {"en": "K"}, steps[:2])
    plan = Plan("big", {"en": "Big"}, {"en": "Big"}, ("en",), (early, Stage("action", {"en": "A"}, steps[2:])), "{}")
    w = replace(s.workshop(Status.OPEN, 3, 40, plan), items={})
    answers = [
        Answer(f"n{step}", f"t/p{n}", {"text": f"s{step} " + "ż" * 270 + f" {n}"})
        for step in range(4)
        for n in range(25)
    ]

    def shown(status: Status) -> list[int]:
        text = text_of(draw(BoardCard(board_of(replace(w, status=status), answers)), "en"))
        return [text.count(f"• s{step} ") for step in range(4)]

    first, second, closed, still_open = shown(Status.OPEN)
    assert (closed, still_open) == (25, 0), "what has just closed is whole while the next step is open"
    assert first == second < closed
    first, second, third, fourth = shown(Status.CLOSED)
    assert fourth == 25 > third >= first == second
    assert len(set(shown(Status.FINISHED))) == 1, "the record treats all alike"


def test_the_newest_step_is_on_top_and_the_record_goes_from_first_to_last() -> None:
    asked = ("Which practices?", "Which matters most?", "Which will you try?", "In one sentence?")
    for status, order in ((Status.OPEN, asked[::-1]), (Status.CLOSED, asked[::-1]), (Status.FINISHED, asked)):
        text = text_of(draw(BoardCard(s.board(s.workshop(status, 5))), "en"))
        assert sorted(asked, key=lambda question: text.rindex(f"\n{question}\n")) == [*order]
        assert "There is more" not in text
    long = s.board(replace(s.workshop(Status.CLOSED, 39, 0, big_plan(40, "Q" * 2000)), items={}), 0)
    text = text_of(draw(BoardCard(long), "en"))
    assert text.count("Q" * 2000) < 40 and text.endswith("… and more: there is no room for it here.")


@pytest.mark.no_cover
def test_of_a_long_record_what_the_stages_came_to_stays() -> None:
    asked = [_text(f"n{n}") for n in range(34)]
    asked[7], asked[33] = replace(asked[7], headline=True), replace(asked[33], on_summary=True)
    steps = tuple(Step(f"s{n}", {"en": f"S{n}"}, 1, (prompt,)) for n, prompt in enumerate(asked))
    plan = Plan("big", {"en": "Big"}, {"en": "Big"}, ("en",), (Stage("knowledge", {"en": "K"}, steps),), "{}")
    w = replace(s.workshop(Status.FINISHED, 33, 41, plan), items={})
    answers = [
        Answer(f"n{step}", f"t/p{n}", {"text": f"s{step} " + "ż" * 900 + f" {n}"})
        for step in range(34)
        for n in range(41)
    ]
    text = text_of(draw(BoardCard(board_of(w, answers)), "en"))
    begins, course = text.split("There is more than fits here")
    assert begins.index("What came of it") < begins.index("1. s7 ") < begins.index("What we take home")
    assert (begins.count(". s7 "), begins.count("• s33 ")) == (5, 8)
    assert "… and 36 more" in begins and "… and 33 more" in begins
    assert course.count("41 answers") == 34 and "• s8 " not in course, "of the course at least all numbers"
    assert weight_of(draw(BoardCard(board_of(w, answers)), "en")) <= 60 * 1024


def _text(id: str) -> Prompt:
    return Prompt(id, "text", {"en": "What?"}, TextRules(4000, True))


def test_equal_texts_stand_there_once_with_who_wrote_them_and_above_the_newest() -> None:
    w = replace(s.workshop(Status.CLOSED, 5), people={f"t/p{n}": replace(s.person(n), name=f"N{n}") for n in range(5)})
    words = ("First", "I take trust.", "i take  TRUST", "I take trust", "Last")
    answers = [Answer("words", f"t/p{n}", {"text": said}) for n, said in enumerate(words)]
    text = text_of(draw(BoardCard(board_of(w, answers)), "en"))
    assert "• I take trust. ×3 — N1, N2, N3\n• Last — N4\n• First — N0" in text


def test_a_bar_is_as_long_as_its_share() -> None:
    w = s.workshop(Status.CLOSED, 2)
    answers = [
        Answer("dots", "t/p0", {"dots": {"k0": 2, "k1": 1}}),
        Answer("dots", "t/p1", {"dots": {"k0": 1}}),
    ]
    card = draw(BoardCard(board_of(w, answers)), "en")
    bars = [(part["altText"], part["width"], part["height"]) for part in parts(card) if part.get("type") == "Image"]
    assert bars == [("3", "200px", "8px"), ("1", "67px", "8px")]


def test_a_page_of_the_board_goes_on_where_the_last_ended() -> None:
    w = s.workshop(Status.CLOSED, 2)
    board = s.board(w)
    for prompt in (prompt for step in board.stages[0].steps for prompt in step.prompts):
        drawn = PROMPT_CARDS[prompt.prompt.kind].result(prompt, words("en"), "en", 1, start=1, longest=4)
        text = text_of([element.model_dump(by_alias=True) for element in drawn])
        assert "Note **" not in text
