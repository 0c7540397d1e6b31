"""Reveal, hide and restore: of what there is, of what there is not, twice, and by two at once."""

from __future__ import annotations

import pytest

from tests.workshop.paper import Paper, opened, reason
from tests.workshop.session import STORY
from workshop.prompts.notes import NotesResult
from workshop.refusals import Refused


def notes(paper: Paper) -> list[str]:
    result = paper.shown("K1", everything=True).result
    assert isinstance(result, NotesResult)
    return [note.words for column in result.columns for note in column.notes]


def noted() -> Paper:
    paper = opened().starts()
    paper.says("ivan", K1=["alpha", "rude"])
    paper.says("eva", K1=["beta"], K2="words")
    return paper


def test_a_hidden_note_is_off_the_board_and_restored_it_is_back_where_it_was() -> None:
    paper = noted().names_moderator("moni")
    rude = paper.entry("K1", "ivan", "rude")
    paper.hides(rude, by="moni")
    assert notes(paper) == ["alpha", "beta"]
    assert paper.kept["K1", "", 1, "ivan"].value == {"good": ["alpha", "rude"]}, "it stays in the store"
    paper.restores(rude)
    assert notes(paper) == ["alpha", "rude", "beta"]


def test_twice_is_once_and_changes_no_revision() -> None:
    paper = noted()
    rude = paper.entry("K1", "ivan", "rude")
    assert paper.restores(rude) == ()
    paper.hides(rude)
    before = paper.w
    assert paper.hides(rude) == ()
    assert paper.w is before


@pytest.mark.parametrize("entry", ["", "nonsense", "\x00", "../../etc", "0" * 16, "\ud800"])
def test_what_there_is_not_cannot_be_hidden_or_restored(entry: str) -> None:
    paper = noted()
    assert reason(paper.hides(entry)) == "unknown_entry"
    assert reason(paper.restores(entry)) == "unknown_entry"


def test_a_note_stays_hidden_through_edits_of_the_rest_and_comes_as_another_when_reworded() -> None:
    paper = noted()
    paper.hides(paper.entry("K1", "ivan", "rude"))
    paper.says("ivan", K1=["gamma", "rude"])
    assert notes(paper) == ["gamma", "beta"]
    paper.says("ivan", K1=["gamma", "less rude"])
    assert notes(paper) == ["gamma", "less rude", "beta"]
    paper.says("ivan", K1=["rude"])
    assert notes(paper) == ["beta"], "said again it is the note that was hidden"


def test_a_text_and_an_own_option_can_be_hidden() -> None:
    paper = noted()
    paper.hides(paper.entry("K2", "eva", "words"))
    shown = paper.shown("K2", everything=True)
    assert (getattr(shown.result, "quotes", None), shown.answered) == ((), 1)
    paper.to_step(3)
    paper.says("ivan", A1={"own": "mine"}, A3="x")
    paper.hides(paper.entry("A1", "ivan", "mine"))
    assert getattr(paper.shown("A1", everything=True).result, "bars", None) == ()


def test_moderation_goes_on_after_the_end() -> None:
    for end in ("finishes", "cancels"):
        paper = noted()
        rude = paper.entry("K1", "ivan", "rude")
        getattr(paper, end)()
        assert not isinstance(paper.hides(rude), Refused)
        assert not isinstance(paper.restores(rude), Refused)


@pytest.mark.parametrize(
    ("prompt", "why"),
    [
        ("nonsense", "unknown_prompt"),
        ("", "unknown_prompt"),
        ("C1", "unknown_prompt"),
        ("K2", "not_facilitators_reveal"),
        ("E3", "not_facilitators_reveal"),
    ],
)
def test_what_is_not_the_facilitator_s_to_reveal(prompt: str, why: str) -> None:
    paper = opened().to_step(STORY)
    assert reason(paper.reveals(prompt)) == why
