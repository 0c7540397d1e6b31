"""What stands first on the board card, and what it says of the rest: the strongest, then the newest, and never when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from cards import draw
from cards.prompts.notes import CARD
from locales import LANGUAGES, words
from tests.cards import sample as s
from tests.cards.test_themed_notes import gave, themed
from tests.cards.walk import text_of
from tests.workshop.session import plan_of, step
from workshop.model import Answer, Status, Value
from workshop.plan import Prompt
from workshop.prompts.commitment import CommitmentRules
from workshop.prompts.form import FormField, FormRules
from workshop.prompts.notes import NotesRules
from workshop.prompts.text import TextRules
from workshop.prompts.words import WordsRules
from workshop.tally import board_of
from workshop.views import BoardCard

MANY = 40
COLUMN = NotesRules((("all", s.both("All")),), 280, 10)


MORE = "There is more than fits here: all of it is under “Board”."


def card_of(prompt: Prompt, answers: Sequence[Answer], language: str = "en") -> list[str]:
    """The lines of a board that has this one question, ended, so that there is no room for everything."""
    w = replace(s.workshop(Status.FINISHED, 0, 60, plan_of([step("one", prompt)])), items={})
    return text_of(draw(BoardCard(board_of(w, answers)), language)).splitlines()


def notes(anonymous: bool) -> tuple[Prompt, list[Answer]]:
    """Everybody one note of their own, the fourth and the last two the same one."""
    asked = Prompt("N", "notes", s.both("What?"), COLUMN, anonymous=anonymous)
    said = [f"note {n:02}" for n in range(MANY)]
    said[3] = said[-2] = said[-1] = "said thrice"
    return asked, [Answer("N", f"t/p{n:02}", {"all": [words, f"more {n:02}"]}) for n, words in enumerate(said)]


def test_what_most_wrote_stands_first_and_then_the_newest_and_the_card_says_so() -> None:
    lines = card_of(*notes(anonymous=False))
    assert "40 answers · what most wrote first, then the newest" in lines
    listed = [line[2:].partition(" — ")[0] for line in lines if line.startswith("• ")]
    assert listed[:3] == ["said thrice ×3", "more 39", "more 38"]
    assert listed[4] == "note 37" and len(listed) == 12
    assert lines[-1] == "… and 66 more"


def test_of_anonymous_notes_nothing_tells_which_came_first_or_which_are_from_one_hand() -> None:
    asked, given = notes(anonymous=True)
    lines = card_of(asked, given)
    assert lines == card_of(asked, given[::-1]), "the order in which they came changes nothing"
    assert "40 answers · what most wrote first" in lines
    listed = [int(line[-2:]) for line in lines if line.startswith(("• note", "• more"))]
    assert len(listed) == 11 and len({number % MANY for number in listed}) > 8, "no two of one hand side by side"


def test_each_kind_says_in_which_order_its_answers_stand() -> None:
    story = FormRules((FormField("a", s.both("A"), 90, False, False),))
    sentences = (
        (Prompt("T", "text", s.both("?"), TextRules(90, False)), "what most wrote first, then the newest"),
        (Prompt("T", "text", s.both("?"), TextRules(90, False), anonymous=True), "what most wrote first"),
        (Prompt("T", "words", s.both("?"), WordsRules(3, 40)), "what most wrote first"),
        (Prompt("T", "form", s.both("?"), story), "the newest first"),
        (Prompt("T", "form", s.both("?"), story, anonymous=True), ""),
        (Prompt("T", "commitment", s.both("?"), CommitmentRules(1, 0, True)), "what is due soonest first"),
    )
    for prompt, said in sentences:
        values: dict[str, Callable[[int], Value]] = {
            "text": lambda n: {"text": f"said {n:02}"},
            "words": lambda n: {"words": [f"said {n:02}"]},
            "form": lambda n: {"fields": {"a": f"said {n:02}"}},
            "commitment": lambda n: {
                "commitments": [{"what": f"said {n:02}", "by": f"2027-02-{28 - n % 28:02}", "with": "", "sign": ""}],
                "shown": True,
            },
        }
        lines = card_of(prompt, [Answer("T", f"t/p{n:02}", values[prompt.kind](n)) for n in range(20)])
        assert (f"20 answers · {said}" if said else "20 answers") in lines, prompt.kind
        first = next(line for line in lines[lines.index("Knowledge", lines.index(MORE)) :] if "said" in line)
        if said in ("the newest first", "what most wrote first, then the newest", "what is due soonest first"):
            assert "said 19" in first, prompt.kind


def test_where_all_is_there_nothing_is_said_of_an_order() -> None:
    asked, given = notes(anonymous=False)
    lines = card_of(asked, given[:3])
    assert "3 answers" in lines and MORE not in lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_said_in_every_language(language: str) -> None:
    say, lines = words(language), card_of(*notes(anonymous=False), language)
    assert say("There is more than fits here: all of it is under “{button}”.", button=say("Board")) in lines
    assert any(line.endswith(say("what most wrote first, then the newest")) for line in lines)
    assert language == "en" or not any("newest" in line for line in lines)


def test_of_themes_all_names_stand_there_and_the_strongest_of_each_before_any_gets_more() -> None:
    answers = [gave(f"p{n % 3}", f"{'abbccc'[n % 6]} note {n:02}") for n in range(60)]
    answers += [gave(f"p{n}", "c twice", "d alone") for n in range(2)]
    prompt = themed(answers, ("Few", "a"), ("More", "b"), ("Most", "c")).stages[0].steps[0].prompts[0]

    def gist(most: int) -> list[str]:
        drawn = CARD.gist(prompt, words("en"), "en", most)
        text = text_of({"body": [line.model_dump(by_alias=True, exclude_none=True) for line in drawn]})
        return [line.partition(" — ")[0] for line in text.partition("Good\n")[2].partition("\nHard")[0].splitlines()]

    assert gist(10) == [
        *("Most · 32 notes", "• c twice ×2", "• c note 59"),
        *("More · 20 notes", "• b note 56", "• b note 55"),
        *("Few · 10 notes", "• a note 54"),
        *("In no theme:", "• d alone ×2"),
        "… and 56 more",
    ]
    assert gist(2) == ["Most · 32 notes", "More · 20 notes", "… and 62 more"]
    assert gist(99)[-1] == "• d alone ×2" and len(gist(99)) == 3 + 62 + 1
